"""Fifth stage: cells -> fields. The personal columns end here.

In: the cells of the rows of data and the map of the columns. Out: the fields that are kept, still
as they were written, and two digests per row. Names, numbers of identity cards, addresses, phone
numbers and accounts of what happened are used here for the digests and nowhere after; a date of
birth leaves as a date without anything beside it, for the age at the reporting date.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from lk3.intake.cleaning.dates import clean_dates
from lk3.intake.columns import ColumnMap, MatrixColumn
from lk3.intake.digests import digest_all, texts_of_rows
from lk3.intake.sheets import Merged
from lk3.places import Places
from lk3.vocabulary import squash

FIELDS = (
    "case_id",
    "reported_on",
    "closed_on",
    "kelurahan",
    "year",
    "month",
    "period",
    "problem",
    "service",
    "status",
    "referred_to",
    "sex",
    "age",
    "cases",
    "profession",
    "started_on",
    "ended_on",
    "population",
    "households",
    "dimension",
    "group",
)
_EARLIEST_BIRTH = date(1900, 1, 1)
_TELLS_PEOPLE_APART = ("nik", "name", "phone", "family_card", "address")
_PLACE_OF_BIRTH = re.compile(r"^[^\d]*[,/]\s*")
_TICK_MEANS_NO = frozenset({"", "0", "tidak", "no", "n", "na", "x0"})


@dataclass(frozen=True)
class Taken:
    """The kept fields of a sheet's rows of data.

    `fields`: one row per row of data, a column of raw cells for each field that the sheet has, and
    `row`, the row as Excel shows it. `counts`: the raw cells of a recap's matrix by position of the
    column. `births`: dates, NaT where unknown. `who`: digest of what tells people apart, "" without
    it. `content`: digest of all cells but the counter. `numbered`: whether a counter or anything
    else tells equal rows apart. All by the same index.
    """

    fields: pd.DataFrame
    counts: pd.DataFrame
    births: pd.Series
    who: pd.Series
    content: pd.Series


def take_columns(
    rows: pd.DataFrame,
    columns: ColumnMap,
    *,
    sections: pd.Series,
    merged: tuple[Merged, ...],
    key: bytes,
    scope: str,
) -> Taken:
    """The kept fields of the rows of data (index: row as Excel shows it), the rest dropped.

    `sections`: the kelurahan of the section label above each row, None without; it fills a blank.
    `scope`: sheet or register within which a counter is unique.
    """
    filled = fill_merged(rows, columns, merged)
    fields = pd.DataFrame(
        {name: filled[columns.fields[name]] for name in FIELDS if name in columns.fields},
        index=rows.index, dtype="object",
    )  # fmt: skip
    fields = _with_ticks(fields, rows, columns)
    if sections.notna().any():
        written = fields.get("kelurahan", pd.Series(None, index=rows.index, dtype="object"))
        fields["kelurahan"] = written.where(written.notna(), sections)
    content, who = _digests(filled, columns, key=key, scope=scope)
    numbers = pd.Series(rows.index, dtype="int64")
    return Taken(
        fields=fields.reset_index(drop=True).assign(row=numbers),
        counts=filled[[c.column for c in columns.matrix]].reset_index(drop=True),
        births=_births(rows, columns),
        who=who,
        content=content,
    )


def fill_merged(rows: pd.DataFrame, columns: ColumnMap, merged: tuple[Merged, ...]) -> pd.DataFrame:
    """Fields that stand once in a merged range, written into every row that the range covers.

    A blank cell that is not merged stays blank: "same as above" is not guessed.
    """
    kept = set(columns.fields.values())
    tall = [m for m in merged if m[2] > m[0] and m[1] in kept and m[1] in rows.columns]
    if not tall:
        return rows
    filled = rows.copy()
    for first, column, last, _ in tall:
        inside = (filled.index >= first) & (filled.index <= last)
        present = filled.loc[inside, column].dropna()
        if not present.empty:
            filled.loc[inside, column] = present.iloc[0]
    return filled


def _with_ticks(fields: pd.DataFrame, rows: pd.DataFrame, columns: ColumnMap) -> pd.DataFrame:
    """Tick columns `L` and `P` -> one field with the header of the ticked column."""
    result = fields.copy()
    by_field: dict[str, list[MatrixColumn]] = {}
    for tick in columns.ticks:
        by_field.setdefault(tick.dims[-1][0], []).append(tick)
    for name, ticks in by_field.items():
        marks = {t.dims[-1][1]: [_is_ticked(v) for v in rows[t.column]] for t in ticks}
        chosen = [
            ", ".join(text for text, ticked in zip(marks, row, strict=True) if ticked) or None
            for row in zip(*marks.values(), strict=True)
        ]
        result[name] = pd.Series(chosen, index=rows.index, dtype="object")
    return result


def _is_ticked(value: Any) -> bool:
    return value is not None and str(value).strip().casefold().rstrip(".-") not in _TICK_MEANS_NO


def _digests(
    rows: pd.DataFrame, columns: ColumnMap, *, key: bytes, scope: str
) -> tuple[pd.Series, pd.Series]:
    counter = columns.fields.get("row_number")
    others = rows[[column for column in rows.columns if column != counter]]
    identified = "case_id" in columns.fields or bool(columns.personal) or bool(columns.matrix)
    text = texts_of_rows(others if identified else rows)
    people = [columns.personal[name] for name in _TELLS_PEOPLE_APART if name in columns.personal]
    who = pd.Series("", index=rows.index, dtype="object")
    for positions in people:
        present = [p for p in positions if p in rows.columns]
        written = texts_of_rows(rows[present]).str.replace("\x1f", "")
        who = who.where(who != "", written.map(squash))
    if counter in rows.columns:
        numbered = scope + texts_of_rows(rows[[counter]])
        who = who.where(who != "", numbered.where(rows[counter].notna(), ""))
    index = pd.RangeIndex(len(rows))
    return (
        pd.Series(digest_all(key, "row", text), index=index, dtype="object"),
        pd.Series(digest_all(key, "person", who), index=index, dtype="object"),
    )


def _births(rows: pd.DataFrame, columns: ColumnMap) -> pd.Series:
    index = pd.RangeIndex(len(rows))
    column = columns.fields.get("birth")
    if column is None:
        return pd.Series(pd.NaT, index=index, dtype="datetime64[s]")
    written = [_PLACE_OF_BIRTH.sub("", v) if isinstance(v, str) else v for v in rows[column]]
    return clean_dates(pd.Series(written, index=index, dtype="object"), earliest=_EARLIEST_BIRTH)[
        "date"
    ]


def kelurahan_of_sections(roles: pd.Series, body: pd.DataFrame, *, places: Places) -> pd.Series:
    """The kelurahan that the section label above each row names, None where none does."""
    found: list[str | None] = []
    current: str | None = None
    for number, role in zip(body.index, roles, strict=True):
        if role == "section":
            texts = [v for v in body.loc[number] if isinstance(v, str)]
            current = next((text for text in texts if places.code_for(text)), None)
        elif role in ("total", "repeated_header"):
            current = current if role == "repeated_header" else None
        found.append(current)
    return pd.Series(found, index=body.index, dtype="object")
