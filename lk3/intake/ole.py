"""The container of an old `.xls`, looked at before a reader opens it.

Its sectors are chained by a table that the file itself holds. A chain that comes back to where it
was (one damaged byte is enough) makes a reader collect sectors until memory is used up, and takes
the whole process with it. In: bytes that start like such a container. Raises Refused.
"""

import struct
from collections.abc import Iterator

from lk3.intake.refusal import Refused

_IN_HEADER = 109
_LAST_SECTOR = 0xFFFFFFF9  # above are marks: end, free, reserved
_SHIFTS = (9, 12)
_ENTRY, _SMALL_STREAM = 128, 4096


def check_container(content: bytes) -> None:
    """Raise Refused when the container is damaged so that a reader would not end."""
    try:
        _check(content)
    except (struct.error, IndexError):
        raise Refused("file_broken") from None


def _check(content: bytes) -> None:
    (shift,) = struct.unpack_from("<H", content, 30)
    counts = struct.unpack_from("<II", content, 40) + struct.unpack_from("<II", content, 64)
    if shift not in _SHIFTS or max(counts[1], counts[2]) << shift > len(content) + (1 << shift):
        raise Refused("file_broken")
    size = 1 << shift
    (first_entry,) = struct.unpack_from("<I", content, 48)
    (first_small,) = struct.unpack_from("<I", content, 60)
    table = _numbers(b"".join(_sector(content, at, size) for at in _table_sectors(content, size)))
    ends: set[int] = set()
    small = _numbers(_joined(content, table, first_small, size, ends))
    entries = _joined(content, table, first_entry, size, ends)
    small_ends: set[int] = set()
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        start, length = struct.unpack_from(
            "<IQ" if shift == _SHIFTS[1] else "<II", entries, at + 116
        )
        if length > len(content):
            raise Refused("file_broken")
        _follow(table, start, ends)
        if at and length < _SMALL_STREAM:
            _follow(small, start, small_ends)


def _numbers(sectors: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sectors) // 4}I", sectors[: len(sectors) // 4 * 4])


def _sector(content: bytes, number: int, size: int) -> bytes:
    return content[(number + 1) * size : (number + 2) * size]


def _table_sectors(content: bytes, size: int) -> Iterator[int]:
    """The sectors that hold the table of chains: 109 are named in the header, more in a chain."""
    yield from _used(struct.unpack_from(f"<{_IN_HEADER}I", content, 76))
    (following,) = struct.unpack_from("<I", content, 68)
    for _ in range(len(content) // size + 1):
        if following > _LAST_SECTOR:
            return
        numbers = _numbers(_sector(content, following, size))
        if not numbers:
            return
        yield from _used(numbers[:-1])
        following = numbers[-1]
    raise Refused("file_broken")


def _used(numbers: tuple[int, ...]) -> list[int]:
    return [number for number in numbers if number <= _LAST_SECTOR]


def _joined(content: bytes, table: tuple[int, ...], start: int, size: int, ends: set[int]) -> bytes:
    return b"".join(_sector(content, at, size) for at in _follow(table, start, ends, anew=True))


def _follow(table: tuple[int, ...], start: int, ends: set[int], *, anew: bool = False) -> list[int]:
    """The sectors of a chain. `ends`: sectors from which a chain is known to end, where it stops
    being followed unless `anew`. Raises Refused for one that comes back.
    """
    met: dict[int, None] = {}
    at = start
    while at < len(table) and (anew or at not in ends):
        if at in met:
            raise Refused("file_broken")
        met[at] = None
        at = table[at]
    ends.update(met)
    return list(met)
