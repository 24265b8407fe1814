"""The Data page as a flow: questions, changes, what would be gone, the watched folder."""

import time

import pytest

from lk3.dataset import answers_in
from lk3.errors import UserError
from lk3.inbox import Inbox
from lk3.store import open_store
from lk3.ui.watching import look_once
from tests.app.boards import PLACES, footer_rows, go_to, register, run, save, texts
from tests.app.test_upload import data_page, hand_in, has_button

A, B = (PLACES.label(code) for code in PLACES.codes[:2])
MISSPELT = f"{A} Baru"  # begins like an area, so it is suggested and asked


def step(board):
    """The title of the current step, without its number."""
    (found,) = [m.split("<span>")[1] for m in html(board).split("<li ")[1:] if "aria-current" in m]
    return found.split("<")[0]


def html(board):
    return "\n".join(element.proto.body for element in board.get("html"))


def question_box(board):
    return next(box for box in board.selectbox if str(box.key).startswith("jawaban_"))


def press(board, start):
    button = next(b for b in board.button if str(b.key).startswith(start))
    button.click()
    return run(board)


def tick(board):
    board.checkbox[0].check()
    return run(board)


def choose(board, code):
    question_box(board).set_value(code)
    return run(board)


def alerts(board):
    kinds = (board.error, board.warning, board.success, board.info)
    return "\n".join(element.value for kind in kinds for element in kind)


# --- Steps --------------------------------------------------------------------------------------


def test_steps_lead_from_the_choice_of_files_to_the_click_that_saves():
    board = data_page()
    assert step(board) == "Pilih berkas"
    assert "folder masuk" not in texts(board), "there is none"

    hand_in(board, ("kosong.xlsx", b""))
    assert step(board) == "Pilih berkas"

    hand_in(board, ("register.csv", register(A, B)))
    assert step(board) == "Simpan"
    assert "Kasus: 2 baru; yang tersimpan 0 menjadi 2." in texts(board)


def test_saved_file_makes_room_for_the_next_one():
    board = hand_in(data_page(), ("register.csv", register(A)))
    press(board, "simpan")

    assert "register.csv tersimpan sebagai versi 1" in alerts(board).replace("\\", "")
    assert not has_button(board, "simpan")
    board = hand_in(board, ("lain.csv", register(B, day="2024-02-02")))
    assert "tersimpan sebagai versi" not in alerts(board)
    assert has_button(board, "simpan")


def test_files_are_still_there_after_another_page_was_open_until_they_are_let_go():
    board = hand_in(data_page(), ("register.csv", register(A, B)))
    go_to(board, "manage/methods.py")
    go_to(board, "manage/data.py")

    assert "Sedang diperiksa: register.csv" in texts(board)
    assert has_button(board, "simpan")

    press(board, "data_lepaskan")
    assert not has_button(board, "simpan")


def test_file_that_is_taken_out_of_the_uploader_is_gone():
    board = hand_in(data_page(), ("a.csv", register(A)), ("b.csv", register(B, day="2024-01-02")))

    hand_in(board, ("b.csv", register(B, day="2024-01-02")))
    press(board, "simpan")

    assert open_store().sources()["source"].tolist() == ["b"]


def test_long_file_shows_how_far_it_is_and_is_read_the_same(monkeypatch):
    told = []
    monkeypatch.setattr("lk3.ui.views.intake_flow.checking._LONG_BYTES", 0)
    monkeypatch.setattr("lk3.ui.views.intake_flow.checking._STAGES", _Noted(told))

    board = hand_in(data_page(), ("register.csv", register(A, B)))

    assert told == ["reading", "sorting", "cleaning", "comparing"]
    assert "2 kasus" in texts(board)


class _Noted(dict):
    """A dictionary that notes what is looked up."""

    def __init__(self, told):
        super().__init__()
        self.told = told

    def get(self, key, default=None):
        self.told.append(key)
        return key


# --- Questions ----------------------------------------------------------------------------------


def test_unknown_spelling_is_asked_and_nothing_is_chosen_beforehand():
    board = hand_in(data_page(), ("register.csv", register(A, MISSPELT)))

    box = question_box(board)
    assert step(board) == "Yang perlu dijawab"
    assert MISSPELT in texts(board)
    assert box.value is None
    assert box.options[0] == f"{A} (saran)"
    assert next(b for b in board.button if str(b.key).startswith("jawab_")).disabled


def test_answer_is_tried_out_then_remembered_and_can_be_taken_back():
    board = hand_in(data_page(), ("register.csv", register(A, MISSPELT, MISSPELT)))

    choose(board, PLACES.codes[0])
    assert "baris dipakai 1 → 3, disisihkan 2 → 0" in texts(board).replace("\\", "")
    assert len(answers_in(open_store())) == 0

    press(board, "jawab_")
    assert len(answers_in(open_store())) == 1
    assert step(board) == "Simpan"
    assert "Kasus: 3 baru" in texts(board)

    press(board, "urungkan_")
    assert len(answers_in(open_store())) == 0
    assert question_box(board).value is None
    assert open_store().latest() is None


