"""Figures hold the numbers they were given, say them in words, and need no network."""

import json
import re

import numpy as np
import pandas as pd
import pytest

from lk3 import figures, language
from lk3.figures import scales, template
from lk3.indicators.measure import area_index, make_measure
from lk3.places import load_places

PLACES = load_places()
CODES = PLACES.codes
INDEX = area_index(PLACES)
WORDS = {"places": PLACES, "label": "Angka kasus", "unit": "kasus per 10.000"}
EDGES = (2.0, 4.0, 6.0, 8.0)


def measure_of(values, **columns):
    """A measure whose kelurahan hold `values`; the city 5, outside 3, unknown 2."""
    value = [*values, 5.0, 3.0, 2.0]
    low = np.array(value) * 0.5
    return make_measure(
        INDEX, value=value, n=value, bounds=(low, np.array(value) * 2), confidence=0.95, **columns
    )


RISING = measure_of(np.arange(15, dtype=float))
MAPS = [figures.choropleth_map, figures.outline_map, figures.tile_map]


def data_of(figure):
    return json.loads(figure.to_json())["data"]


def alt(figure):
    return figure.layout.meta["alt"]


def classes_drawn(figure):
    """Name of the class of each code on the true map."""
    land, *others = data_of(figure)
    colours = [colour for _end, colour in land["colorscale"]][::2]
    ranges = land["zmax"] - land["zmin"]
    assert ranges == len(colours)
    names = {each["marker"]["color"]: each["name"] for each in others if each.get("showlegend")}
    return {
        code: names[colours[int(z - land["zmin"])]]
        for code, z in zip(land["locations"], land["z"], strict=True)
    }


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    """Contrast ratio by WCAG 2."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# --- Bars ----------------------------------------------------------------------------------------


def bar_values(figure):
    bar = figure.data[0]
    return dict(zip(bar.customdata, bar.x, strict=True))


def test_the_bars_hold_the_values_of_the_measure_and_of_nothing_else():
    values = bar_values(figures.ranked_bars(RISING, **WORDS))
    expected = RISING["value"].drop("city").to_dict()
    assert values == expected


def test_the_largest_bar_is_on_top_and_outside_and_unknown_stand_apart_at_the_bottom():
    order = list(figures.ranked_bars(RISING, **WORDS).data[0].y)
    assert order[:2] == ["outside", "unknown"]
    assert order[-1] == CODES[14]


def test_whiskers_reach_from_the_lower_to_the_upper_bound():
    bar = figures.ranked_bars(RISING, **WORDS).data[0]
    place = list(bar.customdata).index(CODES[10])
    assert bar.x[place] - bar.error_x.arrayminus[place] == 5
    assert bar.x[place] + bar.error_x.array[place] == 20


def test_the_city_line_is_drawn_only_when_it_is_named():
    named = figures.ranked_bars(RISING, city_label="Kota", **WORDS)
    assert any("Kota 5,0" in (a.text or "") for a in named.layout.annotations)
    assert named.layout.shapes[0].x0 == 5
    plain = figures.ranked_bars(RISING, **WORDS)
    assert not plain.layout.annotations
    assert all(line.x0 != line.x1 for line in plain.layout.shapes)  # only the one of those apart


def test_a_verdict_has_a_symbol_beside_its_colour():
    verdicts = ["above", "below", *["like_city"] * 13, "", "", ""]
    figure = figures.ranked_bars(measure_of(np.full(15, 4.0), verdict=verdicts), **WORDS)
    texts = dict(zip(figure.data[1].customdata, figure.data[1].text, strict=True))
    assert texts[CODES[0]].endswith("▲")
    assert texts[CODES[1]].endswith("▼")
    assert {trace.name for trace in figure.data if trace.name} == {
        "▲ Di atas kota",
        "▼ Di bawah kota",
        "• Tidak dapat dibedakan dari kota",
    }


def test_a_hidden_value_and_no_value_are_said_differently():
    values = np.full(15, 4.0)
    values[:2] = np.nan
    figure = figures.ranked_bars(measure_of(values, note=["suppressed", *[""] * 17]), **WORDS)
    texts = dict(zip(figure.data[1].customdata, figure.data[1].text, strict=True))
    assert "disembunyikan" in texts[CODES[0]]
    assert "tidak ada data" in texts[CODES[1]]


def test_a_hidden_count_from_outside_is_shown_and_not_dropped():
    measure = measure_of(np.full(15, 4.0))
    measure.loc["outside", ["value", "note"]] = [np.nan, "suppressed"]
    figure = figures.ranked_bars(measure, **WORDS)
    texts = dict(zip(figure.data[1].customdata, figure.data[1].text, strict=True))
    assert "disembunyikan" in texts["outside"]


def test_the_values_stand_in_one_column_right_of_every_whisker():
    figure = figures.ranked_bars(RISING, **WORDS)
    assert len(set(figure.data[1].x)) == 1
    assert figure.data[1].x[0] >= 28  # the upper bound of the largest, 14, is twice as much


def test_a_fall_is_drawn_to_the_left_of_zero():
    figure = figures.ranked_bars(measure_of(np.linspace(-50, 50, 15)), **WORDS)
    low, high = figure.layout.xaxis.range
    assert low == -50
    assert high >= 100


def test_a_hidden_category_is_said_in_the_place_of_its_bar():
    frame = pd.DataFrame({"problem": ["a", "b"], "cases": [7.0, np.nan]})
    figure = figures.category_bars(frame, category="problem", labels={"a": "A", "b": "B"})

    (words,) = [trace for trace in figure.data if trace.type == "scatter"]
    assert list(zip(words.y, words.text, strict=True)) == [("b", " disembunyikan")]
    assert not any(trace.showlegend for trace in figure.data)


def test_category_bars_keep_every_category_and_cut_long_names():
    long = "Kategori dengan nama yang sangat panjang sekali sampai lebih dari enam puluh huruf"
    frame = pd.DataFrame({"problem": ["a", "b"], "cases": [3, 9]})
    figure = figures.category_bars(
        frame, category="problem", labels={"a": long, "b": "B"}, unit="kasus"
    )
    assert sum(figure.data[0].x) == 12
    assert list(figure.data[0].y) == ["a", "b"]
    assert all(len(line) <= 30 for line in figure.layout.yaxis.ticktext[0].split("<br>"))


def test_a_category_name_cannot_bring_markup_with_it():
    frame = pd.DataFrame({"problem": ["a"], "cases": [3]})
    figure = figures.category_bars(frame, category="problem", labels={"a": "<b>x</b>"}, unit="k")
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;x&lt;/b&gt;",)


# --- Maps ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1.99, 0), (2.0, 1), (5.9, 2), (6.0, 3), (8.0, 4), (1000.0, 4), (0.0, 0)],
)
def test_a_value_on_an_edge_belongs_to_the_class_above(value, expected):
    classes = scales.class_of(measure_of(np.full(15, value)), EDGES)
    assert classes[CODES[0]] == expected


def test_the_map_draws_every_kelurahan_once_in_its_class():
    drawn = classes_drawn(figures.choropleth_map(RISING, edges=EDGES, **WORDS))
    assert sorted(drawn) == sorted(CODES)
    assert drawn[CODES[0]] == drawn[CODES[1]] == "< 2"
    assert drawn[CODES[2]] == "2–<4"
    assert drawn[CODES[14]] == "≥ 8"


def test_no_data_and_hidden_have_their_own_entries_in_the_legend():
    values = np.full(15, 4.0)
    values[:2] = np.nan
    measure = measure_of(values, note=["suppressed", *[""] * 17])
    drawn = classes_drawn(figures.choropleth_map(measure, edges=EDGES, **WORDS))
    assert drawn[CODES[0]] == "disembunyikan"
    assert drawn[CODES[1]] == "tidak ada data"
    legend = {
        trace["name"]
        for trace in data_of(figures.choropleth_map(measure, edges=EDGES, **WORDS))
        if trace.get("showlegend")
    }
    assert {"disembunyikan", "tidak ada data", "≥ 8"} <= legend


def test_every_indicator_with_edges_has_at_most_five_ascending_classes():
    from lk3.indicators import INDICATORS

    for key, indicator in INDICATORS.items():
        if indicator.per_area:
            edges = figures.class_edges(key)
            assert 0 < len(edges) <= 4, key
            assert list(edges) == sorted(set(edges)), key


def test_each_tile_is_clickable_and_no_two_lie_on_one_another():
    figure = figures.tile_map(RISING, edges=EDGES, **WORDS)
    tiles = figure.data[0]
    assert list(tiles.customdata) == CODES
    assert len(set(zip(tiles.x, tiles.y, strict=True))) == 15
    assert len(figure.layout.shapes) == 15


def test_the_map_without_webgl_fills_the_rings_of_every_area_of_a_class():
    figure = figures.outline_map(RISING, edges=EDGES, **WORDS)
    land = {trace.name: trace for trace in figure.data if trace.fill == "toself"}
    assert list(land) == ["< 2", "2–<4", "4–<6", "6–<8", "≥ 8"]
    rings = {name: sum(x is None for x in trace.x) for name, trace in land.items()}
    parts = {f["id"]: f["geometry"] for f in PLACES.geojson["features"]}
    held = [
        len(parts[code]["coordinates"]) if parts[code]["type"] == "MultiPolygon" else 1
        for code in CODES
    ]
    assert list(rings.values()) == [
        sum(held[a:b]) for a, b in ((0, 2), (2, 4), (4, 6), (6, 8), (8, 15))
    ]


def test_a_click_on_a_name_of_the_map_without_webgl_gives_its_code():
    names = figures.outline_map(RISING, edges=EDGES, **WORDS).data[-1]
    assert list(names.customdata) == CODES
    assert all(PLACES.label(c) in said for c, said in zip(CODES, names.hovertext, strict=True))


def test_a_class_without_areas_keeps_its_place_in_the_legend():
    measure = measure_of(np.full(15, 9.0))
    entries = [
        trace["name"]
        for trace in data_of(figures.choropleth_map(measure, edges=EDGES, **WORDS))
        if trace.get("showlegend")
    ]
    assert entries == ["< 2", "2–<4", "4–<6", "6–<8", "≥ 8"]


@pytest.mark.parametrize("draw", [figures.outline_map, figures.tile_map])
def test_the_chosen_kelurahan_is_outlined(draw):
    plain = draw(RISING, edges=EDGES, **WORDS).to_json()
    chosen = draw(RISING, edges=EDGES, selected=CODES[3], **WORDS).to_json()
    assert template.SELECTED not in plain
    assert template.SELECTED in chosen


@pytest.mark.parametrize("draw", MAPS)
def test_a_map_names_no_host(draw):
    text = figures.FixedFigure.of(draw(RISING, edges=EDGES, **WORDS)).json
    assert not re.search(r"https?:|//[a-z]", text)


def test_names_are_readable_on_every_class():
    fills = (*template.SEQUENTIAL, template.NO_DATA, template.SUPPRESSED, template.PAPER)
    assert min(contrast(template.INK, fill) for fill in fills) >= 4.5
    assert contrast(template.MUTED, template.PAPER) >= 4.5


# --- Cross tables and ranges ---------------------------------------------------------------------


def test_a_combination_that_does_not_occur_is_zero_and_a_hidden_one_is_not():
    frame = pd.DataFrame(
        {"kel": ["a", "a", "b"], "profession": ["x", "y", "x"], "members": [2.0, np.nan, 7.0]}
    )
    figure = figures.cross_heatmap(
        frame, rows="kel", columns="profession", value="members",
        row_labels={"a": "A", "b": "B"}, column_labels={"x": "X", "y": "Y"}, unit="anggota",
    )  # fmt: skip
    assert [list(row) for row in figure.data[0].z][1] == [7, 0]
    assert figure.data[0].z[0][1] is None
    assert list(figure.data[1].text) == ["2", "···", "7", "<b>0</b>"]


def test_ranges_reach_from_quartile_to_quartile():
    dots = figures.median_ranges(RISING, **WORDS).data[0]
    place = list(dots.customdata).index(CODES[8])
    assert (dots.x[place], dots.error_x.arrayminus[place], dots.error_x.array[place]) == (8, 4, 8)


# --- Every figure, every state -------------------------------------------------------------------

NOTHING = measure_of(np.full(15, np.nan)).assign(value=np.nan, lower=np.nan, upper=np.nan)
STATES = {
    "usual": RISING,
    "all equal": measure_of(np.full(15, 4.0)),
    "all zero": measure_of(np.zeros(15)),
    "no value": NOTHING,
    "all hidden": NOTHING.assign(note="suppressed"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("spoken", ["id", "en"])
def test_every_figure_of_a_measure_is_drawn_and_described_in_every_state(state, spoken):
    measure = STATES[state]
    with language.speaking(spoken):
        drawn = [
            *(draw(measure, edges=EDGES, **WORDS) for draw in MAPS),
            figures.ranked_bars(measure, city_label="Kota", **WORDS),
            figures.median_ranges(measure, **WORDS),
        ]
    for figure in drawn:
        assert len(alt(figure)) > 20
        assert figure.layout.template.layout.font.family == template.FONT
        assert "NaN" not in alt(figure)


def test_a_figure_without_rows_says_why_in_the_middle():
    empty = pd.DataFrame({"problem": [], "cases": []})
    figure = figures.category_bars(empty, category="problem", labels={})
    assert figure.layout.annotations[0].text == "Tidak ada data untuk pilihan ini."


def test_the_description_names_the_highest_and_the_lowest():
    said = alt(figures.ranked_bars(RISING, **WORDS))
    assert "Kota Bontang 5,0." in said
    assert f"{PLACES.label(CODES[14])} 14,0" in said
    assert f"{PLACES.label(CODES[0])} 0,0" in said


@pytest.mark.parametrize(("spoken", "separators"), [("id", ",."), ("en", ".,")])
def test_numbers_are_separated_as_the_language_does(spoken, separators):
    with language.speaking(spoken):
        assert figures.ranked_bars(RISING, **WORDS).layout.separators == separators
