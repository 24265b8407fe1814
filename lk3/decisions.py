"""What meetings have decided: by which office, until when, and where it stands.

Kept as notes in the store; carried into the next deck until it is done.
"""

from dataclasses import asdict, dataclass
from datetime import date

from lk3.errors import UserError
from lk3.intake.masking import mask_numbers
from lk3.language import N_, _
from lk3.store import Note, Notes

TOPIC = "decisions"
STATUSES = {
    "planned": N_("belum mulai"),
    "ongoing": N_("berjalan"),
    "done": N_("selesai"),
    "dropped": N_("dibatalkan"),
}
OPEN = ("planned", "ongoing")
_LONGEST = 300


@dataclass(frozen=True)
class Decision:
    """One decision. office: who is responsible, by office and not by name; until, decided_on: ISO
    dates ("" when not set); status: key of `STATUSES`; about: key of the slide or page that it was
    taken at, "" for none; id, user: of the note, "" before it is kept.
    """

    text: str
    office: str
    until: str
    status: str = "planned"
    decided_on: str = ""
    about: str = ""
    id: str = ""
    user: str = ""

    @property
    def status_label(self) -> str:
        """The status in words."""
        return _(STATUSES[self.status])

    def is_late(self, on: date) -> bool:
        """Whether it is still open after its day."""
        return self.status in OPEN and bool(self.until) and date.fromisoformat(self.until) < on


def decisions_in(notes: Notes) -> tuple[Decision, ...]:
    """All decisions kept, in the order in which they were taken."""
    return tuple(_decision(note) for note in notes.all(TOPIC))


def keep_decision(notes: Notes, decision: Decision, *, user: str = "") -> str:
    """Keep a decision, anew or in the place of the one with its id; returns the id.

    Raises UserError when it says nothing, names nobody, or has a status that does not exist.
    """
    if not decision.text.strip() or not decision.office.strip():
        raise UserError(
            _(
                "Keputusan belum lengkap: isi apa yang diputuskan dan perangkat yang "
                "bertanggung jawab."
            )
        )
    if len(decision.text) > _LONGEST:
        raise UserError(
            _("Keputusan paling panjang {n} huruf, supaya muat di salindia. Persingkat.").format(
                n=_LONGEST
            )
        )
    if any(mask_numbers(text) != text for text in (decision.text, decision.office)):
        raise UserError(
            _(
                "Keputusan memuat deretan angka seperti NIK atau nomor telepon. Hapus angka itu; "
                "keputusan tidak boleh memuat data pribadi."
            )
        )
    if decision.status not in STATUSES:
        raise ValueError(f"{decision.status} is not one of {sorted(STATUSES)}")
    body = {k: v for k, v in asdict(decision).items() if k not in ("id", "user")}
    return notes.put(TOPIC, body, id=decision.id or None, user=user)


def remove_decision(notes: Notes, id: str, *, user: str = "") -> None:
    """Take a decision away."""
    notes.remove(TOPIC, id, user=user)


def _decision(note: Note) -> Decision:
    return Decision(**note.body, id=note.id, user=note.user)
