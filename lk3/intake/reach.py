"""How many cells a reader would hold for the formats that can claim more than they store.

An ods writes a run of equal cells or rows once, with their number; an xlsb names the row and the
column of each cell in as many bits as it likes. In: a checked archive. Out: cells.
"""

import io
import struct
from collections.abc import Iterator

from lxml import etree

from lk3.intake.archives import Archive
from lk3.intake.limits import check_cells
from lk3.intake.refusal import Refused

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ROW_HEADER, _LAST_CELL_RECORD = 0, 18


def reach_of(archive: Archive, kind: str) -> int:
    """The cells of all sheets between their first and last cells with a value."""
    if kind == "ods":
        return _reach_of_ods(archive.read("content.xml"))
    sheets = [name for name in archive.parts if name.lower().startswith("xl/worksheets/sheet")]
    return sum(_reach_of_xlsb(archive.read(name)) for name in sheets)


def _reach_of_ods(xml: bytes) -> int:
    total = rows = columns = row = column = 0
    filled = False
    events = etree.iterparse(
        io.BytesIO(xml), events=("start", "end"), resolve_entities=False, no_network=True,
        tag=tuple(_TABLE + name for name in ("table", "table-row", "table-cell")),
    )  # fmt: skip
    try:
        for event, element in events:
            name = element.tag.removeprefix(_TABLE)
            if event == "start" and name == "table":
                rows = columns = row = 0
            elif event == "start" and name == "table-row":
                column, filled = 0, False
            elif event == "end" and name == "table-cell":
                column += _repeated(element, "columns")
                if element.get(_OFFICE + "value-type") or len(element):
                    columns, filled = max(columns, column), True
            elif event == "end" and name == "table-row":
                row += _repeated(element, "rows")
                rows = row if filled else rows
                element.clear()
            elif event == "end":
                total += rows * columns
                check_cells(total)
    except etree.XMLSyntaxError:
        raise Refused("file_broken") from None
    return total


def _repeated(element: etree._Element, what: str) -> int:
    number = element.get(f"{_TABLE}number-{what}-repeated") or "1"
    return int(number) if number.isdecimal() else 1


def _reach_of_xlsb(part: bytes) -> int:
    rows = columns = 0
    for kind, at, size in _records(part):
        if size >= 4 and kind <= _LAST_CELL_RECORD:
            (number,) = struct.unpack_from("<I", part, at)
            if kind == _ROW_HEADER:
                rows = max(rows, number + 1)
            else:
                columns = max(columns, number + 1)
    return rows * columns


def _records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of each record: kind and size in one to four bytes of seven bits."""
    at = 0
    while at < len(part):
        kind, at = _varying(part, at, most=2)
        size, at = _varying(part, at, most=4)
        yield kind, at, size if at + size <= len(part) else 0
        at += size


def _varying(part: bytes, at: int, *, most: int) -> tuple[int, int]:
    number = 0
    for place in range(most):
        if at >= len(part):
            break
        byte = part[at]
        at += 1
        number |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return number, at
