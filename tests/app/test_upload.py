"""Handing in files: what was read is shown, and nothing is saved before the click."""

import pytest

from lk3.store import open_store
from tests.app.boards import PLACES, footer_rows, go_to, open_board, register, run, save, texts
from tests.workbooks import xlsx

A, B = (PLACES.label(code) for code in PLACES.codes[:2])
REGISTER = register(A, A, B)


def data_page(**choices):
    return go_to(open_board(**choices), "manage/data.py")


def hand_in(board, *files):
    """Files, each (name, content), dropped on the uploader together."""
    (uploader,) = board.file_uploader
    uploader.set_value([(name, content, "application/octet-stream") for name, content in files])
    return run(board)


def sheets_table(board):
    return next(t.value for t in board.dataframe if "Lembar" in t.value.columns)


def has_button(board, key):
    return any(button.key == key for button in board.button)


def test_rows_of_a_file_are_counted_and_nothing_is_saved_before_the_click():
    board = hand_in(data_page(), ("register.csv", REGISTER))

    assert sheets_table(board)[["Dipakai", "Disisihkan", "Bukan data"]].sum().tolist() == [3, 0, 1]
    assert "3 kasus" in texts(board)
    assert open_store().latest() is None
    assert "DATA CONTOH" in texts(board)


def test_click_saves_the_file_as_a_version_that_every_page_then_shows():
    board = hand_in(data_page(), ("register.csv", REGISTER))

    board.button(key="simpan").click().run()

    assert not board.exception
    assert open_store().load().cases["cases"].sum() == 3
    assert "DATA CONTOH" not in texts(board)
    assert footer_rows(board) == [4, 3, 0, 1]
    assert not has_button(board, "simpan"), "the same file could be saved twice"


def test_several_files_are_saved_with_one_click():
    more = register(B, B, day="2024-02-01")

    board = hand_in(data_page(), ("2025.csv", REGISTER), ("2024.csv", more))
    board.button(key="simpan").click().run()

    assert sorted(open_store().sources()["source"]) == ["2024", "2025"]
    assert footer_rows(board) == [7, 5, 0, 2]


def test_same_file_under_two_names_is_read_once():
    board = hand_in(data_page(), ("a.csv", REGISTER), ("b.csv", REGISTER))

    assert not board.exception
    assert [info.value for info in board.info][:1] == [
        "b.csv sama persis dengan a.csv, jadi hanya dibaca sekali."
    ]


def test_two_files_that_would_replace_each_other_are_not_saved():
    board = hand_in(data_page(), ("a.csv", REGISTER), ("a.txt", register(B)))

    assert "yang satu menghapus yang lain" in board.error[0].value
    assert board.button(key="simpan").disabled


def test_update_of_a_file_is_warned_of_and_can_replace_the_earlier_one():
    save(REGISTER, "register.csv")
    board = hand_in(data_page(), ("register (1).csv", register(A, A, B, B)))
    assert "terhitung dua kali" in board.warning[0].value

    chooser = next(box for box in board.selectbox if box.key.startswith("sumber_"))
    chooser.set_value("register").run()
    board.button(key="simpan").click().run()

    assert open_store().load().cases["cases"].sum() == 4
    assert open_store().sources()["source"].tolist() == ["register"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("kosong.xlsx", b"", "kosong"),
        ("foto.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "foto.xlsx"),
        ("kas.xlsx", xlsx([["Uraian", "Debet", "Kredit"], ["Sewa", 1, 2]]), "kas.xlsx"),
    ],
    ids=["empty", "no table", "another subject"],
)
def test_file_that_cannot_be_used_is_refused_in_a_sentence(name, content, sentence):
    board = hand_in(data_page(), (name, content))

    assert not board.exception
    (error,) = board.error
    assert sentence in error.value
    assert error.value.endswith(".")
    assert not has_button(board, "simpan")
    assert open_store().latest() is None


def test_refused_file_does_not_keep_the_others_from_being_saved():
    board = hand_in(data_page(), ("kosong.xlsx", b""), ("register.csv", REGISTER))

    board.button(key="simpan").click().run()

    assert open_store().sources()["source"].tolist() == ["register"]


def test_finding_names_the_row_of_the_sheet():
    board = hand_in(data_page(), ("register.csv", register(A, "Antah Berantah")))

    assert sheets_table(board)["Disisihkan"].sum() == 1
    assert "Baris 3" in "\n".join(text.value for text in board.text)


def test_store_that_cannot_be_written_is_a_sentence_and_saves_nothing(monkeypatch):
    from lk3.errors import UserError

    def fail(*_args, **_kwargs):
        raise UserError("Penyimpanan penuh. Sediakan ruang, lalu coba lagi.")

    monkeypatch.setattr("lk3.ui.views.intake_flow.saving.save_checked", fail)
    board = hand_in(data_page(), ("register.csv", REGISTER))

    board.button(key="simpan").click().run()

    assert not board.exception
    assert board.error[0].value == "Penyimpanan penuh. Sediakan ruang, lalu coba lagi."
    assert open_store().latest() is None
    assert has_button(board, "simpan")
