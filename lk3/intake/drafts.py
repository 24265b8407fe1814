"""Sheet -> draft: its header, its columns and the role of each row, before any value is cleaned.

Also decides which sheets of a workbook are read at all: hidden sheets, sheets without a table and
recaps that add up what other sheets hold already are left out, with the reason.
"""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lk3.intake.answers import Answers
from lk3.intake.bodies import DATA, Known, roles_of
from lk3.intake.checked import SheetReport
from lk3.intake.choosing import ask_columns
from lk3.intake.columns import ColumnMap, map_columns
from lk3.intake.context import Context, context_of
from lk3.intake.headless import answered_header, ask_headless, plain_header
from lk3.intake.kinds import CASES
from lk3.intake.layout import Header, find_header, signature_of
from lk3.intake.limits import check_time
from lk3.intake.questions import Question
from lk3.intake.refusal import Refused
from lk3.intake.sheets import Sheet, Workbook
from lk3.intake.taking import kelurahan_of_sections
from lk3.intake.words import says
from lk3.language import _
from lk3.places import Places

_MOST_HEADERS_NAMED = 10
_DATES = ("reported_on", "year", "month", "period")

_LACKING = ("no_kelurahan_column", "no_date_column")
INSTRUCTIONS = ""  # a sheet that nobody expects to be read


@dataclass(frozen=True)
class Draft:
    """A sheet that will be read: `body` are its cells under the header, `roles` their roles,
    `questions` what its columns leave to ask.
    """

    sheet: Sheet
    header: Header
    columns: ColumnMap
    context: Context
    body: pd.DataFrame
    roles: pd.Series
    questions: tuple[Question, ...] = ()

    @cached_property
    def data(self) -> pd.DataFrame:
        """The rows of data."""
        return self.body[self.roles == DATA]

    @property
    def rows_read(self) -> int:
        """All rows with any value, those above and of the header included."""
        return len(self.sheet.cells)


@dataclass(frozen=True)
class LeftOut:
    """A sheet that is not read: the rule that says why (`INSTRUCTIONS` is no finding), and its
    report. `questions`: what would make it readable.
    """

    rule: str
    report: SheetReport
    questions: tuple[Question, ...] = ()


def draft_sheets(
    book: Workbook, *, places: Places, filename: str, answers: Answers | None = None
) -> tuple[list[Draft], list[LeftOut]]:
    """The sheets to read and those that are left out.

    Raises Refused when no sheet can be read: for the first table that lacks what it needs, else
    because there is no table.
    """
    drafts: list[Draft] = []
    left_out: list[LeftOut] = []
    lacking: list[Refused] = []
    for sheet in book.sheets:
        if sheet.hidden:
            left_out.append(_leave_out(sheet, "sheet_hidden"))
            continue
        if says(sheet.name, "instructions_sheet"):
            left_out.append(_leave_out(sheet, INSTRUCTIONS))
            continue
        try:
            draft = _draft_long_or_short(sheet, places=places, filename=filename, answers=answers)
        except Refused as refusal:
            if refusal.rule not in _LACKING:
                raise  # about the whole file: broken, too many cells, out of time
            lacking.append(refusal)
            left_out.append(_leave_out(sheet, refusal.rule, refusal.questions))
            continue
        if draft is None:
            left_out.append(_without_table(sheet, answers or Answers(), places=places))
        else:
            drafts.append(draft)
    if not drafts:
        questions = tuple(question for out in left_out for question in out.questions)
        raise _about(lacking[0] if lacking else _no_table(book), questions)
    drafts, recaps = _without_recaps(drafts)
    return drafts, left_out + recaps


def _draft_long_or_short(
    sheet: Sheet, *, places: Places, filename: str, answers: Answers | None
) -> Draft | None:
    """The draft of a sheet. A long one that is no register of cases is read again cell by cell: for
    counts it matters whether `1.234` is a text or a number.
    """
    check_time()
    if sheet.exactly is not None:
        with contextlib.suppress(Refused):
            draft = draft_sheet(sheet, places=places, filename=filename, answers=answers)
            if draft and draft.columns.kind == CASES and not draft.columns.is_recap:
                return draft
        sheet = sheet.exactly()
    return draft_sheet(sheet, places=places, filename=filename, answers=answers)


def _about(refusal: Refused, questions: tuple[Question, ...]) -> Refused:
    """The refusal with all that may be answered, so that the file can be used after all."""
    refusal.questions = questions
    return refusal


def _no_table(book: Workbook) -> Refused:
    visible = [sheet.name for sheet in book.sheets if not sheet.hidden and sheet.name]
    return Refused("no_table", sheets=", ".join(visible[:_MOST_HEADERS_NAMED]) or "")


def draft_sheet(
    sheet: Sheet, *, places: Places, filename: str = "", answers: Answers | None = None
) -> Draft | None:
    """The draft of a sheet; None without a table. Raises Refused when a column that it needs is
    missing: the kelurahan, or the date of cases.
    """
    told = answers or Answers()
    found = _header_of(sheet, told, places=places)
    if found is None:
        return None
    header, chosen, signature = found
    body = _under(sheet, header)
    columns = map_columns(header, body, sheet=sheet.name, places=places, chosen=chosen)
    if columns is None:
        return None
    context = context_of(
        sheet, header, places=places, filename=filename, signature=signature, answers=told
    )
    roles = roles_of(body, header, _known(columns, header), places=places)
    questions = _questions(sheet, header, columns, chosen, told, places=places)
    draft = Draft(sheet, header, columns, context, body, roles, questions)
    _require_kelurahan(draft, places)
    return _require_dates(draft)


