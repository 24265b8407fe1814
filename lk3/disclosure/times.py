"""The units of time in which numbers leave for the public, and how a period is made of them.

In: from when to when reports are held, and the last day of the data. Out: `Times`: years with their
quarters and months, the windows of several years that reports pool, and the units of a period.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lk3.counts import Period
from lk3.counts.period import unit_end
from lk3.counts.pooling import pools

ALL = "all"  # everything that is held, where some of it has no date
UNITS = ("year", "quarter", "month")
Unit = Period | str


@dataclass(frozen=True)
class Times:
    """held: from the first to the last report; None without one. as_of: the day of the data.
    has_undated: whether some cases have no date.
    """

    held: Period | None
    as_of: date
    has_undated: bool = False

    def units(self, unit: str, *, inside: Period | None = None) -> list[Period]:
        """Every year, quarter or month of the years that are held, or of one of them."""
        if self.held is None:
            return []
        whole = inside or Period(date(self.held.start.year, 1, 1), date(self.held.end.year, 12, 31))
        return [Period(day, unit_end(day, unit)) for day in whole.units(unit)]

    @cached_property
    def windows(self) -> dict[Period, tuple[Period, ...]]:
        """Several years together, with their years: all that are held, and the last full ones."""
        years = self.units("year")
        if len(years) < 2:
            return {}
        pooled = [p.period for p in pools(self.held, self.as_of) if p.key.startswith("years")]
        spans = dict.fromkeys([Period(years[0].start, years[-1].end), *pooled])
        return {span: tuple(y for y in years if is_within(y, span)) for span in spans}

    def pieces(self, period: Period | None) -> tuple[Unit, ...] | None:
        """The fewest units that make up a period, () where nothing is held; None for a period that
        does not consist of whole months. What lies before the first report and after the last one
        makes no difference.
        """
        if period is None and self.has_undated:
            return (ALL,)
        years = self.units("year")
        if self.held is None or not years:
            return ()
        first, last = years[0].start, years[-1].end
        start = first if period is None or period.start <= self.held.start else period.start
        end = last if period is None or period.end >= self.held.end else period.end
        if end < first or start > last:
            return ()
        whole = Period(start, end)
        return self._cover(whole) if whole.is_whole_months else None

    def _cover(self, period: Period) -> tuple[Unit, ...]:
        if period in self.windows:
            return (period,)
        found: list[Period] = []
        for unit in UNITS:
            for each in self.units(unit):
                if is_within(each, period) and not any(is_within(each, p) for p in found):
                    found.append(each)
        return tuple(sorted(found))


def is_within(part: Period, whole: Period) -> bool:
    """Whether every day of a period lies in another."""
    return whole.start <= part.start and part.end <= whole.end
