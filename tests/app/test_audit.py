"""The access log as a session writes it, and the page that shows it."""

from datetime import date
from io import BytesIO
from itertools import takewhile

from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from lk3 import audit
from lk3.access import roles
from lk3.settings import ROOT
from lk3.store import open_store
from lk3.ui import session
from lk3.ui.newest import Newest
from lk3.ui.widgets import tables
from tests.app.boards import PLACES, go_to, open_board, register, run, save, texts

FIRST, SECOND = (PLACES.label(code) for code in PLACES.codes[:2])
PAGE = "manage/audit.py"


def test_restore_of_the_page_is_in_the_log_and_on_its_page():
    save(register(FIRST), "register.csv")
    save(register(SECOND), "register.csv")
    board = go_to(open_board(), "manage/data.py")
    for key in ("pulihkan", "pulihkan_ya"):
        board.button(key=key).click()
        run(board)
    assert open_store().latest() == 3

    found = audit.entries(action="restore")
    assert [detail["version"] for detail in found["detail"]] == [1]

    page = go_to(board, PAGE)
    assert "1 catatan akses ditemukan; 0 di antaranya ditolak." in texts(page)
    assert "pulihkan versi" in page.dataframe[1].value["Tindakan"].tolist()
    page.selectbox(key="jejak_tindakan").select("refused")
    assert "0 catatan akses ditemukan" in texts(run(page))


def test_sign_in_is_logged_once_per_session(monkeypatch):
    who = session.Visitor(roles()["admin"], "a@contoh.id")
    monkeypatch.setattr(session, "visitor", lambda: who)
    board = open_board()
    run(board)

    found = audit.entries(action="sign_in")
    assert list(found["user"]) == [who.name]
    assert list(found["role"]) == ["admin"]


def test_sign_in_is_logged_once_for_all_its_sessions_and_the_next_one_again(monkeypatch):
    def come(at):
        who = session.Visitor(roles()["admin"], "d@contoh.id", signed_in=at)
        monkeypatch.setattr(session, "visitor", lambda: who)
        open_board()
        return len(audit.entries(action="sign_in"))

    assert [come("1700000000"), come("1700000000"), come("1700000900")] == [1, 1, 2]


def test_pages_that_are_looked_at_are_logged_with_filter_and_version(monkeypatch):
    who = session.Visitor(roles()["perencana"], "c@contoh.id")
    save(register(FIRST), "register.csv")
    monkeypatch.setattr(session, "visitor", lambda: who)
    board = open_board()
    board.multiselect(key="masalah").select("KDRT")
    run(board)

    seen = audit.entries(action="view_internal")["detail"].tolist()

    assert [line["version"] for line in seen] == [1] * len(seen)
    filters = {line["filter"] for line in seen}
    assert len(filters) == 2
    assert any(words.endswith("· KDRT") for words in filters)


def test_strangers_at_a_wrong_address_leave_one_line_a_day(monkeypatch):
    """They need no account for it, so a line for each of them could fill the disk."""
    monkeypatch.setattr(session, "_STRANGERS", Newest(10))
    monkeypatch.setattr(session, "visitor", lambda: session.Visitor(refusal=session.WRONG_HOST))
    days = iter([date(2026, 1, 1)] * 3 + [date(2026, 1, 2)])
    monkeypatch.setattr(session.audit, "today", lambda: next(days))
    told = []
    for _visit in range(4):
        open_board()
        told.append(len(audit.entries(action="refused")))

    assert told == [1, 1, 1, 2]


def test_broken_lines_of_the_log_are_said_on_its_page():
    audit.record("import", user="a@contoh.id", rows=4)
    path = next(audit.folder().glob("*.jsonl"))
    path.write_text(path.read_text().replace('"rows": 4', '"rows": 9'))

    page = go_to(open_board(), PAGE)

    assert "0 catatan akses ditemukan" in texts(page)
    assert any("1 baris jejak akses rusak" in each.value for each in page.warning)


def test_page_script_on_its_own_is_refused_and_logged():
    board = AppTest.from_file(ROOT / "pages" / PAGE, default_timeout=60)
    run(board)
    run(board)

    assert "Halaman ini tidak dapat dibuka sendiri" in board.error[0].value
    found = audit.entries(action="refused")
    assert [detail["reason"] for detail in found["detail"]] == ["not_let_in"]


def test_only_the_administrator_reads_the_log():
    assert [key for key, role in roles().items() if role.opens("audit")] == ["admin"]
    assert [key for key, role in roles().items() if role.may("audit")] == ["admin"]


def test_files_of_the_log_say_what_was_looked_for_and_nothing_of_the_sample(monkeypatch):
    """The log is real where the data are not; what else leaves the dashboard says DATA CONTOH."""
    taken = {}

    def take(_label, data, file_name, **_rest):
        taken[file_name] = data

    monkeypatch.setattr(tables.st, "download_button", take)
    audit.record("import", user="a@contoh.id", role="petugas", rows=4)
    page = go_to(open_board(), PAGE)
    page.selectbox(key="jejak_tindakan").select("import")
    run(page)
    go_to(page, "monitor/trends.py")

    about = {name: notes_of(data()) for name, data in taken.items() if name.endswith(".xlsx")}
    logs = [about.pop("jejak-akses.xlsx"), about.pop("ringkasan-bulanan-jejak-akses.xlsx")]
    for notes in logs:
        assert "DATA CONTOH" not in notes
        assert "Sumber" not in notes
        assert notes.startswith(PLACES.title)
        assert notes.splitlines()[0].endswith("Pengguna: semua · Tindakan: simpan data")
    assert about
    assert all("DATA CONTOH: " in notes for notes in about.values())
    assert not any("Unggah" in notes for notes in about.values())  # a file has no page to go to


def notes_of(content):
    """The lines between the title of a table and its first empty row."""
    rows = load_workbook(BytesIO(content)).active.iter_rows(min_row=2, values_only=True)
    return "\n".join(str(row[0]) for row in takewhile(lambda row: row[0], rows))


def test_file_that_is_taken_is_logged(monkeypatch):
    """The button's file is built outside the session, so it is built here as Streamlit does."""
    built = {}
    monkeypatch.setattr(
        tables.st, "download_button", lambda _label, data, key, **_rest: built.update({key: data})
    )
    who = session.Visitor(roles()["petugas"], "b@contoh.id")
    monkeypatch.setattr(tables, "visitor", lambda: who)
    monkeypatch.setattr(tables, "looking_at", lambda: {"filter": "2024 · KDRT", "version": 7})
    tables.download("Unduh", lambda: b"x", name="a.csv", key="uji", rows=4)
    assert audit.entries().empty

    assert built["uji"]() == b"x"

    line = audit.entries().iloc[0]
    assert (line["user"], line["role"], line["action"]) == ("b@contoh.id", "petugas", "export")
    taken = {"page": "uji", "format": "csv", "rows": 4}
    assert line["detail"] == taken | {"filter": "2024 · KDRT", "version": 7}
