"""What is asked instead of guessed: one question per column, spelling or order of dates.

In: what the stages could not decide. Out: questions with their choices, the best suggestion first,
which a person answers once; without an answer nothing changes: the row stays set aside or unknown,
with its finding. A question shows what a finding may show, and nothing of a table without a header.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lk3.intake.answers import (
    ASIDE,
    COLUMN,
    DATE_ORDER,
    DAY_FIRST,
    HEADER,
    MONTH_FIRST,
    NONE,
    VALUE,
    Answer,
    answer_id,
)
from lk3.intake.headers import VOCABULARIES
from lk3.language import N_, _
from lk3.places import CITY, OUTSIDE, Places, load_places
from lk3.vocabulary import UNKNOWN, vocabulary

_MOST_EXAMPLES = 3
_MOST_SHEETS_NAMED = 3
FIELD_LABELS = {
    "kelurahan": N_("Kelurahan"),
    "problem": N_("Jenis masalah"),
    "profession": N_("Profesi"),
    "status": N_("Status"),
    "service": N_("Layanan"),
    "reported_on": N_("Tanggal pengaduan"),
    "closed_on": N_("Tanggal selesai"),
    "started_on": N_("Mulai bertugas"),
    "ended_on": N_("Akhir tugas"),
    "sex": N_("Jenis kelamin"),
    "age": N_("Umur"),
    "case_id": N_("Nomor register"),
    "cases": N_("Jumlah kasus"),
    "row_number": N_("Nomor urut"),
    "year": N_("Tahun"),
    "month": N_("Bulan"),
    "population": N_("Jumlah penduduk"),
    "households": N_("Jumlah KK"),
}
_OTHERS = {
    ASIDE: N_("Biarkan disisihkan"),
    UNKNOWN: N_("Tidak diketahui"),
    DAY_FIRST: N_("Hari, bulan, tahun"),
    MONTH_FIRST: N_("Bulan, hari, tahun"),
}


@dataclass(frozen=True)
class Question:
    """One thing to answer.

    `id`: the same whenever the same is asked again; `kind`: value, column, date_order or header;
    `sheet`, `column`: where it was met, as the file writes it; `written`: what stands there, as a
    finding may show it; `suggestion`: key of the choice that is likely, "" without one; `rows`: how
    many rows hang on it; `preview`: examples (written, understood), nothing personal among them.
    `where`, `what`: what the answer will be filed under; `keys`: the choices; `names`: labels of
    those that no vocabulary has (kelurahan), by their key.
    """

    id: str
    kind: str
    sheet: str
    column: str
    written: str
    suggestion: str
    rows: int
    where: str
    what: str
    keys: tuple[str, ...]
    preview: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    @property
    def field(self) -> str:
        """The field that is asked about, "" for a column of a table without a header."""
        return {VALUE: self.where, HEADER: ""}.get(self.kind, self.what)

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Each choice as (key, label in the current language), the suggested one first."""
        names = dict(self.names)
        return tuple(
            (key, names.get(key) or choice_label(self.kind, self.field, key)) for key in self.keys
        )

    def answer(self, choice: str) -> Answer:
        """The answer that a choice makes. Raises ValueError when it is none of the choices."""
        if choice not in self.keys:
            raise ValueError(f"{choice!r} is not one of {self.keys}")
        return Answer(self.kind, self.where, self.what, choice)

    def sentence(self) -> str:
        """What is asked, in the current language."""
        label = field_label(self.field)
        texts = {
            VALUE: _("Apa arti “{written}” di kolom {column}?"),
            COLUMN: _("Kolom mana yang berisi {field}?"),
            DATE_ORDER: _("Bagaimana urutan tanggal di kolom {column}?"),
            HEADER: _("Apa isi kolom {column} ({written})?"),
        }
        column = self.column or label
        return texts[self.kind].format(written=self.written, column=column, field=label.lower())

    def to_json(self) -> dict[str, Any]:
        """The question for JSON, with its labels in the current language."""
        return {
            "id": self.id,
            "kind": self.kind,
            "sheet": self.sheet,
            "column": self.column,
            "written": self.written,
            "question": self.sentence(),
            "choices": [{"key": key, "label": label} for key, label in self.choices],
            "suggestion": self.suggestion,
            "rows": self.rows,
            "preview": [list(pair) for pair in self.preview],
            "where": self.where,
            "what": self.what,
        }


