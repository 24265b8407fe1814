"""Names of areas that try to be more than names, in every kind of report: they stay letters."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from lk3.cli import main
from tests.cities_for_tests import write_city

AREAS = (
    "[klik](http://evil.example) **tebal**",
    "<img src=x onerror=evil()>",
    "$x^2$ <script>evil()</script>",
    '=HYPERLINK("http://evil.example")',
    "#import evil: *",
)


@pytest.fixture
def report(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("LK3_GEO_DIR", str(write_city(tmp_path, names=AREAS)))
    monkeypatch.setenv("LK3_STORE", str(tmp_path / "store"))

    def write(format):
        out = tmp_path / f"rapat.{format}"
        code = main(["report", str(out), "--audience", "internal", "--slides", "map"])
        assert (code, capsys.readouterr().err) == (0, "")
        return out.read_bytes()

    return write


def test_on_the_page_they_are_no_elements(report):
    page = report("html").decode()
    assert "&lt;img src=x onerror=evil()&gt;" in page
    assert not re.search(r"<img src=x|<script>evil|<strong>tebal|href=.http://evil", page)


def test_the_typesetter_prints_them(report):
    printed = report("pdf")
    assert printed.startswith(b"%PDF")  # it would fail at an #import that it obeys
    assert b"/URI (http://evil" not in printed


@pytest.mark.parametrize("format", ["xlsx", "pptx"])
def test_in_a_workbook_they_are_no_formulas(report, format):
    content = report(format)
    with ZipFile(BytesIO(content)) as deck:
        behind = [deck.read(n) for n in deck.namelist() if n.startswith("ppt/embeddings/")]
    cells = [
        cell
        for book in behind or [content]
        for sheet in load_workbook(BytesIO(book))
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    abroad = [cell for cell in cells if cell.hyperlink and cell.hyperlink.target]
    assert [cell.value for cell in cells if cell.data_type == "f"] + abroad == []
