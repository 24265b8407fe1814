"""A clean workbook to fill in: one sheet each for cases, members and population, with drop-downs.

What is chosen from its lists is what the intake knows, so a filled-in template has no findings. Its
columns are listed in `data/reference/template_columns.csv`.
"""

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from lk3 import language
from lk3.language import _
from lk3.places import OUTSIDE, Places
from lk3.settings import REFERENCE_DIR
from lk3.vocabulary import read_csv, vocabulary

ROWS = 2000
INSTRUCTIONS, LISTS = "Petunjuk", "Daftar isian"
_VOCABULARIES = ("problems", "services", "professions", "sexes", "statuses")
_EARLIEST, _LATEST = date(2000, 1, 1), date(2099, 12, 31)
Formats = dict[str, Any]


def write_template(places: Places) -> bytes:
    """The workbook as bytes. Headers and lists are Indonesian, hints in the current language."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options | {"default_date_format": "dd/mm/yyyy"}) as book:
        formats = _formats(book)
        columns = read_csv(REFERENCE_DIR / "template_columns.csv")
        names = list(dict.fromkeys(row["sheet"] for row in columns))
        _write_instructions(book, names, columns, formats)
        sheets = {name: book.add_worksheet(name) for name in names}
        ranges = _write_lists(book, places, formats)
        for name, sheet in sheets.items():
            _write_form(sheet, [c for c in columns if c["sheet"] == name], ranges, formats)
    return target.getvalue()


def _formats(book: xlsxwriter.Workbook) -> Formats:
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "header": book.add_format(
            {"bold": True, "bg_color": "#e6f0f8", "border": 1, "text_wrap": True, "valign": "top"}
        ),
        "bold": book.add_format({"bold": True}),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
    }


def _write_instructions(
    book: xlsxwriter.Workbook, names: list[str], columns: list[dict[str, str]], formats: Formats
) -> None:
    sheet = book.add_worksheet(INSTRUCTIONS)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 70)
    hint = "hint" if language.current() == "id" else "hint_en"
    lines = [
        _("Isi hanya lembar yang diperlukan; lembar lain biarkan kosong."),
        _("Satu baris untuk satu kasus, satu anggota, atau satu kelurahan dalam satu tahun."),
        _("Pilih dari daftar bila ada. Jangan menulis nama, NIK, alamat, atau nomor telepon."),
    ]
    sheet.write_string(0, 0, _("Cara mengisi"), formats["title"])
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, f"{row}. {line}")
    row = len(lines) + 2
    for name in names:
        sheet.write_string(row, 0, name, formats["bold"])
        for column in (c for c in columns if c["sheet"] == name):
            row += 1
            sheet.write_string(row, 0, column["header"])
            sheet.write_string(row, 1, column[hint])
        row += 2


def _write_lists(book: xlsxwriter.Workbook, places: Places, formats: Formats) -> dict[str, str]:
    """The lists on a sheet of their own; the range of each by its name."""
    areas = [places.label(code) for code in places.codes]
    with language.speaking("id"):
        lists = {
            "areas": [*areas, places.label(OUTSIDE)],
            "areas_and_city": [*areas, places.title],
            **{name: _entries(name) for name in _VOCABULARIES},
        }
    sheet = book.add_worksheet(LISTS)
    ranges = {}
    for column, (name, entries) in enumerate(lists.items()):
        sheet.write_string(0, column, name, formats["bold"])
        sheet.write_column(1, column, entries)
        sheet.set_column(column, column, 28)
        letter = xl_col_to_name(column)
        ranges[name] = f"='{LISTS}'!${letter}$2:${letter}${len(entries) + 1}"
    return ranges


def _entries(name: str) -> list[str]:
    """The labels of a vocabulary; not the one that says nothing is known."""
    return [term.label for key, term in vocabulary(name).terms.items() if key != "tidak_diketahui"]


def _write_form(
    sheet: xlsxwriter.worksheet.Worksheet,
    columns: list[dict[str, str]],
    ranges: dict[str, str],
    formats: Formats,
) -> None:
    hint = "hint" if language.current() == "id" else "hint_en"
    for place, column in enumerate(columns):
        kind = column["list"]
        style = formats["date"] if kind == "date" else None
        sheet.set_column(place, place, int(column["width"]), style)
        sheet.write_string(0, place, column["header"], formats["header"])
        rule = _validation(kind, ranges)
        if rule:
            shown = {"input_title": column["header"][:32], "input_message": column[hint][:255]}
            sheet.data_validation(1, place, ROWS, place, {**rule, **shown, **_refusal()})
    sheet.freeze_panes(1, 0)


def _validation(kind: str, ranges: dict[str, str]) -> dict[str, Any]:
    """What Excel lets into a cell of this kind."""
    if kind in ranges:
        return {"validate": "list", "source": ranges[kind]}
    whole = {
        "age": (0, 120),
        "year": (_EARLIEST.year, _LATEST.year),
        "count": (0, 10_000_000),
    }
    if kind in whole:
        low, high = whole[kind]
        return {"validate": "integer", "criteria": "between", "minimum": low, "maximum": high}
    if kind == "date":
        between = {"criteria": "between", "minimum": _EARLIEST, "maximum": _LATEST}
        return {"validate": "date", **between}
    return {}


def _refusal() -> dict[str, str]:
    return {
        "error_title": _("Isian tidak sesuai"),
        "error_message": _("Pilih dari daftar, atau isi sesuai petunjuk kolom ini."),
    }
