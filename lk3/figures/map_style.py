"""What lies under and over the land of the true map: the sea, and the names on the areas.

In: places of names. Out: a style for MapLibre that asks no host for anything. Names are layers of
the style, not traces: a trace of points has four sources and four layers, and whatever a chart
says anew, the browser makes again.
"""

from html import unescape
from typing import Any

import pandas as pd

from lk3.figures.geography import leaders, name_text
from lk3.figures.template import INK

UNDER_NAMES = "leaders"  # the layer that the land has to be under
_SEA = "#f6f9fb"
_ANCHORS = {"middle center": "center", "middle left": "right", "middle right": "left"}
_BESIDE = 0.45  # letters between the end of a line and its name


def map_style(names: pd.DataFrame) -> dict[str, Any]:
    """The style of a map with these names: as `geography.written_names` gives them."""
    return {
        "version": 8,
        "sources": {
            "names": _source([_name(row) for _code, row in names.iterrows()]),
            "leaders": _source(_leaders(names)),
        },
        "layers": [
            {"id": "sea", "type": "background", "paint": {"background-color": _SEA}},
            _layer(UNDER_NAMES, "line", "leaders", {"line-color": INK, "line-width": 0.9}),
            _layer("dots", "circle", "leaders", {"circle-color": INK, "circle-radius": 2})
            | {"filter": ["==", "$type", "Point"]},
            _layer("names", "symbol", "names", {"text-color": INK}) | {"layout": _letters()},
        ],
    }


def _letters() -> dict[str, Any]:
    aside = [part for side in ("left", "right") for part in (side, ["literal", _away(side)])]
    return {
        "text-field": ["get", "text"],
        "text-size": 11,
        "text-font": ["Open Sans Regular", "Arial Unicode MS Regular"],
        "text-anchor": ["get", "anchor"],
        "text-offset": ["match", ["get", "anchor"], *aside, ["literal", [0, 0]]],
    }


def _away(anchor: str) -> list[float]:
    return [_BESIDE if anchor == "left" else -_BESIDE, 0]


def _name(row: pd.Series) -> dict[str, Any]:
    """The name on its area, or at the end of the line that leads to open space."""
    position = str(row["position"])
    text = name_text(row["name"], position).replace("<br>", "\n")
    said = {"text": unescape(text), "anchor": _ANCHORS[position]}
    return _feature("Point", [row["x"], row["y"]], said)


def _leaders(names: pd.DataFrame) -> list[dict[str, Any]]:
    """Thin lines from areas too small for their names, each with a dot where it begins."""
    lon, lat = leaders(names)
    starts, ends = (list(zip(lon[i::3], lat[i::3], strict=True)) for i in (0, 1))
    lines = [_feature("LineString", [a, b], {}) for a, b in zip(starts, ends, strict=True)]
    return [*lines, *(_feature("Point", start, {}) for start in starts)]


def _layer(name: str, kind: str, source: str, paint: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "type": kind, "source": source, "paint": paint}


def _source(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "geojson", "data": {"type": "FeatureCollection", "features": features}}


def _feature(kind: str, coordinates: Any, said: dict[str, str]) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": said}
