"""The clerk's workbook comes back with its findings in place, and can be sent again."""

from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.styles import Font

from lk3.intake import check_file
from lk3.places import load_places
from lk3.reports.annotated import FINDINGS_SHEET, annotate

PLACES = load_places()
HEADER = ["No. Reg", "Tgl Masuk", "Kelurahan", "Jenis Masalah", "Nama Klien"]
ROWS = [
    ["001", datetime(2024, 5, 6), "Lok Tuan", "KDRT", "Klien Uji 1"],
    ["002", "31/02/2024", "Satimpo", "KDRT", "Klien Uji 2"],
    ["003", datetime(2024, 5, 8), "Berbas Lestari", "KDRT", "Klien Uji 3"],
]


def check(content, name="register.xlsx"):
    return check_file(content, name, places=PLACES, key=b"kunci")


def workbook(rows=ROWS):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Register"
    sheet.append(["REGISTER KASUS"])
    sheet["A1"].font = Font(bold=True, size=18)
    sheet.append(HEADER)
    for row in rows:
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def annotated(content, name="register.xlsx"):
    return openpyxl.load_workbook(BytesIO(annotate(content, check(content, name))))


def test_the_cells_in_question_are_coloured_and_say_why():
    sheet = annotated(workbook())["Register"]
    assert "31/02/2024" in sheet["B4"].comment.text
    assert "Berbas Lestari" in sheet["C5"].comment.text
    assert sheet["B4"].fill.fgColor.rgb == sheet["C5"].fill.fgColor.rgb == "00F3B98A"
    assert sheet["B3"].comment is None
    assert sheet["B3"].fill.fill_type is None


def test_everything_else_is_as_it_was_sent():
    sheet = annotated(workbook())["Register"]
    assert sheet["A1"].font.size == 18
    assert [cell.value for cell in sheet[3]] == ROWS[0]


def test_the_list_of_findings_comes_first_and_leads_to_the_cells():
    book = annotated(workbook())
    assert book.sheetnames == [FINDINGS_SHEET, "Register"]
    rows = list(book[FINDINGS_SHEET].iter_rows(min_row=2, values_only=True))
    assert [(row[1], row[2], row[3]) for row in rows] == [
        ("Register", 4, "Tgl Masuk"),
        ("Register", 5, "Kelurahan"),
    ]
    assert book[FINDINGS_SHEET]["A2"].hyperlink.location == "'Register'!B4"


def test_the_workbook_corrected_in_place_is_read_without_a_finding():
    book = annotated(workbook())
    book["Register"]["B4"], book["Register"]["C5"] = datetime(2024, 2, 28), "Bontang Lestari"
    target = BytesIO()
    book.save(target)
    checked = check(target.getvalue())
    assert checked.tables.findings.empty
    assert (checked.rows_used, checked.rows_not_data) == (3, 2)


def test_the_list_is_made_anew_when_the_workbook_is_sent_again():
    first = annotate(workbook(), check(workbook()))
    again = openpyxl.load_workbook(BytesIO(annotate(first, check(first))))
    assert again.sheetnames == [FINDINGS_SHEET, "Register"]


def test_findings_quote_no_name_even_in_the_clerk_s_own_workbook():
    rows = [["001", "Budi Santosa", "Lok Tuan", "KDRT", "Klien Uji 1"], ROWS[0]]
    listed = annotated(workbook(rows))[FINDINGS_SHEET]
    texts = " ".join(str(cell) for row in listed.iter_rows(values_only=True) for cell in row)
    assert "Santosa" not in texts


def old_workbook():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Register")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for r, row in enumerate([HEADER, *ROWS]):
        for c, value in enumerate(row):
            sheet.write(r, c, value, *([day] if isinstance(value, datetime) else []))
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def text_file():
    lines = [";".join(HEADER), "001;06/05/2024;Lok Tuan;KDRT;A", "002;31/02/2024;Satimpo;KDRT;=1"]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("content", "name", "cell"), [(old_workbook(), "r.xls", "B3"), (text_file(), "r.csv", "B3")]
)
def test_other_formats_come_back_as_xlsx_with_their_cells(content, name, cell):
    book = annotated(content, name)
    sheet = book.worksheets[1]
    assert "31/02/2024" in sheet[cell].comment.text
    assert sheet["C2"].value == "Lok Tuan"
    assert str(sheet["E3"].value) in ("Klien Uji 2", "'=1")


@pytest.mark.parametrize("name", ["2024/2025: baru?", "Ani's", "Lembar " * 9, "=1+1\u202e"])
def test_a_sheet_may_be_called_what_excel_does_not_allow(name):
    """As LibreOffice allows it. The link leads to the sheet in which the finding is."""
    book = annotated(open_document(name), "register.ods")
    findings, sheet = book.worksheets
    assert len(sheet.title) <= 31
    assert not set(sheet.title) & set("[]:*?/\\'\u202e")
    link = findings["A2"].hyperlink.location
    assert link == f"'{sheet.title}'!B3"
    assert "31/02/2024" in sheet["B3"].comment.text


def test_the_link_finds_a_sheet_with_an_apostrophe():
    book = openpyxl.load_workbook(BytesIO(workbook()))
    book["Register"].title = "Ani's"
    target = BytesIO()
    book.save(target)
    link = annotated(target.getvalue())[FINDINGS_SHEET]["A2"].hyperlink.location
    assert link == "'Ani''s'!B4"


def open_document(name):
    book = OpenDocumentSpreadsheet()
    sheet = Table(name=name)
    for cells in (HEADER, ["001", "06/05/2024", "Lok Tuan", "KDRT", "A"], ROWS[1]):
        row = TableRow()
        for cell in cells:
            held = TableCell(valuetype="string")
            held.addElement(P(text=cell))
            row.addElement(held)
        sheet.addElement(row)
    book.spreadsheet.addElement(sheet)
    target = BytesIO()
    book.write(target)
    return target.getvalue()
