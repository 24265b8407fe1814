"""Rows into workbooks as an office makes them: titles, a header, a row of column numbers, the
table, a signature block.

In: titles, headers, rows. Out: an .xlsx file, written row by row so that its size costs no memory.
The same rows give the same bytes: the date of making is fixed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter

from lk3.sample.wording import Cell

_MADE_ON = datetime(2026, 11, 2)
_WIDTH = 16


@dataclass(frozen=True)
class Sheet:
    """One sheet: what stands above the table, its headers and rows, and what stands below.
    `left_margin` is the number of empty columns before the table.
    """

    name: str
    titles: tuple[str, ...]
    headers: tuple[str, ...]
    rows: Iterable[list[Cell]]
    signature: tuple[str, ...]
    left_margin: int = 0


def write_workbook(path: Path, sheets: Iterable[Sheet]) -> Path:
    """Write the sheets one after the other and give back the path."""
    with xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
    ) as book:
        book.set_properties({"title": "DATA CONTOH", "created": _MADE_ON})
        bold = book.add_format({"bold": True})
        head = book.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "bg_color": "#D9E2EC"}
        )
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, bold, head)
    return path


def _write_sheet(
    page: xlsxwriter.worksheet.Worksheet,
    sheet: Sheet,
    bold: xlsxwriter.format.Format,
    head: xlsxwriter.format.Format,
) -> None:
    left = sheet.left_margin
    page.set_column(left + 1, left + len(sheet.headers) - 1, _WIDTH)
    for row, title in enumerate(sheet.titles):
        page.write_string(row, left, title, bold)
    row = len(sheet.titles) + 1
    page.write_row(row, left, sheet.headers, head)
    page.write_row(row + 1, left, range(1, len(sheet.headers) + 1), head)
    page.freeze_panes(row + 2, left)
    row += 2
    for cells in sheet.rows:
        _write_cells(page, row, left, cells)
        row += 1
    signed_at = left + max(len(sheet.headers) - 4, 0)
    for line, text in enumerate(sheet.signature, start=row + 1):
        page.write(line, signed_at, text or None)


def _write_cells(
    page: xlsxwriter.worksheet.Worksheet, row: int, left: int, cells: list[Cell]
) -> None:
    for column, value in enumerate(cells, start=left):
        if isinstance(value, str):
            if value:
                page.write_string(row, column, value)
        elif isinstance(value, datetime):
            page.write_datetime(row, column, value)
        else:
            page.write_number(row, column, value)
