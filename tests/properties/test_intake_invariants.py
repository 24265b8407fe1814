"""What must not matter to a check: the order of sheets, the container, being cleaned before; and
what answers may change: rows are still accounted for, and nothing without a question changes."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lk3.intake import Answers, check_file
from lk3.places import load_places
from lk3.vocabulary import vocabulary
from tests.golden.test_intake_golden import as_html, as_ods, as_xls
from tests.properties.test_row_conservation import HEADER, RELAXED, USABLE, contents, data_rows
from tests.workbooks import KEY, PLACES, account, check, csv_bytes, xlsx

FEW = settings(RELAXED, max_examples=4)
rows_of_a_sheet = st.lists(data_rows, max_size=6)
CONTAINERS = {
    "xlsx": xlsx,
    "xls": as_xls,
    "ods": as_ods,
    "html": as_html,
    "csv": lambda rows: csv_bytes(rows, delimiter=";"),
    "utf-16": lambda rows: csv_bytes(rows, delimiter="\t", encoding="utf-16"),
}


@FEW
@given(st.lists(rows_of_a_sheet, min_size=2, max_size=4).flatmap(
    lambda sheets: st.tuples(st.just(sheets), st.permutations(range(len(sheets))))
))  # fmt: skip
def test_the_order_of_the_sheets_changes_no_table(both):
    sheets, order = both
    named = {f"Lembar {n}": [HEADER, USABLE, *rows] for n, rows in enumerate(sheets)}
    names = list(named)
    first, second = check(named), check({names[n]: named[names[n]] for n in order})
    pd.testing.assert_frame_equal(contents(first), contents(second))
    assert account(first) == account(second)


@FEW
@given(rows_of_a_sheet, st.sampled_from(sorted(set(CONTAINERS) - {"xlsx"})))
def test_translating_a_workbook_into_another_container_changes_no_table(rows, container):
    whole = [HEADER, USABLE, *rows]
    first, other = check(xlsx(whole)), check(CONTAINERS[container](whole))
    pd.testing.assert_frame_equal(contents(first), contents(other))
    assert account(first) == account(other)
    assert sorted(first.tables.findings["rule"]) == sorted(other.tables.findings["rule"])
    assert [q.id for q in first.questions] == [q.id for q in other.questions]


def written_out(cases):
    """The clean cases as a register that somebody would write: names in place of keys."""
    places = load_places()
    labels = {name: vocabulary(words) for name, words in
              {"problem": "problems", "status": "statuses"}.items()}  # fmt: skip
    rows = []
    for number, case in enumerate(cases.to_dict("records"), 1):
        problems = [labels["problem"].label(key) for key in case["problems"].split("|") if key]
        rows.append([
            number, f"{number:03d}", day_as_written(case), places.label(case["kelurahan_code"]),
            ", ".join(problems), labels["status"].label(case["status"]), case["age_band"],
        ])  # fmt: skip
    return [HEADER, *rows]


def day_as_written(case):
    form = {"day": "%d/%m/%Y", "month": "%m/%Y", "year": "%Y"}[case["reported_precision"]]
    return case["reported_on"].strftime(form)


@FEW
@given(rows_of_a_sheet)
def test_a_clean_register_that_is_cleaned_again_stays_the_same(rows):
    once = check(csv_bytes([HEADER, USABLE, *rows], delimiter=";")).tables.cases
    twice = check(csv_bytes(written_out(once), delimiter=";")).tables.cases
    kept = ["reported_on", "reported_precision", "kelurahan_code", "problems", "status", "age_band"]
    pd.testing.assert_frame_equal(
        once.sort_values("row")[kept].reset_index(drop=True),
        twice.sort_values("row")[kept].reset_index(drop=True),
    )


@FEW
@given(rows_of_a_sheet, st.randoms(use_true_random=False))
def test_answers_lose_no_row_and_leave_no_question(rows, chance):
    content = csv_bytes([HEADER, USABLE, *rows], delimiter=";")
    before = check(content)
    answers = Answers(tuple(q.answer(chance.choice(q.keys)) for q in before.questions))
    after = check_file(content, "buku.xlsx", places=PLACES, key=KEY, answers=answers)
    read, used, set_aside, not_data = account(after)
    assert read == used + set_aside + not_data == before.rows_read
    assert used >= before.rows_used or "row_duplicate" in set(after.tables.findings["rule"])
    assert after.questions == ()
    assert account(check(content)) == account(before)
