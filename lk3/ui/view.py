"""What a page gets: the data, what is looked at, and the measures of it."""

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, cast

import pandas as pd
import streamlit as st

from lk3.counts import Filter, Period
from lk3.counts.aggregation import left_out
from lk3.counts.cases import codes_of
from lk3.disclosure import Released
from lk3.indicators import Context
from lk3.language import _
from lk3.places import CITY, Places, load_places
from lk3.places.levels import Hierarchy
from lk3.tables import Tables
from lk3.ui.data import (
    Held,
    context_for,
    drawn_places,
    held_at,
    held_data,
    released_measures,
    tiled_places,
)
from lk3.ui.filters import selected_kelurahan
from lk3.ui.level import Look, current_look, tree_of

_FILTER = "filter"


def remember_filter(filter: Filter) -> None:
    """Keep the filter that the entry point has read, for the page and its fragments."""
    st.session_state[_FILTER] = filter


def current_view(*, by_level: bool = True) -> "View":
    """What this session looks at; by_level: by the areas of the level that is chosen, instead of
    the kelurahan that the data hold. Raises NotLetInError.
    """
    held, look = held_data(), current_look()
    filter = st.session_state.get(_FILTER, Filter())
    if not look.level:
        return View(held, filter, selected_kelurahan(held))
    if not by_level:
        tree = tree_of(held.places, held.key.geo_dir)
        return View(held, replace(filter, districts=tree.districts_in(look.scope)), None)
    held = held_at(held, look.level, look.parent)
    return View(held, filter, selected_kelurahan(held), look)


@dataclass(frozen=True, eq=False)
class View:
    """The active data, the filter and the chosen kelurahan; look: the part of a province and the
    level, if there are any.
    """

    held: Held
    filter: Filter
    selected: str | None
    look: Look = Look()

    @property
    def state(self) -> tuple[Any, ...]:
        """What is looked at, apart from the version of the data and the chosen kelurahan."""
        return (*self.held.notes, self.held.planning, self.filter, self.look)

    @cached_property
    def unselected(self) -> "View":
        """The same without a chosen kelurahan."""
        return replace(self, selected=None) if self.selected else self

    @property
    def places(self) -> Places:
        """The city."""
        return self.held.places

    @property
    def tree(self) -> Hierarchy:
        """What lies in what; of the areas that the data hold."""
        return tree_of(load_places(), self.held.key.geo_dir)

    @cached_property
    def chosen_codes(self) -> tuple[str, ...]:
        """The areas that are looked at."""
        return tuple(self.places.codes_in(self.filter.districts))

    @property
    def drawn(self) -> Places:
        """The areas of the map: of a province those that are looked at, else the whole city."""
        return drawn_places(self.held, self.chosen_codes) if self.look.level else self.places

    @property
    def tiled(self) -> Places:
        """The areas of the tile map."""
        return tiled_places(self.held, self.chosen_codes) if self.look.level else self.places

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
        return View(self.held, narrowed, self.selected, self.look)

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
        count = partial(left_out, self.tables.cases, self.filter, codes=codes, by=by)
        return self.held.made.get(("left_out", self.filter, by), count)
