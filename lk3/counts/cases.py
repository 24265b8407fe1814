"""Cases, clients, problems, open cases and days to close, each by the dimensions asked for."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import narwhals as nw
import pandas as pd

from lk3.counts.aggregation import DIMENSIONS, aggregate, chosen_rows, precisions_in, summed, tidied
from lk3.counts.filter import Filter
from lk3.counts.period import PRECISIONS, Period, last_whole_unit, unit_end, unit_start
from lk3.counts.prepared import Prepared, once
from lk3.frames import Lazy, collected, day_in, is_at_hand, lazy
from lk3.places import NOT_AN_AREA, Places
from lk3.vocabulary import vocabulary

_AS_CLIENTS = {"cases": "clients"}
_MATTERS_OF_TIME = (*DIMENSIONS, "reported_on", "reported_precision", "closed_on", "cases")


def count_cases(
    cases: Any, filter: Filter, *, by: tuple[str, ...] = (), places: Places
) -> pd.DataFrame:
    """Cases in the filter's period. Out: [*by, "cases"], only combinations that occur.

    `district` groups the kelurahan by kecamatan; outside and unknown stay what they are.
    """
    return _count(cases, filter, by=by, places=places)


def count_problems(
    cases: Any, filter: Filter, *, by: tuple[str, ...] = (), places: Places
) -> pd.DataFrame:
    """Mentions of problems: a case with three problems is three. Out: [*by, "problems"].

    A case whose problem is not known mentions none. By problem each mention counts under its own
    problem, not under the main one.
    """
    columns = tuple(dict.fromkeys((*(d for d in by if d != "problem"), "problem", "problems")))
    found = _count(cases, filter, by=columns, places=places)
    written = found["problems"].where(found["problems"] != "", found["problem"])
    found = found.drop(columns="problems").assign(problem=written.str.split("|"))
    found = found.explode("problem")
    found = found[~found["problem"].isin(["", "unknown"])]
    return _total(found.rename(columns={"cases": "problems"}), by, "problems")


def count_clients(
    cases: Any, filter: Filter, *, by: tuple[str, ...] = (), places: Places
) -> pd.DataFrame:
    """Different clients: rows with the same `case_id` are one; a row without an id is a client of
    its own, a recap row as many as its cases. Out: [*by, "clients"].
    """
    if isinstance(cases, Prepared):
        alone, again = cases.clients()
        single = _count(alone, filter, by=by, places=places).rename(columns=_AS_CLIENTS)
        if again.empty:
            return single
        told_apart = count_clients(again, filter, by=by, places=places)
        return _total(pd.concat([single, told_apart]), by, "clients")
    if "district" in by:  # a client of two kelurahan is one in their kecamatan
        return _total(client_rows(cases, filter, by=by, places=places), by, "clients")
    each = summed(cases, filter, (*by, "case_id"), codes=codes_of(filter, places))
    named, clients = nw.col("case_id") != "", nw.col("cases").sum().alias("clients")
    if not by:
        known = collected(each.filter(named).select(nw.col("cases").count().alias("clients")))
        others = collected(each.filter(~named).select(clients))
        return pd.DataFrame({"clients": [int(known.sum().sum() + others.sum().sum())]})
    known = collected(
        each.filter(named).group_by(*by).agg(nw.col("cases").count().alias("clients"))
    )
    others = collected(each.filter(~named).group_by(*by).agg(clients))
    both = pd.concat([tidied(known, by, "clients"), tidied(others, by, "clients")])
    return _total(both, by, "clients")


def clients_counted_again(
    cases: Any, filter: Filter, *, leave_out: tuple[str, ...] = (), places: Places
) -> int:
    """By how much the sum of the clients of the kelurahan exceeds the clients: one of three
    kelurahan is counted twice too often. leave_out: codes that do not matter.
    """
    if isinstance(cases, Prepared):
        cases = cases.clients()[1]
        if cases.empty:
            return 0
    each = summed(cases, filter, ("kelurahan_code", "case_id"), codes=codes_of(filter, places))
    each = each.filter(nw.col("case_id") != "", ~nw.col("kelurahan_code").is_in(list(leave_out)))
    times = each.group_by("case_id").agg(nw.col("cases").count().alias("times"))
    more = collected(times.filter(nw.col("times") > 1).select(nw.col("times").sum(), n=nw.len()))
    return int(more["times"].fillna(0).sum() - more["n"].sum())


def client_rows(
    cases: Any, filter: Filter, *, by: tuple[str, ...] = (), places: Places
) -> pd.DataFrame:
    """One row per client and group, [*by, "case_id", "clients"]; those without an id in one row
    per group, so that a total over groups can still count each client once.
    """
    found = _count(cases, filter, by=(*by, "case_id"), places=places)
    return found.assign(clients=found["cases"].where(found["case_id"] == "", 1))


def count_over_time(
    cases: Any,
    filter: Filter,
    *,
    unit: str,
    by: tuple[str, ...] = (),
    until: date | None = None,
    places: Places,
) -> pd.DataFrame:
    """Cases per "month", "quarter" or "year", with 0 where there are none.

    Out: [unit, *by, "cases"], every unit that the filter's period (else: all that is held) touches
    up to the day `until`, beyond which there are no data (else: up to the last report).
    """
    found = count_cases(cases, filter, by=(unit, *by), places=places)
    held = held_period(cases)
    last = until or (held.end if held else date.min)
    period = (filter.period or held or Period(date.min, date.min)).cut(last)
    if held is None or period is None:
        return found
    every = pd.DataFrame({unit: _unit_values(period, unit)})
    if by:
        every = every.merge(found[list(by)].drop_duplicates(), how="cross")
    filled = every.merge(found, on=[unit, *by], how="left").fillna({"cases": 0})
    filled = filled.astype({"cases": "int64"})
    return filled.sort_values([unit, *by], ignore_index=True)


def open_cases(
    cases: Any,
    filter: Filter,
    *,
    on: date,
    by: tuple[str, ...] = ("kelurahan_code",),
    places: Places,
) -> pd.DataFrame:
    """Cases open at the end of a day, whenever they were reported. Out: [*by, "cases"].

    Open: reported by then, and closed later or, without a date of closing, in a status that is not
    final. A final status without a date counts as closed; an unknown status as not open.
    """
    rows = lazy(cases)
    rows = rows.filter(_is_open(rows, on))
    return _count(rows.to_native(), _without_period(filter), by=by, places=places)


def count_open_since(
    cases: Any,
    filter: Filter,
    *,
    on: date,
    days: int,
    by: tuple[str, ...] = ("kelurahan_code",),
    places: Places,
) -> pd.DataFrame:
    """Open cases that were reported more than `days` days before `on`. Out: [*by, "cases"]."""
    rows, before = lazy(cases), on - timedelta(days=days + 1)
    rows = rows.filter(_is_open(rows, on), _is_reported_by(rows, before))
    return _count(rows.to_native(), _without_period(filter), by=by, places=places)


def open_spells(cases: Any, *, leave_out: tuple[str, ...] = ()) -> pd.DataFrame:
    """When cases were open, for counting them on many days. Out: [since, until, cases], alike ones
    in one row: open at the end of every day from `since` up to the one before `until` (NaT: still).
    leave_out: codes that do not matter.
    """
    rows = lazy(cases)
    may_be_open = ~nw.col("closed_on").is_null() | nw.col("status").is_in(_open_statuses())
    rows = rows.filter(
        nw.col("breakdown") == "",
        may_be_open,
        ~nw.col("reported_on").is_null(),
        ~nw.col("kelurahan_code").is_in(list(leave_out)),
    )
    keys = ("reported_on", "reported_precision", "closed_on")
    found = collected(rows.group_by(*keys).agg(nw.col("cases").sum()))
    found = found[found["reported_precision"].isin(PRECISIONS)]
    since = [
        unit_end(day.date(), str(precision))
        for day, precision in zip(found["reported_on"], found["reported_precision"], strict=True)
    ]
    return pd.DataFrame(
        {
            "since": pd.to_datetime(pd.Series(since, dtype="object")),
            "until": pd.to_datetime(found["closed_on"]).reset_index(drop=True),
            "cases": found["cases"].to_numpy(),
        }
    )


def closing_times(
    cases: Any, filter: Filter, by: tuple[str, ...] = (), *, places: Places
) -> pd.DataFrame:
    """Days from report to closing of the cases reported in the period. Only rows whose report is
    known to the day and which are not closed on a day unknown.

    Out: one row per case, [*by, "reported_on", "days", "cases"]; days NaN while it is open. On a
    cluster cases that are alike are one row, so that fewer rows travel.
    """
    keys = tuple(dict.fromkeys("kelurahan_code" if name == "district" else name for name in by))
    rows = chosen_rows(_closings(cases), filter, codes_of(filter, places))
    dates = ("reported_on", "closed_on")
    rows = rows.select(*keys, *dates, "cases")
    if not is_at_hand(cases):
        rows = rows.group_by(*keys, *dates).agg(nw.col("cases").sum())
    found = collected(rows)
    days = (found["closed_on"] - found["reported_on"]).dt.days.astype("float64")
    found = found.assign(days=days)[days.isna() | (days >= 0)]
    if "district" in by:
        found = found.assign(district=_districts(found["kelurahan_code"].astype("str"), places))
    found = found.astype({"reported_on": "datetime64[s]"})
    return found[[*by, "reported_on", "days", "cases"]].reset_index(drop=True)


def held_period(cases: Any) -> Period | None:
    """From the first day of the month of the first report to the day of the last one, or the end
    of its month, quarter or year when only that is known; None without a dated row.
    """
    return once(cases, "held", lambda: _held_period(cases))


def _held_period(cases: Any) -> Period | None:
    day, starts, ends = nw.col("reported_on"), [], []
    rows = lazy(cases).filter(~day.is_null()).group_by("reported_precision")
    found = collected(rows.agg(day.min().alias("first"), day.max().alias("last")))
    for precision, first, last in found.itertuples(index=False):
        if precision in PRECISIONS:
            starts.append(unit_start(first.date(), "month"))
            ends.append(unit_end(last.date(), str(precision)))
    return Period(min(starts), max(ends)) if starts else None


def reports(cases: Any) -> pd.DataFrame:
    """What was reported for when, over everything, in order: [reported_on, reported_precision,
    cases].
    """
    return once(cases, "reports", lambda: _reports(cases))


def _reports(cases: Any) -> pd.DataFrame:
    rows = lazy(cases).filter(nw.col("breakdown") == "", ~nw.col("reported_on").is_null())
    summed = rows.group_by("reported_on", "reported_precision").agg(nw.col("cases").sum())
    return collected(summed).sort_values(["reported_on", "reported_precision"], ignore_index=True)


def codes_of(filter: Filter, places: Places) -> tuple[str, ...] | None:
    """The kelurahan that the filter's kecamatan hold; None when it names none."""
    return tuple(places.codes_in(filter.districts)) if filter.districts else None


