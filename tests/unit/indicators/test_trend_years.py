"""Year on year. Exact intervals of ratios: given 20 of 80, the binomial share is 0.25 with Clopper-
Pearson bounds 0.1599 and 0.3594 (scipy.stats.binomtest), so the ratio lies in 0.1904 - 0.5610.
"""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from lk3.counts import Period
from lk3.indicators.trend_summary import judge_trend
from lk3.indicators.trend_years import total_change, year_on_year, year_on_year_words


def monthly(cases, *, status=None, focus=None, start="2023-01-01"):
    counts = pd.DataFrame(
        {
            "start": pd.date_range(start, periods=len(cases), freq="MS"),
            "cases": np.array(cases, dtype="float64"),
            "status": pd.Series(status or [""] * len(cases), dtype="str"),
            "exposure": 30.0,
        }
    )
    return judge_trend(counts, unit="month", focus=focus or Period.year(2024))


def test_a_ratio_has_its_exact_interval():
    table = year_on_year(monthly([60] + [5] * 11 + [20]), "month")
    bounds = binomtest(20, 80).proportion_ci(0.95, method="exact")
    assert table["label"].tolist() == ["Jan 2024"]
    assert table[["cases", "before"]].iloc[0].tolist() == [20, 60]
    assert table["value"].iloc[0] == pytest.approx(-200 / 3)
    assert table["lower"].iloc[0] == pytest.approx(100 * (bounds.low / (1 - bounds.low) - 1))
    assert table["upper"].iloc[0] == pytest.approx(100 * (bounds.high / (1 - bounds.high) - 1))
    assert table["note"].iloc[0] == ""


def test_a_small_change_cannot_be_told_from_chance():
    assert year_on_year(monthly([8] * 12 + [10]), "month")["note"].tolist() == ["indistinguishable"]


def test_without_cases_the_year_before_there_is_no_ratio():
    table = year_on_year(monthly([0] + [9] * 11 + [4]), "month")
    assert table["note"].iloc[0] == "no_comparison"
    assert np.isnan(table["value"].iloc[0])
    assert np.isnan(table["lower"].iloc[0])


def test_only_the_period_looked_at_is_compared():
    table = year_on_year(monthly([10] * 36, focus=Period.year(2024)), "year")
    assert table["label"].tolist() == ["2024"]


def test_a_part_of_a_year_is_compared_with_the_same_months():
    table = year_on_year(monthly([10] * 12 + [20] * 5), "year")
    assert table[["months", "cases", "before"]].iloc[0].tolist() == [5, 100, 50]


@pytest.mark.parametrize("missing", [1, 13])
def test_a_month_that_either_year_does_not_hold_is_left_out_of_both(missing):
    status = [""] * 15
    status[missing] = "not_held"
    table = year_on_year(monthly([10] * 15, status=status), "quarter")
    assert table[["months", "cases", "before"]].iloc[0].tolist() == [2, 20, 20]


def test_the_sentence_names_both_years_and_what_chance_would_give():
    summary = monthly([10] * 12 + [11] * 12)
    said = year_on_year_words(year_on_year(summary, "month"), total_change(summary), "month")
    assert said.startswith(
        "132 kasus dalam 12 bulan yang dapat dibandingkan, setahun sebelumnya 120: +10%"
    )
    assert "belum dapat dibedakan dari kebetulan" in said
    assert "Dari 12 bulan, 0 berbeda melebihi kebetulan" in said
    assert "rata-rata 0,6 tetap tampak berbeda" in said


def test_without_a_year_before_the_sentence_says_so():
    summary = monthly([9] * 6, start="2024-01-01")
    said = year_on_year_words(year_on_year(summary, "month"), total_change(summary), "month")
    assert said == "Belum ada bulan yang sama pada tahun sebelumnya untuk dibandingkan."
