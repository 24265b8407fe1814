"""What both true maps share: which land is in view, and where each name stands."""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, log2, radians
from typing import Any

import numpy as np
import pandas as pd
from shapely.geometry import Point, shape

from lk3.figures.template import wrap_lines
from lk3.places import Places
from lk3.places.levels import LevelPlaces

_VAST = 0.25  # of all land: an area this large is not fitted, or the small ones were unreadable
_MARGIN = 0.03
_LETTER = 0.0145  # width of a letter beside the height of the view, on a map of half a laptop
_LEAST_SPAN = 1e-3
_FEW = 16  # areas whose names all find room
_TIGHT, _LINE = 1.2, 0.034  # width of a letter and height of a line beside the view
_TILE = 512
_KEPT = 64  # cities, and parts of a province, whose geography is worked out once


@dataclass(frozen=True)
class View:
    """The land in view, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def middle(self) -> dict[str, float]:
        """The centre, as a map wants it."""
        return {"lon": (self.west + self.east) / 2, "lat": (self.south + self.north) / 2}

    @property
    def stretch(self) -> float:
        """How much longer a degree northward is than one eastward, at the centre."""
        return 1 / cos(radians(self.middle["lat"]))

    @property
    def size(self) -> tuple[float, float]:
        """How wide and high it is on the map, both in degrees eastward."""
        return self.east - self.west, (self.north - self.south) * self.stretch

    def zoom(self, *, width: int, height: int) -> float:
        """The zoom (web Mercator, tiles of 512) at which the view fits into so many pixels."""
        across, up = self.size
        return log2(min(width / across, height / up) * 360 / _TILE)


@lru_cache(maxsize=_KEPT)
def view_of(places: Places) -> View:
    """The land of all areas but the vast ones, and the place of every name.

    Bontang Lestari, say, is more than half of its city: the rest of it is a drag away.
    """
    land = places.areas["area_km2"]
    is_part = isinstance(places, LevelPlaces)  # what was chosen is shown whole
    fitted = set() if is_part else set(land.index[land <= _VAST * land.sum()])
    names = label_places(places)
    boxes = [
        shape(f["geometry"]).bounds
        for f in places.geojson["features"]
        if f["id"] in fitted or not fitted
    ]
    boxes += [(lon, lat, lon, lat) for lon, lat in zip(names["x"], names["y"], strict=True)]
    edges = np.array(boxes)
    south, north = edges[:, 1].min(), edges[:, 3].max()
    length = names["name"].str.len() * _LETTER * (north - south)
    west = np.fmin(
        edges[:, 0].min(), (names["x"] - length)[names["position"] == "middle left"].min()
    )
    east = np.fmax(
        edges[:, 2].max(), (names["x"] + length)[names["position"] == "middle right"].max()
    )
    pad = max(east - west, north - south, _LEAST_SPAN) * _MARGIN
    return View(float(west - pad), float(south - pad), float(east + pad), float(north + pad))


@lru_cache(maxsize=_KEPT)
def label_places(places: Places) -> pd.DataFrame:
    """Where each name stands, by code: name, lon, lat (a point of the area), x, y (of the name),
    position ("middle center" on the area; "middle right" or "middle left" of a line that leads out
    of it).

    `label_lon` and `label_lat` of kelurahan.csv say so where an area is too small for its name.
    """
    areas = places.areas
    inside = {f["id"]: shape(f["geometry"]) for f in places.geojson["features"]}
    found = areas[["name", "lon", "lat"]].assign(
        x=_given(areas, "label_lon").fillna(areas["lon"]),
        y=_given(areas, "label_lat").fillna(areas["lat"]),
    )
    moved = (found["x"] != found["lon"]) | (found["y"] != found["lat"])
    led_out = [
        bool(far) and not inside[code].covers(Point(x, y))
        for code, x, y, far in zip(found.index, found["x"], found["y"], moved, strict=True)
    ]
    side = np.where(found["x"] >= found["lon"], "middle right", "middle left")
    return found.assign(position=np.where(led_out, side, "middle center"))


def written_names(places: Places, view: View) -> pd.DataFrame:
    """`label_places`, of many areas only those names that find room on a map of the view, the
    larger areas first.
    """
    names = label_places(places)
    if len(names) <= _FEW:
        return names
    across = max(view.east - view.west, (view.north - view.south) * view.stretch)
    order = places.areas["area_km2"].sort_values(ascending=False).index
    lines = pd.Series(
        [name_lines(name, str(side)) for name, side in
         zip(names["name"], names["position"], strict=True)],
        index=names.index,
    )  # fmt: skip
    wide = lines.map(lambda each: max(map(len, each))) * _LETTER * _TIGHT * across
    high = lines.map(len) * _LINE * across / view.stretch
    boxes = np.column_stack(
        [names["x"] - wide / 2, names["y"] - high / 2, names["x"] + wide / 2, names["y"] + high / 2]
    )
    at = {code: place for place, code in enumerate(names.index)}
    kept: list[str] = []
    for code in order:
        own, others = boxes[at[code]], boxes[[at[other] for other in kept]]
        meets = (
            (own[0] < others[:, 2]) & (own[2] > others[:, 0])
            & (own[1] < others[:, 3]) & (own[3] > others[:, 1])
        )  # fmt: skip
        if not meets.any():
            kept.append(code)
    return names.loc[[code for code in names.index if code in set(kept)]]


def leaders(names: pd.DataFrame) -> tuple[list[float | None], list[float | None]]:
    """Longitudes and latitudes of the lines from areas to the names outside, parted by None."""
    out = names[names["position"] != "middle center"]
    lon = [each for a, b in zip(out["lon"], out["x"], strict=True) for each in (a, b, None)]
    lat = [each for a, b in zip(out["lat"], out["y"], strict=True) for each in (a, b, None)]
    return lon, lat


def name_lines(name: str, position: str) -> list[str]:
    """A name as it is written on a map: in short lines on an area, in one line beside it."""
    return wrap_lines(name, 10 if position == "middle center" else 40)


def rings(geojson: dict[str, Any], code: str) -> list[list[list[float]]]:
    """The outer rings of an area, each a list of [lon, lat]."""
    geometry = next(f["geometry"] for f in geojson["features"] if f["id"] == code)
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    return [polygon[0] for polygon in geometry["coordinates"]]


def _given(areas: pd.DataFrame, column: str) -> pd.Series:
    if column not in areas:
        return pd.Series(np.nan, index=areas.index)
    return pd.to_numeric(areas[column], errors="coerce")
