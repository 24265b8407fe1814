"""Second stage: sheet -> header. Which rows are titles, which are the header, what a column says.

The header is the row, among the first ones, that names most fields; rows that only group or divide
its columns (`JUMLAH KLIEN` over `L | P | JML`) are joined to it. A sheet without such a row is not
read: nothing is guessed from the values of a sheet without a header.
"""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lk3.intake.headers import dimensions_of, meaning_inside, meaning_of
from lk3.intake.rendered import as_objects
from lk3.intake.sheets import Sheet, column_numbers
from lk3.intake.words import says
from lk3.places import Places
from lk3.vocabulary import squash

ROWS_LOOKED_AT = 60
MOST_HEADER_ROWS = 3
_LONGEST_SUBHEADER = 60
_NUMBER = re.compile(r"\s*\(?-?\d+([.,]\d+)?\)?\s*")


@dataclass(frozen=True)
class Header:
    """The header of a sheet: its rows as Excel shows them, the texts of each column from top to
    bottom, and the texts of the rows above it.
    """

    rows: tuple[int, ...]
    parts: dict[int, tuple[str, ...]]
    titles: tuple[str, ...]

    def text(self, column: int) -> str:
        """The header of a column as one text, "Jenis Kelamin L"."""
        return " ".join(self.parts.get(column, ()))


def signature_of(header: Header) -> str:
    """What tells a layout from others: a digest of its headers by their letters and digits, in
    whatever order the columns stand. 12 hexadecimal digits.
    """
    texts = sorted(squash(header.text(column)) for column in header.parts)
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:12]


def column_names(header: Header) -> dict[int, str]:
    """How each column is called in a question: its header, and its letter where two share one."""
    texts = {column: header.text(column) for column in header.parts}
    times = Counter(squash(text) for text in texts.values())
    return {
        column: text if times[squash(text)] == 1 else f"{text} [{letter_of(column)}]"
        for column, text in texts.items()
    }


def letter_of(column: int) -> str:
    """The letter by which Excel names a column: 0 -> A, 27 -> AB."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def find_header(sheet: Sheet, *, places: Places) -> Header | None:
    """The header of the sheet, or None when no row names at least two fields."""
    head = as_objects(sheet.cells.head(ROWS_LOOKED_AT))
    rows = {int(number): _texts(values) for number, values in _records(head)}
    scores = {number: _score(texts, places) for number, texts in rows.items()}
    best = max(scores, key=lambda number: (scores[number], -number), default=0)
    if not scores or scores[best] < 2:
        return _find_form_header(rows)
    chosen = _with_neighbours(rows, best, places)
    return _header(rows, chosen)


def _find_form_header(rows: dict[int, dict[int, str]]) -> Header | None:
    """The header of a form's answers: questions that hold at least three known words."""
    for number, texts in rows.items():
        meanings = [meaning_of(text) or meaning_inside(text) for text in texts.values()]
        fields = {tuple(meaning.fields.values()) for meaning in meanings if meaning}
        if len(fields) >= 3 and not any(_NUMBER.fullmatch(text) for text in texts.values()):
            return _header(rows, [number])
    return None


def _records(frame: pd.DataFrame) -> list[tuple[Any, dict[int, Any]]]:
    columns = column_numbers(frame)
    return [
        (number, dict(zip(columns, values, strict=True)))
        for number, values in zip(frame.index, frame.to_numpy(), strict=True)
    ]


def _texts(values: dict[int, Any]) -> dict[int, str]:
    return {
        column: " ".join(_whole(value).split())
        for column, value in values.items()
        if value is not None
    }


def _whole(value: Any) -> str:
    """The cell as text; a year that a reader gave as 2023.0 is 2023."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _score(texts: dict[int, str], places: Places) -> int:
    """How many fields a row names. Values count only where several columns carry values of one
    dimension (a matrix): a row of data has one problem, one sex, one kelurahan.
    """
    fields = set()
    dimensions: Counter[str] = Counter()
    for text in texts.values():
        meaning = meaning_of(text)
        if meaning:
            fields.add(tuple(sorted(meaning.fields.items())))
        else:
            dimensions.update(dimensions_of(text, places))
    if not fields:
        return 0
    return len(fields) + max([count for count in dimensions.values() if count > 1], default=0)


def _with_neighbours(rows: dict[int, dict[int, str]], best: int, places: Places) -> list[int]:
    chosen = [best]
    while len(chosen) < MOST_HEADER_ROWS and _is_pair(rows, chosen[0] - 1, chosen[0], places):
        chosen.insert(0, chosen[0] - 1)
    while len(chosen) < MOST_HEADER_ROWS and _is_pair(rows, chosen[-1], chosen[-1] + 1, places):
        chosen.append(chosen[-1] + 1)
    return chosen


def _is_pair(rows: dict[int, dict[int, str]], upper: int, lower: int, places: Places) -> bool:
    """Whether two neighbouring rows are one header: the lower one stands only under the groups of
    the upper one, and is not data (seen: an empty first column, then `P` and `KDRT`).
    """
    if upper not in rows or lower not in rows:
        return False
    top, sub = rows[upper], rows[lower]
    alone = [column for column in top if column not in sub]
    known_alone = [column for column in alone if _is_known(top[column], places)]
    all_known = len(top) > 1 and all(_is_known(text, places) for text in top.values())
    return (
        bool(known_alone or all_known)
        and all(_is_under_group(column, top, sub) for column in sub)
        and any(column not in top for column in sub)
        and all(_is_label(text) for text in sub.values())
    )


def _is_under_group(column: int, top: dict[int, str], sub: dict[int, str]) -> bool:
    if column not in top:
        left = [other for other in top if other < column]
        return bool(left) and all(
            c in sub for c in range(max(left), column) if c in sub or c in top
        )
    return column + 1 in sub and column + 1 not in top


def _is_label(text: str) -> bool:
    is_year = re.fullmatch(r"20\d\d", text) is not None
    return len(text) <= _LONGEST_SUBHEADER and (is_year or not _NUMBER.fullmatch(text))


def _is_known(text: str, places: Places) -> bool:
    return meaning_of(text) is not None or dimensions_of(text, places) != () or says(text, "total")


def _header(rows: dict[int, dict[int, str]], chosen: list[int]) -> Header:
    columns = sorted({column for number in chosen for column in rows[number]})
    parts = {
        column: tuple(
            part for n in chosen if (part := _label_at(rows, chosen, n, column)) is not None
        )
        for column in columns
    }
    titles = tuple(text for n, texts in rows.items() if n < chosen[0] for text in texts.values())
    return Header(tuple(chosen), parts, titles)


def _label_at(
    rows: dict[int, dict[int, str]], chosen: list[int], number: int, column: int
) -> str | None:
    """The text of a header cell; a group's label also stands over the columns that it divides."""
    texts = rows[number]
    if column in texts:
        return texts[column]
    below = [n for n in chosen if n > number]
    if not any(column in rows[n] for n in below):
        return None
    left = max((other for other in texts if other < column), default=None)
    return texts[left] if left is not None else None
