"""The one door to the rows: the active data at their version, and the measures made from them.

Refuses a session that the entry point has not let in. What is read is kept once for all sessions,
under the address of the store, its version with the stamp of its commit and the folder of the city,
and never copied; so a version that another process saves, and a store that was brought back from a
backup, is seen in the next run. What is made from a version is kept
with it (`keeping`) and goes with it.
"""

import gc
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import streamlit as st

from lk3 import language, settings
from lk3.counts import Filter, Period, held_period, prepare
from lk3.counts.levels import tables_at
from lk3.dataset import Dataset, load_dataset
from lk3.decisions import Decision, decisions_in
from lk3.disclosure import Released, release
from lk3.indicators import Context, LazyMeasures
from lk3.indicators.annotations import Annotation, Baseline, annotations_in, baselines_in
from lk3.indicators.planning import Planning, planning_in
from lk3.indicators.underserved import Supply, measure_supply
from lk3.language import _
from lk3.places import Places, load_places
from lk3.places.levels import at_level, drawn, tiled
from lk3.reports.content import Report
from lk3.reports.material import Choice
from lk3.reports.slides import build_report
from lk3.store import Notes, Store, open_store
from lk3.ui.keeping import Made
from lk3.ui.session import require_let_in

_SAMPLE = -1
_CONTEXTS = 16  # each may hold a row for every case of its filter


@dataclass(frozen=True)
class Key:
    """What tells two states of the data apart: the store, its version and the city; level: by
    which areas the city is looked at, and what those are named with; stamp: of the
    commit, for a store that was brought back may reach a version again with other rows.
    """

    store: str
    version: int
    geo_dir: str
    level: tuple[str, str] = ("", "")
    stamp: str = ""


@dataclass(frozen=True, eq=False)
class Held:
    """The data that are active now, under their key, and what planners have set beside them.

    notes: the store, the version and the stamp of what people have written beside the data; made,
    contexts: what has been made from these data.
    """

    key: Key
    dataset: Dataset
    places: Places
    planning: Planning = field(default_factory=Planning)
    notes: tuple[str, int, str] = ("", 0, "")
    made: Made = field(default_factory=Made)
    contexts: Made = field(default_factory=lambda: Made(_CONTEXTS))

    @property
    def period(self) -> Period | None:
        """The period from which cases are held."""
        return self.made.get("period", lambda: held_period(self.dataset.tables.cases))


def held_data() -> Held:
    """The active data. Raises NotLetInError, and UserError when they cannot be read."""
    require_let_in()
    store = open_store()
    state = store.state()
    version, stamp = state or (_SAMPLE, "")
    key = Key(store.url if state else "", version, settings.get("LK3_GEO_DIR"), stamp=stamp)
    with st.spinner(_("Membaca data …")):
        held, notes = _read(key, _store=store), (store.url, *store.notes.state())
        return replace(held, planning=_planning(*notes, _store=store), notes=notes)


def held_at(held: Held, level: str, parent: str) -> Held:
    """The same data by the areas of a level, made once per version; as they are for no level."""
    require_let_in()
    if not level:
        return held
    key = replace(held.key, level=(level, parent))
    return replace(_at_level(key, _held=held), planning=held.planning, notes=held.notes)


@st.cache_resource(max_entries=12, show_spinner=False)
def _at_level(key: Key, _held: Held) -> Held:
    level, parent = key.level
    places = at_level(_held.places, level, parent=parent)
    tables = tables_at(_held.dataset.tables, places)
    tables = replace(tables, cases=prepare(tables.cases))
    return Held(key, replace(_held.dataset, tables=tables), places)


def drawn_places(held: Held, codes: tuple[str, ...]) -> Places:
    """The areas that are looked at, drawn as finely as their map can show."""
    return _drawn(held.key, codes, _places=held.places)


@st.cache_resource(max_entries=64, show_spinner=False)
def _drawn(key: Key, codes: tuple[str, ...], _places: Places) -> Places:
    return drawn(_places, codes)


