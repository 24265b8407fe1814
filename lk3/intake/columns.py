"""Fourth stage: header -> fields. Which column holds which field, and which columns are dropped.

The facts are in `data/reference/headers.csv`. Where a header leaves it open (`Ket.` may be a status
or a note, `Jabatan` a profession or an office held), the values of the column decide. The result is
a plain value: whoever knows better may replace a field's column before the next stage.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from lk3.intake.answers import NONE, is_personal
from lk3.intake.headers import (
    CHOSEN,
    PERSONAL,
    VOCABULARIES,
    Meaning,
    chosen_meaning,
    dimensions_of,
    meaning_inside,
    meaning_of,
)
from lk3.intake.kinds import CASES, POPULATION, kind_of
from lk3.intake.layout import Header, column_names
from lk3.intake.words import says
from lk3.places import Places
from lk3.vocabulary import squash, vocabulary

BASE_DIMENSIONS = ("kelurahan", "year", "month", "problem", "sex", "age_band")
_SHARE_THAT_DECIDES = 0.5
_COUNT = re.compile(r"\s*(\d+([.,]\d+)*|[-–.…]+|v|x|√|✓|ya|na|n/a)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class MatrixColumn:
    """A column whose header is a value: (dimension, text) pairs, none for a column of totals."""

    column: int
    header: str
    dims: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ColumnMap:
    """What each column of a sheet is, by its position.

    `matrix`: columns of counts of a recap; `ticks`: columns of a register of which one per row is
    marked; `personal`: what tells rows apart and dies in the next stage; `unread`: headers that
    nobody knows (dropped, and said); `undecided`: headers that their values ruled out; `chosen`:
    fields whose column somebody has chosen; `rivals`: of a field the columns that may be it as
    well, the one that is taken first.
    """

    kind: str
    fields: dict[str, int]
    headers: dict[str, str]
    matrix: tuple[MatrixColumn, ...] = ()
    ticks: tuple[MatrixColumn, ...] = ()
    personal: dict[str, tuple[int, ...]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    rivals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def is_recap(self) -> bool:
        """Whether a row stands for a number of cases instead of one."""
        return self.kind == CASES and bool(self.matrix or "cases" in self.fields)

    def header(self, name: str) -> str:
        """The header of a field as the sheet writes it."""
        return self.headers.get(name, "")


def map_columns(
    header: Header,
    body: pd.DataFrame,
    *,
    sheet: str,
    places: Places,
    chosen: Mapping[str, str] | None = None,
) -> ColumnMap | None:
    """The columns of a sheet, or None when it is no table of cases, members or population.

    `chosen`: the header of the column of each field that somebody has answered, "-" for none.
    """
    columns = [c for c in header.parts if c in body.columns]
    meanings = {c: found for c in columns if (found := _meaning(header.parts[c], places))}
    meanings = _with_chosen(meanings, header, columns, chosen or {})
    valued = _value_columns(header, columns, meanings, body, places)
    for column in valued:
        meanings.pop(column, None)
    kind = kind_of(
        meanings.values(), [dim for dims in valued.values() for dim, _ in dims],
        words=(*header.titles, sheet),
    )  # fmt: skip
    if kind is None:
        return None
    fields, undecided, rivals = _choose(kind, meanings, header, body)
    personal = _personal(meanings)
    matrix, ticks = _matrix_or_ticks(valued, fields, personal, header, kind)
    if kind == POPULATION and not _find_people(fields, matrix):
        return None
    named = {*fields.values(), *valued, *meanings}
    return ColumnMap(
        kind=kind,
        fields=fields,
        headers={name: header.text(column) for name, column in fields.items()},
        matrix=matrix,
        ticks=ticks,
        personal=personal,
        unread=tuple(header.text(c) for c in columns if c not in named),
        undecided=undecided,
        chosen=tuple(n for n, c in fields.items() if c in meanings and meanings[c].rank == CHOSEN),
        rivals=rivals,
    )


def _with_chosen(
    meanings: dict[int, Meaning], header: Header, columns: list[int], chosen: Mapping[str, str]
) -> dict[int, Meaning]:
    """The meanings with those that somebody has answered. A personal column stays one."""
    result = dict(meanings)
    names = column_names(header)
    for name, wanted in chosen.items():
        if wanted == NONE:
            result = {
                c: m for c, m in result.items()
                if not (m.by_values and name in m.fields.values())
            }  # fmt: skip
            continue
        for column in columns:
            if squash(names[column]) == squash(wanted) and not is_personal(names[column]):
                result[column] = chosen_meaning(name)
    return result


def _meaning(parts: tuple[str, ...], places: Places) -> Meaning | None:
    """The meaning of a column: of its texts together, of the lowest one, of known words inside."""
    whole = meaning_of(" ".join(parts))
    if whole or len(parts) == 0:
        return whole
    if len(parts) > 1 and not dimensions_of(parts[-1], places) and not says(parts[-1], "total"):
        lowest = meaning_of(parts[-1])
        if lowest:
            return lowest
    if any(dimensions_of(part, places) for part in parts) or says(parts[-1], "total"):
        return None
    return meaning_inside(" ".join(parts)) or (meaning_of(parts[0]) if len(parts) > 1 else None)


def _value_columns(
    header: Header,
    columns: list[int],
    meanings: dict[int, Meaning],
    body: pd.DataFrame,
    places: Places,
) -> dict[int, tuple[tuple[str, str], ...]]:
    """Columns whose header is a value of a dimension that two or more columns share, or the total
    of such columns; their cells must look like counts or ticks.
    """
    possible = {
        c: [(dimensions_of(part, places), part) for part in header.parts[c]] for c in columns
    }
    said = {
        (dim, squash(part))
        for c in columns
        if c not in meanings
        for dims, part in possible[c]
        for dim in dims
    }
    votes = Counter(dim for dim, _ in said)  # a value that stands twice (`Lainnya`) counts once
    shared = [dim for dim, count in votes.most_common() if count > 1]
    found = {}
    for c in columns:
        dims = [
            (next(d for d in shared if d in candidates), part)
            for candidates, part in possible[c]
            if any(d in candidates for d in shared)
        ]
        if dims and _looks_like_counts(body[c]):
            found[c] = tuple({dim: (dim, part) for dim, part in dims}.values())
        elif shared and len(header.parts[c]) > 1 and says(header.parts[c][-1], "total"):
            found[c] = tuple(dims)
    return found


def _looks_like_counts(values: pd.Series) -> bool:
    present = values.dropna()
    fitting = [
        (isinstance(v, int | float) or _COUNT.fullmatch(str(v)) is not None) for v in present
    ]
    return not fitting or sum(fitting) >= _SHARE_THAT_DECIDES * len(fitting)


def _choose(
    kind: str, meanings: dict[int, Meaning], header: Header, body: pd.DataFrame
) -> tuple[dict[str, int], tuple[str, ...], dict[str, tuple[int, ...]]]:
    """The column of each field: the one that somebody has chosen, the spelling that stands first in
    headers.csv, then the fuller. Also the headers that their values ruled out, and the columns of
    each field that are as likely by their header alone, the one that is taken first.
    """
    candidates: dict[str, list[tuple[bool, int, int, int]]] = {}
    for column, meaning in meanings.items():
        name = meaning.field_in(kind)
        if name is None or name in PERSONAL:
            continue
        empty = int(body[column].isna().sum())
        candidates.setdefault(name, []).append((meaning.by_values, meaning.rank, empty, column))
    fields: dict[str, int] = {}
    undecided: list[str] = []
    rivals: dict[str, tuple[int, ...]] = {}
    for name, ranked in candidates.items():
        for doubtful, _, _, column in sorted(ranked):
            if doubtful and not _values_fit(body[column], name):
                undecided.append(header.text(column))
            elif name not in fields:
                fields[name] = column
        if not any(rank == CHOSEN for _, rank, _, _ in ranked):
            surest = min(doubtful for doubtful, _, _, _ in ranked)
            rivals[name] = tuple(c for doubtful, _, _, c in sorted(ranked) if doubtful == surest)
    return fields, tuple(undecided), rivals


def _values_fit(values: pd.Series, name: str) -> bool:
    """Whether most values of a column are terms of the field's vocabulary."""
    share = share_of_terms(values, name)
    return share > 0 and share >= _SHARE_THAT_DECIDES


