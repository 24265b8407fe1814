"""How clerks write it: the spellings of a thing, the ways to write a day, a name that is nobody's.

In: keys, codes and dates of the plan. Out: what stands in the cells. A spelling is used only when
the vocabulary or the places know it as the same thing, so that whatever the intake sets aside from
the sample was meant to be set aside.
"""

from datetime import date, datetime
from itertools import combinations

import numpy as np
import pandas as pd

from lk3.places import CITY, OUTSIDE, Places
from lk3.vocabulary import Term, squash, vocabulary

USUAL_SHARE = 0.65  # of the cells hold the usual spelling, the rest one of the others
OTHER_SPELLINGS = 3
DAY_STYLES = 40  # four of them are text, so that one day in ten is
Cell = str | int | datetime
Variants = dict[str, tuple[str, ...]]


def term_variants(name: str) -> Variants:
    """The spellings of each term of a vocabulary, the usual one first; "" stays ""."""
    words = vocabulary(name)
    variants: Variants = {"": ("",)}
    for key, term in words.terms.items():
        label = term.label
        written = (label, label.upper(), f"{label} ", *term.spellings[:OTHER_SPELLINGS])
        variants[key] = tuple(text for text in written if words.key_for(text) == key)
    return variants


def sex_variants() -> Variants:
    """The letters and words for a sex; numbers are left to sheets that explain them."""
    words = vocabulary("sexes")
    return {
        key: (key, *(text for text in term.spellings if text.isalpha() and len(text) > 1))
        for key, term in words.terms.items()
    }


def place_variants(places: Places) -> Variants:
    """The spellings of each kelurahan, of outside and of the city, the usual one first."""
    variants = {code: _spellings(places, code, places.label(code)) for code in places.codes}
    variants[OUTSIDE] = _spellings(places, OUTSIDE, places.outside_labels["id"])
    variants[CITY] = (places.title,)
    return variants


def _spellings(places: Places, code: str, name: str) -> tuple[str, ...]:
    known = sorted(key.title() for key, owner in places.keys.items() if owner == code)
    others = [text for text in known if text.isalpha() and squash(text) != squash(name)]
    written = (
        name,
        name.upper(),
        f"Kel. {name}",
        name.lower().replace(" ", "_"),
        f"{name} ",
        *others[:OTHER_SPELLINGS],
        *([] if code == OUTSIDE else [code]),
    )
    return tuple(text for text in written if places.code_for(text) == code)


def write_as(random: np.random.Generator, keys: pd.Series, variants: Variants) -> list[str]:
    """One spelling for each key: the usual one mostly, else any of its others."""
    usual = random.random(len(keys)) < USUAL_SHARE
    choice = random.integers(0, 1_000, len(keys))
    return [
        variants[key][0 if plain else number % len(variants[key])]
        for key, plain, number in zip(keys, usual, choice, strict=True)
    ]


def write_problems(random: np.random.Generator, main: pd.Series, second: pd.Series) -> list[str]:
    """The main problem and, where there is one, the second after a comma. Two are joined only when
    neither label holds a comma or a stroke itself.
    """
    labels = vocabulary("problems").terms
    plain = {key for key, term in labels.items() if not set(",/") & set(term.label)}
    written = write_as(random, main, term_variants("problems"))
    return [
        f"{labels[first].label}, {labels[other].label.lower()}" if {first, other} <= plain else text
        for first, other, text in zip(main, second, written, strict=True)
    ]


def write_days(random: np.random.Generator, days: pd.Series) -> list[datetime | str]:
    """Most days as a date of the spreadsheet, some as text in one of four ways, none as ""."""
    months = vocabulary("months").terms
    style = random.integers(0, DAY_STYLES, len(days))
    return [
        "" if pd.isna(day) else _write_day(day.date(), int(number), months[str(day.month)])
        for day, number in zip(days, style, strict=True)
    ]


def _write_day(day: date, style: int, month: Term) -> datetime | str:
    texts = (
        f"{day.day} {month.label} {day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d/%m/%Y}",
        f"{day.day} {month.spellings[1]} {day:%y}",
    )
    return texts[style] if style < len(texts) else datetime(day.year, day.month, day.day)


def nobodys_name(places: Places) -> str:
    """A name that looks like a kelurahan and is none: the first word of one and the last word of
    another, as when the eye slips. Two names of several words that begin alike are mixed if there
    are any (the last two in the file that do).
    """
    names = list(dict.fromkeys(places.areas["name"]))
    pairs = list(reversed(list(combinations(names, 2))))
    alike = [p for p in pairs if p[0][0] == p[1][0] and " " in p[0] and " " in p[1]]
    slips = dict.fromkeys(f"{a.split()[0]} {b.split()[-1]}" for a, b in (*alike, *pairs))
    unknown = (s for s in slips if places.code_for(s) is None and not places.candidates(s))
    return next(unknown, "Kelurahan Contoh")
