"""On which days the public may see how many cases are open.

In: when cases were open, and what is published of the city's cases and of their closing. Out: by
day, which of the open ones are shown. Of the cases that came in between two such days all is known,
so that the days give nothing back that is hidden between them; neither those that were closed in
between nor the open ones are few.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from lk3.counts import Period
from lk3.counts.period import unit_end
from lk3.disclosure.closing_mask import CLOSED, IN_30, IN_90, OPEN_LONG
from lk3.disclosure.family import Mask
from lk3.disclosure.lattice import Lattice
from lk3.disclosure.suppression import any_small
from lk3.indicators.closing import LONG_DAYS
from lk3.places import CITY


@dataclass(frozen=True)
class OpenDays:
    """The days on which open cases are shown, and of these the last of the data if also those open
    for long are; before `first` nothing was open.
    """

    shown: frozenset[date]
    long_shown: frozenset[date]
    first: date | None

    def hides(self, day: date) -> bool:
        """Whether the open cases of a day are hidden."""
        return self.first is not None and day >= self.first and day not in self.shown

    def hides_long(self, day: date) -> bool:
        """Whether those open for long are."""
        return self.first is not None and day >= self.first and day not in self.long_shown


def open_days(spells: pd.DataFrame, lattice: Lattice, closing: Mask, *, as_of: date) -> OpenDays:
    """spells: see `counts.open_spells`, of the city; closing: see `closing_mask`; as_of: the last
    day of the data, which is looked at first, then the ends of years and of quarters.
    """
    held = lattice.times.held
    if held is None:
        return OpenDays(frozenset(), frozenset(), None)
    left = {held.start - timedelta(days=1): 0.0}  # by day that is shown: how many are open no more
    for day in _candidates(held.start, as_of):
        if not _tells(lattice.masks["city"], lattice, day) or not all(
            _tells(closing.loc[[row]], lattice, day) for row in (CLOSED, IN_30, IN_90)
        ):
            continue
        still = _open_on(spells, day)
        gone = _reported_by(lattice, day) - still
        if not any_small([still, *_steps(left, day, gone)], threshold=lattice.threshold):
            left[day] = gone
    shown = frozenset(day for day in left if day >= held.start)
    hides_long = lattice.hidden_in(closing, _parts(lattice, as_of)[0])[OPEN_LONG]
    few = any_small(_by_age(spells, as_of), threshold=lattice.threshold)
    long = frozenset() if hides_long or few else shown & {as_of}
    return OpenDays(shown, long, held.start)


def _candidates(first: date, as_of: date) -> list[date]:
    """The last day of the data, then the ends of years and of quarters, the latest first."""
    ends = {
        unit_end(day, unit): None
        for unit in ("year", "quarter")
        for day in reversed(Period(min(first, as_of), as_of).units(unit))
    }
    return [as_of, *(end for end in ends if end < as_of)]


def _tells(mask: Mask, lattice: Lattice, day: date) -> bool:
    """Whether the numbers that are published add up to all that came in by a day."""
    every, before, after = _parts(lattice, day)
    told = [not lattice.hidden_in(mask, each).any() for each in (before, after, every) if each]
    return told[0] or all(told[1:])


def _reported_by(lattice: Lattice, day: date) -> float:
    """The city's cases up to a day."""
    _every, before, _after = _parts(lattice, day)
    city: Any = lattice.tables["city"].loc[CITY]
    windows = lattice.times.windows
    units = [
        part
        for unit in lattice.times.pieces(before) or ()
        for part in (windows.get(unit, (unit,)) if isinstance(unit, Period) else (unit,))
    ]
    return float(sum(city.get(unit, 0.0) for unit in units))


def _parts(lattice: Lattice, day: date) -> tuple[Period, Period, Period | None]:
    """All that is held, what of it came in by a day, and what after it: none after the last day of
    the data, nor after a quarter in which that lies.
    """
    years = lattice.times.units("year")
    first, last = years[0].start, years[-1].end
    whole = Period(first, last)
    if day >= min(lattice.times.as_of, last):
        return whole, whole, None
    return whole, Period(first, day), Period(day + timedelta(days=1), last)


def _open_on(spells: pd.DataFrame, day: date, *, since: date | None = None) -> float:
    """Cases open at the end of a day; since: of those that came in up to then."""
    came = spells["since"] <= pd.Timestamp(since or day)
    return float(spells.loc[came & ~(spells["until"] <= pd.Timestamp(day)), "cases"].sum())


def _by_age(spells: pd.DataFrame, day: date) -> list[float]:
    """The cases open for long, and the others."""
    long = _open_on(spells, day, since=day - timedelta(days=LONG_DAYS + 1))
    return [long, _open_on(spells, day) - long]


def _steps(left: Mapping[date, float], day: date, gone: float) -> list[float]:
    """How many were closed since the day before that is shown, and until the next one."""
    before = left[max(each for each in left if each < day)]
    after = [left[min(each for each in left if each > day)]] if day < max(left) else []
    return [gone - before, *(each - gone for each in after)]
