"""A made-up city of many areas as a plain GeoJSON: a Voronoi coverage round a bay, kecamatan, and
names that occur twice. Nothing of it is a real place.
"""

import json
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import MultiPoint, Polygon, mapping

COAST = Polygon(
    [(110.0, -7.0), (110.14, -7.02), (110.2, -6.95), (110.17, -6.9), (110.21, -6.86), (110.1, -6.8),
     (110.02, -6.83), (109.97, -6.92)]
)  # fmt: skip
BEGINS = ("Suka", "Karang", "Tanjung", "Batu", "Sumber", "Kampung", "Air", "Rawa", "Bukit", "Muara")
ENDS = ("maju", "rejo", "sari", "jaya", "mulya", "asri", "indah", "baru", "lama", "tengah")
DISTRICTS = ("Utara", "Timur", "Selatan", "Barat", "Tengah", "Pesisir", "Hulu", "Hilir")


def coverage(n: int, *, seed: int = 7) -> list[Polygon]:
    """`n` areas that fill the coast without gap or overlap, from the north-west on."""
    random = np.random.default_rng(seed)
    west, south, east, north = COAST.bounds
    points = []
    while len(points) < n:
        point = shapely.Point(random.uniform(west, east), random.uniform(south, north))
        if COAST.contains(point):
            points.append(point)
    cells = shapely.voronoi_polygons(MultiPoint(points), extend_to=COAST.envelope)
    land = [shapely.intersection(cell, COAST) for cell in shapely.get_parts(cells)]
    whole = shapely.coverage_clean(np.array(land, dtype=object))
    return sorted(whole, key=lambda cell: (-round(cell.centroid.y, 2), cell.centroid.x))


def features(n: int, *, keys: tuple[str, str, str, str] = ("KDEPUM", "WADMKD", "WADMKC", "WADMKK")):
    """Features with code, name, kecamatan and kota under these properties. Every tenth name is that
    of the area before it, in another kecamatan or in the same.
    """
    found = []
    for i, cell in enumerate(coverage(n)):
        district = DISTRICTS[i % len(DISTRICTS)]
        at = i - 1 if i % 10 == 9 else i
        name = f"{BEGINS[at % 10]}{ENDS[at // 10 % 10]}" + (" II" if at >= 100 else "")
        values = (f"99.{71 + i % 8:02d}.01.{1001 + i}", name, district, "Kota Rekaan")
        found.append(
            {
                "type": "Feature",
                "properties": dict(zip(keys, values, strict=True)),
                "geometry": mapping(cell),
            }
        )
    return found


def write_geojson(path: Path, found: list[dict]) -> Path:
    """Write features as a FeatureCollection and give the path back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"type": "FeatureCollection", "features": found}), encoding="utf-8")
    return path
