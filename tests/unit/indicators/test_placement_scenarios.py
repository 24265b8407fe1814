"""Scenarios: what is written down comes back, also on newer data."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from lk3.counts import Filter, Period
from lk3.errors import UserError
from lk3.indicators.placement import ANY, Change
from lk3.indicators.placement_effects import CITY_MEASURES, STATES, Effects
from lk3.indicators.placement_rules import WEBSTER
from lk3.indicators.placement_scenarios import (
    Scenario,
    compare,
    fits,
    held_scenarios,
    remove_scenario,
    save_scenario,
)
from lk3.places import load_places
from lk3.store import Notes
from tests.tables_for_tests import A, B

PLAN = (Change("add", "psikolog", A), Change("move", "pkh", A, B))
FILTER = Filter(Period(date(2023, 1, 1), date(2023, 12, 31)), ("kdrt",), (), ("Satu",))
SCENARIO = Scenario(
    name="Lima orang, dua psikolog",
    plan=PLAN,
    rule=WEBSTER,
    people=(("psikolog", 2), (ANY, 3)),
    filter=FILTER,
    version=4,
)


@pytest.fixture
def notes(tmp_path):
    return Notes(tmp_path / "store")


def test_a_scenario_comes_back_as_it_was_saved(notes):
    save_scenario(notes, SCENARIO, user="perencana")
    (held,) = held_scenarios(notes)
    kept = (held.name, held.plan, held.rule, held.people, held.filter, held.version, held.user)
    assert kept == (SCENARIO.name, PLAN, WEBSTER, SCENARIO.people, FILTER, 4, "perencana")
    assert held.saved_at is not None


def test_a_scenario_without_a_period_and_of_the_sample_comes_back_too(notes):
    save_scenario(notes, Scenario("Contoh", PLAN, WEBSTER, (), Filter(), None))
    (held,) = held_scenarios(notes)
    assert (held.filter, held.version) == (Filter(), None)


def test_the_same_name_replaces_and_another_one_stands_beside_it(notes):
    save_scenario(notes, SCENARIO)
    save_scenario(notes, Scenario("  lima orang,  DUA psikolog", PLAN[:1], WEBSTER, (), FILTER, 5))
    save_scenario(notes, Scenario("Lain", PLAN, WEBSTER, (), FILTER, 5))
    assert [(s.name, len(s.plan)) for s in held_scenarios(notes)] == [
        ("lima orang, DUA psikolog", 1),
        ("Lain", 2),
    ]


def test_a_removed_scenario_is_gone(notes):
    id = save_scenario(notes, SCENARIO)
    remove_scenario(notes, id)
    assert held_scenarios(notes) == []


@pytest.mark.parametrize(
    ("name", "plan", "said"),
    [
        ("  ", PLAN, "Skenario belum diberi nama"),
        ("*_*", PLAN, "Skenario belum diberi nama"),
        ("x" * 61, PLAN, "paling panjang 60 huruf"),
        ("A", (), "Rencana masih kosong"),
    ],
)
def test_what_cannot_be_kept_is_said(notes, name, plan, said):
    with pytest.raises(UserError, match=said):
        save_scenario(notes, Scenario(name, plan, WEBSTER, (), FILTER, 4))
    assert held_scenarios(notes) == []


def test_a_name_is_no_markup(notes):
    save_scenario(notes, Scenario("Rencana :red[A] *baru* <b>", PLAN, WEBSTER, (), FILTER, 4))
    assert held_scenarios(notes)[0].name == "Rencana red A baru b"


@pytest.mark.parametrize(("version", "is_older"), [(4, False), (5, True), (None, True)])
def test_a_scenario_of_other_data_says_so(version, is_older):
    assert SCENARIO.is_older_than(version) is is_older


def test_two_plans_stand_side_by_side_with_their_difference():
    def effects(after):
        city = pd.DataFrame(1.0, index=list(CITY_MEASURES), columns=list(STATES))
        return Effects(pd.DataFrame(), city.assign(after=after), 50.0)

    frame = compare(effects(2.0), effects(5.0))
    assert frame.loc["gini"].to_dict() == {"now": 1, "first": 2, "other": 5, "difference": 3}


def test_a_scenario_of_another_level_does_not_fit():
    places = load_places()
    assert fits(SCENARIO, places)
    other = replace(SCENARIO, plan=(*PLAN, Change("add", "psikolog", "64.74.01")))
    assert not fits(other, places)
