"""Sex and age of a client -> L, P and the bands of the house.

An age may be written in years, months or days, as a band, as a year or a date of birth. It comes
out as a band and nothing else. Bands that do not nest with ours are kept apart as unknown: 5-11 is
partly 0-5 and partly 6-12, and nobody can say who of them is which.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lk3.intake.cleaning.cells import cell_text, clean_each, distinct, is_missing
from lk3.intake.cleaning.date_texts import DAY, YEAR, any_of, read_date
from lk3.vocabulary import UNKNOWN, squash, vocabulary

_OLDEST = 120
_FIRST_BIRTH, _LAST_BIRTH = 1900, 2100
_PER_YEAR = {"year": 1.0, "month": 12.0, "week": 52.0, "day": 365.25}
_NUMBER = r"(\d+(?:[.,]\d+)?)"


def clean_sex(values: pd.Series) -> pd.DataFrame:
    """Look up a column of sexes. Out, by the same index: `key` (L, P or "unknown"), `rule` ("",
    sex_missing, sex_unknown).
    """
    known = vocabulary("sexes")

    def clean(cell: Any) -> tuple[str, str]:
        if is_missing(cell):
            return UNKNOWN, "sex_missing"
        key = known.key_for(cell_text(cell))
        return (key, "") if key else (UNKNOWN, "sex_unknown")

    return clean_each(values, clean, ("key", "rule"))


class _Age(NamedTuple):
    """What a cell says of an age: from and to in years, or a birth; else the rule it breaks."""

    low: float = np.nan
    high: float = np.nan
    born: date | None = None
    born_in: float = np.nan
    rule: str = ""


def clean_age_bands(
    values: pd.Series, *, births: pd.Series | None = None, at: pd.Series | None = None
) -> pd.DataFrame:
    """Read a column of ages.

    In: raw cells; `births`: dates of birth (NaT where unknown), used where the cell gives no age;
    `at`: the reporting date, by which a birth becomes an age. Out, by the same index: `key` (an age
    band or "unknown"), `rule` ("", age_missing, age_broken, age_negative, age_implausible,
    age_band_differs, age_before_birth).
    """
    codes, cells = distinct(values)
    readings = _without_false_dates([*map(_read_age, cells), _Age(rule="age_missing")], cells)
    table = pd.DataFrame(readings, columns=_Age._fields)
    table["born"] = pd.to_datetime(table["born"]).astype("datetime64[s]")
    ages = table.iloc[codes].set_axis(values.index)
    when = at if at is not None else pd.Series(pd.NaT, values.index, dtype="datetime64[s]")
    ages = _ages_at(ages, when, births)
    return _banded(ages)


def _without_false_dates(readings: list[_Age], cells: list[Any]) -> list[_Age]:
    """In a column of bands a date is what Excel has made of `6-12`, and nobody's birth."""
    if not any(reading.low < reading.high for reading in readings):
        return readings
    false = _Age(rule="age_broken")
    dates = [isinstance(cell, date) for cell in [*cells, None]]
    return [false if is_date else age for age, is_date in zip(readings, dates, strict=True)]


def _ages_at(ages: pd.DataFrame, at: pd.Series, births: pd.Series | None) -> pd.DataFrame:
    """Ages with those that follow from a birth. A year of birth leaves two ages open."""
    by_date = years_between(ages["born"], at)
    by_year = at.dt.year - ages["born_in"]
    low = ages["low"].fillna(by_date).fillna((by_year - 1).mask(by_year == 0, 0))
    high = ages["high"].fillna(by_date).fillna(by_year)
    rule = ages["rule"]
    if births is not None:
        from_birth = years_between(births, at)
        use = low.isna() & from_birth.notna()
        low, high = low.fillna(from_birth), high.fillna(from_birth)
        rule = rule.mask(use & (rule == "age_missing"), "")
    given = ages["born"].notna() | ages["born_in"].notna()
    rule = rule.mask((rule == "") & given & at.isna(), "age_missing")
    rule = rule.mask((rule == "") & (high < 0), "age_before_birth")
    return pd.DataFrame({"low": low, "high": high, "rule": rule})


def years_between(births: pd.Series, at: pd.Series) -> pd.Series:
    """Completed years of age, NaN where either date is unknown."""
    had_birthday = (at.dt.month > births.dt.month) | (
        (at.dt.month == births.dt.month) & (at.dt.day >= births.dt.day)
    )
    years = at.dt.year - births.dt.year - (~had_birthday).astype(int)
    return years.astype("float64")


