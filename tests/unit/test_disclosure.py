from dataclasses import FrozenInstanceError

import numpy as np
import pandas as pd
import pytest

from lk3.counts import Filter, Period
from lk3.disclosure import release, release_table
from lk3.disclosure.suppression import hidden_ranges, is_small, suppress
from tests.leaks_for_tests import Attack, attack, fact, facts_of, random_dataset, usual_exports
from tests.tables_for_tests import PLACES, A, case_table, context_of, public_measures

IN_2023 = Filter(Period.year(2023))
CODES = PLACES.codes


def public(counts, filter=IN_2023):
    rows = [{"kelurahan_code": code, "cases": n} for code, n in counts.items() if n]
    return public_measures(context_of(case_table(*rows), filter))


def hidden_in(frame):
    return set(frame.index[frame["note"] == "suppressed"])


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (4, True), (5, False)])
def test_one_to_four_are_small(count, small):
    assert is_small(np.array([float(count)]), threshold=5).tolist() == [small]


@pytest.mark.parametrize(("count", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_count_outside_is_judged_by_itself(count, shown):
    row = public(dict.fromkeys(CODES, 10) | {"outside": count})["cases"].loc["outside"]
    assert bool(row["value"] == count) is shown
    assert (row["note"] == "suppressed") is not shown


def test_another_count_is_hidden_so_that_the_total_gives_nothing_back():
    frames = public(dict.fromkeys(CODES, 20) | {A: 3})
    assert A in hidden_in(frames["cases"])
    assert len(hidden_in(frames["cases"]) & set(CODES)) == 2
    assert frames["cases"].at["city", "value"] == 14 * 20 + 3
    for key in ("case_rate_per_10k", "clients", "problems", "cases_change"):
        assert np.isnan(frames[key].at[A, "n"]), key
        assert frames[key].at[A, "verdict"] == "", key


def test_the_rate_of_the_city_does_not_give_the_unknown_away():
    frames = public(dict.fromkeys(CODES, 20) | {"unknown": 2})
    assert np.isnan(frames["cases"].at["unknown", "value"])
    row = frames["case_rate_per_10k"].loc["city"]
    assert row["n"] == 302
    assert "with_unknown" in row["note"]


def test_staff_see_everything_and_nobody_else_gets_in():
    frame = public({A: 30})["cases"]
    assert release({"cases": frame}, audience="internal").measures["cases"] is frame
    with pytest.raises(ValueError, match="unknown audience 'press'"):
        release({}, audience="press")
    with pytest.raises(ValueError, match="context"):
        release({}, audience="public")
    with pytest.raises(ValueError, match="staff"):
        release_table(pd.DataFrame({"problem": ["a"], "cases": [9]}), audience="public")
    with pytest.raises(FrozenInstanceError):
        release({}, audience="internal").audience = "public"


def test_ranges_without_an_equation_have_no_end():
    low, high = hidden_ranges(np.array([3.0]), np.zeros((1, 1)), np.array([True]))
    assert (low[0], high[0]) == (0, np.inf)


def test_a_small_part_takes_the_cheapest_other_part_with_it():
    mask = suppress(np.array([3.0, 20, 9, 32]), np.array([[1.0, 1, 1, -1]]), threshold=5)
    assert mask.tolist() == [True, False, True, False]


@pytest.mark.parametrize("seed", [0])
def test_all_exports_together_narrow_no_hidden_count(seed):
    data = random_dataset(seed)
    few = [f for f in usual_exports() if f.period is None or f.period.is_whole_months][:8]
    found = attack(data, [each for filter in few for each in facts_of(data, filter)])
    assert found.pinned == []
    assert found.small_shown == 0
    assert found.hidden > 0


def test_the_attack_finds_what_two_exports_tell():
    data = random_dataset(0, mean=20.0)
    sizes = data.tables.cases.groupby(["kelurahan_code", "problem"])["cases"].sum()
    (area, problem), _few = next((key, n) for key, n in sizes.items() if 0 < n < 5)
    whole = float(sizes[area].sum())
    rest = set(sizes[area].index) - {problem}
    told = [
        fact(whole, kelurahan_code={area}),
        fact(float(sizes[area][list(rest)].sum()), kelurahan_code={area}, problem=rest),
    ]
    assert program_width(told, area, problem) == pytest.approx(0, abs=1e-6)


def program_width(told, area, problem):
    """How far a linear programme narrows one count down."""
    program = Attack(told)
    row = program.row({"kelurahan_code": {area}, "problem": {problem}})
    return program.width(row, enough=4)
