import numpy as np
import pytest

from lk3.indicators import compute
from tests.tables_for_tests import A, B, case_table, context_of, member_table

CASES = case_table(
    {"cases": 10},
    {"cases": 3, "status": "selesai"},
    {"cases": 4, "kelurahan_code": B},
    {"cases": 1, "kelurahan_code": "unknown"},
    {"cases": 2, "kelurahan_code": "outside"},
)
MEMBERS = member_table(
    {"member_id": "1"},
    {"member_id": "2", "profession": "peksos"},
    {"member_id": "3", "profession": "psikolog", "kelurahan_code": "city"},
)


def caseload(key):
    return compute(key, context_of(CASES, members=MEMBERS))


def test_open_cases_over_active_members_with_the_interval_of_the_cases():
    row = caseload("open_cases_per_member").loc[A]
    assert (row["n"], row["denominator"], row["value"]) == (10, 2, 5.0)
    # Byar for 10 events: 4.790 to 18.392 (Breslow & Day 1987, p. 70: 4.79, 18.39).
    assert row["lower"] == pytest.approx(4.79 / 2, abs=0.005)
    assert row["upper"] == pytest.approx(18.39 / 2, abs=0.005)
    assert row["method"] == "byar"


def test_the_city_takes_everybody_and_the_unknown_cases():
    row = caseload("open_cases_per_member").loc["city"]
    assert (row["n"], row["denominator"], row["value"]) == (15, 3, 5.0)


def test_counsellors_are_social_workers_and_psychologists():
    found = caseload("open_cases_per_counsellor")
    assert found.loc[A, ["n", "denominator", "value"]].tolist() == [10, 1, 10.0]
    assert found.loc["city", ["n", "denominator", "value"]].tolist() == [15, 2, 7.5]


def test_nobody_to_carry_the_load_gives_no_value_and_says_so():
    row = caseload("open_cases_per_member").loc[B]
    assert np.isnan(row["value"])
    assert np.isnan(row["upper"])
    assert (row["n"], row["denominator"], row["note"]) == (4, 0, "no_members")
