"""Names and titles of sheets -> the period that they say: `PERIODE : JANUARI - DESEMBER 2023`.

A period is a day, a month, a quarter or a year, because that is what the tables hold: a half year
or "Januari s.d. Mei" becomes its year. A text that names two years says no period.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from lk3.intake.cleaning.cells import cell_text
from lk3.intake.cleaning.date_texts import (
    DAY,
    MONTH,
    QUARTER,
    YEAR,
    month_number,
    part_number,
    part_pattern,
    read_text,
)

_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_YEAR_MONTH = re.compile(r"(?<!\d)(20\d{2})[-_.](0[1-9]|1[0-2])(?![-_.]?\d)")
_DAY_AND_MONTH = re.compile(r"(?<!\d)\d{1,2}[-/. ]+[^\W\d_]{3,}")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_MONTH_NAME = 3
_LAST_QUARTER = 4


class Span(NamedTuple):
    """A period: first day, last day (inclusive) and precision (day, month, quarter or year)."""

    first: date
    last: date
    precision: str


def parse_period(text: object, *, context_year: int | None = None) -> Span | None:
    """The period that a sheet's name or a title says; None when it says none, or several years.

    `context_year`: the year of the workbook, for a sheet that is named `Januari` or `TW II`.
    """
    line = cell_text(text)
    reading = read_text(line)
    if reading.precision == DAY and reading.year:
        return _day(reading.year, reading.month, reading.day)
    if reading.precision == MONTH and reading.year and 1 <= (reading.month or 0) <= 12:
        return _months(reading.year, reading.month or 1, reading.month or 12)
    years = {int(year) for year in _YEAR.findall(line)}
    if len(years) > 1 or not (years or context_year):
        return None
    year = years.pop() if years else int(context_year or 0)
    part = _quarters_in(line) or _months_in(line)
    if part is None:
        return _months(year, 1, 12) if _YEAR.search(line) else None
    return _months(year, *part)


def _day(year: int, month: int | None, day: int | None) -> Span | None:
    try:
        only = date(year, month or 0, day or 0)
    except ValueError:
        return None
    return Span(only, only, DAY)


def _months(year: int, first: int, last: int) -> Span:
    """The month, the quarter or else the year that holds the months from `first` to `last`."""
    if first == last:
        precision = MONTH
    elif (first - 1) // 3 == (last - 1) // 3:
        precision, first = QUARTER, 3 * ((first - 1) // 3) + 1
        last = first + 2
    else:
        precision, first, last = YEAR, 1, 12
    return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]), precision)


def _quarters_in(line: str) -> tuple[int, int] | None:
    match = _quarter().search(line)
    number = part_number(match, first_group=1) if match else 0
    return (3 * number - 2, 3 * number) if 1 <= number <= _LAST_QUARTER else None


@lru_cache(maxsize=1)
def _quarter() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){part_pattern('quarter')}", re.IGNORECASE)


def _months_in(line: str) -> tuple[int, int] | None:
    """First and last month that a text names. A day inside a longer text (`per 31 Desember 2023`,
    `Bontang, 31 Desember 2023`) says the year alone, not that month.
    """
    numbered = _YEAR_MONTH.search(line)
    if numbered:
        return int(numbered[2]), int(numbered[2])
    words = _WORD.findall(line)
    named = [n for word in words if (n := month_number(word, shortest=_SHORTEST_MONTH_NAME))]
    if not named:
        return None
    if named[0] > named[-1] or (len(named) == 1 and _DAY_AND_MONTH.search(line)):
        return 1, 12
    return named[0], named[-1]
