"""The PowerPoint deck, opened again as the zipped XML that it is."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation

from lk3.errors import UserError
from lk3.figures.scales import class_edges
from lk3.figures.template import NO_DATA, SEQUENTIAL, SUPPRESSED
from lk3.places import load_places
from lk3.reports.content import AreaBars, CategoryBars, Slide, Table, Trend
from lk3.reports.deck import write_pptx
from lk3.reports.frames import tables_of
from tests.reports_for_tests import HOSTILE, report_of, sample_report, wordy_report

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WIDE, HIGH = 12191695, 6858000  # 13.333 by 7.5 inches in EMU


@pytest.fixture(scope="module")
def report():
    return sample_report()


@pytest.fixture(scope="module")
def parts(report):
    return unzip(write_pptx(report))


def unzip(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def slides_of(parts):
    names = [n for n in parts if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)]
    names.sort(key=lambda n: int(re.search(r"\d+", n)[0]))
    return [etree.fromstring(parts[name]) for name in names]


def words_of(element):
    return ["".join(p.itertext()) for p in element.iter(f"{A}p")]


def charts_of(parts):
    """Name of each series to its categories and values, chart by chart in order."""
    found = []
    names = [n for n in parts if re.fullmatch(r"ppt/charts/chart\d+\.xml", n)]
    for name in sorted(names, key=lambda n: int(re.search(r"\d+", n)[0])):
        chart = etree.fromstring(parts[name])
        found.append(
            {
                s.find(f"{C}tx").findtext(f".//{C}v"): (
                    [pt.findtext(f"{C}v") for pt in s.find(f"{C}cat").iter(f"{C}pt")],
                    {
                        int(pt.get("idx")): float(pt.findtext(f"{C}v"))
                        for pt in s.find(f"{C}val").iter(f"{C}pt")
                    },
                )
                for s in chart.iter(f"{C}ser")
            }
        )
    return found


def shapes_of(slide):
    return list(slide.iter(f"{P}sp", f"{P}graphicFrame", f"{P}cxnSp"))


def name_of(shape):
    return next(shape.iter(f"{P}cNvPr")).get("name")


def place_of(shape):
    off, ext = next(shape.iter(f"{A}off"), None), next(shape.iter(f"{A}ext"), None)
    if off is None:
        return None
    x, y = int(off.get("x")), int(off.get("y"))
    return x, y, x + int(ext.get("cx")), y + int(ext.get("cy"))


def test_each_slide_has_its_headline_as_title_and_all_are_there(report, parts):
    titles = [
        "".join(t.itertext())
        for slide in slides_of(parts)
        for t in slide.iter(f"{P}sp")
        if t.find(f".//{P}ph[@type='title']") is not None
    ]
    assert titles == [slide.headline for slide in report.slides]


def test_numbers_of_the_rate_chart_are_the_indicators(report, parts):
    bars = next(b for b in report.slide("map").blocks if isinstance(b, AreaBars))
    names = {load_places().label(c): v for c, v in bars.measure["value"].items()}
    series = charts_of(parts)[0]["Angka kasus"]
    shown = {re.sub(r"\W+$", "", name): series[1][place] for place, name in enumerate(series[0])}
    assert len(shown) == 16
    for name, value in shown.items():
        assert value == pytest.approx(names[name])


def test_the_sheet_behind_a_chart_holds_the_same_numbers(report, parts):
    """What PowerPoint opens on "Edit data"."""
    sheets = sorted(n for n in parts if n.startswith("ppt/embeddings/"))
    books = [load_workbook(BytesIO(parts[name])).active for name in sheets]
    frame = next(b for b in report.slide("problems").blocks if isinstance(b, CategoryBars)).frame
    wanted = [(n, v) for n, v in zip(frame["category"], frame["value"], strict=True)]
    tables = [[tuple(c.value for c in row) for row in book.iter_rows(min_row=2)] for book in books]
    assert wanted in tables


@pytest.mark.parametrize(
    "word", ['=HYPERLINK("http://evil.example")', "+1", "-1", "@x", "{=1+1}", "external:c:\\x.xlsx"]
)
def test_no_word_is_a_formula_or_a_link_in_the_sheet_behind_a_chart(word):
    trend = next(b for s in sample_report().slides for b in s.blocks if isinstance(b, Trend))
    frame = trend.frame.assign(label=[word, *trend.frame["label"][1:]])
    bars = pd.DataFrame({"category": [word, "B"], "value": [3.0, 1.0]})
    slides = (
        Slide("a", "A", blocks=(CategoryBars(bars, word, "kasus", word),)),
        Slide("b", "B", blocks=(replace(trend, label=word, frame=frame),)),
    )
    found = unzip(write_pptx(report_of(*slides)))
    sheets = [found[name] for name in found if name.startswith("ppt/embeddings/")]
    assert len(sheets) == 2
    for sheet in sheets:
        book = load_workbook(BytesIO(sheet))
        cells = [cell for row in book.active.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert word in [cell.value for cell in cells]
        assert [cell for cell in cells if cell.hyperlink] == []
        assert not any("external" in name.lower() for name in unzip(sheet))


def test_whiskers_are_the_bounds_of_the_interval(report, parts):
    bars = next(b for b in report.slide("map").blocks if isinstance(b, AreaBars))
    rows = bars.measure.loc[load_places().codes].sort_values(
        "value", ascending=False, na_position="last", kind="stable"
    )
    chart = etree.fromstring(parts["ppt/charts/" + first_chart_with(parts, "errBars")])
    plus = [float(v.text) for v in chart.find(f".//{C}plus").iter(f"{C}v")]
    np.testing.assert_allclose(plus[: len(rows)], (rows["upper"] - rows["value"]).to_numpy())


def first_chart_with(parts, tag):
    return next(
        n.rsplit("/", 1)[1]
        for n in sorted(parts)
        if n.startswith("ppt/charts/chart") and f"c:{tag}".encode() in parts[n]
    )


def test_each_kelurahan_is_a_named_shape_in_the_colour_of_its_class(report, parts):
    slide = slides_of(parts)[[s.key for s in report.slides].index("map")]
    bars = next(b for b in report.slide("map").blocks if isinstance(b, AreaBars))
    edges, places = class_edges("case_rate_per_10k"), load_places()
    drawn = {name_of(s): s for s in shapes_of(slide) if s.find(f".//{A}custGeom") is not None}
    assert set(drawn) == set(places.areas["name"])
    for code in places.codes:
        value = bars.measure.loc[code, "value"]
        step = sum(value >= edge for edge in edges)
        fill = next(drawn[places.label(code)].iter(f"{A}srgbClr")).get("val")
        assert f"#{fill.lower()}" == SEQUENTIAL[step]


def test_hidden_areas_have_a_colour_of_their_own_and_the_legend_says_so():
    report = sample_report(audience="public", slides=("map",))
    (slide,) = slides_of(unzip(write_pptx(report)))
    fills = {
        next(s.iter(f"{A}srgbClr")).get("val").lower()
        for s in shapes_of(slide)
        if s.find(f".//{A}custGeom") is not None
    }
    assert SUPPRESSED.lstrip("#") in fills
    assert NO_DATA.lstrip("#") not in fills
    assert "disembunyikan" in words_of(slide)


def test_every_shape_lies_inside_its_slide(parts):
    for slide in slides_of(parts):
        for shape in shapes_of(slide):
            place = place_of(shape)
            if place:
                x0, y0, x1, y1 = place
                assert 0 <= x0 <= x1 <= WIDE, name_of(shape)
                assert 0 <= y0 <= y1 <= HIGH, name_of(shape)


def test_every_slide_says_filter_version_and_that_it_is_a_sample(report, parts):
    for slide in slides_of(parts):
        said = words_of(slide)
        assert report.footer in said
        assert "DATA CONTOH" in said


def test_charts_maps_and_tables_are_described_for_those_who_cannot_see(parts):
    for slide in slides_of(parts):
        for frame in slide.iter(f"{P}graphicFrame"):
            assert next(frame.iter(f"{P}cNvPr")).get("descr")
        for shape in slide.iter(f"{P}sp"):
            if shape.find(f".//{A}custGeom") is not None:
                assert ":" in next(shape.iter(f"{P}cNvPr")).get("descr")


def test_there_is_no_picture_of_a_chart(parts):
    assert not [n for n in parts if n.startswith("ppt/media/")]


def test_notes_hold_method_and_source(parts):
    notes = [parts[n].decode() for n in parts if n.startswith("ppt/notesSlides/notesSlide")]
    assert any("Poisson eksak" in note and "Sumber:" in note for note in notes)


def test_a_long_table_goes_on_over_slides_without_losing_a_row():
    rows = [f"Keputusan nomor {i} yang perlu ditindaklanjuti bersama" for i in range(60)]
    table = Table(pd.DataFrame({"Keputusan": rows, "Status": "berjalan"}), "Tindak lanjut")
    slides = slides_of(unzip(write_pptx(report_of(Slide("decisions", "Banyak", blocks=(table,))))))
    assert len(slides) > 1
    said = [w for slide in slides for w in words_of(slide) if w.startswith("Keputusan nomor")]
    assert said == rows
    for slide in slides:
        frame = next(slide.iter(f"{P}graphicFrame"))
        heights = sum(int(row.get("h")) for row in frame.iter(f"{A}tr"))
        assert place_of_frame(frame)[1] + heights <= HIGH


def ranking(rows):
    """A report with one slide: so many kelurahan in an order."""
    names = [f"Kelurahan nomor {i}" for i in range(rows)]
    table = Table(pd.DataFrame({"Kelurahan": names}), "Kekurangan", ranked=True)
    return report_of(Slide("underserved", "Kurang", subtitle="orang", blocks=(table,)))


def test_of_a_very_long_ranking_a_deck_shows_the_first_ones_and_says_where_all_are():
    slides = slides_of(unzip(write_pptx(ranking(1160))))
    said = [w for slide in slides for w in words_of(slide)]
    assert [w for w in said if w.startswith("Kelurahan nomor")] == [
        f"Kelurahan nomor {i}" for i in range(15)
    ]
    assert any("15 dari 1.160 kelurahan ditampilkan" in w for w in said)
    behind = tables_of(ranking(1160).slides[0], load_places())
    assert len(behind[0].frame) == 1160  # what the workbook and the page print


def test_a_ranking_that_still_is_one_list_is_whole_in_a_deck():
    slides = slides_of(unzip(write_pptx(ranking(40))))
    said = [w for slide in slides for w in words_of(slide)]
    assert [f"Kelurahan nomor {i}" in said for i in (0, 39)] == [True, True]
    assert not any("ditampilkan" in w for w in said)


def place_of_frame(frame):
    off = next(frame.iter(f"{A}off"))
    return int(off.get("x")), int(off.get("y"))


def test_hostile_words_arrive_as_words():
    parts = unzip(write_pptx(wordy_report(HOSTILE)))
    said = [w for slide in slides_of(parts) for w in words_of(slide)]
    for word in HOSTILE:
        assert any(word.replace("\x0b", "") in each for each in said), word


def test_words_of_200_letters_keep_every_shape_inside_the_slide():
    long = "Pelayanan konsultasi kesejahteraan keluarga " * 5
    for slide in slides_of(unzip(write_pptx(wordy_report((long,))))):
        for shape in shapes_of(slide):
            place = place_of(shape)
            if place:
                assert place[2] <= WIDE
                assert place[3] <= HIGH


def office_template():
    """A deck of the office's own: 4:3, with a slide that must go."""
    file = Presentation()
    file.slides.add_slide(file.slide_layouts[0]).shapes.title.text = "Contoh lama"
    target = BytesIO()
    file.save(target)
    return target.getvalue()


def test_an_office_template_gives_size_and_title_and_loses_its_own_slides():
    content = write_pptx(sample_report(slides=("title", "summary")), template=office_template())
    parts = unzip(content)
    slides = slides_of(parts)
    assert len(slides) == 2
    assert all("Contoh lama" not in words_of(slide) for slide in slides)
    size = etree.fromstring(parts["ppt/presentation.xml"]).find(f"{P}sldSz")
    assert (size.get("cx"), size.get("cy")) == ("9144000", "6858000")


@pytest.mark.parametrize("content", [b"", b"no deck", b"PK\x03\x04 broken"])
def test_a_template_that_is_no_deck_is_told_in_a_sentence(content):
    with pytest.raises(UserError, match="Templat itu bukan berkas PowerPoint"):
        write_pptx(sample_report(slides=("title",)), template=content)
