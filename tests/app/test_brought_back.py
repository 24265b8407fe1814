"""A server that goes on while its store is brought back from a backup shows what came back."""

from datetime import date

from lk3.indicators.annotations import Annotation, keep_annotation
from lk3.store import open_store
from lk3.store.backup import back_up, bring_back
from lk3.ui import data
from tests.app.boards import PLACES, footer_rows, open_board, register, run, save

FIRST, SECOND = (PLACES.label(code) for code in PLACES.codes[:2])
DAY = date(2025, 3, 4)


def test_store_that_reaches_a_version_again_shows_its_new_rows(tmp_path):
    save(register(FIRST), "register.csv")
    back_up(open_store(), tmp_path / "b.zip")
    save(register(FIRST, FIRST, FIRST), "register.csv")
    board = open_board()
    assert footer_rows(board)[1] == 3

    bring_back(open_store(), tmp_path / "b.zip", replace=True)
    save(register(FIRST, SECOND), "register.csv")
    assert open_store().latest() == 2

    assert footer_rows(run(board))[1] == 2


def test_notes_that_reach_a_version_again_show_their_new_words(tmp_path, monkeypatch):
    monkeypatch.setattr(data, "require_let_in", lambda: None)
    save(register(FIRST), "register.csv")
    back_up(open_store(), tmp_path / "b.zip")
    keep_annotation(open_store().notes, Annotation(DAY, "Catatan lama"))
    assert [each.text for each in data.trend_notes()[0]] == ["Catatan lama"]
    before = data.held_data()

    bring_back(open_store(), tmp_path / "b.zip", replace=True)
    keep_annotation(open_store().notes, Annotation(DAY, "Catatan baru"))

    assert [each.text for each in data.trend_notes()[0]] == ["Catatan baru"]
    after = data.held_data()
    assert before.notes[:2] == after.notes[:2]  # the same number of the same store
    assert before.notes != after.notes
