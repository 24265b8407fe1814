"""Expected values: the team's table of published intervals (PHEindicatormethods; Breslow & Day)."""

import numpy as np
import pytest
from scipy import stats

from lk3.indicators.intervals import (
    byar,
    poisson,
    poisson_exact,
    poisson_method,
    ratio_of_counts,
    wilson,
)

TABLE = [
    (0, 0.95, 0.0, 3.688879),
    (1, 0.95, 0.025318, 5.571643),
    (5, 0.95, 1.623486, 11.668332),
    (20, 0.95, 12.211429, 30.889880),
    (65, 0.95, 50.163188, 82.849139),
    (1, 0.998, 0.001001, 9.233413),
    (5, 0.998, 0.739372, 16.454745),
    (20, 0.998, 8.922802, 38.085036),
    (65, 0.998, 42.880261, 94.000291),
]


@pytest.mark.parametrize(("count", "confidence", "lower", "upper"), TABLE)
def test_poisson_interval_is_the_published_one(count, confidence, lower, upper):
    found = poisson(count, confidence=confidence)
    assert found == (pytest.approx(lower, abs=1e-6), pytest.approx(upper, abs=1e-6))


def test_all_counts_at_once_give_the_same_as_each_alone():
    counts = [row[0] for row in TABLE if row[1] == 0.95]
    lower, upper = poisson(counts)
    assert lower == pytest.approx([row[2] for row in TABLE if row[1] == 0.95], abs=1e-6)
    assert upper == pytest.approx([row[3] for row in TABLE if row[1] == 0.95], abs=1e-6)


def test_exact_under_ten_and_byar_from_ten():
    assert poisson_method([0, 9, 10, np.nan]).tolist() == [
        "poisson_exact",
        "poisson_exact",
        "byar",
        "",
    ]
    assert poisson(9)[0] == poisson_exact(9)[0]
    assert poisson(10)[0] == byar(10)[0] != poisson_exact(10)[0]


@pytest.mark.parametrize("count", [1, 4, 9])
def test_exact_bounds_leave_half_of_the_rest_on_either_side(count):
    lower, upper = poisson_exact(count)
    assert stats.poisson.sf(count - 1, lower) == pytest.approx(0.025)
    assert stats.poisson.cdf(count, upper) == pytest.approx(0.025)


def test_wilson_interval_is_the_published_one():
    lower, upper = wilson(65, 100)
    assert (lower, upper) == (pytest.approx(0.552544, abs=1e-6), pytest.approx(0.736358, abs=1e-6))


def test_wilson_stays_between_nought_and_one():
    lower, upper = wilson([0, 7], [7, 7])
    assert (lower[0], upper[1]) == (0.0, 1.0)
    # 0 of n: the upper bound is z2/(n + z2).
    assert upper[0] == pytest.approx(3.841459 / 10.841459, abs=1e-6)


@pytest.mark.parametrize("total", [0, -3, np.nan])
def test_a_share_of_nothing_has_no_interval(total):
    assert all(np.isnan(bound) for bound in wilson(0, total))
    assert all(np.isnan(bound) for bound in ratio_of_counts(3, total))


def test_a_missing_or_negative_count_has_no_interval():
    for bounds in (poisson([np.nan, -1]), poisson_exact([np.nan, -1]), byar([np.nan, -1])):
        assert all(np.isnan(bound).all() for bound in bounds)


def test_ratio_bounds_leave_half_of_the_rest_on_either_side_of_the_conditional_binomial():
    lower, upper = ratio_of_counts(30, 20)
    assert stats.binom.sf(29, 50, lower / (1 + lower)) == pytest.approx(0.025)
    assert stats.binom.cdf(30, 50, upper / (1 + upper)) == pytest.approx(0.025)


def test_ratio_interval_agrees_with_the_exact_binomial_test():
    # Clopper-Pearson for 30 of 50, 95 %: 0.4518 to 0.7359 (R: binom.test(30, 50)).
    lower, upper = ratio_of_counts(30, 20)
    assert lower / (1 + lower) == pytest.approx(0.4518, abs=5e-5)
    assert upper / (1 + upper) == pytest.approx(0.7359, abs=5e-5)


def test_a_fall_to_nought_is_bounded_below_by_nought():
    lower, upper = ratio_of_counts(0, 4)
    assert lower == 0
    # No event out of four: 1 - 0.025 ** (1/4) of all, so its odds.
    share = 1 - 0.025**0.25
    assert upper == pytest.approx(share / (1 - share))
