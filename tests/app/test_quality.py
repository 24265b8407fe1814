"""Mutu data in the states that its data can be in."""

import pytest

from lk3.dataset import remember
from lk3.intake import Answer
from lk3.store import open_store
from tests.app.boards import PLACES, card, figures, footer_rows, go_to, open_board, save, texts
from tests.workbooks import xlsx

A, B = (PLACES.label(code) for code in PLACES.codes[:2])
HEADER = ["No. Reg", "Tgl Masuk", "Kelurahan", "Jenis Masalah", "Status", "L/P"]
MEMBERS = xlsx([["Kelurahan", "Unsur", "Mulai"], [A, "Babinsa", "01/01/2023"]])
UNKNOWN = xlsx([HEADER[:3], ["001", "05/01/2024", None], ["002", "06/02/2024", None]])


def quality_page(**choices):
    board = go_to(open_board(**choices), "manage/quality.py")
    assert not board.exception
    assert not board.error
    return board


def rows(*lines):
    return xlsx([HEADER, *lines])


def columns(board):
    return [set(map(str, frame.value.columns)) for frame in (*board.dataframe, *board.table)]


def test_sample_says_what_to_mend_first_and_shows_both_grids():
    board = quality_page()

    assert board.title[0].value.startswith("Perbaiki lebih dulu: 5 baris belum ikut dihitung")
    assert len(figures(board)) == 2
    assert any("Tidak pernah terisi di" in names for names in columns(board))


def test_data_without_cases_say_so_without_a_grid():
    save(MEMBERS, "anggota.xlsx")

    board = quality_page()

    assert "Belum ada kasus dengan tanggal." in [info.value for info in board.info]
    assert figures(board) == []
    assert card(board, "Kasus tanpa kelurahan") == "–"


def test_one_row_is_whole_and_nothing_is_urgent():
    save(rows(["001", "05/01/2024", A, "KDRT", "proses", "P"]), "register.xlsx")

    board = quality_page()

    assert len(figures(board)) == 2
    assert "Tidak ada bulan di luar kebiasaan." in [each.value for each in board.success]


def test_source_that_says_nothing_is_named_for_every_field():
    save(UNKNOWN, "polos.xlsx")

    board = quality_page()

    assert board.title[0].value.startswith("Perbaiki lebih dulu: 100% kasus tanpa kelurahan")
    (fields,) = [t.value for t in board.table if "Tidak pernah terisi di" in t.value.columns]
    never = dict(zip(fields["Isian"], fields["Tidak pernah terisi di"], strict=True))
    assert never["Masalah"] == never["Jenis kelamin"] == "polos"
    assert never["Nomor register"] == ""


def test_case_in_two_files_is_counted_once_on_every_page_and_listed_here():
    first = ["001", "05/01/2024", A, "KDRT", "proses", "P"]
    save(rows(first, ["002", "07/01/2024", B, "KDRT", "proses", "L"]), "Register Januari 2024.xlsx")
    save(rows([*first[:4], "selesai", "P"]), "Register Februari 2024.xlsx")

    board = quality_page()

    assert card(board, "Juga di berkas lain") == "1"
    assert footer_rows(board) == [5, 3, 0, 2]
    assert "Kasus yang juga ada di berkas lain: 1, dihitung sekali." in texts(board)
    assert any({"Juga ada di", "Baris di sana"} <= names for names in columns(board))
    overview = go_to(open_board(periode="all"), "monitor/overview.py")
    assert card(overview, "Kasus") == "2"


def test_recap_beside_a_register_is_the_first_thing_to_mend():
    recap = xlsx([["REKAP KASUS JANUARI 2024"], ["Kelurahan", "KDRT", "Perceraian"], [A, 4, 0]])
    save(recap, "rekap.xlsx")
    save(rows(["001", "05/01/2024", A, "KDRT", "proses", "P"]), "register.xlsx")

    board = quality_page()

    assert board.title[0].value == (
        "Perbaiki lebih dulu: 1 kasus mungkin terhitung dua kali, di rekap.xlsx dan register.xlsx."
    )


def test_totals_of_a_recap_are_listed_with_their_difference():
    header = ["Kelurahan", "KDRT", "Perceraian", "Jumlah"]
    recap = [["REKAP KASUS MARET 2024"], header, [A, 4, 0, 5], [B, 1, 0, 1]]
    save(xlsx(recap), "rekap.xlsx")

    board = quality_page()

    (totals,) = [d.value for d in board.dataframe if "Selisih" in d.value.columns]
    assert totals["Selisih"].tolist() == [1, 0]


@pytest.mark.parametrize("field", ["sex", "case_id"])
@pytest.mark.parametrize("unit", ["month", "year"])
def test_completeness_can_be_seen_by_field_and_unit(field, unit):
    board = quality_page(mutu_isian_pilihan=field, mutu_satuan=unit)

    assert len(figures(board)) == 2


def test_answer_is_listed_and_can_be_taken_back():
    store = open_store()
    remember(store, Answer("value", "kelurahan", "berbas lestari", PLACES.codes[0]), user="a@b.id")
    remember(store, Answer("column", "*", "status", "Ket."))
    board = quality_page()
    said = texts(board).replace("\\", "")
    assert f"“berbas lestari” (kelurahan) → **{PLACES.label(PLACES.codes[0])}**" in said
    assert "a@\N{WORD JOINER}b.id" in said

    (first, *_others) = [b for b in board.button if b.label == "Hapus jawaban"]
    first.click().run()

    assert not board.exception
    assert [note.body["what"] for note in store.notes.all("answers")] == ["status"]
    assert "berbas lestari" not in texts(board)


def test_page_speaks_english():
    board = quality_page(lang="en")

    assert "SAMPLE DATA" in texts(board)
