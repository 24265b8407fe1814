"""What holds for every interval, every measure and everything that is released."""

from datetime import date

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lk3.counts import Filter, Period
from lk3.disclosure import release
from lk3.disclosure.suppression import hidden_ranges, suppress
from lk3.indicators import INDICATORS, compute
from lk3.indicators.funnel import funnel_verdict
from lk3.indicators.intervals import byar, poisson, poisson_exact, ratio_of_counts, wilson
from tests.tables_for_tests import PLACES, case_table, context_of, member_table

counts = st.integers(0, 5000)
confidences = st.floats(0.5, 0.999)
AREAS = [*PLACES.codes, "unknown", "outside"]


@given(counts, confidences)
def test_poisson_intervals_hold_the_count_and_widen_with_confidence(count, confidence):
    for interval in (poisson_exact, byar, poisson):
        lower, upper = interval(count, confidence=confidence)
        # Byar at little confidence may cross the count by its own error of approximation.
        assert 0 <= lower <= count <= upper or interval is byar
        wider = interval(count, confidence=min(0.9999, confidence + 0.0005))
        assert wider[0] <= lower
        assert upper <= wider[1]


@given(counts, counts, confidences)
def test_wilson_intervals_hold_the_share_and_widen_with_confidence(a, b, confidence):
    total, events = max(a, b), min(a, b)
    assume(total > 0)
    lower, upper = wilson(events, total, confidence=confidence)
    assert 0 <= lower <= events / total + 1e-12
    assert events / total - 1e-12 <= upper <= 1
    wider = wilson(events, total, confidence=min(0.9999, confidence + 0.0005))
    assert wider[0] <= lower + 1e-12
    assert upper - 1e-12 <= wider[1]


@given(st.integers(0, 500), st.integers(1, 500), confidences)
def test_ratio_intervals_hold_the_ratio_and_turn_with_it(now, before, confidence):
    lower, upper = ratio_of_counts(now, before, confidence=confidence)
    assert lower <= now / before <= upper
    if now:
        turned = ratio_of_counts(before, now, confidence=confidence)
        np.testing.assert_allclose([1 / turned[1], 1 / turned[0]], [lower, upper], rtol=1e-6)


@given(counts, st.floats(0.1, 5000))
def test_one_more_event_never_lowers_a_verdict(count, expected):
    order = ["strongly_below", "below", "like_city", "above", "strongly_above"]
    first, second = funnel_verdict([count, count + 1], [expected, expected])
    assert (first == "too_few") == (expected < 5) == (second == "too_few")
    if expected >= 5:
        assert order.index(first) <= order.index(second)


area_counts = st.lists(
    st.sampled_from([0, 0, 1, 2, 4, 5, 9, 20, 60]), min_size=len(AREAS), max_size=len(AREAS)
)


def context_with(numbers):
    rows = [
        {"kelurahan_code": code, "cases": n, "status": "proses"}
        for code, n in zip(AREAS, numbers, strict=True)
        if n
    ]
    year = Filter(Period.year(2023))
    team = member_table({"member_id": "1"}, {"member_id": "2", "kelurahan_code": "city"})
    return context_of(case_table(*rows), year, members=team, as_of=date(2023, 12, 31))


def measures_of(numbers, keys=tuple(INDICATORS)):
    context = context_with(numbers)
    return {key: compute(key, context) for key in keys}


@given(area_counts)
@settings(max_examples=4)
def test_the_city_is_the_sum_of_its_parts_and_nothing_is_infinite(numbers):
    found = measures_of(numbers)
    for key in ("cases", "clients", "problems", "open_over_90_days"):
        values = found[key]["value"]
        assert values["city"] == values[[*PLACES.codes, "unknown"]].sum(), key
    assert found["cases"].at["city", "value"] == sum(numbers[:-1])
    assert found["case_rate_per_10k"].at["city", "n"] == sum(numbers[:-2])
    for key, frame in found.items():
        assert not np.isinf(frame.select_dtypes("number").to_numpy()).any(), key


@given(area_counts, st.integers(0, len(PLACES.codes) - 1))
@settings(max_examples=5)
def test_one_more_case_never_lowers_a_rate_or_a_load(numbers, place):
    more = [n + (i == place) for i, n in enumerate(numbers)]
    keys = ("cases", "case_rate_per_10k", "open_cases_per_member")
    before, after = measures_of(numbers, keys), measures_of(more, keys)
    code = PLACES.codes[place]
    for key in keys:
        for area in (code, "city"):
            old, new = (found[key].loc[area, ["value", "upper"]] for found in (before, after))
            assert (new.fillna(np.inf) >= old.fillna(-np.inf)).all(), key


@given(area_counts)
@settings(max_examples=8)
def test_no_small_count_of_cases_is_released(numbers):
    keys = ("cases", "clients", "problems", "case_rate_per_10k", "open_cases_per_member")
    found, context = measures_of(numbers, keys), context_with(numbers)
    public = release(found, audience="public", context=context).measures
    for key in keys:
        shown = public[key]["n"].dropna()
        assert ((shown == 0) | (shown >= 5)).all(), key
        kept = public[key]["note"] != "suppressed"
        columns = ["value", "n"] if key == "case_rate_per_10k" else list(found[key])
        areas = kept & (kept.index != "city")
        assert public[key].loc[areas, columns].equals(found[key].loc[areas, columns]), key
    again = release(found, audience="public", context=context).measures
    assert all(again[key].equals(public[key]) for key in public)


@given(st.lists(st.integers(0, 12), min_size=12, max_size=12), st.integers(2, 8))
@settings(max_examples=15)
def test_every_hidden_small_cell_of_a_table_keeps_the_range_of_a_small_count(numbers, threshold):
    inner = np.array(numbers, dtype=float).reshape(4, 3)
    grid = np.vstack([inner, inner.sum(axis=0)])
    grid = np.hstack([grid, grid.sum(axis=1, keepdims=True)])
    cell = np.arange(20).reshape(5, 4)
    equations = []
    for lines in (cell, cell.T):
        for line in lines:
            row = np.zeros(20)
            row[line[:-1]], row[line[-1]] = 1, -1
            equations.append(row)
    matrix = np.array(equations)
    mask = suppress(grid.ravel(), matrix, threshold=threshold)
    low, high = hidden_ranges(grid.ravel(), matrix, mask)
    small = (grid.ravel() > 0) & (grid.ravel() < threshold)
    assert mask[small].all()
    assert np.min((high - low)[small], initial=99) >= threshold - 1 - 1e-6
