"""Rates of small areas drawn towards the rate of all, as far as chance explains their spread."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Smoothed:
    """Smoothed rates, (areas,); the overall rate; and the variance between areas that is more than
    chance, never under 0. At 0 all areas have the overall rate: the data tell none from another.
    """

    rates: Floats
    overall: float
    variance: float


def empirical_bayes(events: ArrayLike, exposure: ArrayLike) -> Smoothed:
    """Global empirical Bayes rates by moments (Marshall 1991), the variance clamped at 0.

    events, exposure: (areas,); an area without events is usual, one without a positive exposure or
    with a missing count gets no rate (NaN) and takes no part. Rates per unit of exposure.
    """
    count = np.asarray(events, dtype="float64")
    base = np.asarray(exposure, dtype="float64")
    usable = (base > 0) & ~np.isnan(count)
    if not usable.any():
        return Smoothed(np.full(count.shape, np.nan), np.nan, 0.0)
    x, raw = base[usable], count[usable] / base[usable]
    overall = float(count[usable].sum() / x.sum())
    spread = float((x * (raw - overall) ** 2).sum() / x.sum())
    variance = max(0.0, spread - overall / float(x.mean()))
    noise = variance + overall / x
    weight = np.divide(variance, noise, out=np.zeros_like(x), where=noise > 0)
    rates = np.full(count.shape, np.nan)
    rates[usable] = overall + weight * (raw - overall)
    return Smoothed(rates, overall, variance)
