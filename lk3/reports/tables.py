"""One table as CSV or as a readable workbook.

Both say what the table is, where it comes from and, where it applies, that the data are a sample.
Text that a spreadsheet would run as a formula is made harmless.
"""

import csv
import re
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

import pandas as pd
import xlsxwriter

from lk3 import language
from lk3.language import _
from lk3.texts import readable

_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\n")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")  # in the name of a sheet
_LONGEST_NAME = 31
_WIDEST, _NARROWEST = 48, 9
_PAPER_A4 = 9


@dataclass(frozen=True)
class Export:
    """A table to be written.

    frame: its columns headed as they are to be read; hidden or missing cells NaN or None.
    title: what it shows. notes: lines below the title (measure, period, source, sample or not).
    """

    frame: pd.DataFrame
    title: str
    notes: tuple[str, ...] = ()


def neutralise(value: Any) -> Any:
    """Text that begins like a formula, with an apostrophe before it; anything else as it is, but
    for signs that are not seen.

    A lone sign or dash is no formula and stays.
    """
    value = readable(value) if isinstance(value, str) else value
    if isinstance(value, str) and len(value) > 1 and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel allows and that no other sheet has; its small letters go into `taken`."""
    base = _FORBIDDEN.sub(" ", readable(wanted))[:_LONGEST_NAME].strip() or "–"
    name, count = base, 2
    while name.lower() in taken:
        name, count = f"{base[: _LONGEST_NAME - 4]} ({count})", count + 1
    taken.add(name.lower())
    return name


def to_csv(export: Export) -> bytes:
    """The table alone, UTF-8 with BOM and the separator that the language's Excel opens at once."""
    separator, decimal = (";", ",") if language.current() == "id" else (",", ".")
    target = StringIO()
    writer = csv.writer(target, delimiter=separator, lineterminator="\r\n")
    writer.writerow([neutralise(str(name)) for name in export.frame.columns])
    for row in export.frame.itertuples(index=False):
        writer.writerow([_csv_cell(value, decimal) for value in row])
    return target.getvalue().encode("utf-8-sig")


def to_xlsx(export: Export) -> bytes:
    """A workbook of one sheet: title, notes, the table with a frozen header; ready to print."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(_("Tabel"))
        styles = _styles(book)
        sheet.write_string(0, 0, neutralise(export.title), styles["title"])
        for line, note in enumerate(export.notes, start=1):
            sheet.write_string(line, 0, neutralise(note), styles["note"])
        header = len(export.notes) + 2
        _write_table(sheet, export.frame, header, styles)
        sheet.freeze_panes(header + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(_PAPER_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(header)
    return target.getvalue()


def _write_table(
    sheet: xlsxwriter.worksheet.Worksheet, frame: pd.DataFrame, header: int, styles: dict[str, Any]
) -> None:
    for column, name in enumerate(frame.columns):
        sheet.write_string(header, column, neutralise(str(name)), styles["header"])
        values = frame[name].tolist()
        whole = all(_is_missing(v) or float(v).is_integer() for v in values if _is_number(v))
        for row, value in enumerate(values, start=header + 1):
            if _is_missing(value):
                sheet.write_blank(row, column, None)
            elif _is_number(value):
                sheet.write_number(row, column, value, styles["whole" if whole else "decimal"])
            else:
                sheet.write_string(row, column, neutralise(str(value)))
        longest = max([len(str(name)), *(len(str(v)) for v in values if isinstance(v, str))])
        sheet.set_column(column, column, min(max(longest + 2, _NARROWEST), _WIDEST))


def _styles(book: xlsxwriter.Workbook) -> dict[str, Any]:
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "note": book.add_format({"font_color": "#555555"}),
        "header": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "whole": book.add_format({"num_format": "#,##0"}),
        "decimal": book.add_format({"num_format": "#,##0.0"}),
    }


def _csv_cell(value: Any, decimal: str) -> Any:
    if _is_missing(value):
        return ""
    if _is_number(value) and float(value).is_integer():
        return int(value)
    return str(value).replace(".", decimal) if _is_number(value) else neutralise(str(value))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value
