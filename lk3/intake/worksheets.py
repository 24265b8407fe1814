"""The sheets of an xlsx as their own XML shows them, before and beside what a reader gives.

In: a checked archive. Out, per sheet: how far its cells reach (a reader holds all cells between the
first and the last, so two stray ones can ask for more memory than there is), its merged ranges, and
the cells that a reader takes for blank although Excel shows something there. Long sheets are looked
at by searching their bytes; only what cannot be told that way is parsed.
"""

import io
import posixpath
import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from lk3.intake.archives import Archive, refuse_entities
from lk3.intake.refusal import Refused
from lk3.intake.sheets import Merged
from lk3.intake.valueless import Places, column_number, places_without_value

_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_RELATIONS_OF_SHEETS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_NOT_BEFORE_Z = re.compile(rb'<c(?! r="[A-Z]\d)[ />]')
_NOT_PLAIN = re.compile(rb'<c(?! r="[A-Z]{1,3}\d)[ />]')
_WIDE = re.compile(rb'<c r="([A-Z]{2,3})\d')
_REFERENCE = re.compile(r"([A-Z]{1,7})(\d{1,10})", re.IGNORECASE)
_LAST_CELL = re.compile(rb' r="[A-Z]{1,3}(\d+)"')
_MERGED = re.compile(rb'<mergeCell [^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_TAIL = 1 << 16
_LETTERS = 26


@dataclass(frozen=True)
class SheetPart:
    """A sheet of the workbook: its name, whether it is hidden, its part of the archive."""

    name: str
    hidden: bool
    part: str


@dataclass(frozen=True)
class SheetFacts:
    """What the XML of a sheet says. `rows`, `columns`: how far the cells reach at most; `size`:
    bytes of the XML.
    """

    rows: int
    columns: int
    merged: tuple[Merged, ...]
    valueless: Places
    size: int

    @property
    def cells(self) -> int:
        """The cells that a reader may have to hold."""
        return self.rows * self.columns


def sheet_parts(archive: Archive) -> list[SheetPart]:
    """The sheets of the workbook in its order. Raises Refused when its directory is damaged."""
    if not {_WORKBOOK, _RELATIONS} <= set(archive.parts):
        return []
    try:
        relations = etree.fromstring(archive.read(_RELATIONS), _parser())
        book = etree.fromstring(archive.read(_WORKBOOK), _parser())
    except etree.XMLSyntaxError:
        raise Refused("file_broken") from None
    targets = {r.get("Id"): r.get("Target") or "" for r in relations.iter("{*}Relationship")}
    names = {_plain(name): name for name in archive.parts}
    found = [
        SheetPart(
            str(sheet.get("name")),
            sheet.get("state", "visible") != "visible",
            names.get(_part_of(targets.get(_relation_of(sheet), "")), ""),
        )
        for sheet in book.iter("{*}sheet")
    ]
    return [sheet for sheet in found if sheet.part]


def _relation_of(sheet: Any) -> str | None:
    return next((sheet.get(name) for name in _RELATIONS_OF_SHEETS if sheet.get(name)), None)


def _part_of(target: str) -> str:
    return _plain(posixpath.normpath(posixpath.join("/xl", target)).lstrip("/"))


def _plain(name: str) -> str:
    """The name of a part as the readers compare it."""
    return name.replace("\\", "/").casefold()


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def facts_of(archive: Archive, part: str) -> SheetFacts:
    """The facts of one sheet. Raises Refused for a damaged or hostile part."""
    xml = archive.read(part)
    refuse_entities(part, xml[:_TAIL])
    rows, columns = _reach(xml)
    after = xml[xml.rfind(b"</sheetData>") :] if b"</sheetData>" in xml[-_TAIL * 64 :] else xml
    return SheetFacts(
        rows=rows,
        columns=columns,
        merged=tuple(_range(match) for match in _MERGED.finditer(after)),
        valueless=places_without_value(xml),
        size=len(xml),
    )


def _reach(xml: bytes) -> tuple[int, int]:
    """The last row and the last column that a cell may stand in.

    A reader takes the last cell for the one in the last row. Cells without a reference, or in a
    namespace with a prefix, can only be counted by parsing.
    """
    last = _last_row(xml)
    if b"<sheetData" not in xml[:_TAIL] or b":c" in xml or not last:
        return _parsed_reach(xml)
    if not _NOT_BEFORE_Z.search(xml):
        return last, _LETTERS
    if _NOT_PLAIN.search(xml):
        return _parsed_reach(xml)
    return last, max(column_number(letters.decode()) for letters in set(_WIDE.findall(xml))) + 1


def _last_row(xml: bytes) -> int:
    at = xml.rfind(b"<c r=")
    match = _LAST_CELL.search(xml, at) if at >= 0 else None
    return int(match[1]) if match else 0


def _parsed_reach(xml: bytes) -> tuple[int, int]:
    rows = columns = row = column = 0
    parts = etree.iterparse(
        io.BytesIO(xml), events=("start", "end"), tag=("{*}row", "{*}c"),
        resolve_entities=False, no_network=True, recover=True,
    )  # fmt: skip
    for event, element in parts:
        if event == "end":
            element.clear()
            continue
        place = _REFERENCE.fullmatch(element.get("r") or "")
        if etree.QName(element).localname == "row":
            number = element.get("r") or ""
            row, column = int(number) if number.isdecimal() else row + 1, 0
        elif place:
            row, column = int(place[2]), column_number(place[1].upper()) + 1
        else:
            column += 1
        rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def _range(match: re.Match[bytes]) -> Merged:
    first, last = column_number(match[1].decode()), column_number(match[3].decode())
    return (int(match[2]), first, int(match[4]), last)
