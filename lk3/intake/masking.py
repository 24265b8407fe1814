"""What of a cell may be shown: 40 characters at most, no number of a person, no name.

Cells in the wrong column are the rule, not the exception: a name under `Kelurahan`, a telephone
number under `Status`. A word stays when it is one that the sheets use (a spelling of a kelurahan, a
category, a header) or near to one; all others are hidden, for a single word may be a name as well
as two may, and a long text as a whole. Words of the calendar stay beside a number only: Mei, Juli
and April are persons' names too.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any

from rapidfuzz import fuzz, process

from lk3 import settings
from lk3.intake.cleaning.cells import cell_text, is_missing, words_for
from lk3.places import Places, read_places
from lk3.settings import REFERENCE_DIR
from lk3.vocabulary import read_csv, vocabulary

HIDDEN = "***"
LONGEST = 40
_SHORTEST_PERSONAL = 10  # digits that no amount of a sheet has; a NIK has 16, telephones 9 to 13
_MOST_WORDS_OF_AN_AREA = 3
_MOST_WORDS_OF_A_CELL = 6  # longer ones with a word that nobody knows are free text
_LIKENESS_AT_LEAST = 85
_SHORTEST_LIKE = 6  # letters; shorter words are near to names (rawan, Irawan; media, Medina)
_ABBREVIATION = re.compile("[^aeiouy]{4,}")  # KDRTT; shorter ones may be somebody's initials
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_EMAIL = re.compile(r"\S+@\S+")
_DATE = re.compile(
    r"(?:\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2})"
    r"(?:[T ]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?"
)
_AREA_CODE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}")  # the ministry's, perhaps mistyped
_LONG_NUMBER = re.compile(r"\+?\(?\d(?:[ .,_()/'’\u2010-\u2015-]{0,3}\d){8,}")
_ERROR = re.compile(r"#[A-Z/0!?]{3,7}")  # as a spreadsheet shows it: #REF!, #N/A
_AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d+[.,]\d+")
_NO_TERMS = ("plain", "name_too", "weekday")
_VOCABULARIES = (
    "problems", "professions", "statuses", "services", "sexes", "age_bands", "breakdowns",
)  # fmt: skip


@dataclass(frozen=True)
class _Words:
    """The words that the sheets of a city use, in lower case. `area_first`, `area_last`: words that
    begin the name of an area, and words that only stand behind one (Lestari and Indah are persons'
    names as well). `calendar`: months and weekdays. `long`: those that a misspelling can be near
    to; the plain words of problems (`warisan`) are not among them, for names are near to them.
    """

    known: frozenset[str]
    calendar: frozenset[str]
    area_first: frozenset[str]
    area_last: frozenset[str]
    long: tuple[str, ...]


def mask(value: Any) -> str:
    """The cell as text that may be shown and kept; "" for an empty cell."""
    if isinstance(value, float) and isfinite(value) and not value.is_integer():
        return f"{value:.5g}"  # a fraction identifies nobody, and this few digits read as one
    text = cell_text(value)
    return _mask_text(text, settings.get("LK3_GEO_DIR")) if text else ""


def may_be_quoted(value: Any) -> bool:
    """Whether nothing of a cell has to be hidden, so that it may be asked about and kept."""
    return HIDDEN not in mask(value)


@lru_cache(maxsize=4096)
def _mask_text(text: str, geo_dir: str) -> str:
    shown = _mask_words(mask_numbers(text), _words(geo_dir))
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def mask_numbers(text: str) -> str:
    """The text without e-mail addresses and without numbers of nine digits or more, written in
    whatever groups; dates, amounts and codes of areas stay.
    """
    text = _EMAIL.sub(HIDDEN, text)
    if _DATE.fullmatch(text) or _AREA_CODE.fullmatch(text):
        return text
    return _LONG_NUMBER.sub(_hide_unless_amount, text)


def _hide_unless_amount(match: re.Match[str]) -> str:
    digits = sum(letter.isdigit() for letter in match[0])
    is_amount = digits < _SHORTEST_PERSONAL and _AMOUNT.fullmatch(match[0]) is not None
    return match[0] if is_amount else HIDDEN


def _mask_words(text: str, words: _Words) -> str:
    written = [word.casefold() for word in _WORD.findall(text)]
    if not written or is_missing(text) or _ERROR.fullmatch(text):
        return text
    names_area = written[0] in words.area_first
    dated = any(letter.isdigit() for letter in text)
    kept = {
        word
        for word in written
        if _is_known(word, words, beside_area=names_area) or (dated and word in words.calendar)
    }
    unknown = set(written) - kept
    if names_area and 1 < len(written) <= _MOST_WORDS_OF_AN_AREA and len(unknown) <= 1:
        return text  # `Loktuan Raya`: near to a kelurahan, and no person's name
    if unknown and len(written) > _MOST_WORDS_OF_A_CELL:
        return HIDDEN
    return _WORD.sub(lambda match: match[0] if match[0].casefold() in kept else HIDDEN, text)


def _is_known(word: str, words: _Words, *, beside_area: bool) -> bool:
    if word in words.area_last and not beside_area:
        return False
    if word in words.known or word in words.area_last:
        return True
    if _ABBREVIATION.fullmatch(word):
        return True
    if len(word) < _SHORTEST_LIKE:
        return False
    near = process.extractOne(word, words.long, scorer=fuzz.ratio)
    return near is not None and near[1] >= _LIKENESS_AT_LEAST and near[0][0] == word[0]


@lru_cache(maxsize=4)
def _words(geo_dir: str) -> _Words:
    places = read_places(geo_dir)
    first, last = _words_of_areas(places)
    calendar = frozenset(_words_of("months")) | words_for("weekday")
    terms = frozenset(word for name in _VOCABULARIES for word in _words_of(name)) | first
    names = words_for("name_too")  # words of the sheets that are names as often
    known = (terms | frozenset(_words_of_reference())) - calendar - names
    long = sorted(word for word in terms - last - names if len(word) >= _SHORTEST_LIKE)
    return _Words(known | words_for("plain"), calendar, first, last, tuple(long))


def _words_of_areas(places: Places) -> tuple[frozenset[str], frozenset[str]]:
    names = [*places.areas["name"], *places.districts, places.name]
    parts = [_WORD.findall(name.casefold()) for name in names]
    first = frozenset(words[0] for words in parts if words) | frozenset(places.keys)
    return first, frozenset(word for words in parts for word in words[1:]) - first


def _words_of_reference() -> set[str]:
    """Words of the headers and of the cells (units)."""
    texts = [row["headers"] for row in read_csv(REFERENCE_DIR / "headers.csv")]
    cell_words = read_csv(REFERENCE_DIR / "cell_words.csv")
    texts += [row["words"] for row in cell_words if row["meaning"] not in _NO_TERMS]
    return {word.casefold() for text in texts for word in _WORD.findall(text)}


def _words_of(name: str) -> set[str]:
    """Words by which the sheets write the terms of a vocabulary."""
    terms = vocabulary(name).terms.values()
    texts = [text for term in terms for text in (term.key, term.label, *term.spellings)]
    return {word.casefold() for text in texts for word in _WORD.findall(text)}
