"""Fifth stage: cells -> fields. The personal columns end here.

In: the cells of the rows of data and the map of the columns. Out: the fields that are kept, still
as they were written. Names, numbers of identity cards, addresses, phone numbers and accounts of
what happened are not among them (`telling` makes digests of them, where rows must be told apart); a
date of birth leaves as a date without anything beside it, for the age at the reporting date.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from lk3.intake.cleaning.cells import distinct
from lk3.intake.cleaning.dates import clean_dates
from lk3.intake.columns import ColumnMap, MatrixColumn
from lk3.intake.rendered import as_category, objects
from lk3.intake.sheets import Merged
from lk3.places import Places

FIELDS = (
    "case_id",
    "reported_on",
    "closed_on",
    "kelurahan",
    "kecamatan",  # not kept: it tells areas of one name apart
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
_PLACE_OF_BIRTH = re.compile(r"^[^\d]*[,/]\s*")
_TICK_MEANS_NO = frozenset({"", "0", "tidak", "no", "n", "na", "x0"})


@dataclass(frozen=True)
class Taken:
    """The kept fields of a sheet's rows of data.

    `fields`: one row per row of data, a column of raw cells for each field that the sheet has, and
    `row`, the row as Excel shows it. `counts`: the raw cells of a recap's matrix by position of the
    column. `births`: dates, NaT where unknown. All by the same index.
    """

    fields: pd.DataFrame
    counts: pd.DataFrame
    births: pd.Series


def take_columns(
    rows: pd.DataFrame,
    columns: ColumnMap,
    *,
    sections: pd.Series,
    merged: tuple[Merged, ...],
) -> Taken:
    """The kept fields of the rows of data (index: row as Excel shows it), the rest dropped.

    `sections`: the kelurahan of the section label above each row, None without; it fills a blank.
    """
    filled = fill_merged(rows, columns, merged)
    fields = pd.DataFrame(
        {name: _as_written(filled, columns, name) for name in FIELDS if name in columns.fields},
        index=rows.index,
    )
    fields = _with_ticks(fields, rows, columns)
    if sections.notna().any():
        written = fields.get("kelurahan", pd.Series(None, index=rows.index)).astype("object")
        fields["kelurahan"] = written.where(written.notna(), sections)
    numbers = pd.Series(rows.index, dtype="int64")
    return Taken(
        fields=fields.reset_index(drop=True).assign(row=numbers),
        counts=filled[[c.column for c in columns.matrix]].reset_index(drop=True),
        births=_births(rows, columns),
    )


def _as_written(rows: pd.DataFrame, columns: ColumnMap, name: str) -> pd.Series:
    """The cells of a field. Register numbers all differ: to sort out equal ones gains nothing."""
    values = rows[columns.fields[name]]
    return values if name == "case_id" else as_category(values)


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
        marks = {t.dims[-1][1]: _ticked(rows[t.column]) for t in ticks}
        chosen = [
            ", ".join(text for text, ticked in zip(marks, row, strict=True) if ticked) or None
            for row in zip(*marks.values(), strict=True)
        ]
        result[name] = pd.Series(chosen, index=rows.index, dtype="object")
    return result


def _ticked(values: pd.Series) -> list[bool]:
    codes, cells = distinct(as_category(values))
    return np.array([*map(_is_ticked, cells), False])[codes].tolist()


def _is_ticked(value: Any) -> bool:
    return value is not None and str(value).strip().casefold().rstrip(".-") not in _TICK_MEANS_NO


def _births(rows: pd.DataFrame, columns: ColumnMap) -> pd.Series:
    index = pd.RangeIndex(len(rows))
    column = columns.fields.get("birth")
    if column is None:
        return pd.Series(pd.NaT, index=index, dtype="datetime64[s]")
    codes, cells = distinct(as_category(rows[column]))
    without_place = [_PLACE_OF_BIRTH.sub("", c) if isinstance(c, str) else c for c in cells]
    written = pd.Series(objects([*without_place, None])[codes], index=index, dtype="object")
    return clean_dates(written, earliest=_EARLIEST_BIRTH)["date"]


def kelurahan_of_sections(roles: pd.Series, body: pd.DataFrame, *, places: Places) -> pd.Series:
    """The kelurahan that the section label above each row names, None where none does."""
    found = pd.Series(None, index=body.index, dtype="object")
    for start, end in _under_sections(roles):
        texts = [v for v in body.iloc[start] if isinstance(v, str)]
        found.iloc[start:end] = next((text for text in texts if places.code_for(text)), None)
    return found


def _under_sections(roles: pd.Series) -> list[tuple[int, int]]:
    """From each section label to the next one, or to the total that ends it."""
    labels = np.flatnonzero((roles == "section").to_numpy())
    ends = np.flatnonzero(roles.isin(["section", "total"]).to_numpy())
    after = np.searchsorted(ends, labels, side="right")
    return [
        (int(label), int(ends[at]) if at < len(ends) else len(roles))
        for label, at in zip(labels, after, strict=True)
    ]
