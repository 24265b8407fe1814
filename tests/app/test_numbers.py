"""The numbers of a page agree with one another, and with what was saved."""

from datetime import date

import pytest

from lk3.places import OUTSIDE
from tests.app.boards import (
    PLACES,
    bars_of_areas,
    card,
    footer_rows,
    go_to,
    open_board,
    register,
    run,
    save,
    texts,
)

A, B = (PLACES.label(code) for code in PLACES.codes[:2])


def cases_of_the_city(board):
    """The sum of the bars that make the city: outside is shown beside it."""
    bars = bars_of_areas(board, "kasus")
    return sum(n for code, n in bars.items() if code != OUTSIDE)


@pytest.mark.parametrize(
    "choices",
    [
        {"periode": "full_year"},
        {"periode": "all"},
        {"periode": "all", "masalah": ["kdrt"]},
        {"periode": "all", "kecamatan": [PLACES.districts[0]]},
    ],
    ids=str,
)
def test_card_of_cases_is_the_sum_of_its_bars(choices):
    board = open_board(ringkasan_indikator="cases", **choices)

    assert int(card(board, "Kasus").replace(".", "")) == cases_of_the_city(board) > 0


def test_cases_without_a_kelurahan_count_for_the_city_and_have_their_bar():
    save(register(A, A, B, "", PLACES.label(OUTSIDE)), "register.csv")

    board = open_board(ringkasan_indikator="cases", periode="all")

    bars = bars_of_areas(board, "kasus")
    assert card(board, "Kasus") == "4"
    assert {code: n for code, n in bars.items() if n} == {
        PLACES.codes[0]: 2,
        PLACES.codes[1]: 1,
        "unknown": 1,
        OUTSIDE: 1,
    }


def test_version_that_another_process_saves_is_seen_in_the_next_run():
    save(register(A), "register.csv")
    board = open_board(periode="all")
    assert card(board, "Kasus") == "1"

    save(register(A, B, B), "register.csv")
    run(board)

    assert card(board, "Kasus") == "3"
    assert footer_rows(board) == [4, 3, 0, 1]


def test_two_sessions_keep_their_own_languages():
    save(register(A, B), "register.csv")
    one, other = open_board(periode="all"), open_board(periode="all", lang="en")

    for _round in range(2):
        assert run(one).selectbox(key="periode").label == "Periode"
        assert run(other).selectbox(key="periode").label == "Period"


def test_quarter_of_which_only_a_part_is_looked_at_is_not_judged():
    """Twenty cases in each of seven whole quarters, one in October, the first month of the eighth.
    Against the limits of whole quarters (mean 20: 7 to 33) that one would lie outside.
    """
    whole = [f"{year}-{month:02d}-05" for year in (2023, 2024) for month in (1, 5, 8, 11)][:7]
    days = [*(day for day in whole for _case in range(20)), "2024-10-05"]
    save(b"\n".join([register(), *(line(i, day) for i, day in enumerate(days))]), "register.csv")

    chosen = {"periode": "custom", "dari": date(2023, 1, 1), "sampai": date(2024, 10, 1)}
    board = go_to(open_board(satuan="quarter", **chosen), "monitor/trends.py")

    assert "masih dalam rentang kebetulan" in board.title[0].value
    assert "TW IV 2024 tidak utuh dalam data ini" in texts(board)


def line(number, day):
    """A line of a register."""
    return f"{number:03d}/2024,{day},{A},KDRT,Baru".encode()


def test_members_that_no_list_names_are_unknown_and_not_nobody():
    save(register(A), "register.csv")

    board = open_board(periode="all")

    assert card(board, "Anggota aktif") == "–"
    assert card(board, "Cakupan wilayah") == "–"
