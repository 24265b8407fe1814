"""The words by which a sheet shows its layout: totals, signatures, notes (layout_words.csv)."""

from functools import lru_cache

from lk3.settings import REFERENCE_DIR
from lk3.vocabulary import read_csv, squash

_END_MARKS = "#*-=_."


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in read_csv(REFERENCE_DIR / "layout_words.csv"):
        keep = row["words"].split("|")
        words = keep if row["match"] == "start" else [squash(word) for word in keep]
        found[row["meaning"], row["match"]] = tuple(word for word in words if word)
    return found


def says(text: object, meaning: str) -> bool:
    """Whether a text is, starts with or contains one of the words of this meaning."""
    squashed, plain = squash(text), " ".join(str(text).casefold().split())
    return (
        squashed in _words().get((meaning, "whole"), ())
        or any(_starts(plain, word) for word in _words().get((meaning, "start"), ()))
        or any(word in squashed for word in _words().get((meaning, "contains"), ()))
    )


def _starts(plain: str, word: str) -> bool:
    """Whether the text starts with the word and the word ends there: "Totalitas" is no total."""
    start = word.casefold()
    return plain.startswith(start) and not plain[len(start) : len(start) + 1].isalpha()


def is_end_mark(text: object) -> bool:
    """Whether the text consists of marks alone: "###", "* * *"."""
    written = str(text).strip()
    return bool(written) and not written.strip(_END_MARKS + " ")
