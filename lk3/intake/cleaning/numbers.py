"""Columns of counts -> whole numbers. Unknown is never zero.

Excel's accounting format shows zero as ` -   `, a dash with blanks on both sides; a bare `-`, `...`
and NA say that there is no number. `1.234` is 1234 in a column of counts, unless the column uses
the point for decimals elsewhere.
"""

import re
from collections import Counter
from typing import Any, NamedTuple

import pandas as pd

from lk3.intake.cleaning.cells import cell_text, distinct, is_missing, words_for

_ACCOUNTING_ZERO = re.compile(r"\s*(?:Rp\.?)?[ \t\xa0]+[-–][ \t\xa0]*|[-–][ \t\xa0]{2,}")
_CURRENCY = re.compile(r"^(?:rp|idr)\.?\s*", re.IGNORECASE)
_INTEGER = re.compile(r"[-+−]?\d+")
_POINT_GROUPS = re.compile(r"[-+−]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_COMMA_GROUPS = re.compile(r"[-+−]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_BLANK_GROUPS = re.compile(r"[-+−]?[1-9]\d{0,2}(?: \d{3})+")
_ONE_GROUP = re.compile(r"\d{1,3}[.,]\d{3}")  # 1.234: the only form that may be either
_DECIMAL = re.compile(r"[-+−]?\d+([.,])\d+")
_EXPONENT = re.compile(r"[-+]?\d+(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
_LARGEST = 1_000_000_000
_THOUSAND = 1000
_AS_LARGE = 3  # times the largest number of the column


class _Reading(NamedTuple):
    """A number, or why there is none. `decimal`: the mark that is certainly a decimal mark.
    `grouped`: the mark that divides thousands, unless the column's decimals look like this.
    """

    number: float | None
    rule: str = ""
    decimal: str = ""
    grouped: str = ""


_MISSING = _Reading(None, "number_missing")
_BROKEN = _Reading(None, "number_broken")


def clean_counts(values: pd.Series) -> pd.DataFrame:
    """Read a column of counts.

    Out, by the same index: `number` (Int64, NA where it cannot be used), `rule` ("",
    number_missing, number_broken, number_negative, number_not_whole), `suggestion` (the number that
    was meant where a point for thousands was lost: 5.19 beside 5203 may be 5190).
    """
    codes, cells = distinct(values)
    readings = [*map(_read, cells), _MISSING]
    decimal_marks = _decimal_marks(readings)
    largest = max((r.number for r in readings if r.number and not r.decimal), default=0)
    answers = [_settle(reading, decimal_marks, largest) for reading in readings]
    return pd.DataFrame(
        {
            "number": pd.array([answer[0] for answer in answers], dtype="Int64")[codes],
            "rule": pd.array([answer[1] for answer in answers], dtype="object")[codes],
            "suggestion": pd.array([answer[2] for answer in answers], dtype="object")[codes],
        },
        index=values.index,
    )


def _read(cell: Any) -> _Reading:
    if isinstance(cell, int | float):
        decimal = "number" if not float(cell).is_integer() else ""
        return _Reading(float(cell), decimal=decimal)
    if not isinstance(cell, str):
        return _BROKEN
    if _ACCOUNTING_ZERO.fullmatch(cell) or cell_text(cell).casefold() in words_for("zero"):
        return _Reading(0.0)
    if is_missing(cell):
        return _MISSING
    return _read_text(_without_words(cell_text(cell)).replace("−", "-"))


def _without_words(text: str) -> str:
    """Without `Rp` before the number and a unit behind it (`12 orang`)."""
    bare = _CURRENCY.sub("", text)
    number, _, unit = bare.rpartition(" ")
    return number.strip() if unit.casefold() in words_for("count_unit") else bare


def _read_text(text: str) -> _Reading:
    if _INTEGER.fullmatch(text):
        return _Reading(float(text))
    if _BLANK_GROUPS.fullmatch(text):
        return _Reading(float(text.replace(" ", "")))
    if _POINT_GROUPS.fullmatch(text):
        number = float(text.replace(".", "").replace(",", "."))
        return _Reading(number, grouped="." if _ONE_GROUP.fullmatch(text) else "")
    if _COMMA_GROUPS.fullmatch(text):
        number = float(text.replace(",", ""))
        return _Reading(number, grouped="," if _ONE_GROUP.fullmatch(text) else "")
    if match := _DECIMAL.fullmatch(text):
        return _Reading(float(text.replace(",", ".")), decimal=match[1])
    if _EXPONENT.fullmatch(text):
        return _Reading(float(text.replace(",", ".")))
    return _BROKEN


def _decimal_marks(readings: list[_Reading]) -> set[str]:
    """The marks by which the column writes decimals: no fewer cells show the mark as a decimal mark
    than as one of thousands.
    """
    decimal = Counter(reading.decimal for reading in readings if reading.decimal)
    grouped = Counter(reading.grouped for reading in readings if reading.grouped)
    return {mark for mark, count in decimal.items() if count >= grouped[mark]}


def _settle(
    reading: _Reading, decimal_marks: set[str], largest: float
) -> tuple[int | None, str, str]:
    """Number, rule and suggestion of a reading, given what the whole column shows."""
    number = reading.number
    if number is None:
        return None, reading.rule, ""
    if reading.grouped in decimal_marks:
        return None, "number_not_whole", str(int(number))
    if abs(number) > _LARGEST:
        return None, "number_broken", ""
    if not number.is_integer():
        return None, "number_not_whole", _with_thousands(number, largest)
    if number < 0:
        return None, "number_negative", ""
    return int(number), "", ""


def _with_thousands(number: float, largest: float) -> str:
    """5.19 -> "5190" beside 5203: the point that Excel took for a decimal mark divided thousands.
    "" where the column holds nothing as large.
    """
    meant = round(number * _THOUSAND, 6)
    likely = meant.is_integer() and 0 < meant <= _AS_LARGE * largest and largest >= _THOUSAND
    return str(int(meant)) if likely else ""
