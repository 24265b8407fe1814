"""Which professions every kelurahan must have, and how many people of each.

In: the marks of `professions.csv`, or what a planner has written down in the store. Out: one
`Requirements`, which can be part of the key of a cache. A choice of planning, not a law.
"""

from dataclasses import dataclass
from functools import lru_cache

from lk3.errors import UserError
from lk3.language import _, number
from lk3.store import Notes
from lk3.vocabulary import vocabulary

TOPIC, ID = "professions", "requirements"
MOST = 20


@dataclass(frozen=True)
class Requirements:
    """The least number of people of each required profession in every kelurahan, in the order of
    the vocabulary; a profession that is not named is not required.
    """

    least: tuple[tuple[str, int], ...]
    is_edited: bool = False

    @property
    def professions(self) -> tuple[str, ...]:
        """The required professions."""
        return tuple(key for key, _least in self.least)

    def minimum(self, profession: str) -> int:
        """People of a profession that every kelurahan must have; 0: it is not required."""
        return dict(self.least).get(profession, 0)


def make_requirements(least: dict[str, int], *, is_edited: bool = False) -> Requirements:
    """Requirements from the least numbers by profession; those of 0 are left out.

    Raises UserError with the first sentence of `problems_of`.
    """
    wrong = problems_of(least)
    if wrong:
        raise UserError(wrong[0])
    kept = [(key, int(least[key])) for key in vocabulary("professions").terms if least.get(key)]
    return Requirements(tuple(kept), is_edited)


@lru_cache(maxsize=1)
def default_requirements() -> Requirements:
    """One person of each profession that `professions.csv` marks as required."""
    terms = vocabulary("professions").terms
    return Requirements(tuple((k, 1) for k, term in terms.items() if term.extra["required"] == "1"))


def requirements(notes: Notes | None = None) -> Requirements:
    """The requirements as they stand: a planner's, else the default.

    A profession that the vocabulary no longer has is passed over.
    """
    written = next((note for note in notes.all(TOPIC) if note.id == ID), None) if notes else None
    if written is None:
        return default_requirements()
    known = vocabulary("professions").terms
    least = {key: n for key, n in written.body.get("least", {}).items() if key in known}
    return make_requirements(least, is_edited=True)


def keep_requirements(notes: Notes, least: dict[str, int], *, user: str = "") -> None:
    """Keep a planner's requirements. Raises UserError with the first sentence of `problems_of`."""
    kept = make_requirements(least)
    notes.put(TOPIC, {"least": dict(kept.least)}, id=ID, user=user)


def reset_requirements(notes: Notes, *, user: str = "") -> None:
    """Go back to the marks of the file."""
    notes.remove(TOPIC, ID, user=user)


def problems_of(least: dict[str, int]) -> list[str]:
    """What has to be put right, in sentences; empty when it is well."""
    professions = vocabulary("professions")
    found = []
    for key, count in least.items():
        if key not in professions.terms:
            text = _("Profesi “{name}” tidak ada dalam daftar. Pilih salah satu dari daftar.")
            found.append(text.format(name=key[:40]))
        elif count != int(count) or not 0 <= count <= MOST:
            text = _("{name}: jumlah minimum harus bilangan bulat dari 0 sampai {n}.")
            found.append(text.format(name=professions.label(key), n=number(MOST)))
    return found
