"""A province on the pages: by kabupaten/kota first, then one step down after another."""

from dataclasses import replace

import pytest

from lk3 import settings
from lk3.language import number
from lk3.store import open_store
from tests.app.boards import bars_of_areas, figures, go_to, numbers, open_board, run, texts
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


def test_of_a_thousand_small_charts_the_first_twelve_are_drawn_and_any_other_is_found(province):
    board = go_to(open_board(tingkat="kelurahan", rincian="kelurahan_code"), "monitor/trends.py")
    assert not board.error
    most = held_codes().value_counts().drop("outside")
    assert f"12 dari {number(len(most))} diagram ditampilkan." in texts(board)
    assert small_charts(board) == list(most)[:12]
    board.button(key="tren_rincian_kelurahan_code_lagi").click()
    run(board)
    assert small_charts(board) == list(most)[:24]
    board.text_input(key="tren_rincian_kelurahan_code_cari").set_value("98.01.01.1001")
    run(board)
    assert small_charts(board) == [most["98.01.01.1001"]]


def test_of_a_hundred_kecamatan_the_first_twelve_small_charts_are_drawn(province):
    board = go_to(open_board(tingkat="kelurahan", rincian="district"), "monitor/trends.py")
    assert not board.error
    # Without their last part the codes are those of the kecamatan.
    most = held_codes().str.replace(r"\.\d{4}$", "", regex=True).value_counts().drop("outside")
    assert f"12 dari {number(len(most))} diagram ditampilkan." in texts(board)
    assert small_charts(board) == list(most)[:12]


def test_of_a_thousand_rows_of_professions_the_first_twenty_are_shown_and_any_is_found(province):
    board = go_to(open_board(tingkat="kelurahan"), "plan/professions.py")
    assert not board.error
    assert heat_rows(board) == [20, 21]  # cases of no known kelurahan are a row too
    board.text_input(key="profesi_kasus_cari").set_value("98.01.01.1001")
    run(board)
    assert heat_rows(board) == [20, 2]


def test_of_a_thousand_kelurahan_a_plan_shows_those_that_change_and_any_is_found(province):
    board = go_to(open_board(tingkat="kelurahan"), "plan/placement.py")
    assert not board.error
    rows = dumbbell_names(board)
    assert len(rows) == 20
    placed = {m.value[5:-2] for m in board.markdown if m.value.startswith("**1. ")}
    assert placed < {name[3:-4] for name in rows if name.startswith("<b>")}
    board.text_input(key="rencana_batang_cari").set_value("98.01.01.1001")
    run(board)
    assert dumbbell_names(board) == [f"{province_areas()['name'][0]} (98.01.01.1001)"]


def test_cases_are_split_by_kecamatan_only_where_there_are_several(province):
    board = go_to(open_board(), "monitor/trends.py")
    assert "Provinsi" not in board.segmented_control(key="rincian").options
    board.selectbox(key="tingkat").set_value("kelurahan")
    assert "Kecamatan" in run(board).segmented_control(key="rincian").options


def test_areas_whose_people_are_not_all_known_are_named_beside_the_map(
    folders, monkeypatch, tmp_path
):
    """Of one kelurahan of the first kabupaten/kota nobody knows the population."""
    geo = write_province(tmp_path)
    people = geo / "population.csv"
    lines = people.read_text().splitlines()
    assert lines[1].startswith("98.01.01.1001")
    people.write_text("\n".join([lines[0], *lines[2:]]))
    for name, folder in (("LK3_GEO_DIR", geo), ("LK3_STORE", tmp_path / "store")):
        monkeypatch.setenv(name, str(folder))
    held = province_tables(province_areas(), cases=_CASES)
    known = held.population[held.population["code"] != "98.01.01.1001"]
    open_store().save("uji", replace(held, population=known), accounting=_ACCOUNT, user="")
    board = go_to(open_board(), "monitor/map.py")
    first = province_areas()["regency"][0]
    assert f"Penduduknya tidak diketahui seluruhnya, jadi tanpa angka: {first}." in texts(board)


def held_codes():
    return province_tables(province_areas(), cases=_CASES).cases["kelurahan_code"]


def small_charts(board):
    """The sum of each small chart, from the first on."""
    figure = next(each for each in figures(board) if "xaxis2" in each["layout"])
    return [sum(numbers(line["y"])) for line in figure["data"] if "hovertemplate" in line]


def dumbbell_names(board):
    """The names on the axis of the first chart of before and after."""
    axes = [each["layout"]["yaxis"] for each in figures(board)]
    return next(axis["ticktext"] for axis in axes if axis.get("griddash") == "dot")


def heat_rows(board):
    traces = [trace for each in figures(board) for trace in each["data"]]
    return [len(trace["y"]) for trace in traces if trace["type"] == "heatmap"]
