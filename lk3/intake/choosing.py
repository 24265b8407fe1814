"""Columns that their headers do not decide -> questions about which column is which field.

Asked are fields for which two columns stand, a field that the table needs and no header names,
a column without a known header whose cells look like a field that no other column is, and `Ket.`
or `Jabatan` where about half of the cells are terms. Personal columns are never offered.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from lk3.intake.answers import COLUMN, NONE, answer_id, is_personal
from lk3.intake.cleaning.cells import cell_text
from lk3.intake.columns import ColumnMap, share_of_terms
from lk3.intake.contents import ROWS_LOOKED_AT, likely_fields, looks_personal
from lk3.intake.headers import VOCABULARIES, meaning_of
from lk3.intake.kinds import CASES, MEMBERS
from lk3.intake.layout import Header, column_names, signature_of
from lk3.intake.questions import Question, choice_label
from lk3.places import Places
from lk3.vocabulary import squash, vocabulary

_RIVALRY = (
    "kelurahan", "problem", "status", "service", "reported_on", "closed_on", "started_on",
    "ended_on",
)  # fmt: skip
_BY_CONTENT = {
    CASES: ("kelurahan", "reported_on", "problem", "profession", "status", "service", "sex"),
    MEMBERS: ("kelurahan", "profession"),
}
_NEEDED = ("kelurahan", "reported_on")
_UNSURE = (0.25, 0.75)  # the share of terms between which a column may be a field or a note
_EXAMPLES = 3


def ask_columns(
    header: Header,
    body: pd.DataFrame,
    columns: ColumnMap | None,
    *,
    sheet: str,
    places: Places,
    answered: Mapping[str, str],
) -> list[Question]:
    """The questions about the columns of one sheet. `columns`: None while the sheet is not known to
    be a table; `answered`: fields whose column somebody has told.
    """
    head = body.head(ROWS_LOOKED_AT)
    candidates = _rivals(head, columns) if columns else {}
    for name, found in _by_content(header, head, columns, places).items():
        candidates.setdefault(name, found)
    return [
        _question(name, at, suggested, header, body, sheet=sheet, places=places)
        for name, (at, suggested) in candidates.items()
        if name not in answered
    ]


_Candidates = dict[str, tuple[list[int], int | None]]  # columns of a field, and the suggested one


def _rivals(body: pd.DataFrame, columns: ColumnMap) -> _Candidates:
    """Fields for which several headers stand whose cells differ, and doubtful columns."""
    found: _Candidates = {}
    for name, at in columns.rivals.items():
        taken = columns.fields.get(name)
        if taken is not None and len(at) > 1 and name in _RIVALRY:
            others = [c for c in at if c != taken and _differ(body[taken], body[c])]
            if others and not _is_doubtful(columns, name):
                found[name] = ([taken, *others], taken)
        if _is_doubtful(columns, name) and name in VOCABULARIES:
            unsure = [c for c in at if _is_unsure(body[c], name)]
            if unsure:
                found[name] = (unsure, taken if taken in unsure else None)
    return found


def _is_doubtful(columns: ColumnMap, name: str) -> bool:
    """Whether a field rests on headers that may mean a note."""
    header = columns.header(name)
    meaning = meaning_of(header) if header else None
    return meaning.by_values if meaning else name not in columns.fields


def _is_unsure(values: pd.Series, name: str) -> bool:
    return _UNSURE[0] <= share_of_terms(values, name) <= _UNSURE[1]


def _differ(first: pd.Series, second: pd.Series) -> bool:
    """Whether two columns say different things in some row where both say something."""
    both = first.notna() & second.notna()
    pairs = zip(first[both], second[both], strict=True)
    return any(squash(cell_text(one)) != squash(cell_text(two)) for one, two in pairs)


def _by_content(
    header: Header, body: pd.DataFrame, columns: ColumnMap | None, places: Places
) -> _Candidates:
    """Columns without a known header by the field that their cells look like, where no column is
    that field yet. A sheet that is no table so far is asked about only if that can make it one.
    """
    named = _named(header, columns)
    missing = [n for n in _BY_CONTENT.get(columns.kind if columns else CASES, ()) if n not in named]
    if columns and columns.is_recap:
        missing = [name for name in missing if name == "kelurahan"]
    found: _Candidates = {}
    for column in _unknown(header, body, columns):
        likely = [n for n in likely_fields(body[column], places) if n in missing]
        if likely and not looks_personal(body[column]):
            at, _ = found.get(likely[0], ([], None))
            found[likely[0]] = ([*at, column], None)
    if columns is None and not set(_NEEDED) <= {*found, *named}:
        return {}
    return {name: (at, at[0] if len(at) == 1 else None) for name, (at, _) in found.items()}


def _named(header: Header, columns: ColumnMap | None) -> set[str]:
    """The fields that headers name."""
    if columns:
        named = set(columns.fields)
    else:
        meanings = [meaning_of(header.text(column)) for column in header.parts]
        named = {name for meaning in meanings if meaning for name in meaning.fields.values()}
    return named | ({"reported_on"} if named & {"year", "month", "period"} else set())


def _unknown(header: Header, body: pd.DataFrame, columns: ColumnMap | None) -> Sequence[int]:
    """Columns whose header nobody knows, and the day of the incident: it may be all there is."""
    names = column_names(header)
    return [
        column
        for column in header.parts
        if column in body.columns
        and not is_personal(names[column])
        and (_is_incident(names[column]) or _is_unread(header, column, columns))
    ]


def _is_unread(header: Header, column: int, columns: ColumnMap | None) -> bool:
    text = header.text(column)
    return text in columns.unread if columns else meaning_of(text) is None


def _is_incident(text: str) -> bool:
    meaning = meaning_of(text)
    return meaning is not None and "incident_on" in meaning.fields.values()


def _question(
    name: str,
    at: Sequence[int],
    suggested: int | None,
    header: Header,
    body: pd.DataFrame,
    *,
    sheet: str,
    places: Places,
) -> Question:
    names = column_names(header)
    ordered = sorted(at, key=lambda column: (column != suggested, at.index(column)))
    signature = signature_of(header)
    return Question(
        id=answer_id(COLUMN, signature, name),
        kind=COLUMN,
        sheet=sheet,
        column=names[ordered[0]] if len(ordered) == 1 else "",
        written=", ".join(names[column] for column in ordered),
        suggestion="" if suggested is None else names[suggested],
        rows=int(body[list(at)].notna().any(axis=1).sum()),
        where=signature,
        what=name,
        keys=tuple(names[column] for column in ordered) + ((NONE,) if len(ordered) == 1 else ()),
        preview=_examples(name, body[ordered[0]], places),
    )


def _examples(name: str, values: pd.Series, places: Places) -> tuple[tuple[str, str], ...]:
    """Some cells that are read without doubt; a word that nobody knows is none, and neither is a
    date: it may be somebody's birth.
    """
    found: dict[str, str] = {}
    for cell in values.dropna().head(ROWS_LOOKED_AT):
        text = cell_text(cell)
        if name == "kelurahan":
            key = places.code_for(text)
            label = places.label(key) if key else ""
        else:
            key = vocabulary(VOCABULARIES[name]).key_for(text) if name in VOCABULARIES else None
            label = choice_label("value", name, key) if key else ""
        if label and len(found) < _EXAMPLES:
            found.setdefault(text, label)
    return tuple(found.items())
