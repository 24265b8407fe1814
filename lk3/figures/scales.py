"""Classes of a map: edges that do not move between periods, so that two maps can be compared."""

from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from lk3 import settings
from lk3.figures.template import NO_DATA, SEQUENTIAL
from lk3.figures.template import SUPPRESSED as SUPPRESSED_COLOUR
from lk3.indicators.measure import SUPPRESSED
from lk3.language import _, number
from lk3.places import Places
from lk3.places.levels import LevelPlaces
from lk3.vocabulary import read_csv

NONE, HIDDEN = -1, -2
_ADDING_UP = (
    "cases", "clients", "problems", "active_members", "member_shortfall", "open_over_90_days",
)  # fmt: skip


def class_edges(key: str, *, places: Places | None = None) -> tuple[float, ...]:
    """Inner edges of the classes of an indicator, ascending; four edges make five classes.

    A city may have its own `map_classes.csv` in its geo folder. places: of a level, whose areas
    hold many kelurahan each: the classes of what adds up are as many times as wide.
    """
    edges = _edges(settings.get("LK3_GEO_DIR")).get(key, ())
    if key not in _ADDING_UP or not isinstance(places, LevelPlaces) or not places.groups:
        return edges
    times = _round(len(places.groups) / len(set(places.groups.values())))
    return tuple(edge * times for edge in edges)


def class_of(measure: pd.DataFrame, edges: tuple[float, ...]) -> pd.Series:
    """Class of each row: 0 for values under the first edge, and so on; a value on an edge belongs
    to the class above it. NONE without a value, HIDDEN when it is suppressed.
    """
    values = measure["value"].to_numpy(dtype="float64")
    classes = np.searchsorted(np.asarray(edges, dtype="float64"), values, side="right")
    hidden = measure["note"].str.contains(SUPPRESSED).to_numpy(dtype="bool")
    return pd.Series(
        np.where(hidden, HIDDEN, np.where(np.isnan(values), NONE, classes)), index=measure.index
    )


def class_labels(edges: tuple[float, ...], *, decimals: int) -> dict[int, str]:
    """Words for every class, the special ones among them. Whole numbers say both ends."""
    said = {}
    for place in range(len(edges) + 1):
        low = edges[place - 1] if place else None
        high = edges[place] if place < len(edges) else None
        said[place] = _label(low, high, decimals)
    return said | {NONE: _("tidak ada data"), HIDDEN: _("disembunyikan")}


def class_colours(edges: tuple[float, ...]) -> dict[int, str]:
    """A colour for every class, from light to dark."""
    places = np.linspace(0, len(SEQUENTIAL) - 1, len(edges) + 1).round().astype(int)
    steps = {i: SEQUENTIAL[place] for i, place in enumerate(places)}
    return steps | {NONE: NO_DATA, HIDDEN: SUPPRESSED_COLOUR}


def _round(size: float) -> float:
    """The nearest of 1, 2, 5, 10, 20, 50 and so on."""
    steps = [step * 10**power for power in range(5) for step in (1, 2, 5)]
    return float(min(steps, key=lambda step: abs(np.log(step / size))))


def _label(low: float | None, high: float | None, decimals: int) -> str:
    """Short, for a legend in one row; "2–<4" is from 2 to under 4."""
    places = decimals if any(e is not None and e != int(e) for e in (low, high)) else 0
    if low is None:
        return f"< {number(high, places)}"
    if high is None:
        return f"≥ {number(low, places)}"
    if decimals == 0:
        top = high - 1
        return number(low) if top == low else f"{number(low)}–{number(top)}"
    return f"{number(low, places)}–<{number(high, places)}"


@lru_cache(maxsize=4)
def _edges(geo_dir: str) -> dict[str, tuple[float, ...]]:
    own = Path(geo_dir) / "map_classes.csv"
    path = own if own.is_file() else settings.REFERENCE_DIR / "map_classes.csv"
    return {
        row["indicator"]: tuple(float(edge) for edge in row["edges"].split("|"))
        for row in read_csv(path)
    }
