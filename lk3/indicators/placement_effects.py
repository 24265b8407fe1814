"""What a plan changes: shortfall, caseload, evenness and gaps, before and after.

In: two contexts, the second with a plan (`placement.with_plan`). Out: frames by kelurahan and for
the city. The numbers come from the indicators of the other pages; only the shortfall keeps one
yardstick for both, or people in one kelurahan would seem to harm all others.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lk3.indicators.caseload import measure_caseload
from lk3.indicators.context import Context
from lk3.indicators.equity import gini
from lk3.indicators.measure import make_measure
from lk3.indicators.placement_rules import yardstick_of
from lk3.indicators.ranking import TOLD_APART_FROM, posterior_rates
from lk3.indicators.supply import members_by_profession
from lk3.indicators.underserved import Supply, measure_supply
from lk3.places import CITY

MEASURES = ("members", "shortfall", "caseload", "missing")
CITY_MEASURES = (
    "members",
    "largest_shortfall",
    "gini",
    "areas_missing_required",
    "areas_without_member",
    "caseload",
)
STATES = ("before", "after", "difference")


@dataclass(frozen=True, eq=False)
class Effects:
    """areas: columns (measure of `MEASURES`, state of `STATES`), index: chosen kelurahan. members:
    active people; shortfall: people; caseload: open cases per member, NaN without any; missing:
    required professions under their minimum. city: index `CITY_MEASURES`, columns `STATES`.
    members_per_100: the yardstick of both shortfalls.
    """

    areas: pd.DataFrame
    city: pd.DataFrame
    members_per_100: float

    def largest(self, state: str) -> float:
        """The largest shortfall of a state, in people; NaN where none can be measured."""
        return float(self.areas["shortfall", state].max())


def measure_effects(
    before: Context,
    after: Context,
    *,
    yardstick: float | None = None,
    supply: Supply | None = None,
) -> Effects:
    """Both contexts of the same filter and data.

    yardstick: members per case of need, so that several plans can be compared; by default that of
    `yardstick_of` for as many people as the plan adds. supply: of the context before, when it is at
    hand; members change no need, so it serves for both.
    """
    codes = [code for code in before.places.codes if before.chosen[code]]
    need = (supply or measure_supply(before)).areas.loc[codes, "need"]
    members = [context.members()[codes] for context in (before, after)]
    measure = effect_yardstick(need, *members) if yardstick is None else yardstick
    loads = [measure_caseload(context)["value"] for context in (before, after)]
    states = [
        {
            "members": held,
            "shortfall": measure * need - held,
            "caseload": load[codes],
            "missing": missing_required(context).loc[codes],
        }
        for context, held, load in zip((before, after), members, loads, strict=True)
    ]
    city = pd.DataFrame(
        {
            state: _city_row(each, people=context.members()[CITY], need=need, load=load[CITY])
            for state, each, context, load in zip(
                STATES[:2], states, (before, after), loads, strict=True
            )
        }
    )
    city["difference"] = city["after"] - city["before"]
    return Effects(_side_by_side(states), city, 100 * measure)


def state_measure(effects: Effects, name: str, state: str) -> pd.DataFrame:
    """One measure of one state ("before", "after") as a measure frame over the chosen kelurahan."""
    values, members = effects.areas[name, state], effects.areas["members", state]
    nobody = (members == 0).to_numpy()
    return make_measure(
        effects.areas.index.rename("code"),
        value=values.mask(values.round(1) == 0, 0.0),  # none is lacking: not "-0,0" of somebody
        n=np.nan,
        denominator=members,
        note=np.where(nobody, "no_members", np.where(values.isna(), "no_cases", "")),
    )


def effect_yardstick(need: pd.Series, before: pd.Series, after: pd.Series) -> float:
    """Members per case of need by which both states of a plan are measured."""
    known = need.notna()
    added = int(after[known].sum() - before[known].sum())
    return yardstick_of(need[known], before[known], added)


def missing_required(context: Context) -> pd.Series:
    """Number of required professions of which a kelurahan has fewer than the minimum."""
    least = pd.Series(dict(context.requirements.least), dtype="float64")
    held = members_by_profession(context).loc[context.places.codes, list(least.index)]
    return (held < least).sum(axis=1).astype("float64")


def lower_shortfall_chance(
    before: Context, supply: Supply, first: Effects, other: Effects
) -> float:
    """How sure it is that the first plan's largest shortfall is the smaller one: the share of the
    draws of the need in which it is (0.5 for two plans alike); NaN without a need.

    first, other: measured by the same yardstick.
    """
    areas = supply.areas.loc[first.areas.index]
    if areas["need"].isna().all() or before.observed is None:
        return float("nan")
    posterior = posterior_rates(areas["cases"], areas["person_years"])
    per_year = (areas["person_years"] / before.observed.years).to_numpy()
    wanted = posterior.draw() * per_year * first.members_per_100 / 100
    largest = [
        np.nanmax(wanted - each.areas["members", "after"].to_numpy(), axis=1)
        for each in (first, other)
    ]
    better, alike = largest[0] < largest[1], np.isclose(largest[0], largest[1])
    return float(np.mean(np.where(alike, 0.5, better)))


def is_told_apart(chance: float) -> bool:
    """Whether a chance of `lower_shortfall_chance` is enough to prefer either plan."""
    return max(chance, 1 - chance) >= TOLD_APART_FROM


def _side_by_side(states: list[dict[str, pd.Series]]) -> pd.DataFrame:
    columns: dict[tuple[str, str], pd.Series] = {}
    for name in MEASURES:
        before, after = (state[name] for state in states)
        columns |= {
            (name, "before"): before,
            (name, "after"): after,
            (name, "difference"): after - before,
        }
    return pd.DataFrame(columns)


def _city_row(
    state: dict[str, pd.Series], *, people: float, need: pd.Series, load: float
) -> pd.Series:
    """state: the measures by kelurahan; people, load: members and caseload of the city."""
    row = {
        "members": people,
        "largest_shortfall": state["shortfall"].max(),
        "gini": gini(state["members"], need),
        "areas_missing_required": float((state["missing"] > 0).sum()),
        "areas_without_member": float((state["members"] == 0).sum()),
        "caseload": load,
    }
    return pd.Series(row, dtype="float64")
