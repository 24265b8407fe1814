"""A few people at once on a real server, for seconds: what `bench/load.py` does for minutes.

They speak Streamlit's protocol as browsers do. Each answer must be that of the session which asked
for it, with the number that `lk3.counts` counts for its choices, and without an error.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.load import Findings
from bench.people import HOME, Person, State, Truth
from bench.visiting import serving
from lk3.store import Store
from tests.app.boards import PLACES, register
from tests.workbooks import check

YEARS = ("2024", "2025")
PEOPLE, ROUNDS = 3, 2


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Another number of cases in each year, so that an answer to somebody else is another one."""
    folder = tmp_path_factory.mktemp("load") / "store"
    names = [PLACES.label(code) for code in PLACES.codes]
    for place, year in enumerate(YEARS, 1):
        checked = check(register(*names[: 3 * place], day=f"{year}-03-04"), f"{year}.csv")
        Store(folder).save(year, checked.tables, accounting=checked.accounting())
    return str(folder)


def live(person, findings, truth, number):
    """Come, and go from period to period and from page to page, as fast as the answers come."""

    def note(action, answer):
        findings.note(action, answer[0], person.state, answer[1], truth)

    try:
        note("open", person.come())
        for step in range(ROUNDS):
            note("period", person.change(period=YEARS[(number + step) % len(YEARS)]))
            note("page", person.go(("profesi", HOME)[step % 2]))
    finally:
        person.close()


def test_people_at_once_get_their_own_numbers_and_no_error(store):
    findings, truth = Findings(), Truth(store)
    with serving(LK3_STORE=store, LK3_LANGUAGE="id") as server:
        people = [
            Person(server, State(("id", "en")[number % 2], period=YEARS[number // 2]))
            for number in range(PEOPLE)
        ]
        with ThreadPoolExecutor(PEOPLE) as pool:
            lives = [
                pool.submit(live, person, findings, truth, number)
                for number, person in enumerate(people)
            ]
        for each in lives:
            each.result()

    assert dict(findings.wrong) == {}
    assert sum(map(len, findings.waits.values())) == PEOPLE * (1 + 2 * ROUNDS)
    homes = {state.period: truth.cases_of(state) for state in findings.seen if state.page == HOME}
    assert homes == {year: 3 * place for place, year in enumerate(YEARS, 1)}
