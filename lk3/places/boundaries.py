"""A GeoJSON of any origin -> one valid polygon per area, and what had to be repaired.

In: the text of a file. Out: features with their code as `id`, shapes by code. What was fine stays
as it was written, to the digit.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from lk3.errors import UserError
from lk3.language import _
from lk3.places.model import Repair
from lk3.places.properties import Properties, recognise

_AREAL = ("Polygon", "MultiPolygon")
_SLIVER = 1e-6  # of an area: a part this small came of the repair and is no land


@dataclass(frozen=True)
class Boundaries:
    """`facts`: code, name, district, regency and `above` (still higher names) of each area, as
    text; `shapes`: its polygon (degrees); `geojson`: both as a FeatureCollection.
    """

    properties: Properties
    facts: dict[str, dict[str, str]]
    shapes: dict[str, BaseGeometry]
    geojson: dict[str, Any]
    repairs: tuple[Repair, ...]


@dataclass
class _Found:
    features: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: dict[str, dict[str, str]] = field(default_factory=dict)
    shapes: dict[str, BaseGeometry] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def note(self, what: str, code: str = "") -> None:
        self.wrong.setdefault(what, []).append(code)


def read_boundaries(path: Path, *, given: dict[str, str] | None = None) -> Boundaries:
    """The areas of a GeoJSON. `given`: the properties that somebody has named, by role.

    Raises UserError when the file is no FeatureCollection, is not in degrees, has no code, or
    gives one code to areas of different names.
    """
    collection = _read_collection(path)
    features = collection["features"]
    properties = recognise([_properties(each) for each in features], given=given)
    found = _Found()
    for feature in features:
        _take(feature, properties, found)
    if not found.shapes:
        raise UserError(
            _("{file} tidak berisi satu pun wilayah yang berkode dan berpoligon.").format(
                file=path.name
            )
        )
    _turn_to_degrees(found, path.name)
    _repair(found)
    _say_unevenness(found)
    kept = [code for code in found.features if code in found.shapes]
    geojson = {"type": "FeatureCollection", "features": [found.features[code] for code in kept]}
    repairs = tuple(
        Repair(what, tuple(filter(None, codes)), len(codes)) for what, codes in found.wrong.items()
    )
    return Boundaries(
        properties,
        {code: found.facts[code] for code in kept},
        {code: found.shapes[code] for code in kept},
        geojson,
        repairs,
    )


def _read_collection(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError) as error:
        raise UserError(
            _("{file} tidak terbaca sebagai GeoJSON. Simpan ulang sebagai GeoJSON (UTF-8).").format(
                file=path.name
            )
        ) from error
    if not isinstance(read, dict) or not isinstance(read.get("features"), list):
        raise UserError(
            _("{file} bukan GeoJSON berjenis FeatureCollection, sehingga tidak terbaca.").format(
                file=path.name
            )
        )
    return read


def _properties(feature: Any) -> dict[str, object]:
    """The properties, with the feature's own id as `id` where no property is called so."""
    own = {"id": feature["id"]} if "id" in feature else {}
    return own | (feature.get("properties") or {})


def _take(feature: dict[str, Any], properties: Properties, found: _Found) -> None:
    """Add one feature to what is found, or to the polygons of the same area."""
    values = _properties(feature)
    code = as_text(values.get(properties.code))
    if not code:
        found.note("no_code")
        return
    facts = {
        role: as_text(values.get(getattr(properties, role))) if getattr(properties, role) else ""
        for role in ("name", "district", "regency")
    }
    facts["above"] = "|".join(as_text(values.get(name)) for name in properties.above)
    geometry = _polygons(feature.get("geometry"))
    if geometry is None:
        found.note("no_polygon", code)
        return
    if code in found.shapes:
        _add_part(code, facts, geometry, found)
        return
    found.facts[code], found.shapes[code] = facts, geometry
    found.features[code] = {**feature, "id": code}


def as_text(value: object) -> str:
    """A property as text: a code that was kept as a number without its `.0`."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())


def _add_part(code: str, facts: dict[str, str], geometry: BaseGeometry, found: _Found) -> None:
    if facts["name"] != found.facts[code]["name"]:
        raise UserError(
            _(
                "Kode {code} dipakai oleh dua wilayah, {first} dan {second}. Beri kode yang "
                "berbeda, atau sebutkan properti kode yang benar."
            ).format(code=code, first=found.facts[code]["name"], second=facts["name"])
        )
    if code not in found.wrong.get("merged", ()):
        found.note("merged", code)
    found.shapes[code] = shapely.geometrycollections([found.shapes[code], geometry])


def _polygons(geometry: Any) -> BaseGeometry | None:
    """The geometry of a feature when it has land, else None."""
    try:
        read = None if not geometry else shapely.force_2d(shape(geometry))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, shapely.GEOSException):
        return None
    return None if read is None or not _areal(read) else read


def _areal(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The polygons in a geometry, collections taken apart."""
    flat: Iterable[BaseGeometry] = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in flat if part.geom_type == "Polygon" and not part.is_empty]


def _turn_to_degrees(found: _Found, name: str) -> None:
    """Longitude before latitude, both in degrees; the numbers say which is which."""
    west, south, east, north = shapely.total_bounds(list(found.shapes.values()))
    if max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 90:
        return
    if max(abs(west), abs(east)) <= 90 and max(abs(south), abs(north)) <= 180:
        found.note("swapped")
        for code, geometry in found.shapes.items():
            found.shapes[code] = shapely.transform(geometry, lambda xy: xy[:, ::-1])
            found.features[code] = _with_shape(found.features[code], found.shapes[code])
        return
    raise UserError(
        _(
            "Koordinat {file} tidak dalam derajat (EPSG:4326). Ubah dahulu proyeksinya, misalnya "
            "dengan QGIS: Ekspor, GeoJSON, EPSG:4326."
        ).format(file=name)
    )


def _repair(found: _Found) -> None:
    """Polygons that cross themselves become valid, pieces of an area become one."""
    for code, geometry in list(found.shapes.items()):
        whole = geometry.geom_type in _AREAL
        if whole and geometry.is_valid:
            continue
        if whole:
            found.note("invalid", code)
        mended = _mended(geometry)
        if mended is None:
            found.note("no_polygon", code)
            del found.shapes[code]
            continue
        found.shapes[code] = mended
        found.features[code] = _with_shape(found.features[code], mended)


def _mended(geometry: BaseGeometry) -> BaseGeometry | None:
    """The land of a geometry as one valid polygon or several, without the slivers of the repair."""
    valid = [shapely.make_valid(part) for part in _areal(geometry)]
    land = np.array([part for each in valid for part in _areal(each)], dtype=object)
    if not len(land):
        return None
    union = shapely.union_all(land)
    parts = shapely.get_parts(union)
    sizes = shapely.area(parts)
    if not sizes.sum():
        return None
    kept = parts[sizes > _SLIVER * sizes.sum()]
    return shapely.orient_polygons(kept[0] if len(kept) == 1 else shapely.multipolygons(kept))


def _with_shape(feature: dict[str, Any], geometry: BaseGeometry) -> dict[str, Any]:
    return {**feature, "geometry": mapping(geometry)}


def _say_unevenness(found: _Found) -> None:
    """Whether shared boundaries are the same on both sides, on which the neighbours rest."""
    codes, shapes = list(found.shapes), list(found.shapes.values())
    if shapely.coverage_is_valid(shapes):
        return
    uneven = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes))
    for code, bad in zip(codes, uneven, strict=True):
        if bad:
            found.note("uneven", code)
