"""Versions: every save is one, and an earlier one can be made active again, after a question."""

from lk3.store import open_store
from tests.app.boards import PLACES, card, go_to, open_board, register, save

A = PLACES.label(PLACES.codes[0])


def two_versions():
    save(register(A), "register.csv")
    save(register(A, A, A), "register.csv")
    newest, first = (version.number for version in open_store().versions())
    return first, newest


def data_page():
    return go_to(open_board(periode="all"), "manage/data.py")


def test_restoring_asks_first():
    _first, newest = two_versions()
    board = data_page()

    board.button(key="pulihkan").click().run()

    assert open_store().latest() == newest
    assert any(button.key == "pulihkan_ya" for button in board.button)


def test_cancelled_restore_changes_nothing():
    _first, newest = two_versions()
    board = data_page()

    board.button(key="pulihkan").click().run()
    board.button(key="pulihkan_batal").click().run()

    assert open_store().latest() == newest
    assert not any(button.key == "pulihkan_ya" for button in board.button)


def test_restored_version_is_what_pages_show():
    first, _newest = two_versions()
    board = data_page()
    board.selectbox(key="versi_lama").set_value(first).run()

    board.button(key="pulihkan").click().run()
    board.button(key="pulihkan_ya").click().run()

    assert [version.action for version in open_store().versions()] == [
        "restore",
        "import",
        "import",
    ]
    assert card(go_to(board, "monitor/overview.py"), "Kasus") == "1"


def test_single_version_offers_no_way_back():
    save(register(A), "register.csv")

    assert not any(button.key == "pulihkan" for button in data_page().button)
