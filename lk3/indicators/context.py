"""What an indicator is computed from: the tables, the filter, the places and the day of the data.

The counts that several indicators share are made once per context.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from lk3.counts import (
    Filter,
    Period,
    active_people,
    closing_times,
    count_cases,
    count_open_since,
    count_over_time,
    held_period,
    open_cases,
    unlisted_areas,
)
from lk3.counts.period import unit_end
from lk3.indicators.measure import area_index
from lk3.indicators.requirements import Requirements, default_requirements
from lk3.indicators.targets import Target, default_targets
from lk3.places import CITY, Places, population_in
from lk3.tables import Tables
from lk3.vocabulary import UNKNOWN


@dataclass(frozen=True, eq=False)
class Context:
    """Tables at one version, what is looked at, the city and the last day that the data cover.

    Counts here are Series over `area_index`: kelurahan, city (kelurahan + unknown), outside,
    unknown. With kecamatan chosen, the city's row is the sum of the chosen ones. requirements and
    targets: what planners have set, by default what the files say.
    """

    tables: Tables
    filter: Filter
    places: Places
    as_of: date
    requirements: Requirements = field(default_factory=default_requirements)
    targets: tuple[Target, ...] = field(default_factory=default_targets)
    _over_time: dict[tuple[Any, ...], pd.DataFrame] = field(
        default_factory=dict, init=False, repr=False
    )

    @cached_property
    def index(self) -> pd.Index:
        """The rows of every measure."""
        return area_index(self.places)

    @cached_property
    def everywhere(self) -> Filter:
        """The filter without its kecamatan: the city that an area is compared with is the whole."""
        return Filter(self.filter.period, self.filter.problems, self.filter.professions)

    @cached_property
    def held(self) -> Period | None:
        """The period from which cases are held."""
        return held_period(self.tables.cases)

    @cached_property
    def observed(self) -> Period | None:
        """The filter's period as far as the data go; without one, the whole months of what is held,
        the last of them as far as the data go.
        """
        last = max(self.as_of, self.held.end) if self.held else self.as_of
        if self.filter.period is not None:
            return self.filter.period.cut(last)
        if self.held is None:
            return None
        return Period(self.held.start, unit_end(self.held.end, "month")).cut(last)

    @property
    def on(self) -> date:
        """The day for which members and open cases are counted: the last of the period, or the
        last day of the data when the period runs on or is not chosen.
        """
        return min(self.filter.period.end, self.as_of) if self.filter.period else self.as_of

    @cached_property
    def chosen(self) -> pd.Series:
        """True for the rows that the chosen kecamatan hold, and for the city's own row."""
        rows = pd.Series(True, index=self.index)
        if self.filter.districts:
            wanted = [*self.places.codes_in(self.filter.districts), CITY]
            rows[:] = self.index.isin(wanted)
        return rows

    @cached_property
    def cases(self) -> pd.Series:
        """Cases of the period; NaN for a kelurahan whose count is not known (`unlisted`)."""
        counts = self.by_area(self.all_cases)
        return counts.mask(self.unlisted & (counts == 0))

    @cached_property
    def all_cases(self) -> pd.DataFrame:
        """Cases of the period by area, of every kecamatan: [kelurahan_code, cases]."""
        return count_cases(
            self.tables.cases, self.everywhere, by=("kelurahan_code",), places=self.places
        )

    @cached_property
    def unknown_cases(self) -> float:
        """Cases of the period whose kelurahan nobody knows: each may be any kelurahan's."""
        codes = self.all_cases["kelurahan_code"]
        return float(self.all_cases.loc[codes == UNKNOWN, "cases"].sum())

    @cached_property
    def unlisted(self) -> pd.Series:
        """True for a kelurahan that an incomplete recap of the period does not name: its count is
        what the other sources say at least, and nothing known where they say nothing.
        """
        return self.unlisted_by()

    def unlisted_by(self, *dimensions: str) -> pd.Series:
        """`unlisted` for cases that are counted by further dimensions."""
        codes = unlisted_areas(
            self.tables.cases, self.everywhere, dimensions=dimensions, places=self.places
        )
        return pd.Series(self.index.isin(codes), index=self.index) & self.chosen

    @cached_property
    def open_cases(self) -> pd.Series:
        """Cases open at the end of `on`, whenever reported."""
        found = open_cases(self.tables.cases, self.filter, on=self.on, places=self.places)
        return self.by_area(found)

    @cached_property
    def closing_times(self) -> pd.DataFrame:
        """One row per case of the period: [kelurahan_code, reported_on, days]."""
        return self.closing_times_by("kelurahan_code")

    def closing_times_by(self, *by: str) -> pd.DataFrame:
        """One row per case of the period: [*by, reported_on, days]; a closing after the data's last
        day has not happened yet.
        """
        times = closing_times(self.tables.cases, self.filter, by, places=self.places)
        so_far = (pd.Timestamp(self.as_of) - times["reported_on"]).dt.days
        known = times.assign(days=times["days"].where(times["days"] <= so_far))
        if (known["cases"] > 1).any():
            known = known.loc[known.index.repeat(known["cases"])]
        return known.drop(columns="cases")

    def cases_over_time(
        self, unit: str, by: tuple[str, ...], period: Period | None
    ) -> pd.DataFrame:
        """`count_over_time` for a period of its own, counted once: [unit, *by, cases]."""
        key = (unit, by, period)
        if key not in self._over_time:
            self._over_time[key] = count_over_time(
                self.tables.cases,
                replace(self.filter, period=period),
                unit=unit,
                by=by,
                until=period.end if period else self.as_of,
                places=self.places,
            )
        return self._over_time[key]

    def open_longer_than(self, days: int) -> pd.Series:
        """Cases open for more than `days` days."""
        cases = self.tables.cases
        found = count_open_since(cases, self.filter, on=self.on, days=days, places=self.places)
        return self.by_area(found)

    @cached_property
    def serving(self) -> pd.DataFrame:
        """Active people one by one, [kelurahan_code, profession, person], of the kelurahan chosen;
        of the whole city with the city-wide ones.
        """
        people = active_people(self.tables.members, on=self.on)
        if not self.filter.districts:
            return people
        return people[people["kelurahan_code"].isin(self.places.codes_in(self.filter.districts))]

    def members(
        self, *, professions: tuple[str, ...] = (), without: Sequence[str] = ()
    ) -> pd.Series:
        """Active members; the city's row holds each person once, city-wide people with them.
        without: kelurahan that do not count.
        """
        people, kinds = self.serving, professions or self.filter.professions
        people = people[~people["kelurahan_code"].isin(without)]
        if kinds:
            people = people[people["profession"].isin(kinds)]
        each = people[["kelurahan_code", "person"]].drop_duplicates()
        counts = each["kelurahan_code"].value_counts().reindex(self.index, fill_value=0)
        counts[CITY] = each["person"].nunique()
        return counts.where(self.chosen).astype("float64")

    @cached_property
    def population(self) -> pd.DataFrame:
        """Population of the year of `on`: [year, population, households, status] by code."""
        return self.population_of(self.on.year)

    def population_of(self, year: int) -> pd.DataFrame:
        """Population nearest to a year, by kelurahan; NaN where there is none."""
        return population_in(self.tables.population, year).reindex(self.places.codes)

    @cached_property
    def person_years(self) -> pd.Series:
        """Population of each year times the part of the year observed, by kelurahan; NaN when no
        population is held.
        """
        shares = self.observed.shares() if self.observed else {}
        parts = [self.population_of(y)["population"] * share for y, share in shares.items()]
        years = sum(parts, start=pd.Series(0.0, index=self.places.codes))
        return years.where(years > 0)

    @cached_property
    def is_estimate(self) -> bool:
        """Whether any population used is an estimate."""
        years = self.observed.shares() if self.observed else {self.on.year: 1.0}
        return any((self.population_of(year)["status"] == "estimate").any() for year in years)

    def by_area(self, counted: pd.DataFrame) -> pd.Series:
        """[kelurahan_code, count] as a Series over the index; NaN outside the chosen kecamatan."""
        code, name = counted.columns
        counts = counted.set_index(code)[name].reindex(self.index, fill_value=0).astype("float64")
        counts = counts.where(self.chosen)
        counts[CITY] = counts[[*self.places.codes, UNKNOWN]].sum()
        return counts
