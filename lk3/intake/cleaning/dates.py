"""Columns of dates: what the cells say -> first day of the period, its precision, and a rule.

Day first, unless the whole column proves the other order; the year or month that a cell lacks comes
from the columns beside it or from the sheet's title, and from nowhere else.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lk3.intake.cleaning.cells import cell_text, distinct, is_missing
from lk3.intake.cleaning.date_texts import (
    BROKEN,
    DAY,
    MISSING,
    MONTH,
    YEAR,
    Reading,
    month_number,
    read_date,
)
from lk3.intake.cleaning.periods import Span, parse_period

__all__ = ["EARLIEST", "Span", "clean_dates", "parse_period", "undecided_dates"]

EARLIEST = date(2000, 1, 1)
SAID_ONCE = ("date_month_first", "date_year_from_sheet")  # they concern the whole column
_MONTHS = 12
_UNREADABLE = -1
_CENTURY = 100


class _Column(NamedTuple):
    """What holds for all cells of the column."""

    context_year: int | None
    month_first: bool
    earliest: date
    today: date


class _Answer(NamedTuple):
    day: date | None
    precision: str
    rule: str


def clean_dates(
    values: pd.Series,
    *,
    years: pd.Series | None = None,
    months: pd.Series | None = None,
    context_year: int | None = None,
    today: date | None = None,
    earliest: date = EARLIEST,
    month_first: bool | None = None,
) -> pd.DataFrame:
    """Read a column of dates.

    In: raw cells; `years`, `months`: raw cells of the columns beside it; `context_year`: the year
    that the sheet's name or title says, for cells that name only a month or a quarter. `today`: the
    last day that a date may have (`date.max` for the end of a term), `earliest`: the first.
    `month_first`: what somebody has answered; it holds where the column itself proves no order.

    Out, by the same index: `date` (datetime64[s], first day of the period, NaT where it cannot be
    used), `precision` (day, month, quarter, year or ""), `rule`: "" or date_missing, date_broken,
    date_impossible, date_no_year, date_no_month, date_future, date_too_old; as notes beside a date
    date_half_year, and once for the column date_month_first and date_year_from_sheet.
    """
    nothing: tuple[np.ndarray, list[Any]] = (np.full(len(values), -1), [])
    columns = [nothing if c is None else distinct(c) for c in (values, years, months)]
    codes, cells = zip(*columns, strict=True)
    readings = [*map(read_date, cells[0]), MISSING]
    year_of, month_of = [*map(_year_in, cells[1]), None], [*map(_month_in, cells[2]), None]
    proven = _proven_order(readings)
    swapped = bool(month_first) if proven is None else proven
    column = _Column(context_year, swapped, earliest, today or date.today())
    rows, combinations = _combinations(codes)
    answers = [_resolve(readings[v], year_of[y], month_of[m], column) for v, y, m in combinations]
    return _table(answers, rows, values.index)


def _combinations(codes: tuple[np.ndarray, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Which distinct combination of the columns' cells each row holds, and the combinations."""
    sizes = [int(column.max(initial=-1)) + 2 for column in codes]
    flat = np.ravel_multi_index([column + 1 for column in codes], sizes)
    rows, distinct_ones = pd.factorize(flat)
    return rows, np.stack(np.unravel_index(distinct_ones, sizes), axis=1) - 1


def _year_in(cell: Any) -> int | None:
    """The year in a column of years; _UNREADABLE for what is none."""
    if is_missing(cell):
        return None
    reading = read_date(cell)
    year = reading.year if reading.precision == YEAR else None
    return _UNREADABLE if year is None else year


def _month_in(cell: Any) -> int | None:
    """The month in a column of months; _UNREADABLE for what is none."""
    if is_missing(cell):
        return None
    named = month_number(cell_text(cell).lstrip("0"))
    reading = read_date(cell)
    return named or (reading.precision == MONTH and reading.month) or _UNREADABLE


