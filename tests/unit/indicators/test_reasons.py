"""The steps of an explanation hold the numbers of the page; people are whole and add up."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lk3.indicators.reasons import chance_of_as_many, people_to_reach_city, reasons
from lk3.indicators.underserved import Supply, measure_supply
from tests.tables_for_tests import PLACES, A, B, case_table, context_of, member_table

CODES = PLACES.codes


def areas_of(need, members):
    need, members = pd.Series(need, index=CODES[: len(need)]), np.array(members, dtype="float64")
    shortfall = need * members.sum() / need.sum() - members
    return pd.DataFrame({"need": need, "members": members, "shortfall": shortfall})


def fewest_by_trying(areas, code):
    """Add one person after another until the kelurahan has as many per need as the whole city."""
    for people in range(200):
        members = areas["members"].copy()
        members[code] += people
        if members[code] / areas.at[code, "need"] >= members.sum() / areas["need"].sum() - 1e-12:
            return people
    raise AssertionError("not reached")


@pytest.mark.parametrize("seed", range(20))
def test_people_to_reach_the_city_are_those_that_trying_one_by_one_finds(seed):
    random = np.random.default_rng(seed)
    areas = areas_of(random.uniform(1, 15, 8), random.integers(0, 8, 8))
    found = people_to_reach_city(areas)
    assert {code: fewest_by_trying(areas, code) for code in areas.index} == found.to_dict()


def test_a_kelurahan_alone_lacks_nobody():
    assert people_to_reach_city(areas_of([5.0], [2])).tolist() == [0]


def test_an_unknown_shortfall_stays_unknown():
    areas = areas_of([5.0, 5.0], [1, 3])
    areas.loc[CODES[0], "shortfall"] = np.nan
    assert people_to_reach_city(areas).isna().tolist() == [True, False]


@pytest.mark.parametrize(("cases", "expected"), [(7, 6.1), (0, 3.0), (1, 0.05), (20, 8.0)])
def test_the_chance_is_the_upper_tail_of_a_poisson_count(cases, expected):
    by_sum = 1 - sum(stats.poisson.pmf(k, expected) for k in range(cases))
    assert chance_of_as_many(cases, expected) == pytest.approx(by_sum)


def small_city():
    cases = case_table({"kelurahan_code": A, "cases": 30},
                       *({"kelurahan_code": code, "cases": 10} for code in CODES[1:]))  # fmt: skip
    members = member_table(*({"kelurahan_code": code, "member_id": code} for code in CODES))
    return measure_supply(context_of(cases, members=members))


def test_each_step_has_its_numbers():
    found = small_city()
    row = found.areas.loc[A]
    said = {step.label: step.text for step in reasons(found, PLACES, A)}
    assert list(said) == ["Kebutuhan", "Anggota", "Urutan", "Agar setara"]
    # 170 cases in 15 kelurahan of 10,000 people each: 11.3 expected
    assert said["Kebutuhan"].startswith("30 kasus; 11,3 diharapkan pada angka kota.")
    assert "kurang dari 1 di antara 100" in said["Kebutuhan"]
    assert said["Anggota"].startswith("1 aktif; ")
    assert said["Urutan"].startswith("1 dari 15")
    assert said["Agar setara"].startswith(f"{people_to_reach_city(found.areas)[A]:.0f} orang lagi")
    assert row["shortfall"] > 0


def test_fewer_cases_than_expected_need_no_word_of_chance():
    said = reasons(small_city(), PLACES, B)[0].text
    assert said == "10 kasus; 11,3 diharapkan pada angka kota."


def test_where_nobody_serves_at_least_one_person_is_asked_for():
    cases = case_table(*({"kelurahan_code": code, "cases": 10} for code in CODES))
    found = measure_supply(context_of(cases))
    assert reasons(found, PLACES, A)[-1].text == (
        "sedikitnya 1 orang, karena belum ada yang bertugas di sini."
    )


def test_without_a_shortfall_there_is_nothing_to_explain():
    found = small_city()
    areas = found.areas.assign(shortfall=np.nan)
    assert reasons(Supply(areas, 0.1, 10.0, True), PLACES, A) == []
