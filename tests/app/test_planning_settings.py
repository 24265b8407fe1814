"""What planners write down, and what a recap leaves out, reaches the pages in the next run."""

from streamlit.testing.v1 import AppTest

from lk3.indicators.requirements import keep_requirements
from lk3.indicators.targets import keep_target
from lk3.settings import REFERENCE_DIR
from lk3.store import open_store
from tests.app.boards import SECONDS, go_to, open_board, run, save, texts

GUNUNG_ELAI = "64.74.01.1005"
PUBLISHED = "uptd_ppa_bontang_published.csv"


def coverage():
    """A page that says the coverage of professions and of clients of the year 2025."""
    import streamlit as st

    from lk3.counts import Filter, Period
    from lk3.ui.data import held_data, released_measures

    measures = released_measures(held_data(), Filter(Period.year(2025))).measures
    for key in ("profession_coverage", "service_coverage"):
        city = measures[key].loc["city"]
        st.metric(key, f"{city['n']} / {city['denominator']}")


def test_a_requirement_and_a_target_count_from_the_next_run_on():
    board = AppTest.from_function(coverage, default_timeout=SECONDS)
    board.session_state["session_let_in"] = True
    before = [metric.value for metric in run(board).metric]

    notes = open_store().notes
    keep_requirements(notes, {"pkh": 1})
    keep_target(notes, "clients_per_year", 200, source="Renja 2025")
    after = [metric.value for metric in run(board).metric]

    assert before[0] != after[0]
    assert before[1].endswith("nan")
    assert after[1].endswith("/ 200.0")


def test_a_kelurahan_that_the_published_recap_leaves_out_is_not_said_to_have_no_cases():
    save((REFERENCE_DIR / PUBLISHED).read_bytes(), PUBLISHED)

    board = go_to(open_board(periode="2021", kelurahan=GUNUNG_ELAI), "monitor/profile.py")

    assert not board.exception
    assert board.title[0].value.startswith("Gunung Elai: tidak tercantum dalam rekap")
    cases = next(metric for metric in board.metric if metric.label == "Kasus")
    assert cases.value == "–"
    assert "tidak tercantum dalam rekap; belum tentu nol" in texts(board)
    assert "Gunung Elai: 0 kasus" not in texts(board)
