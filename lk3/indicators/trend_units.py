"""Cases by month, quarter or year, with what is not known told from what is nought.

In: a `Context`. Out: counts [start, by?, cases], and for each unit a status (key of `STATUSES`):
"" is held whole and may be judged. A unit without reports that chance cannot explain is a gap.
"""

from datetime import date

import numpy as np
import pandas as pd

from lk3 import language
from lk3.counts import Filter, Period, has_recaps, reports, unlisted_areas
from lk3.counts.period import add_months, quarter_label, unit_end, unit_start
from lk3.indicators.context import Context
from lk3.language import N_
from lk3.places import OUTSIDE

MONTHS = {"month": 1, "quarter": 3, "year": 12}
NOT_WHOLE, NOT_HELD, PARTLY_HELD, COARSE, HIDDEN = (
    "not_whole", "not_held", "partly_held", "coarse", "hidden",
)  # fmt: skip
STATUSES = {
    "": "",
    NOT_WHOLE: N_("tidak utuh dalam data ini"),
    NOT_HELD: N_("belum ada laporan sama sekali"),
    PARTLY_HELD: N_("sebagian bulannya tanpa laporan"),
    COARSE: N_("sebagian kasusnya hanya dilaporkan per triwulan atau per tahun"),
    HIDDEN: N_("disembunyikan agar jumlah kecil tidak terbuka"),
}
GAPS = (NOT_HELD, HIDDEN)
_BY_CHANCE = 0.05


def unit_label(when: date | pd.Timestamp | int, unit: str) -> str:
    """The name of a month, quarter or year, as short as an axis needs it."""
    if unit == "year":
        return str(when) if isinstance(when, int | np.integer) else str(pd.Timestamp(when).year)
    moment = pd.Timestamp(when)
    return language.month(moment) if unit == "month" else quarter_label(moment, short=True)


def trend_period(context: Context, *, history: bool) -> Period | None:
    """The period of a series: with `history` from the first report that is held to the end of the
    filter's period, since twelve months alone say little of what is usual; else as filtered.
    """
    observed, held = context.observed, context.held
    if observed is None or held is None or not history:
        return observed
    return Period(min(held.start, observed.start), observed.end)


def count_units(
    context: Context, *, unit: str, by: str = "", code: str = "", history: bool = True
) -> pd.DataFrame:
    """Cases [start (datetime64, first day of the unit), by?, "cases"], every unit of
    `trend_period`, 0 where none was reported. Of one kelurahan (`code`), else of the city; cases
    from outside are never among them.
    """
    period = trend_period(context, history=history)
    dimensions = tuple(dict.fromkeys((*((by,) if by else ()), "kelurahan_code")))
    found = context.cases_over_time(unit, dimensions, period)
    keys = [unit, *((by,) if by else ())]
    every = found[keys].drop_duplicates()
    inside = found["kelurahan_code"] == code if code else found["kelurahan_code"] != OUTSIDE
    counted = found[inside].groupby(keys, as_index=False, observed=True)["cases"].sum()
    filled = every.merge(counted, on=keys, how="left").fillna({"cases": 0})
    starts = _starts(filled[unit], unit)
    filled = filled.drop(columns=unit).assign(start=starts).astype({"cases": "float64"})
    return (
        filled[["start", *keys[1:], "cases"]]
        .sort_values(["start", *keys[1:]])
        .reset_index(drop=True)
    )


def unit_status(
    context: Context, starts: pd.Series, *, unit: str, code: str = "", history: bool = True
) -> pd.Series:
    """The status of each unit (its first day in `starts`), with the same index.

    Every case that is held decides what was reported at all, whatever the filter asks for.
    """
    period = trend_period(context, history=history)
    if period is None or starts.empty:
        return pd.Series(NOT_WHOLE, index=starts.index, dtype="str")
    days = [moment.date() for moment in starts]
    told = reports(context.tables.cases)
    silent = _silent_months(told, period)
    coarse = _coarse_months(told, unit) | _unlisted_months(context, told, code)
    status = [_status(day, unit, period, silent, coarse) for day in days]
    return pd.Series(status, index=starts.index, dtype="str")


def _status(day: date, unit: str, period: Period, silent: set[date], coarse: set[date]) -> str:
    months = {add_months(day, i) for i in range(MONTHS[unit])}
    if months <= silent:
        return NOT_HELD
    if day < period.start or unit_end(day, unit) > period.end:
        return NOT_WHOLE
    if months & silent:
        return PARTLY_HELD
    return COARSE if months & coarse else ""


def _silent_months(reports: pd.DataFrame, period: Period) -> set[date]:
    """Months without any report although chance would seldom leave them without: those of units
    that no report touches, where at least half have one (the units in which reports come), and
    those after the last report.
    """
    touched: set[date] = set()
    for precision, rows in reports.groupby("reported_precision", observed=True):
        touched |= _months_of(rows["reported_on"], str(precision))
    months, cases = period.months(), float(reports["cases"].sum())
    after = [day for day in months if touched and day > max(touched)]
    silent = set(after) if _is_beyond_chance(len(after), cases, len(touched)) else set()
    for unit, size in MONTHS.items():
        units = set(period.units(unit))
        told = units & {unit_start(day, unit) for day in touched}
        if len(told) >= len(units) / 2:
            if _is_beyond_chance(len(units - told), cases, len(told)):
                silent |= {add_months(day, i) for day in units - told for i in range(size)}
            break
    return silent


def _is_beyond_chance(empty: int, cases: float, told: int) -> bool:
    """Whether chance alone would leave one of the empty units empty in under 5 % (by Poisson)."""
    return empty * float(np.exp(-cases / max(told, 1))) < _BY_CHANCE


def _coarse_months(reports: pd.DataFrame, unit: str) -> set[date]:
    """Months that hold cases of which only a longer unit is known."""
    longer = {key for key, months in MONTHS.items() if months > MONTHS[unit]}
    months: set[date] = set()
    for precision, rows in reports.groupby("reported_precision", observed=True):
        if precision in longer:
            months |= _months_of(rows["reported_on"], str(precision))
    return months


def _unlisted_months(context: Context, reports: pd.DataFrame, code: str) -> set[date]:
    """Months of which an incomplete recap does not name the kelurahan."""
    cases = context.tables.cases
    if not code or not has_recaps(cases):
        return set()
    months: set[date] = set()
    for day, precision in reports[["reported_on", "reported_precision"]].itertuples(index=False):
        if precision == "day":
            continue
        first = day.date()
        whole = Filter(Period(first, unit_end(first, str(precision))))
        if code in unlisted_areas(cases, whole, places=context.places):
            months |= _months_of(pd.Series([day]), str(precision))
    return months


def _months_of(days: pd.Series, precision: str) -> set[date]:
    size = MONTHS.get(precision, 1)
    first = {unit_start(day.date(), "month") for day in days}
    return {add_months(day, i) for day in first for i in range(size)}


def _starts(values: pd.Series, unit: str) -> pd.Series:
    if unit != "year":
        return values.astype("datetime64[s]")
    return pd.to_datetime(values.astype("str") + "-01-01").astype("datetime64[s]")
