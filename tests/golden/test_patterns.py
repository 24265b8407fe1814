"""Layouts and headers as real sheets have them, one workbook each.

Each entry is a pattern of the list of what government sheets look like: its rows, so that the
pattern can be read here, and what comes of them, counted by hand: rows used, set aside and no data,
the cases by kelurahan, and the rules of the findings.
"""

import io
from dataclasses import dataclass, field
from datetime import datetime

import openpyxl
import pytest

from tests.workbooks import (
    API_API,
    GUNTUNG,
    KANAAN,
    LOK_TUAN,
    REGISTER,
    account,
    by_kelurahan,
    check,
    csv_bytes,
    everything_said,
    rules,
    xlsx,
)


@dataclass(frozen=True)
class Pattern:
    """`counted`: rows used, set aside and no data."""

    content: object
    counted: tuple[int, int, int]
    areas: dict[str, int]
    rules: list[str] = field(default_factory=list)


def case(n, area="Loktuan", day=None, problem="KDRT", status="Proses"):
    return [n, f"{n:03d}", day or datetime(2023, 1, n), area, problem, status]


THREE = [case(1), case(2, "Kanaan"), case(3)]
AREAS = {LOK_TUAN: 2, KANAAN: 1}
TITLES = [
    ["REKAPITULASI DATA KASUS LK3"],
    ["PEMERINTAH KOTA UJI"],
    ["DINAS SOSIAL"],
    ["PERIODE : JANUARI - DESEMBER 2023"],
    ["PROVINSI : UJI"],
    ["LEMBAGA KONSULTASI KESEJAHTERAAN KELUARGA"],
]
SIGNED = [
    [None, None, None, "Bontang, 31 Desember 2023"],
    [None, None, None, "Mengetahui,"],
    [None, None, None, "Kepala Dinas Sosial"],
    [None, None, None, "Pejabat Uji, M.Si"],
    [None, None, None, "NIP. 19700101 199001 1 001"],
]


def with_hidden_and_filtered_rows():
    """Rows 3 and 4 hidden, a filter on, panes frozen, a column hidden: all of it is data."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [REGISTER, *THREE]:
        sheet.append(row)
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet.auto_filter.ref = "A1:F4"
    sheet.freeze_panes = "A2"
    return saved(book)


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def far_used_range():
    """A table of 4 x 6 in a sheet whose used range goes to row 223 and column 64."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [REGISTER, *THREE]:
        sheet.append(row)
    sheet.cell(223, 64).value = " "
    return saved(book)


