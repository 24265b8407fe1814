"""What pages keep: nobody gets what was made for other data, another filter or another language."""

import numpy as np
import pandas as pd
import pytest

from lk3.counts import Filter, Period
from lk3.indicators.planning import Planning
from lk3.store import open_store
from lk3.tables import CASES, FINDINGS, MEMBERS, POPULATION, Tables
from lk3.ui.keeping import Made, kept, kept_for_all
from lk3.ui.view import View
from tests.app.boards import (
    PLACES,
    card,
    go_to,
    open_board,
    register,
    run,
    save,
    texts,
    written_figures,
)

ROWS = 300_000


class Key:
    """The data of a test, in the place of `ui.data.Held`."""

    def __init__(self):
        self.made, self.notes, self.planning, self.key = Made(), ("store", 0), Planning(), "key"


def many_cases(rows: int, *, kelurahan: str) -> pd.DataFrame:
    """As many cases of one day in one kelurahan."""
    frame = pd.DataFrame({"case_id": np.arange(rows).astype("str")})
    return CASES.conform(
        frame.assign(
            reported_on=pd.Timestamp("2025-03-04"),
            reported_precision="day",
            kelurahan_code=kelurahan,
            problem="kdrt",
            problems="kdrt",
            status="baru",
            source="besar",
        )
    )


def save_cases(cases: pd.DataFrame) -> None:
    others = (schema.empty() for schema in (MEMBERS, POPULATION, FINDINGS))
    account = {"file": "besar.xlsx", "kind": "cases"}
    rows = dict.fromkeys(("rows_read", "rows_used", "rows_set_aside", "rows_not_data"), len(cases))
    open_store().save("besar", Tables(cases, *others), accounting=account | rows)


def test_a_change_of_one_cell_of_300_000_rows_changes_the_page():
    cases = many_cases(ROWS, kelurahan=PLACES.codes[0])
    save_cases(cases)
    board = go_to(open_board(periode="2025"), "monitor/map.py")
    before = written_figures(board)
    cases.loc[ROWS // 2, "kelurahan_code"] = PLACES.codes[1]
    save_cases(cases)
    after = written_figures(run(board))
    assert len(before) == len(after) == 2
    assert all(old != new for old, new in zip(before, after, strict=True))


def test_what_is_shown_again_is_what_was_shown():
    save(register("Guntung", "Guntung", "Loktuan"), "register.csv")
    board = open_board(periode="2025")
    first = texts(board), written_figures(board)
    board = run(board)
    assert first == (texts(board), written_figures(board))


def test_a_second_session_with_another_filter_or_language_gets_its_own():
    save(register("Guntung", "Loktuan"), "satu.csv")
    save(register("Guntung", day="2024-03-04"), "dua.csv")
    one, two = open_board(periode="2025"), open_board(periode="2024", lang="en")
    assert (card(one, "Kasus"), card(two, "Cases")) == ("2", "1")
    assert "Sumber:" in texts(run(one))
    assert "Sumber:" not in texts(run(two))


@pytest.fixture
def calls():
    return []


@pytest.fixture
def remember(calls):
    @kept
    def what_is_seen(view, wish=0):
        calls.append((view.filter, view.selected, wish))
        return len(calls)

    return what_is_seen


def view(held=None, *, year=2025, selected=None):
    return View(held or Key(), Filter(Period.year(year)), selected)


def test_a_thing_is_made_once_for_what_is_looked_at(remember, calls):
    held = Key()
    assert remember(view(held)) == remember(view(held)) == 1
    assert len(calls) == 1


@pytest.mark.parametrize("change", ["filter", "kelurahan", "wish", "notes", "planning", "data"])
def test_a_thing_is_made_anew_for_whatever_else_is_looked_at(remember, calls, change):
    held = Key()
    remember(view(held))
    if change == "notes":
        held.notes = ("store", 1)
    if change == "planning":
        held.planning = Planning(targets=())
    other = view(
        Key() if change == "data" else held,
        year=2024 if change == "filter" else 2025,
        selected=PLACES.codes[0] if change == "kelurahan" else None,
    )
    assert remember(other, wish=int(change == "wish")) == 2


def test_what_is_kept_for_all_cannot_see_the_chosen_kelurahan():
    seen = kept_for_all(lambda view: view.selected)
    assert seen(view(selected=PLACES.codes[0])) is None


def test_only_so_many_things_are_kept_the_latest_wanted_ones():
    made = Made(most=2)
    for key in ("a", "b", "a", "c"):
        made.get(key, lambda key=key: key)
    assert len(made) == 2
    assert made.get("a", lambda: "anew") == "a"
    assert made.get("b", lambda: "anew") == "anew"


def test_a_failure_is_not_kept():
    made = Made()
    with pytest.raises(ZeroDivisionError):
        made.get("a", lambda: 1 // 0)
    assert made.get("a", lambda: "well") == "well"
