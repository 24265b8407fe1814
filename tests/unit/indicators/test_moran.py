"""Moran's I against published values and a calculation pair by pair.

tests/data/sids_1974.csv: births and sudden infant deaths of North Carolina's 100 counties, 1974-78,
with the neighbours of PySAL's `sids2.gal`. Published for the rate per 1,000 births (SIDR74), rows
of the weights adding up to 1: I = 0.24772519320480135 (esda's own tests).
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lk3 import language
from lk3.counts import Filter, Period
from lk3.indicators.moran import (
    Moran,
    measure_moran,
    moran,
    moran_of_rates,
    moran_words,
    standardised_rates,
    weights,
)
from tests.tables_for_tests import PLACES, case_table, context_of

SIDS = pd.read_csv(
    Path(__file__).parents[2] / "data" / "sids_1974.csv", dtype={"fips": "str", "neighbours": "str"}
)
NEIGHBOURS = {
    fips: tuple(text.split("|"))
    for fips, text in zip(SIDS["fips"], SIDS["neighbours"], strict=True)
}
LINKS = weights(SIDS["fips"].tolist(), NEIGHBOURS)


def test_the_value_of_the_rates_is_the_published_one():
    rates = (1000 * SIDS["deaths"] / SIDS["births"]).round(6)  # as the published file keeps them
    assert moran(rates, LINKS) == pytest.approx(0.24772519320480135, abs=1e-12)


def test_standardised_rates_equal_assuncao_and_reis_county_by_county():
    deaths, births = SIDS["deaths"].tolist(), SIDS["births"].tolist()
    overall = sum(deaths) / sum(births)
    raw = [d / b for d, b in zip(deaths, births, strict=True)]
    spread = sum(b * (r - overall) ** 2 for b, r in zip(births, raw, strict=True)) / sum(births)
    between = spread - overall / (sum(births) / len(births))
    assert between > 0
    expected = [
        (r - overall) / (between + overall / b) ** 0.5 for b, r in zip(births, raw, strict=True)
    ]
    assert standardised_rates(deaths, births) == pytest.approx(expected)


def test_moran_equals_its_sum_over_pairs():
    values = standardised_rates(SIDS["deaths"], SIDS["births"])
    mean = values.mean()
    pairs = sum(
        LINKS[i, j] * (values[i] - mean) * (values[j] - mean)
        for i in range(100)
        for j in range(100)
    )
    by_hand = 100 / LINKS.sum() * pairs / sum((v - mean) ** 2 for v in values)
    found = moran_of_rates(SIDS["deaths"], SIDS["births"], LINKS)
    assert found.value == pytest.approx(by_hand)
    assert found.expected == pytest.approx(-1 / 99)
    assert found.p < 0.01
    assert found.areas == 100


def test_the_same_data_give_the_same_p():
    first, second = (moran_of_rates(SIDS["deaths"], SIDS["births"], LINKS) for _ in range(2))
    assert first == second


def test_p_is_spread_evenly_where_there_is_no_pattern():
    random = np.random.default_rng(5)
    codes, links = PLACES.codes, weights(PLACES.codes, PLACES.neighbours)
    exposure = np.full(len(codes), 10_000.0)
    found = [
        moran_of_rates(random.poisson(30, len(codes)), exposure, links, permutations=199).p
        for _ in range(200)
    ]
    assert np.mean(np.array(found) < 0.05) < 0.1
    assert 0.4 < np.mean(found) < 0.6


def test_high_beside_high_is_found_and_high_beside_low_is_its_opposite():
    chain = [f"k{i}" for i in range(12)]
    beside = {
        code: tuple(chain[j] for j in (i - 1, i + 1) if 0 <= j < 12) for i, code in enumerate(chain)
    }
    links, people = weights(chain, beside), [1000] * 12
    alike = moran_of_rates([40] * 6 + [5] * 6, people, links)
    opposed = moran_of_rates([40, 5] * 6, people, links)
    assert alike.value > 0.5
    assert opposed.value < -0.5
    assert max(alike.p, opposed.p) < 0.05
    with language.speaking("id"):
        assert moran_words(alike).startswith("Kelurahan yang bertetangga cenderung memiliki angka")
        assert "berlawanan" in moran_words(opposed)


def test_areas_without_people_take_no_part_and_few_or_equal_areas_have_no_value():
    links = weights(SIDS["fips"].tolist(), NEIGHBOURS)
    births = SIDS["births"].astype("float64").copy()
    births.iloc[3] = np.nan
    assert moran_of_rates(SIDS["deaths"], births, links).areas == 99
    few = moran_of_rates([1, 2, 3], [10, 10, 10], np.ones((3, 3)))
    equal = moran_of_rates([5] * 12, [100] * 12, np.ones((12, 12)))
    nobody = moran_of_rates([0] * 12, [100] * 12, np.ones((12, 12)))
    assert all(np.isnan(found.value) for found in (few, equal, nobody))
    with language.speaking("id"):
        assert "tidak dapat dihitung" in moran_words(few)


def test_weights_name_neighbours_that_are_there_and_add_up_to_one():
    links = weights(PLACES.codes, PLACES.neighbours)
    assert links.sum(axis=1) == pytest.approx([1.0] * len(PLACES.codes))
    assert ((links > 0) == (links > 0).T).all()
    assert weights(["a", "b"], {"a": ("b", "elsewhere")}).tolist() == [[0, 1], [0, 0]]


def test_words_say_that_nothing_seen_is_no_proof():
    with language.speaking("id"):
        said = moran_words(Moran(0.05, -1 / 14, 0.53, 15))
    assert said == (
        "Tidak terlihat pola antarkelurahan yang bertetangga (I Moran 0,05, p = 0,53). Dengan 15 "
        "kelurahan, uji ini hanya menangkap pola yang kuat; tidak terlihat pola bukan bukti bahwa "
        "tidak ada."
    )


def test_the_kelurahan_that_are_looked_at_take_part():
    rows = [{"kelurahan_code": c, "cases": 5 + i} for i, c in enumerate(PLACES.codes)]
    context = context_of(case_table(*rows), Filter(Period.year(2023)))
    found = measure_moran(context)
    direct = moran_of_rates(
        range(5, 5 + len(PLACES.codes)),
        [10_000] * len(PLACES.codes),
        weights(PLACES.codes, PLACES.neighbours),
    )
    assert found == direct
