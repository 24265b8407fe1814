from datetime import date

import numpy as np
import pytest

from lk3.counts import Filter, Period
from lk3.indicators import compute
from lk3.indicators.supply import (
    counsellor_professions,
    members_by_profession,
    profession_gaps,
    required_professions,
)
from tests.tables_for_tests import (
    PLACES,
    A,
    B,
    case_table,
    context_of,
    member_table,
    population_table,
)


def context(*members, filter=None, **tables):
    return context_of(case_table(), filter, members=member_table(*members), **tables)


TEAM = (
    {"member_id": "1"},
    {"member_id": "2", "profession": "babinsa"},
    {"member_id": "3", "kelurahan_code": B},
    {"member_id": "4", "kelurahan_code": "city", "profession": "psikolog"},
    {"member_id": "5", "kelurahan_code": "unknown"},
    {"member_id": "6", "kelurahan_code": B, "ended_on": "2022-12-31"},
)


def test_city_wide_members_and_those_without_a_kelurahan_count_for_the_city_only():
    found = compute("active_members", context(*TEAM))["value"]
    assert found[[A, B, "unknown", "city", "outside"]].tolist() == [2, 1, 1, 5, 0]


def test_members_are_those_of_the_last_day_of_the_period():
    in_2022 = Filter(Period.year(2022))
    assert compute("active_members", context(*TEAM, filter=in_2022)).at[B, "value"] == 2


def test_members_of_a_period_that_runs_on_are_those_of_the_last_day_of_the_data():
    early = context(*TEAM, filter=Filter(Period.year(2023)), as_of=date(2022, 12, 1))
    assert compute("active_members", early).at[B, "value"] == 2


def test_someone_in_two_kelurahan_is_one_of_the_city():
    twice = context({"member_id": "x"}, {"member_id": "x", "kelurahan_code": B})
    found = compute("active_members", twice)["value"]
    assert found[[A, B, "city"]].tolist() == [1, 1, 1]


def test_with_kecamatan_chosen_only_their_own_members_are_the_city_row():
    district = PLACES.areas.at[A, "district"]
    chosen = context(*TEAM, filter=Filter(districts=(district,)))
    expected = 3 if B in PLACES.codes_in((district,)) else 2
    assert compute("active_members", chosen).at["city", "value"] == expected


def test_a_profession_filter_takes_its_members():
    chosen = context(*TEAM, filter=Filter(professions=("babinsa",)))
    assert compute("active_members", chosen)["value"][[A, B, "city"]].tolist() == [1, 0, 1]


def test_members_per_ten_thousand_people_have_no_interval():
    people = population_table({(A, 2024): 4_000, (B, 2024): 0})
    found = compute("members_per_10k", context(*TEAM, population=people))
    assert found.at[A, "value"] == pytest.approx(5.0)
    assert np.isnan(found.at[A, "lower"])
    assert np.isnan(found.at[B, "value"])
    assert found.at["unknown", "note"] == "not_an_area"
    assert found.at[PLACES.codes[3], "note"] == "no_population"


def test_members_where_the_population_is_unknown_are_not_divided_by_the_people_of_others():
    people = population_table({(A, 2024): 4_000})
    city = compute("members_per_10k", context(*TEAM, population=people)).loc["city"]
    # Of the five who are active one serves in B, of which nobody knows the population.
    assert (city["n"], city["value"]) == (4, pytest.approx(10_000 * 4 / 4_000))


def test_area_coverage_is_the_share_of_kelurahan_with_somebody():
    found = compute("area_coverage", context(*TEAM))
    city = found.loc["city"]
    assert (city["n"], city["denominator"]) == (2, len(PLACES.codes))
    assert city["value"] == pytest.approx(100 * 2 / len(PLACES.codes))
    assert found.loc[[A, B, PLACES.codes[4]], "value"].tolist() == [100, 100, 0]
    assert np.isnan(city["lower"])


def test_profession_coverage_needs_every_required_profession():
    complete = [{"member_id": p, "profession": p} for p in required_professions()]
    partly = [{"member_id": "b", "kelurahan_code": B, "profession": required_professions()[0]}]
    found = compute("profession_coverage", context(*complete, *partly))
    needed = len(required_professions())
    assert found.at[A, "value"] == 100
    assert found.at[B, "value"] == pytest.approx(100 / needed)
    assert (found.at["city", "n"], found.at["city", "denominator"]) == (1, len(PLACES.codes))


def test_required_and_counselling_professions_are_those_that_the_list_marks():
    assert required_professions() == ("bhabinkamtibmas", "babinsa", "medis", "psikolog", "pkh")
    assert counsellor_professions() == ("psikolog", "peksos")


def test_members_by_profession_show_a_nought_where_there_is_nobody():
    wide = members_by_profession(context(*TEAM))
    assert wide.to_numpy().sum() == 5
    assert (wide.at[A, "babinsa"], wide.at[B, "babinsa"], wide.at["city", "psikolog"]) == (1, 0, 1)
    assert members_by_profession(context()).to_numpy().sum() == 0


def test_gaps_count_the_kelurahan_that_have_each_required_profession():
    gaps = profession_gaps(context(*TEAM)).set_index("profession")
    total = len(PLACES.codes)
    assert gaps.loc["pkh"].tolist() == [2, total, 0, 1, total - 2]
    assert gaps.loc["psikolog"].tolist() == [0, total, 1, 1, total]
