"""What travels to an office with very many areas: every mark in its place, no name on another."""

import re
from dataclasses import replace
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from lk3.figures.geography import view_of
from lk3.indicators.measure import make_measure
from lk3.places import load_places, read_places
from lk3.reports.content import AreaBars, AreaMap, CategoryBars, Number, Numbers, Slide
from lk3.reports.deck.canvas import Box
from lk3.reports.deck.charts import category_bars
from lk3.reports.deck.map import draw_map, names_with_room
from lk3.reports.document import map_of_card, write_card, write_pdf
from lk3.reports.drawing import draw_block
from lk3.reports.workbook import write_workbook
from tests.province_for_tests import write_province
from tests.reports_for_tests import report_of

BOX = Box(Inches(0.5), Inches(2), Inches(6), Inches(4.6))


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    return read_places(str(write_province(tmp_path_factory.mktemp("province"))))


def empty_slide():
    deck = Presentation()
    return deck.slides.add_slide(deck.slide_layouts[6])


def map_of(places):
    """A map on which every class occurs, and areas without a number and with a hidden one."""
    values = np.arange(len(places.codes)) % 20.0
    values[:9] = np.nan
    notes = np.where(np.arange(len(values)) < 5, "suppressed", "")
    measure = make_measure(pd.Index(places.codes), value=values, n=values, note=notes)
    measure = measure.reindex([*places.codes, "city", "unknown", "outside"])
    measure[["note", "verdict"]] = measure[["note", "verdict"]].fillna("")
    return AreaMap("rate", measure, "Angka kasus", "kasus per 10.000", (4, 8, 12, 16), 1)


def test_each_of_a_thousand_areas_is_a_shape_with_a_number_of_its_own(province):
    slide = empty_slide()
    draw_map(slide, BOX, map_of(province), province)
    numbers = [shape.shape_id for shape in slide.shapes]
    assert len(numbers) == len(set(numbers))
    named = {shape.name for shape in slide.shapes}
    assert set(province.areas["label"]) <= named


def test_the_legend_of_a_map_with_hidden_areas_ends_inside_its_box(province):
    slide = empty_slide()
    draw_map(slide, BOX, map_of(province), province)
    legend = [s for s in slide.shapes if s.has_text_frame and s.text_frame.text == "disembunyikan"]
    assert [shape.left + shape.width <= BOX.right for shape in legend] == [True]


@pytest.mark.parametrize("letter", [0.0167, 0.022, 0.028])
def test_bontang_keeps_all_its_names_and_a_province_fewer_the_larger_they_are(province, letter):
    own = load_places()
    assert len(names_with_room(own, view_of(own), letter=letter)) == len(own.codes)
    view = view_of(province)
    usual, larger = (
        len(names_with_room(province, view, letter=size)) for size in (letter, 2 * letter)
    )
    assert 5 < larger < usual


def test_every_category_has_its_name_however_many_there_are():
    frame = pd.DataFrame({"category": [f"Masalah nomor {i}" for i in range(25)], "value": 7.0})
    slide = empty_slide()
    category_bars(slide, BOX, CategoryBars(frame, "Kasus", "kasus", "Masalah"))
    axis = slide.shapes[-1].chart.category_axis._element
    assert axis.find(qn("c:tickLblSkip")).get("val") == "1"


def test_the_card_shows_tiles_where_they_have_room_for_names_and_else_the_land(province):
    own = load_places()
    assert list(map_of_card(map_of(own), own)) == ["tiles"]
    assert list(map_of_card(map_of(province), province)) == ["land"]


def test_of_a_thousand_bars_a_browser_and_a_workbook_draw_the_first_twenty(province):
    block = map_of(province)
    bars = AreaBars("rate", block.measure, block.label, block.unit, 1)
    figure = draw_block(bars, province)
    assert len(figure.data[0].y) == 20
    assert figure.layout.xaxis.title.text.endswith("20 dari 1.000 kelurahan ditampilkan.")
    report = replace(report_of(Slide("map", "Peta", blocks=(block, bars))), places=province)
    book = load_workbook(BytesIO(write_workbook(report)))
    (sheet,) = [each for each in book if each._charts]
    assert sheet.max_row > 1000
    drawn = sheet._charts[0].series[0].val.numRef.f
    first, last = re.findall(r"\$(\d+)", drawn)
    assert int(last) - int(first) + 1 == 20


def test_card_and_document_of_a_province_are_typeset(province):
    block = map_of(province)
    bars = AreaBars("rate", block.measure, block.label, block.unit, 1, city="Provinsi Khayalan")
    report = report_of(
        Slide("summary", "Ringkasan", blocks=(Numbers((Number("Kasus", "7"),) * 3),)),
        Slide("map", "Peta", blocks=(block, bars)),
    )
    report = replace(report, places=province)
    assert write_card(report)[:4] == b"\x89PNG"
    assert write_pdf(report)[:5] == b"%PDF-"
