"""The page Tren: in every state of the data, with remarks and new baselines that people keep."""

from datetime import date

import pytest

from lk3.store import open_store
from tests.app.boards import HEADER, PLACES, go_to, open_board, register, run, save, texts
from tests.workbooks import csv_bytes

FIRST = PLACES.label(PLACES.codes[0])
PAGE = "monitor/trends.py"


def months(*counts, start=(2024, 1)):
    """A register with so many cases of KDRT in each month from `start` on."""
    year, month = start
    every = [(year + (month - 1 + i) // 12, (month - 1 + i) % 12 + 1) for i in range(len(counts))]
    rows = [
        (f"{month}-{case}/{year}", f"{year}-{month:02d}-10", FIRST, "KDRT", "Baru")
        for (year, month), count in zip(every, counts, strict=True)
        for case in range(count)
    ]
    return csv_bytes([HEADER, *rows])


def trends(content=None, **choices):
    if content is not None:
        save(content, "register.csv")
    return go_to(open_board(**choices), PAGE)


@pytest.mark.parametrize(
    ("content", "choices", "headline"),
    [
        (months(10), {}, "Baru 1 bulan yang utuh"),
        (months(*[10] * 12), {}, "Tidak ada sinyal"),
        (months(*[9, 11, 10, 8] * 6, 30), {"periode": "all"}, "ada sinyal"),
        (register(FIRST), {"masalah": ["napza"]}, "Belum cukup data"),
    ],
    ids=["one month", "all equal", "signal", "nothing"],
)
def test_the_headline_says_signal_noise_or_too_little(content, choices, headline):
    board = trends(content, **choices)
    assert not board.exception
    assert headline.lower() in board.title[0].value.lower()


def test_a_better_unit_is_one_click_away():
    board = trends(months(*[2] * 30), periode="all")
    assert "Lihat per triwulan" in board.title[0].value
    board.button(key="tren_satuan_lain").click()
    run(board)
    assert board.segmented_control(key="satuan").value == "quarter"
    assert "Tidak ada sinyal" in board.title[0].value


def test_without_the_history_the_period_is_judged_alone():
    content = months(*[9, 11, 10, 8] * 3, *[20, 22, 21, 19] * 3)
    board = trends(content, periode="2025")
    assert "Ada sinyal" in board.title[0].value
    board.toggle(key="tren_riwayat").set_value(False)
    run(board)
    assert "Tidak ada sinyal" in board.title[0].value


def remark(board, text, *, day=date(2024, 3, 5), kind="catatan"):
    board.date_input(key=f"{kind}_hari").set_value(day)
    board.text_input(key=f"{kind}_teks").set_value(text)
    board.button(key=f"{kind}_simpan").click()
    return run(board)


def lines(board):
    return [element.value for element in board.get("text")]


def test_a_remark_is_kept_changed_and_removed():
    board = remark(trends(months(*[10] * 24), periode="all"), "pelantikan anggota")
    assert lines(board) == ["1 · 5 Maret 2024 · pelantikan anggota"]
    (note,) = open_store().notes.all("annotations")

    board.button(key=f"catatan_ubah_{note.id}").click()
    run(board)
    assert board.text_input(key="catatan_teks").value == "pelantikan anggota"
    remark(board, "pelantikan 70 anggota", day=date(2024, 4, 5))
    assert lines(board) == ["1 · 5 April 2024 · pelantikan 70 anggota"]

    board.button(key=f"catatan_hapus_{note.id}").click()
    run(board)
    assert lines(board) == []


def test_a_remark_with_a_telephone_number_is_refused_and_stays_in_the_form():
    board = remark(trends(months(*[10] * 24)), "hubungi 0812-3456-7890")
    assert "mirip NIK" in board.error[0].value
    assert board.text_input(key="catatan_teks").value == "hubungi 0812-3456-7890"
    assert open_store().notes.all("annotations") == []


def test_a_remark_that_the_chart_does_not_reach_says_so():
    board = remark(trends(months(*[10] * 24)), "sosialisasi", day=date(2019, 1, 2))
    assert lines(board) == ["1 · 2 Januari 2019 · sosialisasi · di luar rentang grafik"]


def test_a_remark_is_shown_as_text_and_not_as_markup():
    board = remark(trends(months(*[10] * 24)), "**tebal** <b>x</b> :red[y]")
    assert lines(board) == ["1 · 5 Maret 2024 · **tebal** <b>x</b> :red[y]"]


def test_a_new_baseline_turns_a_lasting_change_into_noise():
    board = trends(months(*[9, 11, 10, 8] * 3, *[20, 22, 21, 19] * 3), periode="all")
    assert "ada sinyal" in board.title[0].value.lower()
    remark(board, "register baru", day=date(2025, 1, 1), kind="batas")
    assert lines(board) == ["A · 1 Januari 2025 · register baru"]
    assert "Tidak ada sinyal" in board.title[0].value


def test_the_same_months_of_the_year_before_are_compared():
    board = trends(months(*[10] * 12, *[11] * 12), periode="2025")
    assert "132 kasus dalam 12 bulan yang dapat dibandingkan, setahun sebelumnya 120" in texts(
        board
    )
    assert "belum dapat dibedakan dari kebetulan" in texts(board)


def test_small_charts_offer_the_unit_that_their_counts_need():
    board = trends(months(*[3] * 24), periode="all")
    board.button(key="rincian_satuan_lain").click()
    run(board)
    assert board.segmented_control(key="satuan").value == "quarter"
    assert "Dari 1 diagram yang dapat dinilai" in texts(board)


def test_small_charts_say_how_many_can_be_judged():
    board = trends(months(*[10] * 24), periode="all")
    assert "Dari 1 diagram yang dapat dinilai, 0 bertanda" in texts(board)
    board.segmented_control(key="rincian").set_value("kelurahan_code")
    run(board)
    assert "Dari 1 diagram yang dapat dinilai, 0 bertanda" in texts(board)
