"""Versions: every save is one, and an earlier one can be made active again, after a question."""

from lk3.dataset import import_file
from lk3.inbox import AUTOMATIC
from lk3.store import open_store
from tests.app.boards import PLACES, card, go_to, open_board, register, save, texts

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


def test_preview_says_what_going_back_would_change():
    two_versions()
    board = data_page()

    board.button(key="pulihkan").click().run()

    assert "Kasus: 2 hilang; yang tersimpan 3 menjadi 1." in texts(board)
    assert "Yang akan hilang dari dasbor" in board.warning[0].value
    assert A in board.warning[0].value


def test_preview_that_is_out_of_date_restores_nothing():
    two_versions()
    board = data_page()
    board.button(key="pulihkan").click().run()
    save(register(A, A), "register.csv")

    board.button(key="pulihkan_ya").click().run()

    assert "baru saja berubah" in board.error[0].value
    assert open_store().versions()[0].action == "import"


def test_versions_say_who_saved_them_when_and_what():
    save(register(A, "31 Februari"), "register.csv")
    import_file(open_store(), PLACES, register(A, day="2024-01-20"), "a.csv", user=AUTOMATIC)

    (table,) = (t.value for t in data_page().dataframe if "Oleh" in t.value.columns)

    assert table["Oleh"].tolist() == ["otomatis, dari folder masuk", "–"]
    assert table["Berkas"].tolist() == ["a.csv", "register.csv"]
    assert table["Baris dipakai"].tolist()[1] == 1
    assert table["Disimpan"].str.endswith(" WITA").all()