MONTHLY = {
    "Januari": [["BULAN JANUARI 2023"], REGISTER, case(1), case(2, "Kanaan")],
    "Februari": [["BULAN FEBRUARI 2023"], REGISTER, case(3, day=datetime(2023, 2, 3))],
    "REKAP": [["REKAP 2023"], ["Kelurahan", "KDRT", "Napza"], ["Loktuan", 2, 0], ["Kanaan", 1, 0]],
}
MATRIX = [
    ["REKAPITULASI KASUS TAHUN 2023"],
    ["No", "Kelurahan", "Jenis Masalah", None, None],
    [None, None, "KDRT", "Napza", "Jumlah"],
    [1, "Loktuan", 3, 1, 4],
    [2, "Kanaan", 0, 2, 2],
    ["Jumlah", None, 3, 3, 6],
]
TURNED = [
    ["REKAPITULASI KASUS TAHUN 2023"],
    ["No", "Jenis Masalah", "Loktuan", "Kanaan"],
    [1, "KDRT", 3, 0],
    [2, "Napza", 1, 2],
    ["TOTAL", None, 4, 2],
]
TICKS = [
    ["No. Reg", "Tanggal", "Kelurahan", "Masalah", "L", "P"],
    ["001", "15/01/2023", "Loktuan", "KDRT", None, "v"],
    ["002", "16/01/2023", "Kanaan", "KDRT", 1, None],
    ["003", "17/01/2023", "Loktuan", "KDRT", None, 1],
]
LAYOUTS = {
    "six titles": Pattern([*TITLES, REGISTER, *THREE], (3, 0, 7), AREAS),
    "a header of two merged rows": Pattern(
        xlsx(
            {"Data": [
                ["REKAP KLIEN TAHUN 2023"],
                ["No", "Kelurahan", "JUMLAH KLIEN", None, None],
                [None, None, "L", "P", "JML"],
                [1, "Loktuan", 1, 2, 3],
                [2, "Kanaan", 0, 1, 1],
            ]},
            merged={"Data": ["C2:E2", "A2:A3", "B2:B3"]},
        ),
        (2, 0, 3), {LOK_TUAN: 3, KANAAN: 1},
    ),
    "column numbers": Pattern([REGISTER, [1, 2, 3, 4, 5, 6], *THREE], (3, 0, 2), AREAS),
    "column numbers in brackets": Pattern(
        [REGISTER, [f"({n})" for n in range(1, 7)], *THREE], (3, 0, 2), AREAS
    ),
    "column numbers as negatives": Pattern(
        [REGISTER, [-n for n in range(1, 7)], *THREE], (3, 0, 2), AREAS
    ),
    "sections, sub-totals and a total": Pattern(
        [
            REGISTER,
            ["KECAMATAN BONTANG UTARA"], case(1), case(2, "Guntung"), ["Jumlah", None, None, 2],
            ["KECAMATAN BONTANG BARAT"], case(3, "Kanaan"), ["Jumlah", None, None, 1],
            [None, None, None, "TOTAL", 3],
        ],
        (3, 0, 6), {LOK_TUAN: 1, GUNTUNG: 1, KANAAN: 1},
    ),
    "a printed total that is not the sum": Pattern(
        [*MATRIX[:5], ["Jumlah", None, 3, 3, 66]], (2, 0, 4), {LOK_TUAN: 4, KANAAN: 2},
        ["total_differs"],
    ),
    "totals as formulas that nobody computed": Pattern(
        [*MATRIX[:5], ["Jumlah", None, "=SUM(C4:C5)", "=SUM(D4:D5)", "=SUM(E4:E5)"]],
        (2, 0, 4), {LOK_TUAN: 4, KANAAN: 2},
    ),
    "header and signature again on every page": Pattern(
        [TITLES[0], REGISTER, *THREE[:2], *SIGNED, TITLES[0], REGISTER, THREE[2], *SIGNED],
        (3, 0, 14), AREAS,
    ),
    "notes in the middle and end marks": Pattern(
        [
            REGISTER, THREE[0], ["Catatan: data sementara"], THREE[1], ["Ket.: dobel dihapus"],
            THREE[2], ["###"],
        ],
        (3, 0, 4), AREAS,
    ),
    "a sheet per month and one that adds them up": Pattern(
        MONTHLY, (3, 0, 4), AREAS, ["sheet_adds_up_others"]
    ),
    "a sheet per year and one named Integrasi": Pattern(
        {
            "2022": [REGISTER, case(1, day=datetime(2022, 5, 1))],
            "2023": [REGISTER, case(2, "Kanaan"), case(3)],
            "Integrasi": [REGISTER, case(1, day=datetime(2022, 5, 1)), case(2, "Kanaan"), case(3)],
        },
        (3, 0, 2), AREAS, ["sheet_adds_up_others"],
    ),
    "a sheet per kelurahan": Pattern(
        {
            "Loktuan": [["No. Reg", "Tanggal", "Masalah"], ["001", "15/01/2023", "KDRT"],
                        ["003", "17/01/2023", "KDRT"]],
            "Kanaan": [["No. Reg", "Tanggal", "Masalah"], ["002", "16/01/2023", "KDRT"]],
        },
        (3, 0, 2), AREAS,
    ),
    "a hidden sheet": Pattern(
        xlsx({"Data": [REGISTER, *THREE], "Lama": [REGISTER, case(9)]}, hidden=["Lama"]),
        (3, 0, 1), AREAS, ["sheet_hidden"],
    ),
    "hidden rows, hidden columns, filter, frozen panes": Pattern(
        with_hidden_and_filtered_rows(), (3, 0, 1), AREAS
    ),
    "a form first, the table in the second sheet": Pattern(
        {"Identitas": [["Nama Lembaga", "LK3 Uji"], ["Tahun", 2023], ["Alamat", "Jalan Uji"]],
         "Register": [REGISTER, *THREE]},
        (3, 0, 1), AREAS, ["sheet_no_table"],
    ),
    "instructions first": Pattern(
        {"Petunjuk": [["Isi kolom Tanggal dan Kelurahan"]], "Register": [REGISTER, *THREE]},
        (3, 0, 1), AREAS,
    ),
    "a used range far larger than the table": Pattern(far_used_range(), (3, 0, 1), AREAS),
    "an empty first column": Pattern(
        [[None, *row] for row in [REGISTER, *THREE]], (3, 0, 1), AREAS
    ),
    "blank rows between and form rows with a number only": Pattern(
        [REGISTER, THREE[0], [], THREE[1], [], [], THREE[2], [4], [5], [6]], (3, 0, 4), AREAS
    ),
    "a blank below a kelurahan is not filled": Pattern(
        [REGISTER, case(1, "Loktuan"), [2, "002", datetime(2023, 1, 2), None, "KDRT", "Proses"]],
        (2, 0, 1), {LOK_TUAN: 1, "unknown": 1}, ["area_missing"],
    ),
    "a merged kelurahan is filled": Pattern(
        xlsx(
            {"Data": [REGISTER, case(1), [2, "002", datetime(2023, 1, 2), None, "KDRT", "Proses"],
                      case(3, "Kanaan")]},
            merged={"Data": ["D2:D3"]},
        ),
        (3, 0, 1), AREAS,
    ),
    "a section label is filled down": Pattern(
        [
            REGISTER, ["LOKTUAN"], case(1, None), case(3, None), ["KANAAN"], case(2, None),
        ],
        (3, 0, 3), AREAS,
    ),
    "a recap by kelurahan and problem": Pattern(MATRIX, (2, 0, 4), {LOK_TUAN: 4, KANAAN: 2}),
    "a recap the other way round": Pattern(TURNED, (2, 0, 3), {LOK_TUAN: 4, KANAAN: 2}),
    "two tick columns": Pattern(TICKS, (3, 0, 1), AREAS),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name):
    pattern = LAYOUTS[name]
    checked = check(pattern.content)
    read, *counted = account(checked)
    assert tuple(counted) == pattern.counted
    assert read == sum(pattern.counted)
    assert by_kelurahan(checked) == pattern.areas
    assert rules(checked) == pattern.rules


