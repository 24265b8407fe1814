"""First stage: bytes -> workbook. The format is told by the content, never by the file's name.

What a reader would stumble over is found before it reads (`archives`, `worksheets`, `reach`): a
file that asks for more memory than there is aborts the whole process, and no `except` catches that.
Macros are never run and formulas never computed: the values that the file holds are read.
"""

from lk3 import settings
from lk3.intake.archives import Archive, inspect_parts, open_archive
from lk3.intake.biff import errors_in_xls, is_encrypted, reach_of_xls
from lk3.intake.limits import MB, check_cells
from lk3.intake.markup import is_markup, read_markup
from lk3.intake.ole import check_container
from lk3.intake.reach import reach_of
from lk3.intake.refusal import Refused
from lk3.intake.rowwise import read_sheets
from lk3.intake.sheets import Workbook
from lk3.intake.textfiles import read_text
from lk3.intake.valueless import valueless_in_ods
from lk3.intake.xlsx import read_xlsx
from lk3.language import N_, _

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


def read_workbook(content: bytes, *, by_columns: bool = False) -> Workbook:
    """The sheets of a file. Raises Refused with the rule that says why it cannot be read.

    `by_columns`: long sheets may come as columns of text (`columnar`), which the stages that follow
    understand and which is several times as fast.
    """
    _check_size(len(content))
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Refused("file_empty")
    for magic, found in _OTHER_FILES.items():
        if content.startswith(magic):
            raise Refused("file_not_a_table", found=_(found))
    if content.startswith(_ZIP):
        return _read_archive(content, by_columns=by_columns)
    if content.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in content:
            raise Refused("file_password")
        check_container(content)
        if is_encrypted(content):
            raise Refused("file_password")
        check_cells(reach_of_xls(content))
        return Workbook("xls", read_sheets(content, valueless=errors_in_xls(content)))
    if is_markup(content):
        return read_markup(content)
    return read_text(content)


def _check_size(size: int) -> None:
    limit = settings.get_int("LK3_MAX_UPLOAD_MB")
    if size > limit * MB:
        raise Refused("file_too_large", size_mb=round(size / MB, 1), limit_mb=limit)


def _read_archive(content: bytes, *, by_columns: bool) -> Workbook:
    """A workbook in an archive, once its parts are known to be harmless."""
    archive = open_archive(content)
    manifest = archive.read("META-INF/manifest.xml")[:_LONGEST_MANIFEST]
    if any(p.flag_bits & 1 for p in archive.parts.values()) or b"encryption-data" in manifest:
        raise Refused("file_password")
    kind = _kind_of(archive)
    if kind in ("xlsx", "xlsm"):
        return read_xlsx(archive, kind, by_columns=by_columns)
    inspect_parts(archive)
    check_cells(reach_of(archive, kind))
    valueless = valueless_in_ods(archive.read("content.xml")) if kind == "ods" else {}
    return Workbook(kind, read_sheets(content, valueless=valueless))


def _kind_of(archive: Archive) -> str:
    """The format of an archive, told by its directory. Raises Refused for what is no workbook."""
    if archive.read("mimetype").startswith(_ODS):
        return "ods"
    if "xl/vbaProject.bin" in archive.parts:
        return "xlsm"
    if "xl/workbook.bin" in archive.parts:
        return "xlsb"
    if any(name.startswith("xl/") for name in archive.parts):
        return "xlsx"
    raise Refused("file_not_a_table", found=_("arsip ZIP"))
