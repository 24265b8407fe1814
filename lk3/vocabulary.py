"""The words that the sheets use: each term with its spellings, read from `data/reference/`.

Spelling is compared by its letters and digits alone, so case, blanks, dots, underscores and line
breaks never matter. What is still not found is not guessed: the caller sets it aside or asks.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from lk3 import language
from lk3.settings import REFERENCE_DIR
from lk3.texts import as_name

_NOT_LETTER_OR_DIGIT = re.compile(r"[^0-9a-z]+")
UNKNOWN = "unknown"


def squash(text: object) -> str:
    """Letters and digits of a text in lower case: "Kel. Suka-maju " -> "kelsukamaju"."""
    plain = unicodedata.normalize("NFKD", str(text)).casefold()
    return _NOT_LETTER_OR_DIGIT.sub("", plain)


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a header, as text."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


@dataclass(frozen=True)
class Term:
    """One term of a vocabulary. `extra` holds the further columns of its row."""

    key: str
    label: str
    label_en: str
    spellings: tuple[str, ...]
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """The terms of one field by key, and the key of each spelling (squashed)."""

    name: str
    terms: dict[str, Term]
    keys: dict[str, str]

    def key_for(self, text: object) -> str | None:
        """The key of a spelling, or None when nobody has written it down."""
        return self.keys.get(squash(text))

    def label(self, key: str) -> str:
        """The term in the current language; an unknown key is said to be unknown."""
        term = self.terms.get(key)
        if term is None:
            return language._("Tidak diketahui")
        return term.label if language.current() == "id" else term.label_en

    def labels(self) -> dict[str, str]:
        """Every key with its label in the current language, in the order of the file."""
        return {key: self.label(key) for key in self.terms}


@lru_cache(maxsize=16)
def vocabulary(name: str) -> Vocabulary:
    """The vocabulary in `data/reference/{name}.csv`: problems, professions, statuses, services,
    sexes, months or age_bands. The first term to claim a spelling keeps it (a test forbids two).
    """
    terms: dict[str, Term] = {}
    keys: dict[str, str] = {}
    for row in read_csv(REFERENCE_DIR / f"{name}.csv"):
        spellings = tuple(row.pop("spellings").split("|"))
        label, label_en = row.pop("label"), row.pop("label_en")
        term = Term(row.pop("key"), as_name(label), as_name(label_en), spellings, row)
        terms[term.key] = term
        for spelling in (term.key, label, label_en, *spellings):
            keys.setdefault(squash(spelling), term.key)
    keys.pop("", None)
    return Vocabulary(name, terms, keys)
