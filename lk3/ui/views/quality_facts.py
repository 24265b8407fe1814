"""Mutu data: what the parts of the page share, worked out once per version of the data."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from lk3.indicators.quality import compared_totals, completeness_by_field
from lk3.indicators.quality_months import gaps, reported_months
from lk3.indicators.quality_outliers import unusual_months
from lk3.indicators.quality_words import Task, tasks_in_order
from lk3.ui.data import Held, Key
from lk3.ui.session import require_let_in


@dataclass(frozen=True, eq=False)
class Facts:
    """The measures of quality of all active sources, whatever is filtered."""

    by_field: pd.DataFrame
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
        reported=reported,
        gaps=gaps(reported),
        unusual=unusual_months(reported),
        totals=compared_totals(data.accounting),
    )


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
