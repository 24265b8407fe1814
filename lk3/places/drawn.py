"""Places as they are drawn: the areas that are looked at, as finely as their map can show them.

In: a `Places`. Out: the same with fewer points in its boundaries, or with tiles of its own.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping

from lk3.places.model import Places
from lk3.places.tiles import layout

_PIXELS = 700  # that a map is high or wide on a laptop
_DECIMALS_PER_PIXEL = 1.0


def drawn(places: Places, codes: Sequence[str] | None = None) -> Places:
    """The same place for the eye: these areas only, their boundaries as fine as one pixel of a map
    of them can show, without gaps between them.
    """
    chosen = places.codes if codes is None else [c for c in places.codes if c in set(codes)]
    shapes = shapes_of(places).reindex(chosen)
    return replace(places, areas=places.areas.loc[chosen], geojson=collection(simplified(shapes)))


def tiled(places: Places) -> Places:
    """The same place with its tiles laid out anew, as its areas lie."""
    tiles = layout(places.areas[["lon", "lat"]], places.neighbours)
    return replace(places, areas=places.areas.assign(**tiles))


def simplified(shapes: pd.Series) -> pd.Series:
    """Boundaries of a coverage simplified together to what a map of all of them can show."""
    geometries = np.asarray(shapes, dtype="object")
    if not len(geometries):
        return shapes
    west, south, east, north = shapely.total_bounds(geometries)
    pixel = max(east - west, north - south) / _PIXELS
    if shapely.coverage_is_valid(geometries):
        geometries = shapely.coverage_simplify(geometries, pixel)
    decimals = int(np.ceil(_DECIMALS_PER_PIXEL - np.log10(pixel))) if pixel > 0 else 6
    rounded = shapely.transform(geometries, lambda at: np.round(at, decimals))
    return pd.Series(list(rounded), index=shapes.index, dtype="object")


def shapes_of(places: Places) -> pd.Series:
    """The boundary of each area, by code."""
    texts = [json.dumps(each["geometry"]) for each in places.geojson["features"]]
    found = shapely.from_geojson(texts)
    return pd.Series(list(found), index=[each["id"] for each in places.geojson["features"]])


def collection(shapes: pd.Series) -> dict[str, Any]:
    """The FeatureCollection of shapes by code."""
    features = [
        {"type": "Feature", "id": code, "properties": {"code": code}, "geometry": mapping(each)}
        for code, each in shapes.items()
    ]
    return {"type": "FeatureCollection", "features": features}
