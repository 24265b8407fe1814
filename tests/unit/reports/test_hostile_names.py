"""Every kind of file with names and decisions that try to be more than that, or fit nowhere: opened
again by a reader that has nothing to do with its writer, they are letters inside their places.
"""

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from math import ceil
from zipfile import ZipFile

import pypdfium2
import pytest
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation

from lk3.dataset import sample_dataset
from lk3.decisions import Decision
from lk3.places import read_places
from lk3.reports import write_report
from lk3.reports.document import card_text
from lk3.reports.material import Choice
from lk3.reports.slides import build_report
from lk3.texts import LONGEST_NAME
from tests.cities_for_tests import write_city, write_csv
from tests.reports_for_tests import DAY, YEAR

OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"
NAMES = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x","y")',
    "**tebal** [klik](http://x)",
    "{{7*7}}",
    f"Kanan{OVERRIDE}kiri 12",
    "Dua\nbaris",
    "Kelurahan yang namanya tidak muat di mana pun " * 7,
    "X" * 300,
)
DECISIONS = (
    Decision(f"{NAMES[0]} {OVERRIDE}untuk 12 orang", NAMES[1], "2025-06-30", "ongoing"),
    Decision("kata\nkedua " + "Y" * 280, "Dinas " + "Z" * 74, "2025-06-30", "ongoing"),
)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """A report with all its slides of a city whose areas have these names."""
    folder = tmp_path_factory.mktemp("kota")
    write_city(folder, names=NAMES)
    codes = [f"99.01.01.{1001 + i}" for i in range(len(NAMES))]
    people = {"year": 2024, "population": 9000, "households": 2500, "status": "official"}
    write_csv(folder / "population.csv", [{"code": code, **people} for code in codes])
    places = read_places(str(folder))
    choice = Choice(
        filter=YEAR,
        audience="internal",
        prepared_on=DAY,
        decisions=DECISIONS,
        signed_by=f"{NAMES[0]}{OVERRIDE}",
        position="W" * 80,
    )
    made = build_report(sample_dataset(places), places, choice)
    return replace(made, footer=f"{made.footer} · {OVERRIDE}berkas 12.csv")


class Elements(HTMLParser):
    """What a page is made of, as the parser of the standard library sees it."""

    def __init__(self, text):
        super().__init__()
        self.found, self.scripts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.found and self.found[-1][0] == "script":
            self.scripts.append(data)


def test_on_the_page_they_are_no_elements_and_lead_nowhere(report):
    page = write_report(report, "html").decode("utf-8")
    read = Elements(page)
    elements = read.found

    assert read.scripts
    assert not any(script.startswith("alert") for script in read.scripts)
    assert not any("src" in attributes for _tag, attributes in elements)
    links = [attributes.get("href", "") for tag, attributes in elements if tag == "a"]
    assert links
    assert [link for link in links if not link.startswith("#")] == []
    assert [tag for tag, _attributes in elements if tag in ("img", "iframe", "object", "b")] == []
    assert [each for _tag, each in elements if any(name.startswith("on") for name in each)] == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{7*7}}" in page
    assert OVERRIDE not in page


def test_in_the_workbook_they_are_no_formulas_and_their_rows_are_high_enough(report):
    book = load_workbook(BytesIO(write_report(report, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if cell.hyperlink and cell.hyperlink.target] == []
    assert any(str(cell.value).startswith("'=HYPERLINK") for cell in cells)
    assert not any(OVERRIDE in str(cell.value) for cell in cells)
    (wordy,) = [cell for cell in cells if "YYY" in str(cell.value)]
    across = wordy.parent.column_dimensions[wordy.column_letter].width
    lines = ceil(len("kata") / across) + ceil(287 / across)
    assert wordy.parent.row_dimensions[wordy.row].height >= 15 * lines


def test_the_deck_has_no_link_abroad_and_its_charts_have_room_for_their_bars(report):
    content = write_report(report, "pptx")
    with ZipFile(BytesIO(content)) as parts:
        texts = [parts.read(name).decode() for name in parts.namelist() if name.endswith("xml")]
        links = [parts.read(name).decode() for name in parts.namelist() if name.endswith("rels")]
    assert not any('TargetMode="External"' in each for each in links)
    assert not any("hlinkClick" in each or OVERRIDE in each for each in texts)
    shapes = [shape for slide in Presentation(BytesIO(content)).slides for shape in slide.shapes]
    charts = [shape.chart for shape in shapes if shape.has_chart]
    names = [str(each) for chart in charts for each in chart.plots[0].categories]
    assert any("script" in name for name in names)
    assert max(map(len, names)) <= LONGEST_NAME + len(" ▲▲")


def test_the_document_prints_them_in_their_order_and_inside_its_margins(report):
    file = pypdfium2.PdfDocument(write_report(report, "pdf"))
    said, right = "", 0.0
    for page in file:
        text = page.get_textpage()
        said += text.get_text_bounded()
        right = max(right, *(text.get_charbox(i)[2] for i in range(text.count_chars())))
    width = file[0].get_width()
    file.close()
    assert "kiri 12" in said
    assert "untuk 12 orang" in " ".join(said.split())
    assert "<script>alert(1)</script>" in said
    assert right <= width - 50  # its margins are 2 cm, that is 57 points


def test_the_picture_keeps_its_margins_white_and_its_text_reads_forwards(report):
    picture = Image.open(BytesIO(write_report(report, "png"))).convert("L")
    wide, high = picture.size
    for edge in ((0, 0, 30, high), (wide - 30, 0, wide, high), (0, 0, wide, 20)):
        assert picture.crop(edge).getextrema() == (255, 255)
    said = card_text(report)
    assert OVERRIDE not in said
    assert "berkas 12.csv" in said


def test_names_are_one_line_wherever_they_stand(report):
    labels = [report.places.label(code) for code in report.places.codes]
    assert labels[4:6] == ["Kanankiri 12", "Dua baris"]
    assert max(map(len, labels)) <= LONGEST_NAME
    assert len(set(labels)) == len(NAMES)
    assert not any(re.search(r"[\n\t]", label) for label in labels)
