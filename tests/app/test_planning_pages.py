"""Kurang terlayani, Profesi and Profil: the states that only planners meet (those that every page
must stand are in `test_states`), and what is edited on the pages.
"""

import pytest
from streamlit.testing.v1 import AppTest

from lk3.indicators.requirements import default_requirements
from lk3.store import open_store
from tests.app.boards import (
    PLACES,
    figures,
    go_to,
    numbers,
    open_board,
    register,
    run,
    save,
    texts,
)
from tests.workbooks import csv_bytes

EVERY = [PLACES.label(code) for code in PLACES.codes]
LONG = "Sengketa " + "berkepanjangan " * 12
UNDERSERVED, PROFESSIONS, PROFILE = (
    "plan/underserved.py",
    "plan/professions.py",
    "monitor/profile.py",
)


def open_at(path: str, **choices: object) -> AppTest:
    """The dashboard on one of its pages. `choices`: values of widgets by their keys."""
    return go_to(open_board(**choices), path)


def members(*kelurahan: str) -> bytes:
    """A list with one Babinsa for each kelurahan that is named."""
    rows = [(f"A{i}", name, "Babinsa", "2023-07-26") for i, name in enumerate(kelurahan, 1)]
    return csv_bytes([("No. Anggota", "Kelurahan", "Profesi", "Tanggal Mulai"), *rows])


STATES = {
    "without members": ({"register.csv": register(*EVERY * 6)}, {}),
    "one case and one member": (
        {"register.csv": register(EVERY[0]), "anggota.csv": members(EVERY[0])},
        {"periode": "all"},
    ),
    "all values equal": (
        {"register.csv": register(*EVERY * 6), "anggota.csv": members(*EVERY)},
        {"periode": "all"},
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_each_planning_page_speaks_in_every_state(state):
    files, choices = STATES[state]
    for name, content in files.items():
        save(content, name)
    board = open_board(**choices)
    for path in (UNDERSERVED, PROFESSIONS, PROFILE):
        go_to(board, path)

        assert not board.exception, path
        assert not board.error, f"{path}: {board.error[0].value}"
        assert board.title[0].value.strip()
        if state == "without members":  # without a list nobody knows that there are none
            assert "0 anggota aktif" not in texts(board), path
            assert not any("Tanpa anggota" in metric.label for metric in board.metric), path


def test_a_kelurahan_is_explained_number_by_number_and_years_can_be_pooled():
    board = open_at(UNDERSERVED, kelurahan=PLACES.codes[2], kurang_bentuk="ubin")

    said = texts(board)
    assert any(h.value.startswith(f"{EVERY[2]}: ") for h in board.header)
    for step in ("**Kebutuhan:**", "**Anggota:**", "**Urutan:**", "**Agar setara:**"):
        assert step in said
    assert "Penduduk masih *perkiraan*" in said

    board.button(key="gabung_years_3").click().run()

    assert board.selectbox(key="periode").value == "years_3"
    assert board.button(key="gabung_years_3").proto.type == "primary"


def test_without_a_choice_the_one_that_lacks_most_is_explained():
    said = texts(open_at(UNDERSERVED))

    assert "Pilih yang lain pada gambar" in said
    assert "**Urutan:** 1 dari 15" in said


def test_kept_minimum_is_what_every_page_counts_with():
    board = open_at(PROFESSIONS)
    before = board.metric[2].value
    notes = open_store().notes
    least = dict(default_requirements().least) | {"babinsa": 3}
    notes.put("professions", {"least": least}, id="requirements", user="uji")

    run(board)

    assert before != "0%"
    assert board.metric[2].value == "0%"
    assert "Diubah oleh uji pada" in texts(board)


def test_minimum_is_saved_and_taken_back_on_the_page():
    board = open_at(PROFESSIONS)
    assert "Bawaan: satu orang" in texts(board)

    board.button(key="unsur_simpan").click().run()

    (note,) = open_store().notes.all("professions")
    assert note.body["least"] == dict(default_requirements().least)
    assert "Diubah pada" in texts(board)

    board.button(key="unsur_bawaan").click().run()

    assert open_store().notes.all("professions") == []
    assert "Bawaan: satu orang" in texts(board)


def test_a_target_that_was_written_over_can_be_taken_back():
    open_store().notes.put(
        "targets", {"value": 20, "source": "Surat Uji"}, id="active_families_per_worker"
    )
    board = open_at(UNDERSERVED)
    assert "Keluarga aktif per pekerja: Diubah pada" in texts(board)
    board.button(key="acuan_simpan").click().run()
    assert len(open_store().notes.all("targets")) == 1, "only what differs is written"

    board.button(key="acuan_bawaan").click().run()

    assert open_store().notes.all("targets") == []
    assert "Semua nilai masih bawaan." in texts(board)


def test_a_browser_without_webgl_gets_tiles_first_and_is_told_why():
    board = open_at("monitor/map.py", tanpa_webgl=True)

    assert board.segmented_control(key="peta_bentuk").value == "ubin"
    assert "WebGL tidak tersedia" in texts(board)


def funnel_of(board: AppTest) -> dict[str, float]:
    """Cases divided by the expected ones, by code, as the funnel shows them."""
    funnel = next(each for each in figures(board) if "legend" in each["layout"])
    return {
        code: ratio
        for trace in funnel["data"]
        if trace.get("customdata")
        for code, ratio in zip(trace["customdata"], numbers(trace["y"]), strict=True)
    }


def test_a_kelurahan_is_compared_with_the_whole_city_whatever_kecamatan_is_chosen():
    district = PLACES.areas["district"].iloc[0]
    whole = funnel_of(open_at(UNDERSERVED, periode="all"))

    part = funnel_of(open_at(UNDERSERVED, periode="all", kecamatan=[district]))

    assert set(part) == set(PLACES.codes_in((district,)))
    assert part == pytest.approx({code: whole[code] for code in part})
