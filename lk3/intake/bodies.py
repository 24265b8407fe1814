"""Third stage: which rows under the header are data, and which are not.

Not data are column numbers, repeated headers and the titles over them, section labels, sub-totals
and totals, blank form rows that carry only a number, signatures and notes. Every row gets a role;
the roles are what the accounting of a sheet counts.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lk3.intake.cleaning.cells import is_missing
from lk3.intake.layout import Header
from lk3.intake.rendered import as_objects, is_rendered
from lk3.intake.sheets import column_numbers
from lk3.intake.words import is_end_mark, says
from lk3.places import Places

DATA = "data"
TOTAL = "total"
SECTION = "section"
SIGNATURE = "signature"
_PLACE_AND_DATE = re.compile(r"[A-Za-z .]{3,40},\s*(tanggal\s*)?[\d.… ]{0,12}\s*[A-Za-z]*\s*\d{4}")
_COUNTER = re.compile(r"\(?-?\d{1,3}(\.0)?\)?")
_MOST_TITLE_ROWS = 6


@dataclass(frozen=True)
class Known:
    """What the columns are, as far as the roles of rows depend on it: positions of columns."""

    counter: int | None
    kelurahan: int | None
    labels: tuple[int, ...]  # further columns that may say "Jumlah"
    fields: tuple[int, ...]  # all columns of kept fields
    columns: int  # how many columns the header names
    recap: bool


def roles_of(body: pd.DataFrame, header: Header, known: Known, *, places: Places) -> pd.Series:
    """The role of each row under the header: "data", or why it is not data ("total", "section",
    "repeated_header", "column_numbers", "blank_form", "signature", "note", "title").

    In: the cells under the header (index: row as Excel shows it). Out: text by the same index.
    """
    filled = body.notna()
    count = filled.sum(axis=1)
    roles = pd.Series(DATA, index=body.index, dtype="object")
    sparse = count <= max(1, known.columns // 3)
    roles[_is_repeated_header(body, header, count)] = "repeated_header"
    roles[_is_column_numbers(body, roles)] = "column_numbers"
    if known.counter in body.columns:
        alone = count == 1
        numbered = _is_number(body.loc[alone, known.counter])
        roles[numbered.index[numbered]] = "blank_form"
    roles[(roles == DATA) & _is_total(body, known, places=places)] = TOTAL
    roles = _mark_sparse(body, roles, sparse, count, known, places)
    return _mark_titles(roles, sparse)


def _is_repeated_header(body: pd.DataFrame, header: Header, count: pd.Series) -> pd.Series:
    """Rows that say the header's texts again, at each page or leaked into the values."""
    same = pd.Series(0, index=body.index)
    for column, parts in header.parts.items():
        if column in body.columns:
            same += body[column].isin(parts).astype(int)
    labels = max(1, min(2, len(header.parts)))
    return (same >= labels) & (same * 2 > count)


def _is_column_numbers(body: pd.DataFrame, roles: pd.Series) -> pd.Series:
    """Rows `1 2 3`, `(1) (2) (3)` or -1 -2 -3 (as Excel stores the latter) under a header."""
    after = (roles == "repeated_header").shift(fill_value=False)
    after.iloc[:2] = True
    found = pd.Series(False, index=body.index)
    for number in body.index[after]:
        values = [value for value in body.loc[number] if not pd.isna(value)]
        found[number] = len(values) > 1 and _counts_up([_counter(value) for value in values])
    return found


def _is_number(values: pd.Series) -> pd.Series:
    """Cells that hold a number of whatever length, as text or not: `12`, `12.`, `(12)`."""
    found = [not pd.isna(v) and str(v).strip("(). ").removesuffix(".0").isdigit() for v in values]
    return pd.Series(found, index=values.index, dtype=bool)


def _counter(value: Any) -> int:
    text = str(value).strip()
    return abs(int(float(text.strip("()")))) if _COUNTER.fullmatch(text) else 0


def _counts_up(numbers: list[int]) -> bool:
    return numbers[0] == 1 and numbers == list(range(1, len(numbers) + 1))


def _is_total(body: pd.DataFrame, known: Known, *, places: Places) -> pd.Series:
    """Rows whose first text, or whose label in a kept column, is a word for a total; in a recap
    also the city and the kecamatan, which only add up what the kelurahan say.
    """
    found = pd.Series(False, index=body.index)
    for leftmost, first in _first_values(body):
        said = _by_distinct(first, lambda text: says(text, TOTAL))
        if known.kelurahan in body.columns and leftmost != known.kelurahan:
            area = body.loc[said.index[said], known.kelurahan]
            said = _names_none(area, places).reindex(said.index, fill_value=False)
        found |= said.reindex(body.index, fill_value=False)
    for column in (known.kelurahan, *known.labels):
        if column in body.columns:
            found |= _by_distinct(body[column], lambda text: says(text, TOTAL))
    if known.recap and known.kelurahan in body.columns:
        found |= _by_distinct(body[known.kelurahan], lambda text: _adds_up(text, places))
    return found


def _names_none(area: pd.Series, places: Places) -> pd.Series:
    """Whether a cell of the kelurahan is blank, or holds the number that a total counts."""
    nobodys = pd.Series([not places.knows(v) for v in area], area.index, dtype=bool)
    counted = _is_number(area) & nobodys
    return area.isna() | counted