def _proven_order(readings: Sequence[Reading]) -> bool | None:
    """Whether the column proves that the month stands first: a 13 or more stands in second place
    somewhere, in first place nowhere. None when no cell has one in either place.
    """
    numbers = [reading for reading in readings if reading.swappable]
    if any((r.day or 0) > _MONTHS for r in numbers):
        return False
    return True if any((r.month or 0) > _MONTHS for r in numbers) else None


def undecided_dates(values: pd.Series) -> list[str]:
    """The dates, as written, of a column whose order of day and month nothing decides; none when
    it is proven, or when each date is the same either way.
    """
    is_coded = isinstance(values.dtype, pd.CategoricalDtype)
    cells = values.cat.categories if is_coded else values.dropna().unique()
    texts = [cell for cell in cells if isinstance(cell, str)]
    readings = {text: reading for text in texts if (reading := read_date(text)).swappable}
    if _proven_order(list(readings.values())) is not None:
        return []
    return [text for text, reading in readings.items() if reading.day != reading.month]


def _resolve(reading: Reading, year: int | None, month: int | None, column: _Column) -> _Answer:
    """The date of one combination of cells, or the rule that it breaks."""
    if reading == BROKEN:
        return _Answer(None, "", BROKEN.rule)
    if reading == MISSING and year is None and month is None:
        return _Answer(None, "", MISSING.rule)
    whole = _with_month(reading, month)
    if whole.month == _UNREADABLE or (whole.precision == DAY and whole.month is None):
        return _Answer(None, "", "date_no_month" if month is not None else "date_broken")
    whole = _with_year(whole, year, column)
    if whole.year is None or whole.year == _UNREADABLE:
        return _Answer(None, "", "date_no_year")
    return _checked(_in_order(whole, column), column)


def _with_month(reading: Reading, month: int | None) -> Reading:
    """The reading with the month of the column beside it, where it lacks one."""
    if reading == MISSING:
        reading = Reading(YEAR)
    if month is None or reading.month is not None:
        return reading
    precision = MONTH if reading.precision == YEAR else reading.precision
    return reading._replace(precision=precision, month=month)


def _with_year(reading: Reading, year: int | None, column: _Column) -> Reading:
    """The reading with the year of the column beside it or, for a month or a quarter, the sheet's.
    A day takes its year from a cell only: a register may run on into January.
    """
    if reading.year is not None:
        return reading
    if year is None and reading.precision != DAY and column.context_year is not None:
        rule = reading.rule or "date_year_from_sheet"
        return reading._replace(year=column.context_year, rule=rule)
    return reading._replace(year=year)


def _in_order(reading: Reading, column: _Column) -> Reading:
    """Day and month as the column orders them."""
    if not (reading.swappable and column.month_first):
        return reading
    proves = (reading.month or 0) > _MONTHS
    rule = "date_month_first" if proves else reading.rule
    return reading._replace(day=reading.month, month=reading.day, rule=rule)


def _checked(reading: Reading, column: _Column) -> _Answer:
    """The first day of the reading, if there is such a day and it lies in the column's range."""
    try:
        day = date(reading.year or 0, reading.month or 1, reading.day or 1)
        if reading.short_year and day > column.today and column.earliest.year < EARLIEST.year:
            day = day.replace(year=day.year - _CENTURY)  # a birth in "85"
    except ValueError:
        return _Answer(None, "", "date_impossible")
    if day < column.earliest:
        return _Answer(None, "", "date_too_old")
    if day > column.today:
        return _Answer(None, "", "date_future")
    return _Answer(day, reading.precision, reading.rule)


def _table(answers: list[_Answer], rows: np.ndarray, index: pd.Index) -> pd.DataFrame:
    """The answers by row; notes on the whole column only in the first row that they are true of."""
    days = np.array([answer.day for answer in answers], dtype="datetime64[s]")
    precisions = np.array([answer.precision for answer in answers], dtype=object)
    rules = np.array([answer.rule for answer in answers], dtype=object)
    said = rules[rows]
    for rule in SAID_ONCE:
        said[np.flatnonzero(said == rule)[1:]] = ""
    columns = {"date": days[rows], "precision": precisions[rows], "rule": said}
    return pd.DataFrame(columns, index=index)
