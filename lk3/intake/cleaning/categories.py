"""Columns of categories -> keys of a vocabulary. Spellings are looked up; likeness only suggests.

`Babinkamtibmas` (police) and `Babinsa` (army) are close in letters and different people: what
nobody has written down is unknown until somebody does.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd
from rapidfuzz import fuzz, process

from lk3 import vocabulary as words
from lk3.intake.cleaning.cells import ANSWERED, cell_text, clean_each, is_missing
from lk3.vocabulary import UNKNOWN, Vocabulary, squash

_UNKNOWN = "?"
_LIKENESS_AT_LEAST = 80
_SHORTEST_LIKE = 4
_ENUMERATION = re.compile(r"^\(?(?:\d{1,2}|[a-z])[.)]\s*", re.IGNORECASE)
_SEPARATORS = (r"\s*[;|\n\r]\s*", r"\s*,\s*", r"\s*[()]\s*", r"\s*[/+&]\s*", r"\s+(?:dan|serta)\s+")


class _Read(NamedTuple):
    """Keys joined by "|", the rule, a label that may be meant (or was answered), and the part of
    the cell that nobody knows.
    """

    keys: str
    rule: str = ""
    suggestion: str = ""
    unread: str = ""


def clean_category(
    values: pd.Series, *, vocabulary: str, answered: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Look up a column of which each cell names one term.

    `answered`: the key of each spelling that somebody has explained, by its letters and digits.
    Out, by the same index: `key` ("unknown" where there is none), `rule` ("", category_missing,
    category_unknown, category_partly_unknown, answer_value, or category_several: the first of
    several is taken), `suggestion` (a label for a person to judge, or the one that was answered),
    `unread` (the part that is not known).
    """
    terms, more = _terms(vocabulary, answered)

    def clean(cell: Any) -> tuple[str, str, str, str]:
        keys, rule, suggestion, unread = _clean_answered(cell, terms, more)
        several = not rule and "|" in keys
        return keys.split("|")[0], "category_several" if several else rule, suggestion, unread

    return clean_each(values, clean, ("key", "rule", "suggestion", "unread"))


def clean_categories_multi(
    values: pd.Series, *, vocabulary: str, answered: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Look up a column of which a cell may name several terms, the main one first.

    `answered`: as in `clean_category`. Out, by the same index: `key` of the main term, or
    "unknown"; `keys`, all of them joined by "|"; `rule` ("", category_missing, category_unknown,
    answer_value, or category_partly_unknown when the main term is known and another is not),
    `suggestion`, `unread`.
    """
    terms, more = _terms(vocabulary, answered)

    def clean(cell: Any) -> tuple[str, str, str, str, str]:
        found = _clean_answered(cell, terms, more)
        return found.keys.split("|")[0], *found

    return clean_each(values, clean, ("key", "keys", "rule", "suggestion", "unread"))


def _terms(name: str, answered: Mapping[str, str] | None) -> tuple[Vocabulary, Vocabulary | None]:
    """The vocabulary, and the same with the answered spellings."""
    terms = words.vocabulary(name)
    if not answered:
        return terms, None
    return terms, Vocabulary(name, terms.terms, {**answered, **terms.keys})


def _clean_answered(cell: Any, terms: Vocabulary, more: Vocabulary | None) -> _Read:
    """The cell as it reads, with the answers only where it is not known without them."""
    found = _clean(cell, terms)
    if more is None or not found.unread:
        return found
    again = _clean(cell, more)
    if again.rule:
        return again
    labels = [terms.label(key) for key in again.keys.split("|")]
    return again._replace(rule=ANSWERED, suggestion=", ".join(labels))


def _clean(cell: Any, terms: Vocabulary) -> _Read:
    whole = terms.key_for(str(cell)) if cell is not None else None
    if whole is None and is_missing(cell):
        return _Read(UNKNOWN, "category_missing")
    raw = cell if isinstance(cell, str) else cell_text(cell)
    found = [whole] if whole else _split(raw, terms, _SEPARATORS)
    unknown = [part.removeprefix(_UNKNOWN) for part in found if part.startswith(_UNKNOWN)]
    keys = [UNKNOWN if part.startswith(_UNKNOWN) else part for part in found]
    joined = "|".join(dict.fromkeys(keys[:1] + [key for key in keys[1:] if key != UNKNOWN]))
    if not unknown:
        return _Read(joined)
    rule = "category_unknown" if keys[0] == UNKNOWN else "category_partly_unknown"
    return _Read(joined, rule, _suggest(unknown[0], terms), unknown[0])


def _split(text: str, terms: Vocabulary, separators: tuple[str, ...]) -> list[str]:
    """The keys of the parts of a text, in order; a part that is unknown as `_UNKNOWN` and its text.
    A part is looked up whole before it is divided further: labels hold separators too.
    """
    bare = _ENUMERATION.sub("", text.strip())
    key = terms.key_for(bare)
    if key is not None:
        return [key]
    for level, separator in enumerate(separators, start=1):
        parts = [part for part in re.split(separator, bare, flags=re.IGNORECASE) if part.strip()]
        if len(parts) > 1:
            return _longest_runs(parts, terms, separators[level:])
    return [_UNKNOWN + bare]


def _longest_runs(parts: list[str], terms: Vocabulary, separators: tuple[str, ...]) -> list[str]:
    """The keys of the parts, several taken together where only together they are a term:
    `WIL/PIL/KDRT` is WIL/PIL and KDRT.
    """
    found: list[str] = []
    at = 0
    while at < len(parts):
        for end in range(len(parts), at + 1, -1):
            key = terms.key_for(" ".join(parts[at:end]))
            if key is not None:
                found.append(key)
                at = end
                break
        else:
            found += _split(parts[at], terms, separators)
            at += 1
    return found


def _suggest(text: str, terms: Vocabulary) -> str:
    """The label of the term whose spelling is nearest, "" when none is near."""
    wanted = squash(text)
    if len(wanted) < _SHORTEST_LIKE:
        return ""
    near = process.extractOne(wanted, _spellings(terms.name), scorer=fuzz.ratio)
    if near is None or near[1] < _LIKENESS_AT_LEAST:
        return ""
    return terms.terms[terms.keys[near[0]]].label


@lru_cache(maxsize=16)
def _spellings(name: str) -> tuple[str, ...]:
    keys = words.vocabulary(name).keys
    return tuple(spelling for spelling in keys if len(spelling) >= _SHORTEST_LIKE)
