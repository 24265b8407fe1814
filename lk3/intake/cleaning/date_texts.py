"""One cell -> what it says of a date: never more than is written there.

A `Reading` holds the parts that stand in the cell; the year or month that it lacks may come from a
column beside it (`dates`), never from a guess. General date parsers fill the gaps with today's
date or swap day and month when that happens to fit, and so are not used.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from lk3.intake.cleaning.cells import cell_text, is_missing, words_for
from lk3.vocabulary import vocabulary

DAY, MONTH, QUARTER, YEAR = "day", "month", "quarter", "year"
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 2101, 2_958_465  # below are years; the last is 31.12.9999
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_LAST_QUARTER, _LAST_SEMESTER = 4, 2
_SHORTEST_MONTH_NAME = 3

_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?|z|[+-]\d{2}:?\d{2})?"
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_NUMERIC = re.compile(r"(\d{1,2})\s?([-/. ])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})[-/., ]*([^\W\d_]+)\.?[-/., ]*'?(\d{4}|\d{2})")
_NAME_FIRST = re.compile(r"([^\W\d_]+)\.? (\d{1,2}),? (\d{4})")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})[-/. ]*([^\W\d_]+)\.?")
_NUMBERED_MONTH = re.compile(r"(\d{1,2})\s?[-/]\s?(\d{4})|(\d{4})\s?-\s?(\d{2})")
_NAMED_MONTH = re.compile(r"([^\W\d_]+)\.?(?:[-/., ]*(\d{4})|(?:-|-? ?')(\d{2}))")  # Agu-23: Excel
_YEAR_ALONE = re.compile(r"(\d{4})(?:[.,]0+)?")
_PART = r"[-. ]*(?:ke)?[-. ]*(?:(\d)|([ivIV]{1,3}))"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


class Reading(NamedTuple):
    """What a cell says: its parts (None: not written) and the precision of the whole.

    `month` of a quarter is its first. `rule`: why nothing can be read, or a note. `swappable`: day
    and month are numbers, so that only the column can tell which is which. `short_year`: two digits
    were written.
    """

    precision: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    rule: str = ""
    swappable: bool = False
    short_year: bool = False


BROKEN = Reading("", rule="date_broken")
MISSING = Reading("", rule="date_missing")


def read_date(cell: Any) -> Reading:
    """What one cell says of a date."""
    if is_missing(cell):
        return MISSING
    if isinstance(cell, datetime | date):
        return Reading(DAY, cell.year, cell.month, cell.day)
    if isinstance(cell, int | float):
        return _read_number(float(cell))
    return read_text(cell_text(cell)) if isinstance(cell, str) else BROKEN


def _read_number(number: float) -> Reading:
    """A year or Excel's count of days; 1 to 31 may be the day beside a month column."""
    if _FIRST_YEAR <= number <= _LAST_YEAR and number.is_integer():
        return Reading(YEAR, int(number))
    if 1 <= number <= 31 and number.is_integer():
        return Reading(DAY, day=int(number))
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        day = _EXCEL_DAY_ZERO + timedelta(days=int(number))
        return Reading(DAY, day.year, day.month, day.day)
    return BROKEN


def read_text(text: str) -> Reading:
    """What a text of one line says of a date, a month, a quarter or a year."""
    bare = _without_ornaments(text)
    for read in (_read_day, _read_month, _read_part_of_year, _read_plain_number):
        reading = read(bare)
        if reading is not None:
            return reading
    return BROKEN


def _without_ornaments(text: str) -> str:
    """Without weekday, time of day and words such as `Tanggal`: they add nothing to the day."""
    bare = _ornaments().sub("", text)
    return re.sub(rf"[T, ]+{_clock()}?\s*{_TIME}\s*{_clock()}?$", "", bare, flags=re.I).strip(" ,.")


@lru_cache(maxsize=1)
def _ornaments() -> re.Pattern[str]:
    weekdays, labels = any_of("weekday"), any_of("date_label")
    return re.compile(rf"^(?:{weekdays})\.?\s*[,/]?\s*(?=\d)|\b(?:{labels})\b[.:\s]*", re.I)


