import contextlib
import io
import random
import zipfile

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from lk3.intake.containers import read_workbook
from lk3.intake.refusal import Refused
from lk3.intake.textfiles import decode, find_delimiter
from tests.workbooks import csv_bytes, xlsx

ROWS = [["No", "Kelurahan"], [1, "Loktuan"], [2, "Kanaan"]]
AS_TEXT = [["No", "Kelurahan"], ["1", "Loktuan"], ["2", "Kanaan"]]


def cells_of(content: bytes) -> list[list[str]]:
    sheet = read_workbook(content).sheets[0]
    return [[str(v).removesuffix(".0") for v in row] for row in sheet.cells.to_numpy()]


def xls_of(rows: list[list[object]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods_of(rows: list[list[object]]) -> bytes:
    document = OpenDocumentSpreadsheet()
    table = Table(name="Data")
    for row in rows:
        line = TableRow()
        for value in row:
            is_number = isinstance(value, int)
            cell = (
                TableCell(valuetype="float", value=value)
                if is_number
                else TableCell(valuetype="string")
            )
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def html_of(rows: list[list[object]]) -> bytes:
    lines = "".join(f"<tr>{''.join(f'<td>{v}</td>' for v in row)}</tr>" for row in rows)
    return f"<html><body><table>{lines}</table></body></html>".encode()


def xml_of(rows: list[list[object]]) -> bytes:
    lines = "".join(
        "<Row>"
        + "".join(
            f'<Cell><Data ss:Type="{kind}">{v}</Data></Cell>'
            for v in row
            for kind in ["Number" if isinstance(v, int) else "String"]
        )
        + "</Row>"
        for row in rows
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="Data"><Table>{lines}</Table></Worksheet></Workbook>'
    ).encode()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (xlsx(ROWS), "xlsx"),
        (xls_of(ROWS), "xls"),
        (ods_of(ROWS), "ods"),
        (csv_bytes(ROWS), "csv"),
        (csv_bytes(ROWS, delimiter=";"), "csv"),
        (csv_bytes(ROWS, delimiter="|"), "csv"),
        (csv_bytes(ROWS, delimiter="\t"), "tsv"),
        (csv_bytes(ROWS, encoding="utf-8-sig"), "csv"),
        (csv_bytes(ROWS, encoding="utf-16", delimiter="\t"), "tsv"),
        (csv_bytes(ROWS, encoding="utf-16-le", delimiter="\t"), "tsv"),
        (html_of(ROWS), "html"),
        (xml_of(ROWS), "xml"),
    ],
    ids=[
        "xlsx", "xls", "ods", "comma", "semicolon", "pipe", "tab", "mark", "utf-16", "no mark",
        "html", "xml 2003",
    ],
)  # fmt: skip
def test_each_container_gives_the_same_cells_and_its_format_by_content(content, named):
    assert read_workbook(content).format == named
    assert cells_of(content) == AS_TEXT


def test_windows_1252_with_curly_quotes_and_hard_blanks_is_read():
    text = (
        "No;Kelurahan;Masalah\n1;Api\u2013api;\u201cKDRT\u201d\xa0berat\n2;Kanaan;\u2018Lem\u2019\n"
    )
    assert decode(text.encode("cp1252")) == text


def test_commas_inside_the_text_do_not_make_a_semicolon_file_a_comma_file():
    rows = ["Tanggal;Kelurahan;Masalah", "1/2/2024;Loktuan;KDRT, perceraian, napza", "2/2/2024;x;y"]
    text = "\n".join(rows)
    assert find_delimiter(text) == ";"


def test_rows_keep_the_number_that_excel_shows_and_blank_ones_are_not_there():
    sheet = read_workbook(
        xlsx([[None], [None], ["No", "Kelurahan"], [None], [1, "Kanaan"]])
    ).sheets[0]
    assert list(sheet.cells.index) == [3, 5]


