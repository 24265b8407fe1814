"""Cells that look filled in Excel and reach the reader blank: errors, formulas without a result.

The reader gives an empty text for `#N/A` and for a formula that was never computed (files that a
program wrote). A clerk who sees a value there would not believe "blank", so the cells are looked
up in the workbook's own XML. In: bytes of an xlsx whose size has been checked. Out: their places.
"""

import io
import posixpath
import re
import zipfile
import zlib

from lxml import etree

Places = frozenset[tuple[int, int]]  # row as Excel shows it, position of the column from 0

_MAY_HAVE_SOME = re.compile(rb"""<(?:\w+:)?f[\s>/]|\st=["']e["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")
# An error, or a formula without a result; one whose result is an empty text is blank in Excel too.
_VALUELESS = etree.XPath(
    "*[@t='e' or (not(@t='str') and *[local-name()='f']"
    " and not(normalize-space(*[local-name()='v'])))]"
)
# The reader says what is wrong with a damaged file; here it only has no places.
_DAMAGED = (
    etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError,
    RuntimeError, ValueError, OSError,
)  # fmt: skip
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def valueless_cells(content: bytes) -> dict[str, Places]:
    """Places of the cells with an error or with a formula without a stored value, by the name of
    the sheet. A workbook whose parts lie elsewhere or cannot be parsed has none.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            sheets = _sheets(archive) if {_WORKBOOK, _RELATIONS} <= names else {}
            return {name: _places(archive.read(p)) for name, p in sheets.items() if p in names}
    except _DAMAGED:
        return {}


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that holds each sheet."""
    relations = etree.fromstring(archive.read(_RELATIONS), _parser())
    targets = {r.get("Id"): r.get("Target") or "" for r in relations.iter("{*}Relationship")}
    book = etree.fromstring(archive.read(_WORKBOOK), _parser())
    return {
        str(sheet.get("name")): posixpath.normpath(
            posixpath.join("/xl", targets.get(sheet.get(_RELATION), ""))
        ).lstrip("/")
        for sheet in book.iter("{*}sheet")
    }


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _places(xml: bytes) -> Places:
    if not _MAY_HAVE_SOME.search(xml):
        return frozenset()
    found = set()
    rows = etree.iterparse(io.BytesIO(xml), tag="{*}row", resolve_entities=False, no_network=True)
    for _event, row in rows:
        for cell in _VALUELESS(row):
            place = _REFERENCE.fullmatch(cell.get("r") or "")
            if place:
                found.add((int(place[2]), _column(place[1])))
        row.clear()
        while row.getprevious() is not None:  # else a long sheet is held as a tree
            del row.getparent()[0]
    return frozenset(found)


def _column(letters: str) -> int:
    """A -> 0, AB -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