@lru_cache(maxsize=1)
def _clock() -> str:
    return rf"(?:(?:{any_of('clock')})\.?\s*)"


@lru_cache(maxsize=16)
def any_of(meaning: str) -> str:
    """A pattern for any of the words of a meaning, the longest first."""
    words = sorted(words_for(meaning), key=len, reverse=True)
    return "|".join(re.escape(word) for word in words)


def month_number(name: str, *, shortest: int = 1) -> int | None:
    """3 for "Maret", "Mar", "III"; None for what is no month or shorter than `shortest`."""
    key = vocabulary("months").key_for(name) if len(name) >= shortest else None
    return int(key) if key else None


def full_year(digits: str) -> int:
    """2023 for "2023" and "23"."""
    return int(digits) if len(digits) > 2 else 2000 + int(digits)


def _read_day(text: str) -> Reading | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return Reading(DAY, int(match[1]), int(match[3]), int(match[4]))
    if match := _NUMERIC.fullmatch(text):
        return _day(match[4], int(match[3]), match[1], swappable=True)
    if (match := _NAMED.fullmatch(text)) and (month := month_number(match[2])):
        return _day(match[3], month, match[1])
    if (match := _NAME_FIRST.fullmatch(text)) and (month := month_number(match[1], shortest=3)):
        return _day(match[3], month, match[2])
    if (match := _DAY_OF_MONTH.fullmatch(text)) and (month := month_number(match[2], shortest=3)):
        return Reading(DAY, None, month, int(match[1]))
    return None


def _day(year: str, month: int, day: str, *, swappable: bool = False) -> Reading:
    return Reading(DAY, full_year(year), month, int(day), "", swappable, len(year) == 2)


def _read_month(text: str) -> Reading | None:
    if match := _NUMBERED_MONTH.fullmatch(text):
        return Reading(MONTH, int(match[2] or match[3]), int(match[1] or match[4]))
    name, year = text.rstrip("."), None
    if match := _NAMED_MONTH.fullmatch(text):
        name, year = match[1], full_year(match[2] or match[3])
    month = month_number(name, shortest=_SHORTEST_MONTH_NAME)
    return Reading(MONTH, year, month) if month and name.isalpha() else None


def _read_part_of_year(text: str) -> Reading | None:
    if match := _YEAR_ALONE.fullmatch(text):
        year = int(match[1])
        return Reading(YEAR, year) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    for word, parts in (("quarter", _LAST_QUARTER), ("semester", _LAST_SEMESTER)):
        match = _part_of_year(word).fullmatch(text)
        number = part_number(match, first_group=2) if match else 0
        if match and 1 <= number <= parts:
            written = match[1] or match[4]
            half = Reading(YEAR, rule="date_half_year")
            part = half if word == "semester" else Reading(QUARTER, month=3 * number - 2)
            return part._replace(year=int(written) if written else None)
    return None


@lru_cache(maxsize=4)
def _part_of_year(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(\d{{4}})[-/. ]*)?{part_pattern(word)}[-/., ]*(\d{{4}})?", re.I)


def part_pattern(word: str) -> str:
    """A pattern for `TW II`, `Triwulan ke-2` (word: "quarter") or `Semester 1`: two groups, of
    which one holds the number.
    """
    return rf"(?:{any_of(word)}){_PART}(?!\w)"


def part_number(match: re.Match[str], *, first_group: int) -> int:
    """The number in the two groups of `part_pattern`, 0 for a numeral that is none."""
    digit, roman = match[first_group], match[first_group + 1]
    return int(digit) if digit else _ROMAN.get(roman.lower(), 0)


def _read_plain_number(text: str) -> Reading | None:
    """Excel's count of days, exported as text: "45133", "41747,4167"."""
    if _SERIAL.fullmatch(text):
        return _read_number(float(text.replace(",", ".")))
    return Reading(DAY, day=int(text)) if text.isdecimal() and len(text) <= 2 else None
