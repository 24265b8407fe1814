"""The watched folder: real files and a real store; the time between two looks is made short."""

import json
import os
import subprocess
import sys
import time

import pytest

from lk3 import inbox as watched
from lk3.cli import main
from lk3.dataset import import_file, remember
from lk3.inbox import Inbox, inbox_here, spreadsheets_in
from lk3.intake import Answer
from lk3.places import load_places
from lk3.settings import ROOT
from lk3.store import AlreadySavedError, open_store
from tests.workbooks import REGISTER, xlsx

PLACES = load_places()
PAUSE = 0.05
ROWS = [
    [1, "001", "15/01/2024", "Loktuan", "KDRT", "proses"],
    [2, "002", "16/01/2024", "Guntung", "KDRT", "selesai"],
]
UNKNOWN = [3, "003", "17/01/2024", "Berbas Lestari", "KDRT", "proses"]
BOOK = xlsx([REGISTER, *ROWS])


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "masuk"
    made.mkdir()
    return made


@pytest.fixture
def inbox(folder):
    return Inbox(folder, open_store(), PLACES, pause=PAUSE)


@pytest.fixture
def auto(monkeypatch):
    monkeypatch.setenv("LK3_INBOX_AUTO", "1")


def drop(folder, content=BOOK, name="register.xlsx"):
    (folder / name).write_bytes(content)


def looked(inbox):
    """What two looks, far enough apart, have found."""
    inbox.look()
    time.sleep(PAUSE * 1.5)
    return inbox.look()


def states(arrivals):
    return {arrival.file: arrival.state for arrival in arrivals}


# --- Waiting ------------------------------------------------------------------------------------


def test_folder_that_is_not_there_is_an_empty_one(tmp_path):
    assert looked(Inbox(tmp_path / "none", open_store(), PLACES, pause=PAUSE)) == ()


def test_file_is_checked_and_waits_and_nothing_is_saved(inbox, folder):
    drop(folder)

    (arrival,) = looked(inbox)

    assert (arrival.state, arrival.rows_used, arrival.questions) == ("waiting", 2, 0)
    assert open_store().latest() is None
    assert (folder / "register.xlsx").read_bytes() == BOOK


def test_file_is_left_until_two_looks_have_found_it_the_same(inbox, folder):
    drop(folder, BOOK[:500])
    inbox.look()
    time.sleep(PAUSE * 1.5)
    drop(folder)  # the rest arrives between the looks
    assert states(inbox.look()) == {"register.xlsx": "arriving"}

    time.sleep(PAUSE * 1.5)
    assert states(inbox.look()) == {"register.xlsx": "waiting"}


def test_two_looks_in_a_row_are_not_enough(folder):
    inbox = Inbox(folder, open_store(), PLACES, pause=60)
    drop(folder)

    assert states(inbox.look()) == states(inbox.look()) == {"register.xlsx": "arriving"}


def test_file_that_another_program_holds_is_left(inbox, folder, monkeypatch):
    drop(folder)
    monkeypatch.setattr(watched.Arrival, "read", _locked)
    assert states(looked(inbox)) == {"register.xlsx": "arriving"}

    monkeypatch.undo()
    assert states(inbox.look()) == {"register.xlsx": "waiting"}


def _locked(_arrival):
    raise PermissionError("used by another process")


@pytest.mark.parametrize(
    "name",
    ["~$register.xlsx", ".register.xlsx", "register.xlsx.tmp", "register.xlsx.part",
     "register.xlsx.crdownload", "desktop.ini", "foto.jpg"],
)  # fmt: skip
def test_locks_half_downloads_and_other_files_are_passed_over(folder, name):
    drop(folder, name=name)

    assert list(spreadsheets_in(folder)) == []


def test_refused_file_says_why_in_one_sentence(inbox, folder):
    drop(folder, b"\x89PNG\r\n\x1a\n" + bytes(64))

    (arrival,) = looked(inbox)

    assert arrival.state == "refused"
    assert "register.xlsx" in arrival.sentence()
    assert "PNG" in arrival.sentence()


