"""Measured on the boundaries: areas in km², label points, neighbours, metres on the ground.

In: polygons in degrees. Out: numbers. No projection library is needed: a city is small beside the
ellipsoid, and an equal-area cylinder is exact for areas.
"""

from collections.abc import Mapping

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

_A = 6_378_137.0  # WGS 84
_E2 = 0.006_694_379_990_14
_E = _E2**0.5
_POINT_WITHIN = 0.0005  # degrees, and at most this share of a small area's width:
_POINT_SHARE = 8


def area_km2(shapes: list[BaseGeometry]) -> np.ndarray:
    """The area of each polygon on the WGS 84 ellipsoid, in km²: on the cylinder that keeps areas
    (Snyder 1987, equation 10-1 and 3-12), edges being straight in degrees.
    """

    def cylinder(xy: np.ndarray) -> np.ndarray:
        s = np.sin(np.radians(xy[:, 1]))
        q = (1 - _E2) * (s / (1 - _E2 * s**2) + np.arctanh(_E * s) / _E)
        return np.column_stack([_A * np.radians(xy[:, 0]), _A * q / 2])

    flat = np.array([shapely.transform(each, cylinder) for each in shapes], dtype=object)
    return shapely.area(flat) / 1e6


def metres_per_degree(latitude: float) -> tuple[float, float]:
    """The length of a degree eastward and northward at a latitude, in metres."""
    phi = np.radians(latitude)
    w = 1 - _E2 * np.sin(phi) ** 2
    east = _A * np.cos(phi) / w**0.5
    north = _A * (1 - _E2) / w**1.5
    return float(np.radians(1) * east), float(np.radians(1) * north)


def label_points(shapes: list[BaseGeometry]) -> np.ndarray:
    """For each area the point of its largest part that is farthest from its edge: lon, lat."""
    large = np.array([_largest(each) for each in shapes], dtype=object)
    within = np.minimum(_POINT_WITHIN, np.sqrt(shapely.area(large)) / _POINT_SHARE)
    circles = shapely.maximum_inscribed_circle(large, within)
    return shapely.get_coordinates(shapely.get_point(circles, 0))


def _largest(geometry: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(geometry)
    return parts[int(np.argmax(shapely.area(parts)))]


def neighbours_of(shapes: Mapping[str, BaseGeometry]) -> dict[str, tuple[str, ...]]:
    """The areas that share a stretch of boundary with each, by code, in the order of the areas."""
    codes = np.array(list(shapes), dtype=object)
    geometries = np.array(list(shapes.values()), dtype=object)
    tree = shapely.STRtree(geometries)
    one, other = tree.query(geometries, predicate="intersects")
    first = one < other
    one, other = one[first], other[first]
    shared = shapely.length(shapely.intersection(geometries[one], geometries[other])) > 0
    one, other = one[shared], other[shared]
    pairs = np.concatenate([np.column_stack([one, other]), np.column_stack([other, one])])
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    bounds = np.searchsorted(pairs[:, 0], np.arange(len(codes) + 1))
    return {
        str(code): tuple(codes[pairs[bounds[at] : bounds[at + 1], 1]])
        for at, code in enumerate(codes)
    }
