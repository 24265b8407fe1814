"""Measures that are made when they are asked for say what all of them made at once say."""

import pandas as pd
import pytest

from lk3.disclosure import release
from lk3.indicators import INDICATORS, LazyMeasures, compute_all
from lk3.indicators.registry import Indicator
from tests.tables_for_tests import PLACES, case_table, context_of


@pytest.fixture
def context():
    return context_of(
        case_table(
            {"reported_on": "2023-03-01", "kelurahan_code": PLACES.codes[0], "cases": 3},
            {"reported_on": "2023-04-01", "kelurahan_code": PLACES.codes[1], "cases": 5},
        )
    )


def test_each_measure_is_the_one_of_all_made_at_once(context):
    lazy = release(LazyMeasures(lambda: context), audience="internal").measures
    every = compute_all(context)
    assert list(lazy) == list(every)
    assert len(lazy) == len(every)
    for key, frame in every.items():
        pd.testing.assert_frame_equal(lazy[key], frame)


def test_a_measure_is_made_once_and_no_other_with_it(context, monkeypatch):
    made = []

    for key in INDICATORS:
        words = INDICATORS[key].words
        note = Indicator(key, words, lambda _context, key=key: made.append(key) or pd.DataFrame())
        monkeypatch.setitem(INDICATORS, key, note)
    lazy = release(LazyMeasures(lambda: context), audience="internal").measures
    assert "cases" in lazy
    assert "no_indicator" not in lazy
    assert lazy["cases"] is lazy["cases"]
    assert made == ["cases"]


def test_an_unknown_indicator_is_no_key(context):
    with pytest.raises(KeyError):
        LazyMeasures(lambda: context)["no_indicator"]
