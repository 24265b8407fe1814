"""Whole workbooks as offices send them, built here so that the pattern can be read, with the
account and the counts worked out by hand from the rows below."""

import io
from datetime import datetime

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from tests.workbooks import (
    API_API,
    GUNTUNG,
    KANAAN,
    LOK_TUAN,
    Rows,
    account,
    by_kelurahan,
    check,
    csv_bytes,
    rules,
    xlsx,
)

SIGNATURE = [
    [None] * 5 + ["Bontang, 31 Desember 2023"],
    [None] * 5 + ["Mengetahui,"],
    [None] * 5 + ["Kepala Dinas Sosial"],
    [None] * 5 + ["Pejabat Uji, M.Si"],
    [None] * 5 + ["NIP. 19700101 199001 1 001"],
]
HEADER = [
    "NO", "NO. REG", "TGL MASUK", "NAMA KLIEN", "NIK", "KELURAHAN", "JENIS  MASALAH", "L/P", "UMUR",
    "KET.",
]  # fmt: skip


def client(n, day, kelurahan, problem="KDRT", sex="P", status="Selesai"):
    nik = 6474010000000000 + n
    return [n, f"{n:03d}", day, f"Klien Uji {n}", nik, kelurahan, problem, sex, 34, status]


# One sheet as it is printed: four titles, column numbers as Excel stores "(1) (2) (3)", two pages
# with the header again, a sub-total, a blank form row, a note in the middle, a signature.
PRINTED: Rows = [
    ["REGISTER KASUS LK3"],
    ["KOTA UJI"],
    ["PERIODE : JANUARI - DESEMBER 2023"],
    [],
    HEADER,
    [-n for n in range(1, 11)],
    client(1, datetime(2023, 1, 5), "Loktuan"),
    client(2, "12 Agst 2023", "KEL. GUNTUNG", "Napza", "L"),
    client(3, "5 Nop 2023", "lok_tuan", "KDRT, perceraian"),
    ["Jumlah", None, None, None, None, None, None, 3],
    [None, "Catatan: halaman 1 dari 2"],
    ["REGISTER KASUS LK3 (lanjutan)"],
    HEADER,
    client(4, "26/7/23", "64.74.03.1003", "Bullying", "L", "Proses"),
    client(5, "31/02/2023", "Kanaan"),
    client(6, "2023-12-01", "Bontang Barat"),
    client(7, "2023-12-01", "Luar Bontang"),
    client(8, "2023-12-02", None),
    [9],
    [10],
    [],
    *SIGNATURE,
]


def test_a_printed_register_with_two_pages_is_read_to_the_last_row():
    """26 rows with a value: 3 titles, header, numbers, 3 data, sub-total, note, title, header, 5
    data, 2 form rows, 5 of the signature = 24; of 8 rows of data a broken date and a kecamatan
    are set aside."""
    checked = check(PRINTED)
    assert account(checked) == (24, 6, 2, 16)
    assert by_kelurahan(checked) == {
        LOK_TUAN: 2, GUNTUNG: 1, KANAAN: 1, "outside": 1, "unknown": 1,
    }  # fmt: skip
    cases = checked.tables.cases
    assert list(cases["problems"]) == [
        "kdrt", "napza", "kdrt|perceraian", "perundungan", "kdrt", "kdrt",
    ]  # fmt: skip
    assert set(cases["age_band"]) == {"25-44"}
    assert checked.sheets[0].header_rows == (5,)


def test_the_set_aside_rows_of_the_printed_register_are_named():
    found = check(PRINTED).tables.findings
    aside = found[found["set_aside"] == 1]
    assert list(zip(aside["row"], aside["column"], strict=True)) == [
        (15, "TGL MASUK"),
        (16, "KELURAHAN"),
    ]


def as_xls(rows: Rows) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    dated = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                style = [dated] if isinstance(value, datetime) else []
                sheet.write(r, c, value, *style)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_ods(rows: Rows) -> bytes:
    document = OpenDocumentSpreadsheet()
    table = Table(name="Data")
    for row in rows:
        line = TableRow()
        for value in row or [None]:
            line.addElement(_ods_cell(value))
        table.addElement(line)
    document.spreadsheet.addElement(table)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _ods_cell(value):
    if value is None:
        return TableCell()
    if isinstance(value, datetime):
        cell = TableCell(valuetype="date", datevalue=value.date().isoformat())
    elif isinstance(value, int):
        cell = TableCell(valuetype="float", value=value)
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def as_html(rows: Rows) -> bytes:
    def cells(row):
        return "".join(f"<td>{'' if value is None else value}</td>" for value in row)

    lines = "".join(f"<tr>{cells(row)}</tr>" for row in rows)
    return f"<html><body><table>{lines}</table></body></html>".encode()


TRANSLATED = {
    "xls": as_xls(PRINTED),
    "ods": as_ods(PRINTED),
    "html": as_html(PRINTED),
    "csv": csv_bytes(PRINTED, delimiter=";"),
    "utf-16": csv_bytes(PRINTED, delimiter="\t", encoding="utf-16"),
}


