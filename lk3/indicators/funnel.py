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


def verdict_label(key: str) -> str:
    """The verdict in words; "" for none."""
    return _(VERDICTS[key]) if key in VERDICTS else ""
