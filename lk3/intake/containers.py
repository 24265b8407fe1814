"""First stage: bytes -> workbook. The format is told by the content, never by the file's name.

What a reader would stumble over is found before it reads: an archive that unpacks to more than
memory holds aborts the whole process (no `except` catches that), so its directory is summed first.
Macros are never run and formulas never computed: the values that the file holds are read.
"""

import io
import zipfile
import zlib
from dataclasses import replace

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from lk3 import settings
from lk3.intake.markup import is_markup, read_markup
from lk3.intake.refusal import Refused
from lk3.intake.sheets import Merged, Sheet, Workbook, sheet_of
from lk3.intake.textfiles import read_text
from lk3.intake.valueless import valueless_cells
from lk3.language import N_, _

MAX_UNPACKED_PER_UPLOAD = 20  # times LK3_MAX_UPLOAD_MB; real workbooks unpack to 5-15 times
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_FILES = {
    b"\x89PNG": N_("gambar PNG"),
    b"\xff\xd8\xff": N_("gambar JPEG"),
    b"GIF8": N_("gambar GIF"),
    b"BM": N_("gambar BMP"),
    b"II*\x00": N_("gambar TIFF"),
    b"MM\x00*": N_("gambar TIFF"),
    b"RIFF": N_("gambar atau video"),
    b"%PDF": N_("dokumen PDF"),
    b"{\\rtf": N_("dokumen RTF"),
    b"Rar!": N_("arsip RAR"),
    b"7z\xbc\xaf": N_("arsip 7z"),
    b"\x1f\x8b": N_("arsip gzip"),
}
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # an xlsx with a password, inside OLE
_LONGEST_MANIFEST = 100_000
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def read_workbook(content: bytes) -> Workbook:
    """The sheets of a file. Raises Refused with the rule that says why it cannot be read."""
    _check_size(len(content))
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Refused("file_empty")
    for magic, found in _OTHER_FILES.items():
        if content.startswith(magic):
            raise Refused("file_not_a_table", found=_(found))
    if content.startswith(_ZIP):
        return _read_calamine(content, _zip_format(content))
    if content.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in content:
            raise Refused("file_password")
        return _read_calamine(content, "xls")
    if is_markup(content):
        return read_markup(content)
    return read_text(content)


def _check_size(size: int) -> None:
    limit = settings.get_int("LK3_MAX_UPLOAD_MB")
    if size > limit * 1_000_000:
        raise Refused("file_too_large", size_mb=round(size / 1_000_000, 1), limit_mb=limit)


def _zip_format(content: bytes) -> str:
    """The format of an archive, told by its directory. Raises Refused for a broken one, for one
    that unpacks to too much, for one with a password and for one that is no workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            mimetype = _part(archive, "mimetype")
            manifest = _part(archive, "META-INF/manifest.xml")
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError, OSError):
        raise Refused("file_broken") from None
    unpacked = sum(part.file_size for part in parts)
    limit = settings.get_int("LK3_MAX_UPLOAD_MB") * MAX_UNPACKED_PER_UPLOAD
    if unpacked > limit * 1_000_000:
        raise Refused("file_unpacks_too_large", size_mb=unpacked // 1_000_000, limit_mb=limit)
    if any(part.flag_bits & 1 for part in parts) or b"encryption-data" in manifest:
        raise Refused("file_password")
    names = {part.filename for part in parts}
    if mimetype.startswith(_ODS):
        return "ods"
    if "xl/vbaProject.bin" in names:
        return "xlsm"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    raise Refused("file_not_a_table", found=_("arsip ZIP"))


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The start of a small part of an archive; nothing when it is not there."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(_LONGEST_MANIFEST)


def _read_calamine(content: bytes, kind: str) -> Workbook:
    valueless = valueless_cells(content) if kind in ("xlsx", "xlsm") else {}
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = tuple(
                replace(
                    _read_sheet(book.get_sheet_by_name(meta.name), meta.visible),
                    valueless=valueless.get(meta.name, frozenset()),
                )
                for meta in book.sheets_metadata
                if meta.typ in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet)
            )
    except PasswordError:
        raise Refused("file_password") from None
    except (CalamineError, OSError, ValueError):
        raise Refused("file_broken") from None
    except BaseException as panic:
        # The reader is written in Rust; where a damaged file surprises it, it panics, and the class
        # of that error cannot be imported.
        if type(panic).__name__ != "PanicException":
            raise
        raise Refused("file_broken") from None
    return Workbook(kind, sheets)


def _read_sheet(sheet: CalamineSheet, visible: SheetVisibleEnum) -> Sheet:
    row, column = sheet.start or (0, 0)
    return sheet_of(
        sheet.to_python() if sheet.start else [],
        name=sheet.name,
        first_row=row + 1,
        first_column=column,
        hidden=visible != SheetVisibleEnum.Visible,
        merged=_merged(sheet),
    )


def _merged(sheet: CalamineSheet) -> list[Merged]:
    return [
        (first[0] + 1, first[1], last[0] + 1, last[1])
        for first, last in sheet.merged_cell_ranges or []
    ]
