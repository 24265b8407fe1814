"""A page that a role does not open says so, shows nothing, and is told to the log once."""

import pytest
from streamlit.util import calc_hash

from lk3 import audit
from lk3.access import roles
from lk3.ui import session
from lk3.ui.navigation import PAGES
from tests.app.boards import PLACES, open_board, register, run, save, shown_kinds, texts

NAME = "c@contoh.id"
WAY_ON = "Buka Ringkasan"


@pytest.fixture
def planner(monkeypatch):
    monkeypatch.setattr(session, "visitor", lambda: session.Visitor(roles()["perencana"], NAME))


def ask(board, address):
    """As a browser does that goes to an address of the running dashboard."""
    board._page_hash = calc_hash(address)
    return run(board)


def test_closed_page_says_for_whom_it_is_closed_and_is_logged_once(planner):
    board = open_board()
    for page in (page for page in PAGES if page.key in ("data", "audit")):
        board = ask(board, page.url_path)
        run(board)
        assert f"Halaman {page.title} tidak dibuka untuk peran Perencana." in texts(board)
        assert shown_kinds(board) == []
        (way_on,) = [each.proto for each in board.get("page_link") if each.proto.label == WAY_ON]
        assert way_on.page_script_hash == calc_hash("ringkasan-")  # the first page of the role

    refused = audit.entries(action="refused")["detail"].tolist()
    assert sorted(line["page"] for line in refused) == ["data", "jejak"]
    seen = audit.entries(action="view_internal")["detail"].tolist()
    assert {line["page"] for line in seen} == {"ringkasan"}


def test_closed_page_says_who_opens_it(planner):
    board = open_board()
    assert "Yang dapat membukanya: Petugas data dan Pengelola." in texts(ask(board, "data"))
    assert "Yang dapat membukanya: Pengelola." in texts(ask(board, "jejak"))


@pytest.mark.parametrize("role", roles())
def test_only_who_may_upload_is_told_to(role, monkeypatch):
    monkeypatch.setattr(session, "visitor", lambda: session.Visitor(roles()[role], NAME))
    said = texts(open_board())
    uploads = "Unggah berkas di halaman Data" in said
    asks = "Yang dapat menggantinya: Petugas data dan Pengelola." in said
    assert (uploads, asks) == ((True, False) if role in ("petugas", "admin") else (False, True))


def test_only_who_may_upload_is_told_to_hand_in_the_members(monkeypatch):
    save(register(PLACES.label(PLACES.codes[0])), "register.csv")
    for role, way_on in (
        ("pimpinan", "Yang dapat mengunggahnya: Petugas data dan Pengelola."),
        ("petugas", "Unggah di halaman Data."),
    ):
        who = session.Visitor(roles()[role], NAME)
        monkeypatch.setattr(session, "visitor", lambda who=who: who)
        (said,) = [i.value for i in open_board().info if "Daftar anggota" in i.value]
        assert said.endswith(f"belum ada artinya. {way_on}")
