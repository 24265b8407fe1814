"""The words of a map's classes are read in one way only."""

import pytest

from lk3 import language
from lk3.figures.scales import class_labels

SHORTFALL, CHANGE = (-1, 0, 1, 2), (-50, -10, 10, 50)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("id", ["< −1", "−1 s.d. <0", "0–<1", "1–<2", "≥ 2"]),
        ("en", ["< −1", "−1 to <0", "0–<1", "1–<2", "≥ 2"]),
    ],
)
def test_an_edge_under_nought_has_a_minus_that_is_no_dash(name, words):
    with language.speaking(name):
        assert list(class_labels(SHORTFALL, decimals=1).values())[:5] == words


def test_whole_numbers_under_nought_say_both_ends():
    said = list(class_labels(CHANGE, decimals=0).values())[:5]
    assert said == ["< −50", "−50 s.d. −11", "−10 s.d. 9", "10–49", "≥ 50"]


def test_a_class_of_one_whole_number_is_that_number():
    assert class_labels((-1, 0), decimals=0)[1] == "−1"


def test_edges_between_whole_numbers_keep_their_decimals():
    assert class_labels((-1.5, 0.5), decimals=1)[1] == "−1,5 s.d. <0,5"
