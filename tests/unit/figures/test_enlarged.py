"""Figures for the last row: every letter and mark grows, what is measured in data does not."""

import pytest

from lk3.figures.enlarged import enlarged
from lk3.figures.plain import Figure, trace
from lk3.figures.template import finish
from lk3.reports.content import AreaBars, AreaMap
from lk3.reports.drawing import draw_block
from tests.reports_for_tests import sample_report


def drawn():
    """A small figure with a length of each kind."""
    figure = Figure(
        trace(
            "scatter",
            x=[1, 2],
            y=[3, 4],
            marker={"size": 8, "line": {"width": 1}},
            line={"width": 2},
            textfont={"size": [10, 12]},
        )
    )
    figure.add_annotation(text='<span style="font-size:12px">a</span>', font={"size": 11})
    figure.update_layout(legend={"y": -0.1})
    return finish(figure, title="Judul", subtitle="Anak judul", alt="gambar", height=300)


def test_letters_marks_and_lines_are_as_much_larger_as_asked():
    (points,) = enlarged(drawn(), 2).data

    assert points.textfont.size == (20, 24)
    assert (points.marker.size, points.marker.line.width, points.line.width) == (16, 2, 4)


def test_letters_that_a_template_or_a_style_gives_grow_too():
    layout = enlarged(drawn(), 2).layout

    assert layout.template.layout.font.size == 26
    assert layout.template.layout.xaxis.title.font.size == 24
    assert layout.annotations[0].font.size == 22
    assert "font-size:24px" in layout.annotations[0].text
    assert "font-size:24px" in layout.title.text


def test_the_legend_keeps_clear_of_the_larger_letters_of_the_axis():
    assert enlarged(drawn(), 2).layout.legend.y == pytest.approx(-0.2)


def test_data_description_and_the_figure_itself_stay_as_they_were():
    figure = drawn()
    before = figure.to_json()

    large = enlarged(figure, 2)

    assert figure.to_json() == before
    assert large.data[0].x == (1, 2)
    assert large.layout.meta["alt"] == "gambar"
    assert large.layout.height is None


def test_clicks_on_the_enlarged_map_and_bars_still_name_their_kelurahan():
    slide = sample_report(slides=("map",)).slides[0]
    for block in slide.blocks:
        assert isinstance(block, AreaMap | AreaBars)
        figure = draw_block(block, sample_report(slides=("map",)).places)
        codes = [each.customdata for each in figure.data if each.customdata is not None]
        grown = enlarged(figure, 1.5)
        assert codes
        assert [tuple(t.customdata) for t in grown.data if t.customdata is not None] == [
            tuple(each) for each in codes
        ]
