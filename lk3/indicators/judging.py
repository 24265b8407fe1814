"""Is a kelurahan underserved? The states that a planner reads, and when each of them is given.

In: cases, cases expected at the city's rate, members and shortfall by area. Out: a state per area.
Nothing is called underserved that chance, or a case without a kelurahan, could explain.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

from lk3.indicators.funnel import EXPECTED_AT_LEAST, settled_verdict

UNDERSERVED, MAYBE, NO_MEMBER = "underserved", "maybe", "no_member"
ENOUGH, UNJUDGED = "enough", "unjudged"
CONFIDENCE = 0.95


def judge(
    cases: pd.Series,
    expected: pd.Series,
    *,
    members: pd.Series,
    shortfall: pd.Series,
    unknown: float = 0.0,
    expected_with_unknown: pd.Series | None = None,
    least_shortfall: pd.Series | None = None,
    judged_areas: ArrayLike | None = None,
) -> np.ndarray:
    """The state of each area, see `underserved.measure_supply`; "" without a number of members.

    expected: cases at the city's rate. unknown: cases without a kelurahan; expected_with_unknown
    and least_shortfall: what is expected, and what an area lacks, when all of those are others'.
    Underserved and maybe are given only if they hold then too, or else nothing is judged.
    judged_areas: how many areas are judged at once, by default those of the series.
    """
    most = expected if expected_with_unknown is None else expected_with_unknown
    least = shortfall if least_shortfall is None else least_shortfall
    verdict, _may_change = settled_verdict(
        cases, expected, expected_with_unknown=most, unknown=unknown
    )
    above = np.isin(verdict, ["above", "strongly_above"])
    short, judged = least > 0, (expected >= EXPECTED_AT_LEAST) & cases.notna()
    return np.select(
        [
            members.isna(),
            members == 0,
            short & is_surely_above(cases, most, judged=judged, areas=judged_areas),
            short & above,
            above & (shortfall > 0) | np.isin(verdict, ["too_few", ""]),
        ],
        ["", NO_MEMBER, UNDERSERVED, MAYBE, UNJUDGED],
        default=ENOUGH,
    )


def is_surely_above(
    cases: pd.Series,
    expected: pd.Series,
    *,
    judged: pd.Series | None = None,
    areas: ArrayLike | None = None,
) -> pd.Series:
    """Whether an area has more cases than a Poisson count of its expected ones gives, so that in a
    city of equal areas at most one page in twenty names any (Bonferroni over the `areas` judged, by
    default as many as are `judged`, and those by default the ones with 5 expected cases).
    """
    among = expected >= EXPECTED_AT_LEAST if judged is None else judged
    chance = pd.Series(special.pdtrc(cases - 1, expected), index=cases.index)
    chance = chance.mask(cases < 1, 1.0)
    number = np.maximum(int(among.sum()) if areas is None else np.asarray(areas), 1)
    return among & (chance < (1 - CONFIDENCE) / number)
