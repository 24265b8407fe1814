"""What each profession handles: cases, load and time to close, by the profession of the member.

Out: measure frames as `measure` describes them, with a profession in the place of an area. They
are for signed-in staff: `disclosure` knows measures by area only. Much work is not good work and
little is not bad: professions have different tasks, and are not ranked.
"""

import numpy as np
import pandas as pd

from lk3.counts import count_cases, open_cases
from lk3.indicators.context import Context
from lk3.indicators.intervals import EXACT, poisson_exact
from lk3.indicators.measure import make_measure, positive
from lk3.places import OUTSIDE
from lk3.vocabulary import UNKNOWN, vocabulary

CONFIDENCE = 0.95
CLOSED_AT_LEAST = 5
QUARTERS = (0.25, 0.5, 0.75)
_BY = ("profession", "kelurahan_code")


def cases_by_profession(context: Context) -> pd.DataFrame:
    """Cases of the period by profession and kelurahan: [profession, kelurahan_code, cases], only
    combinations that occur; without those from outside. A case that names no profession: unknown.
    """
    return _inside(count_cases(context.tables.cases, context.filter, by=_BY, places=context.places))


def caseload_by_profession(context: Context) -> pd.DataFrame:
    """Open cases per active member of each profession on the last day of the period.

    Index: profession, of those that have either. n: open cases that the profession handles,
    whenever reported, without those from outside; denominator: its active members, city-wide ones
    among them. Interval: exact Poisson of the open cases over the members. Nobody: no value.
    """
    found = open_cases(
        context.tables.cases, context.filter, on=context.on, by=_BY, places=context.places
    )
    handled = _inside(found).groupby("profession")["cases"].sum()
    serving = context.serving.groupby("profession", observed=True)["person"].nunique()
    index = _professions(handled.index, serving.index)
    n, people = (part.reindex(index, fill_value=0).astype("float64") for part in (handled, serving))
    lower, upper = poisson_exact(n, confidence=CONFIDENCE)
    each = positive(people)
    return make_measure(
        index,
        value=n / each,
        bounds=(lower / each, upper / each),
        confidence=CONFIDENCE,
        n=n,
        denominator=people,
        method=EXACT,
        note=np.where(people > 0, "", "no_members"),
    )


def closing_by_profession(context: Context) -> pd.DataFrame:
    """Median days from report to closing of the period's cases closed so far, by profession, as
    `closing.measure_days_to_close` has it by area; lower and upper are the quartiles.

    n: closed cases whose two days are known; denominator: those still open with them. Under 5
    closed cases no value (`few_closed`).
    """
    times = context.closing_times_by(*_BY)
    times = times[times["kelurahan_code"] != OUTSIDE].astype({"profession": "str"})
    days = times.groupby("profession")["days"]
    index = _professions(days.count().index)
    closed, total = (part.reindex(index, fill_value=0) for part in (days.count(), days.size()))
    enough = (closed >= CLOSED_AT_LEAST).to_numpy()
    quartiles = [days.quantile(q).reindex(index).where(enough) for q in QUARTERS]
    return make_measure(
        index,
        value=quartiles[1],
        bounds=(quartiles[0], quartiles[2]),
        confidence=0.5,
        n=closed,
        denominator=total,
        method="median_quartiles",
        note=np.where(enough, "", "few_closed"),
    )


def _inside(counted: pd.DataFrame) -> pd.DataFrame:
    """Without the cases from outside; a profession that is not said is unknown."""
    inside = counted[counted["kelurahan_code"] != OUTSIDE]
    named = inside["profession"].where(inside["profession"] != "", UNKNOWN)
    return inside.assign(profession=named).groupby(list(_BY))[["cases"]].sum().reset_index()


def _professions(*found: pd.Index) -> pd.Index:
    """The professions that occur in any, in the order of the vocabulary, the unknown one last."""
    occurring = {str(key) for part in found for key in part}
    order = [*vocabulary("professions").terms, UNKNOWN]
    return pd.Index([key for key in order if key in occurring], name="profession", dtype="str")
