"""What people write beside a trend: what happened on a day, and from which day limits start anew.

In and out: `store.Notes`. Neither may hold anything personal: what looks like a number of a person
is refused, and the forms ask for no names.
"""

from dataclasses import dataclass
from datetime import date

from lk3.errors import UserError
from lk3.intake.masking import mask_numbers
from lk3.language import _
from lk3.store import Note, Notes

LONGEST = 120
_ANNOTATIONS, _BASELINES = "annotations", "baselines"


@dataclass(frozen=True)
class Annotation:
    """What happened on a day. id, user: of the note, "" before it is kept."""

    day: date
    text: str
    id: str = ""
    user: str = ""


@dataclass(frozen=True)
class Baseline:
    """The day from which limits are computed anew, and why. id, user: as of an annotation."""

    day: date
    reason: str
    id: str = ""
    user: str = ""


def annotations_in(notes: Notes) -> tuple[Annotation, ...]:
    """All annotations kept, by day."""
    found = (
        Annotation(_day(note), str(note.body["text"]), note.id, note.user)
        for note in notes.all(_ANNOTATIONS)
    )
    return tuple(sorted(found, key=lambda each: each.day))


def baselines_in(notes: Notes) -> tuple[Baseline, ...]:
    """All days on which limits start anew, by day."""
    found = (
        Baseline(_day(note), str(note.body["reason"]), note.id, note.user)
        for note in notes.all(_BASELINES)
    )
    return tuple(sorted(found, key=lambda each: each.day))


def keep_annotation(notes: Notes, annotation: Annotation, *, user: str = "") -> str:
    """Keep an annotation, anew or in the place of the one with its id; returns the id.

    Raises UserError for a text that is empty, too long, or holds what looks like a number of a
    person or an e-mail address.
    """
    text = checked_text(annotation.text)
    body = {"day": annotation.day.isoformat(), "text": text}
    return notes.put(_ANNOTATIONS, body, id=annotation.id or None, user=user)


def keep_baseline(notes: Notes, baseline: Baseline, *, user: str = "") -> str:
    """Keep a day on which limits start anew; returns the id. Raises UserError as above: limits are
    never moved without a reason.
    """
    body = {"day": baseline.day.isoformat(), "reason": checked_text(baseline.reason)}
    return notes.put(_BASELINES, body, id=baseline.id or None, user=user)


def remove_annotation(notes: Notes, id: str, *, user: str = "") -> None:
    """Take an annotation away."""
    notes.remove(_ANNOTATIONS, id, user=user)


def remove_baseline(notes: Notes, id: str, *, user: str = "") -> None:
    """Let limits run through that day again."""
    notes.remove(_BASELINES, id, user=user)


def checked_text(text: str) -> str:
    """The text with single blanks. Raises UserError, see `keep_annotation`."""
    tidy = " ".join(text.split())
    if not tidy:
        raise UserError(_("Isi keterangannya: apa yang terjadi atau apa alasannya."))
    if len(tidy) > LONGEST:
        text = _("Keterangan paling panjang {n} huruf. Persingkat.")
        raise UserError(text.format(n=LONGEST))
    if mask_numbers(tidy) != tidy:
        raise UserError(
            _(
                "Keterangan memuat sesuatu yang mirip NIK, nomor telepon, atau alamat surel. "
                "Hapus bagian itu: catatan pada grafik dilihat semua orang."
            )
        )
    return tidy


def _day(note: Note) -> date:
    return date.fromisoformat(str(note.body["day"]))
