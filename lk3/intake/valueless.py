"""Cells that look filled in Excel and reach the reader blank: errors, formulas without a result.

The reader gives an empty text for `#N/A` and for a formula that was never computed (files that a
program wrote). A clerk who sees a value there would not believe "blank", so the cells are looked
up in the sheet's own XML. In: the XML of a sheet whose size has been checked. Out: their places.
"""

import io
import re

from lxml import etree

Places = frozenset[tuple[int, int]]  # row as Excel shows it, position of the column from 0

_MARKS = (b"<f", b't="e"', b"t='e'", b":f")  # each a search of the bytes, much faster than parsing
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")
# An error, or a formula without a result; one whose result is an empty text is blank in Excel too.
_VALUELESS = etree.XPath(
    "*[@t='e' or (not(@t='str') and *[local-name()='f']"
    " and not(normalize-space(*[local-name()='v'])))]"
)


def places_without_value(xml: bytes) -> Places:
    """Places of the cells with an error or with a formula without a stored value. A damaged sheet
    has none: the reader says what is wrong with it.
    """
    if not any(mark in xml for mark in _MARKS):
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
