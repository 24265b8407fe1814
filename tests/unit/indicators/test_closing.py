from datetime import date

import numpy as np
import pytest

from lk3.counts import Filter, Period
from lk3.indicators import compute
from tests.tables_for_tests import A, B, case_table, context_of

IN_2023 = Filter(Period.year(2023))


def closed(days, *, reported="2023-01-01", **more):
    end = np.datetime64(reported) + np.timedelta64(days, "D")
    return {"reported_on": reported, "closed_on": str(end), "status": "selesai"} | more


def measure(key, *rows, as_of=date(2023, 12, 31), filter=IN_2023):
    return compute(key, context_of(case_table(*rows), filter, as_of=as_of))


def test_median_and_quartiles_by_hand():
    # 10, 20, 30, 40, 100: median 30, quartiles 20 and 40.
    rows = [closed(d) for d in (100, 10, 40, 20, 30)]
    row = measure("days_to_close_median", *rows, {}).loc[A]
    assert (row["lower"], row["value"], row["upper"], row["n"]) == (20, 30, 40, 5)
    assert row["method"] == "median_quartiles"


def test_the_city_takes_unknown_kelurahan_but_not_outside():
    rows = [
        closed(10),
        closed(20, kelurahan_code="unknown"),
        closed(90, kelurahan_code="outside"),
    ]
    found = measure("days_to_close_median", *rows)
    assert (found.at["city", "value"], found.at["city", "n"]) == (15, 2)
    assert found.at["outside", "value"] == 90


def test_no_closed_case_has_no_median():
    row = measure("days_to_close_median", {}).loc[A]
    assert np.isnan(row["value"])
    assert (row["n"], row["note"]) == (0, "no_cases")


def test_a_row_that_stands_for_several_cases_weighs_as_many():
    row = measure("days_to_close_median", closed(10, cases=3), closed(50)).loc[A]
    assert (row["value"], row["n"]) == (10, 4)


def test_a_closing_after_the_last_day_of_the_data_has_not_happened():
    row = measure("days_to_close_median", closed(200), as_of=date(2023, 3, 1)).loc[A]
    assert row["n"] == 0


def test_share_closed_in_time_counts_the_thirtieth_day():
    rows = [closed(29), closed(30), closed(31), {"reported_on": "2023-01-01"}]
    row = measure("closed_within_30_pct", *rows).loc[A]
    assert (row["n"], row["denominator"], row["value"]) == (2, 4, 50.0)
    # Wilson for 2 of 4, by hand: (0.5 + z2/8 -+ z sqrt(0.25/4 + z2/64)) / (1 + z2/4), z2 = 3.8415.
    assert row["lower"] == pytest.approx(15.00, abs=0.01)
    assert row["upper"] == pytest.approx(85.00, abs=0.01)


def test_cases_too_young_to_judge_are_left_out():
    rows = [
        closed(5, reported="2023-12-01"),  # 30 days before the data end: judged
        closed(5, reported="2023-12-02"),  # 29 days: not yet
        {"reported_on": "2023-12-20"},
    ]
    row = measure("closed_within_30_pct", *rows).loc[A]
    assert (row["n"], row["denominator"]) == (1, 1)


def test_within_ninety_days():
    row = measure("closed_within_90_pct", closed(90), closed(91), closed(31)).loc[A]
    assert (row["n"], row["denominator"]) == (2, 3)


def test_no_case_to_judge_gives_no_share():
    row = measure("closed_within_90_pct", closed(5, kelurahan_code=B)).loc[A]
    assert np.isnan(row["value"])
    assert (row["denominator"], row["note"]) == (0, "no_cases")


def test_open_for_more_than_ninety_days_whenever_reported():
    rows = [
        {"reported_on": "2021-05-01"},
        {"reported_on": "2023-10-01"},  # 91 days before 31 December
        {"reported_on": "2023-10-02"},
        closed(10),
    ]
    assert measure("open_over_90_days", *rows).at[A, "value"] == 2
