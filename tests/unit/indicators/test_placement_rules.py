"""The rules of placement against published apportionments, an independent program, and all other
ways of placing as many people.

tests/data/house_2020.csv: apportionment population and seats of the House of Representatives of
the United States, by Huntington-Hill (Census Bureau, 2020 Census, Apportionment Table 1).
"""

from fractions import Fraction
from itertools import combinations_with_replacement
from pathlib import Path

import apportionment.methods
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lk3.indicators.placement_rules import (
    HUNTINGTON_HILL,
    LARGEST_SHORTFALL,
    RULES,
    WEBSTER,
    allocate,
    yardstick_of,
)

HOUSE = pd.read_csv(Path(__file__).parents[2] / "data" / "house_2020.csv")
VOTES = (5117, 4400, 162, 161, 160)


def placed(need, seats, people, **options):
    """People in each area after the placement."""
    steps = allocate(need, seats, people, **options)
    counts = np.bincount([step.area for step in steps], minlength=len(need))
    return (np.array(seats) + counts).tolist()


# --- Published tables ----------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [WEBSTER, HUNTINGTON_HILL])
def test_hundred_seats_are_shared_as_balinski_and_young_publish(rule):
    """Balinski & Young (1975), the same for both methods."""
    assert placed(VOTES, [0] * 5, 100, rule=rule) == [51, 43, 2, 2, 2]


def test_the_house_of_2020_is_shared_as_the_census_bureau_publishes():
    found = placed(HOUSE["population"], [0] * 50, 435, rule=HUNTINGTON_HILL)
    assert found == HOUSE["seats"].tolist()


def test_a_house_half_full_ends_as_one_that_begins_empty():
    """Both divisor methods are monotone in the house: seats already held change nothing."""
    for rule in (WEBSTER, HUNTINGTON_HILL):
        empty = placed(HOUSE["population"], [0] * 50, 435, rule=rule)
        half = placed(HOUSE["population"], [0] * 50, 217, rule=rule)
        assert placed(HOUSE["population"], half, 218, rule=rule) == empty


needs = st.lists(st.integers(1, 60), min_size=2, max_size=7)


@given(needs, st.integers(0, 12))
@settings(max_examples=60)
def test_divisor_methods_agree_with_an_independent_program(need, extra):
    people = len(need) + extra  # its Huntington-Hill wants at least one seat for each
    for rule, name in ((WEBSTER, "saintelague"), (HUNTINGTON_HILL, "huntington")):
        try:
            theirs = apportionment.methods.compute(name, need, people, tiesallowed=False)
        except apportionment.methods.TiesException:
            assert any(step.tied for step in allocate(need, [0] * len(need), people, rule=rule))
        else:
            assert placed(need, [0] * len(need), people, rule=rule) == theirs


# --- All other ways ------------------------------------------------------------------------------


def all_ways(areas, people):
    """Every way of adding so many people to so many areas."""
    for chosen in combinations_with_replacement(range(areas), people):
        yield np.bincount(chosen, minlength=areas) if people else np.zeros(areas, dtype=int)


def cost(need, seats, rule, yardstick):
    """What a rule wants to be small, in exact fractions."""
    if rule == LARGEST_SHORTFALL:
        return sorted((yardstick * n - int(s) for n, s in zip(need, seats, strict=True)))[::-1]
    if rule == WEBSTER:
        return sum(Fraction(int(s) ** 2, n) for n, s in zip(need, seats, strict=True))
    nobody = sum(n**2 for n, s in zip(need, seats, strict=True) if s == 0)
    return (
        nobody,
        sum(Fraction(n**2, int(s)) for n, s in zip(need, seats, strict=True) if s > 0),
    )


