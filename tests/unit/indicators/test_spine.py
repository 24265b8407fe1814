from datetime import date
from functools import lru_cache

import numpy as np
import pytest

from lk3.counts import Filter, Period
from lk3.disclosure import release
from lk3.indicators import compute_all
from lk3.indicators.spine import COLUMNS, SPINE, measure_spine
from tests.tables_for_tests import PLACES, A, B, case_table, context_of, member_table

CODES = PLACES.codes
DISTRICT = (PLACES.areas.at[A, "district"],)
COUNTS = (12, 3, 6, 9, 20, 5, 7, 8, 4, 10, 11, 2, 1, 13, 14)


@lru_cache
def measures(districts=(), *, counts=COUNTS, audience="internal"):
    rows = [{"kelurahan_code": c, "cases": n} for c, n in zip(CODES, counts, strict=True) if n]
    filter = Filter(Period.year(2023), districts=districts)
    team = member_table(*({"kelurahan_code": code, "member_id": code} for code in CODES))
    context = context_of(case_table(*rows), filter, members=team, as_of=date(2023, 12, 31))
    return release(compute_all(context), audience=audience, context=context).measures


def spine(code=A, **options):
    return measure_spine(measures(**options), measures(DISTRICT, **options), PLACES, code)


def test_a_value_lies_between_the_lowest_and_the_highest_kelurahan():
    row = spine().loc["case_rate_per_10k"]
    assert row["value"] == pytest.approx(12.0)  # 12 cases of 10,000 people
    assert (row["min"], row["max"], row["areas"]) == (1, 20, 15)
    assert (row["q25"], row["q75"]) == (np.quantile(COUNTS, 0.25), np.quantile(COUNTS, 0.75))
    assert row["position"] == pytest.approx((12 - 1) / (20 - 1))
    assert row["city"] == pytest.approx(sum(COUNTS) / len(COUNTS))
    here = [COUNTS[CODES.index(code)] for code in PLACES.codes_in(DISTRICT)]
    assert row["kecamatan"] == pytest.approx(np.mean(here))
    assert row["verdict"] == "like_city"


def test_the_ends_are_at_nought_and_one():
    assert spine(CODES[4]).at["case_rate_per_10k", "position"] == 1
    assert spine(CODES[12]).at["case_rate_per_10k", "position"] == 0


def test_an_amount_is_not_compared_with_a_sum():
    row = spine().loc["active_members"]
    assert row["value"] == 1
    assert np.isnan(row["city"])
    assert np.isnan(row["kecamatan"])


def test_equal_kelurahan_have_no_position():
    row = spine().loc["members_per_10k"]
    assert (row["min"], row["max"]) == (1, 1)
    assert np.isnan(row["position"])


def test_every_indicator_has_a_row_even_without_any_data():
    found = spine(B, counts=(0,) * 15)
    assert list(found.index) == list(SPINE)
    assert list(found.columns) == list(COLUMNS)
    assert found.loc["days_to_close_median"].drop(["areas", "verdict", "note"]).isna().all()


def test_what_is_hidden_from_the_public_is_neither_value_nor_end():
    hidden = spine(CODES[12], audience="public").loc["case_rate_per_10k"]
    assert np.isnan(hidden["value"])
    assert np.isnan(hidden["position"])
    assert hidden["note"] == "suppressed"
    assert hidden["min"] >= 5
