"""The ranked list: shortfalls in order, with their intervals and in bands by their group."""

import numpy as np
import pandas as pd
import pytest

from lk3 import figures
from lk3.figures.groups import STATE_SHAPES, STATE_SIGNS
from lk3.indicators.measure import area_index, make_measure
from lk3.indicators.planning_words import STATES
from lk3.places import load_places

PLACES = load_places()
CODES = PLACES.codes
VALUES = np.array([2.0, -1.0, 0.5, *np.zeros(12)])
MEASURE = make_measure(
    area_index(PLACES),
    value=[*VALUES, np.nan, np.nan, np.nan],
    bounds=([*(VALUES - 1), *[np.nan] * 3], [*(VALUES + 2), *[np.nan] * 3]),
    confidence=0.95,
    n=0,
)
GROUPS = pd.Series([1.0, 3.0, *[2.0] * 13], index=CODES)
STATE = pd.Series(["underserved", "enough", "maybe", *["enough"] * 12], index=CODES)
WORDS = {"places": PLACES, "label": "Kekurangan", "unit": "orang"}


def draw(measure=MEASURE, **more):
    return figures.ranked_groups(measure, groups=GROUPS, states=STATE, **WORDS, **more)


def test_the_largest_stands_on_top_and_each_can_be_clicked():
    dots = draw().data[0]
    assert dots.y[-1] == CODES[0]
    assert dots.y[0] == CODES[1]
    assert set(dots.customdata) == set(CODES)


def test_an_interval_reaches_from_its_lower_to_its_upper_end():
    dots = draw().data[0]
    assert set(dots.error_x.arrayminus) == {1}
    assert set(dots.error_x.array) == {2}


def test_each_group_is_a_band_over_its_own_rows():
    bands = [shape for shape in draw().layout.shapes if shape.type == "rect"]
    assert [(band.y0, band.y1) for band in bands] == [(13.5, 14.5), (0.5, 13.5), (-0.5, 0.5)]
    said = [note.text for note in draw().layout.annotations if "kelompok" in note.text]
    assert said == ["kelompok 1", "kelompok 2", "kelompok 3"]


def test_every_state_has_a_shape_and_a_sign_of_its_own():
    for marks in (STATE_SHAPES, STATE_SIGNS):
        own = [marks[state] for state in STATES]
        assert len(set(own)) == len(STATES)
    dots = draw().data[0]
    shapes = dict(zip(dots.y, dots.marker.symbol, strict=True))
    assert shapes[CODES[0]] == "triangle-up"
    assert shapes[CODES[2]] == "triangle-up-open"


def test_without_values_the_figure_says_so():
    nothing = MEASURE.assign(value=np.nan)
    assert draw(nothing).layout.annotations[0].text


def test_the_description_tells_the_order_and_the_number_of_groups():
    said = draw().layout.meta["alt"]
    assert said.startswith("Daftar Kekurangan (orang) dalam 3 kelompok: ")
    assert f"{PLACES.label(CODES[0])} 2,0" in said


def test_each_value_stands_in_its_row_whatever_its_code_looks_like():
    """Plotly reads an annotation at "98.01" as the number 98.01 even where it is a category."""
    notes = [note for note in draw().layout.annotations if note.xanchor == "right"]
    assert [note.y for note in notes] == list(range(15))
    assert (notes[0].text, notes[14].text) == ("-1,0", "2,0")


@pytest.mark.parametrize("rows", [1, 3, 15])
def test_above_the_rows_there_is_room_for_the_words_of_the_zero_line(rows):
    layout = draw(MEASURE.loc[CODES[:rows]]).layout
    words = next(note for note in layout.annotations if note.text == "setara kota")
    line_height = 1.3  # of Plotly's texts, in times of their size
    assert layout.margin.t >= line_height * words.font.size + 2 * words.borderpad + 2
    assert layout.minreducedheight <= 15 * rows, "Plotly takes missing pixels from the margins"


def test_the_line_at_nought_is_shown_even_where_everybody_lacks_members():
    assert draw().layout.xaxis.rangemode == "tozero"
