from datetime import date

import numpy as np
import pytest

from lk3.counts import Filter, Period
from lk3.indicators.measure import NUMBERS, WORDS
from lk3.indicators.professions import (
    CLOSED_AT_LEAST,
    caseload_by_profession,
    cases_by_profession,
    closing_by_profession,
)
from tests.tables_for_tests import A, B, case_table, context_of, member_table

IN_2023 = Filter(Period.year(2023))
ROWS = (
    {"cases": 5},
    {"kelurahan_code": B},
    {"profession": "peksos", "cases": 3},
    {"profession": "", "cases": 2},
    {"kelurahan_code": "outside", "cases": 9},
    {"kelurahan_code": "unknown", "profession": "peksos"},
    {"reported_on": "2022-01-05", "profession": "peksos", "cases": 4},
)
TEAM = (
    {"member_id": "1"},
    {"member_id": "2"},
    {"member_id": "2", "kelurahan_code": B},
    {"member_id": "3", "profession": "peksos", "kelurahan_code": "city"},
    {"member_id": "4", "profession": "medis"},
)


def context(*rows, members=TEAM, filter=IN_2023, as_of=date(2023, 12, 31)):
    return context_of(case_table(*rows), filter, members=member_table(*members), as_of=as_of)


def test_cases_are_counted_by_profession_and_kelurahan_without_those_from_outside():
    found = cases_by_profession(context(*ROWS)).set_index(["profession", "kelurahan_code"])["cases"]
    assert found.to_dict() == {
        ("pkh", A): 5,
        ("pkh", B): 1,
        ("peksos", A): 3,
        ("peksos", "unknown"): 1,
        ("unknown", A): 2,
    }


def test_the_load_is_open_cases_over_members_with_exact_bounds():
    # 2022 included, because a case stays open: 8 cases of one social worker; exact bounds of 8:
    # 3.453832 and 15.763189 (Garwood 1936, table).
    row = caseload_by_profession(context(*ROWS)).loc["peksos"]
    assert (row["n"], row["denominator"], row["value"]) == (8, 1, 8)
    assert row["lower"] == pytest.approx(3.453832, abs=1e-6)
    assert row["upper"] == pytest.approx(15.763189, abs=1e-6)
    assert (row["confidence"], row["method"]) == (0.95, "poisson_exact")


def test_a_person_in_two_kelurahan_carries_the_load_once_and_idle_professions_are_shown():
    found = caseload_by_profession(context(*ROWS))
    assert found.loc["pkh", ["n", "denominator"]].tolist() == [6, 2]
    assert found.loc["medis", ["value", "lower"]].tolist() == [0, 0]
    assert found.loc["medis", "upper"] == pytest.approx(3.688879, abs=1e-6)


def test_cases_of_a_profession_that_nobody_has_carry_no_load():
    row = caseload_by_profession(context(*ROWS)).loc["unknown"]
    assert np.isnan(row["value"])
    assert row["note"] == "no_members"


def test_professions_come_in_the_order_of_the_list_and_the_unknown_last():
    assert list(caseload_by_profession(context(*ROWS)).index) == [
        "medis", "pkh", "peksos", "unknown",
    ]  # fmt: skip


def closed(days, **more):
    end = np.datetime64("2023-01-01") + np.timedelta64(days, "D")
    return {"reported_on": "2023-01-01", "closed_on": str(end), "status": "selesai"} | more


def test_time_to_close_has_median_and_quartiles_by_hand():
    rows = [closed(d) for d in (100, 10, 40, 20, 30)]
    found = closing_by_profession(context(*rows, {}, closed(5, profession="peksos")))
    row = found.loc["pkh"]
    assert (row["lower"], row["value"], row["upper"]) == (20, 30, 40)
    assert (row["n"], row["denominator"]) == (5, 6)


def test_fewer_than_five_closed_cases_are_not_enough():
    rows = [closed(10)] * (CLOSED_AT_LEAST - 1) + [closed(10, kelurahan_code="outside")]
    row = closing_by_profession(context(*rows)).loc["pkh"]
    assert np.isnan(row["value"])
    assert np.isnan(row["lower"])
    assert (row["n"], row["note"]) == (4, "few_closed")


def test_no_cases_and_no_members_give_empty_measures():
    bare = context(members=())
    assert cases_by_profession(bare).empty
    for found in (caseload_by_profession(bare), closing_by_profession(bare)):
        assert found.empty
        assert list(found.columns) == [*NUMBERS, *WORDS]