def _count(cases: Any, filter: Filter, *, by: tuple[str, ...], places: Places) -> pd.DataFrame:
    columns = tuple(dict.fromkeys("kelurahan_code" if d == "district" else d for d in by))
    found = aggregate(cases, filter, columns, codes=codes_of(filter, places))
    if "district" not in by:
        return found
    return _total(found.assign(district=_districts(found["kelurahan_code"], places)), by, "cases")


def _districts(codes: pd.Series, places: Places) -> pd.Series:
    return codes.map(dict(places.areas["district"]) | {code: code for code in NOT_AN_AREA})


def _total(frame: pd.DataFrame, by: tuple[str, ...], name: str) -> pd.DataFrame:
    if not by:
        return pd.DataFrame({name: [int(frame[name].sum())]})
    return frame.groupby(list(by), sort=True)[name].sum().astype("int64").reset_index()


@lru_cache(maxsize=1)
def _open_statuses() -> tuple[str, ...]:
    return tuple(k for k, t in vocabulary("statuses").terms.items() if t.extra["is_open"] == "1")


def _is_open(rows: Lazy, on: date) -> nw.Expr:
    unfinished = nw.col("closed_on").is_null() & nw.col("status").is_in(_open_statuses())
    closed_later = nw.col("closed_on") > day_in(rows, on, "closed_on")
    later = nw.any_horizontal(unfinished, closed_later, ignore_nulls=True)
    return later & _is_reported_by(rows, on)