@pytest.mark.parametrize("container", TRANSLATED)
def test_translating_the_workbook_into_another_container_changes_nothing(container):
    first, other = check(PRINTED), check(TRANSLATED[container])
    assert account(first) == account(other)
    origin = ["sheet", "source"]
    left, right = (c.tables.cases.drop(columns=origin) for c in (first, other))
    assert left.equals(right)


def test_months_that_a_rekap_adds_up_are_counted_once():
    """Three month sheets of registers, 2 + 1 + 1 rows of which one is a continuing client, a REKAP
    and a hidden copy: three cases."""
    head = ["No", "No. Reg", "Tanggal", "Kelurahan", "Masalah", "Status"]
    january = [
        head,
        [1, "001", datetime(2024, 1, 9), "Api-api", "KDRT", "Proses"],
        [2, "002", datetime(2024, 1, 19), "Loktuan", "KDRT", "Proses"],
    ]
    february = [head, [1, "001", datetime(2024, 1, 9), "Api-api", "KDRT", "Selesai"]]
    march = [head, [1, "003", datetime(2024, 3, 9), "Api-api", "Napza", "Baru"]]
    total = [["REKAP 2024"], ["Kelurahan", "KDRT", "Napza"], ["Api-api", 1, 1], ["Loktuan", 1, 0]]
    content = xlsx(
        {"Jan": january, "Feb": february, "Mar": march, "REKAP": total, "Salinan": january},
        hidden=["Salinan"],
    )
    checked = check(content)
    assert by_kelurahan(checked) == {API_API: 2, LOK_TUAN: 1}
    assert account(checked) == (7, 4, 0, 3)
    assert [bool(sheet.left_out_because) for sheet in checked.sheets] == [False] * 3 + [True] * 2
    assert rules(checked) == ["case_continued", "sheet_adds_up_others", "sheet_hidden"]
    closed = checked.tables.cases.set_index("row").loc[2, "status"]
    assert "selesai" in list(checked.tables.cases["status"]), closed


def test_kelurahan_in_section_labels_and_merged_cells_reach_their_rows():
    rows: Rows = [
        ["REGISTER KASUS 2024"],
        ["No", "Kelurahan", "Tanggal", "Masalah", "Status", "No. Reg"],
        ["LOKTUAN"],
        [1, None, "05/01/2024", "KDRT", "Proses", "001"],
        [2, None, "06/01/2024", "KDRT", "Proses", "002"],
        ["KANAAN"],
        [3, None, "07/01/2024", "KDRT", "Proses", "003"],
        [4, "Guntung", "08/01/2024", "KDRT", "Proses", "004"],
        [5, None, "09/01/2024", "KDRT", "Proses", "005"],
    ]
    checked = check(xlsx({"Data": rows}, merged={"Data": ["B8:B9"]}))
    assert by_kelurahan(checked) == {LOK_TUAN: 2, KANAAN: 1, GUNTUNG: 2}
    assert account(checked) == (9, 5, 0, 4)


def test_an_empty_first_column_and_a_far_stray_cell_change_nothing():
    rows: Rows = [
        [None, "No", "Tanggal", "Kelurahan", "Masalah"],
        [None, None, "05/01/2024", "Loktuan", "KDRT"],
        *[[] for _ in range(60)],
        [None] * 30 + [" "],
    ]
    checked = check(rows)
    assert (account(checked), by_kelurahan(checked)) == ((2, 1, 0, 1), {LOK_TUAN: 1})


def test_a_list_of_members_as_it_is_printed():
    """Two titles, a header, five members of whom one has an unknown kelurahan, a signature of 3."""
    rows: Rows = [
        ["SUSUNAN ANGGOTA LK3"],
        ["MASA BAKTI 2023 - 2026"],
        ["No", "Nama", "Instansi", "Jabatan", "Kelurahan", "TMT"],
        [1, "Anggota Uji 1", "Babinkamtibmas", "Ketua", "Loktuan", "26 Juli 2023"],
        [2, "Anggota Uji 2", "Babinsa", "Anggota", "Loktuan", "26 Juli 2023"],
        [3, "Anggota Uji 3", "Puskesmas", "Anggota", "Antah", "26 Juli 2023"],
        [4, "Anggota Uji 4", "Psikolog", "Anggota", "Seluruh kelurahan", "26 Juli 2023"],
        [5, "Anggota Uji 5", "Tukang", "Anggota", "Guntung", "26 Juli 2023"],
        [None, None, None, None, "Bontang, 26 Juli 2023"],
        [None, None, None, None, "Kepala Dinas Sosial"],
        [None, None, None, None, "Pejabat Uji, M.Si"],
    ]
    checked = check(rows)
    members = checked.tables.members
    assert account(checked) == (11, 4, 1, 6)
    assert list(members["profession"]) == ["bhabinkamtibmas", "babinsa", "psikolog", "unknown"]
    assert list(members["kelurahan_code"]) == [LOK_TUAN, LOK_TUAN, "city", GUNTUNG]
