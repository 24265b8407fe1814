"""The rules of signals on series made by hand, and how often chance alone meets them."""

import numpy as np
import pytest

from lk3.indicators.control_charts import C_CHART, XMR, c_limits
from lk3.indicators.signals import (
    MONOTONE,
    ONE_SIDE,
    OUTSIDE_LIMITS,
    TWO_OF_THREE,
    Event,
    false_alarm_share,
    find_events,
    find_signals,
)


def flags(rule, values):
    return find_signals(values)[rule].astype(int).tolist()


def test_the_seventh_and_eighth_of_a_run_are_marked():
    """The example of Making Data Count: eight points at +1, then one at -1."""
    assert flags(ONE_SIDE, [1.0] * 8 + [-1]) == [0, 0, 0, 0, 0, 0, 1, 1, 0]


@pytest.mark.parametrize("breaker", [0.0, np.nan, -0.1])
def test_a_point_on_the_centre_a_gap_or_the_other_side_breaks_a_run(breaker):
    assert sum(flags(ONE_SIDE, [1.0] * 6 + [breaker] + [1.0] * 6)) == 0


def test_a_point_on_the_limit_is_inside():
    assert flags(OUTSIDE_LIMITS, [3.0, 3.01, -3.0, -3.01]) == [0, 1, 0, 1]


def test_two_of_three_must_lie_on_one_side():
    assert flags(TWO_OF_THREE, [2.1, 0, 2.1, 0, 0]) == [0, 0, 1, 0, 0]
    assert flags(TWO_OF_THREE, [2.1, 0, -2.1]) == [0, 0, 0]
    assert flags(TWO_OF_THREE, [2.1, 0, 0, 2.1]) == [0, 0, 0, 0]


def test_seven_rising_points_are_six_steps_and_a_tie_breaks_them():
    assert flags(MONOTONE, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]) == [0] * 6 + [1]
    assert sum(flags(MONOTONE, [0.1, 0.2, 0.3, 0.3, 0.5, 0.6, 0.7, 0.8])) == 0


def test_the_rules_find_the_same_in_many_series_at_once():
    series = np.random.default_rng(3).normal(0, 1.6, (20, 40))
    together = find_signals(series)
    for rule, found in together.items():
        assert (found == np.array([find_signals(row)[rule] for row in series])).all()


def test_an_event_reaches_from_the_first_point_of_its_pattern_to_the_last():
    assert find_events([-1.0] * 9) == [Event(ONE_SIDE, 0, 8, is_up=False)]
    assert find_events([0, 4.0, 5.0]) == [
        Event(OUTSIDE_LIMITS, 1, 1, is_up=True),
        Event(TWO_OF_THREE, 0, 2, is_up=True),
        Event(OUTSIDE_LIMITS, 2, 2, is_up=True),
    ]


def test_a_run_above_and_one_below_are_two_events():
    events = find_events([1.0] * 7 + [-1.0] * 7)
    assert [(e.first, e.last, e.is_up) for e in events] == [(0, 6, True), (7, 13, False)]


@pytest.mark.parametrize("mean", [6, 12])
def test_false_alarms_are_as_frequent_as_stated(mean):
    """Another simulation, another generator and a plain loop: 24 months without any change."""
    draw = np.random.Generator(np.random.MT19937(99))
    hits = 0
    for _series in range(1500):
        counts = draw.poisson(mean, 24)
        found = find_signals(c_limits(counts).standardised(counts))
        hits += any(marked.any() for marked in found.values())
    stated = false_alarm_share(24, C_CHART, mean)
    assert hits / 1500 == pytest.approx(stated, abs=0.035)
    assert 0.12 < stated < 0.25


def test_fewer_points_looked_at_give_fewer_false_alarms():
    assert false_alarm_share(60, C_CHART, 9, last=12) < false_alarm_share(60, C_CHART, 9) / 2
    assert 0 < false_alarm_share(24, XMR, 0, last=1) < 0.05
