"""Mutu data: what the parts of the page share, worked out once per version of the data."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from lk3.indicators.quality import (
    FIELDS,
    compared_totals,
    completeness,
    completeness_by_field,
    silent_sources,
)
from lk3.indicators.quality_months import gaps, reported_months
from lk3.indicators.quality_outliers import unusual_months
from lk3.indicators.quality_words import Task, tasks_in_order
from lk3.places import CITY, OUTSIDE
from lk3.ui.data import Held, Key
from lk3.ui.session import require_let_in


@dataclass(frozen=True, eq=False)
class Facts:
    """The measures of quality of all active sources, whatever is filtered. `never`: the sources
    that never say a field, by field.
    """

    by_field: pd.DataFrame
    never: dict[str, list[str]]
    reported: pd.DataFrame
    gaps: pd.DataFrame
    unusual: pd.DataFrame
    totals: pd.DataFrame


def facts_of(held: Held) -> Facts:
    """The measures at the version that is held."""
    require_let_in()
    return _facts(held.key, _held=held)


@st.cache_resource(max_entries=4, show_spinner=False)
def _facts(key: Key, _held: Held) -> Facts:
    data = _held.dataset
    cases = data.tables.cases
    reported = reported_months(cases, data.accounting, places=_held.places, as_of=data.as_of)
    return Facts(
        by_field=completeness_by_field(cases),
        never={field: silent_sources(cases, field) for field in FIELDS},
        reported=reported,
        gaps=gaps(reported),
        unusual=unusual_months(reported),
        totals=compared_totals(data.accounting),
    )


def completeness_rows(held: Held, field: str, unit: str) -> pd.DataFrame:
    """Completeness over time: [row, time, cases, known, share], row the kelurahan for one field, or
    the field for all ("") fields of the city; time the first day of the unit.
    """
    require_let_in()
    return _rows(held.key, field, unit, _held=held)


@st.cache_resource(max_entries=16, show_spinner=False)
def _rows(key: Key, field: str, unit: str, _held: Held) -> pd.DataFrame:
    cases = _held.dataset.tables.cases
    if field:
        found = completeness(cases, field, by=("kelurahan_code", unit))
        found = found[~found["kelurahan_code"].isin([CITY, OUTSIDE])]
    else:
        found = completeness_by_field(cases, by=(unit,))
    found = found.rename(columns={"kelurahan_code": "row", "field": "row"})
    days = found[unit]
    if unit == "year":
        days = pd.to_datetime(days.astype("str") + "-01-01").astype("datetime64[s]")
    return found.assign(time=days)[["row", "time", "cases", "known", "share"]]


def tasks_of(held: Held) -> list[Task]:
    """What to mend, the most weighty first, in the current language."""
    facts = facts_of(held)
    return tasks_in_order(
        held.dataset.tables.findings,
        rows_set_aside=held.dataset.rows("rows_set_aside"),
        gaps=facts.gaps,
        by_field=facts.by_field,
        totals=facts.totals,
    )
