from datetime import date

import pytest

from lk3 import language
from lk3.counts import Filter, Period, pooling
from lk3.counts.pooling import board_terms, pool_label, pools
from lk3.indicators import compute
from lk3.ui.periods import period_choices, period_label
from tests.cities_for_tests import write_city
from tests.tables_for_tests import A, case_table, context_of, population_table

HELD = Period(date(2021, 1, 1), date(2026, 10, 27))
TODAY = date(2026, 10, 27)


def by_key(held, as_of=TODAY):
    return {pool.key: pool.period for pool in pools(held, as_of)}


def test_years_are_full_and_all_of_them_held():
    found = by_key(HELD)
    assert found["years_3"] == Period(date(2023, 1, 1), date(2025, 12, 31))
    assert found["years_5"] == Period(date(2021, 1, 1), date(2025, 12, 31))
    assert "years_5" not in by_key(Period(date(2022, 1, 1), date(2026, 10, 27)))


def test_terms_are_those_of_the_inaugurations_cut_to_what_is_held():
    assert board_terms() == (
        (date(2020, 3, 9), date(2023, 7, 25)),
        (date(2023, 7, 26), None),
    )
    found = by_key(HELD)
    assert found["term_2023"] == Period(date(2023, 7, 26), TODAY)
    assert found["term_2020"] == Period(date(2021, 1, 1), date(2023, 7, 25))


def test_a_term_that_the_data_do_not_touch_is_not_offered():
    assert "term_2020" not in by_key(Period(date(2024, 1, 1), date(2026, 10, 27)))
    assert "term_2023" not in by_key(
        Period(date(2021, 1, 1), date(2022, 12, 31)), date(2022, 12, 31)
    )


def test_without_data_nothing_is_pooled():
    assert pools(None, TODAY) == ()


def test_names_are_in_words():
    with language.speaking("id"):
        assert [pool.label for pool in pools(HELD, TODAY)] == [
            "3 tahun penuh terakhir",
            "5 tahun penuh terakhir",
            "Masa bakti 2023–sekarang",
            "Masa bakti 2020–2023",
        ]
    assert pool_label("full_year") == ""


def test_the_filter_offers_them_between_the_months_and_all_data():
    choices = period_choices(HELD, TODAY)
    keys = list(choices)
    assert keys[:3] == ["full_year", "this_year", "last_12"]
    assert keys[3:8] == ["years_3", "years_5", "term_2023", "term_2020", "all"]
    with language.speaking("id"):
        assert period_label("term_2023") == "Masa bakti 2023–sekarang"
        assert period_label("2024") == "2024"


def test_another_city_has_its_own_terms_or_none(tmp_path, monkeypatch):
    folder = write_city(tmp_path)
    monkeypatch.setenv("LK3_GEO_DIR", str(folder))
    assert board_terms() == ()
    (folder / "terms.csv").write_text("start,end,source\n2022-02-01,,SK\n", encoding="utf-8")
    pooling._read_terms.cache_clear()
    assert board_terms() == ((date(2022, 2, 1), None),)
    pooling._read_terms.cache_clear()


def test_pooled_rates_take_the_population_of_each_year():
    # 3 + 4 + 5 cases among 1,000 + 2,000 + 3,000 people, a year each: 12 of 6,000 person-years.
    people = population_table({(A, 2023): 1_000, (A, 2024): 2_000, (A, 2025): 3_000})
    rows = [
        {"reported_on": f"{year}-05-05", "cases": n}
        for year, n in ((2023, 3), (2024, 4), (2025, 5))
    ]
    period = by_key(HELD)["years_3"]
    context = context_of(
        case_table(*rows), Filter(period), population=people, as_of=date(2026, 10, 27)
    )
    row = compute("case_rate_per_10k", context).loc[A]
    assert (row["n"], row["denominator"]) == (12, 6_000)
    assert row["value"] == pytest.approx(20.0)
