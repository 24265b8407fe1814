"""The plan that a session is thinking about: what is asked for, overruled and changed beside it.

Widgets keep the choices under the keys below, for the whole session; nothing is written to the
store before somebody saves a scenario.
"""

from dataclasses import dataclass, replace

import streamlit as st

from lk3.counts import Filter
from lk3.indicators.placement import (
    ANY,
    Change,
    Plan,
    Proposal,
    impossible_changes,
    planning_context,
    propose,
    with_plan,
)
from lk3.indicators.placement_effects import Effects, measure_effects
from lk3.indicators.placement_rules import RULES
from lk3.indicators.placement_scenarios import Scenario
from lk3.indicators.planning import Planning
from lk3.ui.data import Held, Key, context_for, require_let_in, supply_of
from lk3.ui.view import View

PEOPLE, CHOSEN, RULE = "penempatan_jumlah", "penempatan_profesi", "penempatan_aturan"
COUNT, SEAT, EXTRA = "penempatan_banyak_", "penempatan_tempat_", "ubahan_penempatan"
NAME = "nama_skenario"
USUAL_PEOPLE, MOST_PEOPLE = 5, 20
AS_PROPOSED = ""


@dataclass(frozen=True, eq=False)
class Draft:
    """The proposal, the plan made of it, and what the plan changes.

    seats: by placement, the kelurahan that the planner has set, "" where the proposal stands.
    impossible: changes of the plan for which there is no such member or kelurahan.
    """

    people: tuple[tuple[str, int], ...]
    proposal: Proposal
    seats: tuple[str, ...]
    extra: Plan
    effects: Effects
    impossible: Plan

    @property
    def plan(self) -> Plan:
        """What is to be done: people placed, then the other changes."""
        return (*placed(self.proposal, self.seats), *self.extra)


def asked_people() -> tuple[tuple[str, int], ...]:
    """How many people of each profession are asked for, those left open last."""
    state = st.session_state
    chosen = [str(key) for key in state.get(CHOSEN, [])]
    counts = {key: int(state.get(COUNT + key, 1)) for key in chosen}
    rest = int(state.get(PEOPLE, USUAL_PEOPLE)) - sum(counts.values())
    return tuple((key, n) for key, n in (*counts.items(), (ANY, rest)) if n > 0)


def seat_key(profession: str, number: int) -> str:
    """The key of the choice for the n-th person of a profession."""
    return f"{SEAT}{profession}_{number}"


def current_draft(view: View) -> Draft:
    """The draft as the widgets have it now."""
    people, rule = asked_people(), str(st.session_state.get(RULE, RULES[0]))
    extra: Plan = tuple(st.session_state.get(EXTRA, ()))
    filter = plan_filter(view)
    proposal = _proposal(
        view.held.key, view.held.planning, filter, people, rule, extra, _held=view.held
    )
    seats = tuple(
        str(st.session_state.get(seat_key(*slot), AS_PROPOSED)) for slot in slots(proposal)
    )
    plan = (*placed(proposal, seats), *extra)
    effects, impossible = outcome(view, plan)
    return Draft(people, proposal, seats, extra, effects, impossible)


def slots(proposal: Proposal) -> list[tuple[str, int]]:
    """Each placement as the n-th person of its profession."""
    seen: dict[str, int] = {}
    found = []
    for each in proposal.placements:
        seen[each.profession] = seen.get(each.profession, 0) + 1
        found.append((each.profession, seen[each.profession]))
    return found


def taken_by(proposal: Proposal, profession: str) -> tuple[str, ...]:
    """Kelurahan that get somebody of a profession by the rule."""
    return tuple(each.code for each in proposal.placements if each.profession == profession)


def placed(proposal: Proposal, seats: tuple[str, ...]) -> Plan:
    """The proposal with the places that the planner has set."""
    return tuple(
        replace(change, code=seat or change.code)
        for change, seat in zip(proposal.plan, seats, strict=True)
    )


def plan_filter(view: View) -> Filter:
    """What is looked at, without the choice of professions: a plan is about all members."""
    chosen = view.filter
    return Filter(chosen.period, chosen.problems, (), chosen.districts)


def outcome(view: View, plan: Plan, *, yardstick: float | None = None) -> tuple[Effects, Plan]:
    """What a plan changes, and what of it cannot be done on the present data."""
    return _outcome(
        view.held.key, view.held.planning, plan_filter(view), plan, yardstick, _held=view.held
    )


def load_draft(scenario: Scenario) -> None:
    """Put a saved plan into the widgets; only from a callback, before the widgets of a run."""
    state = st.session_state
    for key in [key for key in state if str(key).startswith(SEAT)]:
        del state[key]
    added = [change for change in scenario.plan if change.action == "add"]
    counts = dict(scenario.people)
    state[PEOPLE] = min(sum(counts.values()), MOST_PEOPLE)
    state[CHOSEN] = [key for key in counts if key != ANY]
    state[RULE] = scenario.rule
    for profession, wanted in counts.items():
        state[COUNT + profession] = wanted
        mine = [change for change in added if change.profession == profession][:wanted]
        for number, change in enumerate(mine, start=1):
            state[seat_key(profession, number)] = change.code
            added.remove(change)
    others = [change for change in scenario.plan if change.action != "add"]
    state[EXTRA] = (*added, *others)
    state[NAME] = scenario.name


def add_change(change: Change) -> None:
    """Put one more change beside the proposal."""
    st.session_state[EXTRA] = (*st.session_state.get(EXTRA, ()), change)


def drop_change(place: int) -> None:
    """Take one of the other changes back."""
    held = st.session_state.get(EXTRA, ())
    st.session_state[EXTRA] = (*held[:place], *held[place + 1 :])


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Filter: repr, Change: repr})
def _proposal(
    key: Key,
    planning: Planning,
    filter: Filter,
    people: tuple[tuple[str, int], ...],
    rule: str,
    extra: Plan,
    _held: Held,
) -> Proposal:
    context = with_plan(planning_context(context_for(_held, filter)), extra)
    supply = None if extra else supply_of(_held, filter)
    return propose(context, dict(people), rule=rule, supply=supply)


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs={Filter: repr, Change: repr})
def _outcome(
    key: Key,
    planning: Planning,
    filter: Filter,
    plan: Plan,
    yardstick: float | None,
    _held: Held,
) -> tuple[Effects, Plan]:
    require_let_in()
    before = context_for(_held, filter)
    after = with_plan(before, plan)
    return (
        measure_effects(before, after, yardstick=yardstick, supply=supply_of(_held, filter)),
        impossible_changes(before, plan),
    )
