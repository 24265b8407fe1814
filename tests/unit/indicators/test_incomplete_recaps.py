"""What nobody knows is never a nought: recaps that name some kelurahan only, cases without one.

The published recap of UPTD PPA Bontang (data/reference) names seven of fifteen kelurahan for 2021.
"""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from lk3.counts import Filter, Period, unlisted_areas
from lk3.disclosure import release
from lk3.indicators import Context, compute, compute_all
from lk3.indicators.funnel import funnel_verdict, settled_verdict
from lk3.indicators.headlines import headline_map, headline_profile
from lk3.indicators.incomplete_words import unknown_words
from lk3.indicators.judging import judge
from lk3.indicators.planning_words import explain
from lk3.indicators.ranking import posterior_rates, rank_draws
from lk3.indicators.underserved import measure_supply
from lk3.intake import check_file
from lk3.places import load_places
from lk3.settings import REFERENCE_DIR
from lk3.tables import POPULATION, Tables
from tests.tables_for_tests import PLACES, A, B, C, case_table, context_of, member_table

IN_2023 = Filter(Period.year(2023))
GUNUNG_ELAI, LOK_TUAN, API_API = "64.74.01.1005", "64.74.01.1003", "64.74.01.1006"


@pytest.fixture(scope="module")
def published():
    path = REFERENCE_DIR / "uptd_ppa_bontang_published.csv"
    places = load_places()
    found = check_file(path.read_bytes(), path.name, places=places, key=b"test").tables
    population = POPULATION.conform(places.population)
    return Tables(found.cases, found.members, population, found.findings)


def in_year(tables, year):
    return Context(tables, Filter(Period.year(year)), load_places(), date(2026, 1, 31))


# --- Recaps that do not name every kelurahan -----------------------------------------------------


def test_a_kelurahan_that_the_published_recap_does_not_name_has_neither_nought_nor_verdict(
    published,
):
    measures = compute_all(in_year(published, 2021))
    for key in ("cases", "clients", "problems", "case_rate_per_10k", "smoothed_rate_per_10k"):
        row = measures[key].loc[GUNUNG_ELAI]
        assert np.isnan(row["value"]), key
        assert (row["verdict"], row["note"]) == ("", "not_listed"), key
    assert measures["cases"].at[LOK_TUAN, "value"] == 12
    assert measures["cases"].at["city", "value"] == 64
    assert measures["case_rate_per_10k"].at["city", "n"] == 60
    assert "partly_listed" in measures["case_rate_per_10k"].at["city", "note"]


def test_no_kelurahan_of_the_published_recap_is_called_below_the_city(published):
    for year in (2021, 2022, 2023, 2024):
        rates = compute("case_rate_per_10k", in_year(published, year))
        assert not rates["verdict"].str.contains("below").any(), year


def test_the_published_kelurahan_that_is_not_named_has_no_shortfall_and_no_rank(published):
    people = member_table({"kelurahan_code": GUNUNG_ELAI}, {"kelurahan_code": LOK_TUAN})
    tables = Tables(published.cases, people, published.population, published.findings)
    areas = measure_supply(in_year(tables, 2021)).areas
    named = areas.loc[GUNUNG_ELAI]
    assert named[["need", "shortfall", "lower", "upper", "rank", "group"]].isna().all()
    assert (named["state"], named["note"]) == ("unjudged", "not_listed")
    assert areas.loc[LOK_TUAN, ["need", "shortfall", "rank"]].notna().all()


def test_a_kelurahan_that_is_not_named_is_said_to_be_so(published):
    context = in_year(published, 2021)
    measures = compute_all(context)
    said = headline_profile(measures, PLACES, GUNUNG_ELAI)
    assert "tidak tercantum dalam rekap; kasusnya belum tentu nol" in said
    assert "0 kasus" not in said
    assert "8 kelurahan tidak tercantum dalam rekap" in headline_map(measures, PLACES)
    assert "4 kasus tanpa kelurahan; bisa mengubah putusan 2 kelurahan." in headline_map(
        measures, PLACES
    )
    assert "belum tentu nol" in explain(measure_supply(context), PLACES, GUNUNG_ELAI)


