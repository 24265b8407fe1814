"""Which counts of one version of the data the public may see: decided once, for all exports.

In: the cases of a version. Out: `Lattice`, which says of any filter what of it is hidden. A number
leaves only as a sum of units that are themselves published, so that no two exports, whatever their
filters and periods, can be put against each other to give a hidden count back.
"""

import weakref
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from lk3.counts import Filter, Period
from lk3.disclosure import building
from lk3.disclosure.building import district_row
from lk3.disclosure.family import Mask
from lk3.disclosure.times import Times
from lk3.places import CITY, OUTSIDE, Places
from lk3.vocabulary import UNKNOWN

RATED = "rated"  # the kelurahan together, without the cases that have none
_MOST_KEPT = 4
_kept: dict[tuple[object, ...], tuple["weakref.ref[pd.DataFrame]", "Lattice"]] = {}


def lattice_of(cases: pd.DataFrame, places: Places, *, as_of: date, threshold: int) -> "Lattice":
    """The lattice of a version, made once for each. cases: `tables.CASES`; as_of: its last day."""
    key = (id(cases), tuple(places.areas["district"].items()), as_of, threshold)
    found = _kept.get(key)
    if found is None or found[0]() is not cases:
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        found = _kept[key] = (
            weakref.ref(cases),
            _build(cases, places, as_of, threshold),
        )
    return found[1]


def _build(cases: pd.DataFrame, places: Places, as_of: date, threshold: int) -> "Lattice":
    tables = building.count_all(cases, places)
    times = building.times_of(cases, tables, as_of=as_of)
    return Lattice(tables, places, times, threshold)


@dataclass(frozen=True, eq=False)
class Lattice:
    """What is hidden of the cases of a version.

    tables: the counts of all families, see `building.count_all`. Every mask has one row per
    category and one column per unit of time, True where hidden; a unit without a column is hidden.
    """

    tables: building.Tables
    places: Places
    times: Times
    threshold: int

    @cached_property
    def masks(self) -> dict[str, Mask]:
        """The masks of all families; "city" is the city's own series."""
        return building.masks(self.tables, self.places, self.times, threshold=self.threshold)

    def hidden(self, family: str, period: Period | None) -> "pd.Series[bool]":
        """True where a category is hidden in a period: where any unit of the period is. family:
        "city", "area", "problem" or "profession".
        """
        return self.hidden_in(self.masks[family], period)

    def hidden_in(self, mask: Mask, period: Period | None) -> "pd.Series[bool]":
        """True by row of a mask where any unit of the period is hidden."""
        units = self.times.pieces(period)
        if units is None:
            return pd.Series(True, index=mask.index)
        asked = pd.DataFrame({u: mask.get(u, True) for u in units}, index=mask.index, dtype="bool")
        return asked.any(axis=1)

    def hidden_areas(self, filter: Filter) -> "pd.Series[bool]":
        """True where the cases of a filter are hidden, by kelurahan, city, outside, unknown, and
        "rated", that is the city without its unknown ones.

        Kelurahan have numbers for all problems and professions together only; with some of those
        chosen there is the city's row alone. With kecamatan chosen, that row is their sum.
        """
        rows = [*self.places.codes, CITY, OUTSIDE, UNKNOWN, RATED]
        if filter.problems or filter.professions:
            hidden = pd.Series(True, index=rows)
            hidden[CITY] = self._hides_categories(filter)
            return hidden
        hidden = self.hidden("area", filter.period)
        if not filter.districts:
            hidden[RATED] = hidden[CITY] or hidden[UNKNOWN]
            return hidden.reindex(rows)
        inside = self.places.codes_in(filter.districts)
        together = hidden[[district_row(name) for name in filter.districts]].any()
        chosen = hidden.reindex(inside).reindex(rows, fill_value=True)
        chosen[[CITY, RATED]] = bool(together and hidden[inside].any())
        return chosen

    def hidden_categories(self, dimension: str, filter: Filter) -> "pd.Series[bool]":
        """True where the city's cases of a problem or a profession are hidden, by its key: all of
        them when the filter chooses anything beside the period.
        """
        hidden = self.hidden(dimension, filter.period).drop(CITY)
        return hidden | bool(filter.problems or filter.professions or filter.districts)

    def _hides_categories(self, filter: Filter) -> bool:
        """Whether the sum of the chosen problems, or of the chosen professions, is hidden."""
        if filter.districts or (filter.problems and filter.professions):
            return True
        family = "problem" if filter.problems else "profession"
        hidden = self.hidden(family, filter.period)
        return bool(hidden.reindex(filter.problems or filter.professions, fill_value=False).any())
