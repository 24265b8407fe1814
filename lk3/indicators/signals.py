"""Signals: patterns that chance alone seldom leaves in a control chart.

In: values standardised by their chart (`Limits.standardised`), last axis time, NaN a gap. Out: for
each rule the points at which it is met. A gap, a tie and a point on the centre line break a
pattern. Rules and their lengths: NHS England, Making Data Count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lk3.indicators.control_charts import XMR, c_limits, xmr_limits
from lk3.indicators.intervals import Floats
from lk3.language import N_

RUN = 7
OUTSIDE_LIMITS, ONE_SIDE, TWO_OF_THREE, MONOTONE = "outside", "run", "two_of_three", "monotone"
SIGNALS = {
    OUTSIDE_LIMITS: N_("di luar batas"),
    ONE_SIDE: N_("tujuh atau lebih berturut-turut di satu sisi rata-rata"),
    TWO_OF_THREE: N_("dua dari tiga mendekati batas"),
    MONOTONE: N_("tujuh atau lebih berturut-turut naik atau turun"),
}
Flags = NDArray[np.bool_]
_SERIES, _SEED = 4000, 20230726


@dataclass(frozen=True)
class Event:
    """One pattern: its rule, the positions of its first and last point, and whether it lies above
    the centre line (for `monotone`: whether it rises).
    """

    rule: str
    first: int
    last: int
    is_up: bool


def find_signals(z: ArrayLike) -> dict[str, Flags]:
    """For each rule the points at which it is met, from the point on that completes it: a point
    beyond 3 sigma; the seventh and later of a run on one side; the second or third of three beyond
    2 sigma on one side; the seventh and later of a run that rises or falls.
    """
    values = np.asarray(z, dtype="float64")
    sides = (values, -values)
    rising = (_steps(values) > 0, _steps(values) < 0)
    return {
        OUTSIDE_LIMITS: np.abs(values) > 3,
        ONE_SIDE: _either(_counted(side > 0, RUN, RUN) for side in sides),
        TWO_OF_THREE: _either(_counted(side > 2, 3, 2) & (side > 2) for side in sides),
        MONOTONE: _either(_counted(steps, RUN - 1, RUN - 1) for steps in rising),
    }


def find_events(z: ArrayLike) -> list[Event]:
    """The patterns of one series, each once, in the order in which they end."""
    values = np.asarray(z, dtype="float64")
    found = find_signals(values)
    before = {OUTSIDE_LIMITS: 0, ONE_SIDE: RUN - 1, TWO_OF_THREE: 2, MONOTONE: RUN - 1}
    steps = _steps(values)
    events = [
        Event(rule, max(first - before[rule], 0), last, bool(_side(rule, values, steps)[last] > 0))
        for rule, flags in found.items()
        for first, last in _stretches(flags, np.sign(_side(rule, values, steps)), rule)
    ]
    return sorted(events, key=lambda event: (event.last, event.first))


def false_alarm_share(points: int, method: str, mean: float, *, last: int = 0) -> float:
    """Share of series without any change that still show at least one signal among their `last`
    points (0: all), by simulation (4,000 seeded series): Poisson counts with this mean, or normal
    values for the XmR chart. Limits come from the series itself, as on a page.
    """
    return float(_false_alarm_shares(points, method, mean)[-last])


@lru_cache(maxsize=256)
def _false_alarm_shares(points: int, method: str, mean: float) -> Floats:
    """`false_alarm_share` from each point on to the last one."""
    draw = np.random.default_rng(_SEED)
    if method == XMR:
        series = draw.normal(100, 10, (_SERIES, points))
        limits = xmr_limits(series)
    else:
        series = draw.poisson(mean, (_SERIES, points)).astype("float64")
        limits = c_limits(series)
    found = find_signals(limits.standardised(series))
    shown = _either(found.values())[:, ::-1]
    return np.logical_or.accumulate(shown, axis=-1).mean(axis=0)[::-1]


def _side(rule: str, values: Floats, steps: Floats) -> Floats:
    return steps if rule == MONOTONE else values


def _stretches(flags: Flags, sign: Floats, rule: str) -> Sequence[tuple[int, int]]:
    """First and last position of flagged neighbours on one side; each outside point alone."""
    at = np.flatnonzero(flags)
    if len(at) == 0:
        return []
    breaks = (np.diff(at) > 1) | (sign[at][1:] != sign[at][:-1]) | (rule == OUTSIDE_LIMITS)
    parts = np.split(at, np.flatnonzero(breaks) + 1)
    return [(int(part[0]), int(part[-1])) for part in parts]


def _steps(values: Floats) -> Floats:
    """Change on the point before; NaN at the first."""
    return np.diff(values, axis=-1, prepend=np.nan)


def _counted(hits: Flags, window: int, least: int) -> Flags:
    """Where at least `least` of the last `window` points are hits."""
    before = np.zeros((*hits.shape[:-1], window), dtype="int64")
    total = np.concatenate([before, np.cumsum(hits, axis=-1)], axis=-1)
    return total[..., window:] - total[..., :-window] >= least


def _either(flags: Iterable[Flags]) -> Flags:
    return np.logical_or.reduce(list(flags))
