import pytest

from lk3.intake.bodies import Known, roles_of
from lk3.intake.layout import find_header
from lk3.intake.sheets import sheet_of
from tests.workbooks import PLACES

HEADER = ["No", "Tanggal", "Kelurahan", "Jenis Masalah", "Status", "L/P"]
ROW = [1, "1/2/2024", "Loktuan", "KDRT", "Selesai", "P"]


def header_of(*rows):
    return find_header(sheet_of(rows, name="Data"), places=PLACES)


@pytest.mark.parametrize("titles", range(7))
def test_the_header_is_found_under_up_to_six_title_rows(titles):
    above = [["REKAPITULASI DATA KASUS LK3"], ["PERIODE : JANUARI - DESEMBER 2023"]] * 3
    found = header_of(*above[:titles], HEADER, ROW)
    assert found.rows == (titles + 1,)
    assert len(found.titles) == titles


def test_a_header_may_start_in_the_second_column():
    found = header_of([None, *HEADER], [None, *ROW])
    assert (found.rows, found.text(1)) == ((1,), "No")


def test_two_rows_of_a_merged_header_are_joined():
    found = header_of(
        ["NO", "KELURAHAN", "JUMLAH KLIEN", None, None],
        [None, None, "L", "P", "JML"],
        [1, "Loktuan", 1, 2, 3],
    )
    assert found.rows == (1, 2)
    assert [found.text(c) for c in range(5)] == [
        "NO", "KELURAHAN", "JUMLAH KLIEN L", "JUMLAH KLIEN P", "JUMLAH KLIEN JML",
    ]  # fmt: skip


def test_a_group_over_the_problems_of_a_matrix_is_joined_from_above():
    found = header_of(
        ["NO", "KELURAHAN", "JENIS MASALAH", None, None, "JUMLAH"],
        [None, None, "KDRT", "Perceraian", "NAPZA", None],
        [1, "Loktuan", 1, 2, 0, 3],
    )
    assert found.rows == (1, 2)
    assert found.text(3) == "JENIS MASALAH Perceraian"
    assert found.text(5) == "JUMLAH"


def test_a_row_of_data_with_an_empty_first_column_is_no_second_header_row():
    found = header_of(["No", "L/P", "Jenis Masalah", "Kelurahan"], [None, "P", "KDRT", "Loktuan"])
    assert found.rows == (1,)


def test_line_breaks_double_blanks_and_hard_blanks_in_a_header_do_not_matter():
    found = header_of(["N0", "Tgl\nMasuk", "Jenis  Masalah", "Kelu\xa0rahan"], ROW[:4])
    assert found.rows == (1,)


def test_a_sheet_of_values_only_has_no_header():
    assert header_of(ROW, [2, "2/2/2024", "Kanaan", "Napza", "Proses", "L"]) is None


def test_instructions_are_no_table():
    assert header_of(["Petunjuk pengisian"], ["1. Isi kelurahan"], ["2. Isi tanggal"]) is None


KNOWN = Known(counter=0, kelurahan=2, labels=(), fields=(1, 2, 3, 4, 5), columns=6, recap=False)


def roles(*rows, known=KNOWN):
    sheet = sheet_of([HEADER, *rows], name="Data")
    header = find_header(sheet, places=PLACES)
    body = sheet.cells.loc[sheet.cells.index > 1]
    return list(roles_of(body, header, known, places=PLACES))


@pytest.mark.parametrize(
    "numbers",
    [
        [1, 2, 3, 4, 5, 6],
        [-1, -2, -3, -4, -5, -6],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["1", "2", "3", "4", "5", "6"],
    ],
)
def test_column_numbers_under_the_header_are_no_data(numbers):
    assert roles(numbers, ROW) == ["column_numbers", "data"]


def test_a_repeated_header_and_the_titles_over_it_are_no_data():
    title = [None, "REGISTER KASUS BULAN MARET"]
    assert roles(ROW, title, HEADER, ROW) == ["data", "title", "repeated_header", "data"]


def test_totals_are_no_data_wherever_their_label_stands():
    subtotal = [None, None, "JUMLAH", 12]
    total = ["TOTAL", None, None, 12]
    counted = ["Jumlah Kasus Tahun 2024", None, None, 12]
    assert roles(ROW, subtotal, total, counted) == ["data", "total", "total", "total"]


def test_a_form_row_that_carries_only_its_number_is_no_data():
    assert roles(ROW, [2], [3]) == ["data", "blank_form", "blank_form"]


def test_a_signature_block_is_no_data_to_its_last_line():
    block = [
        [None, None, None, "Bontang, 31 Desember 2023"],
        [None, None, None, "Mengetahui,"],
        [None, None, None, "Kepala Dinas Sosial"],
        [None, None, None, "Pejabat Uji, S.Sos"],
        [None, None, None, "NIP. 19700101 200001 1 001"],
    ]
    assert roles(ROW, *block) == ["data", *["signature"] * 5]


def test_rows_after_a_note_in_the_middle_are_data_again():
    note = [None, None, "Catatan: data belum lengkap"]
    assert roles(ROW, note, ROW) == ["data", "signature", "data"]


def test_a_kecamatan_over_its_rows_is_a_section():
    assert roles(["KECAMATAN BONTANG UTARA"], ROW) == ["section", "data"]


def test_a_kelurahan_over_rows_without_one_is_a_section():
    assert roles(["LOKTUAN"], [1, "1/2/2024", None, "KDRT"]) == ["section", "data"]


def test_a_row_with_only_a_kelurahan_among_whole_rows_stays_data():
    assert roles([None, None, "Loktuan"], ROW) == ["data", "data"]


def test_a_dash_in_a_row_of_few_cells_is_a_blank_cell_and_no_end_mark():
    assert roles(["x"], [None, "8 Mei 2024", "Loktuan", "-"]) == ["note", "data"]
    assert roles(ROW, [None, None, "-", "-"]) == ["data", "blank_form"]


def test_words_of_a_note_or_a_signature_are_values_in_a_row_that_names_a_kelurahan():
    known = Known(counter=None, kelurahan=2, labels=(), fields=(1, 2, 4), columns=4, recap=False)
    continued = [None, "8 Mei 2024", "Loktuan", None, "Lanjutan"]
    assert roles(ROW, continued, known=known) == ["data", "data"]
    assert roles(ROW, [None, None, None, "Lanjutan"], known=known) == ["data", "signature"]


def test_end_marks_are_no_data():
    assert roles(ROW, ["###"]) == ["data", "signature"]


RECAP = Known(counter=0, kelurahan=2, labels=(), fields=(2, 3), columns=6, recap=True)


@pytest.mark.parametrize("label", ["Bontang Utara", "Kota Bontang", "Indonesia", "Kecamatan"])
def test_in_a_recap_the_city_and_the_kecamatan_are_totals(label):
    assert roles([1, "x", label, 12, 1, 1], known=RECAP) == ["total"]
