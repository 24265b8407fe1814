"""Whatever two states are: the old one, without what is removed and with what is added, is the new
one; and nothing that could stay is taken out.
"""

from collections import Counter

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lk3.changes import TableChanges, changes_between
from lk3.tables import CASES, Tables
from tests.tables_for_tests import A, B

CONTENT = ("reported_on", "reported_precision", "kelurahan_code", "status", "closed_on",
           "breakdown")  # fmt: skip
ROW = st.fixed_dictionaries(
    {
        "case_id": st.sampled_from(["", "", "", "1", "2", "3"]),
        "reported_on": st.sampled_from(["2023-01-01", "2023-02-01"]),
        "reported_precision": st.just("month"),
        "kelurahan_code": st.sampled_from([A, B]),
        "status": st.sampled_from(["baru", "selesai"]),
        "closed_on": st.none(),
        "cases": st.integers(1, 4),
        "breakdown": st.sampled_from(["", "", "", "sex"]),
    }
)
ROWS = st.lists(ROW, max_size=8)


def tables(rows: list[dict]) -> Tables:
    frame = pd.DataFrame(rows, columns=list(ROW_NAMES))
    for name in ("reported_on", "closed_on"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    frame["cases"] = frame["cases"].astype("int64")
    empty = Tables.empty()
    return Tables(CASES.conform(frame), empty.members, empty.population, empty.findings)


ROW_NAMES = ("case_id", "cases", *CONTENT)


def bag(frame: pd.DataFrame, number: str) -> Counter:
    """How many cases each content stands for, whatever their numbers."""
    found: Counter = Counter()
    for row in frame.to_dict("records"):
        found[tuple(str(row[name]) for name in CONTENT)] += row[number]
    return found


def difference(before: list[dict], after: list[dict]) -> TableChanges:
    return changes_between(tables(before), tables(after)).cases


@given(before=ROWS, after=ROWS)
@settings(max_examples=13)
def test_old_rows_with_the_changes_are_the_new_rows(before, after):
    changes = difference(before, after)

    old, new = bag(tables(before).cases, "cases"), bag(tables(after).cases, "cases")
    removed, added = bag(changes.removed, "n"), bag(changes.added, "n")
    assert all(old[content] >= n for content, n in removed.items())
    old.subtract(removed)
    old.update(added)
    assert +old == +new

    counted = [sum(r["cases"] for r in rows if not r["breakdown"]) for rows in (before, after)]
    assert [changes.before, changes.after] == counted


def test_rows_of_one_number_that_differ_in_their_count_alone_are_alike_in_any_order():
    row = {"case_id": "2", "reported_on": "2023-01-01", "reported_precision": "month",
           "kelurahan_code": A, "status": "baru", "closed_on": None, "breakdown": ""}  # fmt: skip
    rows = [row | {"cases": 1}, row | {"cases": 3}]

    assert difference(rows, rows[::-1]).is_empty


@given(rows=ROWS, order=st.randoms(use_true_random=False))
@settings(max_examples=4)
def test_same_rows_in_any_order_are_no_change(rows, order):
    shuffled = list(rows)
    order.shuffle(shuffled)

    assert difference(rows, shuffled).is_empty
    assert difference(rows, rows[1:]).count("new") == 0