def _banded(ages: pd.DataFrame) -> pd.DataFrame:
    """Bands of ages; where the low and the high age fall into two bands, unknown."""
    keys, starts = _bands()
    plausible = (ages["low"] >= 0) & (ages["low"] <= _OLDEST)
    low, high = ages["low"].where(plausible, 0), ages["high"].where(plausible, 0)
    first = np.searchsorted(starts, np.floor(low), side="right") - 1
    last = np.searchsorted(starts, np.floor(high), side="right") - 1
    one = plausible & (first == last)
    rule = ages["rule"].mask((ages["rule"] == "") & plausible & ~one, "age_band_differs")
    rule = rule.mask((rule == "") & ~plausible, "age_implausible")
    key = pd.Series(np.array(keys, dtype=object)[first], index=ages.index).where(one, UNKNOWN)
    return pd.DataFrame({"key": key, "rule": rule})


@lru_cache(maxsize=1)
def _bands() -> tuple[list[str], np.ndarray]:
    terms = vocabulary("age_bands").terms
    return list(terms), np.array([float(term.extra["from_age"]) for term in terms.values()])


def _read_age(cell: Any) -> _Age:
    if is_missing(cell):
        return _Age(rule="age_missing")
    if isinstance(cell, int | float):
        return _read_number(float(cell))
    text = cell_text(cell)
    if not isinstance(cell, str):
        return _read_birth(cell)
    for read in (_read_plain, _read_years_and_months, _read_band, _read_word):
        age = read(text)
        if age is not None:
            return age
    return _read_birth(cell)


def _read_number(number: float) -> _Age:
    if number < 0:
        return _Age(rule="age_negative")
    if number <= _OLDEST:
        return _Age(number, number)
    if number.is_integer() and _FIRST_BIRTH <= number <= _LAST_BIRTH:
        return _Age(born_in=number)
    return _Age(rule="age_implausible")


def _read_birth(cell: Any) -> _Age:
    reading = read_date(cell)
    if reading.rule or reading.year is None:
        return _Age(rule="age_broken")
    if reading.precision == YEAR:
        return _Age(born_in=float(reading.year))
    try:
        day = date(reading.year, reading.month or 1, reading.day or 1)
    except ValueError:
        return _Age(rule="age_broken")
    return _Age(born=day) if reading.precision == DAY else _Age(born_in=float(day.year))


def _read_plain(text: str) -> _Age | None:
    plain = text.replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?(e\+?\d+)?", plain, re.IGNORECASE):
        return None
    return _read_number(float(plain))


def _read_years_and_months(text: str) -> _Age | None:
    """34 th, 6 bln, 1 tahun 6 bulan, 10 hari."""
    match = _duration().fullmatch(text)
    if not match or not any(match.groups()):
        return None
    parts = zip(match.groups(), _PER_YEAR.values(), strict=True)
    years = sum(float(number.replace(",", ".")) / per_year for number, per_year in parts if number)
    return _Age(years, years) if years <= _OLDEST else _Age(rule="age_implausible")


@lru_cache(maxsize=1)
def _duration() -> re.Pattern[str]:
    parts = [rf"(?:{_NUMBER}\s*(?:{any_of(f'{unit}_of_age')})\b\.?)?" for unit in _PER_YEAR]
    return re.compile(r"[,\s]*".join(parts), re.IGNORECASE)


def _read_band(text: str) -> _Age | None:
    """13-17, 13 s/d 17 th, 60+, >60, 18 tahun ke atas, <1, ≤5."""
    bare = re.sub(rf"(?<=[\d\s])(?:{any_of('year_of_age')})\b\.?", "", text, flags=re.I).strip()
    if match := re.fullmatch(rf"(\d+)\s*(?:[-–]|{any_of('until')})\s*(\d+)", bare, re.I):
        return _span(float(match[1]), float(match[2]))
    if match := re.fullmatch(r"(>=|≥|>)\s*(\d+)", bare):
        return _span(float(match[2]) + (match[1] == ">") * (match[2] != "60"), np.inf)
    if match := re.fullmatch(rf"(\d+)\s*(?:\+|(?:{any_of('at_least')}))", bare, re.I):
        return _span(float(match[1]), np.inf)
    if match := re.fullmatch(r"(<=|≤|<)\s*(\d+)", bare):
        return _span(0, float(match[2]) - (match[1] == "<"))
    if match := re.fullmatch(rf"(\d+)\s*(?:{any_of('at_most')})", bare, re.I):
        return _span(0, float(match[1]))
    return None


def _span(low: float, high: float) -> _Age:
    return _Age(low, high) if low <= high else _Age(rule="age_broken")


def _read_word(text: str) -> _Age | None:
    """A spelling of a band in age_bands.csv: Lansia."""
    bands = vocabulary("age_bands")
    key = bands.keys.get(squash(text))
    if key is None or re.search(r"\d", text):
        return None
    low, high = bands.terms[key].extra["from_age"], bands.terms[key].extra["to_age"]
    return _Age(float(low), float(high) if high else np.inf)