def costs_of_all_ways(need, seats, people, rule, floor, yardstick):
    """By result: first how many people are lacking to the floor, then what the rule wants small."""
    return {
        tuple(final.tolist()): (
            int(np.clip(floor - final, 0, None).sum()),
            cost(need, final, rule, yardstick),
        )
        for added in all_ways(len(need), people)
        for final in [np.array(seats) + added]
    }


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3)), min_size=1, max_size=4),
    st.integers(0, 5),
    st.sampled_from(RULES),
    st.integers(0, 2),
)
@settings(max_examples=150)
def test_no_other_way_serves_the_rule_better_and_ties_are_said(areas, people, rule, floor):
    need, seats = (list(column) for column in zip(*areas, strict=True))
    yardstick = Fraction(sum(seats) + people, sum(need))
    ways = costs_of_all_ways(need, seats, people, rule, floor, yardstick)
    best = min(ways.values())
    optimal = {final for final, value in ways.items() if value == best}

    steps = allocate(need, seats, people, rule=rule, floor=floor, yardstick=float(yardstick))
    result = np.array(seats) + np.bincount([s.area for s in steps], minlength=len(need))

    assert tuple(result.tolist()) in optimal
    exchanged = {
        tuple(result - np.eye(len(need), dtype=int)[s.area] + np.eye(len(need), dtype=int)[t])
        for s in steps
        for t in s.tied
    }
    assert {tuple(int(n) for n in way) for way in exchanged} <= optimal
    assert (len(optimal) > 1) == bool(exchanged)


# --- What is said of each person -----------------------------------------------------------------


def test_of_equal_areas_the_first_gets_the_person_and_the_others_are_named():
    (step,) = allocate([3, 3, 1, 3], [1, 1, 1, 1], 1, rule=LARGEST_SHORTFALL)
    assert (step.area, step.tied) == (0, (1, 3))


def test_two_equal_areas_that_both_get_somebody_are_no_tie():
    steps = allocate([3, 3, 1], [1, 1, 1], 2, rule=LARGEST_SHORTFALL)
    assert [(step.area, step.tied) for step in steps] == [(0, ()), (1, ())]


def test_the_same_question_gets_the_same_answer():
    answers = [allocate([5, 5, 5, 2], [0, 1, 1, 0], 4, rule=WEBSTER) for _ in range(2)]
    assert answers[0] == answers[1]


def test_areas_under_the_floor_come_first_however_small_their_need():
    steps = allocate([100, 1, 2], [1, 0, 0], 3, rule=LARGEST_SHORTFALL, floor=1)
    assert [(step.area, step.to_floor) for step in steps] == [(2, True), (1, True), (0, False)]


def test_areas_that_the_draws_order_less_than_nine_times_in_ten_are_named():
    certain = np.tile([10.0, 5.0, 1.0], (100, 1))
    mixed = certain.copy()
    mixed[:11, 1] = 12  # in 11 of 100 draws the second has the larger need
    said = [
        allocate([10, 5, 1], [0, 0, 0], 1, rule=WEBSTER, draws=draws)[0].alike
        for draws in (certain, mixed)
    ]
    assert said == [(), (1,)]


def test_more_people_than_areas_are_shared_in_proportion():
    assert placed([3, 2, 1], [0, 0, 0], 12, rule=LARGEST_SHORTFALL) == [6, 4, 2]


def test_nobody_is_placed_when_there_is_nobody_or_nowhere():
    assert allocate([3, 2], [0, 0], 0, rule=WEBSTER) == []
    assert allocate([], [], 3, rule=WEBSTER) == []


def test_an_unknown_rule_is_refused():
    with pytest.raises(ValueError, match="dhondt is not one of"):
        allocate([3, 2], [0, 0], 1, rule="dhondt")


# --- The yardstick -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (0, 6 / 20),
        (2, 6 / 20),  # shortfalls 0.3 * 10 - 1 = 2 and -2: two people fill them
        (3, 9 / 20),
        (-1, 6 / 20),
    ],
)
def test_yardstick_is_the_ratio_of_now_until_the_people_are_more_than_what_is_lacking(
    people, expected
):
    assert yardstick_of([10, 10], [1, 5], people) == pytest.approx(expected)


def test_yardstick_of_a_city_without_members_is_the_ratio_with_the_new_ones():
    assert yardstick_of([10, 10], [0, 0], 4) == pytest.approx(0.2)
    assert np.isnan(yardstick_of([], [], 4))


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3)), min_size=2, max_size=6),
    st.integers(1, 6),
    st.sampled_from(RULES),
)
@settings(max_examples=60)
def test_one_more_person_takes_nobody_away(areas, people, rule):
    need, seats = (list(column) for column in zip(*areas, strict=True))
    fewer = placed(need, seats, people, rule=rule, yardstick=0.5)
    more = placed(need, seats, people + 1, rule=rule, yardstick=0.5)
    assert sorted(np.subtract(more, fewer)) == [0] * (len(need) - 1) + [1]
