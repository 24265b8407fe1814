"""What a page gets: the data, what is looked at, and the measures of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import pandas as pd
import streamlit as st

from lk3.counts import Filter, Period
from lk3.counts.aggregation import left_out
from lk3.counts.cases import codes_of
from lk3.disclosure import Released
from lk3.indicators import Context
from lk3.language import _
from lk3.places import CITY, Places
from lk3.tables import Tables
from lk3.ui.data import Held, context_for, held_data, released_measures
from lk3.ui.filters import selected_kelurahan

_FILTER = "filter"


def remember_filter(filter: Filter) -> None:
    """Keep the filter that the entry point has read, for the page and its fragments."""
    st.session_state[_FILTER] = filter


def current_view() -> "View":
    """What this session looks at. Raises NotLetInError."""
    held = held_data()
    return View(held, st.session_state.get(_FILTER, Filter()), selected_kelurahan(held))


@dataclass(frozen=True, eq=False)
class View:
    """The active data, the filter and the chosen kelurahan."""

    held: Held
    filter: Filter
    selected: str | None

    @property
    def places(self) -> Places:
        """The city."""
        return self.held.places

    @property
    def tables(self) -> Tables:
        """The tables at the active version."""
        return self.held.dataset.tables

    @cached_property
    def context(self) -> Context:
        """What further counts are made from."""
        return context_for(self.held, self.filter)

    @cached_property
    def released(self) -> Released:
        """Every indicator of the filter."""
        return released_measures(self.held, self.filter)

    def measure(self, key: str) -> pd.DataFrame:
        """One indicator by area."""
        return self.released.measures[key]

    def row(self, key: str, code: str = CITY) -> "pd.Series[Any]":
        """One indicator of one area."""
        return cast("pd.Series[Any]", self.measure(key).loc[code])

    def within(self, *, districts: tuple[str, ...]) -> "View":
        """The same, looked at in these kecamatan only."""
        filter = self.filter
        narrowed = Filter(filter.period, filter.problems, filter.professions, districts)
        return View(self.held, narrowed, self.selected)

    @cached_property
    def period(self) -> Period | None:
        """The period that the numbers cover, as far as the data go."""
        return self.context.observed

    @property
    def when(self) -> str:
        """The period in words."""
        if self.filter.period is not None:
            return self.filter.period.label()
        return self.period.label() if self.period else _("semua data")

    @property
    def where(self) -> str:
        """The place in words: the city, or the kecamatan that are chosen."""
        return ", ".join(self.filter.districts) or self.places.title

    @property
    def is_estimate(self) -> bool:
        """Whether any population behind the rates is an estimate."""
        return self.context.is_estimate

    def left_out(self, *by: str) -> int:
        """Cases that the period, or the units of time, cannot place."""
        codes = codes_of(self.filter, self.places)
        return left_out(self.tables.cases, self.filter, codes=codes, by=by)
