"""An area that stands out in a finished figure."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from lk3 import figures
from lk3.figures import FixedFigure
from lk3.figures.template import SELECTED
from tests.unit.figures.test_figures import CODES, EDGES, RISING, WORDS

CODE = CODES[3]
MAP = FixedFigure.of(figures.choropleth_map(RISING, edges=EDGES, **WORDS))
BARS = FixedFigure.of(figures.ranked_bars(RISING, **WORDS))


def parts(figure: FixedFigure) -> go.Figure:
    """The figure as Plotly takes it, which checks every part of it."""
    return go.Figure(json.loads(figure.json))


def test_its_border_alone_is_drawn_above_the_areas_and_below_the_names():
    traces = parts(MAP.marked(CODE)).data
    outlines = [n for n, trace in enumerate(traces) if trace.hoverinfo == "skip"
                and trace.type == "choroplethmap"]  # fmt: skip
    assert len(outlines) == 1
    outline = traces[outlines[0]]
    assert outline.locations == (CODE,)
    assert outline.marker.line.color == SELECTED
    assert [feature["id"] for feature in outline.geojson["features"]] == [CODE]
    assert traces[outlines[0] - 1].type == "choroplethmap"
    assert all(trace.type == "scattermap" for trace in traces[outlines[0] + 1 :])


def test_its_bar_has_a_border_and_its_name_is_bold():
    figure = parts(BARS.marked(CODE))
    bar = figure.data[0]
    assert [code for code, width in zip(bar.customdata, bar.marker.line.width, strict=True)
            if width] == [CODE]  # fmt: skip
    bold = [code for code, name in zip(figure.layout.yaxis.tickvals, figure.layout.yaxis.ticktext,
                                       strict=True) if name.startswith("<b>")]  # fmt: skip
    assert bold == [CODE]


def test_its_row_of_a_table_is_bold():
    frame = pd.DataFrame({"row": ["a", "b"], "column": ["x", "x"], "n": [1, 2]})
    table = figures.cross_heatmap(
        frame, rows="row", columns="column", value="n",
        row_labels={"a": "Guntung", "b": "Satimpo"}, column_labels={"x": "Psikolog"},
    )  # fmt: skip
    marked = parts(FixedFigure.of(table).marked("b"))
    assert marked.layout.yaxis.ticktext == ("Guntung", "<b>Satimpo</b>")


@pytest.mark.parametrize("figure", [MAP, BARS], ids=["map", "bars"])
def test_nothing_chosen_or_something_else_changes_nothing(figure):
    assert figure.marked(None) is figure
    assert json.loads(figure.marked("64.74.99.9999").json) == json.loads(figure.json)
    assert SELECTED not in figure.json


@pytest.mark.parametrize("figure", [MAP, BARS], ids=["map", "bars"])
def test_the_figure_that_is_kept_stays_as_it_was(figure):
    before = figure.json
    assert figure.marked(CODE).json != before
    assert figure.json == before
