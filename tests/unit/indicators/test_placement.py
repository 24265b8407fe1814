"""Plans of placement on small cities: the members that they make, proposals, effects, sentences."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lk3.counts import Filter, Period
from lk3.indicators.placement import (
    ANY,
    Change,
    impossible_changes,
    propose,
    with_plan,
)
from lk3.indicators.placement_effects import (
    is_told_apart,
    lower_shortfall_chance,
    measure_effects,
    state_measure,
)
from lk3.indicators.placement_rules import HUNTINGTON_HILL, LARGEST_SHORTFALL, RULES, WEBSTER
from lk3.indicators.placement_words import (
    change_words,
    doubt,
    doubt_summary,
    headline_comparison,
    headline_plan,
    reason,
)
from lk3.indicators.requirements import Requirements
from lk3.indicators.supply import members_by_profession
from lk3.indicators.underserved import measure_supply
from tests.tables_for_tests import (
    PLACES,
    A,
    B,
    C,
    case_table,
    context_of,
    member_table,
    population_table,
)

YEAR = Filter(Period.year(2023))
ADD_A = Change("add", "pkh", A)


def city(cases=(), members=(), **options):
    """A year; cases: {code: number}; members: (code, profession) of one person each."""
    rows = [{"kelurahan_code": code, "cases": n} for code, n in dict(cases).items() if n]
    team = [
        {"member_id": f"m{i}", "kelurahan_code": code, "profession": profession}
        for i, (code, profession) in enumerate(members)
    ]
    context = context_of(
        case_table(*rows),
        YEAR,
        members=member_table(*team),
        as_of=date(2023, 12, 31),
        **{k: v for k, v in options.items() if k == "population"},
    )
    if "least" in options:
        object.__setattr__(context, "requirements", Requirements(options["least"]))
    return context


def people_at(context, code, profession="pkh"):
    return int(members_by_profession(context).at[code, profession])


# --- Plans ---------------------------------------------------------------------------------------


def test_somebody_added_moved_and_taken_away_is_counted_where_they_then_are():
    before = city(members=[(A, "pkh"), (A, "pkh"), (B, "medis")])
    plan = (
        Change("add", "psikolog", C),
        Change("move", "pkh", A, B),
        Change("remove", "medis", B),
    )

    after = with_plan(before, plan)

    assert people_at(after, C, "psikolog") == 1
    assert (people_at(after, A), people_at(after, B)) == (1, 1)
    assert people_at(after, B, "medis") == 0
    assert after.members()["city"] == 3
    assert people_at(before, A) == 2, "the context before is left as it was"


def test_somebody_who_moves_stays_the_same_person():
    before = city(members=[(A, "pkh")])
    after = with_plan(before, (Change("move", "pkh", A, B), Change("move", "pkh", B, C)))
    assert after.serving["person"].tolist() == before.serving["person"].tolist()
    assert people_at(after, C) == 1


def test_changes_without_such_a_member_or_kelurahan_are_passed_over_and_named():
    before = city(members=[(A, "pkh")])
    wrong = (
        Change("remove", "medis", A),
        Change("move", "pkh", B, A),
        Change("add", "pkh", "99.99"),
    )
    assert impossible_changes(before, (*wrong, ADD_A)) == wrong
    assert with_plan(before, wrong).tables.members.equals(before.tables.members)


def test_a_member_can_be_taken_away_once_only():
    before = city(members=[(A, "pkh")])
    twice = (Change("remove", "pkh", A), Change("remove", "pkh", A))
    assert impossible_changes(before, twice) == twice[:1]
    assert with_plan(before, twice).members()["city"] == 0


def test_of_two_who_could_move_the_one_goes_who_does_not_serve_there_already():
    rows = [
        {"member_id": "both", "kelurahan_code": A},
        {"member_id": "both", "kelurahan_code": B},
        {"member_id": "one", "kelurahan_code": A},
    ]
    before = context_of(case_table(), YEAR, members=member_table(*rows))
    after = with_plan(before, (Change("move", "pkh", A, B),))
    assert after.members()[[A, B, "city"]].tolist() == [1, 2, 2]


# --- Proposals -----------------------------------------------------------------------------------


def test_a_required_profession_goes_where_it_is_missing_and_the_need_is_largest():
    everywhere = [(code, "psikolog") for code in PLACES.codes if code not in (A, B)]
    context = city({A: 30, B: 60, C: 90}, everywhere)
    proposal = propose(context, {"psikolog": 3}, rule=LARGEST_SHORTFALL)
    assert [each.code for each in proposal.placements] == [B, A, C]
    assert [each.is_missing for each in proposal.placements] == [True, True, False]


def test_the_minimum_that_a_planner_has_set_counts():
    everywhere = [(code, "psikolog") for code in PLACES.codes if code != A]
    context = city({C: 90}, everywhere, least=(("psikolog", 2),))
    proposal = propose(context, {"psikolog": 2}, rule=WEBSTER)
    assert proposal.placements[0].code == C, "all are under two; the need decides"
    assert all(each.is_missing for each in proposal.placements)


def test_people_of_any_profession_go_first_to_where_nobody_serves():
    members = [(code, "pkh") for code in PLACES.codes if code != A]
    for rule in RULES:
        (first, _second) = propose(city({B: 90}, members), {ANY: 2}, rule=rule).placements
        assert (first.code, first.is_missing) == (A, True)


def test_named_professions_come_before_those_left_open_and_count_for_them():
    everywhere = [(code, "psikolog") for code in PLACES.codes if code != A]
    proposal = propose(city({A: 39, B: 40}, everywhere), {ANY: 1, "psikolog": 1}, rule=WEBSTER)
    assert [(e.profession, e.code) for e in proposal.placements] == [("psikolog", A), (ANY, B)]


def test_kelurahan_that_are_all_alike_are_said_to_be_ties():
    context = city(dict.fromkeys(PLACES.codes, 4), [(code, "pkh") for code in PLACES.codes])
    (first,) = propose(context, {ANY: 1}, rule=LARGEST_SHORTFALL).placements
    assert first.code == PLACES.codes[0]
    assert first.tied == tuple(PLACES.codes[1:])
    assert "Setara dengan" in doubt(first, PLACES)


def test_without_any_need_all_count_alike_and_it_is_said():
    proposal = propose(city(), {ANY: 2}, rule=LARGEST_SHORTFALL)
    assert not proposal.knows_need
    assert [each.code for each in proposal.placements] == PLACES.codes[:2]
    assert np.isnan(proposal.placements[0].shortfall)


def test_a_kelurahan_without_population_gets_nobody_and_is_named():
    people = {(code, 2023): 10_000 for code in PLACES.codes if code != A}
    context = city(dict.fromkeys(PLACES.codes, 4), population=population_table(people))
    proposal = propose(context, {ANY: 20}, rule=HUNTINGTON_HILL)
    assert proposal.left_out == (A,)
    assert A not in {each.code for each in proposal.placements}


def test_a_city_without_members_shares_people_by_need():
    cases = dict.fromkeys(PLACES.codes, 4) | {A: 200}
    proposal = propose(city(cases), {ANY: 20}, rule=LARGEST_SHORTFALL)
    counts = pd.Series([each.code for each in proposal.placements]).value_counts()
    assert counts.min() == 1, "first one for each"
    assert counts.idxmax() == A


def test_nobody_asked_for_is_an_empty_proposal():
    assert propose(city({A: 3}), {}, rule=WEBSTER).placements == ()


# --- Effects -------------------------------------------------------------------------------------

team = st.lists(st.sampled_from([(c, p) for c in (A, B, C) for p in ("pkh", "medis")]), max_size=5)
counts = st.dictionaries(st.sampled_from(PLACES.codes), st.integers(1, 30), max_size=5)


def test_before_is_what_the_page_of_the_underserved_says():
    context = city({A: 40, B: 4}, [(A, "pkh"), (B, "pkh"), (B, "medis")])
    supply = measure_supply(context)
    found = measure_effects(context, with_plan(context, (ADD_A,)))
    np.testing.assert_allclose(found.areas["shortfall", "before"], supply.areas["shortfall"])
    assert found.city.at["gini", "before"] == supply.gini
    assert found.members_per_100 == pytest.approx(supply.members_per_100)


def test_effects_equal_a_calculation_by_hand():
    """Equal need everywhere: 15 kelurahan with 4 cases, 15 members; A has 2 of them, B none."""
    members = [(A, "pkh"), (A, "medis"), *((code, "pkh") for code in PLACES.codes[2:])]
    context = city(dict.fromkeys(PLACES.codes, 4), members)
    found = measure_effects(context, with_plan(context, (Change("add", "pkh", B),)))

    assert found.areas["shortfall", "before"][[A, B]].tolist() == pytest.approx([-1, 1])
    assert found.areas["shortfall", "after"][[A, B]].tolist() == pytest.approx([-1, 0])
    assert found.areas["caseload", "before"][[A, C]].tolist() == [2, 4]
    assert np.isnan(found.areas.at[B, ("caseload", "before")])
    assert found.areas.at[B, ("caseload", "after")] == 4
    assert found.areas["missing", "difference"][B] == -1
    after = found.city["after"]
    assert (after["members"], after["areas_without_member"]) == (16, 0)
    assert found.city.at["areas_without_member", "before"] == 1
    assert after["caseload"] == pytest.approx(60 / 16)
    # ratios 2, 1, ..., 1: sum |x - y| over pairs = 28, mean 16/15
    assert after["gini"] == pytest.approx(28 / (15 * 14) / (2 * 16 / 15))


@given(counts, team, st.sampled_from(PLACES.codes), st.sampled_from(["pkh", "psikolog"]))
@settings(max_examples=6)
def test_one_more_member_never_raises_a_shortfall_a_caseload_or_a_gap(
    cases, members, code, profession
):
    before = city(cases, members)
    found = measure_effects(before, with_plan(before, (Change("add", profession, code),)))
    for name in ("shortfall", "caseload", "missing"):
        assert (found.areas[name, "difference"].fillna(0) <= 1e-9).all(), name
    assert found.areas["members", "difference"].sum() == 1


def test_the_yardstick_of_the_proposal_is_that_of_the_effects():
    context = city({A: 40, B: 4}, [(A, "pkh"), (B, "pkh"), (B, "medis")])
    for people in (1, 12):
        proposal = propose(context, {ANY: people}, rule=LARGEST_SHORTFALL)
        found = measure_effects(context, with_plan(context, proposal.plan))
        assert proposal.members_per_100 == pytest.approx(found.members_per_100)


def test_the_default_rule_leaves_no_larger_shortfall_than_the_other_rules():
    cases = {code: 2 + 3 * i for i, code in enumerate(PLACES.codes)}
    context = city(cases, [(code, "pkh") for code in PLACES.codes])
    supply = measure_supply(context)
    plans = [propose(context, {ANY: 4}, rule=rule, supply=supply).plan for rule in RULES]
    left = [
        measure_effects(context, with_plan(context, plan), supply=supply).largest("after")
        for plan in plans
    ]
    assert left[0] <= min(left[1:]) + 1e-9


def test_a_state_without_members_is_noted_on_the_map():
    context = city({A: 4}, [(A, "pkh")])
    found = measure_effects(context, with_plan(context, (Change("add", "pkh", B),)))
    notes = [state_measure(found, "caseload", state)["note"][B] for state in ("before", "after")]
    assert notes == ["no_members", ""]


# --- Sentences -----------------------------------------------------------------------------------


def test_headline_names_who_goes_where_and_what_it_does():
    members = [(A, "pkh"), (A, "medis"), *((code, "pkh") for code in PLACES.codes[2:])]
    context = city(dict.fromkeys(PLACES.codes, 4), members)
    plan = (Change("add", "psikolog", B), Change("add", ANY, C), Change("remove", "medis", A))
    found = measure_effects(context, with_plan(context, plan))
    said = headline_plan(plan, found, PLACES)
    assert said == (
        f"Tenaga profesi psikolog di {PLACES.label(B)}; 1 orang lainnya di {PLACES.label(C)}; "
        "1 anggota pindah atau keluar. Kekurangan terbesar turun dari 1,0 menjadi 0,0 orang."
    )


def test_headline_asks_for_people_when_there_are_none():
    context = city({A: 4})
    said = headline_plan((), measure_effects(context, context), PLACES)
    assert said.startswith("Isi jumlah orang")


def test_reason_gives_the_numbers_and_names_the_gap():
    members = [(A, "pkh"), *((code, "pkh") for code in PLACES.codes[2:])]
    context = city(dict.fromkeys(PLACES.codes, 4), members, least=(("pkh", 1),))
    proposal = propose(context, {ANY: 1}, rule=LARGEST_SHORTFALL)
    assert reason(proposal.placements[0]) == (
        "Belum ada anggota di sini. 0 anggota untuk 4,0 kasus setahun, kurang 0,9 orang."
    )
    assert doubt_summary(proposal) == ""


def test_reason_for_a_person_of_any_profession_names_what_is_lacking():
    context = city({A: 90}, [(code, "pkh") for code in PLACES.codes], least=(("medis", 1),))
    (first,) = propose(context, {ANY: 1}, rule=LARGEST_SHORTFALL).placements
    assert first.code == A
    assert reason(first).endswith("Unsur wajib yang kurang: Tenaga profesi medis.")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (ADD_A, "Pendamping PKH ditempatkan di {a}"),
        (Change("move", "pkh", A, B), "Pendamping PKH dipindahkan dari {a} ke {b}"),
        (Change("remove", "pkh", A), "Pendamping PKH dikurangi dari {a}"),
    ],
)
def test_a_change_in_words(change, said):
    assert change_words(change, PLACES) == said.format(a=PLACES.label(A), b=PLACES.label(B))


def test_comparison_says_which_leaves_less_and_whether_that_is_sure():
    context = city(
        dict.fromkeys(PLACES.codes, 4), [(code, "pkh") for code in PLACES.codes if code != A]
    )
    better = measure_effects(context, with_plan(context, (ADD_A,)))
    worse = measure_effects(context, with_plan(context, (Change("add", "pkh", B),)))
    said = headline_comparison(("Satu", "Dua"), (worse, better), 0.01)
    assert said.startswith("“Dua” menyisakan kekurangan terbesar")
    assert "belum dapat memastikan" not in said
    doubtful = headline_comparison(("Satu", "Dua"), (worse, better), 0.4)
    assert doubtful.endswith("Data belum dapat memastikan mana yang lebih baik.")
    same = headline_comparison(("Satu", "Dua"), (better, better), 0.5)
    assert "yang sama" in same


def test_of_two_that_leave_the_same_the_more_even_one_is_named():
    cases = dict.fromkeys(PLACES.codes, 4)
    context = city(cases, [(code, "pkh") for code in PLACES.codes if code not in (A, B, C)])
    one, two = (
        measure_effects(context, with_plan(context, plan), yardstick=0.2)
        for plan in ((ADD_A,), (ADD_A, Change("add", "pkh", B)))
    )
    said = headline_comparison(("Satu", "Dua"), (one, two), 0.5)
    assert "yang sama" in said
    assert "“Dua” lebih merata: Gini " in said


def test_chance_is_even_for_like_plans_and_near_certain_where_one_fills_what_the_other_leaves():
    context = city({A: 200, B: 200, C: 2}, [(code, "pkh") for code in PLACES.codes])
    supply = measure_supply(context)
    helps, wastes = (
        measure_effects(context, with_plan(context, plan), supply=supply, yardstick=0.1)
        for plan in ((ADD_A, Change("add", "pkh", B)), (Change("add", "pkh", C),) * 2)
    )
    assert lower_shortfall_chance(context, supply, helps, helps) == 0.5
    assert lower_shortfall_chance(context, supply, helps, wastes) > 0.99
    assert lower_shortfall_chance(context, supply, wastes, helps) < 0.01
    assert [is_told_apart(chance) for chance in (0.5, 0.89, 0.95, 0.05)] == [0, 0, 1, 1]
    nothing = city()
    effects = measure_effects(nothing, nothing)
    assert np.isnan(lower_shortfall_chance(nothing, measure_supply(nothing), effects, effects))
