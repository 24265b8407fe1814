"""Smoothing, ranks, equity and shortfall, against published tables and hand calculations.

tests/data/sids_1974.csv: births and sudden infant deaths of North Carolina's 100 counties, 1974-78
(Cressie 1993), the data on which Marshall's estimator is commonly shown.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lk3.counts import Filter, Period
from lk3.indicators import Context, compute
from lk3.indicators.equity import gini
from lk3.indicators.ranking import posterior_rates, rank_draws
from lk3.indicators.smoothing import empirical_bayes
from lk3.indicators.underserved import judge, measure_supply
from lk3.places import load_places
from lk3.tables import CASES, FINDINGS, MEMBERS, POPULATION, Tables

SIDS = pd.read_csv(Path(__file__).parents[2] / "data" / "sids_1974.csv")
PLACES = load_places()
CODES = PLACES.codes


# --- Smoothing -----------------------------------------------------------------------------------


def test_smoothed_rates_equal_the_published_ones():
    smooth = empirical_bayes(SIDS["deaths"], SIDS["births"])
    published = [0.0016973, 0.0017054, 0.0017731, 0.0020129, 0.0035349]
    assert smooth.rates[:5] == pytest.approx(published, abs=5e-8)


def test_areas_that_differ_by_chance_alone_all_get_the_overall_rate():
    smooth = empirical_bayes([9, 10, 11] * 5, [200] * 15)
    assert smooth.variance == 0
    assert smooth.rates == pytest.approx([0.05] * 15)


def test_an_area_without_events_gets_a_rate_and_one_without_people_gets_none():
    smooth = empirical_bayes([0, 40, 5, 3], [1000, 1000, 1000, 0])
    assert 0 < smooth.rates[0] < smooth.overall
    assert np.isnan(smooth.rates[3])
    assert smooth.overall == pytest.approx(45 / 3000)


# --- Ranks ---------------------------------------------------------------------------------------


def test_areas_with_equal_counts_are_one_group_whose_ranks_span_all_places():
    ranks = rank_draws(posterior_rates([10] * 15, [1000] * 15).draw())
    assert set(ranks.group) == {1}
    assert ranks.lower.max() <= 2
    assert ranks.upper.min() >= 14


def test_an_area_far_above_the_others_is_alone_in_the_first_group_and_place():
    ranks = rank_draws(posterior_rates([10] * 14 + [200], [1000] * 15).draw())
    assert (ranks.rank[14], ranks.lower[14], ranks.upper[14], ranks.group[14]) == (1, 1, 1, 1)
    assert set(ranks.group[:14]) == {2}


def test_the_same_data_give_the_same_ranks():
    first, second = (posterior_rates([3, 5, 9], [100] * 3).draw() for _ in range(2))
    assert (first == second).all()


def test_draws_have_the_mean_of_the_posterior():
    posterior = posterior_rates([3, 5, 9, 30], [100, 200, 300, 400])
    assert posterior.draw().mean(axis=0) == pytest.approx(posterior.mean, rel=0.02)


def test_an_area_without_people_takes_no_part_in_the_ranks():
    ranks = rank_draws(posterior_rates([3, 5, 9], [100, 0, 100]).draw())
    assert np.isnan(ranks.rank[1])
    assert sorted(ranks.rank[[0, 2]]) == [1, 2]


# --- Equity --------------------------------------------------------------------------------------


def test_gini_equals_a_calculation_by_hand():
    # ratios 1, 2, 3: (-2 * 1 + 0 * 2 + 2 * 3) / (3 * 6) * 3 / 2
    assert gini([1, 2, 3], [1, 1, 1]) == pytest.approx(1 / 3)


def test_gini_equals_half_the_relative_mean_difference():
    supply, need = np.array([4, 0, 7, 2, 5]), np.array([3, 2, 4, 6, 5])
    ratio = supply / need
    differences = [abs(a - b) for a in ratio for b in ratio]
    expected = sum(differences) / (5 * 4) / (2 * ratio.mean())
    assert gini(supply, need) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("supply", "expected"), [([5, 5, 5], 0), ([0, 0, 9], 1), ([0, 0, 0], None), ([4], None)]
)
def test_gini_runs_from_none_to_all_in_one_place(supply, expected):
    value = gini(supply, [2] * len(supply))
    assert np.isnan(value) if expected is None else value == pytest.approx(expected)


# --- Shortfall -----------------------------------------------------------------------------------


def context_of(cases, members):
    """One year of a city whose kelurahan have 10,000 people, these cases and these members."""

    def repeat(counts):
        return np.repeat(CODES, counts)

    register = pd.DataFrame({"kelurahan_code": repeat(cases)})
    register = register.assign(reported_on=pd.Timestamp("2024-06-15"), reported_precision="day")
    people = pd.DataFrame({"kelurahan_code": repeat(members)})
    people = people.assign(
        member_id=[str(i) for i in range(len(people))],
        profession="pkh",
        started_on=pd.Timestamp("2023-07-26"),
        started_precision="day",
    )
    population = pd.DataFrame(
        {"code": CODES, "year": 2024, "population": 10_000, "status": "official"}
    )
    tables = Tables(
        CASES.conform(register.astype({"reported_on": "datetime64[s]"})),
        MEMBERS.conform(people.astype({"started_on": "datetime64[s]"})),
        POPULATION.conform(population),
        FINDINGS.empty(),
    )
    as_of = pd.Timestamp("2024-12-31").date()
    return Context(tables, Filter(Period.year(2024)), PLACES, as_of)


def supply_of(cases, members):
    return measure_supply(context_of(cases, members)).areas


def test_shortfalls_add_up_to_nothing_because_the_city_is_its_own_measure():
    areas = supply_of([5, 9, 14, *[8] * 12], [1, 2, 3, *[4] * 12])
    assert areas["shortfall"].sum() == pytest.approx(0)


def test_the_shortfall_is_need_times_the_city_s_ratio_less_the_members():
    areas = supply_of([5, 9, 14, *[8] * 12], [1, 2, 3, *[4] * 12])
    ratio = areas["members"].sum() / areas["need"].sum()
    expected = areas["need"] * ratio - areas["members"]
    assert areas["shortfall"].tolist() == pytest.approx(expected.tolist())


def test_one_more_case_never_lowers_need_and_one_more_member_never_raises_the_shortfall():
    cases, members = [5, 9, 14, *[8] * 12], [1, 2, 3, *[4] * 12]
    before = supply_of(cases, members)
    for place in (0, 2, 7):
        more = [n + (i == place) for i, n in enumerate(cases)]
        people = [n + (i == place) for i, n in enumerate(members)]
        assert supply_of(more, members)["need"].iloc[place] >= before["need"].iloc[place]
        after = supply_of(cases, people)["shortfall"].iloc[place]
        assert after <= before["shortfall"].iloc[place]


def test_equal_kelurahan_are_neither_underserved_nor_ranked():
    areas = supply_of([8] * 15, [4] * 15)
    assert set(areas["state"]) == {"enough"}
    assert areas["group"].nunique() == 1


def test_a_kelurahan_without_a_member_is_named_whatever_its_need():
    areas = supply_of([8] * 15, [0, *[4] * 14])
    assert areas["state"].iloc[0] == "no_member"


def test_three_times_the_need_with_half_the_members_is_underserved():
    areas = supply_of([24, *[8] * 14], [2, *[4] * 14])
    assert areas["state"].iloc[0] == "underserved"
    assert areas["rank"].iloc[0] == 1


def test_a_city_without_members_or_cases_has_no_shortfall_but_no_failure():
    assert set(supply_of([8] * 15, [0] * 15)["state"]) == {"no_member"}
    nothing = supply_of([0] * 15, [4] * 15)
    assert nothing["shortfall"].isna().all()


def called_underserved(means, members, *, cities, seed):
    """Which areas are called underserved in simulated cities, (cities, areas)."""
    people = pd.Series(members, dtype="float64")
    called = []
    for counts in np.random.default_rng(seed).poisson(means, (cities, len(means))):
        cases = pd.Series(counts, dtype="float64")
        expected = pd.Series(cases.mean(), index=cases.index)
        need = posterior_rates(cases, np.full(15, 10_000.0)).mean
        shortfall = need * people.sum() / need.sum() - people
        state = judge(cases, expected, members=people, shortfall=shortfall)
        called.append(state == "underserved")
    return np.array(called)


def test_in_fewer_than_one_in_twenty_cities_of_equal_kelurahan_is_any_called_underserved():
    called = called_underserved([8] * 15, [4] * 15, cities=1000, seed=1)
    assert called.any(axis=1).mean() < 0.05


def test_three_times_the_rate_and_half_the_members_are_found_in_more_than_four_of_five_cities():
    called = called_underserved([24, *[8] * 14], [2, *[4] * 14], cities=1000, seed=2)
    assert called[:, 0].mean() > 0.8


def test_the_measures_of_the_registry_say_the_same():
    context = context_of([24, *[8] * 14], [2, *[4] * 14])
    measure, areas = compute("member_shortfall", context), measure_supply(context).areas
    assert measure["value"][CODES].tolist() == areas["shortfall"].tolist()
    assert measure["value"].isna()[["city", "outside", "unknown"]].all()
    assert measure.at["city", "note"] == "not_an_area"
    smooth = compute("smoothed_rate_per_10k", context)
    expected = 10_000 * empirical_bayes(areas["cases"], areas["person_years"]).rates
    assert smooth["value"][CODES].tolist() == pytest.approx(expected.tolist())