def field_label(name: str) -> str:
    """A field in the current language."""
    return _(FIELD_LABELS[name]) if name in FIELD_LABELS else name


def choice_label(kind: str, name: str, key: str, places: Places | None = None) -> str:
    """A choice of a question, or the meaning of an answer, in the current language."""
    if kind == COLUMN:
        return _("Tidak ada") if key == NONE else key
    if kind == HEADER:
        return _("Tidak dipakai") if key == NONE else field_label(key)
    if key in _OTHERS:
        return _(_OTHERS[key])
    if name == "kelurahan":
        return (places or load_places()).label(key)
    return vocabulary(VOCABULARIES[name]).label(key)


def answer_label(answer: Answer, places: Places | None = None) -> str:
    """What an answer says, in the current language: “berbas lestari” is Bontang Lestari."""
    name = answer.where if answer.kind == VALUE else answer.what
    meant = choice_label(answer.kind, name, answer.meaning, places)
    texts = {
        VALUE: _("{field}: “{what}” dibaca {meaning}"),
        COLUMN: _("{field}: dari kolom {meaning}"),
        DATE_ORDER: _("{field}: tanggal ditulis {meaning}"),
        HEADER: _("Kolom {what} tanpa judul: {meaning}"),
    }
    return texts[answer.kind].format(field=field_label(name), what=answer.what, meaning=meant)


def value_question(
    name: str,
    what: str,
    *,
    written: str,
    sheet: str,
    column: str,
    suggestion: str,
    rows: int,
    places: Places,
    of_members: bool,
) -> Question:
    """What does this spelling mean? `suggestion`: a key, "" without one."""
    keys = _keys_of(name, places, of_members=of_members)
    label = choice_label(VALUE, name, suggestion, places) if suggestion else ""
    return Question(
        id=answer_id(VALUE, name, what),
        kind=VALUE,
        sheet=sheet,
        column=column,
        written=written,
        suggestion=suggestion,
        rows=rows,
        where=name,
        what=what,
        keys=tuple(dict.fromkeys([suggestion, *keys] if suggestion else keys)),
        preview=((written, label),) if label else (),
        names=tuple((key, places.label(key)) for key in keys if key in places.areas.index),
    )


def _keys_of(name: str, places: Places, *, of_members: bool) -> list[str]:
    """All that a value of a field may mean."""
    if name == "kelurahan":
        return [*places.codes, CITY if of_members else OUTSIDE, UNKNOWN, ASIDE]
    return [*(key for key in vocabulary(VOCABULARIES[name]).terms if key != UNKNOWN), UNKNOWN]


def merged(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Each question once, in the order of the first, with the rows of all sheets together."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        found.setdefault(question.id, []).append(question)
    return tuple(_together(same) for same in found.values())


def _together(same: Sequence[Question]) -> Question:
    if len(same) == 1:
        return same[0]
    sheets = list(dict.fromkeys(question.sheet for question in same))
    named = ", ".join(sheets[:_MOST_SHEETS_NAMED]) + (", …" if sheets[_MOST_SHEETS_NAMED:] else "")
    examples = dict.fromkeys(pair for question in same for pair in question.preview)
    return replace(
        same[0],
        sheet=named,
        rows=sum(question.rows for question in same),
        keys=tuple(dict.fromkeys(key for question in same for key in question.keys)),
        preview=tuple(examples)[:_MOST_EXAMPLES],
    )
