"""What every container is turned into: a workbook of sheets of cells.

In: rows of raw cell values as a reader gives them. Out: `Sheet.cells`, a table of objects without
blank rows and columns, so that a stray blank in row 1,048,576 costs nothing from here on. Every
later stage knows cells only by the row number that Excel shows and the column's position.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from lk3.intake.limits import check_cells, check_time

_ROWS_BETWEEN_LOOKS = 10_000  # at the clock
Merged = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    `cells`: objects (str, int, float, bool, datetime, date, time, None); index: the row as Excel
    shows it; columns: the position of the column, from 0. Rows and columns without any value are
    not there. `merged`: the merged ranges, rows as Excel shows them. `valueless`: cells (row,
    column) that are blank here and not in Excel: errors and formulas without a stored value.
    `exactly` reads a long sheet, whose `cells` came as columns of text, again cell by cell.
    """

    name: str
    cells: pd.DataFrame
    hidden: bool = False
    merged: tuple[Merged, ...] = ()
    valueless: frozenset[tuple[int, int]] = frozenset()
    exactly: Callable[[], "Sheet"] | None = None


@dataclass(frozen=True)
class Workbook:
    """A file that could be opened: its format by its content ("xlsx", "csv") and its sheets."""

    format: str
    sheets: tuple[Sheet, ...] = field(default=())


def sheet_of(
    rows: Iterable[Sequence[Any]],
    *,
    name: str,
    first_row: int = 1,
    first_column: int = 0,
    hidden: bool = False,
    merged: Iterable[Merged] = (),
) -> Sheet:
    """A sheet of the rows of a reader, without its blank rows and columns."""
    numbers, kept = [], []
    for number, row in enumerate(rows, start=first_row):
        if number % _ROWS_BETWEEN_LOOKS == 0:
            check_time()
        values = [_value(cell) for cell in row]
        if any(value is not None for value in values):
            numbers.append(number)
            kept.append(values)
    width = max((len(values) for values in kept), default=0)
    check_cells(width * len(kept), sheet=name)
    whole = [values + [None] * (width - len(values)) for values in kept]
    cells = pd.DataFrame(whole, index=pd.Index(numbers, dtype="int64"), dtype="object")
    cells.columns = pd.RangeIndex(first_column, first_column + cells.shape[1])
    return Sheet(name, cells.loc[:, cells.notna().any()], hidden, tuple(merged))


def _value(cell: Any) -> Any:
    """The cell, or None when a person would see nothing in it."""
    if isinstance(cell, str):
        return cell if cell.strip(" \t\r\n\xa0\u200b\ufeff'") else None
    return cell


def column_numbers(cells: pd.DataFrame) -> list[int]:
    """The positions of the columns of `Sheet.cells`."""
    return [int(column) for column in cells.columns.to_numpy()]


def texts_of(values: pd.Series, form: Callable[[Any], str] = str) -> pd.Series:
    """Each cell as text, "" where it is blank."""
    texts = ["" if pd.isna(value) else form(value) for value in values]
    return pd.Series(texts, index=values.index, dtype="object")