def _under(sheet: Sheet, header: Header) -> pd.DataFrame:
    """The cells under the header; all of them where answers stand for one."""
    below = int((sheet.cells.index <= header.rows[-1]).sum()) if header.rows else 0
    return sheet.cells.iloc[below:]


def _header_of(
    sheet: Sheet, answers: Answers, *, places: Places
) -> tuple[Header, Mapping[str, str], str] | None:
    """The header of a sheet, the column that somebody has told for a field, and the signature of
    its layout. A header that nobody knows, or none, needs answers.
    """
    header = find_header(sheet, places=places)
    if header is None:
        header = plain_header(sheet, places)
        if header is None or not answers.columns(signature_of(header)):
            return answered_header(sheet, answers)
    signature = signature_of(header)
    return header, answers.columns(signature), signature


def _questions(
    sheet: Sheet,
    header: Header | None,
    columns: ColumnMap | None,
    chosen: Mapping[str, str],
    answers: Answers,
    *,
    places: Places,
) -> tuple[Question, ...]:
    """What the columns of a sheet leave to ask. `columns`: None while it is no table."""
    if header is None or not header.rows:
        return tuple(ask_headless(sheet, places=places, answers=answers))
    body = _under(sheet, header)
    return tuple(
        ask_columns(header, body, columns, sheet=sheet.name, places=places, answered=chosen)
    )


def _without_table(sheet: Sheet, answers: Answers, *, places: Places) -> LeftOut:
    """A sheet that is no table, with the questions whose answers may make it one."""
    header = find_header(sheet, places=places) or plain_header(sheet, places)
    chosen = answers.columns(signature_of(header)) if header else {}
    questions = _questions(sheet, header, None, chosen, answers, places=places)
    return _leave_out(sheet, "sheet_no_table", questions)


def _known(columns: ColumnMap, header: Header) -> Known:
    fields = columns.fields
    labels = ("problem", "month", "age", "sex", "profession")
    counted = columns.is_recap and "dimension" not in fields  # a long recap says TOTAL as data
    kept = {column for name, column in fields.items() if name != "row_number"}
    kept |= {c.column for c in (*columns.matrix, *columns.ticks)}
    kept |= {column for positions in columns.personal.values() for column in positions}
    return Known(
        counter=fields.get("row_number"),
        kelurahan=fields.get("kelurahan"),
        labels=tuple(fields[name] for name in labels if name in fields and counted),
        fields=tuple(sorted(kept)),
        columns=len(header.parts),
        recap=counted,
    )


def _require_kelurahan(draft: Draft, places: Places) -> None:
    columns = draft.columns
    in_matrix = any(dim == "kelurahan" for c in columns.matrix for dim, _text in c.dims)
    if "kelurahan" in columns.fields or "dimension" in columns.fields or in_matrix:
        return
    sections = kelurahan_of_sections(draft.roles, draft.body, places=places)
    if draft.context.kelurahan is None and not sections.notna().any():
        raise _lacking("no_kelurahan_column", draft)


def _require_dates(draft: Draft) -> Draft:
    """The draft, its context cut to what its rows may lean on. A register needs a date column; a
    recap may take its period from the sheet's name or title.
    """
    columns = draft.columns
    in_matrix = any(dim in ("month", "year") for c in columns.matrix for dim, _text in c.dims)
    has_dates = in_matrix or any(name in columns.fields for name in _DATES)
    if columns.kind != CASES or has_dates or (columns.is_recap and draft.context.period):
        return draft
    raise _lacking("no_date_column", draft)


def _lacking(rule: str, draft: Draft) -> Refused:
    texts = [draft.header.text(column) for column in draft.header.parts]
    headers = ", ".join(texts[:_MOST_HEADERS_NAMED])
    return Refused(rule, sheet=draft.sheet.name, headers=headers, questions=draft.questions)


def _without_recaps(drafts: Sequence[Draft]) -> tuple[list[Draft], list[LeftOut]]:
    """Without recaps of what other sheets of the workbook hold: stacking them counts twice."""
    cases = [draft for draft in drafts if draft.columns.kind == CASES]
    registers = [draft for draft in cases if not draft.columns.is_recap]
    parts = [draft for draft in cases if not says(draft.sheet.name, "recap_sheet")]
    sums = [
        draft
        for draft in cases
        if (registers and draft.columns.is_recap)
        or (parts and says(draft.sheet.name, "recap_sheet"))
    ]
    kept = [draft for draft in drafts if not any(draft is other for other in sums)]
    return kept, [_leave_out(draft.sheet, "sheet_adds_up_others") for draft in sums]


def _leave_out(sheet: Sheet, rule: str, questions: tuple[Question, ...] = ()) -> LeftOut:
    reasons = {
        "sheet_hidden": _("lembar tersembunyi"),
        INSTRUCTIONS: _("petunjuk atau daftar pilihan"),
        "sheet_no_table": _("tidak berisi tabel kasus, anggota, atau penduduk"),
        "sheet_adds_up_others": _("merekap lembar lain, tidak dihitung dua kali"),
        "no_kelurahan_column": _("tidak ada kolom kelurahan"),
        "no_date_column": _("tidak ada kolom tanggal"),
    }
    return LeftOut(rule, SheetReport(sheet.name, left_out_because=reasons[rule]), questions)
