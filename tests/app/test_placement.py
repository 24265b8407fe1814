"""Penempatan in the states of the data, and what its choices do from one run to the next."""

import pytest

from lk3.indicators.placement_scenarios import held_scenarios
from lk3.store import open_store
from tests.app.boards import PLACES, card, go_to, open_board, register, run, save, texts

PAGE = "plan/placement.py"
FIRST = PLACES.label(PLACES.codes[0])
EVERY = [PLACES.label(code) for code in PLACES.codes]
# Every other state meets this page together with all others in test_states.py.
STATES = {
    "a city without members": (
        register(*EVERY, *EVERY, FIRST),
        {},
        "Daftar anggota belum diunggah",
    ),
    "no case": (register(FIRST), {"masalah": ["napza"]}, "semua kelurahan dianggap sama"),
}


def placement_board(**choices):
    return go_to(open_board(**choices), PAGE)


def seats(board):
    """The headings of the placements."""
    return [m.value for m in board.markdown if m.value.startswith("**") and ". " in m.value[:6]]


@pytest.mark.parametrize("state", STATES)
def test_the_page_says_what_it_does_not_know(state):
    content, choices, sentence = STATES[state]
    save(content, "register.csv")

    board = placement_board(**choices)

    assert not board.exception
    assert not board.error, board.error[0].value
    assert len(seats(board)) == 5
    assert sentence in texts(board)
    if state == "a city without members":
        assert card(board, "Kelurahan tanpa anggota") == "10"


def test_nobody_more_people_than_kelurahan_and_named_professions_are_placed():
    board = placement_board(penempatan_jumlah=0)
    assert seats(board) == []
    assert board.title[0].value.startswith("Isi jumlah orang")

    board.number_input(key="penempatan_jumlah").set_value(16)
    assert len(seats(run(board))) == 16 > len(PLACES.codes)

    board.number_input(key="penempatan_jumlah").set_value(5)
    board.multiselect(key="penempatan_profesi").select("psikolog")
    run(board)
    board.number_input(key="penempatan_banyak_psikolog").set_value(2)
    found = seats(run(board))
    assert [("psikolog" in seat) for seat in found] == [True, True, False, False, False]
    assert "3 orang lainnya: profesi apa pun." in texts(board)
    assert "Tenaga profesi psikolog di" in board.title[0].value


def test_an_overruled_place_stays_while_pages_and_languages_change():
    board = placement_board()
    proposed = seats(board)
    other = next(code for code in PLACES.codes if PLACES.label(code) not in " ".join(proposed))
    overruled = f"**1. {PLACES.label(other)}**"

    board.selectbox(key="penempatan_tempat_unknown_1").select(other)
    assert seats(run(board)) == [overruled, *proposed[1:]], "the others stay as proposed"
    assert "Diubah; usulan aturan:" in texts(board)

    go_to(board, "plan/professions.py")
    assert seats(go_to(board, PAGE))[0] == overruled
    board.segmented_control(key="lang").set_value("en")
    assert seats(run(board))[0] == overruled


def test_a_member_who_moves_is_in_the_plan_until_it_is_taken_back():
    board = placement_board(penempatan_jumlah=0)
    home = board.selectbox(key="ubah_siapa").value[0]
    board.selectbox(key="ubah_ke").select(next(c for c in PLACES.codes if c != home))
    board.button(key="ubah_masukkan").click()
    assert "dipindahkan dari" in texts(run(board))
    assert "1 anggota pindah atau keluar" in board.title[0].value

    board.button(key="ubah_batal_0").click()
    assert run(board).title[0].value.startswith("Isi jumlah orang")


def test_a_scenario_is_saved_opened_compared_said_to_be_older_and_removed():
    board = placement_board()
    board.button(key="skenario_simpan").click()
    assert run(board).error[0].value.startswith("Skenario belum diberi nama")

    board.text_input(key="nama_skenario").set_value("Lima")
    board.button(key="skenario_simpan").click()
    first = seats(run(board))
    board.number_input(key="penempatan_jumlah").set_value(2)
    run(board)
    assert any("“Lima” menyisakan" in each.value for each in board.subheader)
    assert "versi data yang lain" not in texts(board)

    (held,) = held_scenarios(open_store().notes)
    board.button(key=f"buka_{held.id}").click()
    assert seats(run(board)) == first

    save(register(*EVERY), "register.csv")
    assert "Dibuat pada versi data yang lain" in texts(run(board))
    board.button(key=f"hapus_{held.id}").click()
    run(board)
    assert held_scenarios(open_store().notes) == []
    assert "Simpan satu skenario" in texts(board)
