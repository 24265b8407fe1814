"""A long sheet that is read by columns says what the same sheet says cell by cell."""

import io
from datetime import date, datetime, time

import openpyxl
import pandas as pd
import pytest

from lk3.intake import xlsx as xlsx_module
from lk3.intake.containers import read_workbook
from lk3.intake.refusal import Refused
from lk3.intake.rendered import as_objects, typed
from tests.workbooks import account, check, xlsx

HEADER = ["No", "No. Reg", "Tgl Masuk", "Nama", "Kelurahan", "Jenis Masalah", "Status", "Umur"]
ROWS = [
    ["REGISTER KASUS LK3"],
    ["PERIODE : 2024"],
    [None],
    HEADER,
    [1, 2, 3, 4, 5, 6, 7, 8],
    [1, 12, datetime(2024, 1, 2), "Klien Uji 1", "Loktuan", "KDRT", "Selesai", 34],
    [2, "013", "3 Februari 2024", "Klien Uji 2", "kel. kanaan", "Napza, KDRT", "Proses", "34 th"],
    [3, "014", 45355, "Klien Uji 3", "antah", "KDRT", "???", "6 bln"],
    [4, "015", datetime(2024, 5, 6, 9, 25), "Klien Uji 4", None, True, "Proses", 1990],
    [5, "015", "06/05/2024", "Klien Uji 4", " ", "KDRT", "Selesai", "-3"],
    [5, "016", "31/02/2024", "Klien Uji 5", 6474011003, "KDRT", "Selesai", 12.5],
    [6, "017", "2024", "Klien  Uji 6", "Loktuan", "KDRT", "Proses", date(2010, 5, 3)],
    [7, "017", "2024", "klien uji 6", "Loktuan", "KDRT", "Proses", datetime(2010, 5, 3)],
    [88],
    [None, None, None, None, "Jumlah", 7],
    [None, None, None, None, None, None, "Bontang, 31 Desember 2024"],
    [None, None, None, None, None, None, "Mengetahui,"],
    [None, None, None, None, None, None, "( ........... )"],
]
MOVED = [[None, *row] for row in [[None], *ROWS]]
RECAP = [
    ["Kelurahan", "KDRT", "Napza", "Jumlah"],
    ["Loktuan", "1.234", 2, None],
    ["Kanaan", 5, "-", None],
]


@pytest.fixture
def by_columns(monkeypatch):
    monkeypatch.setattr(xlsx_module, "LONG", 1)


def both(content, monkeypatch):
    """The check of a file cell by cell and by columns."""
    cell_by_cell = check(content)
    monkeypatch.setattr(xlsx_module, "LONG", 1)
    return cell_by_cell, check(content)


@pytest.mark.parametrize(
    "content",
    [
        xlsx({"2024": ROWS}),
        xlsx({"2024": MOVED}),
        xlsx({"2024": ROWS, "2025": MOVED}),
        xlsx({"2024": ROWS, "Lain": [["Catatan"]], "Tersembunyi": ROWS}, hidden=["Tersembunyi"]),
        xlsx({"2024": ROWS}, merged={"2024": ["A1:H1", "E8:E9"]}),
        xlsx({"Loktuan": [row[:4] + [None] + row[5:] if len(row) > 5 else row for row in ROWS]}),
        xlsx({"Rekap 2024": RECAP}),
        xlsx({"2024": ROWS, "Rekap": RECAP}),
        xlsx(
            {"Anggota": [["No", "Nama", "Unsur", "Kelurahan", "TMT"], [1, "A", "PKH", "Loktuan"]]}
        ),
    ],
    ids=[
        "plain",
        "moved",
        "two",
        "hidden",
        "merged",
        "area in the name",
        "recap",
        "register and recap",
        "members",
    ],
)
def test_both_readers_end_in_the_same_tables_findings_and_account(content, monkeypatch):
    first, second = both(content, monkeypatch)
    assert account(second) == account(first)
    assert second.sheets == first.sheets
    for name in ("cases", "members", "population", "findings"):
        pd.testing.assert_frame_equal(getattr(second.tables, name), getattr(first.tables, name))


def test_formulas_without_a_value_are_told_by_both(monkeypatch):
    rows = [*ROWS[:8], [9, "019", "=DATE(2024,1,2)", "Klien Uji 9", "Loktuan", "KDRT", "#N/A", 5]]
    first, second = both(xlsx({"2024": rows}), monkeypatch)
    pd.testing.assert_frame_equal(second.tables.findings, first.tables.findings)
    assert "cell_without_value" in set(second.tables.findings["rule"])


def test_cells_have_their_place_and_their_type(by_columns):
    (exact,) = read_workbook(xlsx({"2024": MOVED})).sheets
    (fast,) = read_workbook(xlsx({"2024": MOVED}), by_columns=True).sheets
    cells = as_objects(fast.cells)
    assert (list(cells.index), list(cells.columns)) == (
        list(exact.cells.index),
        list(exact.cells.columns),
    )
    alike = exact.cells.map(in_the_readers_form)
    assert cells.to_numpy().tolist() == alike.to_numpy().tolist()


def in_the_readers_form(cell):
    """What a reader by columns cannot tell apart: the text 2024 and the number, TRUE and "true"."""
    if isinstance(cell, bool):
        return str(cell).lower()
    return typed(cell) if isinstance(cell, str) else cell


def test_a_styled_blank_cell_before_the_first_value_moves_nothing(by_columns):
    book = openpyxl.Workbook()
    book.active["A1"].font = openpyxl.styles.Font(bold=True)
    for row, values in enumerate(ROWS[3:], start=3):
        for column, value in enumerate(values, start=2):
            book.active.cell(row=row, column=column, value=value)
    target = io.BytesIO()
    book.save(target)
    (exact,) = read_workbook(target.getvalue()).sheets
    (fast,) = read_workbook(target.getvalue(), by_columns=True).sheets
    assert list(fast.cells.index) == list(exact.cells.index)
    assert list(fast.cells.columns) == list(exact.cells.columns)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("12", 12.0),
        ("-3.5", -3.5),
        ("0012", "0012"),
        ("1.50", "1.50"),
        ("-0", "-0"),
        ("6474011003850001", "6474011003850001"),
        ("2024-01-02 00:00:00", date(2024, 1, 2)),
        ("2024-01-02 09:25:00", datetime(2024, 1, 2, 9, 25)),
        ("1899-12-31 03:04:00", time(3, 4)),
        ("2024-02-31 00:00:00", "2024-02-31 00:00:00"),
        ("KDRT", "KDRT"),
    ],
)
def test_a_text_in_the_readers_own_form_is_what_it_was(text, cell):
    assert typed(text) == cell
    assert type(typed(text)) is type(cell)


def test_a_long_sheet_that_cannot_be_read_cell_by_cell_either_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx_module, "LONG", 1)
    monkeypatch.setattr("lk3.intake.columnar.read_sheets", refuse)
    assert list(check(xlsx({"Rekap 2024": RECAP})).tables.findings["rule"]) == ["file_broken"]


def refuse(*_args, **_options):
    raise Refused("file_broken")
