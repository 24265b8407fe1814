"""Cells that look filled in Excel and reach the reader blank: errors, formulas without a result.

The reader gives an empty text for `#N/A` and for a formula that was never computed (files that a
program wrote). A clerk who sees a value there would not believe "blank", so the cells are looked
up in the sheet's own XML. In: the XML of a sheet whose size has been checked. Out: their places.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

Places = frozenset[tuple[int, int]]  # row as Excel shows it, position of the column from 0

_MARKS = (b"<f", b't="e"')  # each a search of the bytes, which is much faster than parsing
_UNUSUAL = (b"='", b"<x:", b":worksheet")  # in the first bytes: all may look different
_START = 4096
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")
# An error, or a formula without a result; one whose result is an empty text is blank in Excel too.
_VALUELESS = etree.XPath(
    "*[@t='e' or (not(@t='str') and *[local-name()='f']"
    " and not(normalize-space(*[local-name()='v'])))]"
)


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ODS_MARKS = (b">#", b">Err:", b"formula=")
_ODS_ERROR = re.compile(r"#[A-Z/0!?]{3,7}|Err:\d{3}")


def places_without_value(xml: bytes) -> Places:
    """Places of the cells with an error or with a formula without a stored value. A damaged sheet
    has none: the reader says what is wrong with it.
    """
    start = xml[:_START]
    if not any(mark in start for mark in _UNUSUAL) and not any(mark in xml for mark in _MARKS):
        return frozenset()
    try:
        return _places(xml)
    except (etree.XMLSyntaxError, ValueError):
        return frozenset()


def _places(xml: bytes) -> Places:
    found = set()
    rows = etree.iterparse(io.BytesIO(xml), tag="{*}row", resolve_entities=False, no_network=True)
    for _event, row in rows:
        for cell in _VALUELESS(row):
            place = _REFERENCE.fullmatch(cell.get("r") or "")
            if place:
                found.add((int(place[2]), column_number(place[1])))
        row.clear()
        while row.getprevious() is not None:  # else a long sheet is held as a tree
            del row.getparent()[0]
    return frozenset(found)


def column_number(letters: str) -> int:
    """A -> 0, AB -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def valueless_in_ods(xml: bytes) -> dict[str, Places]:
    """The same for the `content.xml` of an OpenDocument, by the name of the sheet."""
    if not any(mark in xml for mark in _ODS_MARKS):
        return {}
    found: dict[str, set[tuple[int, int]]] = {}
    name, row = "", 0
    try:
        events = etree.iterparse(
            io.BytesIO(xml), events=("start", "end"), tag=(f"{_TABLE}table", f"{_TABLE}table-row"),
            resolve_entities=False, no_network=True,
        )  # fmt: skip
        for event, element in events:
            if element.tag == f"{_TABLE}table":
                name, row = (element.get(f"{_TABLE}name") or "", 0) if event == "start" else ("", 0)
            elif event == "end":
                found.setdefault(name, set()).update((row + 1, at) for at in _errors_of(element))
                row += _times(element, "rows")
                element.clear()
    except (etree.XMLSyntaxError, ValueError):
        return {}
    return {sheet: frozenset(places) for sheet, places in found.items() if places}


def _errors_of(row: Any) -> Iterator[int]:
    """The positions of the cells of a row that show an error or hold a formula without a value."""
    column = 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        text = "".join(cell.itertext())
        computed = cell.get(f"{_TABLE}formula") is not None
        if computed and (_ODS_ERROR.fullmatch(text) or not (text or _has_value(cell))):
            yield column
        column += _times(cell, "columns")


def _has_value(cell: Any) -> bool:
    return cell.get(f"{_OFFICE}value-type") is not None


def _times(element: Any, what: str) -> int:
    return int(element.get(f"{_TABLE}number-{what}-repeated") or 1)
