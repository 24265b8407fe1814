"""The usual rate of the whole place: what the classes of a map of another city are laid around.

In: the context of a view. Out: the place's rate over all that is held, whatever is filtered, so
that the colours of a map keep their meaning from one period to the next.
"""

from dataclasses import replace

from lk3.counts import Filter
from lk3.indicators.compute import compute
from lk3.indicators.context import Context
from lk3.places import CITY


def usual_rate(key: str, context: Context) -> float | None:
    """The rate of an indicator in its own unit; None without people or without any case."""
    key = "case_rate_per_10k" if key == "smoothed_rate_per_10k" else key
    value = float(compute(key, replace(context, filter=Filter()))["value"][CITY])
    return value if value > 0 else None
