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
QUARTERS = np.array([0.25, 0.5, 0.75])


def measure_days_to_close(context: Context) -> pd.DataFrame:
    """Median days from report to closing of the cases closed so far.

    lower and upper are the quartiles, not an interval (so confidence is 0.5: the middle half). n:
    closed cases whose two days are known. No closed case: no value.
    """
    times = context.closing_times
    days = times[times["days"].notna()]
    quartiles, n = _quartiles(context, days), _count(context, days)
    return make_measure(
        context.index,
        value=quartiles[:, 1],
        bounds=(quartiles[:, 0], quartiles[:, 2]),
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
    n = _count(context, times[ripe & (times["days"] <= days)])
    total = _count(context, times[ripe])
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


def _quartiles(context: Context, closed: pd.DataFrame) -> np.ndarray:
    """(areas, 3) days; NaN where nothing is closed. The city takes all cases but those outside."""
    table = pd.DataFrame(np.nan, index=context.index, columns=QUARTERS)
    if closed.empty:
        return table.to_numpy()
    by_area = closed.groupby("kelurahan_code", observed=True)["days"].quantile(QUARTERS).unstack()
    table.update(by_area.set_axis(by_area.index.astype("str")))
    inside = closed.loc[closed["kelurahan_code"] != OUTSIDE, "days"]
    table.loc[CITY] = inside.quantile(QUARTERS)
    return table.to_numpy()


def _count(context: Context, times: pd.DataFrame) -> pd.Series:
    counted = times["kelurahan_code"].astype("str").value_counts()
    return context.by_area(counted.rename_axis("kelurahan_code").reset_index(name="cases"))


def _notes(context: Context, is_empty: pd.Series) -> np.ndarray:
    return np.select([~context.chosen, is_empty], ["not_chosen", "no_cases"], default="")
