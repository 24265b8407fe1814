"""Workbooks with something wrong, by a seed: what the fuzz runs of the tests and of `bench` check.

Two levels: cells that nobody expects (before the workbook is written), and bytes that no program
writes (after). The same seed gives the same bytes.
"""

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from tests.unit.intake.test_containers import html_of, ods_of, xls_of, xml_of
from tests.workbooks import csv_bytes, xlsx

Table = list[list[Any]]
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?")
HEADERS = {
    "cases": ["No", "No. Reg", "Tgl Masuk", "Nama", "Kelurahan", "Jenis Masalah", "Status", "Umur",
              "L/P", "Tgl Selesai", "Ket."],
    "members": ["No", "Nama Anggota", "Unsur", "Kelurahan", "TMT", "Berakhir"],
    "recap": ["Kelurahan", "KDRT", "Napza", "Ekonomi", "Jumlah"],
    "population": ["Kelurahan", "Jumlah Penduduk", "Jumlah KK", "Tahun"],
}  # fmt: skip
PLACES = ["Loktuan", "kel. kanaan", "Bontang Barat", "antah", None, "Luar Bontang", "GUNTUNG"]
DAYS = ["05/01/2024", "6 Februari 2024", datetime(2024, 3, 4), "Maret 2024", 45355, "31/02/2024"]
ODD: list[Any] = [
    1e300, -1e300, 1e-300, float(2**63), -1, 0, 0.1 + 0.2, 999_999_999_999, True, False,
    date(1900, 1, 1), date(9999, 12, 31), datetime(2024, 2, 29, 23, 59, 59), timedelta(hours=30),
    "", " ", "\u00a0", "\u200b", "'", "-", "###", "#REF!", "#N/A", "#DIV/0!", "=1/0", "=A1",
    "\u202ekebalik\u202c", "\u0645\u0631\u062d\u0628\u0627", "👩‍👩‍👧", "é" * 300, "x" * 40_000,
    "a\tb\nc\r\nd", "\x07\x1b", "{rule}", "%s%n", "<b>&amp;", "0" * 400, "9" * 400, "1e999",
    "NaN", "inf", "-0", "Ⅻ", "١٢٣", "²", "½", "12.345.678,90", "32/13/2024", "00/00/0000",
    "29/02/2023", "5 Foo 2024", "TW IX 2024", "Jumlah", "TOTAL", "Mengetahui,", "KELURAHAN",
    "1-2-3", "Kelurahan", "(1)", "6474010101900001", "Klien Uji 7", "2024", "99",
    "KDRT, KDRT; KDRT/KDRT",
]  # fmt: skip


def table(chance: random.Random, kind: str) -> Table:
    """A plain table of one kind, titles and signature included now and then."""
    rows: Table = [list(HEADERS[kind])]
    for number in range(1, chance.randrange(1, 9)):
        rows.append([_plain(chance, header, number) for header in HEADERS[kind]])
    if chance.random() < 0.3:
        rows = [["REGISTER KASUS LK3"], ["PERIODE : 2024"], [None], *rows]
    if chance.random() < 0.3:
        rows += [[None], [None, None, "Bontang, 31 Desember 2024"], [None, None, "Mengetahui,"]]
    return rows


def _plain(chance: random.Random, header: str, number: int) -> Any:
    choices = {
        "No": [number], "No. Reg": [f"{number:03d}", number], "Kelurahan": PLACES,
        "Jenis Masalah": ["KDRT", "Napza, KDRT", "???"], "Status": ["Selesai", "Proses", None],
        "Umur": [34, "5 bln", "-3", 1990], "L/P": ["L", "P", 1], "Unsur": ["PKH", "Babinsa"],
        "Ket.": ["Selesai", "catatan bebas", None], "Tahun": [2024, "2023"],
    }  # fmt: skip
    if header.startswith(("Tgl", "TMT", "Berakhir")):
        return chance.choice(DAYS)
    if header.startswith("Nama"):
        return f"Klien Uji {number}"
    return chance.choice(choices.get(header, [number, f"{number}.000", "-", None]))


def swap_headers(chance: random.Random, rows: Table) -> None:
    first = chance.choice(rows)
    if len(first) > 1:
        a, b = chance.randrange(len(first)), chance.randrange(len(first))
        first[a], first[b] = first[b], first[a]


def odd_cells(chance: random.Random, rows: Table) -> None:
    for _ in range(chance.choice([1, 3, 10, 40])):
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice(ODD)


def junk_rows(chance: random.Random, rows: Table) -> None:
    for _ in range(chance.randrange(1, 5)):
        width = chance.randrange(0, 14)
        row = [chance.choice([None, chance.choice(ODD)]) for _ in range(width)]
        rows.insert(chance.randrange(len(rows) + 1), row or [None])


