"""Error cells of an old `.xls`, which the reader gives as blank: looked up in its records.

In: bytes of a workbook in an OLE container. Out: places by the name of the sheet. A formula that
was never computed cannot be told here: the format always stores a result.
"""

import io
import re
import struct
from collections.abc import Iterator

import olefile

from lk3.intake.valueless import Places

_STREAM = "Workbook"
_BOUND_SHEET, _BOOLEAN_OR_ERROR, _FORMULA, _END = 0x0085, 0x0205, 0x0006, 0x000A
_BEGIN, _FILE_PASS = 0x0809, 0x002F
_CELLS = frozenset({0x06, 0xBD, 0xBE, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x27E})
_SEVERAL = frozenset({0xBD, 0xBE})  # their last two bytes are the last column
_IS_ERROR = 2  # first byte of a formula's result, whose last two are FF
# Whether it is worth walking through the records at all: an error as a value, or as a result.
_MAY_HAVE_SOME = re.compile(
    rb"\x05\x02\x08\x00.{7}\x01|\x06\x00..(?:.{6})\x02.{5}\xff\xff", re.DOTALL
)


def errors_in_xls(content: bytes) -> dict[str, Places]:
    """Places of the error cells by sheet. A damaged file has none: the reader says what is wrong
    with it.
    """
    stream = _stream(content)
    if not _MAY_HAVE_SOME.search(stream):
        return {}
    names = dict(_sheets(stream))
    found: dict[str, set[tuple[int, int]]] = {}
    current = ""
    for at, kind, body in _records(stream):
        current = names.get(at, current)
        if _is_error(kind, body):
            row, column = struct.unpack_from("<HH", body)
            found.setdefault(current, set()).add((row + 1, column))
    return {name: frozenset(places) for name, places in found.items()}


def _stream(content: bytes) -> bytes:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            has_one = container.exists(_STREAM)
            return bytes(container.openstream(_STREAM).read()) if has_one else b""
    except (OSError, ValueError, IndexError, struct.error):
        return b""


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Each record: its place in the stream, its kind and its body."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _sheets(stream: bytes) -> Iterator[tuple[int, str]]:
    """Where each sheet begins, and its name."""
    for _at, kind, body in _records(stream):
        if kind == _END:
            return  # of the part about the workbook; the sheets follow
        if kind == _BOUND_SHEET and len(body) > 8:
            (start,) = struct.unpack_from("<I", body)
            length, wide = body[6], body[7] & 1
            text = body[8 : 8 + length * (1 + wide)]
            yield start, text.decode("utf-16-le" if wide else "latin-1", errors="replace")


def _is_error(kind: int, body: bytes) -> bool:
    if kind == _BOOLEAN_OR_ERROR:
        return len(body) >= 8 and body[7] == 1
    is_result = kind == _FORMULA and len(body) >= 14
    return is_result and body[6] == _IS_ERROR and body[12:14] == b"\xff\xff"


def reach_of_xls(content: bytes) -> int:
    """How many cells a reader would hold: of each sheet all between its first and last cell."""
    reaches: list[list[int]] = [[0, 0]]
    for _at, kind, body in _records(_stream(content)):
        if kind == _BEGIN:
            reaches.append([0, 0])
        elif kind in _CELLS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind in _SEVERAL else column
            rows, columns = reaches[-1]
            reaches[-1] = [max(rows, row + 1), max(columns, last + 1, column + 1)]
    return sum(rows * columns for rows, columns in reaches)


def is_encrypted(content: bytes) -> bool:
    """Whether the workbook says, before its first sheet, that what follows is encrypted."""
    for _at, kind, _body in _records(_stream(content)):
        if kind in (_FILE_PASS, _END):
            return kind == _FILE_PASS
    return False
