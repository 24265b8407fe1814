"""A table without a header -> questions about its columns, and a header once they are answered.

Nothing is guessed from the values and nothing of them is shown: a question says only of what type a
column is and how many different cells it holds. A row of unknown headers over a table is such a
table's header, and asked about by name.
"""

import hashlib
from collections.abc import Mapping

import pandas as pd

from lk3.intake.answers import HEADER, HEADER_FIELDS, NONE, Answers, answer_id
from lk3.intake.cleaning.cells import cell_text
from lk3.intake.contents import (
    DATE,
    NUMBER,
    TEXT,
    counts_up,
    distinct_count,
    likely_fields,
    looks_personal,
    type_of,
)
from lk3.intake.headers import dimensions_of
from lk3.intake.layout import Header, letter_of
from lk3.intake.questions import Question
from lk3.intake.sheets import Sheet, column_numbers
from lk3.language import N_, _, number
from lk3.places import Places

_FEWEST_ROWS, _FEWEST_COLUMNS = 3, 3
_TYPES = {DATE: N_("tanggal"), NUMBER: N_("angka"), TEXT: N_("teks")}
_FIELDS_OF_TYPE = {
    DATE: ("reported_on", "closed_on", "started_on", "ended_on"),
    NUMBER: (
        "row_number", "case_id", "age", "cases", "year", "month", "population", "households",
    ),
    TEXT: (
        "kelurahan", "problem", "profession", "status", "service", "sex", "age", "case_id", "month",
    ),
}  # fmt: skip


def headless_signature(cells: pd.DataFrame) -> str:
    """What tells the layout of a table without a header: how many columns of which types."""
    types = [type_of(cells[column]) for column in column_numbers(cells)]
    return hashlib.sha256("\x1f".join(["-", *types]).encode()).hexdigest()[:12]


def answered_header(sheet: Sheet, answers: Answers) -> tuple[Header, Mapping[str, str], str] | None:
    """The header that answers make of a sheet without one: each column by its letter, the letter
    of each field, and the signature. None while nobody has answered.
    """
    signature = headless_signature(sheet.cells)
    told = answers.header(signature)
    chosen = {field: letter for letter, field in reversed(told.items()) if field != NONE}
    if not chosen:
        return None
    parts: dict[int, tuple[str, ...]] = {
        column: (letter_of(column),) for column in column_numbers(sheet.cells)
    }
    return Header((), parts, ()), chosen, signature


def ask_headless(sheet: Sheet, *, places: Places, answers: Answers) -> list[Question]:
    """A question for each column of a sheet that is a table of cases or members without a header:
    one column holds kelurahan, another one dates or terms. Else none.
    """
    cells = sheet.cells
    if len(cells) < _FEWEST_ROWS or len(cells.columns) < _FEWEST_COLUMNS:
        return []
    likely = {column: likely_fields(cells[column], places) for column in column_numbers(cells)}
    fields = {next(iter(found)) for found in likely.values() if found}
    if "kelurahan" not in fields or len(fields) < 2:
        return []
    signature = headless_signature(cells)
    told = answers.header(signature)
    taken = set(told.values()) - {NONE}
    questions = []
    for column, found in likely.items():
        if letter_of(column) not in told:
            suggestion = _suggested(cells[column], found, taken)
            taken |= {suggestion} - {NONE, ""}
            questions.append(_question(sheet, column, suggestion, signature))
    return questions


def _question(sheet: Sheet, column: int, suggestion: str, signature: str) -> Question:
    values = sheet.cells[column]
    kind = type_of(values)
    keys = [suggestion, *_FIELDS_OF_TYPE[kind], NONE]
    if looks_personal(values):
        keys = [NONE, "case_id"]
    text = _("{type}, {n} isi berbeda")
    return Question(
        id=answer_id(HEADER, signature, letter_of(column)),
        kind=HEADER,
        sheet=sheet.name,
        column=letter_of(column),
        written=text.format(type=_(_TYPES[kind]), n=number(distinct_count(values))),
        suggestion=suggestion,
        rows=int(values.notna().sum()),
        where=signature,
        what=letter_of(column),
        keys=tuple(key for key in dict.fromkeys(keys) if key in (*HEADER_FIELDS, NONE)),
    )


def _suggested(values: pd.Series, likely: dict[str, float], taken: set[str]) -> str:
    """The field of a column by its cells, "" where another column has it already; a column that
    looks like no field is not read.
    """
    if likely:
        return next((name for name in likely if name not in taken), "")
    if not counts_up(values):
        return NONE
    return next((name for name in ("row_number", "case_id") if name not in taken), "")


def plain_header(sheet: Sheet, places: Places) -> Header | None:
    """A row of headers that nobody knows over the rows of a table, None without one: it holds only
    texts without digits, and of the columns under it one holds kelurahan and one dates.
    """
    rows = sheet.cells.head(10)
    for position, (row, values) in enumerate(zip(rows.index, rows.to_numpy(), strict=True)):
        texts = {
            column: cell_text(value)
            for column, value in zip(column_numbers(rows), values, strict=True)
            if value is not None
        }
        body = sheet.cells.iloc[position + 1 :]
        if len(texts) < _FEWEST_COLUMNS or len(body) < _FEWEST_ROWS - 1:
            continue
        if not all(_is_label(text, places) for text in texts.values()):
            continue
        fields = {n for c in texts for n in likely_fields(body[c], places)}
        if {"kelurahan", "reported_on"} <= fields:
            return Header((int(row),), {c: (text,) for c, text in texts.items()}, ())
    return None


def _is_label(text: str, places: Places) -> bool:
    """Whether a text may be a header: no digits in it, and no value of a field."""
    return not any(letter.isdigit() for letter in text) and not dimensions_of(text, places)
