"""Every page in every state of the data: it says something, and the account of rows is right."""

import pytest

from lk3.intake import check_file
from lk3.settings import ROOT, SAMPLE_DIR
from lk3.ui.navigation import PAGES
from tests.app.boards import PLACES, footer_rows, go_to, open_board, register, save, texts

FIRST = PLACES.label(PLACES.codes[0])
EVERY = [PLACES.label(code) for code in PLACES.codes]
BARE = "meeting"  # slides fill the screen: they say place, period and version themselves
LOG = "audit"  # real lines, whatever the data: nothing on it is of a sample
LONG = "Sengketa " + "berkepanjangan " * 12

# What is saved (None: nothing, so the sample is shown), what is chosen, and the rows that the
# footer must then name as used and set aside. A register is its header and one row per name.
STATES = {
    "sample": (None, {}),
    "one row": (register(FIRST), {}),
    "all values equal": (register(*EVERY), {}),
    "a filter that matches nothing": (register(FIRST), {"masalah": ["napza"]}),
    "one kelurahan selected": (None, {"kelurahan": PLACES.codes[0]}),
    "a kecamatan chosen": (None, {"kecamatan": [PLACES.districts[0]]}),
    "a very long category": (register(FIRST).replace(b"KDRT", LONG.encode()), {}),
}


@pytest.fixture(params=STATES)
def board(request):
    content, choices = STATES[request.param]
    if content is not None:
        save(content, "register.csv")
    return open_board(**choices), content


def expected_rows(content):
    """Rows read, used, set aside, no data: from the files themselves, for ours from their lines."""
    if content is None:
        files = [(path.read_bytes(), path.name) for path in sorted(SAMPLE_DIR.glob("*.xlsx"))]
    else:
        files = [(content, "register.csv")]
    checked = [check_file(data, name, places=PLACES, key=b"any") for data, name in files]
    parts = ("rows_read", "rows_used", "rows_set_aside", "rows_not_data")
    return [sum(getattr(each, part) for each in checked) for part in parts]


def test_every_page_speaks_and_accounts_for_every_row(board):
    """One session walks through all pages, as a user does: state of one page reaches the next."""
    session, content = board
    rows = expected_rows(content)
    assert rows[0] == sum(rows[1:])

    for page in PAGES:
        go_to(session, page.path)

        assert not session.exception, page.key
        assert not session.error, f"{page.key}: {session.error[0].value}"
        assert session.title[0].value.strip(), f"{page.key} has no headline"
        is_sample = content is None and page.key != LOG
        assert ("DATA CONTOH" in texts(session)) == is_sample, page.key
        if page.key not in (BARE, LOG):
            assert footer_rows(session) == rows, page.key


def test_rows_of_a_register_are_its_lines():
    """The account that the footer is compared with, counted by hand: 3 names, 1 header."""
    assert expected_rows(register(*EVERY[:3])) == [4, 3, 0, 1]


def test_english_pages_have_english_frames():
    session = open_board(lang="en")

    for page in PAGES:
        said = texts(go_to(session, page.path))
        assert not session.exception, page.key
        if page.key != LOG:
            assert "SAMPLE DATA" in said, page.key
            assert ("data as of" if page.key == BARE else "Rows read") in said, page.key
        assert "Baris" not in said, page.key


def test_rates_on_an_estimated_population_say_so():
    session = open_board()

    for key in ("overview", "map", "profile"):
        page = next(page for page in PAGES if page.key == key)
        assert "perkiraan" in texts(go_to(session, page.path)), key


def test_filter_that_matches_nothing_is_said():
    save(register(FIRST), "register.csv")

    session = open_board(masalah=["napza"])

    assert "Tidak ada kasus" in texts(session)


def test_every_page_of_the_navigation_has_its_script():
    missing = [page.path for page in PAGES if not (ROOT / "pages" / page.path).is_file()]

    assert missing == []
