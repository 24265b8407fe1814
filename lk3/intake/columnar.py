"""A long sheet by columns: the same cells as the other reader gives, as texts, without an object a
cell.

Numbers and dates arrive written in one fixed form, which `rendered` turns back into what it was. A
text that happens to be written in the same form becomes a number too. That changes nothing for a
register: its dates, ages and codes are read alike from both. It would for counts (the text `1.234`
is 1234, the number is not whole), so whatever turns out not to be a register of cases is read again
by the other reader (`Sheet.exactly`).
"""

from functools import partial

import fastexcel
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lk3.intake.rowwise import read_sheets, refusing_damage
from lk3.intake.sheets import Sheet
from lk3.intake.worksheets import SheetFacts, SheetPart

LONG = 4_000_000  # bytes of XML: about 5,000 rows of a register
_UNSEEN = "^[ \t\r\n\u00a0\u200b\ufeff']*$"
_LONGEST_UNSEEN = 12  # bytes


def read_columns(content: bytes, sheet: SheetPart, facts: SheetFacts) -> Sheet:
    """The sheet. Raises Refused for a file that the reader cannot open."""
    with refusing_damage(fastexcel.FastExcelError):
        loaded = fastexcel.read_excel(content).load_sheet(
            sheet.name, header_row=None, skip_rows=0, dtypes="string", whitespace_as_null=True
        )
        batch = loaded.to_arrow()
    positions = [column.absolute_index for column in loaded.selected_columns]
    cells = _frame([_without_unseen(column) for column in batch.columns], positions)
    cells.index = pd.RangeIndex(1, len(cells) + 1)  # with skip_rows=0 they start at the very top
    filled = cells.notna()
    cells = cells[filled.any(axis=1)].loc[:, filled.any(axis=0).tolist()]
    cells.index = pd.Index(cells.index, dtype="int64")
    return Sheet(
        sheet.name, cells, sheet.hidden, facts.merged, facts.valueless,
        exactly=partial(_read_exactly, content, sheet.name, facts),
    )  # fmt: skip


def _read_exactly(content: bytes, name: str, facts: SheetFacts) -> Sheet:
    (sheet,) = read_sheets(content, only=(name,), valueless={name: facts.valueless})
    return sheet


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
