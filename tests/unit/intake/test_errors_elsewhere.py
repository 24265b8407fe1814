"""Error cells of `.xls` and `.ods`: blank to the reader, not to the clerk."""

import io

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from lk3.intake.biff import errors_in_xls
from lk3.intake.containers import read_workbook
from lk3.intake.valueless import valueless_in_ods
from tests.workbooks import REGISTER, account, check, rules

GOOD = [1, "001", "15/01/2024", "Loktuan", "KDRT", "Proses"]
NOT_AVAILABLE = 0x2A  # of the format BIFF
EMPTY_RESULT = b"\x03\x00\x00\x00\x00\x00\xff\xff"  # what xlwt stores for a formula
ERROR_RESULT = b"\x02\x00\x2a\x00\x00\x00\xff\xff"


def old_workbook(*, formula=None):
    """Two sheets; in the second one a row whose kelurahan is #N/A, or a formula."""
    book = xlwt.Workbook()
    book.add_sheet("Petunjuk").write(0, 0, "Isi lembar kedua")
    sheet = book.add_sheet("Januari é")
    for r, row in enumerate([REGISTER, GOOD, [2, "002", "16/01/2024", None, "KDRT", "Proses"]]):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value)
    if formula:
        sheet.write(2, 3, xlwt.Formula(formula))
    else:
        sheet.row(2).set_cell_error(3, NOT_AVAILABLE)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def open_document(*cells):
    document = OpenDocumentSpreadsheet()
    table = Table(name="Data")
    rows = [REGISTER, GOOD, [2, "002", "16/01/2024", cells[0], "KDRT", "Proses"]]
    for row in rows:
        line = TableRow()
        for value in row:
            line.addElement(value if not isinstance(value, str | int) else _text(value))
        table.addElement(line)
    document.spreadsheet.addElement(table)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _text(value):
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def _computed(shown, **attributes):
    cell = TableCell(formula="of:=NA()", **attributes)
    cell.addElement(P(text=shown))
    return cell


def test_an_error_in_an_old_workbook_is_found_on_its_sheet():
    content = old_workbook()
    assert errors_in_xls(content) == {"Januari é": frozenset({(3, 3)})}
    checked = check(content, "lama.xls")
    assert account(checked) == (3, 2, 0, 1)
    assert rules(checked).count("cell_without_value") == 1


def test_an_error_that_a_formula_gives_in_an_old_workbook_is_found_too():
    content = old_workbook(formula="1/0")
    assert errors_in_xls(content) == {}
    assert errors_in_xls(content.replace(EMPTY_RESULT, ERROR_RESULT)) == {
        "Januari é": frozenset({(3, 3)})
    }


def test_a_damaged_old_workbook_has_no_error_cells_and_never_falls_over():
    content = old_workbook()
    assert errors_in_xls(content[:700]) == {}
    assert errors_in_xls(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600) == {}


def test_an_error_in_an_open_document_is_found():
    content = open_document(_computed("#N/A", valuetype="string", stringvalue=""))
    assert read_workbook(content).sheets[0].valueless == {(3, 3)}
    assert rules(check(content, "data.ods")).count("cell_without_value") == 1


def test_a_formula_of_an_open_document_that_was_never_computed_is_found():
    cell = TableCell(formula="of:=[.A1]")
    assert read_workbook(open_document(cell)).sheets[0].valueless == {(3, 3)}


def test_a_formula_with_a_result_and_a_text_that_looks_like_an_error_are_values():
    kanaan = _computed("Kanaan", valuetype="string")
    blank = _computed("", valuetype="string", stringvalue="")
    for cell in (kanaan, blank, _text("#N/A")):
        assert read_workbook(open_document(cell)).sheets[0].valueless == frozenset()


def test_repeated_rows_and_cells_of_an_open_document_count_as_often_as_they_are_repeated():
    namespaces = (
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    error = b'<table:table-cell table:formula="of:=NA()"><text:p>#REF!</text:p></table:table-cell>'
    rows = (
        b'<table:table-row table:number-rows-repeated="4"><table:table-cell/></table:table-row>'
        b"<table:table-row>"
        b'<table:table-cell table:number-columns-repeated="2"/>' + error + b"</table:table-row>"
    )
    xml = b"<doc " + namespaces + b'><table:table table:name="A">' + rows + b"</table:table></doc>"
    assert valueless_in_ods(xml) == {"A": frozenset({(5, 2)})}
    assert valueless_in_ods(xml[:-20]) == {}