def test_file_over_the_limit_is_refused_without_being_read(inbox, folder, monkeypatch):
    monkeypatch.setenv("LK3_MAX_UPLOAD_MB", "1")
    monkeypatch.setattr(watched.Arrival, "read", _locked)
    drop(folder, bytes(1_200_000))

    (arrival,) = looked(inbox)

    assert arrival.state == "refused"
    assert "1,2 MB" in arrival.sentence()


def test_file_that_is_changed_waits_again(inbox, folder):
    drop(folder)
    looked(inbox)
    drop(folder, xlsx([REGISTER, *ROWS, [4, "004", "18/01/2024", "Guntung", "KDRT", "baru"]]))

    (arrival,) = looked(inbox)

    assert (arrival.state, arrival.rows_used) == ("waiting", 3)


def test_file_that_is_taken_away_waits_no_longer(inbox, folder):
    drop(folder)
    looked(inbox)
    (folder / "register.xlsx").unlink()

    assert inbox.look() == ()


def test_answer_is_heeded_at_the_next_look(inbox, folder):
    drop(folder, xlsx([REGISTER, *ROWS, UNKNOWN]))
    (asked,) = looked(inbox)
    assert (asked.questions, asked.reasons) == (1, ("questions",))

    remember(open_store(), Answer("value", "kelurahan", "Berbas Lestari", PLACES.codes[0]))

    (arrival,) = inbox.look()
    assert (arrival.questions, arrival.rows_used) == (0, 3)


def test_file_that_somebody_has_saved_is_said_to_be_saved(inbox, folder):
    drop(folder)
    looked(inbox)

    _checked, version = import_file(open_store(), PLACES, BOOK, "register.xlsx")

    (arrival,) = inbox.look()
    assert (arrival.state, arrival.version) == ("saved", version)


# --- Saved by itself ----------------------------------------------------------------------------


def test_file_without_questions_is_saved_by_itself_once(inbox, folder, auto):
    drop(folder)

    (arrival,) = looked(inbox)
    looked(inbox)

    (version,) = open_store().versions()
    assert (arrival.state, arrival.version) == ("saved", version.number)
    assert (version.source, version.user) == ("register", "otomatis")
    assert (folder / "register.xlsx").exists()


@pytest.mark.parametrize("wanted", ["", "0", "yes"])
def test_nothing_is_saved_by_itself_unless_it_is_set(inbox, folder, monkeypatch, wanted):
    monkeypatch.setenv("LK3_INBOX_AUTO", wanted)
    drop(folder)

    assert states(looked(inbox)) == {"register.xlsx": "waiting"}
    assert open_store().latest() is None


def test_file_with_a_question_waits_and_is_saved_once_it_is_answered(inbox, folder, auto):
    drop(folder, xlsx([REGISTER, *ROWS, UNKNOWN]))
    assert states(looked(inbox)) == {"register.xlsx": "waiting"}

    remember(open_store(), Answer("value", "kelurahan", "Berbas Lestari", PLACES.codes[0]))

    assert states(inbox.look()) == {"register.xlsx": "saved"}
    assert len(open_store().load().cases) == 3


def test_file_in_which_a_held_case_is_missing_waits(inbox, folder, auto):
    drop(folder)
    looked(inbox)
    drop(folder, xlsx([REGISTER, ROWS[0]]))

    (arrival,) = looked(inbox)

    assert (arrival.state, arrival.reasons) == ("waiting", ("gone",))
    assert len(open_store().load().cases) == 2


def test_file_with_more_and_corrected_rows_replaces_its_source(inbox, folder, auto):
    drop(folder)
    looked(inbox)
    corrected = [1, "001", "15/01/2024", "Loktuan", "KDRT", "selesai"]
    drop(folder, xlsx([REGISTER, corrected, ROWS[1], [3, "003", "17/01/2024", "Guntung", "KDRT"]]))

    assert states(looked(inbox)) == {"register.xlsx": "saved"}
    assert len(open_store().load().cases) == 3