def test_a_kelurahan_named_in_one_of_two_recaps_may_have_more(published):
    row = compute("cases", in_year(published, 2023)).loc[API_API]
    assert (row["value"], row["note"]) == (7, "partly_listed")  # not in the recap `perempuan`


RECAP = {"reported_on": "2023-01-01", "reported_precision": "year", "block": "r"}


def recap(*rows, block="r"):
    return [RECAP | {"block": block, "kelurahan_code": code, "cases": n} for code, n in rows]


def unlisted(rows, filter=IN_2023, **options):
    return unlisted_areas(case_table(*rows), filter, places=PLACES, **options)


def test_only_a_recap_with_cases_left_over_leaves_anybody_unsaid():
    complete = recap((A, 5), (B, 3))
    assert unlisted(complete) == ()
    assert unlisted([*complete, *recap(("unknown", 2))]) == tuple(PLACES.codes[2:])


def test_a_register_with_blank_kelurahan_leaves_nobody_unsaid():
    assert unlisted([{}, {"kelurahan_code": "unknown"}]) == ()


def test_a_recap_of_another_year_leaves_nobody_unsaid():
    rows = recap((A, 5), ("unknown", 2))
    assert unlisted(rows, Filter(Period.year(2022))) == ()
    assert A not in unlisted(rows, Filter())


def test_every_incomplete_recap_must_name_a_kelurahan():
    rows = [*recap((A, 5), (B, 1), ("unknown", 2)), *recap((A, 4), ("unknown", 1), block="s")]
    assert A not in unlisted(rows)
    assert B in unlisted(rows)


def test_a_recap_s_rows_by_problem_name_no_kelurahan():
    by_problem = {"kelurahan_code": "unknown", "problem": "kdrt", "breakdown": "problem"}
    rows = [*recap((A, 5), ("unknown", 2)), RECAP | by_problem | {"cases": 7}]
    assert A in unlisted(rows, Filter(Period.year(2023), problems=("kdrt",)))
    assert A in unlisted(rows, dimensions=("problem",))
    assert A not in unlisted(rows)


def test_a_recap_without_professions_is_no_part_of_a_choice_of_professions():
    rows = [row | {"profession": "unknown"} for row in recap((A, 5), ("unknown", 2))]
    assert unlisted(rows, Filter(Period.year(2023), professions=("pkh",))) == ()


def test_a_change_is_not_said_of_a_kelurahan_that_either_recap_leaves_out():
    before = [row | {"reported_on": "2022-01-01"} for row in recap((A, 9), (B, 9), block="q")]
    context = context_of(case_table(*before, *recap((A, 5), ("unknown", 2))), IN_2023)
    found = compute("cases_change", context)
    assert found.at[A, "value"] == pytest.approx(100 * (5 / 9 - 1))
    assert np.isnan(found.at[B, "value"])
    assert found.at[B, "note"] == "not_listed"


# --- Cases without a kelurahan -------------------------------------------------------------------


def settled(observed, expected, unknown, *, of=150):
    """With the unknown cases in the expected count of an area that has 1/15 of `of` cases."""
    with_unknown = np.asarray(expected, "float64") * (of + unknown) / of
    verdict, may_change = settled_verdict(
        observed, expected, expected_with_unknown=with_unknown, unknown=unknown
    )
    return verdict.tolist(), may_change.tolist()


def test_below_holds_only_if_all_unknown_cases_were_its_own():
    # 95 % upper limits (Byar): 3 cases 8.77, 6 cases 13.06; 99.8 % of 3 cases: 13.06 (chi-square).
    assert settled([3], [9.0], 0) == (["below"], [False])
    assert settled([3], [9.0], 1) == (["too_few"], [True])  # 4 cases: up to 10.24 > 9.06
    assert settled([3], [13.2], 3) == (["below"], [False])  # 6 cases: 13.06 < 13.46


