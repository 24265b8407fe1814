"""A province on the pages: by kabupaten/kota first, then one step down after another."""

import pytest

from lk3 import settings
from lk3.store import open_store
from tests.app.boards import bars_of_areas, go_to, open_board, run, texts
from tests.province_for_tests import province_areas, province_tables, write_province

UNIT = "kasus per 10.000 penduduk per tahun"
_CASES = 6_000
_ACCOUNT = {
    "file": "uji.xlsx", "kind": "cases", "rows_read": _CASES, "rows_used": _CASES,
    "rows_set_aside": 0, "rows_not_data": 0, "findings": [],
}  # fmt: skip


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The province and its store, written once: what one test has read another finds kept."""
    folder, store = tmp_path_factory.mktemp("province"), tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LK3_STORE", str(store))
        held = province_tables(province_areas(), cases=_CASES)
        open_store().save("uji", held, accounting=_ACCOUNT, user="")
    return write_province(folder), store


@pytest.fixture
def province(folders, monkeypatch):
    for name, folder in zip(("LK3_GEO_DIR", "LK3_STORE"), folders, strict=True):
        monkeypatch.setenv(name, str(folder))
    assert settings.get("LK3_GEO_DIR") == str(folders[0])


def test_each_step_shows_what_is_inside_and_the_way_back(province):
    board = go_to(open_board(), "monitor/map.py")
    assert not board.error
    assert len([c for c in bars_of_areas(board, UNIT) if c.count(".") == 1]) == 9
    board.selectbox(key="wilayah").set_value("98.01.02")
    run(board)
    codes = {c for c in bars_of_areas(board, UNIT) if "." in c}
    assert {c.rsplit(".", 1)[0] for c in codes} == {"98.01.02"}
    assert "(Kec. " not in texts(board)
    assert "menurut kelurahan" in texts(board)
    board.button(key="jejak_98.01").click()
    run(board)
    assert "menurut kecamatan" in texts(board)
    assert {c.rsplit(".", 1)[0] for c in bars_of_areas(board, UNIT) if "." in c} == {"98.01"}


def test_of_a_thousand_bars_the_first_twenty_are_shown_and_any_other_is_found(province):
    board = go_to(open_board(wilayah=None, tingkat="kelurahan"), "monitor/map.py")
    assert not board.error
    assert "20 dari 1.000 kelurahan ditampilkan." in texts(board)
    assert len([c for c in bars_of_areas(board, UNIT) if "." in c]) == 20
    board.text_input(key="peta_batang_cari").set_value("98.01.01.1001")
    run(board)
    assert [c for c in bars_of_areas(board, UNIT) if "." in c] == ["98.01.01.1001"]


def test_the_public_is_told_in_the_meeting_why_a_second_level_has_no_slides(province):
    board = go_to(open_board(wilayah=None, tingkat="kelurahan"), "present/meeting.py")
    assert not board.error
    assert [title.value for title in board.title] == ["Tingkat ini tidak untuk umum"]
    assert "hanya ditampilkan menurut kabupaten/kota" in texts(board)
    board.button(key="rapat_untuk").click()
    run(board)
    assert [title.value for title in board.title] != ["Tingkat ini tidak untuk umum"]