def _adds_up(text: str, places: Places) -> bool:
    return (
        places.code_for(text) == "city"
        or (places.code_for(text) is None and places.district_for(text) is not None)
        or says(text, "total_place")
    )


def _first_values(body: pd.DataFrame) -> Iterator[tuple[int, pd.Series]]:
    """The leftmost value of each row, column by column."""
    left = pd.Series(True, index=body.index)
    for column in column_numbers(body):
        here = left & body[column].notna()
        if here.any():
            yield column, body.loc[here, column]
            left &= ~here


def _by_distinct(values: pd.Series, test: Callable[[str], bool]) -> pd.Series:
    """The test of each text (False for what is no text), done once per distinct text."""
    texts = values.dropna()
    if is_rendered(values):
        texts = texts[texts.str.contains(r"[^\d\W]", regex=True)]
    codes, cells = pd.factorize(texts)
    answers = np.array([isinstance(c, str) and has_letter(c) and test(c) for c in cells], bool)
    hit = texts.index[answers[codes]] if len(answers) else texts.index
    return pd.Series(values.index.isin(hit), index=values.index)


def has_letter(text: str) -> bool:
    """Whether a text holds a letter: numbers are no labels."""
    return any(letter.isalpha() for letter in text)


def _mark_sparse(
    body: pd.DataFrame,
    roles: pd.Series,
    sparse: pd.Series,
    count: pd.Series,
    known: Known,
    places: Places,
) -> pd.Series:
    """Signatures, notes and section labels among the rows with few cells, from top to bottom: the
    rows that follow a signature belong to it until a row of the table comes again.
    """
    few, thin = (sparse | (count <= 3)).to_numpy(), sparse.to_numpy()
    data = (roles == DATA).to_numpy()
    ends_signature = np.cumsum((data & ~few) | (roles == "repeated_header").to_numpy())
    looked_at = np.flatnonzero(data & few)
    shown = np.unique(np.minimum(np.concatenate([looked_at, looked_at + 1]), len(body) - 1))
    cells = dict(zip(shown.tolist(), _rows_of(body.iloc[shown]), strict=True))
    marked, signed_at = roles.copy(), -1
    for at in looked_at.tolist():
        inside = signed_at >= 0 and ends_signature[at] == ends_signature[signed_at]
        following = cells[at + 1] if at + 1 < len(body) else {}
        role = _role_of_few(cells[at], following, known, places, thin=thin[at], inside=inside)
        marked.iloc[at] = role
        signed_at = at if role == SIGNATURE else -1
    return marked


def _rows_of(rows: pd.DataFrame) -> list[dict[int, Any]]:
    """The cells with a value of a few rows, by column."""
    few, columns = as_objects(rows), column_numbers(rows)
    return [
        {c: v for c, v in zip(columns, values, strict=True) if v is not None}
        for values in few.to_numpy()
    ]


def _role_of_few(
    cells: dict[int, Any],
    following: dict[int, Any],
    known: Known,
    places: Places,
    *,
    thin: bool,
    inside: bool,
) -> str:
    """The role of a row with few cells; `inside`: it follows a signature or a note."""
    if all(is_missing(value) for value in cells.values()):
        return "blank_form"
    if not thin and _is_row_of(cells, known, places):
        return DATA  # `Lanjutan` may be the status of a case, `Ketua LK3` the office of a member
    if any(isinstance(value, str) and _ends_table(value) for value in cells.values()):
        return SIGNATURE
    if not thin:
        return DATA
    if inside and not _is_row_of(cells, known, places):
        return SIGNATURE
    if _is_section(cells, known, following, places):
        return SECTION
    return DATA if set(cells) & set(known.fields) else "note"


def _ends_table(text: str) -> bool:
    return (
        says(text, "signature")
        or says(text, "note")
        or (is_end_mark(text) and not is_missing(text))  # `-` in a row of data is a blank cell
        or _PLACE_AND_DATE.fullmatch(" ".join(text.split())) is not None
    )


def _is_row_of(cells: dict[int, Any], known: Known, places: Places) -> bool:
    """Whether a row that looks like a signature, or follows one, is one of the table: it names a
    kelurahan where kelurahan are named.
    """
    return known.kelurahan in cells and places.knows(cells[known.kelurahan])


def _is_section(
    cells: dict[int, Any], known: Known, following: dict[int, Any], places: Places
) -> bool:
    """Whether a row with one text labels the rows under it: `KECAMATAN BONTANG UTARA`."""
    texts = [value for column, value in cells.items() if column != known.counter]
    texts = texts or list(cells.values())
    if len(texts) != 1 or not isinstance(texts[0], str) or not following:
        return False
    if places.district_for(texts[0]) and places.code_for(texts[0]) is None:
        return True
    if places.code_for(texts[0]) is None:
        return False
    return known.kelurahan not in following and len(following) > 1


def _mark_titles(roles: pd.Series, sparse: pd.Series) -> pd.Series:
    """Titles over a repeated header: the rows with few cells right above it."""
    roles = roles.copy()
    for position in np.flatnonzero(roles == "repeated_header").tolist():
        for above in range(position - 1, max(position - 1 - _MOST_TITLE_ROWS, -1), -1):
            if not sparse.iloc[above] or roles.iloc[above] not in (DATA, "note", SECTION):
                break
            roles.iloc[above] = "title"
    return roles
