"""Figures that are written down plainly are the figures that Plotly means."""

import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lk3.figures.plain import Figure, trace


def test_what_is_missing_is_a_gap_and_what_is_none_is_left_out():
    line = trace("scatter", x=pd.Series([1, 2]), y=np.array([np.nan, 3.5]), name=None)

    assert json.loads(Figure(line).to_json())["data"] == [
        {"type": "scatter", "x": [1, 2], "y": [None, 3.5]}
    ]


def test_what_json_cannot_say_is_refused():
    with pytest.raises(ValueError, match="JSON compliant"):
        Figure(trace("scatter", y=[float("inf")])).to_json()


def test_a_property_that_plotly_does_not_know_is_found_when_it_is_asked():
    with pytest.raises(ValueError, match="colour"):
        _ = Figure(trace("scatter", marker={"colour": "red"})).checked


def test_a_layout_keeps_what_a_later_change_does_not_name():
    figure = Figure().update_layout(margin={"l": 1, "r": 2}).update_layout(margin={"r": 3})

    assert figure.layout.margin.l == 1
    assert figure.layout.margin.r == 3


def test_every_axis_of_a_kind_is_changed_and_the_title_is_a_text():
    figure = Figure(layout={"xaxis": {}, "xaxis2": {}}).update_xaxes(title="kasus", range=[0, 1])

    assert [figure.layout[axis].title.text for axis in ("xaxis", "xaxis2")] == ["kasus"] * 2
    assert figure.layout.xaxis2.range == (0, 1)


def test_a_line_reaches_over_the_whole_plot_as_plotly_s_own():
    look = {"line": {"width": 2}}
    own = go.Figure(go.Scatter(x=[1], y=[1])).add_vline(3, **look).add_hline(4, **look)

    figure = Figure(trace("scatter", x=[1], y=[1])).add_vline(3, **look).add_hline(4, **look)

    assert figure.layout.shapes == own.layout.shapes