def tiled_places(held: Held, codes: tuple[str, ...]) -> Places:
    """The same, with tiles laid out for these areas."""
    return _tiled(held.key, codes, _places=drawn_places(held, codes))


@st.cache_resource(max_entries=64, show_spinner=False)
def _tiled(key: Key, codes: tuple[str, ...], _places: Places) -> Places:
    return tiled(_places)


def context_for(held: Held, filter: Filter) -> Context:
    """What indicators and counts are made from."""
    require_let_in()
    make = partial(
        Context,
        held.dataset.tables,
        filter,
        held.places,
        held.dataset.as_of,
        requirements=held.planning.requirements,
        targets=held.planning.targets,
    )
    return held.contexts.get((held.planning, filter), make)


def released_measures(held: Held, filter: Filter) -> Released:
    """Every indicator for a filter, as signed-in staff may see it, made when it is asked for."""
    require_let_in()

    def make() -> Released:
        measures = LazyMeasures(partial(context_for, held, filter))
        return release(measures, audience="internal")

    return held.made.get(("measures", held.planning, filter), make)


@st.cache_resource(max_entries=4, show_spinner=False)
def _read(key: Key, _store: Store) -> Held:
    places = load_places()
    version = None if key.version == _SAMPLE else key.version
    dataset = load_dataset(_store, places, version=version)
    tables = replace(dataset.tables, cases=prepare(dataset.tables.cases))
    held = Held(key, replace(dataset, tables=tables), places)
    _look_past_what_stays()
    return held


def _look_past_what_stays() -> None:
    """Streamlit collects garbage after each run and looks at every object for it, libraries too:
    0.1 s. What is there now stays, until the next version is read and all is looked at again.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@st.cache_resource(max_entries=8, show_spinner=False)
def _planning(store: str, version: int, stamp: str, _store: Store) -> Planning:
    return planning_in(_store.notes)


def supply_of(held: Held, filter: Filter) -> Supply:
    """Need, supply and shortfall of every kelurahan for a filter."""
    require_let_in()
    key = ("supply", held.planning, filter)
    return held.made.get(key, lambda: measure_supply(context_for(held, filter)))


def held_notes() -> Notes:
    """What people have written down beside the data: answers, targets, scenarios, remarks."""
    require_let_in()
    return open_store().notes


def trend_notes() -> tuple[tuple[Annotation, ...], tuple[Baseline, ...]]:
    """What is written beside a trend: remarks, and the days on which limits start anew."""
    require_let_in()
    store = open_store()
    return _trend_notes(store.url, *store.notes.state(), _store=store)


@st.cache_resource(max_entries=8, show_spinner=False)
def _trend_notes(
    store: str, version: int, stamp: str, _store: Store
) -> tuple[tuple[Annotation, ...], tuple[Baseline, ...]]:
    return annotations_in(_store.notes), baselines_in(_store.notes)


def report_choice(held: Held, **wishes: Any) -> Choice:
    """A choice for a report with the decisions and baselines that are kept now."""
    require_let_in()
    store = open_store()
    decisions = _decisions(store.url, *store.notes.state(), _store=store)
    return Choice(decisions=decisions, baselines=trend_notes()[1], planning=held.planning, **wishes)


def report_for(held: Held, choice: Choice) -> Report:
    """The report of a choice, in the language spoken now."""
    require_let_in()
    key = ("report", language.current(), repr(choice))
    return held.made.get(key, lambda: build_report(held.dataset, held.places, choice))


@st.cache_resource(max_entries=8, show_spinner=False)
def _decisions(store: str, version: int, stamp: str, _store: Store) -> tuple[Decision, ...]:
    return decisions_in(_store.notes)


def place_and_key() -> tuple[Places, bytes]:
    """The city, and the key of the digests in the store: what a check of a file needs."""
    require_let_in()
    return load_places(), open_store().digest_key()
