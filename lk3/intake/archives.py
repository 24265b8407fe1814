"""The archive that an xlsx or ods is, looked at before any reader opens it.

A reader written in Rust cannot be stopped: what an archive unpacks to must be known before. Its
directory may lie, so each part is inflated here once, piece by piece and up to the limit; names
that climb out of the archive, parts that lie over one another and document types with entities of
their own are refused. Nothing is ever written to the disk, and an archive inside the archive is
never opened.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lk3.intake.limits import check_time, check_unpacked, max_unpacked
from lk3.intake.refusal import Refused

_MOST_PARTS = 5000
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_PIECE, _PACKED_PIECE = 1 << 22, 1 << 16  # bytes held at a time
_PROLOGUE = 4096  # bytes; a document type stands before the first element
_UNSAFE_NAME = re.compile(r"(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[A-Za-z]:")
_ENTITIES = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_MARKUP = (".xml", ".rels", ".vml")
DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, EOFError, ValueError, OSError,
    NotImplementedError,
)  # fmt: skip


@dataclass(frozen=True)
class Archive:
    """An archive whose directory has been checked: its parts by name and its bytes."""

    content: bytes
    parts: dict[str, zipfile.ZipInfo]

    def read(self, name: str) -> bytes:
        """One part, inflated; nothing when it is not there. Raises Refused when the part is longer
        than the directory says.
        """
        part = self.parts.get(name)
        return b"".join(inflate(self.content, part)) if part else b""


def open_archive(content: bytes) -> Archive:
    """The directory of an archive. Raises Refused for a broken or hostile one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except DAMAGED:
        raise Refused("file_broken") from None
    if len(parts) > _MOST_PARTS or len({part.filename for part in parts}) < len(parts):
        raise Refused("file_broken")
    if any(_UNSAFE_NAME.search(part.orig_filename) for part in parts):
        raise Refused("file_unsafe_names")
    check_unpacked(sum(part.file_size for part in parts))
    _refuse_overlaps(parts, len(content))
    return Archive(content, {part.filename: part for part in parts})


def _refuse_overlaps(parts: list[zipfile.ZipInfo], size: int) -> None:
    """Parts that share bytes: a few kilobytes that unpack to terabytes are made like this."""
    end = 0
    for part in sorted(parts, key=lambda p: p.header_offset):
        if part.header_offset < end:
            raise Refused("file_broken")
        end = part.header_offset + _LOCAL_HEADER.size + part.compress_size
    if end > size:
        raise Refused("file_broken")


def inspect_parts(archive: Archive, *, except_for: frozenset[str] = frozenset()) -> None:
    """Inflate every part but these once, to see that it is no longer than it claims to be and that
    no part defines entities. Raises Refused.
    """
    for name, part in archive.parts.items():
        if name not in except_for and not name.endswith("/"):
            check_time()
            for number, piece in enumerate(inflate(archive.content, part)):
                if number == 0:
                    refuse_entities(name, piece)


def refuse_entities(name: str, start: bytes) -> None:
    """Raise Refused for a part of markup with a document type: no office program writes one, and
    entities of one's own are how a few bytes become gigabytes of text.
    """
    if name.lower().endswith(_MARKUP) and _ENTITIES.search(start[:_PROLOGUE]):
        raise Refused("file_has_entities")


def inflate(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The pieces of a part. Raises Refused for a damaged one, for one that is longer than the
    directory says and for one that nobody's spreadsheet is packed like.
    """
    try:
        start = _start_of(content, part)
        packed = memoryview(content)[start : start + part.compress_size]
        if part.compress_type == zipfile.ZIP_STORED:
            yield bytes(packed)
        elif part.compress_type == zipfile.ZIP_DEFLATED:
            yield from _inflate(packed, min(part.file_size, max_unpacked()))
        else:
            raise Refused("file_broken")
    except DAMAGED:
        raise Refused("file_broken") from None


def _start_of(content: bytes, part: zipfile.ZipInfo) -> int:
    """Where the bytes of a part begin, behind its own header."""
    mark, name, extra = _LOCAL_HEADER.unpack_from(content, part.header_offset)
    if mark != b"PK\x03\x04":
        raise Refused("file_broken")
    return part.header_offset + _LOCAL_HEADER.size + name + extra


def _inflate(packed: memoryview, claimed: int) -> Iterator[bytes]:
    machine, done = zlib.decompressobj(-zlib.MAX_WBITS), 0
    for start in range(0, len(packed), _PACKED_PIECE):
        left: bytes | memoryview = packed[start : start + _PACKED_PIECE]
        while left and not machine.eof:
            piece = machine.decompress(left, _PIECE)
            left = machine.unconsumed_tail
            done += len(piece)
            if done > claimed:
                raise Refused("file_broken")
            yield piece
    if not machine.eof:
        raise Refused("file_broken")
