"""The clerk's own workbook back: cells in question coloured and commented, the findings first.

It goes to the person who sent it, and holds what they sent. The list has links to the cells; the
sheet of findings is left out when the workbook is sent again.
"""

from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from lk3.intake import CheckedFile
from lk3.intake.containers import read_workbook
from lk3.intake.findings import finding_sentence, rule_label
from lk3.language import _
from lk3.reports.tables import neutralise, sheet_name
from lk3.texts import readable
from lk3.vocabulary import squash

FINDINGS_SHEET = "Temuan"
_OPENPYXL_READS = ("xlsx", "xlsm")
_SET_ASIDE, _UNSURE, _NOTE = "F3B98A", "FDE9B0", "D6E6F4"
_WIDTHS = (6, 18, 8, 22, 26, 80)
Sheets = dict[str, Worksheet]
_LINE = 15  # points of height for a line of text
_COMMENT_SIZE = (320, 140)


def annotate(content: bytes, checked: CheckedFile) -> bytes:
    """The workbook with its findings marked, as xlsx.

    An xlsx keeps its form; from any other format the cells alone are taken over. Macros are left
    behind. Raises nothing of its own: what was checked can be opened.
    """
    book, sheets = _open(content, checked)
    rows = checked.tables.findings.to_dict("records")
    places = [_mark(sheets, checked, row) for row in rows]
    _write_list(book, rows, places)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _open(content: bytes, checked: CheckedFile) -> tuple[openpyxl.Workbook, Sheets]:
    """The workbook, and its sheets by the names that the findings give them."""
    if checked.format in _OPENPYXL_READS:
        book = openpyxl.load_workbook(BytesIO(content))
        return book, {sheet.title: sheet for sheet in book.worksheets}
    book, sheets, taken = openpyxl.Workbook(), {}, set[str]()
    book.remove(book.worksheets[0])
    for number, sheet in enumerate(read_workbook(content).sheets, start=1):
        name = sheet_name(sheet.name or _("Lembar {n}").format(n=number), taken)
        sheets[sheet.name] = copy = book.create_sheet(name)
        for row in sheet.cells.index:
            for column in sheet.cells.columns:
                value = sheet.cells.at[row, column]
                if value is not None:
                    copy.cell(int(row), int(column) + 1, neutralise(value))
    return book, sheets


def _mark(sheets: Sheets, checked: CheckedFile, row: dict[Any, Any]) -> str:
    """Colour the cell of a finding and comment on it; returns its address, "" for none."""
    sheet = _sheet_of(sheets, str(row["sheet"]))
    if sheet is None or not row["row"]:
        return ""
    column = _column_of(sheet, checked, row)
    cell = _writable(sheet, int(row["row"]), column or 1)
    cell.fill = PatternFill("solid", fgColor=_colour(row))
    said = readable(finding_sentence(row))
    text = f"{cell.comment.text}\n{said}" if cell.comment else said
    cell.comment = Comment(text, "LK3", width=_COMMENT_SIZE[0], height=_COMMENT_SIZE[1])
    return f"{quote_sheetname(sheet.title)}!{cell.coordinate}"


def _sheet_of(sheets: Sheets, name: str) -> Worksheet | None:
    """The sheet of a finding; one without a name is that of a file with a single sheet."""
    only = next(iter(sheets.values())) if len(sheets) == 1 and not name else None
    return sheets.get(name, only)


def _column_of(sheet: Worksheet, checked: CheckedFile, row: dict[Any, Any]) -> int | None:
    """The column whose header is the finding's, None when the finding is about the whole row."""
    wanted = squash(row["column"])
    headers = next((s.header_rows for s in checked.sheets if s.name == row["sheet"]), ())
    if not wanted or not headers:
        return None
    for column in range(1, sheet.max_column + 1):
        parts = [squash(sheet.cell(r, column).value or "") for r in headers]
        if wanted in (parts[-1], "".join(parts)) or (parts[0] == wanted and not parts[-1]):
            return column
    return None


def _writable(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell, or the first one of the merged range that covers it."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, MergedCell):
        return cell
    covering = next(r for r in sheet.merged_cells.ranges if cell.coordinate in r)
    return sheet.cell(covering.min_row, covering.min_col)


def _colour(row: dict[Any, Any]) -> str:
    if row["set_aside"]:
        return _SET_ASIDE
    return _NOTE if row["severity"] == "note" else _UNSURE


def _write_list(book: openpyxl.Workbook, rows: list[dict[Any, Any]], places: list[str]) -> None:
    if FINDINGS_SHEET in book.sheetnames:
        book.remove(book[FINDINGS_SHEET])
    sheet = book.create_sheet(FINDINGS_SHEET, 0)
    headers = (_("No."), _("Lembar"), _("Baris"), _("Kolom"), _("Temuan"), _("Penjelasan"))
    for column, (header, width) in enumerate(zip(headers, _WIDTHS, strict=True), start=1):
        sheet.cell(1, column, header).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, (row, place) in enumerate(zip(rows, places, strict=True), start=1):
        values = (
            number, row["sheet"], row["row"] or None, row["column"], rule_label(row["rule"]),
            finding_sentence(row),
        )  # fmt: skip
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(number + 1, column, neutralise(value))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[number + 1].height = _LINE * (1 + len(str(values[-1])) // _WIDTHS[-1])
        sheet.cell(number + 1, 5).fill = PatternFill("solid", fgColor=_colour(row))
        if place:
            link = Hyperlink(ref=f"A{number + 1}", location=place, display=str(number))
            sheet.cell(number + 1, 1).hyperlink = link
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for each in book.worksheets:
        each.sheet_view.tabSelected = False
    book.active = 0
