"""One area that stands out in the figures of a page, without a server behind them."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest

from lk3 import figures
from lk3.figures import PLOT_CONFIG, PLOTLY_SCRIPT, SELECTED, FixedFigure
from lk3.indicators.measure import area_index, make_measure
from lk3.places import load_places
from lk3.settings import ROOT
from tests.browser.harness import WAIT_MS

PLACES = load_places()
CODE, OTHER = PLACES.codes[3], PLACES.codes[5]
MEASURE = make_measure(
    area_index(PLACES), value=[*np.arange(15.0), 5.0, 3.0, 2.0], n=np.arange(18), note=""
)
WORDS = {"places": PLACES, "label": "Angka", "unit": "kasus"}
MAP = FixedFigure.of(figures.choropleth_map(MEASURE, edges=(2.0, 4.0, 6.0, 8.0), **WORDS))
BARS = FixedFigure.of(figures.ranked_bars(MEASURE, **WORDS))
PAGE = """<!doctype html><meta charset="utf-8"><body><script type="module">
import mount from './plots.js';
window.chosen = [];
window.put = (name, data) => {
  let parentElement = document.getElementById(name);
  if (!parentElement) {
    parentElement = document.createElement('div');
    parentElement.id = name;
    parentElement.innerHTML = '<div><div class="gambar"></div></div>';
    document.body.append(parentElement);
  }
  mount({data, parentElement, setTriggerValue: (_name, code) => chosen.push(code)});
};
window.plot = name => document.querySelector(`#${name} .gambar`);
window.ready = true;
</script>"""
BAR = "plot('{}').data.find(trace => trace.type === 'bar')"


@pytest.fixture
def put(page, tmp_path, address):
    """Give a figure to the script of the pages, with what the server says of it."""
    shutil.copy(ROOT / "lk3" / "ui" / "widgets" / "plots.js", tmp_path)
    shutil.copy(PLOTLY_SCRIPT, tmp_path / "plotly.js")
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    page.goto(f"{address}/index.html")
    page.wait_for_function("window.ready")

    def put_figure(name, figure, *, marks):
        said = {
            "alt": figure.alt, "config": PLOT_CONFIG, "failure": "gagal", "fills": False,
            "ink": SELECTED, "marks": marks, "selects": True, "source": "/plotly.js",
        }  # fmt: skip
        page.evaluate(
            "([name, data]) => put(name, data)", [name, f"{json.dumps(said)}\n{figure.json}"]
        )
        page.wait_for_function(
            "name => plot(name).data && !document.querySelector(`#${name} [aria-busy]`)",
            arg=name,
            timeout=WAIT_MS,
        )

    return put_figure


def framed(page, name):
    """Codes of the bars with a border."""
    bar = page.evaluate(BAR.format(name))
    widths = bar["marker"]["line"]["width"]
    if not isinstance(widths, list):
        assert widths == 0
        return []
    assert bar["marker"]["line"]["color"] == SELECTED
    return [code for code, width in zip(bar["customdata"], widths, strict=True) if width]


def bold(page, name):
    """Codes of the bold names."""
    axis = page.evaluate(f"plot('{name}').layout.yaxis")
    names = zip(axis["tickvals"], axis["ticktext"], strict=True)
    return [code for code, text in names if text.startswith("<b>")]


def outlines(page):
    """What is drawn around an area of the map: its codes, its colour, what lies below and above."""
    return page.evaluate(
        """() => plot('map').data.flatMap((trace, n, every) =>
            trace.type === 'choroplethmap' && trace.hoverinfo === 'skip' ? [{
                codes: trace.geojson.features.map(each => each.id), color: trace.marker.line.color,
                below: every[n - 1].type, above: every[n + 1].type,
            }] : [])"""
    )


def test_its_bar_has_a_border_and_its_name_is_bold(page, put):
    put("bars", BARS, marks=CODE)

    assert framed(page, "bars") == bold(page, "bars") == [CODE]


def test_its_border_alone_is_drawn_above_the_areas_and_below_the_names(page, put):
    put("map", MAP, marks=CODE)

    assert outlines(page) == [
        {"codes": [CODE], "color": SELECTED, "below": "choroplethmap", "above": "scattermap"}
    ]


def test_its_row_of_a_table_is_bold(page, put):
    frame = pd.DataFrame({"row": ["a", "b"], "column": ["x", "x"], "n": [1, 2]})
    table = figures.cross_heatmap(
        frame, rows="row", columns="column", value="n",
        row_labels={"a": "Guntung", "b": "Satimpo"}, column_labels={"x": "Psikolog"},
    )  # fmt: skip

    put("table", FixedFigure.of(table), marks="b")

    assert bold(page, "table") == ["b"]


@pytest.mark.parametrize("marks", ["", "64.74.99.9999"], ids=["nothing", "elsewhere"])
def test_nothing_chosen_or_something_else_changes_nothing(page, put, marks):
    put("bars", BARS, marks=marks)
    put("map", MAP, marks=marks)

    assert framed(page, "bars") == bold(page, "bars") == outlines(page) == []


def test_what_is_clicked_stands_out_in_every_figure_before_the_server_has_answered(page, put):
    put("bars", BARS, marks="")
    put("map", MAP, marks=OTHER)
    put("still", BARS, marks=None)

    page.evaluate("code => plot('bars').emit('plotly_click', {points: [{customdata: code}]})", CODE)
    page.wait_for_function(f"({BAR.format('bars')}).marker.line.width.length", timeout=WAIT_MS)
    page.wait_for_function(
        "code => plot('map').data.some(trace => trace.locations?.[0] === code && trace.z[0] === 0)",
        arg=CODE,
        timeout=WAIT_MS,
    )

    assert page.evaluate("chosen") == [CODE]
    assert framed(page, "bars") == bold(page, "bars") == [CODE]
    assert [each["codes"] for each in outlines(page)] == [[CODE]]
    assert framed(page, "still") == []


def test_the_server_has_the_last_word(page, put):
    put("bars", BARS, marks="")
    page.evaluate("code => plot('bars').emit('plotly_click', {points: [{customdata: code}]})", CODE)

    put("bars", BARS, marks=OTHER)
    page.wait_for_function(f"({BAR.format('bars')}).marker.line.width.length", timeout=WAIT_MS)
    assert framed(page, "bars") == [OTHER]

    put("bars", BARS, marks="")
    page.wait_for_function(f"!({BAR.format('bars')}).marker.line.width", timeout=WAIT_MS)
    assert bold(page, "bars") == []
