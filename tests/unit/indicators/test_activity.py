from datetime import date

import numpy as np
import pytest

from lk3.counts import Filter, Period
from lk3.indicators import compute, note_text
from lk3.indicators.activity import comparison_period
from tests.tables_for_tests import PLACES, A, B, case_table, context_of

IN_2023 = Filter(Period.year(2023))


def measure(key, *rows, filter=IN_2023, **tables):
    return compute(key, context_of(case_table(*rows), filter, **tables))


def test_the_city_is_its_kelurahan_and_the_unknown_and_outside_stands_beside():
    found = measure(
        "cases",
        {"cases": 6},
        {"cases": 9, "kelurahan_code": B},
        {"cases": 4, "kelurahan_code": "unknown"},
        {"cases": 2, "kelurahan_code": "outside"},
    )
    assert found["value"].to_dict() == dict.fromkeys(PLACES.codes, 0) | {
        A: 6,
        B: 9,
        "unknown": 4,
        "outside": 2,
        "city": 19,
    }


def test_with_kecamatan_chosen_the_city_row_is_their_sum():
    district = PLACES.areas.at[A, "district"]
    other = next(c for c in PLACES.codes if PLACES.areas.at[c, "district"] != district)
    found = measure(
        "cases",
        {"cases": 6},
        {"cases": 9, "kelurahan_code": other},
        {"cases": 4, "kelurahan_code": "unknown"},
        filter=Filter(Period.year(2023), districts=(district,)),
    )
    assert found.at["city", "value"] == 6
    assert np.isnan(found.at[other, "value"])
    assert found.at[other, "note"] == "not_chosen"


def test_a_client_of_two_kelurahan_is_one_client_of_the_city():
    found = measure(
        "clients",
        {"case_id": "x"},
        {"case_id": "x", "kelurahan_code": B},
        {"case_id": "y", "kelurahan_code": "outside"},
        {},
        {},
    )["value"]
    assert found[[A, B, "outside", "city"]].tolist() == [3, 1, 1, 3]


def test_problems_exceed_cases_when_a_case_has_several():
    found = measure("problems", {"problem": "kdrt", "problems": "kdrt|napza"}, {})["value"]
    assert found[[A, "city"]].tolist() == [3, 3]


def test_change_is_in_percent_with_the_exact_interval_of_the_ratio():
    row = measure("cases_change", {"cases": 30}, {"reported_on": "2022-03-01", "cases": 20}).loc[A]
    assert row["value"] == pytest.approx(50.0)
    # Clopper-Pearson for 30 of 50: 0.4518 to 0.7359, so ratios 0.8242 to 2.7864.
    assert row["lower"] == pytest.approx(-17.6, abs=0.05)
    assert row["upper"] == pytest.approx(178.6, abs=0.1)
    assert (row["n"], row["denominator"]) == (30, 20)
    assert row["note"] == "indistinguishable"
    assert note_text(row["note"]) == "belum dapat dibedakan dari kebetulan"


def test_a_change_beyond_chance_carries_no_such_note():
    row = measure("cases_change", {"cases": 60}, {"reported_on": "2022-03-01", "cases": 20}).loc[A]
    assert row["lower"] > 0
    assert row["note"] == ""


def test_nothing_before_gives_no_percentage():
    row = measure("cases_change", {"cases": 3}, {"reported_on": "2021-05-01"}).loc[A]
    assert np.isnan(row["value"])
    assert (row["n"], row["denominator"], row["note"]) == (3, 0, "no_comparison")


def test_a_period_before_the_first_data_is_not_a_period_without_cases():
    row = measure("cases_change", {"cases": 3}).loc[A]
    assert np.isnan(row["denominator"])
    assert note_text(row["note"]) == "data periode sebelumnya belum ada"


@pytest.mark.parametrize(("first", "partly"), [("2022-03-31", False), ("2022-05-01", True)])
def test_a_period_whose_first_quarter_is_missing_may_be_incomplete(first, partly):
    row = measure("cases_change", {"cases": 3}, {"reported_on": first, "cases": 3}).loc[A]
    assert ("partly_held" in row["note"]) is partly


def test_without_a_period_there_is_nothing_to_compare():
    found = measure("cases_change", {}, filter=Filter())
    assert found["value"].isna().all()
    assert set(found["note"]) == {"no_period"}


def test_a_period_that_runs_on_is_compared_with_the_same_part_of_the_one_before():
    context = context_of(
        case_table(
            {"reported_on": "2023-02-01", "cases": 8},
            {"reported_on": "2022-01-20", "cases": 8},
            {"reported_on": "2022-09-01", "cases": 50},
        ),
        IN_2023,
        as_of=date(2023, 3, 31),
    )
    assert comparison_period(context) == Period.parse("2022-01", "2022-03")
    row = compute("cases_change", context).loc[A]
    assert (row["value"], row["denominator"]) == (0, 8)
    assert row["note"] == "indistinguishable|not_over"


def test_a_yearly_recap_makes_its_whole_year_observed():
    recap = {"reported_on": "2023-01-01", "reported_precision": "year", "cases": 8}
    context = context_of(case_table(recap), IN_2023, as_of=date(2023, 1, 1))
    assert comparison_period(context) == Period.year(2022)


def test_a_period_that_has_not_begun_has_nothing_to_compare_with():
    context = context_of(case_table({}), Filter(Period.year(2030)))
    with pytest.raises(ValueError, match="no period to compare with"):
        comparison_period(context)
    assert compute("cases_change", context)["value"].isna().all()
