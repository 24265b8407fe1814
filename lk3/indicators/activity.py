"""How much was reported: cases, clients, problems, and the change on the period before."""

from dataclasses import replace

import numpy as np
import pandas as pd

from lk3.counts import Period, clients_counted_again, count_clients, count_problems
from lk3.indicators.context import Context
from lk3.indicators.intervals import BINOMIAL, ratio_of_counts
from lk3.indicators.measure import INDISTINGUISHABLE, add_note, make_measure
from lk3.places import CITY, OUTSIDE

CONFIDENCE = 0.95
MAY_BE_EMPTY = 0.25


def measure_cases(context: Context) -> pd.DataFrame:
    """Cases of the period. A count of what was reported: it has no interval of its own."""
    return _count_measure(context, context.cases, context.unlisted)


def measure_clients(context: Context) -> pd.DataFrame:
    """Different clients; the city's row counts a client of two kelurahan once."""
    cases, places = context.tables.cases, context.places
    counts = context.by_area(
        count_clients(cases, context.filter, by=("kelurahan_code",), places=places)
    )
    counts[CITY] -= clients_counted_again(
        cases, context.filter, leave_out=(OUTSIDE,), places=places
    )
    return _count_measure(context, counts, context.unlisted)


def measure_problems(context: Context) -> pd.DataFrame:
    """Problems mentioned: a case with three problems counts three times."""
    found = count_problems(
        context.tables.cases, context.filter, by=("kelurahan_code",), places=context.places
    )
    return _count_measure(context, context.by_area(found), context.unlisted_by("problem"))


def measure_change(context: Context, *, before: Period | None = None) -> pd.DataFrame:
    """Change of the cases in percent on the period `before`, by default the one of the same length
    just before.

    n: cases now, denominator: cases before. Interval: exact, of the ratio of two Poisson counts.
    A period that is not over is compared with the same first part of the period before. A kelurahan
    that a recap of either does not name has no change.
    """
    missing = _cannot_compare(context, before)
    if missing:
        nothing = np.full(len(context.index), np.nan)
        return make_measure(context.index, value=nothing, n=nothing, note=missing)
    earlier = comparison_period(context, before)
    then = replace(context, filter=replace(context.filter, period=earlier))
    now, past = context.cases, then.cases
    is_partial = context.unlisted | then.unlisted
    base = past.where((past > 0) & ~is_partial)
    lower, upper = (100 * (bound - 1) for bound in ratio_of_counts(now, past))
    frame = make_measure(
        context.index,
        value=100 * (now / base - 1),
        bounds=(lower, upper),
        confidence=CONFIDENCE,
        n=now,
        denominator=past,
        method=BINOMIAL,
        note=np.select(
            [is_partial & (now.isna() | past.isna()), is_partial, past == 0],
            ["not_listed", "partly_listed", "no_comparison"],
            default="",
        ),
    )
    holds_none = (frame["lower"] <= 0) & (frame["upper"] >= 0)
    frame = add_note(frame, holds_none, INDISTINGUISHABLE)
    frame = add_note(frame, _is_partly_held(context, earlier), "partly_held")
    return add_note(frame, context.observed != context.filter.period, "not_over")


def comparison_period(context: Context, before: Period | None = None) -> Period:
    """The period before, cut to as many days as the filter's period has run so far.

    Raises ValueError without a period that has begun: there is nothing to compare.
    """
    if context.filter.period is None or context.observed is None:
        raise ValueError("no period to compare with")
    before = before or context.filter.period.previous()
    if context.observed == context.filter.period:
        return before
    return before.first_days(context.observed.days)


def _cannot_compare(context: Context, before: Period | None) -> str:
    """The note that says why nothing can be compared; "" when it can.

    A period before the first report that is held is not a period without cases.
    """
    if context.filter.period is None:
        return "no_period"
    if context.observed is None or context.held is None:
        return "not_held"
    earlier = comparison_period(context, before)
    return "not_held" if earlier.end < context.held.start else ""


def _is_partly_held(context: Context, period: Period) -> bool:
    """Whether more than a quarter of the period lies before the first report that is held."""
    if context.held is None:
        return False
    return (context.held.start - period.start).days > MAY_BE_EMPTY * period.days


def _count_measure(context: Context, counts: pd.Series, unlisted: pd.Series) -> pd.DataFrame:
    """A nought of a kelurahan that a recap does not name is no number."""
    known = counts.mask(unlisted & (counts == 0))
    note = np.select(
        [~context.chosen, unlisted & known.isna(), unlisted],
        ["not_chosen", "not_listed", "partly_listed"],
        default="",
    )
    return make_measure(context.index, value=known, n=known, method="count", note=note)
