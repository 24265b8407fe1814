"""Where the next people go: a plan of changes, the members that it makes, and a proposal.

In: a `Context` and how many people of which profession. Out: a `Proposal`, or the context as it
would be with a plan, from which every indicator is computed as on the other pages. Nothing is
written anywhere: a plan is a thought until somebody appoints people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from lk3.counts import Filter, active_people
from lk3.indicators.context import Context
from lk3.indicators.placement_rules import Step, allocate, yardstick_of
from lk3.indicators.ranking import posterior_rates
from lk3.indicators.requirements import Requirements
from lk3.indicators.supply import members_by_profession
from lk3.indicators.underserved import Supply, measure_supply
from lk3.places import Places
from lk3.tables import MEMBERS
from lk3.vocabulary import UNKNOWN, vocabulary

ANY = UNKNOWN  # a person whose profession is left open
_PLANNED = "rencana"


@dataclass(frozen=True)
class Change:
    """One change: a person of a profession comes to a kelurahan ("add"), leaves it ("remove") or
    goes from it to another ("move", `to`).
    """

    action: Literal["add", "move", "remove"]
    profession: str
    code: str
    to: str = ""


Plan = tuple[Change, ...]


@dataclass(frozen=True)
class Placement:
    """One person of a proposal and why there.

    is_missing: the kelurahan has too few of this required profession (of a profession left open: no
    member at all). Before this proposal: members (active people), need (cases a year), shortfall
    (members lacking, NaN where need is not known) and lacking, the required professions of which
    it has fewer than the minimum. tied, alike: kelurahan that the rule, or the data, cannot tell
    from it.
    """

    profession: str
    code: str
    is_missing: bool
    members: float
    need: float
    shortfall: float
    lacking: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """People placed by a rule. members_per_100: the yardstick, people per 100 cases of need.

    knows_need: False when no need can be measured, so that all kelurahan count alike. left_out:
    kelurahan without a need of their own (no population), which get nobody.
    """

    placements: tuple[Placement, ...]
    rule: str
    members_per_100: float
    knows_need: bool
    left_out: tuple[str, ...]

    @property
    def plan(self) -> Plan:
        """The proposal as changes."""
        return tuple(Change("add", each.profession, each.code) for each in self.placements)


def planning_context(context: Context) -> Context:
    """The same without the choice of professions: a plan is about all members."""
    chosen = context.filter
    plain = Filter(chosen.period, chosen.problems, (), chosen.districts)
    return context if plain == chosen else replace(context, filter=plain)


def with_plan(context: Context, plan: Plan) -> Context:
    """The context as it would be if the plan were carried out; what cannot be done is passed over
    (see `impossible_changes`).
    """
    members, _impossible = apply_plan(context.tables.members, plan, context.places, on=context.on)
    return replace(context, tables=replace(context.tables, members=members))


def impossible_changes(context: Context, plan: Plan) -> Plan:
    """The changes for which there is no such member, or no such kelurahan, on the day counted."""
    return apply_plan(context.tables.members, plan, context.places, on=context.on)[1]


def apply_plan(
    members: pd.DataFrame, plan: Plan, places: Places, *, on: date
) -> tuple[pd.DataFrame, Plan]:
    """The list of members after the changes, one after another, and those that cannot be done.

    members: `tables.MEMBERS`. Someone added serves from `on` without an end under an id of the
    plan; someone who moves stays the same person.
    """
    found, impossible = members.reset_index(drop=True), []
    for number, change in enumerate(plan):
        leaving = found[:0] if change.action == "add" else _rows_of_one(found, change, on=on)
        target = change.to if change.action == "move" else change.code
        if target not in places.areas.index or (change.action != "add" and leaving.empty):
            impossible.append(change)
            continue
        if change.action == "remove":
            found = found.drop(index=leaving.index).reset_index(drop=True)
            continue
        ids = [name for name in leaving["member_id"] if name] if change.action == "move" else []
        coming = _new_row(change.profession, target, ids[0] if ids else f"{_PLANNED}-{number}", on)
        stayed = found.drop(index=leaving.index) if change.action == "move" else found
        found = pd.concat([stayed, coming], ignore_index=True)
    return found, tuple(impossible)


def propose(
    context: Context, people: Mapping[str, int], *, rule: str, supply: Supply | None = None
) -> Proposal:
    """Places for so many people by profession (`ANY`: left open), by a rule of `placement_rules`.

    Each profession is placed on its own, over the members of that profession: the required ones
    (`context.requirements`) first, those left open last and over all members, the ones just placed
    among them. Kelurahan under the minimum of a required profession come first; for people of any
    profession, those where nobody serves.
    supply: of the same context, when it is at hand.
    """
    plain = planning_context(context)
    areas = (measure_supply(plain) if supply is None else supply).areas
    inside = [code for code in plain.places.codes if plain.chosen[code]]
    has_need = areas["need"].notna()
    known = [code for code in inside if has_need[code]]
    ground = _ground(plain, areas.loc[known or inside], sum(people.values()), knows=bool(known))
    draws = _need_draws(plain, areas, known) if known else None
    everybody, placements = ground["members"].copy(), []
    required = plain.requirements
    for profession in _in_order(people, required):
        steps = allocate(
            ground["need"],
            everybody if profession == ANY else ground[profession],
            people[profession],
            rule=rule,
            floor=1 if profession == ANY else required.minimum(profession),
            yardstick=ground.attrs["yardstick"] if profession == ANY else None,
            draws=draws,
        )
        placements += [_placement(step, profession, ground, required) for step in steps]
        for step in steps:
            everybody.iloc[step.area] += 1
    left_out = tuple(code for code in inside if code not in ground.index)
    per_100 = 100 * ground.attrs["yardstick"]
    return Proposal(tuple(placements), rule, per_100, bool(known), left_out)


def _ground(context: Context, areas: pd.DataFrame, people: int, *, knows: bool) -> pd.DataFrame:
    """What is there before anybody is placed, by kelurahan: members, need (1 each where none is
    known), shortfall, and the people of each profession; `attrs["yardstick"]`: members per need.
    """
    need = areas["need"].fillna(1.0)
    yardstick = yardstick_of(need, areas["members"], people)
    by_profession = members_by_profession(context).loc[areas.index].astype("float64")
    ground = by_profession.drop(columns=UNKNOWN).assign(
        members=areas["members"],
        need=need,
        shortfall=yardstick * need - areas["members"] if knows else np.nan,
    )
    ground.attrs["yardstick"] = yardstick
    return ground


def _placement(
    step: Step, profession: str, ground: pd.DataFrame, required: Requirements
) -> Placement:
    codes, here = [str(code) for code in ground.index], ground.iloc[step.area]
    return Placement(
        profession=profession,
        code=codes[step.area],
        is_missing=step.to_floor,
        members=float(here["members"]),
        need=float(here["need"]),
        shortfall=float(here["shortfall"]),
        lacking=tuple(key for key, least in required.least if here[key] < least),
        tied=tuple(codes[place] for place in step.tied),
        alike=tuple(codes[place] for place in step.alike),
    )


def _in_order(people: Mapping[str, int], required: Requirements) -> list[str]:
    """Required professions, then others, then those left open; within each as the list has them."""
    keys = [key for key in vocabulary("professions").terms if people.get(key, 0) > 0]
    ranked = sorted(keys, key=lambda key: required.minimum(key) == 0)
    return [*ranked, *([ANY] if people.get(ANY, 0) > 0 else [])]


def _need_draws(context: Context, areas: pd.DataFrame, codes: list[str]) -> np.ndarray:
    """Draws of the need, as `measure_supply` makes its intervals."""
    posterior = posterior_rates(areas["cases"], areas["person_years"])
    years = context.observed.years if context.observed else np.nan
    per_year = (areas["person_years"] / years).to_numpy()
    return (posterior.draw() * per_year)[:, areas.index.get_indexer(pd.Index(codes))]


def _rows_of_one(members: pd.DataFrame, change: Change, *, on: date) -> pd.DataFrame:
    """The rows by which one active person of the profession serves the kelurahan; rather somebody
    who does not also serve the kelurahan to which the change leads.
    """
    active = active_people(members, on=on)
    here = active[
        (active["kelurahan_code"] == change.code) & (active["profession"] == change.profession)
    ]
    if here.empty:
        return members.loc[[]]
    there = set(active.loc[active["kelurahan_code"] == change.to, "person"])
    ranked = sorted(dict.fromkeys(here["person"]), key=lambda person: person in there)
    return members.loc[here.index[here["person"] == ranked[0]]]


def _new_row(profession: str, code: str, member_id: str, on: date) -> pd.DataFrame:
    row = {
        "member_id": [member_id],
        "kelurahan_code": [code],
        "profession": [profession],
        "started_on": [pd.Timestamp(on)],
        "started_precision": ["day"],
    }
    return MEMBERS.conform(pd.DataFrame(row))