def _is_reported_by(rows: Lazy, on: date) -> nw.Expr:
    return nw.any_horizontal(
        *(
            (nw.col("reported_precision") == precision)
            & (nw.col("reported_on") <= day_in(rows, last_whole_unit(on, precision)))
            for precision in precisions_in(rows)
        ),
        ignore_nulls=True,
    )


def _without_period(filter: Filter) -> Filter:
    return Filter(None, filter.problems, filter.professions, filter.districts)


def _closings(cases: Any) -> Lazy:
    """The rows that tell how long a case has been open, of prepared cases kept."""
    rows = lazy(cases).filter(nw.col("breakdown") == "", _tells_closing())
    if not isinstance(cases, Prepared):
        return rows
    columns = [name for name in cases.columns if name in _MATTERS_OF_TIME]
    return lazy(cases.once("closings", lambda: collected(rows.select(*columns))))


def _tells_closing() -> nw.Expr:
    is_open = nw.col("closed_on").is_null()
    unfinished = is_open & nw.col("status").is_in(_open_statuses())
    closed = ~is_open & (nw.col("closed_precision") == "day")
    return (nw.col("reported_precision") == "day") & (unfinished | closed)


def _unit_values(period: Period, unit: str) -> pd.Series:
    days = pd.Series(period.units(unit), dtype="datetime64[s]")
    return days.dt.year.astype("int64") if unit == "year" else days
