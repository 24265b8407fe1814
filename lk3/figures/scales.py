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
_FILE = "map_classes.csv"
_RATES = ("case_rate_per_10k", "smoothed_rate_per_10k", "members_per_10k")
_STEPS = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
_ADDING_UP = (
    "cases", "clients", "problems", "active_members", "member_shortfall", "open_over_90_days",
)  # fmt: skip


def class_edges(
    key: str, *, places: Places | None = None, usual: float | None = None
) -> tuple[float, ...]:
    """Inner edges of the classes of an indicator, ascending; four edges make five classes.

    A city may have its own `map_classes.csv` in its geo folder. places: of a level, whose areas
    hold many kelurahan each: the classes of what adds up are as many times as wide. usual: the
    rate of the whole place, over all that is held, which the middle class is to hold (see
    `needs_usual`): all edges are a round number of times as large.
    """
    edges = _edges(settings.get("LK3_GEO_DIR")).get(key, ())
    if usual is not None and usual > 0 and needs_usual(key):
        middle = len(edges) // 2
        times = _factor(usual / float(np.sqrt(edges[middle - 1] * edges[middle])))
        return tuple(round(edge * times, 6) for edge in edges)
    if key not in _ADDING_UP or not isinstance(places, LevelPlaces) or not places.groups:
        return edges
    times = _round(len(places.groups) / len(set(places.groups.values())))
    return tuple(edge * times for edge in edges)


def needs_usual(key: str) -> bool:
    """Whether the classes of an indicator follow the usual rate of the place: those of a rate, of a
    place other than the built-in one that sets no classes of its own.
    """
    folder = Path(settings.get("LK3_GEO_DIR"))
    is_own = folder.resolve() == settings.ROOT / "geo" or (folder / _FILE).is_file()
    return key in _RATES and not is_own


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


def _factor(size: float) -> float:
    """The nearest round number, its neighbours at most a third apart: 1, 1.2, 1.5, 2, 2.5 ..."""
    power = 10.0 ** np.floor(np.log10(size))
    return float(min((step * power for step in _STEPS), key=lambda each: abs(np.log(each / size))))


def _round(size: float) -> float:
    """The nearest of 1, 2, 5, 10, 20, 50 and so on."""
    steps = [step * 10**power for power in range(5) for step in (1, 2, 5)]
    return float(min(steps, key=lambda step: abs(np.log(step / size))))


def _label(low: float | None, high: float | None, decimals: int) -> str:
    """Short, for a legend in one row; "2–<4" is from 2 to under 4. A dash beside a minus would be
    read as one more minus, so there a word stands between the edges.
    """
    places = max(_decimals(edge, decimals) for edge in (low, high) if edge is not None)
    if low is None:
        return f"< {_edge(high, places)}"
    if high is None:
        return f"≥ {_edge(low, places)}"
    top = high - 1 if decimals == 0 else high
    if top == low:
        return _edge(low, places)
    under = "" if decimals == 0 else "<"
    between = _("{low} s.d. {high}") if low < 0 else "{low}–{high}"
    return between.format(low=_edge(low, places), high=under + _edge(top, places))


def _edge(value: float | None, decimals: int) -> str:
    return number(value, decimals).replace("-", "−")


def _decimals(edge: float, usual: int) -> int:
    """As many as an edge needs: none for a whole number, at least the usual ones for others."""
    if edge == int(edge):
        return 0
    return next((n for n in range(max(usual, 1), 6) if round(edge, n) == edge), 6)


@lru_cache(maxsize=4)
def _edges(geo_dir: str) -> dict[str, tuple[float, ...]]:
    own = Path(geo_dir) / _FILE
    path = own if own.is_file() else settings.REFERENCE_DIR / _FILE
    return {
        row["indicator"]: tuple(float(edge) for edge in row["edges"].split("|"))
        for row in read_csv(path)
    }
