"""Is an area above or below the city, or is the difference what chance alone would give?

Funnel limits by Spiegelhalter (2005) on Poisson counts: 95 % for above or below, 99.8 % for
strongly so. With fewer than 5 expected events nothing is said.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lk3.indicators.intervals import Bounds, poisson
from lk3.language import N_, _

WARNING, ALARM = 0.95, 0.998
EXPECTED_AT_LEAST = 5
VERDICTS = {
    "strongly_above": N_("Jauh di atas kota"),
    "above": N_("Di atas kota"),
    "like_city": N_("Tidak dapat dibedakan dari kota"),
    "below": N_("Di bawah kota"),
    "strongly_below": N_("Jauh di bawah kota"),
    "too_few": N_("Data belum cukup"),
}


def funnel_limits(observed: ArrayLike, *, confidence: float = WARNING) -> Bounds:
    """Control limits for a rate at `observed` events, as ratios to the baseline: O/U and O/L of the
    Poisson interval. The upper one has no value for 0 events (no area without events is above).
    """
    count = np.asarray(observed, dtype="float64")
    lower, upper = poisson(count, confidence=confidence)
    return count / upper, count / np.where(lower > 0, lower, np.nan)


def funnel_verdict(observed: ArrayLike, expected: ArrayLike) -> NDArray[np.str_]:
    """Verdict key per area; "" where either is missing.

    observed: events; expected: events at the baseline's rate. An area is above when the lower bound
    of its own interval exceeds the expected count, which is the same as lying above O/L.
    """
    seen = np.asarray(observed, dtype="float64")
    awaited = np.asarray(expected, dtype="float64")
    (low, high), (lowest, highest) = (poisson(seen, confidence=c) for c in (WARNING, ALARM))
    return np.select(
        [
            np.isnan(seen) | np.isnan(awaited),
            awaited < EXPECTED_AT_LEAST,
            lowest > awaited,
            low > awaited,
            highest < awaited,
            high < awaited,
        ],
        ["", "too_few", "strongly_above", "above", "strongly_below", "below"],
        default="like_city",
    )


def settled_verdict(
    observed: ArrayLike,
    expected: ArrayLike,
    *,
    expected_with_unknown: ArrayLike,
    unknown: float,
) -> tuple[NDArray[np.str_], NDArray[np.bool_]]:
    """The verdict that holds whatever areas the cases without an area belong to, and where they
    could change it; both (areas,).

    expected_with_unknown: expected events when the baseline has those cases too; unknown: their
    number. Above: only if still above with none of them its own. Below: only if still below with
    all of them its own. The weaker of the two verdicts stands; where they disagree, there are too
    few data. An area like the city stays so: that claims no difference.
    """
    first = funnel_verdict(observed, expected)
    if not unknown > 0:
        return first, np.zeros(first.shape, dtype="bool")
    none = funnel_verdict(observed, expected_with_unknown)
    every = funnel_verdict(np.asarray(observed, "float64") + unknown, expected_with_unknown)
    worst = np.where(_side(first) > 0, none, every)
    is_lost = (_side(first) != 0) & (_side(worst) != _side(first))
    is_weaker = (_side(first) != 0) & np.char.startswith(first, "strongly") & ~is_lost
    settled = np.select([is_lost, is_weaker], ["too_few", worst], default=first)
    could_move = (first == "like_city") & ((_side(none) != 0) | (_side(every) != 0))
    return settled, is_lost | could_move


def _side(verdict: NDArray[np.str_]) -> NDArray[np.int64]:
    """1: above, -1: below, 0: neither."""
    return np.where(np.char.endswith(verdict, "above"), 1, 0) - np.char.endswith(verdict, "below")


def verdict_label(key: str) -> str:
    """The verdict in words; "" for none."""
    return _(VERDICTS[key]) if key in VERDICTS else ""
