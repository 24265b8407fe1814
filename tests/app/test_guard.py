"""No data without the entry point, and no traceback for anybody."""

import pytest
from streamlit.testing.v1 import AppTest

from lk3.settings import ROOT
from lk3.ui.navigation import PAGES
from tests.app.boards import open_board, shown_kinds, texts

SECRET = "Klien Uji 7"
paths = pytest.mark.parametrize("path", [page.path for page in PAGES])


@paths
def test_page_that_is_opened_alone_says_so_and_shows_nothing(path):
    board = AppTest.from_file(ROOT / "pages" / path, default_timeout=30).run()

    assert not board.exception
    assert shown_kinds(board) == []
    assert [error.value for error in board.error] == [
        "Halaman ini tidak dapat dibuka sendiri. Buka alamat utama dasbor, lalu pilih halaman "
        "dari menunya."
    ]


@paths
def test_page_that_is_switched_to_before_any_run_comes_through_the_entry(path):
    board = AppTest.from_file(ROOT / "dashboard.py", default_timeout=60)

    board.switch_page(f"pages/{path}").run()

    assert not board.exception
    assert board.session_state["session_let_in"] is True
    assert board.title[0].value


def test_bug_is_an_apology_with_a_number_and_its_values_are_nowhere(monkeypatch, caplog):
    def fail(*_args, **_kwargs):
        raise ValueError(f"could not read {SECRET}")

    monkeypatch.setattr("lk3.ui.views.overview.headline_overview", fail)

    board = open_board()

    assert not board.exception
    assert "Maaf" in board.error[0].value
    reference = caplog.records[-1].getMessage().split()[0]
    assert reference in board.error[0].value
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text + texts(board)


def test_broken_store_is_one_sentence_and_no_number(monkeypatch, tmp_path):
    log = tmp_path / "store" / "records" / "_delta_log"
    log.mkdir(parents=True)
    (log / f"{0:020}.json").write_text("broken")
    monkeypatch.setenv("LK3_STORE", str(tmp_path / "store"))

    board = open_board()

    assert not board.exception
    assert shown_kinds(board) == []
    (error,) = board.error
    assert error.value.startswith(f"Penyimpanan {tmp_path / 'store'} tidak dapat dibaca")
    assert error.value.endswith(".")


@pytest.mark.parametrize("value", ["xx", "", "<script>"])
def test_bad_choices_are_passed_over(value):
    board = open_board(kelurahan=None)
    board.query_params["kelurahan"] = value
    board.query_params["periode"] = value

    board.run()

    assert not board.exception
    assert not board.error
