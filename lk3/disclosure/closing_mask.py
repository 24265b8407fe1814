"""When the public may see how long cases took: all that is said of it is decided at once.

In: days to closing of all cases, and which of the city's cases are hidden. Out: a mask with a row
for the cases closed, one each for those that are old enough and were closed within 30 or 90 days or
not, and one for the cases open for long. They are sums of cells that nobody publishes, cases of
one age and speed; no cell that is small, and no small sum of some that anybody can get by
subtracting, may follow from all that is published.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from lk3.counts.period import Period, unit_end
from lk3.disclosure.building import over_time
from lk3.disclosure.family import Family, Mask
from lk3.disclosure.lattice import Lattice
from lk3.disclosure.suppression import suppress
from lk3.disclosure.times import Unit
from lk3.places import CITY

_UNITS, _SPANS = ("year", "quarter"), (30, 90)
_MOST_YEARS = 12  # of more years no quarters are shown: their table would grow too large
_CASES, _UNTOLD, OPEN_LONG = "cases", "untold", "open long"
_LEAST, _MOST = 0.01, 5.0  # what is hidden first, and last: sums of years
_AGES, _SPEEDS = range(3), range(4)  # reported < 30, < 90 days ago; closed in 30, 90 days, later
CLOSED, IN_30, IN_90 = "closed", "in 30", "in 90"
_TOGETHER = ((CLOSED,), (IN_30, "not in 30"), (IN_90, "not in 90"))  # the last is hidden first
_PUBLISHED: dict[str, Callable[[int, int], bool]] = {
    "closed": lambda age, speed: speed < 3,
    "in 30": lambda age, speed: age > 0 and speed == 0,
    "not in 30": lambda age, speed: age > 0 and speed > 0,
    "in 90": lambda age, speed: age > 1 and speed < 2,
    "not in 90": lambda age, speed: age > 1 and speed > 1,
}
_IMPLIED: dict[str, Callable[[int, int], bool]] = {
    OPEN_LONG: lambda age, speed: age > 1 and speed == 3,  # published for all, see `open_days`
    "closed beside 30": lambda age, speed: speed < 3 and not (age > 0 and speed == 0),
    "closed beside 90": lambda age, speed: speed < 3 and not (age > 1 and speed < 2),
    "of 30 days": lambda age, speed: age < 1,
    "of 90 days": lambda age, speed: age < 2,
    "of 30 to 90 days": lambda age, speed: age == 1,
}


def closing_mask(times: pd.DataFrame, lattice: Lattice, *, as_of: date) -> Mask:
    """times: [reported_on, days (NaN: open)] of the city's cases, one row each. The row of
    the cases open for long on the last day holds for all that is held.
    """
    years = lattice.times.units("year")
    units_of_time = _UNITS if len(years) <= _MOST_YEARS else _UNITS[:1]
    cells, sums = over_time(_cells(times, lattice, as_of), lattice.times, units=units_of_time)
    rows = _rows()
    told = pd.DataFrame({name: cells.loc[list(parts)].sum() for name, parts in rows.items()}).T
    counts = pd.concat([cells, told])
    hides_cases = lattice.masks["city"].loc[CITY].reindex(counts.columns, fill_value=True)
    names, size = np.repeat(counts.index.to_numpy(), counts.shape[1]), len(counts)
    hidden = np.tile(hides_cases.to_numpy(dtype="bool"), size)
    units = np.tile(np.arange(counts.shape[1]), size)
    every = next(iter(lattice.times.windows), years[0] if years else None)
    is_all = np.isin(units, [at for at, unit in enumerate(counts) if unit == every])
    is_told, is_long = np.isin(names, list(_PUBLISHED)), (names == OPEN_LONG) & is_all
    is_known = np.isin(names, [_CASES, _UNTOLD])  # all days may be known to be told
    kinds = np.sum([at * np.isin(names, each) for at, each in enumerate(_TOGETHER)], axis=0)
    equations = Family(counts, rows, sums).equations()
    equations[: len(told) * counts.shape[1]] *= -1  # a total is one of time, not one of cells
    pooled = np.isin(units, [at for at, unit in enumerate(counts) if unit in lattice.times.windows])
    mask = suppress(
        counts.to_numpy(dtype="float64").ravel(),
        equations,
        threshold=lattice.threshold,
        hidden=hidden | ~(is_told | is_long | is_known),
        kept=is_known & ~hidden,
        free=is_known,
        together=np.where(is_told, units + kinds * counts.shape[1], -1),
        weights=np.where(is_long, _LEAST, np.where(pooled, _MOST, 1.0) / 2.0**kinds),
    )
    found = pd.DataFrame(mask.reshape(counts.shape), counts.index, counts.columns)
    return found.loc[[CLOSED, IN_30, IN_90, OPEN_LONG]]


def _rows() -> dict[str, tuple[str, ...]]:
    """The numbers that are published, or follow from those, with the cells that make them."""
    every = [(age, speed) for age in _AGES for speed in _SPEEDS]
    rows = {
        name: tuple(_cell(*each) for each in every if counts(*each))
        for name, counts in (_PUBLISHED | _IMPLIED).items()
    }
    still = tuple(_cell(age, 3) for age in _AGES)
    cases = tuple(_cell(*each) for each in every)
    return {_CASES: (*cases, _UNTOLD), "not closed": (*still, _UNTOLD), **rows}


def _cells(times: pd.DataFrame, lattice: Lattice, as_of: date) -> pd.DataFrame:
    """Cases by age and speed (rows), and those of which the days are not known, by unit."""
    age = np.sum([times["reported_on"] <= _days_before(as_of, days) for days in _SPANS], axis=0)
    slow = np.sum([~(times["days"] <= days) for days in _SPANS], axis=0)
    speed = slow + times["days"].isna().to_numpy()
    named = pd.Series([_cell(*each) for each in zip(age, speed, strict=True)], index=times.index)
    by_unit: dict[Unit, pd.Series] = {}
    for unit, letter in zip(_UNITS, ("Y", "Q"), strict=True):
        starts = times["reported_on"].dt.to_period(letter).dt.start_time.dt.date
        for start, kept in named.groupby(starts):
            by_unit[Period(start, unit_end(start, unit))] = kept.value_counts()
    rows = [_cell(age, speed) for age in _AGES for speed in _SPEEDS]
    city: Any = lattice.tables["city"].loc[CITY]
    units = [unit for name in _UNITS for unit in lattice.times.units(name)]
    nothing = pd.Series(dtype="float64")
    cells: Any = pd.DataFrame({u: by_unit.get(u, nothing) for u in units}, index=rows).fillna(0.0)
    untold = city.reindex(units, fill_value=0.0) - cells.sum()
    return pd.concat([cells, untold.to_frame(_UNTOLD).T])


def _cell(age: int, speed: int) -> str:
    return f"age {age}, speed {speed}"


def _days_before(day: date, days: int) -> pd.Timestamp:
    return pd.Timestamp(day - timedelta(days=days))
