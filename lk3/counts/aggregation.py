"""The one aggregation, in narwhals: the same expressions run on pandas, Arrow, Dask and Spark.

Which rows count:
- Only rows whose own period (day, month, quarter or year) lies wholly inside the filter's period;
  `left_out` counts those that only touch it.
- Rows that break down cases which are counted already (`breakdown`) stand in for the base rows of
  their block when exactly that one dimension is asked for; otherwise they do not count at all.
  So the same cases are never added twice.
"""

from collections.abc import Iterable
from typing import Any

import narwhals as nw
import pandas as pd

from lk3.counts.filter import Filter
from lk3.counts.period import PRECISIONS, Period, last_whole_unit, unit_start
from lk3.counts.prepared import Prepared
from lk3.frames import Lazy, collected, day_in, lazy, words_in

BREAKDOWNS = ("problem", "sex", "age_band")
TIMES = {"month": 1, "quarter": 3, "year": 12}
_DECIDING = ("kelurahan_code", "reported_on", "reported_precision", "block", "breakdown")
DIMENSIONS = (
    "kelurahan_code",
    "district",
    *TIMES,
    "problem",
    "profession",
    "status",
    "service",
    "sex",
    "age_band",
)


def aggregate(
    frame: Any,
    filter: Filter,
    by: tuple[str, ...],
    *,
    codes: tuple[str, ...] | None = None,
    dimensions: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Sum of `cases` per combination of the columns `by`.

    frame: `tables.CASES` in any engine that narwhals knows. by: text columns of it, or month,
    quarter, year. codes: the kelurahan that the filter's kecamatan hold (None: every row).
    dimensions: further dimensions that decide which rows of a block count.
    Out: pandas [*by, "cases"], only combinations with a row, sorted by `by`; month and quarter are
    the first day (datetime64), year an int. Without `by` one row, 0 when nothing matches.
    """
    if by:
        return tidied(collected(summed(frame, filter, by, codes=codes, dimensions=dimensions)), by)
    rows = chosen_rows(_counting_rows(frame, filter, dimensions), filter, codes)
    total = collected(rows.select(nw.col("cases").sum()))
    return total.fillna(0).astype({"cases": "int64"})


def summed(
    frame: Any,
    filter: Filter,
    by: tuple[str, ...],
    *,
    codes: tuple[str, ...] | None = None,
    dimensions: tuple[str, ...] = (),
) -> Lazy:
    """`aggregate` where the rows are, nothing fetched yet: [*by, "cases"] in no order; month,
    quarter and year are whole numbers that count the units since year 0.
    """
    times = [name for name in by if name in TIMES]
    rows = _counting_rows(frame, filter, (*by, *dimensions), keep=by)
    rows = chosen_rows(rows, filter, codes)
    if times:
        finest = min(times, key=lambda name: TIMES[name])
        told = _is_one_of("reported_precision", _at_least(finest))
        rows = rows.filter(told, ~nw.col("reported_on").is_null())
        rows = rows.with_columns(*(_time_index(name) for name in times))
    return rows.group_by(*by).agg(nw.col("cases").sum())


def left_out(
    frame: Any, filter: Filter, *, codes: tuple[str, ...] | None = None, by: tuple[str, ...] = ()
) -> int:
    """Cases that the filter's period cannot place: their own period only touches it, or they have
    no date at all; with month or quarter in `by` also those that are reported more coarsely.
    """
    everything = Filter(None, filter.problems, filter.professions, filter.districts)
    rows = chosen_rows(_counting_rows(frame, filter, by), everything, codes)
    times = [name for name in by if name in TIMES]
    rows = rows.filter(_is_unplaced(rows, filter.period, times))
    total = collected(rows.select(nw.col("cases").sum()))
    return int(total["cases"].fillna(0).sum())


def prepare(cases: Any) -> Any:
    """The same rows with categorical text columns: a filter then compares whole numbers instead of
    words, and sums of them are kept (`prepared`). Worth doing once per version of the data; every
    function here takes either form. A frame of another engine stays as it is.
    """
    if not isinstance(cases, pd.DataFrame):
        return cases
    words = [c for c in cases.columns if cases[c].dtype == "str" and c != "case_id"]
    return Prepared(cases.astype(dict.fromkeys(words, "category")))


def _counting_rows(
    frame: Any, filter: Filter, by: tuple[str, ...], *, keep: tuple[str, ...] = ()
) -> Lazy:
    """The rows that count when these dimensions are asked for, with the columns that decide it and
    those to keep: a row that is passed on costs what its columns cost. Of prepared cases their sum
    by these columns, where the filter asks for whole months.
    """
    wanted = {"problem": filter.problems, "profession": filter.professions}
    columns = {*_DECIDING, *(name for name in wanted if wanted[name])} | ({*keep} - {*TIMES})
    asked = _dimensions(filter, by) & set(BREAKDOWNS)
    dimension = asked.pop() if len(asked) == 1 else ""
    if isinstance(frame, Prepared) and (filter.period is None or filter.period.is_whole_months):
        summed, key = frame.by_month(columns), ("counting", frozenset(columns), dimension)
        return lazy(frame.once(key, lambda: collected(_counting(summed, columns, dimension))))
    return _counting(frame, columns, dimension)


def _counting(frame: Any, columns: Iterable[str], dimension: str) -> Lazy:
    """The base rows, and in the place of each block that is broken down by the dimension those."""
    rows = lazy(frame).select(*sorted(columns), "cases")
    is_base = nw.col("breakdown") == ""
    if not dimension:
        return rows.filter(is_base)
    stands_in = nw.col("breakdown") == dimension
    blocks = collected(rows.filter(stands_in).select("block").unique())["block"]
    if blocks.empty:
        return rows.filter(is_base)
    return rows.filter(stands_in | (is_base & ~nw.col("block").is_in(blocks.tolist())))


def _dimensions(filter: Filter, by: Iterable[str]) -> set[str]:
    return {*by, *(("problem",) if filter.problems else ())}


def chosen_rows(rows: Lazy, filter: Filter, codes: tuple[str, ...] | None) -> Lazy:
    """The rows that a filter asks for. codes: the kelurahan of its kecamatan, None for all."""
    conditions = [] if codes is None else [_is_one_of("kelurahan_code", codes)]
    for column, wanted in (("problem", filter.problems), ("profession", filter.professions)):
        if wanted:
            conditions.append(_is_one_of(column, wanted))
    if filter.period is not None:
        conditions.append(_is_inside(rows, filter.period))
    return rows.filter(*conditions) if conditions else rows


def _is_inside(rows: Lazy, period: Period) -> nw.Expr:
    """Rows whose own period lies wholly inside."""
    start, day = day_in(rows, period.start), nw.col("reported_on")
    ends = {each: last_whole_unit(period.end, each) for each in precisions_in(rows)}
    fitting = {each: end for each, end in ends.items() if end >= period.start}
    return nw.any_horizontal(
        *(
            (nw.col("reported_precision") == precision) & day.is_between(start, day_in(rows, end))
            for precision, end in (fitting or {"day": period.end}).items()
        ),
        ignore_nulls=True,
    )


def _touches(rows: Lazy, period: Period) -> nw.Expr:
    """Rows whose own period has a day in common with the period."""
    end, day = day_in(rows, period.end), nw.col("reported_on")
    return nw.any_horizontal(
        *(
            (nw.col("reported_precision") == precision)
            & day.is_between(day_in(rows, unit_start(period.start, precision)), end)
            for precision in precisions_in(rows)
        ),
        ignore_nulls=True,
    )


def precisions_in(rows: Lazy) -> tuple[str, ...]:
    """Those that occur, where that is known without a look at the rows; else all."""
    words = words_in(rows, "reported_precision")
    return tuple(each for each in PRECISIONS if each in words) or PRECISIONS


def _is_unplaced(rows: Lazy, period: Period | None, times: list[str]) -> nw.Expr:
    unplaced = nw.col("reported_on").is_null()
    if period is not None:
        unplaced = unplaced | (_touches(rows, period) & ~_is_inside(rows, period))
    if times:
        finest = min(times, key=lambda name: TIMES[name])
        coarse = ~_is_one_of("reported_precision", _at_least(finest))
        unplaced = unplaced | (coarse if period is None else coarse & _is_inside(rows, period))
    return unplaced


def _at_least(unit: str) -> tuple[str, ...]:
    """The precisions that tell the unit: a month is told by a day and by a month."""
    return PRECISIONS[: PRECISIONS.index(unit) + 1]


def _is_one_of(column: str, wanted: tuple[str, ...]) -> nw.Expr:
    return nw.col(column).is_in(list(wanted))


def _time_index(unit: str) -> nw.Expr:
    """Whole number that counts the units since year 0: cheap to group by on any engine."""
    day = nw.col("reported_on").dt
    if unit == "year":
        return day.year().cast(nw.Int64).alias(unit)
    months = day.year().cast(nw.Int64) * 12 + day.month().cast(nw.Int64) - 1
    return (months // TIMES[unit]).alias(unit)


def tidied(frame: pd.DataFrame, by: tuple[str, ...], value: str = "cases") -> pd.DataFrame:
    """Sorted, with plain words and dates in the place of categories and whole numbers."""
    tidy = frame.copy()
    for name in by:
        if name in ("month", "quarter"):
            tidy[name] = _first_days(tidy[name], months=TIMES[name])
        elif name not in TIMES:
            tidy[name] = tidy[name].astype("str")
    tidy[value] = tidy[value].astype("int64")
    return tidy[[*by, value]].sort_values(list(by), ignore_index=True)


def _first_days(index: pd.Series, *, months: int) -> pd.Series:
    count = index.astype("int64") * months
    parts = {"year": count // 12, "month": count % 12 + 1, "day": 1}
    return pd.to_datetime(pd.DataFrame(parts)).astype("datetime64[s]")
