"""Values by profession with their intervals, and reference lines that judge nothing."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lk3.figures.category_ranges import category_ranges, draw_references
from lk3.figures.template import VERDICT_COLOURS
from lk3.indicators.measure import make_measure

INDEX = pd.Index(["psikolog", "babinsa", "unknown"], name="profession")
MEASURE = make_measure(
    INDEX,
    value=[2.0, 0.5, np.nan],
    bounds=([1.0, 0.1, np.nan], [4.0, 1.5, np.nan]),
    confidence=0.95,
    n=[10, 2, 3],
    note=["", "", "no_members"],
)
WORDS = {
    "labels": {"psikolog": "Psikolog", "babinsa": "Babinsa"},
    "label": "Beban",
    "unit": "kasus",
}


def texts(figure):
    return [note.text for note in figure.layout.annotations]


def test_the_first_row_stands_on_top_with_its_numbers():
    figure = category_ranges(MEASURE, **WORDS)
    assert list(figure.data[0].y) == ["unknown", "babinsa", "psikolog"]
    assert "2,0 (1,0–4,0), n = 10" in texts(figure)


def test_a_row_without_a_value_says_why():
    assert "tidak ada anggota aktif" in texts(category_ranges(MEASURE, **WORDS))


def test_a_reference_within_the_scale_is_a_named_line():
    figure = category_ranges(MEASURE, references=[("acuan 1:3", 3.0)], **WORDS)
    assert [shape.x0 for shape in figure.layout.shapes] == [3.0]
    assert "acuan 1:3" in texts(figure)


def test_a_reference_far_beyond_the_values_is_named_at_the_edge_and_presses_nothing_together():
    plain, figure = (
        category_ranges(MEASURE, references=references, **WORDS)
        for references in ((), [("acuan 1:100", 100.0)])
    )
    assert figure.layout.xaxis.range == plain.layout.xaxis.range
    assert len(figure.layout.shapes) == 0
    assert "acuan 1:100 →" in texts(figure)
    assert "acuan 1:100 (100)" in figure.layout.meta["alt"]


def test_a_reference_has_no_colour_of_a_verdict():
    figure = go.Figure()
    draw_references(figure, [("acuan 1", 1.0)], far=2.0)
    assert figure.layout.shapes[0].line.color not in VERDICT_COLOURS.values()


@pytest.mark.parametrize("rows", [MEASURE.iloc[:0], MEASURE.iloc[2:]])
def test_without_any_value_the_figure_says_so(rows):
    assert texts(category_ranges(rows, **WORDS)) == ["Tidak ada data untuk pilihan ini."]
