from datetime import date

import numpy as np
import pytest

from lk3.counts import Filter, Period
from lk3.indicators import compute
from tests.tables_for_tests import (
    PLACES,
    A,
    B,
    C,
    case_table,
    context_of,
    population_table,
    same_population,
)

IN_2023 = Filter(Period.year(2023))


def rate(cases, filter=IN_2023, **tables):
    return compute("case_rate_per_10k", context_of(case_table(*cases), filter, **tables))


def test_cases_over_person_years_by_hand():
    # 5 cases among 10,000 people in one year: 5.0; bounds are those of 5 events.
    row = rate([{"cases": 5}]).loc[A]
    assert row["value"] == pytest.approx(5.0)
    assert (row["lower"], row["upper"]) == (
        pytest.approx(1.623486, abs=1e-6),
        pytest.approx(11.668332, abs=1e-6),
    )
    assert (row["n"], row["denominator"], row["confidence"]) == (5, 10_000, 0.95)
    assert row["method"] == "poisson_exact"


def test_ten_cases_and_more_use_byar():
    row = rate([{"cases": 20}]).loc[A]
    assert row["method"] == "byar"
    assert row["upper"] == pytest.approx(30.889880, abs=1e-6)


def test_person_years_take_the_population_of_each_year_and_the_part_of_it():
    # 2022-07-01 to 2023-06-30: 184/365 of 8,000 and 181/365 of 12,000 people.
    people = population_table({(A, 2022): 8_000, (A, 2023): 12_000})
    half = Filter(Period.parse("2022-07", "2023-06"))
    row = rate([{"cases": 6}], half, population=people).loc[A]
    years = 8_000 * 184 / 365 + 12_000 * 181 / 365
    assert row["denominator"] == pytest.approx(years)
    assert row["value"] == pytest.approx(10_000 * 6 / years)


def test_half_a_year_doubles_the_yearly_rate():
    half = Filter(Period.parse("2023-01", "2023-06"))
    assert rate([{"cases": 5}], half).at[A, "value"] == pytest.approx(5 / (181 / 365))


def test_a_period_that_runs_on_counts_only_the_part_that_the_data_cover():
    row = rate([{"cases": 5}], as_of=date(2023, 6, 30)).loc[A]
    assert row["denominator"] == pytest.approx(10_000 * 181 / 365)


def test_without_a_period_the_whole_months_of_what_is_held_are_taken():
    found = rate(
        [{"reported_on": "2023-01-20", "cases": 3}, {"reported_on": "2023-06-02"}], Filter()
    )
    assert found.at[A, "denominator"] == pytest.approx(10_000 * 181 / 365)


def test_the_city_is_its_kelurahan_without_unknown_and_outside():
    found = rate(
        [
            {"cases": 6},
            {"cases": 9, "kelurahan_code": B},
            {"cases": 4, "kelurahan_code": "unknown"},
            {"cases": 2, "kelurahan_code": "outside"},
        ]
    )
    city = found.loc["city"]
    assert (city["n"], city["denominator"]) == (15, 10_000 * len(PLACES.codes))
    assert city["value"] == pytest.approx(15 / len(PLACES.codes))
    for code, cases in (("unknown", 4), ("outside", 2)):
        assert np.isnan(found.at[code, "value"])
        assert (found.at[code, "n"], found.at[code, "note"]) == (cases, "not_an_area")


@pytest.mark.parametrize("people", [{}, {A: 0}, {A: -5}])
def test_without_people_there_is_no_rate_and_never_an_infinity(people):
    table = population_table({(B, 2023): 10_000} | {(c, 2023): n for c, n in people.items()})
    found = rate([{"cases": 5}, {"cases": 7, "kelurahan_code": B}], population=table)
    assert found.loc[A, ["value", "lower", "upper"]].isna().all()
    assert found.at[A, "note"] == "no_population"
    assert found.at["city", "value"] == pytest.approx(7.0)
    numbers = found.select_dtypes("number").to_numpy()
    assert not np.isinf(numbers).any()


def test_a_kelurahan_without_cases_is_a_rate_of_nought_with_an_upper_bound():
    row = rate([{"cases": 5}]).loc[B]
    assert (row["value"], row["lower"]) == (0, 0)
    assert row["upper"] == pytest.approx(3.688879, abs=1e-6)


def test_verdicts_compare_with_the_city():
    # 15 kelurahan, 200 cases: 30 in A, 0 in B, 13 or so elsewhere; expected everywhere 200/15.
    others = [{"kelurahan_code": c, "cases": 13} for c in PLACES.codes[2:]]
    found = rate([{"cases": 31}, *others])
    expected = (31 + 13 * 13) / 15
    assert expected == pytest.approx(13.333, abs=1e-3)
    assert found.at[A, "verdict"] == "strongly_above"  # 99.8 % lower bound of 31 is over 13.3
    assert found.at[B, "verdict"] == "strongly_below"
    assert found.at[C, "verdict"] == "like_city"
    assert found.at["city", "verdict"] == ""


def test_few_expected_cases_get_no_verdict():
    found = rate([{"cases": 4 * 15}])
    assert set(found.loc[PLACES.codes, "verdict"]) == {"too_few"}


def test_the_city_stays_the_yardstick_when_kecamatan_are_chosen():
    district = PLACES.areas.at[A, "district"]
    others = [{"kelurahan_code": c, "cases": 13} for c in PLACES.codes[2:]]
    rows = [{"cases": 31}, *others]
    chosen = rate(rows, Filter(Period.year(2023), districts=(district,)))
    assert chosen.at[A, "verdict"] == rate(rows).at[A, "verdict"]
    inside = PLACES.codes_in((district,))
    outside = [code for code in PLACES.codes if code not in inside]
    assert chosen.at["city", "denominator"] == 10_000 * len(inside)
    assert chosen.loc[outside, "value"].isna().all()
    assert set(chosen.loc[outside, "note"]) == {"not_chosen"}


def test_an_estimated_population_is_said():
    estimated = same_population().assign(status="estimate")
    assert rate([{}], population=estimated).at[A, "note"] == "estimate"
    assert rate([{}]).at[A, "note"] == ""


def test_no_case_at_all_is_a_city_rate_of_nought():
    found = rate([])
    assert found.at["city", "value"] == 0
    assert found.at["city", "upper"] == pytest.approx(3.688879 / 15, abs=1e-6)
