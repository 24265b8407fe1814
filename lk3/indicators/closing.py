"""How long until a case is closed: median, share within 30 and 90 days, open for too long."""

from datetime import timedelta

import numpy as np
import pandas as pd

from lk3.indicators.context import Context
from lk3.indicators.intervals import WILSON, wilson
from lk3.indicators.measure import make_measure, positive
from lk3.places import CITY, OUTSIDE

CONFIDENCE = 0.95
LONG_DAYS = 90
QUARTILES = "median_quartiles"


def measure_days_to_close(context: Context) -> pd.DataFrame:
    """Median days from report to closing of the cases closed so far.

    lower and upper are the quartiles, not an interval (so confidence is 0.5: the middle half). n:
    closed cases whose two days are known. No closed case: no value.
    """
    times = context.closing_times
    days = times[times["days"].notna()]
    grouped = _with_city(days).groupby("kelurahan_code")["days"]
    quartiles = grouped.quantile(np.array([0.25, 0.5, 0.75])).unstack()
    quartiles = quartiles.reindex(index=context.index, columns=[0.25, 0.5, 0.75])
    n = _reindexed(context, grouped.size())
    return make_measure(
        context.index,
        value=quartiles[0.5],
        bounds=(quartiles[0.25], quartiles[0.75]),
        confidence=0.5,
        n=n,
        denominator=n,
        method=QUARTILES,
        note=_notes(context, n == 0),
    )


def measure_closed_within(context: Context, *, days: int) -> pd.DataFrame:
    """Percent of the cases closed within `days` days of the report, Wilson interval.

    denominator: cases reported at least that many days before the data end, so that young cases,
    which had no time to be closed, do not lower the share. n: those closed in time.
    """
    times = context.closing_times
    ripe = times["reported_on"] <= pd.Timestamp(context.as_of - timedelta(days=days))
    judged = _with_city(times[ripe])
    in_time = judged.assign(hit=judged["days"] <= days).groupby("kelurahan_code")["hit"]
    n, total = _reindexed(context, in_time.sum()), _reindexed(context, in_time.size())
    lower, upper = wilson(n, total, confidence=CONFIDENCE)
    return make_measure(
        context.index,
        value=100 * n / positive(total),
        bounds=(100 * lower, 100 * upper),
        confidence=CONFIDENCE,
        n=n,
        denominator=total,
        method=WILSON,
        note=_notes(context, total == 0),
    )


def measure_closed_within_30(context: Context) -> pd.DataFrame:
    """Percent closed within 30 days."""
    return measure_closed_within(context, days=30)


def measure_closed_within_90(context: Context) -> pd.DataFrame:
    """Percent closed within 90 days."""
    return measure_closed_within(context, days=90)


def measure_open_long(context: Context) -> pd.DataFrame:
    """Cases open for more than 90 days on the last day of the period, whenever reported."""
    counts = context.open_longer_than(LONG_DAYS)
    note = np.where(context.chosen, "", "not_chosen")
    return make_measure(context.index, value=counts, n=counts, method="count", note=note)


def _with_city(times: pd.DataFrame) -> pd.DataFrame:
    inside = times[times["kelurahan_code"] != OUTSIDE]
    return pd.concat([times, inside.assign(kelurahan_code=CITY)], ignore_index=True)


def _reindexed(context: Context, counts: pd.Series) -> pd.Series:
    full = counts.reindex(context.index, fill_value=0).astype("float64")
    return full.where(context.chosen)


def _notes(context: Context, is_empty: pd.Series) -> np.ndarray:
    return np.select([~context.chosen, is_empty], ["not_chosen", "no_cases"], default="")