def test_copy_under_another_name_waits_so_that_no_case_counts_twice(inbox, folder, auto):
    drop(folder)
    looked(inbox)
    drop(
        folder, xlsx([REGISTER, *ROWS, [3, "009", "17/01/2024", "Guntung", "KDRT"]]), "salinan.xlsx"
    )

    arrivals = looked(inbox)

    assert states(arrivals) == {"register.xlsx": "saved", "salinan.xlsx": "waiting"}
    assert arrivals[0].reasons == ("overlap",)


def test_file_of_another_kind_with_the_name_of_a_source_waits(inbox, folder, auto):
    drop(folder)
    looked(inbox)
    text = "No Reg,Tgl Masuk,Kelurahan,Jenis Masalah\n001,15/02/2024,Guntung,KDRT\n"
    drop(folder, text.encode(), "register.csv")

    found = {arrival.file: arrival.reasons for arrival in looked(inbox)}

    assert "other_file" in found["register.csv"]


def test_what_was_taken_back_is_not_saved_again(inbox, folder, auto):
    other = [
        ["No. Reg", "Tgl Masuk", "Kelurahan", "Jenis Masalah"],
        ["1", "15/01/2022", "Guntung", "KDRT"],
    ]
    store = open_store()
    _checked, first = import_file(store, PLACES, xlsx(other), "lama.xlsx")
    drop(folder)
    looked(inbox)
    store.restore(first)

    again = Inbox(folder, store, PLACES, pause=PAUSE)  # as after a new start of the server

    assert states(looked(again)) == {"register.xlsx": "saved"}
    assert store.sources()["source"].tolist() == ["lama"]


_LOOK = """
import sys, time
from pathlib import Path
from lk3.inbox import Inbox
from lk3.places import load_places
from lk3.store import open_store
box = Inbox(Path(sys.argv[1]), open_store(), load_places(), pause=0.05)
box.look()
print("ready", flush=True)
sys.stdin.readline()
box.look()
"""


def test_two_processes_that_look_at_once_save_a_file_once(folder, auto):
    drop(folder)
    command = [sys.executable, "-c", _LOOK, str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, cwd=ROOT, env={**os.environ}, **pipes) for _ in range(2)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    time.sleep(PAUSE * 1.5)
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=120)

    assert [process.returncode for process in processes] == [0, 0]
    assert len(open_store().versions()) == 1


def test_store_saves_a_file_once_when_asked_to():
    from tests.unit.test_store import tables

    store, account = open_store(), {"file": "a.xlsx", "digest": "abc"}
    store.save("a", tables("x"), accounting=account)
    store.remove("a")

    with pytest.raises(AlreadySavedError, match="sudah pernah disimpan"):
        store.save("b", tables("x"), accounting=account, once=True)
    assert store.save("a", tables("x"), accounting=account) == 3  # a person may


def test_inbox_of_the_settings_is_one_for_the_process(monkeypatch, folder):
    monkeypatch.setenv("LK3_INBOX", str(folder))

    assert inbox_here() is inbox_here()
    assert inbox_here().folder == folder


# --- The command line ---------------------------------------------------------------------------


@pytest.fixture
def command(monkeypatch, folder, inbox, capsys):
    """`python -m lk3 inbox` on the folder of the test."""
    monkeypatch.setattr("lk3.cli.inbox.inbox_here", lambda: inbox)

    def run(*words):
        code = main(["inbox", *words])
        return code, capsys.readouterr().out

    return run


def test_command_tells_what_waits(command, folder):
    drop(folder, xlsx([REGISTER, *ROWS, UNKNOWN]))

    code, said = command("--once")

    assert code == 0
    assert said == (
        "register.xlsx: menunggu di halaman Data (2 baris dipakai, 1 disisihkan, ada yang harus "
        "dijawab)\n"
    )


def test_command_saves_what_may_be_saved_by_itself(command, folder, auto):
    drop(folder)

    assert command("--once") == (0, "register.xlsx: tersimpan sebagai versi 1\n")
    assert json.loads(command("--json")[1])["files"][0]["version"] == 1


def test_command_says_that_the_folder_is_not_there(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("LK3_INBOX", str(tmp_path / "none"))

    assert main(["inbox", "--once"]) == 2
    assert "tidak ada. Buat folder itu" in capsys.readouterr().err
