"""Errors and formulas without a result: blank to the reader, not to the clerk."""

import io
import zipfile
from datetime import datetime

from lk3.intake.archives import open_archive
from lk3.intake.findings import finding_sentence
from lk3.intake.worksheets import facts_of, sheet_parts
from tests.workbooks import REGISTER, account, check, rules, xlsx

ROWS = [
    REGISTER,
    [1, "001", "=DATE(2024,1,2)", "Loktuan", "KDRT", "Proses"],
    [2, "002", datetime(2024, 1, 3), "#N/A", "KDRT", "Proses"],
    [3, "003", datetime(2024, 1, 4), "#REF!", "KDRT", "Proses"],
    ["Jumlah", None, None, None, None, "=SUM(A2:A4)"],
]


def valueless_cells(content):
    archive = open_archive(content)
    return {p.name: set(facts_of(archive, p.part).valueless) for p in sheet_parts(archive)}


def test_errors_and_formulas_without_a_result_are_found_by_their_place():
    assert valueless_cells(xlsx(ROWS)) == {"Data": {(2, 2), (3, 3), (4, 3), (5, 5)}}


def test_a_formula_with_a_result_is_no_finding():
    assert valueless_cells(_with_cell(b"<f>DATE(2024,1,2)</f><v>45293</v>")) == {"Data": set()}


def test_a_formula_whose_result_is_an_empty_text_is_blank_in_excel_too():
    cell = b'<c r="A1" t="str"><f>IF(1,"")</f><v></v></c>'
    assert valueless_cells(_with_cell(b"", cell=cell)) == {"Data": set()}


def test_an_archive_that_is_no_whole_workbook_has_none():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert valueless_cells(target.getvalue()) == {}


def test_the_clerk_is_told_once_per_column_and_not_about_totals():
    checked = check(ROWS)
    assert account(checked) == (5, 2, 1, 2)
    assert rules(checked).count("cell_without_value") == 2
    said = [
        finding_sentence(row)
        for row in checked.tables.findings.to_dict("records")
        if row["rule"] == "cell_without_value"
    ]
    assert said[0].startswith("Lembar Data, baris 2, kolom Tgl Masuk: sel ini berisi galat")
    assert said[1].startswith(
        "Lembar Data, baris 3, kolom Kelurahan: sel ini dan 1 sel lain di kolom ini berisi galat"
    )
    assert all("tempel rumusnya sebagai nilai" in sentence for sentence in said)


def _with_cell(inside: bytes, *, cell: bytes = b"") -> bytes:
    """A workbook whose first cell holds this XML."""
    source, target = io.BytesIO(xlsx([["x"]])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                start, end = data.index(b"<c "), data.index(b"</c>") + len(b"</c>")
                data = data[:start] + (cell or b'<c r="A1">' + inside + b"</c>") + data[end:]
            new.writestr(name, data)
    return target.getvalue()
