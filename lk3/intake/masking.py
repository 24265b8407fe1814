"""What of a cell may be shown: 40 characters at most, no number of a person, no name.

Cells in the wrong column are the rule, not the exception: a name under `Kelurahan`, a telephone
number under `Status`. A word stays when it is one that the sheets use (a spelling of a kelurahan, a
category, a header) or near to one; in a text of several words all others are hidden.
"""

import re
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from lk3.intake.cleaning.cells import cell_text, is_missing
from lk3.places import load_places
from lk3.settings import REFERENCE_DIR
from lk3.vocabulary import read_csv, vocabulary

HIDDEN = "***"
LONGEST = 40
_SHORTEST_PERSONAL = 10  # digits; telephone numbers have 9 to 13, a NIK has 16
_LONGEST_NEAR_MISS = 3  # words; longer texts that hold an unknown word are free text
_LIKENESS_AT_LEAST = 85
_SHORTEST_LIKE = 5
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_EMAIL = re.compile(r"\S+@\S+")
_DATE = re.compile(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}(?:[T ]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?")
_LONG_NUMBER = re.compile(r"\d{9,}")
_SPACED_NUMBER = re.compile(r"\+?\(?\d(?:[ .()/'’\u2010-\u2015-]{0,2}\d){8,}")
_NUMBER_WITH_POINTS = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d+[.,]\d+")
_VOCABULARIES = (
    "problems", "professions", "statuses", "services", "sexes", "months", "age_bands", "breakdowns",
)  # fmt: skip


def mask(value: Any) -> str:
    """The cell as text that may be shown and kept; "" for an empty cell."""
    if isinstance(value, float) and not value.is_integer() and value == value:
        return f"{value:.9g}"  # a fraction identifies nobody
    text = cell_text(value)
    return _mask_text(text) if text else ""


@lru_cache(maxsize=4096)
def _mask_text(text: str) -> str:
    shown = _mask_words(mask_numbers(text))
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def mask_numbers(text: str) -> str:
    """The text without e-mail addresses and without numbers of nine digits or more, written in
    whatever groups; dates and amounts stay.
    """
    text = _EMAIL.sub(HIDDEN, text)
    if _DATE.fullmatch(text):
        return text
    return _LONG_NUMBER.sub(HIDDEN, _SPACED_NUMBER.sub(_hide_unless_amount, text))


def _hide_unless_amount(match: re.Match[str]) -> str:
    digits = sum(letter.isdigit() for letter in match[0])
    is_amount = digits < _SHORTEST_PERSONAL and _NUMBER_WITH_POINTS.fullmatch(match[0])
    return match[0] if is_amount else HIDDEN


def _mask_words(text: str) -> str:
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) < 2 or is_missing(text):
        return text
    known = [_is_known(word) for word in words]
    names_a_place = words[0] in place_words() and len(words) <= _LONGEST_NEAR_MISS
    if all(known) and not set(words) <= _only_after_others():
        return text
    if names_a_place and sum(known) >= len(words) - 1:
        return text  # `Loktuan Raya`: near to a kelurahan, and no person's name
    certain = {word for word, is_known in zip(words, known, strict=True) if is_known}
    certain -= _only_after_others()
    return _WORD.sub(lambda m: m[0] if m[0].casefold() in certain else HIDDEN, text)


def _is_known(word: str) -> bool:
    if word in _known_words():
        return True
    if len(word) < _SHORTEST_LIKE:
        return False
    near = process.extractOne(word, _long_known_words(), scorer=fuzz.ratio)
    return near is not None and near[1] >= _LIKENESS_AT_LEAST


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    """Words of the vocabularies, headers and cell words, and of the areas."""
    texts = [row["headers"] for row in read_csv(REFERENCE_DIR / "headers.csv")]
    texts += [row["words"] for row in read_csv(REFERENCE_DIR / "cell_words.csv")]
    for name in _VOCABULARIES:
        for term in vocabulary(name).terms.values():
            texts += [term.key, term.label, term.label_en, *term.spellings]
    words = {word.casefold() for text in texts for word in _WORD.findall(text)}
    return frozenset(words | place_words() | _only_after_others())


@lru_cache(maxsize=1)
def _long_known_words() -> tuple[str, ...]:
    """Known words that a misspelling can be near to: short ones are near to names (and, Andi)."""
    return tuple(sorted(word for word in _known_words() if len(word) >= _SHORTEST_LIKE))


@lru_cache(maxsize=1)
def place_words() -> frozenset[str]:
    """Words with which the name of an area, a kecamatan or another town begins."""
    places = load_places()
    names = [*places.areas["name"], *places.districts, places.name]
    return frozenset({name.split()[0].casefold() for name in names} | set(places.keys))


@lru_cache(maxsize=1)
def _only_after_others() -> frozenset[str]:
    """Words that only end the name of an area: `Lestari` and `Indah` are persons' names as well."""
    names = load_places().areas["name"]
    return frozenset(w for name in names for w in name.casefold().split()[1:]) - place_words()
