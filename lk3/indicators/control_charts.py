"""Control charts of counts over time: centre and limits, within which chance alone keeps a process.

In: arrays whose last axis is time (one series, or many at once for a simulation); NaN is a gap,
not zero. Out: `Limits` of the same shape. `suitable_chart` decides which chart suits which counts.

Sources: Wheeler, Understanding Variation (2000); NHS England, Making Data Count; Montgomery,
Introduction to Statistical Quality Control (c- and u-chart); Laney (2002) for the dispersion.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lk3.indicators.intervals import Floats
from lk3.language import N_

XMR, C_CHART, U_CHART = "xmr", "c_chart", "u_chart"
FEW_POINTS, FEW_CASES = "few_points", "few_cases"
CHARTS = {
    XMR: N_("bagan XmR (nilai tunggal dan rentang bergerak)"),
    C_CHART: N_("bagan c (cacah Poisson)"),
    U_CHART: N_("bagan u (cacah Poisson, menurut banyaknya hari)"),
}
LEAST_POINTS = 5  # Wheeler: limits become useful from five or six values on
TRIAL_UNDER = 13
LEAST_MEAN = 5.0  # cases per point, as for the funnel: under it the limits of 3 sigma mislead
SPREAD_BEYOND_CHANCE = 1.3  # Laney's sigma z; 1 when counts vary from point to point as Poisson
_D2 = 1.128  # expected moving range of two values in standard deviations
_MOVING_RANGE_UPPER = 3.267


@dataclass(frozen=True, eq=False)
class Limits:
    """Centre line, lower and upper limit of every point, NaN where there are none.

    sigma: a third of the distance from the centre to a limit that is not cut off at zero.
    """

    method: str
    centre: Floats
    lower: Floats
    upper: Floats
    sigma: Floats

    def standardised(self, values: ArrayLike) -> Floats:
        """Distance of the values from the centre in sigma; 0 where there is no spread at all."""
        away = np.asarray(values, dtype="float64") - self.centre
        return np.where(away == 0, 0.0, away / np.where(self.sigma > 0, self.sigma, np.nan))


def xmr_limits(values: ArrayLike) -> Limits:
    """Individuals: mean +- 2.66 (3 / 1.128) times the mean moving range, screened once: ranges over
    3.267 times their mean are left out. A range over a gap does not count. Lower limits are cut at
    0 where no value is negative.
    """
    x = np.asarray(values, dtype="float64")
    mean = _mean(x)
    spread = 3 / _D2 * mean_moving_range(x)
    lower = mean - spread
    is_count = np.nanmin(x, axis=-1, keepdims=True, initial=0) >= 0
    cut = np.where(is_count, np.maximum(lower, 0), lower)
    return _limits(XMR, x, mean, cut, mean + spread, spread / 3)


def mean_moving_range(values: ArrayLike) -> Floats:
    """Mean absolute difference of neighbours, screened once; keeps the last axis with length 1."""
    ranges = np.abs(np.diff(np.asarray(values, dtype="float64"), axis=-1))
    first = _mean(ranges)
    return _mean(np.where(ranges > _MOVING_RANGE_UPPER * first, np.nan, ranges))


def moving_range_limit(values: ArrayLike) -> Floats:
    """Upper limit of the moving ranges: 3.267 times their mean."""
    return _MOVING_RANGE_UPPER * mean_moving_range(values)


def c_limits(counts: ArrayLike) -> Limits:
    """Counts over equal exposure: mean +- 3 times its root; lower limits under 0 are cut at 0."""
    x = np.asarray(counts, dtype="float64")
    return _poisson_limits(C_CHART, x, np.ones_like(x))


def u_limits(counts: ArrayLike, exposure: ArrayLike) -> Limits:
    """Counts over unequal exposure (days, or person-years), as counts: with u = sum of the counts /
    sum of the exposure n, a point has centre n u and limits n u +- 3 sqrt(n u). Divided by n they
    are the u-chart's. A point without a positive exposure is a gap.
    """
    x = np.asarray(counts, dtype="float64")
    n = np.broadcast_to(np.asarray(exposure, dtype="float64"), x.shape)
    return _poisson_limits(U_CHART, x, np.where(n > 0, n, np.nan))


def spread_beyond_chance(counts: ArrayLike, exposure: ArrayLike) -> float:
    """How much more counts vary from point to point than Poisson counts do: Laney's sigma z, the
    mean moving range of the standardised counts / 1.128. A lasting shift does not raise it.
    """
    limits = u_limits(counts, exposure)
    return float(mean_moving_range(limits.standardised(counts)).item() / _D2)


def suitable_chart(counts: ArrayLike, exposure: ArrayLike) -> str:
    """Which chart a series of counts allows, or why none: under 5 points `few_points`, under 5
    cases per point `few_cases`; XmR where counts vary more than Poisson counts; else c-chart with
    equal exposure and u-chart with unequal.
    """
    x = np.asarray(counts, dtype="float64")
    held = ~np.isnan(x)
    if held.sum() < LEAST_POINTS:
        return FEW_POINTS
    if x[held].mean() < LEAST_MEAN:
        return FEW_CASES
    if spread_beyond_chance(x, exposure) > SPREAD_BEYOND_CHANCE:
        return XMR
    n = np.broadcast_to(np.asarray(exposure, dtype="float64"), x.shape)[held]
    return C_CHART if np.ptp(n) == 0 else U_CHART


def limits_of(method: str, counts: ArrayLike, exposure: ArrayLike) -> Limits:
    """The limits by a chart's key. Raises KeyError for any other."""
    makers = {
        XMR: lambda: xmr_limits(counts),
        C_CHART: lambda: c_limits(counts),
        U_CHART: lambda: u_limits(counts, exposure),
    }
    return makers[method]()


def _poisson_limits(method: str, x: Floats, n: Floats) -> Limits:
    held = np.where(np.isnan(x), np.nan, n)
    total = np.nansum(held, axis=-1, keepdims=True)
    seen = np.nansum(np.where(np.isnan(held), np.nan, x), axis=-1, keepdims=True)
    centre = n * np.divide(seen, total, out=np.full_like(seen, np.nan), where=total > 0)
    sigma = np.sqrt(centre)
    return _limits(method, x, centre, np.maximum(centre - 3 * sigma, 0), centre + 3 * sigma, sigma)


def _limits(
    method: str, x: Floats, centre: Floats, lower: Floats, upper: Floats, sigma: Floats
) -> Limits:
    parts = (np.broadcast_to(part, x.shape).copy() for part in (centre, lower, upper, sigma))
    return Limits(method, *parts)


def _mean(x: Floats) -> Floats:
    """Mean of what is held along the last axis, NaN without anything."""
    held = ~np.isnan(x)
    count = held.sum(axis=-1, keepdims=True)
    total = np.where(held, x, 0.0).sum(axis=-1, keepdims=True)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
