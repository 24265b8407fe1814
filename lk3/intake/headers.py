"""What a header may mean: the lookups of `data/reference/headers.csv` and of the vocabularies.

A header is compared by its letters and digits, first whole, then without what stands in brackets.
A long question of a form that holds a known header as whole words means that header, unless one of
the words is personal: then the column is personal.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from lk3.places import OUTSIDE, Places
from lk3.settings import REFERENCE_DIR
from lk3.vocabulary import read_csv, squash, vocabulary

ANY = "any"
CHOSEN = -1  # the rank of a column that somebody has chosen
PERSONAL = frozenset({"name", "nik", "family_card", "address", "phone", "occupation", "narrative"})
_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_WORD = re.compile(r"[^0-9a-z]+")
_SHORTEST_PHRASE = 6
_DIMENSIONS = ("problem", "sex", "age_band", "status", "service", "profession")
VOCABULARIES = {
    "problem": "problems",
    "sex": "sexes",
    "age_band": "age_bands",
    "status": "statuses",
    "service": "services",
    "profession": "professions",
    "month": "months",
}


@dataclass(frozen=True)
class Meaning:
    """What a header means in each kind of table ("any": in all): field and its rank among the
    spellings of that field, the first written being the best.
    """

    fields: dict[str, str]
    rank: int
    dropped: bool
    by_values: bool = False

    def field_in(self, kind: str) -> str | None:
        """The field that the header names in a table of this kind."""
        return self.fields.get(kind) or self.fields.get(ANY)


@lru_cache(maxsize=1)
def _book() -> dict[str, Meaning]:
    book: dict[str, Meaning] = {}
    ranks: Counter[tuple[str, str]] = Counter()
    for row in read_csv(REFERENCE_DIR / "headers.csv"):
        for header in row["headers"].split("|"):
            field = (row["table"], row["field"])
            known = book.get(squash(header))
            book[squash(header)] = Meaning(
                fields=dict([field]) | (known.fields if known else {}),
                rank=known.rank if known else ranks[field],
                dropped=row["personal"] == "dropped",
                by_values=row["personal"] == "by_values",
            )
            ranks[field] += 1
    book.pop("", None)
    return book


@lru_cache(maxsize=64)
def chosen_meaning(field: str) -> Meaning:
    """What a column means that somebody has chosen for a field, whatever its header: better than
    any spelling.
    """
    rows = read_csv(REFERENCE_DIR / "headers.csv")
    return Meaning({row["table"]: field for row in rows if row["field"] == field}, CHOSEN, False)


@lru_cache(maxsize=1)
def _phrases() -> list[tuple[str, Meaning]]:
    """Headers of several letters as words between blanks, the personal ones first, then long."""
    rows = read_csv(REFERENCE_DIR / "headers.csv")
    words = {_spaced(h): _book()[squash(h)] for row in rows for h in row["headers"].split("|")}
    long_enough = [(w, m) for w, m in words.items() if m.dropped or len(w) >= _SHORTEST_PHRASE + 2]
    return sorted(long_enough, key=lambda item: (not item[1].dropped, -len(item[0])))


def _spaced(text: object) -> str:
    return " " + " ".join(_WORD.sub(" ", str(text).casefold()).split()) + " "


def meaning_of(text: object) -> Meaning | None:
    """What the header says, or None when nobody has written it down."""
    return _book().get(squash(text)) or _book().get(squash(_BRACKETED.sub(" ", str(text))))


def meaning_inside(text: object) -> Meaning | None:
    """What a longer header says by the known words inside it, the personal ones first."""
    spaced = _spaced(text)
    return next((meaning for phrase, meaning in _phrases() if phrase in spaced), None)


def dimensions_of(text: object, places: Places) -> tuple[str, ...]:
    """The dimensions of which a header is a value: ("problem", "profession") for "Ekonomi",
    ("kelurahan",) for "Loktuan", ("year",) for 2023, none for the name of a field.
    """
    written = " ".join(str(text).split())
    if not re.search("[A-Za-z]", written):
        if re.fullmatch(r"20\d\d(\.0)?", written):
            return ("year",)
        return ("age_band",) if re.search(r"\d\s*[-–+]|[<>]", written) else ()
    if _is_area(written, places):
        return ("kelurahan",)
    if len(written) >= 3 and vocabulary("months").key_for(written):
        return ("month",)
    return tuple(d for d in _DIMENSIONS if vocabulary(VOCABULARIES[d]).key_for(written))


def _is_area(text: str, places: Places) -> bool:
    code = places.code_for(text)
    return code is not None and (code == OUTSIDE or code in places.areas.index)