def test_above_holds_only_if_the_city_s_rate_has_the_unknown_cases_in_it():
    # 20 cases: 95 % from 12.21, 99.8 % from 8.92.
    assert settled([20], [12.1], 0) == (["above"], [False])
    assert settled([20], [12.1], 3) == (["too_few"], [True])
    assert settled([20], [8.9], 3) == (["above"], [False])  # strongly no more
    assert settled([20], [8.0], 3) == (["strongly_above"], [False])


def test_like_the_city_stays_so_and_says_when_it_could_move():
    assert settled([10], [10.0], 1) == (["like_city"], [False])
    assert settled([10], [10.0], 30) == (["like_city"], [True])
    assert settled([10], [4.0], 30) == (["too_few"], [False])


def test_a_verdict_that_is_given_holds_however_the_unknown_cases_are_shared_out():
    for unknown in (1, 4, 12):
        for observed in range(0, 40, 3):
            (verdict,), _moves = settled([observed], [12.0], unknown)
            if verdict.endswith(("above", "below")):
                expected = 12.0 * (150 + unknown) / 150
                shares = np.arange(unknown + 1)
                every = funnel_verdict(observed + shares, np.full(unknown + 1, expected))
                side = verdict.removeprefix("strongly_")
                assert all(found.endswith(side) for found in every), (observed, unknown)


def register(cases, unknown):
    rows = [
        {"kelurahan_code": code, "cases": n}
        for code, n in zip(PLACES.codes, cases, strict=True)
        if n
    ]
    if unknown:
        rows.append({"kelurahan_code": "unknown", "cases": unknown})
    return rows


def supply(cases, unknown, members=None):
    people = members or [4] * len(PLACES.codes)
    team = [
        {"kelurahan_code": code, "member_id": f"{code}-{i}"}
        for code, count in zip(PLACES.codes, people, strict=True)
        for i in range(count)
    ]
    context = context_of(
        case_table(*register(cases, unknown)), IN_2023, members=member_table(*team)
    )
    return measure_supply(context)


def test_unknown_cases_widen_every_interval_and_no_rank_narrows():
    cases = [5, 9, 14, *[8] * 12]
    sure, unsure = (supply(cases, n).areas for n in (0, 20))
    assert (unsure["lower"] < sure["lower"]).all()
    assert (unsure["upper"] > sure["upper"]).all()
    assert (unsure["rank_lower"] <= sure["rank_lower"]).all()
    assert (unsure["rank_upper"] >= sure["rank_upper"]).all()
    assert unsure["shortfall"].tolist() == sure["shortfall"].tolist()


def test_a_kelurahan_is_underserved_only_if_it_is_so_wherever_the_unknown_cases_belong():
    cases, members = [24, *[8] * 14], [2, *[4] * 14]
    assert supply(cases, 5, members).areas["state"].iloc[0] == "underserved"
    many = supply(cases, 200, members)
    assert many.areas["state"].iloc[0] == "unjudged"
    assert many.areas["note"].iloc[0] == "unknown_cases"
    said = explain(many, PLACES, PLACES.codes[0])
    assert said.endswith("belum dinilai. 200 kasus tanpa kelurahan; bisa mengubah putusan.")


def test_without_unknown_cases_ranks_are_those_of_the_draws_alone():
    draws = posterior_rates([3, 5, 9, 30], [100, 200, 300, 400]).draw()
    plain, same = rank_draws(draws), rank_draws(draws, draws)
    order = draws.shape[1] - draws.argsort(axis=1).argsort(axis=1)
    low, high = np.percentile(order, [2.5, 97.5], axis=0)
    assert plain.lower.tolist() == same.lower.tolist() == np.floor(low).tolist()
    assert plain.upper.tolist() == same.upper.tolist() == np.ceil(high).tolist()


