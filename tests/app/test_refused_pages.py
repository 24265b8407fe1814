"""A page that a role does not open says so, shows nothing, and is told to the log once."""

import pytest
from streamlit.util import calc_hash

from lk3 import audit
from lk3.access import roles
from lk3.ui import session
from lk3.ui.navigation import PAGES
from tests.app.boards import open_board, run, shown_kinds, texts

NAME = "c@contoh.id"


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

    refused = audit.entries(action="refused")["detail"].tolist()
    assert sorted(line["page"] for line in refused) == ["data", "jejak"]
    seen = audit.entries(action="view_internal")["detail"].tolist()
    assert {line["page"] for line in seen} == {"ringkasan"}
