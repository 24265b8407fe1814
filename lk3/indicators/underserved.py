"""Which kelurahan have more need and fewer people than the city, how sure that is, and why.

Need: cases a year by the posterior mean of the rate. Supply: active members who serve the
kelurahan. Shortfall: members that a kelurahan lacks to have as many per need as the city has.
City-wide members serve all alike and are in nobody's supply.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from lk3.indicators.context import Context
from lk3.indicators.equity import gini
from lk3.indicators.funnel import settled_verdict
from lk3.indicators.judging import (
    CONFIDENCE,
    ENOUGH,
    MAYBE,
    NO_MEMBER,
    UNDERSERVED,
    UNJUDGED,
    judge,
)
from lk3.indicators.measure import add_note, make_measure
from lk3.indicators.ranking import Posterior, Ranks, posterior_rates, rank_draws
from lk3.indicators.rates import PER, city_rate, rate_parts
from lk3.indicators.smoothing import empirical_bayes
from lk3.places import CITY

__all__ = [
    "ENOUGH",
    "MAYBE",
    "NO_MEMBER",
    "UNDERSERVED",
    "UNJUDGED",
    "Supply",
    "judge",
    "measure_shortfall",
    "measure_smoothed_rate",
    "measure_supply",
]


@dataclass(frozen=True, eq=False)
class Supply:
    """What planners need: `areas` (one row per kelurahan, see `measure_supply`), the Gini of
    members over need, the city's members per 100 cases of need a year, whether the counts show
    more spread between kelurahan than chance gives, and the cases without a kelurahan.
    """

    areas: pd.DataFrame
    gini: float
    members_per_100: float
    told_apart: bool
    unknown_cases: float = 0.0


def measure_supply(context: Context) -> Supply:
    """Need, supply and shortfall of every kelurahan.

    Columns of `areas` (index: code): cases, person_years, expected (cases at the city's rate), need
    (cases a year at the posterior mean of the rate), members, shortfall with lower and upper
    (people; negative: more than the city's ratio gives; 95 % of the posterior), rank, rank_lower,
    rank_upper, group, need_verdict (of the funnel), state and note (keys of `measure.NOTES`):

    - no_member: nobody serves it;
    - underserved: more cases than chance gives at the city's rate, all kelurahan considered at once
      (`is_surely_above`), and supply below the city's ratio;
    - maybe: beyond the funnel's 95 % limits only, which one in forty crosses by chance;
    - unjudged: fewer than 5 cases expected, or cases without a kelurahan could change it;
    - enough: everything else; "" outside the filter.

    Cases without a kelurahan may be anybody's: lower and upper, the ranks' intervals and the groups
    hold whoever has them. A kelurahan that no source names has no need, shortfall or rank.
    """
    codes = context.places.codes
    cases, years = (part[codes] for part in rate_parts(context))
    members = context.members()[codes]
    posterior, unknown = posterior_rates(cases, years), context.unknown_cases
    observed = context.observed.years if context.observed else np.nan
    per_year = years / observed
    need = pd.Series(posterior.mean, index=codes) * per_year
    ratio, least = _ratios(need, members, unknown=unknown / observed)
    draws = _draws(posterior, per_year, unknown, members=members, ratios=(ratio, least))
    shortfall = need * ratio - members
    judged = _judged(context, cases, years, members, shortfall, need * least - members)
    areas = pd.DataFrame(
        {
            "cases": cases,
            "person_years": years,
            "expected": years * city_rate(context),
            "need": need,
            "members": members,
            "shortfall": shortfall,
            "lower": _percentile(draws[0], (1 - CONFIDENCE) / 2),
            "upper": _percentile(draws[2], (1 + CONFIDENCE) / 2),
            **_rank_columns(rank_draws(draws[1], draws[2] if unknown else None)),
            **judged,
        }
    )
    told_apart = empirical_bayes(cases, years).variance > 0
    return Supply(areas, gini(members, need), 100 * ratio, told_apart, unknown)


def measure_shortfall(context: Context) -> pd.DataFrame:
    """Members that a kelurahan lacks to reach the city's ratio of members to need, as a measure.

    n: cases, denominator: active members. The city lacks none by definition and has no value.
    """
    areas = measure_supply(context).areas.reindex(context.index)
    note = _notes(context, areas["shortfall"], areas["note"].fillna(""))
    frame = make_measure(
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
    return add_note(frame, areas["shortfall"].notna() & (areas["members"] == 0), "no_members")


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


def _ratios(need: pd.Series, members: pd.Series, *, unknown: float) -> tuple[float, float]:
    """The city's members per need a year, and the same with the unknown cases a year in the need;
    of the kelurahan that have a need.
    """
    people, wanted = members[need.notna()].sum(), need.sum()
    if not wanted > 0:
        return np.nan, np.nan
    return float(people / wanted), float(people / (wanted + unknown))


def _draws(
    posterior: Posterior,
    per_year: pd.Series,
    unknown: float,
    *,
    members: pd.Series,
    ratios: tuple[float, float],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draws of the shortfall, (draws, areas): with the unknown cases all elsewhere, without them,
    and with all of them here.
    """
    years, people, (ratio, least) = per_year.to_numpy(), members.to_numpy(), ratios
    rates = posterior.draw()
    likely = rates * years * ratio - people
    if not unknown:
        return likely, likely, likely
    most = posterior.draw_with(rates, unknown) * years * least - people
    return rates * years * least - people, likely, np.maximum(most, likely)


def _judged(
    context: Context,
    cases: pd.Series,
    years: pd.Series,
    members: pd.Series,
    shortfall: pd.Series,
    least_shortfall: pd.Series,
) -> dict[str, np.ndarray]:
    """need_verdict, state and note."""
    expected, unknown = years * city_rate(context), context.unknown_cases
    most = years * city_rate(context, with_unknown=True)
    verdict, may_change = settled_verdict(
        cases, expected, expected_with_unknown=most, unknown=unknown
    )
    state = judge(
        cases,
        expected,
        members=members,
        shortfall=shortfall,
        unknown=unknown,
        expected_with_unknown=most,
        least_shortfall=least_shortfall,
    )
    first = judge(cases, expected, members=members, shortfall=shortfall)
    may_change |= (state != first) & cases.notna().to_numpy()
    return {"need_verdict": verdict, "state": state, "note": _doubts(context, cases, may_change)}


def _doubts(context: Context, cases: pd.Series, may_change: np.ndarray) -> np.ndarray:
    """What an incomplete recap, and cases without a kelurahan, leave open."""
    unlisted = context.unlisted[cases.index]
    named = np.select([unlisted & cases.isna(), unlisted], ["not_listed", "partly_listed"], "")
    both = np.where(named == "", "unknown_cases", "partly_listed|unknown_cases")
    return np.where(may_change, both, named)


def _notes(context: Context, values: pd.Series, else_: ArrayLike) -> np.ndarray:
    """Why a row has no value, or else what is to be said of it."""
    is_area = context.index.isin([*context.places.codes, CITY])
    has_people = context.person_years.reindex(context.index).notna() | (context.index == CITY)
    return np.select(
        [values.notna(), ~context.chosen, ~is_area, ~has_people, context.unlisted],
        [else_, "not_chosen", "not_an_area", "no_population", "not_listed"],
        default="no_cases",
    )


def _percentile(draws: np.ndarray, share: float) -> np.ndarray:
    return np.asarray(np.percentile(draws, 100 * share, axis=0))


def _rank_columns(ranks: Ranks) -> dict[str, np.ndarray]:
    return {
        "rank": ranks.rank,
        "rank_lower": ranks.lower,
        "rank_upper": ranks.upper,
        "group": ranks.group,
    }
