"""Who is first? Ranks with their uncertainty, and groups that cannot be told apart.

Each area's rate has a Gamma posterior: Poisson counts with a Gamma prior whose mean and variance
come from all areas (empirical Bayes by moments, Marshall 1991). Where the counts show no more
spread than chance gives, the prior still allows for some, so that ranks are never certain for want
of data. Ranks are taken in many seeded draws: the same data give the same answer.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lk3.indicators.smoothing import empirical_bayes

DRAWS = 10_000
_MOST_NUMBERS = 2_000_000  # of all areas together: a thousand areas have 2,000 draws each
SEED = 20230726
TOLD_APART_FROM = 0.9
LEAST_SPREAD = 0.25  # of the mean rate, as a standard deviation between areas
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ranks:
    """Rank of each area (1: the highest), the ends of its 95 % interval, and its group (1: the
    first); all (areas,), NaN for an area that has no value.
    """

    rank: Floats
    lower: Floats
    upper: Floats
    group: Floats


@dataclass(frozen=True)
class Posterior:
    """Gamma posterior of each area's rate per unit of exposure, (areas,); NaN without exposure."""

    shape: Floats
    rate: Floats

    @property
    def mean(self) -> Floats:
        """Mean of the rate."""
        return self.shape / self.rate

    def draw(self, *, draws: int | None = None, seed: int = SEED) -> Floats:
        """Draws of the rates, (draws, areas); 10,000 of them, fewer of very many areas."""
        draws = draws or draws_for(self.shape.size)
        usable = ~np.isnan(self.shape)
        found = np.full((draws, usable.size), np.nan)
        random = np.random.default_rng(seed)
        shape = self.shape[usable]
        found[:, usable] = random.gamma(shape, size=(draws, shape.size)) / self.rate[usable]
        return found

    def draw_with(self, rates: Floats, events: float, *, seed: int = SEED + 1) -> Floats:
        """Draws of the rates, had each area by itself so many more events: `rates` are its draws
        without them. Never lower, because a sum of Gammas of one rate is such a Gamma.
        """
        more = np.random.default_rng(seed).gamma(events, size=rates.shape)
        return rates + more / self.rate


def draws_for(areas: int) -> int:
    """How many draws are taken: the ends of an interval of 95 % rest on 50 draws at least."""
    return min(DRAWS, max(_MOST_NUMBERS // max(areas, 1), 2_000))


def posterior_rates(events: ArrayLike, exposure: ArrayLike) -> Posterior:
    """Posterior of the rates of areas. events, exposure: (areas,); zero events are usual."""
    count = np.asarray(events, dtype="float64")
    base = np.asarray(exposure, dtype="float64")
    usable = (base > 0) & ~np.isnan(count)
    prior = empirical_bayes(count, base)
    mean = prior.overall
    if not usable.any() or mean <= 0:
        nothing = np.full(count.shape, np.nan)
        return Posterior(nothing, nothing)
    variance = max(prior.variance, (LEAST_SPREAD * mean) ** 2)
    shape = np.where(usable, mean**2 / variance + count, np.nan)
    return Posterior(shape, np.where(usable, mean / variance + base, np.nan))


def rank_draws(draws: Floats, highest: Floats | None = None) -> Ranks:
    """Ranks from draws of any quantity, (draws, areas); the higher, the nearer to rank 1.

    Interval: 2.5 and 97.5 percentiles of the rank over the draws. Groups: from the highest mean
    down, an area joins the group while the group's first exceeds it in fewer than 90 % of draws.
    highest: draws of what each area by itself may be at most, where that is not settled; its best
    rank is taken with its highest among the others' draws, its worst with the others at their
    highest, and nobody exceeds it who does not exceed its highest.
    """
    usable = np.asarray(~np.isnan(draws).any(axis=0))
    part = draws[:, usable]
    high = part if highest is None else np.maximum(part, highest[:, usable])
    best, worst = _best_and_worst(part, high)
    low = np.percentile(best, 2.5, axis=0) if part.size else best[:0]
    far = np.percentile(worst, 97.5, axis=0) if part.size else worst[:0]
    order = np.argsort(-part.mean(axis=0), kind="stable")
    place = np.empty(order.size)
    place[order] = np.arange(1, order.size + 1)
    columns = (place, np.floor(low), np.ceil(far), _groups(part, high, order))
    return Ranks(*(_spread(column, usable) for column in columns))


def _best_and_worst(part: Floats, high: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rank of each area's highest among the others' draws, and of its draw among the others'
    highest; (draws, areas) each. One sort of both together counts who stands before whom.
    """
    size = part.shape[1]
    order = np.argsort(-np.hstack([high, part]), axis=1, kind="stable")  # of equals the high first
    is_high = order < size
    before = np.empty(order.shape, dtype="int64")
    np.put_along_axis(before, order, np.where(is_high, (~is_high).cumsum(1), is_high.cumsum(1)), 1)
    # Before its own draw stands always its own highest, which is the 1 that a rank begins with.
    return before[:, :size] + 1, before[:, size:]


def _groups(draws: Floats, highest: Floats, order: NDArray[np.intp]) -> Floats:
    groups = np.zeros(order.size)
    number, first = 0, -1
    for area in order:
        beaten = first >= 0 and (draws[:, first] > highest[:, area]).mean() >= TOLD_APART_FROM
        if first < 0 or beaten:
            number, first = number + 1, int(area)
        groups[area] = number
    return groups


def _spread(values: Floats, usable: NDArray[np.bool_]) -> Floats:
    found = np.full(usable.size, np.nan)
    if usable.any():
        found[usable] = values
    return found
