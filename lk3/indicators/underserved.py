"""Which kelurahan have more need and fewer people than the city, how sure that is, and why.

Need: cases a year by the posterior mean of the rate. Supply: active members who serve the
kelurahan. Shortfall: members that a kelurahan lacks to have as many per need as the city has.
City-wide members serve all alike and are in nobody's supply.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

from lk3.indicators.context import Context
from lk3.indicators.equity import gini
from lk3.indicators.funnel import EXPECTED_AT_LEAST, funnel_verdict
from lk3.indicators.measure import make_measure
from lk3.indicators.ranking import Ranks, posterior_rates, rank_draws
from lk3.indicators.rates import PER, city_rate, rate_parts
from lk3.indicators.smoothing import empirical_bayes
from lk3.places import CITY

UNDERSERVED, MAYBE, NO_MEMBER = "underserved", "maybe", "no_member"
ENOUGH, UNJUDGED = "enough", "unjudged"
CONFIDENCE = 0.95


@dataclass(frozen=True, eq=False)
class Supply:
    """What planners need: `areas` (one row per kelurahan, see `measure_supply`), the Gini of
    members over need, the city's members per 100 cases of need a year, and whether the counts show
    more spread between kelurahan than chance gives.
    """

    areas: pd.DataFrame
    gini: float
    members_per_100: float
    told_apart: bool


def measure_supply(context: Context) -> Supply:
    """Need, supply and shortfall of every kelurahan.

    Columns of `areas` (index: code): cases, person_years, expected (cases at the city's rate), need
    (cases a year at the posterior mean of the rate), members, shortfall with lower and upper
    (people; negative: more than the city's ratio gives; 95 % of the posterior), rank, rank_lower,
    rank_upper, group, need_verdict (of the funnel) and state:

    - no_member: nobody serves it;
    - underserved: more cases than chance gives at the city's rate, all kelurahan considered at once
      (`is_surely_above`), and supply below the city's ratio;
    - maybe: beyond the funnel's 95 % limits only, which one in forty crosses by chance;
    - unjudged: fewer than 5 cases expected; enough: everything else; "" outside the filter.
    """
    codes = context.places.codes
    cases, years = (part[codes] for part in rate_parts(context))
    members = context.members()[codes]
    expected = years * city_rate(context)
    posterior = posterior_rates(cases, years)
    per_year = years / (context.observed.years if context.observed else np.nan)
    need = pd.Series(posterior.mean, index=codes) * per_year
    ratio = float(members.sum() / need.sum()) if need.sum() > 0 else np.nan
    shortfall = need * ratio - members
    draws = posterior.draw() * per_year.to_numpy() * ratio - members.to_numpy()
    lower, upper = _bounds(draws)
    areas = pd.DataFrame(
        {
            "cases": cases,
            "person_years": years,
            "expected": expected,
            "need": need,
            "members": members,
            "shortfall": shortfall,
            "lower": lower,
            "upper": upper,
            **_rank_columns(rank_draws(draws)),
            "need_verdict": funnel_verdict(cases, expected),
            "state": judge(cases, expected, members=members, shortfall=shortfall),
        }
    )
    told_apart = empirical_bayes(cases, years).variance > 0
    return Supply(areas, gini(members, need), 100 * ratio, told_apart)


def measure_shortfall(context: Context) -> pd.DataFrame:
    """Members that a kelurahan lacks to reach the city's ratio of members to need, as a measure.

    n: cases, denominator: active members. The city lacks none by definition and has no value.
    """
    areas = measure_supply(context).areas.reindex(context.index)
    without_members = np.where(areas["members"] == 0, "no_members", "")
    note = _notes(context, areas["shortfall"], without_members)
    return make_measure(
        context.index,
        value=areas["shortfall"],
        bounds=(areas["lower"], areas["upper"]),
        confidence=CONFIDENCE,
        n=areas["cases"],
        denominator=areas["members"],
        method="gamma_poisson",
        verdict=areas["need_verdict"].fillna(""),
        note=np.where(context.index == CITY, "not_an_area", note),
    )


def measure_smoothed_rate(context: Context) -> pd.DataFrame:
    """Cases per 10,000 person-years, drawn towards the city's rate (Marshall 1991; no interval).

    Where the variance between kelurahan is no more than chance gives, all have the city's rate, and
    the note `alike` says so.
    """
    codes = context.places.codes
    cases, years = (part[codes] for part in rate_parts(context))
    smooth = empirical_bayes(cases, years)
    rates = pd.Series(PER * smooth.rates, index=codes).reindex(context.index)
    rates[CITY] = PER * smooth.overall
    return make_measure(
        context.index,
        value=rates,
        n=cases.reindex(context.index),
        denominator=years.reindex(context.index),
        method="empirical_bayes",
        note=_notes(context, rates, "" if smooth.variance > 0 else "alike"),
    )


def _notes(context: Context, values: pd.Series, else_: ArrayLike) -> np.ndarray:
    """Why a row has no value, or else what is to be said of it."""
    is_area = context.index.isin([*context.places.codes, CITY])
    has_people = context.person_years.reindex(context.index).notna() | (context.index == CITY)
    return np.select(
        [values.notna(), ~context.chosen, ~is_area, ~has_people],
        [else_, "not_chosen", "not_an_area", "no_population"],
        default="no_cases",
    )


def is_surely_above(cases: pd.Series, expected: pd.Series) -> pd.Series:
    """Whether an area has more cases than a Poisson count of its expected ones gives, so that in a
    city of equal areas at most one page in twenty names any (Bonferroni over the areas judged).
    """
    judged = expected >= EXPECTED_AT_LEAST
    chance = pd.Series(special.pdtrc(cases - 1, expected), index=cases.index)
    chance = chance.mask(cases < 1, 1.0)
    return judged & (chance < (1 - CONFIDENCE) / max(int(judged.sum()), 1))


def _bounds(draws: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    tail = 100 * (1 - CONFIDENCE) / 2
    lower, upper = np.percentile(draws, [tail, 100 - tail], axis=0)
    return lower, upper


def _rank_columns(ranks: Ranks) -> dict[str, np.ndarray]:
    return {
        "rank": ranks.rank,
        "rank_lower": ranks.lower,
        "rank_upper": ranks.upper,
        "group": ranks.group,
    }


def judge(
    cases: pd.Series, expected: pd.Series, *, members: pd.Series, shortfall: pd.Series
) -> np.ndarray:
    """The state of each area, see `measure_supply`; expected: cases at the city's rate."""
    verdict = funnel_verdict(cases, expected)
    short = shortfall > 0
    return np.select(
        [
            members.isna(),
            members == 0,
            short & is_surely_above(cases, expected),
            short & np.isin(verdict, ["above", "strongly_above"]),
            np.isin(verdict, ["too_few", ""]),
        ],
        ["", NO_MEMBER, UNDERSERVED, MAYBE, UNJUDGED],
        default=ENOUGH,
    )