def repeat_rows(chance: random.Random, rows: Table) -> None:
    rows.insert(chance.randrange(len(rows) + 1), list(chance.choice(rows)))


def shift(chance: random.Random, rows: Table) -> None:
    margin = [None] * chance.randrange(1, 4)
    rows[:] = [margin + row for row in rows]


def drop_cells(chance: random.Random, rows: Table) -> None:
    for row in rows:
        if chance.random() < 0.4:
            del row[chance.randrange(len(row)) :]
    rows[:] = [row or [None] for row in rows]


CELLS: list[Callable[[random.Random, Table], None]] = [
    swap_headers, odd_cells, junk_rows, repeat_rows, shift, drop_cells,
]  # fmt: skip


def cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def flip(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice([1, 4, 20, 200])):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def splice(chance: random.Random, content: bytes) -> bytes:
    """A piece of the file is cut out, doubled or overwritten by another piece of it."""
    a, b, c = (chance.randrange(len(content) + 1) for _ in range(3))
    start, end = min(a, b), max(a, b)
    piece = content[start:end]
    return chance.choice([content[:start] + content[end:], content[:c] + piece + content[c:]])


def flip_in_part(chance: random.Random, content: bytes) -> bytes:
    """One part of an archive is damaged and packed again, so that its checksum is right."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            parts = {part.filename: old.read(part) for part in old.infolist()}
    except zipfile.BadZipFile:
        return flip(chance, content)
    name = chance.choice(sorted(parts))
    parts[name] = chance.choice([flip, cut, splice])(chance, parts[name])
    if chance.random() < 0.1:
        del parts[name]
    return _packed(parts)


def _packed(parts: dict[str, bytes]) -> bytes:
    """An archive whose bytes do not depend on the clock."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part, body in parts.items():
            new.writestr(zipfile.ZipInfo(part), body, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def without_clock(content: bytes) -> bytes:
    """The archive without the moment in which it was written: a seed makes the same bytes twice."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {part.filename: old.read(part) for part in old.infolist()}
    return _packed({name: _MOMENT.sub(b"2024-01-01T00:00:00Z", parts[name]) for name in parts})


BYTES: list[Callable[[random.Random, bytes], bytes]] = [cut, flip, splice, flip_in_part]


def _as_xlsx(chance: random.Random, rows: Table) -> bytes:
    """Up to three sheets, one of them hidden now and then, with merged ranges."""
    count = chance.choice([1, 1, 2, 3])
    names = chance.sample(
        ["2024", "Januari", "REKAP", "Lembar 1", "Tersembunyi", "Februari"], count
    )
    sheets = {name: [list(map(_writable, row)) for row in rows] for name in names}
    ranges = [f"B{n}:B{n + chance.randrange(1, 3)}" for n in (2, 6) if chance.random() < 0.4]
    hidden = names[1:] if chance.random() < 0.2 else ()
    return without_clock(xlsx(sheets, merged={names[0]: ranges}, hidden=hidden))


def _writable(cell: Any) -> Any:
    """openpyxl refuses control characters and cells of more than 32,767 letters."""
    if not isinstance(cell, str):
        return cell
    return "".join(c for c in cell if c in "\t\n\r" or ord(c) >= 32)[:32_000]


def _as_text(rows: Table) -> Table:
    return [[None if cell is None else _writable(str(cell)) for cell in row] for row in rows]


def written(chance: random.Random, rows: Table) -> tuple[bytes, str]:
    """The table as a file of some format."""
    form = chance.choice(["xlsx"] * 5 + ["xls", "ods", "csv", "csv", "html", "xml"])
    if form == "xlsx":
        return _as_xlsx(chance, rows), "buku.xlsx"
    if form == "csv":
        delimiter = chance.choice([",", ";", "\t", "|"])
        encoding = chance.choice(["utf-8", "utf-8-sig", "utf-16"])
        return csv_bytes(rows, delimiter=delimiter, encoding=encoding), "buku.csv"
    make = {"xls": xls_of, "ods": ods_of, "html": html_of, "xml": xml_of}[form]
    content = make(_as_text(rows))
    return without_clock(content) if form == "ods" else content, f"buku.{form}"


def mutated(seed: int) -> tuple[bytes, str]:
    """The file of a seed and its name: a third of them also damaged in their bytes."""
    chance = random.Random(seed)
    rows = table(chance, chance.choice(["cases"] * 3 + ["members", "recap", "population"]))
    for change in chance.choices(CELLS, k=chance.randrange(0, 4)):
        change(chance, rows)
    content, name = written(chance, rows)
    if chance.random() < 0.35 and content:
        content = chance.choice(BYTES)(chance, content)
    return content, name
