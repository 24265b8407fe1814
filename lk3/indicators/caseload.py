"""How much work rests on each member: open cases per active member, per counsellor."""

import numpy as np
import pandas as pd

from lk3.indicators.context import Context
from lk3.indicators.intervals import poisson, poisson_method
from lk3.indicators.measure import make_measure, positive
from lk3.indicators.supply import counsellor_professions
from lk3.places import OUTSIDE

CONFIDENCE = 0.95


def measure_caseload(context: Context) -> pd.DataFrame:
    """Open cases per active member on the last day of the period."""
    return _per_person(context, context.members())


def measure_counsellor_caseload(context: Context) -> pd.DataFrame:
    """Open cases per active counsellor (peksos and psikolog) on the last day of the period."""
    return _per_person(context, context.members(professions=counsellor_professions()))


def _per_person(context: Context, people: pd.Series) -> pd.DataFrame:
    """Interval: the Poisson interval of the open cases over the people. Nobody: no value."""
    cases, each = context.open_cases, positive(people)
    lower, upper = poisson(cases, confidence=CONFIDENCE)
    return make_measure(
        context.index,
        value=cases / each,
        bounds=(lower / each, upper / each),
        confidence=CONFIDENCE,
        n=cases,
        denominator=people,
        method=poisson_method(cases),
        note=np.select(
            [~context.chosen, context.index == OUTSIDE, np.isnan(each)],
            ["not_chosen", "not_an_area", "no_members"],
            default="",
        ),
    )
