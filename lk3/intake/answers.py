"""What somebody has answered: which column is what, what a spelling means, how dates are ordered.

In: notes of the store, rows of a small CSV file, or answers to questions. Out: an immutable
collection that the stages of the intake look things up in. An answer about a spelling holds for
every file; one about a column, the order of dates or a table without a header holds for the layout
that it was given for, told by its signature ("*": for every layout). An answer that would take a
personal column for a kept field cannot be made.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from lk3.errors import UserError
from lk3.intake.headers import PERSONAL, VOCABULARIES, meaning_inside, meaning_of
from lk3.intake.masking import mask_numbers
from lk3.language import _
from lk3.places import Places, without_prefix
from lk3.vocabulary import UNKNOWN, squash, vocabulary

VALUE, COLUMN, DATE_ORDER, HEADER = "value", "column", "date_order", "header"
KINDS = (VALUE, COLUMN, DATE_ORDER, HEADER)
ASIDE = "sisihkan"  # a kelurahan that stays set aside, without being asked again
NONE = "-"  # no column of the sheet is the field; this column is not read
EVERYWHERE = "*"
DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
VALUE_FIELDS = ("kelurahan", "problem", "profession", "status", "service")
DATE_FIELDS = ("reported_on", "closed_on", "started_on", "ended_on")
COLUMN_FIELDS = (*VALUE_FIELDS, *DATE_FIELDS, "sex", "age", "case_id", "cases")
HEADER_FIELDS = (*COLUMN_FIELDS, "row_number", "year", "month", "population", "households")
_LONGEST = 80
_LETTERS = re.compile("[A-Z]{1,3}")


class HasBody(Protocol):
    """A note of the store, as far as an answer is read from it."""

    @property
    def body(self) -> dict[str, Any]:
        """The fields of the note."""


@dataclass(frozen=True)
class Answer:
    """One answer.

    kind        where               what                    meaning
    value       field               the text as written     key of a term, code of a kelurahan,
                                                            "unknown", "outside", "city", "sisihkan"
    column      signature or "*"    field                   header of its column, "-": none
    date_order  signature or "*"    field                   "day_first" or "month_first"
    header      signature           letter of the column    field, "-": the column is not read

    Raises UserError when the answer makes no sense or would keep what is personal.
    """

    kind: str
    where: str
    what: str
    meaning: str

    def __post_init__(self) -> None:
        mistake = _mistake_in(self)
        if mistake:
            raise UserError(mistake)

    @property
    def id(self) -> str:
        """Derived from what is answered, so that answering anew replaces the answer before."""
        return answer_id(self.kind, self.where, self.what)

    def to_row(self) -> dict[str, str]:
        """The fields by name, for the store and for the file of answers."""
        return asdict(self)


def answer_id(kind: str, where: str, what: str) -> str:
    """The id of a question and of its answer: 16 hexadecimal digits."""
    told = spelling(where, what) if kind == VALUE else what.strip().casefold()
    return hashlib.sha256("\x1f".join((kind, where, told)).encode()).hexdigest()[:16]


def spelling(field: str, text: object) -> str:
    """A written value as spellings are compared: letters and digits, of a kelurahan without its
    `Kel.`.
    """
    return squash(without_prefix(str(text)) if field == "kelurahan" else text)


@dataclass(frozen=True)
class Answers:
    """Answers, the later of two to the same question winning."""

    answers: tuple[Answer, ...] = ()

    @classmethod
    def from_notes(cls, notes: Iterable[HasBody]) -> "Answers":
        """The answers that the store holds. One that is no longer allowed no longer holds."""
        found = []
        for note in notes:
            try:
                found.append(Answer(**{name: str(note.body[name]) for name in _NAMES}))
            except (KeyError, UserError):
                continue
        return cls(tuple(found))

    @classmethod
    def from_file(cls, path: Path | str, *, places: Places | None = None) -> "Answers":
        """The answers in a CSV file with the columns kind, where, what and meaning; a meaning may
        be a key or any known spelling. Raises UserError with the line that cannot be understood.
        """
        from lk3.intake.answers_file import read_answers

        return cls(tuple(read_answers(Path(path), places=places)))

    def to_rows(self) -> list[dict[str, str]]:
        """Each answer by the names of its fields."""
        return [answer.to_row() for answer in self]

    def __iter__(self) -> Iterator[Answer]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __or__(self, other: "Answers") -> "Answers":
        """These answers and others, which win where both answer the same question."""
        return Answers((*self.answers, *other.answers))

    @cached_property
    def _by_id(self) -> dict[str, Answer]:
        return {answer.id: answer for answer in self.answers}

    def get(self, kind: str, where: str, what: str) -> str | None:
        """The meaning of what is asked, None while nobody has answered."""
        found = self._by_id.get(answer_id(kind, where, what)) or self._by_id.get(
            answer_id(kind, EVERYWHERE, what)
        )
        return found.meaning if found else None

    def values(self, field: str) -> dict[str, str]:
        """What each answered spelling of a field means."""
        return self._values.get(field, {})

    @cached_property
    def _values(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for answer in self:
            if answer.kind == VALUE:
                spelt = spelling(answer.where, answer.what)
                found.setdefault(answer.where, {})[spelt] = answer.meaning
        return found

    def month_first(self, signature: str, field: str) -> bool | None:
        """Whether the dates of a field have the month first, None while nobody has answered."""
        meant = self.get(DATE_ORDER, signature, field)
        return None if meant is None else meant == MONTH_FIRST

    def columns(self, signature: str) -> dict[str, str]:
        """The header of the column of each answered field of a layout ("-": none)."""
        wanted: dict[str, dict[str, str]] = {EVERYWHERE: {}, signature: {}}
        for answer in self:
            if answer.kind == COLUMN and answer.where in wanted:
                wanted[answer.where][answer.what] = answer.meaning
        return wanted[EVERYWHERE] | wanted[signature]

    def header(self, signature: str) -> dict[str, str]:
        """The field of each answered column, by its letter, of a table without a header."""
        found = [a for a in self if a.kind == HEADER and a.where == signature]
        return {answer.what.upper(): answer.meaning for answer in found}


_NAMES = ("kind", "where", "what", "meaning")


def is_personal(header: str) -> bool:
    """Whether a header names what is dropped before anything is kept: names, NIK, addresses."""
    meaning = meaning_of(header) or meaning_inside(header)
    return meaning is not None and bool(set(meaning.fields.values()) & {*PERSONAL, "birth"})


def _mistake_in(answer: Answer) -> str:
    """Why there can be no such answer, as a sentence; "" when there can."""
    check = {VALUE: _in_value, COLUMN: _in_column, DATE_ORDER: _in_order, HEADER: _in_header}
    if answer.kind not in check:
        text = _("Jenis jawaban “{kind}” tidak dikenal; yang ada: {known}.")
        return text.format(kind=answer.kind, known=", ".join(KINDS))
    return check[answer.kind](answer)


def _in_value(answer: Answer) -> str:
    if answer.where not in VALUE_FIELDS:
        return _no_field(answer.where, VALUE_FIELDS)
    if not spelling(answer.where, answer.what) or len(answer.what) > _LONGEST:
        return _("Tulisan yang dijawab kosong atau terlalu panjang; salin isi selnya saja.")
    if mask_numbers(answer.what) != answer.what:
        return _("Tulisan yang dijawab tampak seperti data pribadi, sehingga tidak disimpan.")
    return "" if _is_term(answer.where, answer.meaning) else _no_meaning(answer.meaning)


def _is_term(field: str, meaning: str) -> bool:
    if field == "kelurahan":
        return bool(meaning.strip())  # of which city is not known here
    return meaning == UNKNOWN or meaning in vocabulary(VOCABULARIES[field]).terms


def _in_column(answer: Answer) -> str:
    if answer.what not in COLUMN_FIELDS:
        return _no_field(answer.what, COLUMN_FIELDS)
    if not answer.meaning.strip() or not answer.where.strip():
        return _no_meaning(answer.meaning)
    if is_personal(answer.meaning):
        text = _("Kolom “{column}” berisi data pribadi, sehingga dibuang dan tidak boleh dipakai.")
        return text.format(column=answer.meaning)
    return ""


def _in_order(answer: Answer) -> str:
    if answer.what not in DATE_FIELDS:
        return _no_field(answer.what, DATE_FIELDS)
    known = answer.meaning in (DAY_FIRST, MONTH_FIRST) and bool(answer.where.strip())
    return "" if known else _no_meaning(answer.meaning)


def _in_header(answer: Answer) -> str:
    if not _LETTERS.fullmatch(answer.what.upper()):
        text = _("“{what}” bukan huruf kolom seperti yang ditampilkan Excel (A, B, C).")
        return text.format(what=answer.what)
    if answer.meaning != NONE and answer.meaning not in HEADER_FIELDS:
        return _no_field(answer.meaning, (*HEADER_FIELDS, NONE))
    return "" if answer.where.strip() not in ("", EVERYWHERE) else _no_meaning(answer.where)


def _no_field(name: str, known: Iterable[str]) -> str:
    text = _("Isian “{field}” tidak dikenal; yang ada: {known}.")
    return text.format(field=name, known=", ".join(known))


def _no_meaning(meaning: str) -> str:
    return _("Arti “{meaning}” tidak dikenal untuk pertanyaan ini.").format(meaning=meaning)
