"""A small CSV file of answers -> answers, for scripts and for whoever keeps them beside the files.

In: kind, where, what and meaning in each line, divided by commas, semicolons or tabs, in any
encoding that a spreadsheet writes; a line that starts with # is a remark. A meaning may be a key or
any spelling that is known. Out: the answers, or a sentence that names the line.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from lk3.errors import UserError
from lk3.intake.answers import ASIDE, VALUE, Answer
from lk3.intake.headers import VOCABULARIES
from lk3.intake.textfiles import decode, find_delimiter
from lk3.language import _
from lk3.places import NOT_AN_AREA, Places, load_places
from lk3.vocabulary import UNKNOWN, squash, vocabulary

COLUMNS = ("kind", "where", "what", "meaning")


def read_answers(path: Path, *, places: Places | None = None) -> Iterator[Answer]:
    """Each answer of a file. Raises UserError for a file that cannot be read and for a line that
    cannot be understood, with its number.
    """
    text = _text_of(path)
    city = places or load_places()
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text))
    header: list[str] | None = None
    for cells in lines:
        written = [cell.strip() for cell in cells]
        if not any(written) or written[0].startswith("#"):
            continue
        if header is None:
            header = [cell.casefold() for cell in written]
            _require_columns(header, path)
            continue
        row = dict(zip(header, [*written, *[""] * len(header)], strict=False))
        yield _answer(row, city, where=f"{path.name}:{lines.line_num}")
    if header is None:
        _require_columns([], path)


def _text_of(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except OSError as error:
        text = _("Berkas jawaban {file} tidak dapat dibaca ({reason}). Periksa nama dan foldernya.")
        raise UserError(text.format(file=path, reason=error.strerror)) from error


def _require_columns(header: list[str], path: Path) -> None:
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        text = _("Berkas jawaban {file} tidak memuat kolom {missing} pada baris pertamanya.")
        raise UserError(text.format(file=path.name, missing=", ".join(missing)))


def _answer(row: dict[str, str], places: Places, *, where: str) -> Answer:
    meaning = row["meaning"]
    if row["kind"].casefold() == VALUE:
        meaning = _key_of(row["where"], meaning, places, where=where)
    try:
        return Answer(row["kind"].casefold(), row["where"], row["what"], meaning)
    except UserError as error:
        text = _("Jawaban pada {place} tidak dapat dipakai. {reason}")
        raise UserError(text.format(place=where, reason=error)) from error


def _key_of(field: str, meaning: str, places: Places, *, where: str) -> str:
    """The key that a meaning is written for. Raises UserError when nobody has written it down."""
    special = (ASIDE, *NOT_AN_AREA) if field == "kelurahan" else (UNKNOWN,)
    if squash(meaning) in special:
        return squash(meaning)
    if field == "kelurahan":
        found = places.code_for(meaning)
    else:
        known = VOCABULARIES.get(field)
        found = vocabulary(known).key_for(meaning) if known else meaning
    if found is None:
        text = _("Jawaban pada {place} tidak dapat dipakai. Arti “{meaning}” tidak dikenal.")
        raise UserError(text.format(place=where, meaning=meaning))
    return found