def test_the_two_tick_columns_are_the_sex():
    assert list(check(TICKS).tables.cases["sex"]) == ["P", "L", "P"]


def test_a_semicolon_file_without_a_header_is_asked_about_and_not_guessed():
    rows = [[n, f"1{n}/01/2023", area, "KDRT"] for n, area in enumerate(["Loktuan"] * 4, 1)]
    checked = check(csv_bytes(rows, delimiter=";"), "data.csv")
    assert rules(checked) == ["no_table"]
    assert [question.kind for question in checked.questions] == ["header"] * 4


# --- headers -------------------------------------------------------------------------------------

DAY, AREA, PROBLEM, STATUS = "15/01/2023", "Loktuan", "KDRT", "Selesai"


@pytest.mark.parametrize(
    ("day", "area", "problem"),
    [
        ("Tgl Masuk", "Kelurahan", "Jenis Masalah"),
        ("Tanggal Pengaduan", "Kel.", "Permasalahan"),
        ("Tgl. Lapor", "Desa/Kelurahan", "Jenis PPKS"),
        ("Tanggal", "Wilayah", "Klasifikasi"),
        ("Hari/Tanggal", "Domisili", "Masalah"),
    ],
)
def test_headers_by_which_the_fields_go(day, area, problem):
    cases = check([["No", day, area, problem], [1, DAY, AREA, PROBLEM]]).tables.cases
    assert cases[["kelurahan_code", "problem"]].to_numpy().tolist() == [[LOK_TUAN, "kdrt"]]
    assert list(cases["reported_on"].dt.month) == [1]


@pytest.mark.parametrize("counter", ["NO", "NOMOR", "N0", "No."])
def test_the_counter_under_its_names_tells_no_case(counter):
    checked = check([[counter, "Tanggal", "Kelurahan", "Masalah"], [1, DAY, AREA, PROBLEM], [2]])
    assert account(checked) == (3, 1, 0, 2)


