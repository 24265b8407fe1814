"""What the slides of one report are made from: the data, the choice, and the released numbers.

In: a dataset, a city and a `Choice`. Out: `Material`, whose numbers have all come through
`disclosure` for the audience chosen.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, cast

import pandas as pd

from lk3 import language
from lk3.counts import Filter, Period
from lk3.dataset import Dataset
from lk3.decisions import Decision, decisions_in
from lk3.disclosure import (
    Released,
    ReleasedTable,
    public_lattice,
    release,
    release_categories,
    release_districts,
    release_units,
)
from lk3.indicators import INDICATORS, Context, compute_all
from lk3.indicators.activity import measure_change
from lk3.indicators.annotations import Baseline, baselines_in
from lk3.indicators.measure import SUPPRESSED
from lk3.indicators.planning import Planning, planning_in
from lk3.indicators.supply import members_by_profession, profession_gaps
from lk3.indicators.trend_summary import TrendSummary, trend_summary
from lk3.indicators.underserved import Supply, measure_supply
from lk3.indicators.usual import usual_rate
from lk3.language import _, number
from lk3.places import CITY, OUTSIDE, Places, population_in
from lk3.store import Notes
from lk3.vocabulary import vocabulary


@dataclass(frozen=True)
class Choice:
    """What somebody wants in a report.

    filter: its period is the report's. before: the period to compare with (default: the one just
    before). slides: keys in order, empty for all. baselines, unit: of the trend. planning:
    what planners have set. signed_by,
    position: for the block of the signature.
    """

    filter: Filter = field(default_factory=Filter)
    before: Period | None = None
    audience: str = "public"
    slides: tuple[str, ...] = ()
    prepared_on: date = field(default_factory=date.today)
    decisions: tuple[Decision, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    planning: Planning = field(default_factory=Planning)
    unit: str = "quarter"
    signed_by: str = ""
    position: str = ""


def choice_in(notes: Notes, **wishes: Any) -> Choice:
    """A choice with what the store holds for reports: decisions, baselines, what planners set."""
    return Choice(
        decisions=decisions_in(notes),
        baselines=baselines_in(notes),
        planning=planning_in(notes),
        **wishes,
    )


@dataclass(frozen=True, eq=False)
class Material:
    """The data behind a report and what may be said of them."""

    dataset: Dataset
    places: Places
    choice: Choice

    @cached_property
    def _context(self) -> Context:
        """What counts and indicators are made from: nothing of it leaves but what is released."""
        planning = self.choice.planning
        return Context(
            self.dataset.tables,
            self.choice.filter,
            self.places,
            self.dataset.as_of,
            requirements=planning.requirements,
            targets=planning.targets,
        )

    @cached_property
    def released(self) -> Released:
        """Every indicator as the audience may see it."""
        measures = compute_all(self._context)
        measures["cases_change"] = measure_change(self._context, before=self.choice.before)
        return release(
            measures,
            audience=self.choice.audience,
            context=self._context,
            before=self.choice.before,
        )

    @cached_property
    def supply(self) -> Supply | None:
        """Need, supply and shortfall; None when the audience may not see the shortfall, since all
        of it rests on the cases of all kelurahan.
        """
        hidden = self.measure("member_shortfall")["note"].str.contains(SUPPRESSED).any()
        return None if hidden else measure_supply(self._context)

    def trend(self, unit: str) -> TrendSummary:
        """The city's cases over time, by "month", "quarter" or "year". With one count hidden from
        the public it has no limits and no signals, which would help to work it out.
        """
        return trend_summary(
            self._context,
            unit,
            baselines=self.choice.baselines,
            release=lambda counts: release_units(
                counts, self._context, unit=unit, audience=self.choice.audience
            ),
        )

    @property
    def on(self) -> date:
        """The day for which members and open cases are counted."""
        return self._context.on

    @property
    def has_members(self) -> bool:
        """Whether there is a list of members."""
        return not self.dataset.tables.members.empty

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """Required professions and where they are missing, see `profession_gaps`: officials, so
        that nothing of it is hidden from anybody.
        """
        return profession_gaps(self._context)

    def lacking(self, profession: str) -> tuple[list[str], bool]:
        """Codes of the chosen kelurahan without a profession, and whether that is all of them."""
        people = members_by_profession(self._context)[profession]
        codes = [code for code in self.places.codes if self._context.chosen[code]]
        without = [code for code in codes if people[code] == 0]
        return without, len(without) == len(codes)

    @property
    def shows_rows(self) -> bool:
        """Whether it may be said how many rows the files hold: that is nearly the city's cases and
        those from outside.
        """
        return not self.is_public or not self._hides_cases

    @cached_property
    def _hides_cases(self) -> bool:
        return bool(public_lattice(self._context).hidden_areas(Filter())[[CITY, OUTSIDE]].any())

    @property
    def is_public(self) -> bool:
        """Whether small numbers are hidden."""
        return self.choice.audience == "public"

    def usual(self, key: str) -> float | None:
        """The usual rate of the whole place, for the classes of its maps: a round number of times
        the usual ones is all that is seen of it.
        """
        return usual_rate(key, self._context)

    def measure(self, key: str) -> pd.DataFrame:
        """One released measure by area."""
        return self.released.measures[key]

    def city(self, key: str) -> "pd.Series[Any]":
        """The city's row of a released measure."""
        return cast("pd.Series[Any]", self.measure(key).loc[CITY])

    def counted(self, by: str) -> ReleasedTable:
        """Cases of the period by one dimension, without those from outside the city: so the total
        is the city's number.
        """
        return release_categories(self._context, by, audience=self.choice.audience)

    @cached_property
    def districts(self) -> ReleasedTable:
        """Cases of the period by kecamatan, see `release_districts`."""
        return release_districts(self._context, audience=self.choice.audience)

    @property
    def period(self) -> str:
        """The period in words."""
        if self.choice.filter.period is not None:
            return self.choice.filter.period.label()
        observed = self._context.observed
        return observed.label() if observed else _("semua data")

    @property
    def where(self) -> str:
        """The place in words."""
        return ", ".join(self.choice.filter.districts) or self.places.title

    @property
    def filter_words(self) -> str:
        """What is looked at beside period and place; "" for everything."""
        chosen = [
            vocabulary(name).label(key)
            for name, keys in (
                ("problems", self.choice.filter.problems),
                ("professions", self.choice.filter.professions),
            )
            for key in keys
        ]
        return ", ".join(chosen)

    @property
    def footer(self) -> str:
        """Filter, version and day of the data, in one line."""
        version = self.dataset.version
        parts = [
            self.where,
            self.period,
            self.filter_words,
            _("data per {day}").format(day=language.long_date(self.dataset.as_of)),
            _("contoh bawaan")
            if version is None
            else _("versi {version}").format(version=number(version)),
            _("angka kecil disembunyikan") if self.is_public else _("untuk kalangan sendiri"),
        ]
        return " · ".join(part for part in parts if part)

    @property
    def population_words(self) -> str:
        """Which population the rates rest on, and whether it is an estimate."""
        people = population_in(self.dataset.tables.population, self.on.year)
        years = sorted({str(int(year)) for year in people["year"].dropna()})
        if not years:
            return _("belum ada")
        year = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
        text = _("perkiraan tahun {year}") if self._context.is_estimate else _("resmi tahun {year}")
        return text.format(year=year)

    def subtitle(self, key: str) -> str:
        """Measure, unit, place and period of an indicator; whether the population is estimated."""
        indicator = INDICATORS[key]
        parts = [f"{indicator.label} ({indicator.unit})", self.where, self.period]
        if self.measure(key)["note"].str.contains("estimate").any():
            parts.append(_("penduduk masih perkiraan"))
        return " · ".join(parts)

    def notes(self, *keys: str) -> tuple[str, ...]:
        """Method and source of indicators, for the speaker's notes."""
        said = []
        for key in keys:
            indicator = INDICATORS[key]
            source = _("Sumber: {source}").format(source=indicator.source)
            said += [f"{indicator.label}: {indicator.method}", source]
        return tuple(said)
