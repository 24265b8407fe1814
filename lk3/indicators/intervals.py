"""Confidence intervals for counts, shares and the ratio of two counts, vectorised.

In: arrays of any equal shape (n areas, for instance). Out: (lower, upper) of the same shape, NaN
where there is no value. Nothing is ever infinite.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]
Bounds = tuple[Floats, Floats]
EXACT_UNDER = 10
EXACT, BYAR, WILSON, BINOMIAL = "poisson_exact", "byar", "wilson", "conditional_binomial"


def poisson_exact(count: ArrayLike, *, confidence: float = 0.95) -> Bounds:
    """Exact interval of a Poisson count: chi2(a/2; 2x)/2 to chi2(1-a/2; 2x+2)/2 (Garwood 1936).
    0 events: the lower bound is 0. chi2(p; 2k)/2 is the inverse incomplete gamma function of k.
    """
    x, tail = _counts(count), (1 - confidence) / 2
    lower = np.where(x > 0, special.gammaincinv(np.where(x > 0, x, 1), tail), 0.0)
    return np.where(np.isnan(x), np.nan, lower), special.gammaincinv(x + 1, 1 - tail)


def byar(count: ArrayLike, *, confidence: float = 0.95) -> Bounds:
    """Byar's approximation to the exact Poisson interval (Breslow & Day 1987, p. 69).
    0 events: the lower bound is 0.
    """
    x, z = _counts(count), special.ndtri(1 - (1 - confidence) / 2)
    some = np.where(x > 0, x, 1)
    lower = np.where(x > 0, x * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3, 0.0)
    more = x + 1
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return np.where(np.isnan(x), np.nan, np.maximum(lower, 0.0)), upper


def poisson(count: ArrayLike, *, confidence: float = 0.95) -> Bounds:
    """Exact under 10 events, Byar from 10: the practice of PHEindicatormethods."""
    few = _counts(count) < EXACT_UNDER
    exact, approximate = (f(count, confidence=confidence) for f in (poisson_exact, byar))
    return np.where(few, exact[0], approximate[0]), np.where(few, exact[1], approximate[1])


def poisson_method(count: ArrayLike) -> NDArray[np.str_]:
    """Which of the two methods `poisson` used for each count; "" without one."""
    x = _counts(count)
    return np.where(np.isnan(x), "", np.where(x < EXACT_UNDER, EXACT, BYAR))


def wilson(events: ArrayLike, total: ArrayLike, *, confidence: float = 0.95) -> Bounds:
    """Wilson's score interval of the share events/total (Wilson 1927), as shares 0..1.
    No value where the total is missing or not positive.
    """
    x, n = _counts(events), _positive(total)
    z = special.ndtri(1 - (1 - confidence) / 2)
    share = x / n
    centre = share + z**2 / (2 * n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    scale = 1 + z**2 / n
    # 0 of n and n of n: the bound is 0 or 1 exactly, whatever the rounding of the root says.
    lower = np.where(x == 0, 0.0, (centre - half) / scale)
    upper = np.where(x == n, 1.0, (centre + half) / scale)
    return np.where(np.isnan(share), np.nan, lower), np.where(np.isnan(share), np.nan, upper)


def ratio_of_counts(now: ArrayLike, before: ArrayLike, *, confidence: float = 0.95) -> Bounds:
    """Interval of the ratio of two Poisson counts over equal exposure.

    Given the sum, the first count is binomial; its exact (Clopper-Pearson) interval p gives the
    ratio p/(1-p) (Przyborowski & Wilenski 1940). No value when the count before is 0: the ratio
    has no upper bound there.
    """
    x, base, tail = _counts(now), _positive(before), (1 - confidence) / 2
    lower = np.where(x > 0, special.betaincinv(np.where(x > 0, x, 1), base + 1, tail), 0.0)
    upper = special.betaincinv(x + 1, base, 1 - tail)
    missing = np.isnan(x) | np.isnan(base)
    return (
        np.where(missing, np.nan, lower / (1 - lower)),
        np.where(missing, np.nan, upper / (1 - upper)),
    )


def _counts(values: ArrayLike) -> Floats:
    counts = np.asarray(values, dtype="float64")
    return np.where(counts >= 0, counts, np.nan)


def _positive(values: ArrayLike) -> Floats:
    totals = np.asarray(values, dtype="float64")
    return np.where(totals > 0, totals, np.nan)
