"""Targets and reference values (acuan): what a number may be held against, never a verdict.

In: `data/reference/targets.csv`, and what somebody has written down in the store. Out: `Target`s,
each with its source. A value that is not set stays None: nothing is compared with it.
"""

import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from lk3 import language
from lk3.errors import UserError
from lk3.language import _
from lk3.settings import REFERENCE_DIR
from lk3.store import Note, Notes
from lk3.vocabulary import read_csv

TOPIC = "targets"
CLIENTS_PER_YEAR = "clients_per_year"
LARGEST = 1_000_000
_LONGEST = 200
_LONG_NUMBER = re.compile(r"\d[\d .-]{8,}\d")  # a telephone number or a NIK, not a year or a law


@dataclass(frozen=True)
class Target:
    """One target or reference value.

    key: its name in the file; indicator: key of the registry that it is shown with; value: None
    while nobody has set it; words: label, unit and source in Indonesian and English; is_edited:
    whether somebody has written it over, by whom (`user`, "" without a sign-in).
    """

    key: str
    indicator: str
    value: float | None
    words: tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
    is_edited: bool = False
    user: str = ""

    @property
    def label(self) -> str:
        """What it is, in the current language (as the texts below)."""
        return self._text(0)

    @property
    def unit(self) -> str:
        """What one of the value is."""
        return self._text(1)

    @property
    def source(self) -> str:
        """Where the value comes from; "" while there is none."""
        return self._text(2)

    def _text(self, place: int) -> str:
        own, english = self.words[place]
        return own if language.current() == "id" else english or own


@lru_cache(maxsize=1)
def default_targets() -> tuple[Target, ...]:
    """The targets of the file, in its order."""
    return tuple(
        Target(
            row["key"],
            row["indicator"],
            float(row["value"]) if row["value"] else None,
            (
                (row["label"], row["label_en"]),
                (row["unit"], row["unit_en"]),
                (row["source"], row["source_en"]),
            ),
        )
        for row in read_csv(REFERENCE_DIR / "targets.csv")
    )


def targets(notes: Notes | None = None) -> tuple[Target, ...]:
    """The targets as they stand: those of the file, each replaced by what the store says of it.

    A note of a target that the file no longer knows is passed over.
    """
    written = {note.id: note for note in notes.all(TOPIC)} if notes else {}
    return tuple(
        _written_over(target, written[target.key]) if target.key in written else target
        for target in default_targets()
    )


def targets_of(indicator: str, known: tuple[Target, ...]) -> tuple[Target, ...]:
    """Those with a value that are shown with an indicator, as reference lines."""
    return tuple(t for t in known if t.indicator == indicator and t.value is not None)


def target_value(key: str, known: tuple[Target, ...]) -> float | None:
    """The value of one target; None while it has none."""
    return next((target.value for target in known if target.key == key), None)


def keep_target(
    notes: Notes, key: str, value: float | None, *, source: str, user: str = ""
) -> None:
    """Write a target over, or take its value away with None.

    Raises UserError with the first sentence of `problems_of`, KeyError for a key that the file does
    not know.
    """
    if key not in {target.key for target in default_targets()}:
        raise KeyError(key)
    wrong = problems_of(value, source=source)
    if wrong:
        raise UserError(wrong[0])
    notes.put(TOPIC, {"value": value, "source": source.strip()}, id=key, user=user)


def reset_target(notes: Notes, key: str, *, user: str = "") -> None:
    """Go back to the value of the file."""
    notes.remove(TOPIC, key, user=user)


def problems_of(value: float | None, *, source: str) -> list[str]:
    """What has to be put right before a target can be kept, in sentences; empty when it is well."""
    found = []
    if value is not None and not (math.isfinite(value) and 0 < value <= LARGEST):
        found.append(
            _("Nilai acuan harus lebih dari 0 dan paling besar {n}. Perbaiki angkanya.").format(
                n=language.number(LARGEST)
            )
        )
    if value is not None and not source.strip():
        found.append(_("Sebutkan sumber nilai acuan, misalnya nama dan nomor dokumennya."))
    if len(source) > _LONGEST:
        found.append(
            _("Sumber paling panjang {n} huruf. Persingkat teksnya.").format(
                n=language.number(_LONGEST)
            )
        )
    if _LONG_NUMBER.search(source):
        text = _("Sumber memuat deretan angka seperti NIK atau nomor telepon. Hapus angka itu.")
        found.append(text)
    return found


def _written_over(target: Target, note: Note) -> Target:
    value, source = note.body.get("value"), str(note.body.get("source", ""))
    label, unit, _source = target.words
    return replace(
        target,
        value=None if value is None else float(value),
        words=(label, unit, (source, source)),
        is_edited=True,
        user=note.user,
    )
