"""Boundaries made tight and light: no overlaps, no slits, fewer vertices, still one coverage.

In: valid polygons in degrees. Out: as many, in the same order, in degrees. Works in metres on the
ground; what two areas share stays the same on both sides, so that simplifying opens no gap.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely

from lk3.places.measuring import area_km2, metres_per_degree

_Transform = Callable[[np.ndarray], np.ndarray]
_GAP = 5.0  # metres: a slit this narrow is no water
_VERTICES = (120, 40_000)  # for display: so many for an area on average, so many in all
_FINEST, _COARSEST = 1.0, 400.0  # metres
_STEP = 1.6
_SMALLEST = 0.05  # of the width of the smallest area: coarser, and it loses its form


@dataclass(frozen=True)
class Tightened:
    """Shapes that meet exactly, and how much land lay in overlaps and slits before."""

    shapes: np.ndarray
    overlaps_km2: float
    gaps_km2: float


@dataclass(frozen=True)
class Simplified:
    """What simplification did: tolerance in metres (0: none was needed), vertices before and after,
    the largest change of an area in per cent, and of the whole.
    """

    tolerance_m: float
    vertices_before: int
    vertices_after: int
    largest_change_percent: float
    whole_change_percent: float


def tighten(shapes: np.ndarray) -> Tightened:
    """The shapes as one coverage: land that two claim goes to the one with the longer border to it,
    and so do slits. Shapes that meet exactly are given back as they were.
    """
    to_metres, to_degrees = _transforms(shapes)
    flat = _moved(shapes, to_metres)
    if shapely.coverage_is_valid(flat, gap_width=_GAP):
        return Tightened(shapes, 0.0, 0.0)
    before = shapely.area(flat).sum()
    covered = shapely.area(shapely.union_all(flat))
    clean = shapely.coverage_clean(flat, gap_width=_GAP)
    clean = np.where(shapely.is_empty(clean), flat, clean)
    after = shapely.area(shapely.union_all(clean))
    return Tightened(
        _moved(clean, to_degrees),
        round(max(0.0, before - covered) / 1e6, 4),
        round(max(0.0, after - covered) / 1e6, 4),
    )


def simplify(shapes: np.ndarray, *, digits: int) -> tuple[np.ndarray, Simplified]:
    """The shapes with as few vertices as display needs, rounded to `digits` of a degree, still
    meeting exactly, and what it cost. The tolerance grows until the vertices are few enough, and
    stops where the smallest area would lose its form.
    """
    to_metres, to_degrees = _transforms(shapes)
    flat = _moved(shapes, to_metres)
    before = int(shapely.get_num_coordinates(shapes).sum())
    wanted = min(_VERTICES[0] * len(shapes), _VERTICES[1])
    most = min(_COARSEST, max(_FINEST, _SMALLEST * float(np.sqrt(shapely.area(flat)).min())))
    tolerance, found = 0.0, shapes
    while shapely.get_num_coordinates(found).sum() > wanted and tolerance < most:
        tolerance = min(most, max(_FINEST, tolerance * _STEP))
        found = _moved(shapely.coverage_simplify(flat, tolerance), to_degrees)
    rounded = _rounded(found, digits)
    was, now = area_km2(list(shapes)), area_km2(list(rounded))
    return rounded, Simplified(
        round(tolerance, 1),
        before,
        int(shapely.get_num_coordinates(rounded).sum()),
        round(float(np.abs(now / was - 1).max()) * 100, 3),
        round(abs(float(now.sum() / was.sum()) - 1) * 100, 3),
    )


def _rounded(shapes: np.ndarray, digits: int) -> np.ndarray:
    """Coordinates with few digits. Rounding moves a shared vertex the same way on both sides, so a
    coverage stays one; where an area would cross itself all keep more digits.
    """
    for kept in (digits, digits + 2):
        rounded = _moved(shapes, _rounding(kept))
        if shapely.is_valid(rounded).all() and shapely.coverage_is_valid(rounded):
            return shapely.orient_polygons(rounded)
    return shapely.orient_polygons(shapes)


def _rounding(digits: int) -> _Transform:
    return lambda xy: np.round(xy, digits)


def _transforms(shapes: np.ndarray) -> tuple[_Transform, _Transform]:
    """From degrees to metres from the south-western corner, and back."""
    west, south, east, north = shapely.total_bounds(shapes)
    scale = np.array(metres_per_degree((south + north) / 2))
    origin = np.array([west, south])
    return (lambda xy: (xy - origin) * scale), (lambda xy: xy / scale + origin)


def _moved(shapes: np.ndarray, transform: _Transform) -> np.ndarray:
    return np.asarray(shapely.transform(shapes, transform), dtype=object)