@pytest.mark.parametrize("header", ["Unsur", "Instansi", "Profesi"])
def test_headers_of_the_profession(header):
    rows = [["Nama", header, "Kelurahan", "TMT"], ["Anggota Uji 1", "Babinsa", AREA, "2023"]]
    assert list(check(rows).tables.members["profession"]) == ["babinsa"]


def test_the_job_of_a_client_is_dropped_without_a_trace():
    rows = [["Tanggal", "Kelurahan", "Masalah", "Pekerjaan"], [DAY, AREA, PROBLEM, "Psikolog Uji"]]
    checked = check(rows)
    assert list(checked.tables.cases["profession"]) == ["unknown"]
    assert "Psikolog Uji" not in everything_said(checked)


@pytest.mark.parametrize(
    ("values", "status", "rule"),
    [
        (["Selesai", "Proses", "Selesai"], ["selesai", "proses", "selesai"], []),
        (["datang lagi besok", "sudah damai", "-"], ["unknown"] * 3, ["column_is_note"]),
    ],
)
def test_ket_is_a_status_or_a_note_by_its_values(values, status, rule):
    rows = [
        ["No. Reg", "Tanggal", "Kelurahan", "Masalah", "Ket."],
        *([f"{n}", f"1{n}/01/2023", AREA, PROBLEM, value] for n, value in enumerate(values, 3)),
    ]
    checked = check(rows)
    assert list(checked.tables.cases["status"]) == status
    assert rules(checked) == rule


def test_the_day_of_the_incident_is_not_that_of_the_report():
    rows = [["Tgl Kejadian", "Tgl Lapor", "Kelurahan", "Masalah"],
            ["14/01/2022", DAY, AREA, PROBLEM]]  # fmt: skip
    assert list(check(rows).tables.cases["reported_on"].dt.year) == [2023]


def test_questions_of_a_form_are_headers():
    questions = [
        "Stempel waktu",
        "Nama lengkap klien (sesuai KTP), tulis dengan huruf besar dan tanpa gelar apa pun ya",
        "Kelurahan tempat tinggal klien saat ini, bukan menurut KTP (pilih salah satu dari daftar)",
        "Jenis Masalah yang dialami klien, boleh lebih dari satu [pilih semua yang sesuai]",
        *(f"Pertanyaan lain nomor {n}, jika ada" for n in range(20)),
    ]
    answers = ["15/01/2023 9:25:13", "Klien Uji 1", AREA, "KDRT, Napza", *["ya"] * 20]
    checked = check([questions, answers])
    assert by_kelurahan(checked) == {LOK_TUAN: 1}
    assert list(checked.tables.cases["problems"]) == ["kdrt|napza"]
    assert "Klien Uji" not in everything_said(checked)


def test_line_breaks_double_blanks_and_hard_blanks_in_headers():
    rows = [["Tgl.\nLapor", "Nama\xa0 Kelurahan ", "JENIS  \n MASALAH"], [DAY, AREA, PROBLEM]]
    assert by_kelurahan(check(rows)) == {LOK_TUAN: 1}


def test_two_columns_of_one_name_do_not_disturb():
    rows = [["Tanggal", "Kelurahan", "Masalah", "Lainnya", "Lainnya"],
            [DAY, AREA, PROBLEM, "x", "y"]]  # fmt: skip
    assert by_kelurahan(check(rows)) == {LOK_TUAN: 1}


def test_a_header_that_leaked_into_the_values_27_times_is_no_data():
    leaked = [row for n in range(27) for row in (case(n + 1), REGISTER)]
    checked = check([REGISTER, *leaked])
    assert account(checked) == (55, 27, 0, 28)
    assert by_kelurahan(checked) == {LOK_TUAN: 27}
    assert rules(checked) == []


def test_a_recap_with_the_months_in_its_columns():
    rows = [["REKAP KASUS 2023"], ["Kelurahan", "Januari", "Februari", "Jumlah"],
            ["Api-api", 1, 2, 3]]  # fmt: skip
    checked = check(rows)
    assert by_kelurahan(checked) == {API_API: 3}
    assert list(checked.tables.cases["reported_on"].dt.month) == [1, 2]