def share_of_terms(values: pd.Series, name: str) -> float:
    """The share of the filled cells that are terms of the field's vocabulary."""
    terms = vocabulary(VOCABULARIES[name])
    counts = values.dropna().map(str).value_counts()
    fitting = sum(n for text, n in counts.items() if terms.key_for(text) is not None)
    return fitting / counts.sum() if len(counts) else 0.0


def _find_people(fields: dict[str, int], matrix: tuple[MatrixColumn, ...]) -> bool:
    """Whether a table of population says how many people: in a column of its own, in one that adds
    up `L` and `P`, or in a column per year.
    """
    totals = [c.column for c in matrix if not c.dims]
    if "population" not in fields and totals:
        fields["population"] = totals[0]
    by_year = any(dim == "year" for c in matrix for dim, _ in c.dims)
    return by_year or "population" in fields


def _personal(meanings: dict[int, Meaning]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for column, meaning in meanings.items():
        for name in set(meaning.fields.values()) & PERSONAL:
            found[name] = (*found.get(name, ()), column)
    return found


def _matrix_or_ticks(
    valued: dict[int, Any],
    fields: dict[str, int],
    personal: dict[str, tuple[int, ...]],
    header: Header,
    kind: str,
) -> tuple[tuple[MatrixColumn, ...], tuple[MatrixColumn, ...]]:
    """The same columns are counts in a recap and ticks in a register (one row, one person)."""
    columns = tuple(MatrixColumn(c, header.text(c), dims) for c, dims in valued.items())
    is_register = kind == "members" or "case_id" in fields or bool({"name", "nik"} & set(personal))
    if not is_register:
        return columns, ()
    return (), tuple(c for c in columns if c.dims and c.dims[-1][0] not in fields)