def test_cells_that_hold_only_blanks_are_blank():
    sheet = read_workbook(xlsx([["No", "\xa0", "Kelurahan"], [1, "  ", "Kanaan"]])).sheets[0]
    assert list(sheet.cells.columns) == [0, 2]


def test_a_stray_blank_far_below_costs_nothing():
    book = openpyxl.Workbook()
    book.active.append(["No", "Kelurahan"])
    book.active.cell(row=200_000, column=3, value=" ")
    target = io.BytesIO()
    book.save(target)
    assert read_workbook(target.getvalue()).sheets[0].cells.shape == (1, 2)


def test_hidden_sheets_and_merged_ranges_are_known():
    book = read_workbook(
        xlsx({"A": ROWS, "B": ROWS}, hidden=["B"], merged={"A": ["A2:A3"]}),
    )
    assert [sheet.hidden for sheet in book.sheets] == [False, True]
    assert book.sheets[0].merged == ((2, 0, 3, 0),)


def test_spans_of_a_web_table_put_cells_into_their_columns():
    page = (
        b"<table><tr><th rowspan=2>No</th><th colspan=2>Klien</th></tr>"
        b"<tr><th>L</th><th>P</th></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>"
    )
    sheet = read_workbook(page).sheets[0]
    assert sheet.cells.loc[2].tolist() == [None, "L", "P"]
    assert sheet.merged == ((1, 0, 2, 0), (1, 1, 1, 2))


def test_a_macro_workbook_is_read_for_its_values_only():
    source, target = io.BytesIO(xlsx(ROWS)), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            new.writestr(part, old.read(part))
        new.writestr("xl/vbaProject.bin", b"never run")
    assert read_workbook(target.getvalue()).format == "xlsm"
    assert cells_of(target.getvalue()) == AS_TEXT


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    return target.getvalue()


def zip_of(name: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, b"hello")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "file_empty"),
        (b" \n\n ", "file_empty"),
        (b"\x89PNG\r\n\x1a\n....", "file_not_a_table"),
        (b"\xff\xd8\xff\xe0....", "file_not_a_table"),
        (b"%PDF-1.7 ...", "file_not_a_table"),
        (b"ab\x01\x02\x03\x04", "file_not_a_table"),
        (b"<html><body>Halaman masuk</body></html>", "file_not_a_table"),
        (zip_of("hello.txt"), "file_not_a_table"),
        (xlsx(ROWS)[:900], "file_broken"),
        (b"PK\x03\x04 and nothing else", "file_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file_broken"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_reason(content, rule):
    with pytest.raises(Refused) as refusal:
        read_workbook(content)
    assert refusal.value.rule == rule


def test_a_workbook_with_a_password_is_refused_as_such():
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(Refused) as refusal:
        read_workbook(locked + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    assert refusal.value.rule == "file_password"


def test_an_open_document_with_a_password_is_refused_as_such():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", bytes(99))
    with pytest.raises(Refused) as refusal:
        read_workbook(target.getvalue())
    assert refusal.value.rule == "file_password"


def damaged(content: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    changed = bytearray(content)
    for _ in range(chance.choice([1, 3, 10, 60])):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize("make", [xlsx, xls_of, ods_of, html_of, xml_of, csv_bytes])
def test_a_damaged_file_is_read_or_refused_and_never_falls_over(make):
    content = make([["No", "Kelurahan"], *([n, "Loktuan"] for n in range(200))])
    for seed in range(60):
        with contextlib.suppress(Refused):
            assert read_workbook(damaged(content, seed)).sheets is not None


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setenv("LK3_MAX_UNCOMPRESSED_MB", "20")
    with pytest.raises(Refused) as refusal:
        read_workbook(bomb())
    assert refusal.value.rule == "file_unpacks_too_large"


def test_a_file_over_the_limit_is_refused(monkeypatch):
    monkeypatch.setenv("LK3_MAX_UPLOAD_MB", "1")
    with pytest.raises(Refused) as refusal:
        read_workbook(b"a,b\n" * 400_000)
    assert (refusal.value.rule, refusal.value.details["limit_mb"]) == ("file_too_large", 1)
