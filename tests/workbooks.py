"""Workbooks built from rows, and the check of them, for the tests of the intake."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pandas as pd

from lk3.intake import CheckedFile, check_file
from lk3.places import load_places

PLACES = load_places()
KEY = b"key of the tests, thirty-two byte"
Rows = Sequence[Sequence[Any]]

LOK_TUAN, GUNTUNG, KANAAN = "64.74.01.1003", "64.74.01.1004", "64.74.03.1003"
API_API, BELIMBING = "64.74.01.1006", "64.74.03.1001"

REGISTER = ["No", "No. Reg", "Tgl Masuk", "Kelurahan", "Jenis Masalah", "Status"]


def xlsx(
    sheets: dict[str, Rows] | Rows,
    *,
    merged: dict[str, Sequence[str]] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """A workbook of sheets by name (or one: "Data"), with merged ranges such as "A1:A3"."""
    named = sheets if isinstance(sheets, dict) else {"Data": sheets}
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in named.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cells in (merged or {}).get(name, ()):
            sheet.merge_cells(cells)
        if name in hidden:
            sheet.sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv_bytes(rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """The rows as delimited text."""
    lines = [delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows]
    return "\n".join(lines).encode(encoding)


def check(content: bytes | Rows | dict[str, Rows], name: str = "buku.xlsx") -> CheckedFile:
    """The check of a file, or of the rows of one."""
    data = content if isinstance(content, bytes) else xlsx(content)
    return check_file(data, name, places=PLACES, key=KEY)


def account(checked: CheckedFile) -> tuple[int, int, int, int]:
    """Rows read, used, set aside and no data."""
    return (
        checked.rows_read,
        checked.rows_used,
        checked.rows_set_aside,
        checked.rows_not_data,
    )


def rules(checked: CheckedFile) -> list[str]:
    """The rules of the findings, sorted."""
    return sorted(checked.tables.findings["rule"])


def by_kelurahan(checked: CheckedFile) -> dict[str, int]:
    """Cases that count, by code of the kelurahan."""
    cases = checked.tables.cases
    counted = cases[cases["breakdown"] == ""]
    return {str(k): int(n) for k, n in counted.groupby("kelurahan_code")["cases"].sum().items()}


def everything_said(checked: CheckedFile) -> str:
    """All that a check shows or keeps, as one text."""
    tables = checked.tables
    frames: list[pd.DataFrame] = [tables.cases, tables.members, tables.population, tables.findings]
    return "\n".join([repr(checked), str(checked.to_json()), *(frame.to_csv() for frame in frames)])
