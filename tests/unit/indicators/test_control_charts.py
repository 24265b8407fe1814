"""Limits against published worked examples.

NIST: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2 (individuals, flow rates) and 6.3.3.1
(counts, defects of 25 wafers). Montgomery: Introduction to Statistical Quality Control, c-chart of
26 samples of 100 printed circuit boards, and u-chart of 10 rolls of dyed cloth with unequal area.
"""

import numpy as np
import pytest

from lk3.indicators.control_charts import (
    C_CHART,
    FEW_CASES,
    FEW_POINTS,
    U_CHART,
    XMR,
    c_limits,
    limits_of,
    mean_moving_range,
    moving_range_limit,
    spread_beyond_chance,
    suitable_chart,
    u_limits,
    xmr_limits,
)

FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
WAFERS = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19,
          16, 31, 13]  # fmt: skip
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24,
          16, 19, 17, 15]  # fmt: skip
CLOTH = [14, 12, 20, 11, 7, 10, 21, 16, 19, 23]
CLOTH_UNITS = np.array([500, 400, 650, 500, 475, 500, 600, 525, 600, 625]) / 50


def test_individuals_of_the_nist_handbook():
    limits = xmr_limits(FLOW)
    assert limits.centre[0] == pytest.approx(50.81)
    assert mean_moving_range(FLOW).item() == pytest.approx(1.8778, abs=5e-5)
    assert limits.upper[0] == pytest.approx(55.8041, abs=5e-5)
    assert limits.lower[0] == pytest.approx(45.8159, abs=5e-5)


def test_upper_limit_of_the_moving_range_is_3267_times_its_mean():
    assert moving_range_limit(FLOW).item() == pytest.approx(3.267 * 1.8778, abs=2e-4)


def test_counts_of_the_nist_handbook():
    limits = c_limits(WAFERS)
    assert (limits.centre[0], limits.lower[0], limits.upper[0]) == (16, 4, 28)


def test_circuit_boards_of_montgomery():
    limits = c_limits(BOARDS)
    lines = (limits.centre[0], limits.lower[0], limits.upper[0])
    assert lines == pytest.approx((19.85, 6.48, 33.22), abs=0.011)
    outside = (limits.standardised(BOARDS) > 3) | (limits.standardised(BOARDS) < -3)
    assert list(np.flatnonzero(outside) + 1) == [6, 20]


def test_dyed_cloth_of_montgomery_with_unequal_exposure():
    limits = u_limits(CLOTH, CLOTH_UNITS)
    upper = [2.55, 2.68, 2.41, 2.55, 2.58, 2.55, 2.45, 2.52, 2.45, 2.43]
    lower = [0.29, 0.16, 0.43, 0.29, 0.26, 0.29, 0.39, 0.32, 0.39, 0.41]
    assert limits.centre / CLOTH_UNITS == pytest.approx(1.42, abs=0.005)
    # The book goes on with the mean rounded to 1.42.
    assert limits.upper / CLOTH_UNITS == pytest.approx(upper, abs=0.011)
    assert limits.lower / CLOTH_UNITS == pytest.approx(lower, abs=0.011)


def test_one_wild_range_is_screened_once():
    """Ranges 1, 1, ..., 1, 30, 30: their mean is 6.27, so 30 lies over 3.267 times it; what is left
    has mean 1.
    """
    values = [10, 11, 10, 11, 10, 11, 10, 11, 10, 40, 10]
    assert mean_moving_range(values).item() == pytest.approx(1)


def test_a_range_over_a_gap_does_not_count():
    assert mean_moving_range([10, 12, np.nan, 90, 92]).item() == 2


def test_limits_of_counts_are_never_negative():
    assert xmr_limits([0, 9, 1, 8, 0]).lower[0] == 0
    assert c_limits([4, 5, 6]).lower[0] == 0
    assert xmr_limits([-20, 9, 1, 8, 0]).lower[0] < 0


def test_equal_values_have_no_spread_and_no_signal():
    limits = xmr_limits([7] * 12)
    assert (limits.lower == limits.upper).all()
    assert (limits.standardised([7] * 12) == 0).all()


def test_a_gap_has_no_value_but_keeps_the_limits_of_its_exposure():
    limits = u_limits([10, np.nan, 12], [31, 28, 31])
    assert limits.centre == pytest.approx([11, 11 * 28 / 31, 11])
    assert np.isnan(limits.standardised([10, np.nan, 12])[1])


@pytest.mark.parametrize(
    ("counts", "exposure", "chart"),
    [
        ([9, 11, 10, 8], 30, FEW_POINTS),
        ([4, 5, 6, 4, 5, 5], 30, FEW_CASES),
        ([9, 11, 10, 8, 12, 10], 30, C_CHART),
        ([9, 11, 10, 8, 12, 10], [31, 28, 31, 30, 31, 30], U_CHART),
        ([5, 40, 6, 38, 4, 41], 30, XMR),
        ([np.nan, 9, 11, np.nan, 10, 8], 30, FEW_POINTS),
    ],
)
def test_the_counts_decide_the_chart(counts, exposure, chart):
    assert suitable_chart(counts, np.broadcast_to(exposure, len(counts))) == chart


def test_a_lasting_shift_does_not_count_as_more_spread_than_chance():
    """A new level is a signal to find, not a reason to widen the limits until it is gone."""
    draw = np.random.default_rng(7)
    shifted = np.concatenate([draw.poisson(9, 40), draw.poisson(18, 40)])
    assert spread_beyond_chance(shifted, np.ones(80)) < 1.3
    assert shifted.var() / shifted.mean() > 2


def test_spread_of_poisson_counts_is_one_and_of_doubled_ones_more():
    counts = np.random.default_rng(7).poisson(12, 3000)
    assert spread_beyond_chance(counts, np.ones(3000)) == pytest.approx(1, abs=0.05)
    assert spread_beyond_chance(2 * counts, np.ones(3000)) == pytest.approx(2**0.5, abs=0.07)


def test_a_chart_that_does_not_exist_has_no_limits():
    with pytest.raises(KeyError):
        limits_of("p_chart", [1], [1])
