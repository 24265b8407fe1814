"""Files that are made to do harm, and files that are broken: each ends in one sentence."""

import io
import json
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest

from lk3.intake import check_file
from lk3.intake.findings import finding_sentence
from lk3.language import speaking
from tests.unit.intake.test_containers import csv_bytes, html_of, ods_of, xls_of, xlsx, xml_of
from tests.workbooks import KEY, PLACES, check

HEADER = ["No", "No. Reg", "Tgl Masuk", "Kelurahan", "Jenis Masalah", "Status"]
ROWS = [HEADER, *([n, f"{n:03d}", "05/01/2024", "Loktuan", "KDRT", "Proses"] for n in range(1, 40))]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LIMITS = {"LK3_MAX_CELLS": "2000000", "LK3_MAX_UNCOMPRESSED_MB": "40"}
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(
        f'<!ENTITY lol{n} "{("&lol" + str(n - 1) + ";" if n > 1 else "&lol;") * 10}">'
        for n in range(1, 10)
    )
    + "]>"
)


def with_parts(content: bytes, **changed: bytes) -> bytes:
    """The workbook with parts replaced or added; a name's `__` stands for a slash."""
    parts = {name.replace("__", "/").replace("_dot_", "."): body for name, body in changed.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for part in old.infolist():
            if part.filename not in parts:
                new.writestr(part.filename, old.read(part))
        for name, body in parts.items():
            new.writestr(name, body)
    return target.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def sheet_of_cells(cells: str, before: str = "") -> bytes:
    xml = f'{before}<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    return with_parts(xlsx(ROWS), xl__worksheets__sheet1_dot_xml=xml.encode())


def corners() -> bytes:
    return sheet_of_cells(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def unnamed_cells() -> bytes:
    """Rows and cells without a reference: the reader counts them."""
    return sheet_of_cells("<row>" + "<c><v>1</v></c>" * 16_000 + "</row>" + "<row/>" * 9_000
                          + "<row><c><v>1</v></c></row>")  # fmt: skip


def prefixed_cells() -> bytes:
    cells = '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    cells += '<x:row r="1000000"><x:c r="XFD1000000"><x:v>1</x:v></x:c></x:row>'
    xml = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{cells}</x:sheetData></x:worksheet>'
    return with_parts(xlsx(ROWS), xl__worksheets__sheet1_dot_xml=xml.encode())


def beyond_the_last_column() -> bytes:
    return sheet_of_cells('<row r="1"><c r="A1"><v>1</v></c><c r="ZZZZZZ1"><v>1</v></c></row>')


def repeated_in_ods() -> bytes:
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    xml = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{table}"><office:body>'
        '<office:spreadsheet><table:table table:name="A">'
        '<table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="16000" office:value-type="float"'
        ' office:value="1"/></table:table-row></table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    return with_parts(ods_of(ROWS), content_dot_xml=xml.encode())


def corners_in_xls() -> bytes:
    """Two sheets whose cells stand in opposite corners."""
    import xlwt

    book = xlwt.Workbook()
    for name in ("A", "B"):
        sheet = book.add_sheet(name)
        sheet.write(0, 0, 1)
        sheet.write(65_535, 255, 1)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def chain_without_end() -> bytes:
    """An old workbook whose table of sectors sends the chain of its directory back to itself."""
    content = bytearray(xls_of(ROWS))
    (directory,) = struct.unpack_from("<I", content, 48)
    (table,) = struct.unpack_from("<I", content, 76)
    struct.pack_into("<I", content, (table + 1) * 512 + 4 * directory, directory)
    return bytes(content)


def deep_bomb(size: int = 60_000_000) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", 8) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(size // 1_000_000):
                part.write(b"0" * 1_000_000)
    return target.getvalue()


def lying_bomb() -> bytes:
    """The same, but its directory says that the large part has 100 bytes."""
    content = deep_bomb()
    true, false = struct.pack("<I", 60_000_000), struct.pack("<I", 100)
    return content.replace(true, false)


def overlapping_bomb() -> bytes:
    """A directory that names one part many times: each name unpacks to all of it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", 8) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 100_000)
    content = target.getvalue()
    start = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entry = content[start:end]
    many = b"".join(entry.replace(b"workbook", f"workb{n:03d}".encode()) for n in range(300))
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 300, 300, len(many), start, 0)
    return content[:start] + many + tail


def with_name(name: str) -> bytes:
    target = io.BytesIO(xlsx(ROWS))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"x")
    return target.getvalue()


def entities_in_xlsx() -> bytes:
    return sheet_of_cells(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&lol9;</t></is></c></row>', before=LAUGHS
    )


def entities_in_shared_strings() -> bytes:
    xml = f'{LAUGHS}<sst xmlns="{MAIN}"><si><t>&lol9;</t></si></sst>'
    return with_parts(xlsx(ROWS), xl__sharedStrings_dot_xml=xml.encode())


def entities_in_ods() -> bytes:
    xml = part_of(ods_of(ROWS), "content.xml").decode()
    declared = xml.index("?>") + 2 if xml.startswith("<?xml") else 0
    xml = (xml[:declared] + LAUGHS + xml[declared:]).replace("Loktuan", "&lol9;")
    return with_parts(ods_of(ROWS), content_dot_xml=xml.encode())


def entities_in_xml_2003() -> bytes:
    return xml_of(ROWS).replace(b"<Workbook", LAUGHS.encode() + b"<Workbook", 1)


def entities_in_html() -> bytes:
    return LAUGHS.encode() + html_of(ROWS)


def spans_in_html() -> bytes:
    cell = b"<td rowspan=1000 colspan=1000>x</td>"
    return b"<table>" + (b"<tr>" + cell * 20 + b"</tr>") * 200 + b"</table>"


def jumps_in_xml_2003() -> bytes:
    content = xml_of(ROWS)
    row = b'<Row>' + b"".join(
        b'<Cell ss:Index="%d"><Data ss:Type="String">x</Data></Cell>' % (n * 99_000)
        for n in range(1, 400)
    ) + b"</Row>"  # fmt: skip
    return content.replace(b"</Table>", row * 3 + b"</Table>", 1)


def ragged_text() -> bytes:
    return b"a," * 5_000 + b"\n" + b"a\n" * 9_000


def old_password() -> bytes:
    """An old workbook in which one record says that the rest is encrypted."""
    content = bytearray(xls_of(ROWS))
    at = content.index(struct.pack("<HH", 0x5C, 112))  # who wrote it: the longest harmless record
    content[at : at + 2] = struct.pack("<H", 0x2F)
    return bytes(content)


def new_password() -> bytes:
    mark = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + mark + bytes(600)


def password_in_ods() -> bytes:
    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    return with_parts(ods_of(ROWS), **{"META-INF__manifest_dot_xml": manifest})


def password_of_a_zip() -> bytes:
    content = bytearray(xlsx(ROWS))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


HOSTILE = {
    "zip bomb": (deep_bomb, "file_unpacks_too_large"),
    "bomb that lies about its size": (lying_bomb, "file_broken"),
    "parts over one another": (overlapping_bomb, "file_broken"),
    "name that climbs out": (lambda: with_name("../../etc/passwd"), "file_unsafe_names"),
    "name that climbs out by backslash": (lambda: with_name("..\\..\\evil"), "file_unsafe_names"),
    "absolute name": (lambda: with_name("/etc/passwd"), "file_unsafe_names"),
    "name with a drive": (lambda: with_name("C:\\evil.dll"), "file_unsafe_names"),
    "entities in a sheet": (entities_in_xlsx, "file_has_entities"),
    "entities in shared texts": (entities_in_shared_strings, "file_has_entities"),
    "entities in ods": (entities_in_ods, "file_has_entities"),
    "entities in xml 2003": (entities_in_xml_2003, "file_has_entities"),
    "entities in html": (entities_in_html, "file_has_entities"),
    "cells in opposite corners": (corners, "file_too_many_cells"),
    "cells without names": (unnamed_cells, "file_too_many_cells"),
    "cells in a namespace with a prefix": (prefixed_cells, "file_too_many_cells"),
    "a column beyond the last": (beyond_the_last_column, "file_too_many_cells"),
    "repeated cells in ods": (repeated_in_ods, "file_too_many_cells"),
    "opposite corners in xls": (corners_in_xls, "file_too_many_cells"),
    "a chain without end in xls": (chain_without_end, "file_broken"),
    "spans in html": (spans_in_html, "file_too_many_cells"),
    "jumps in xml 2003": (jumps_in_xml_2003, "file_too_many_cells"),
    "one long line above many": (ragged_text, "file_too_many_cells"),
    "password, xlsx": (new_password, "file_password"),
    "password, xls": (old_password, "file_password"),
    "password, ods": (password_in_ods, "file_password"),
    "password, zip": (password_of_a_zip, "file_password"),
    "nothing": (lambda: b"", "file_empty"),
    "random bytes": (lambda: zlib.compress(bytes(range(256)) * 40), "file_not_a_table"),
    "a picture named xlsx": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "file_not_a_table"),
}


@pytest.fixture
def small_limits(monkeypatch):
    for name, value in LIMITS.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_ends_in_one_sentence(what, small_limits):
    make, rule = HOSTILE[what]
    checked = check(make())
    (found,) = checked.tables.findings.to_dict("records")
    assert (checked.kind, found["rule"], found["severity"]) == ("refused", rule, "error")
    for language in ("id", "en"):
        with speaking(language):
            sentence = finding_sentence(found)
        assert sentence.endswith(".")
        assert not set("{}[]") & set(sentence)


@pytest.mark.parametrize("make", [xlsx, xls_of, ods_of, html_of, xml_of, csv_bytes])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_a_file_that_is_cut_off_is_read_as_far_as_it_goes_or_refused(make, kept):
    content = make(ROWS)
    checked = check(content[: int(len(content) * kept)])
    used, aside, other = checked.rows_used, checked.rows_set_aside, checked.rows_not_data
    assert checked.rows_read == used + aside + other
    if make in (xlsx, ods_of):  # the directory of an archive stands at its end
        assert checked.refused


def test_an_absurd_dimension_is_not_believed():
    xml = part_of(xlsx(ROWS), "xl/worksheets/sheet1.xml").replace(
        b'<dimension ref="A1:F40"', b'<dimension ref="A1:XFD1048576"'
    )
    assert b"XFD1048576" in xml
    assert check(with_parts(xlsx(ROWS), xl__worksheets__sheet1_dot_xml=xml)).rows_used == 39


def test_an_archive_inside_the_archive_is_never_opened():
    inner = deep_bomb()
    assert check(with_parts(xlsx(ROWS), xl__media__inner_dot_zip=inner)).rows_used == 39


def test_macros_and_links_to_other_files_are_read_past():
    xml = part_of(xlsx(ROWS), "xl/worksheets/sheet1.xml").replace(
        b'<c r="E2" t="s"><v>',
        b'<c r="E2" t="str"><f>[1]Lain!A1</f><v>KDRT</v></c><c r="G2"><v>',
        1,
    )
    changed = with_parts(
        xlsx(ROWS),
        xl__worksheets__sheet1_dot_xml=xml,
        xl__vbaProject_dot_bin=b"never run",
        xl__externalLinks__externalLink1_dot_xml=b'<externalLink xmlns="x"/>',
    )
    checked = check(changed)
    assert (checked.format, checked.rows_used) == ("xlsm", 39)


def test_a_formula_without_a_value_is_told_and_never_computed():
    book = openpyxl.load_workbook(io.BytesIO(xlsx(ROWS)))
    book.active["D2"] = '=CMD|"/c calc"!A0'
    target = io.BytesIO()
    book.save(target)
    assert "cell_without_value" in set(check(target.getvalue()).tables.findings["rule"])


def test_a_check_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setenv("LK3_MAX_SECONDS", "-1")
    (found,) = check(xlsx(ROWS)).tables.findings.to_dict("records")
    assert found["rule"] == "file_takes_too_long"
    assert "-1 detik" in finding_sentence(found).replace("−", "-")


def test_the_limits_are_settings(monkeypatch):
    content = xlsx(ROWS)
    for name, value, rule in (
        ("LK3_MAX_CELLS", "100", "file_too_many_cells"),
        ("LK3_MAX_UNCOMPRESSED_MB", "0", "file_unpacks_too_large"),
    ):
        with monkeypatch.context() as changed:
            changed.setenv(name, value)
            assert list(check(content).tables.findings["rule"]) == [rule]
    assert check(content).rows_used == 39


BOMBS = [what for what, (_make, rule) in HOSTILE.items() if "password" not in rule]
MEASURED = """
import json, resource, sys
from tests.unit.intake.test_hostile import HOSTILE, check
found = {}
for what in json.loads(sys.argv[1]):
    content = HOSTILE[what][0]()
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert check(content).refused
    found[what] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) / 1024
print(json.dumps(found))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="peak memory is asked of POSIX here")
def test_no_bomb_takes_more_than_150_mb():
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, json.dumps(BOMBS)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3],
        env=os.environ | LIMITS,
    )  # fmt: skip
    grown = json.loads(done.stdout.splitlines()[-1])
    assert {what: mb for what, mb in grown.items() if mb > 150} == {}


def test_the_check_never_raises_for_bytes_of_any_kind():
    assert check_file(b"\xff\xfe\x00", "x.xlsx", places=PLACES, key=KEY) is not None
