"""Verdicts with a population 10 % off, against computing everything anew with that population."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lk3 import language
from lk3.counts import Filter, Period
from lk3.indicators import Context, compute
from lk3.indicators.sensitivity import (
    population_sensitivity,
    sensitivity_headline,
    sensitivity_words,
)
from lk3.indicators.underserved import measure_supply
from lk3.tables import POPULATION
from tests.tables_for_tests import PLACES, case_table, context_of, member_table

CODES = PLACES.codes
IN_2023 = Filter(Period.year(2023))
CASES = [24, 14, 13, 9, 8, 7, 3, 2, 11, 8, 8, 8, 8, 8, 8]
MEMBERS = [2, 3, 4, 4, 0, 4, 4, 4, 2, 4, 4, 4, 4, 4, 4]


def city(unknown=0, *, status="estimate", filter=IN_2023):
    rows = [{"kelurahan_code": c, "cases": n} for c, n in zip(CODES, CASES, strict=True)]
    rows += [{"kelurahan_code": "unknown", "cases": unknown}] * bool(unknown)
    team = [
        {"kelurahan_code": code, "member_id": f"{code}-{i}"}
        for code, count in zip(CODES, MEMBERS, strict=True)
        for i in range(count)
    ]
    people = POPULATION.conform(
        pd.DataFrame({"code": CODES, "year": 2023, "population": 10_000, "status": status})
    )
    return context_of(case_table(*rows), filter, members=member_table(*team), population=people)


def with_population(context: Context, code: str, factor: float) -> Context:
    """The same city with one kelurahan's people times a factor."""
    people = context.tables.population.copy()
    here = people["code"] == code
    people.loc[here, "population"] = (people.loc[here, "population"] * factor).astype("int64")
    return replace(context, tables=replace(context.tables, population=people))


@pytest.mark.parametrize("unknown", [0, 6])
def test_every_verdict_is_that_of_computing_all_anew_with_that_population(unknown):
    context = city(unknown)
    found = population_sensitivity(context)
    for name, factor in (("fewer", 0.9), ("more", 1.1)):
        for code in CODES[:4]:  # far above, above, near the limit, like the city
            anew = with_population(context, code, factor)
            rate = compute("case_rate_per_10k", anew).at[code, "verdict"]
            state = measure_supply(anew).areas.at[code, "state"]
            assert (found.at[code, f"verdict_{name}"], found.at[code, f"state_{name}"]) == (
                rate, state,
            ), (name, code)  # fmt: skip


def test_without_a_change_they_are_the_verdicts_shown():
    context = city(6)
    found = population_sensitivity(context)
    areas = measure_supply(context).areas
    assert found["verdict"].tolist() == areas["need_verdict"].tolist()
    assert found["state"].tolist() == areas["state"].tolist()


def test_some_verdict_hangs_on_the_population_and_most_do_not():
    changes = population_sensitivity(city())["changes"]
    assert changes.any()
    assert not changes.all()


def test_no_verdict_hangs_on_an_official_population():
    found = population_sensitivity(city(status="official"))
    assert not found["changes"].any()
    assert not found["estimate"].any()
    assert sensitivity_words(found, CODES[0]) == ""
    assert sensitivity_headline(found, PLACES) == ""


def test_a_kecamatan_keeps_the_verdicts_of_the_city():
    district = (PLACES.areas.at[CODES[0], "district"],)
    here = PLACES.codes_in(district)
    part = population_sensitivity(city(filter=Filter(Period.year(2023), districts=district)))
    whole = population_sensitivity(city())
    for name in ("verdict", "verdict_fewer", "verdict_more"):
        assert part.loc[here, name].tolist() == whole.loc[here, name].tolist()
    assert set(part.loc[[c for c in CODES if c not in here], "verdict"]) == {""}


FRAME = pd.DataFrame(
    {
        "estimate": True,
        "verdict": ["like_city", "above", ""],
        "verdict_fewer": ["like_city", "strongly_above", ""],
        "verdict_more": ["like_city", "like_city", ""],
        "state": ["enough", "maybe", ""],
        "state_fewer": ["enough", "maybe", ""],
        "state_more": ["enough", "enough", ""],
        "changes": [False, True, False],
    },
    index=CODES[:3],
)


def test_the_sentence_says_what_the_verdict_would_be():
    with language.speaking("id"):
        same, moved, nothing = (sensitivity_words(FRAME, code) for code in CODES[:3])
        headline = sensitivity_headline(FRAME, PLACES)
    assert same.endswith("Putusan tidak berubah bila penduduk 10% lebih sedikit atau lebih banyak.")
    assert moved == (
        "Penduduk masih perkiraan. Putusan berubah bila 10% lebih sedikit: jauh di atas kota; "
        "bila 10% lebih banyak: tidak dapat dibedakan dari kota, tidak dapat disebut kurang."
    )
    assert nothing == ""
    assert headline == (
        f"Putusan 1 kelurahan berubah bila penduduknya meleset 10%: {PLACES.label(CODES[1])}. "
        "Dihitung satu per satu; penduduk kelurahan lain dianggap tetap."
    )


def test_of_very_many_verdicts_that_would_change_the_first_eight_are_named():
    moved = pd.DataFrame({"estimate": True, "changes": True}, index=CODES[:12])
    with language.speaking("id"):
        headline = sensitivity_headline(moved, PLACES)
    named = ", ".join(PLACES.label(code) for code in CODES[:8])
    assert headline.startswith(
        f"Putusan 12 kelurahan berubah bila penduduknya meleset 10%: {named}, 4 lainnya. "
    )


def test_verdict_and_state_of_one_name_are_said_once():
    row = {"verdict_fewer": "too_few", "state_fewer": "unjudged", "changes": True}
    with language.speaking("id"):
        said = sensitivity_words(FRAME.assign(**row), CODES[0])
    assert said.endswith("Putusan berubah bila 10% lebih sedikit: data belum cukup.")


def test_no_data_and_no_people_give_no_verdict_and_no_failure():
    for context in (context_of(case_table()), context_of(case_table(), IN_2023)):
        found = population_sensitivity(context)
        assert not found["changes"].any()
    bare = context_of(case_table({}), IN_2023, population=POPULATION.empty())
    found = population_sensitivity(bare)
    assert set(found["verdict"]) == {""}
    assert not np.any(found["changes"])
