"""Delimited text -> workbook: any delimiter, UTF-8 with or without a mark, Windows-1252, UTF-16."""

import codecs
import csv
import io
from collections import Counter

from charset_normalizer import from_bytes

from lk3.intake.refusal import Refused
from lk3.intake.sheets import Workbook, sheet_of
from lk3.language import _

_DELIMITERS = (";", "\t", "|", ",")
_LINES_LOOKED_AT = 60
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13, 26}


def read_text(content: bytes) -> Workbook:
    """The one sheet of a delimited text file. Raises Refused when it is not text."""
    text = decode(content)
    if any(ord(letter) in _CONTROL for letter in text[:4000]):
        raise Refused("file_not_a_table", found=_("berkas biner"))
    delimiter = find_delimiter(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        sheet = sheet_of(rows, name="")
    except csv.Error:
        raise Refused("file_broken") from None
    return Workbook("tsv" if delimiter == "\t" else "csv", (sheet,))


def decode(content: bytes) -> str:
    """The text of the bytes: by its mark, else UTF-8, else UTF-16 by its zeros, else guessed."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _guess(content)
    if "\x00" in text:
        zeros_second = content[1:200:2].count(0) >= content[0:200:2].count(0)
        return content.decode("utf-16-le" if zeros_second else "utf-16-be", errors="replace")
    return text


def _guess(content: bytes) -> str:
    best = from_bytes(content, cp_isolation=["cp1252", "utf_16", "latin_1"]).best()
    return str(best) if best is not None else content.decode("cp1252", errors="replace")


def find_delimiter(text: str) -> str:
    """The delimiter that cuts most of the first lines into the same number of cells, two or more.

    Commas inside the text of a semicolon file lose because they come in irregular numbers.
    """
    head = "\n".join(text.splitlines()[:_LINES_LOOKED_AT])

    def regularity(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(
                len(row)
                for row in csv.reader(io.StringIO(head), delimiter=delimiter)
                if len(row) > 1
            )
        except csv.Error:
            return (0, 0)
        width, lines = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return (lines, width)

    return max(_DELIMITERS, key=regularity)
