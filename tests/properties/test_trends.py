"""What holds for every series of counts and its limits."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lk3.indicators.annotations import Baseline
from lk3.indicators.control_charts import c_limits, u_limits, xmr_limits
from lk3.indicators.signals import RUN, find_events, find_signals
from lk3.indicators.trend_summary import judge_trend

counts = st.lists(st.integers(0, 200), min_size=2, max_size=40)
lengths = st.lists(st.integers(28, 31), min_size=40, max_size=40)
standard = st.lists(st.one_of(st.floats(-5, 5), st.just(float("nan"))), min_size=1, max_size=40)


@given(counts, st.integers(1, 50))
def test_adding_a_constant_moves_the_lines_of_an_xmr_chart_by_it(values, constant):
    before = xmr_limits(values)
    after = xmr_limits([value + constant for value in values])
    assert after.centre == pytest.approx(before.centre + constant)
    assert after.upper == pytest.approx(before.upper + constant)


@given(counts, st.integers(2, 9))
def test_scaling_the_counts_scales_an_xmr_chart(values, factor):
    before, after = xmr_limits(values), xmr_limits([value * factor for value in values])
    assert after.upper == pytest.approx(before.upper * factor)
    assert after.standardised([v * factor for v in values]) == pytest.approx(
        before.standardised(values), nan_ok=True
    )


@given(counts, lengths)
def test_limits_hold_the_centre_and_the_centres_add_up_to_the_counts(values, days):
    limits = u_limits(values, days[: len(values)])
    for chart in (limits, c_limits(values), xmr_limits(values)):
        assert (chart.lower <= chart.centre + 1e-9).all()
        assert (chart.centre <= chart.upper + 1e-9).all()
        assert (chart.lower >= 0).all()
    assert limits.centre.sum() == pytest.approx(sum(values))


@given(counts, st.integers(1, 40))
def test_the_unit_of_exposure_changes_nothing(values, factor):
    days = np.arange(len(values)) % 4 + 28
    assert u_limits(values, days * factor).upper == pytest.approx(u_limits(values, days).upper)


@given(standard)
def test_turning_a_series_upside_down_keeps_its_signals(values):
    above, below = find_signals(values), find_signals([-value for value in values])
    assert all((above[rule] == below[rule]).all() for rule in above)


@given(standard)
def test_every_flag_belongs_to_an_event_and_no_event_is_without_one(values):
    flagged = {rule: set(np.flatnonzero(at)) for rule, at in find_signals(values).items()}
    events = find_events(values)
    for rule, places in flagged.items():
        reached = {
            place
            for event in events
            if event.rule == rule
            for place in range(event.first, event.last + 1)
        }
        assert places <= reached
    for event in events:
        assert event.last in flagged[event.rule]
        assert event.rule != "run" or event.last - event.first + 1 >= RUN


@settings(max_examples=30)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=30), st.integers(0, 400))
def test_a_baseline_at_or_before_the_first_point_changes_nothing(values, days_before):
    frame = pd.DataFrame(
        {
            "start": pd.date_range("2023-01-01", periods=len(values), freq="MS"),
            "cases": np.array(values, dtype="float64"),
            "status": pd.Series([""] * len(values), dtype="str"),
            "exposure": 30.0,
        }
    )
    first = date.fromordinal(date(2023, 1, 1).toordinal() - days_before)
    plain = judge_trend(frame, unit="month")
    based = judge_trend(frame, unit="month", baselines=[Baseline(first, "pengurus baru")])
    pd.testing.assert_frame_equal(
        plain.frame.drop(columns="segment"), based.frame.drop(columns="segment")
    )
    assert (plain.sentence, plain.signals) == (based.sentence, based.signals)
