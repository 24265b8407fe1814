"""Need against supply and the funnel hold their numbers and name their quarters."""

from unittest.mock import Mock

import numpy as np
import pandas as pd
import pytest

from lk3 import figures
from lk3.figures.labels import place_labels
from lk3.indicators.funnel import funnel_limits
from lk3.indicators.measure import area_index, make_measure
from lk3.places import load_places

PLACES = load_places()
LONG_NAMES = Mock(codes=PLACES.codes, label=lambda _code: "Rawa Selatan (Kec. Suka Maju)")
INDEX = area_index(PLACES)
CODES = PLACES.codes


def measure_of(values, city, *, n=np.nan, denominator=np.nan, verdict=""):
    value = [*values, city, np.nan, np.nan]
    return make_measure(INDEX, value=value, n=n, denominator=denominator, verdict=verdict)


NEED = measure_of([9.0, *[5.0] * 14], 5.3)
SUPPLY = measure_of([1.0, *[4.0] * 14], 3.8)
WORDS = {"places": PLACES, "need_label": "angka", "supply_label": "anggota"}


def test_each_kelurahan_is_a_point_that_can_be_clicked():
    points = figures.need_against_supply(NEED, SUPPLY, **WORDS).data[0]
    assert list(points.customdata) == CODES
    assert (points.x[0], points.y[0]) == (9, 1)


def test_the_quarters_meet_at_the_city_and_are_named():
    figure = figures.need_against_supply(NEED, SUPPLY, **WORDS)
    lines = [shape for shape in figure.layout.shapes if shape.type == "line"]
    assert {lines[0].x0, lines[1].y0} == {5.3, 3.8}
    texts = {note.text for note in figure.layout.annotations}
    assert "<b>butuh lebih,<br>anggota kurang</b>" in texts
    assert len(texts) == 4


def test_the_description_names_who_needs_more_and_has_fewer():
    said = figures.need_against_supply(NEED, SUPPLY, **WORDS).layout.meta["alt"]
    assert said.endswith(f"{PLACES.label(CODES[0])}.")


@pytest.mark.parametrize("missing", ["need", "supply"])
def test_without_values_the_figure_says_so(missing):
    nothing = measure_of([np.nan] * 15, np.nan)
    pair = (nothing, SUPPLY) if missing == "need" else (NEED, nothing)
    assert figures.need_against_supply(*pair, **WORDS).layout.annotations[0].text


def rates():
    cases = np.array([24.0, *[8.0] * 14, 136.0, np.nan, np.nan])
    years = np.array([*[10_000.0] * 15, 150_000.0, np.nan, np.nan])
    verdict = ["strongly_above", *["like_city"] * 14, "", "", ""]
    return make_measure(
        INDEX, value=10_000 * cases / years, n=cases, denominator=years, verdict=verdict
    )


def test_the_funnel_shows_cases_over_the_cases_expected():
    figure = figures.funnel_plot(rates(), places=PLACES, label="perbandingan")
    point = next(t for t in figure.data if t.name and t.name.startswith("▲▲"))
    assert point.x[0] == pytest.approx(136 / 15)
    assert point.y[0] == pytest.approx(24 / (136 / 15))


def test_the_funnel_s_lines_are_the_published_limits():
    figure = figures.funnel_plot(rates(), places=PLACES, label="perbandingan")
    above = next(t for t in figure.data if t.name == "batas 95,0%" and not t.showlegend)
    ratios = dict(zip((np.array(above.x) * above.y).round(6), above.y, strict=True))
    # observed 5: O / L of the exact interval at 95 % (Spiegelhalter 2005)
    assert ratios[5.0] == pytest.approx(3.079792, abs=1e-5)
    assert ratios[5.0] == pytest.approx(float(funnel_limits([5])[1][0]))


def test_the_funnel_says_so_where_no_kelurahan_expects_enough_cases():
    few = rates().assign(n=[1.0, *[0.0] * 14, 1.0, np.nan, np.nan])
    said = figures.funnel_plot(few, places=PLACES, label="perbandingan").layout.meta["alt"]
    assert said == "Setiap kelurahan diharapkan kurang dari 5 kasus: terlalu sedikit untuk dinilai."


def test_names_without_room_are_left_out_but_never_the_chosen_one():
    """Fifteen points at one place: there is room for one name on each of four sides at most."""
    points = pd.DataFrame({"x": [1.0] * 15, "y": [1.0] * 15})
    names = [PLACES.label(code) for code in CODES]
    texts, _sides = place_labels(points, names, ranges=((0, 2), (0, 2)), height=420, first=9)
    assert texts[9] == names[9]
    assert 0 < sum(text != "" for text in texts) <= 4


TEN = ((0.0, 10.0), (0.0, 10.0))


def test_names_with_room_are_all_written_above_their_points():
    points = pd.DataFrame({"x": [2.0, 5.0, 8.0], "y": [1.0, 9.0, 1.0]})
    texts, sides = place_labels(points, ["Satu", "Dua", "Tiga"], ranges=TEN, height=420)
    assert texts == ["Satu", "Dua", "Tiga"]
    assert sides == ["top center"] * 3


def test_a_name_near_an_edge_stands_on_the_inner_side_of_its_point():
    points = pd.DataFrame({"x": [9.8, 0.2, 5.0], "y": [3.0, 6.0, 9.9]})
    names = ["Rawa Selatan (Kec. Suka Maju)"] * 3
    texts, sides = place_labels(points, names, ranges=TEN, height=420)
    assert texts == names
    assert sides == ["middle left", "middle right", "bottom center"]


def test_a_name_that_would_be_cut_on_every_side_is_left_to_hovering():
    points = pd.DataFrame({"x": [5.0], "y": [5.0]})
    texts, _sides = place_labels(points, ["Rawa Selatan " * 5], ranges=TEN, height=420)
    assert texts == [""]


def test_a_name_gives_way_to_a_caption():
    points = pd.DataFrame({"x": [5.0], "y": [5.0]})
    above = (0.0, 190.0, 300.0, 220.0)  # the point stands at 150, 180
    _texts, sides = place_labels(points, ["Satu"], ranges=TEN, height=420, captions=[above])
    assert sides == ["bottom center"]


@pytest.mark.parametrize("fewest", [0.0, 1.0, 3.5])
def test_no_point_lies_on_the_names_of_the_quarters(fewest):
    """A name has two lines of 12 pixels, a dot a radius of 6; the plot has 60 less than all."""
    supply = measure_of([fewest, 8.0, *[4.0] * 13], 3.8)
    figure = figures.need_against_supply(NEED, supply, **WORDS, height=370)
    bottom, top = figure.layout.yaxis.range
    pixels = [(y - bottom) / (top - bottom) * 310 for y in figure.data[0].y]
    lines = 2 * 12 * 1.3
    assert min(pixels) - 6 > lines
    assert max(pixels) + 6 < 310 - lines


def test_a_funnel_leaves_no_name_of_its_largest_place_outside():
    years = np.array([90_000.0, *[10_000.0] * 14, 230_000.0, np.nan, np.nan])
    cases = np.array([80.0, *[10.0] * 14, 220.0, np.nan, np.nan])
    rate = rates().assign(n=cases, denominator=years, value=10_000 * cases / years)
    points = figures.funnel_plot(rate, places=LONG_NAMES, label="perbandingan")
    largest = next(trace for trace in points.data if trace.name and trace.name.startswith("▲▲"))
    assert largest.text == ("Rawa Selatan (Kec. Suka Maju)",)
    assert largest.textposition == ("middle left",)
