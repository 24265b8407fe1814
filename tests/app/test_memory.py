"""Two hundred runs of a session leave nothing behind: objects are counted, not bytes, which noise
would hide.
"""

import gc
import logging
import weakref
from collections import Counter

import pytest

from tests.app.boards import go_to, open_board, run

DEAR, CHEAP = "monitor/overview.py", "manage/methods.py"
PERIODS = ("2024", "2023")
WARM, RUNS = 60, 200  # both on the same page, in the same period


def living():
    """What the collector tracks, by type. pandas keeps dead weak references to what shared a block
    until there are many, and throws them away then.
    """
    gc.collect()
    counted = Counter(type(each) for each in gc.get_objects())
    del counted[weakref.ReferenceType]
    return counted


@pytest.fixture
def quiet():
    """Streamlit warns in each run that this is no server, and pytest would keep each warning."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def test_memory_does_not_grow_over_two_hundred_runs(quiet):
    board = open_board(periode=PERIODS[0])
    for number in range(1, RUNS + 1):
        if number % 20 in (1, 3):  # otherwise the period changes, on the page that is open
            board = go_to(board, DEAR if number % 20 == 1 else CHEAP)
        board.session_state["periode"] = PERIODS[number % 2]
        run(board)
        if number == WARM:
            before = living()
    grown = living() - before
    assert not board.exception
    # one object kept by each run would be 140, and ten by each run of the dear page as many
    assert max(grown.values(), default=0) < 100, grown.most_common(5)