def test_same_question_of_two_files_is_asked_once():
    first = register(A, MISSPELT)
    board = hand_in(
        data_page(), ("a.csv", first), ("b.csv", register(MISSPELT, B, day="2024-03-20"))
    )

    assert sum(str(box.key).startswith("jawaban_") for box in board.selectbox) == 1
    assert "2 baris" in texts(board)


def test_file_may_be_saved_with_its_questions_open():
    board = hand_in(data_page(), ("register.csv", register(A, MISSPELT)))

    assert "1 pertanyaan belum dijawab" in alerts(board)
    press(board, "simpan")

    assert open_store().load().cases["cases"].sum() == 1


# --- Changes ------------------------------------------------------------------------------------


def test_same_file_again_changes_nothing():
    save(register(A, B), "register.csv")

    board = hand_in(data_page(), ("register.csv", register(A, B)))

    assert "Tidak ada perubahan" in alerts(board)


def test_correction_is_shown_by_kelurahan_and_month():
    save(register(A, A, day="2025-03-14"), "register.csv")

    board = hand_in(data_page(), ("register.csv", register(A, B, B, day="2025-03-14")))

    said = "Kasus: 1 baru, 1 berubah (1 pindah kelurahan atau bulan); yang tersimpan 2"
    assert said in texts(board)
    areas = next(t.value for t in board.dataframe if "Jumlah" in t.value.columns)
    assert areas.set_index("Kelurahan")[["Baru", "Berubah", "Hilang", "Jumlah"]].loc[
        [A, B]
    ].to_numpy().tolist() == [[0, 0, 0, "2 → 1"], [1, 1, 0, "0 → 2"]]


def test_nothing_that_would_be_gone_is_saved_without_a_tick():
    save(register(A, A, B), "register.csv")
    board = hand_in(data_page(), ("register.csv", register(A, A)))

    assert step(board) == "Yang berubah"
    assert "1 kasus yang sekarang tersimpan tidak ada lagi" in texts(board)
    assert B in texts(board)
    assert board.button(key="simpan").disabled
    assert "mencentangnya" in alerts(board)

    tick(board)
    assert step(board) == "Simpan"
    press(board, "simpan")
    assert open_store().load().cases["cases"].sum() == 2


def test_click_on_what_somebody_else_has_changed_saves_nothing():
    board = hand_in(data_page(), ("register.csv", register(A, B)))
    save(register(B, B, day="2024-01-02"), "lain.csv")

    press(board, "simpan")

    assert "baru saja berubah" in alerts(board)
    assert open_store().sources()["source"].tolist() == ["lain"]
    press(board, "simpan")
    assert open_store().sources()["source"].tolist() == ["lain", "register"]


# --- The watched folder -------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A watched folder that the page looks into, and which a test looks at when it wants to."""
    inbox = Inbox(tmp_path, open_store(), PLACES, pause=0.01)
    monkeypatch.setattr("lk3.ui.views.intake_flow.waiting.inbox_here", lambda: inbox)

    def drop(name, content):
        (tmp_path / name).write_bytes(content)
        inbox.look()
        time.sleep(0.03)
        inbox.look()

    return drop


def test_file_in_the_watched_folder_waits_for_a_click(folder):
    folder("masuk.csv", register(A, B))
    board = data_page()
    assert "Menunggu di folder masuk" in "\n".join(s.value for s in board.subheader)
    assert "2 baris dipakai" in texts(board)
    assert open_store().latest() is None

    press(board, "masuk_")
    assert step(board) == "Simpan"
    assert not any(str(b.key).startswith("masuk_") for b in board.button), "it is open already"
    press(board, "simpan")

    assert open_store().sources()["source"].tolist() == ["masuk"]
    assert footer_rows(board)[1] == 2


@pytest.mark.parametrize("error", [UserError("Klien Uji 7"), ValueError("Klien Uji 7")])
def test_look_that_fails_is_logged_without_values_and_the_next_one_tries_again(
    monkeypatch, caplog, error
):
    def fail():
        raise error

    monkeypatch.setattr("lk3.ui.watching.inbox_here", fail)

    look_once()
    look_once()

    assert len(caplog.records) == 2
    assert "Klien" not in caplog.text


def test_watched_folder_says_what_is_refused_and_what_is_saved(folder):
    save(register(A), "masuk.csv")
    folder("masuk.csv", register(A))
    folder("foto.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64))

    said = texts(data_page())

    assert "1 berkas di folder masuk sudah tersimpan" in said
    assert "gambar PNG" in said