def test_ranks_hold_whoever_has_the_unknown_cases():
    """Against counting by hand: in every draw one area takes all, the others stay."""
    posterior = posterior_rates([3, 5, 9, 12], [100, 100, 100, 100])
    rates = posterior.draw(draws=400)
    high = posterior.draw_with(rates, 6.0)
    found = rank_draws(rates, high)
    best = [[1 + sum(r[j] > h[i] for j in range(4) if j != i) for i in range(4)]
            for r, h in zip(rates, high, strict=True)]  # fmt: skip
    worst = [[1 + sum(h[j] > r[i] for j in range(4) if j != i) for i in range(4)]
             for r, h in zip(rates, high, strict=True)]  # fmt: skip
    assert found.lower.tolist() == np.floor(np.percentile(best, 2.5, axis=0)).tolist()
    assert found.upper.tolist() == np.ceil(np.percentile(worst, 97.5, axis=0)).tolist()


def test_so_many_more_cases_have_the_mean_of_a_posterior_with_them():
    posterior = posterior_rates([3, 5, 9], [100, 200, 300])
    more = posterior.draw_with(posterior.draw(), 7.0).mean(axis=0)
    assert more == pytest.approx((posterior.shape + 7) / posterior.rate, rel=0.02)


def called(means, members, *, blank, cities, seed):
    """Which areas are called underserved in cities where a share of cases has no kelurahan."""
    random = np.random.default_rng(seed)
    people = pd.Series(members, dtype="float64")
    found = []
    for full in random.poisson(means, (cities, len(means))):
        kept = random.binomial(full, 1 - blank)
        cases, unknown = pd.Series(kept, dtype="float64"), float((full - kept).sum())
        expected = pd.Series(cases.mean(), index=cases.index)
        need = posterior_rates(cases, np.full(len(means), 10_000.0)).mean
        shortfall = need * people.sum() / need.sum() - people
        total = need.sum() + unknown / 10_000.0
        state = judge(
            cases,
            expected,
            members=people,
            shortfall=shortfall,
            unknown=unknown,
            expected_with_unknown=expected + unknown / len(means),
            least_shortfall=need * people.sum() / total - people,
        )
        found.append(state == "underserved")
    return np.array(found)


def test_with_one_case_in_ten_without_a_kelurahan_equal_kelurahan_are_hardly_ever_named():
    found = called([8] * 15, [4] * 15, blank=0.1, cities=500, seed=1)
    assert found.any(axis=1).mean() < 0.05


def test_with_one_case_in_twenty_without_a_kelurahan_three_times_the_rate_is_still_found():
    found = called([24, *[8] * 14], [2, *[4] * 14], blank=0.05, cities=500, seed=2)
    assert found[:, 0].mean() > 0.8


def test_two_recaps_and_a_register_add_up_to_the_city():
    rows = [*recap((A, 5), ("unknown", 2)), {"kelurahan_code": C}]
    found = compute("cases", context_of(case_table(*rows), IN_2023))
    assert found["value"][[A, C, "unknown", "city"]].tolist() == [5, 1, 2, 8]
    assert found.at[C, "note"] == "partly_listed"
    assert np.isnan(found.at[B, "value"])


def test_a_hidden_number_of_unknown_cases_is_not_said_in_a_sentence():
    rows = [*register([20, *[10] * 14], 3)]
    context = context_of(case_table(*rows), IN_2023)
    measures = compute_all(context)
    rates = measures["case_rate_per_10k"]
    noted = rates.assign(note=rates["note"].mask(rates.index == A, "unknown_cases"))
    told = measures | {"case_rate_per_10k": noted}
    hidden = release({"cases": measures["cases"]}, audience="public", context=context).measures
    assert unknown_words(told, PLACES).startswith("3 kasus tanpa kelurahan")
    assert unknown_words(told | hidden, PLACES) == (
        "Kasus tanpa kelurahan bisa mengubah putusan 1 kelurahan."
    )
