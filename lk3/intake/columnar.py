"""A long sheet by columns: the same cells as the other reader gives, as texts, without an object a
cell.

Numbers and dates arrive written in one fixed form ("12.5", "2024-01-02 00:00:00"); `typed` turns
such a text back into what it was. A text that happens to be written in the same form becomes a
number too, which changes nothing for a register: its dates, ages and codes are read alike from
both. It would for counts (the text `1.234` is 1234, the number is not whole), so a long sheet that
turns out to be a recap or a table of population is read again by the other reader.
"""

import re
from datetime import date, datetime
from typing import Any

import fastexcel
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lk3.intake.rowwise import refusing_damage
from lk3.intake.sheets import Sheet
from lk3.intake.worksheets import SheetFacts, SheetPart

LONG = 4_000_000  # bytes of XML: about 5,000 rows of a register
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?")
_UNSEEN = "^[ \t\r\n\u00a0\u200b\ufeff']*$"
_LONGEST_UNSEEN = 12  # bytes
_FIRST_DAY_OF_EXCEL = 1901  # what lies before is a time of day or a duration


def read_columns(content: bytes, sheet: SheetPart, facts: SheetFacts) -> Sheet | None:
    """The sheet; None where its first row cannot be told from its XML. Raises Refused for a file
    that the reader cannot open.
    """
    if not facts.first_row:
        return None
    with refusing_damage(fastexcel.FastExcelError):
        loaded = fastexcel.read_excel(content).load_sheet(
            sheet.name, header_row=None, skip_rows=0, dtypes="string", whitespace_as_null=True
        )
        batch = loaded.to_arrow()
    positions = [column.absolute_index for column in loaded.selected_columns]
    cells = _frame([_without_unseen(column) for column in batch.columns], positions)
    cells.index = pd.RangeIndex(facts.first_row, facts.first_row + len(cells))
    filled = cells.notna().to_numpy()
    cells = cells.loc[filled.any(axis=1), filled.any(axis=0)]
    cells.index = pd.Index(cells.index, dtype="int64")
    return Sheet(sheet.name, cells, sheet.hidden, facts.merged, facts.valueless)


def _frame(columns: list[pa.Array], positions: list[int]) -> pd.DataFrame:
    frame = pa.table(columns, names=[str(p) for p in positions]).to_pandas()
    frame.columns = pd.Index(positions, dtype="int64")
    return frame


def _without_unseen(column: pa.Array) -> pa.Array:
    """The column without cells in which a person would see nothing."""
    short = pc.fill_null(pc.less_equal(pc.binary_length(column), _LONGEST_UNSEEN), False)
    if not pc.any(short).as_py():
        return column
    places = np.flatnonzero(short.to_numpy(zero_copy_only=False))
    unseen = pc.match_substring_regex(column.take(pa.array(places)), _UNSEEN)
    hidden = places[unseen.to_numpy(zero_copy_only=False)]
    if not len(hidden):
        return column
    mask = np.zeros(len(column), dtype=bool)
    mask[hidden] = True
    return pc.if_else(pa.array(mask), pa.scalar(None, column.type), column)


def typed(text: str) -> Any:
    """The number, the date or the time that a text of this reader stands for, else the text."""
    if _NUMBER.fullmatch(text) and text != "-0":
        return float(text)
    if not _DATE.fullmatch(text):
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if moment.year < _FIRST_DAY_OF_EXCEL:
        return moment.time()
    return moment if moment.time() != datetime.min.time() else date(*moment.timetuple()[:3])
