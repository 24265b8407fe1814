"""The Excel workbook, opened again with another library than the one that wrote it."""

import zipfile
from io import BytesIO

import pytest
from lxml import etree
from openpyxl import load_workbook

from lk3.places import load_places
from lk3.reports.content import AreaBars, CategoryBars
from lk3.reports.workbook import write_workbook
from tests.reports_for_tests import HOSTILE, sample_report, wordy_report

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def report():
    return sample_report()


@pytest.fixture(scope="module")
def content(report):
    return write_workbook(report)


@pytest.fixture(scope="module")
def book(content):
    return load_workbook(BytesIO(content))


def table_of(sheet):
    """Header and rows from the fifth row on, up to the first blank one."""
    rows = []
    for row in sheet.iter_rows(min_row=5, values_only=True):
        if all(value is None for value in row):
            break
        rows.append([value for value in row if value is not None])
    return rows


def test_the_first_sheet_lists_the_others_with_what_they_say(report, book):
    contents = book.worksheets[0]
    assert contents.title == "Daftar isi"
    listed = {row[0].value: row[1].value for row in contents.iter_rows(min_row=5, max_col=2)}
    for sheet in book.worksheets[1:]:
        assert listed[sheet.title]
    assert listed["Peta angka kasus"] == report.slide("map").headline


def test_rates_are_numbers_and_equal_to_the_indicators(report, book):
    measure = next(b for b in report.slide("map").blocks if isinstance(b, AreaBars)).measure
    rows = table_of(book["Peta angka kasus"])
    assert rows[0][:2] == ["Kelurahan", "Angka kasus"]
    shown = {row[0]: row[1] for row in rows[1:]}
    places = load_places()
    for code in places.codes:
        assert shown[places.label(code)] == pytest.approx(measure.loc[code, "value"])


def test_counts_by_problem_add_up_to_the_cases(report, book):
    frame = next(b for b in report.slide("problems").blocks if isinstance(b, CategoryBars)).frame
    rows = table_of(book["Jenis masalah"])
    assert sum(row[1] for row in rows[1:]) == frame["value"].sum()


def test_charts_read_the_cells_that_stand_beside_them(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [n for n in archive.namelist() if n.startswith("xl/charts/chart")]
        charts = [etree.fromstring(archive.read(name)) for name in names]
    assert len(charts) == 4
    said = [f.text for chart in charts for f in chart.iter(f"{C}f")]
    assert "'Jenis masalah'!$A$6:$A$" in " ".join(said)


def test_headers_stay_in_view_and_sheets_print_on_one_page_across(book):
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B6"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert "DATA CONTOH" in sheet.oddHeader.right.text


def test_a_workbook_for_folio_paper_says_so(report):
    book = load_workbook(BytesIO(write_workbook(report, paper="F4")))
    assert {int(sheet.page_setup.paperSize) for sheet in book.worksheets} == {14}


def test_hostile_words_are_text_and_never_a_formula():
    content = write_workbook(wordy_report(HOSTILE))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in archive.read(name) for name in sheets)
    book = load_workbook(BytesIO(content))
    words = {c.value for sheet in book for row in sheet.iter_rows() for c in row if c.value}
    assert '\'=HYPERLINK("x")' in words
    assert not [w for w in words if isinstance(w, str) and w[:1] in "=+@" and len(w) > 1]


def test_hidden_numbers_are_blank_and_said_to_be_hidden():
    book = load_workbook(BytesIO(write_workbook(sample_report(audience="public"))))
    sheet = book["Peta angka kasus"]
    blank = [row for row in sheet.iter_rows(min_row=6, max_row=20) if row[1].value is None]
    assert blank
    for row in blank:
        assert any("disembunyikan" in str(cell.value) for cell in row)
