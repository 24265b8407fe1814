"""Another city than the one in `geo/`: a folder as `LK3_GEO_DIR` expects it."""

import csv
import json
from pathlib import Path

from shapely.geometry import box, mapping

CITY = {
    "name": "Contoh",
    "title": "Kota Contoh",
    "institute": "LK3 Contoh",
    "outside_label": "Luar Contoh",
    "outside_label_en": "Outside Contoh",
}


def write_city(folder: Path, *, names: tuple[str, ...] = ("Mawar", "Melati")) -> Path:
    """A row of squares, west to east, with one kecamatan; the folder is given back."""
    areas, features = [], []
    for i, name in enumerate(names):
        code = f"99.01.01.{1001 + i}"
        areas.append(
            {
                "code": code,
                "bps_code": f"990101{i + 1:04d}",
                "name": name,
                "district": "Bunga",
                "health_centre": "",
                "area_km2": 1.2,
                "tile_row": 0,
                "tile_col": i,
            }
        )
        square = mapping(box(110 + i * 0.01, -7, 110 + (i + 1) * 0.01, -6.99))
        features.append({"type": "Feature", "properties": {"code": code}, "geometry": square})
    collection = {"type": "FeatureCollection", "features": features}
    (folder / "kelurahan.geojson").write_text(json.dumps(collection), encoding="utf-8")
    write_csv(folder / "city.csv", [{"key": key, "value": text} for key, text in CITY.items()])
    write_csv(folder / "kelurahan.csv", areas)
    spelling = {"code": "99.01.01.1001", "spelling": "Mawr", "evidence": "seen"}
    write_csv(folder / "spellings.csv", [spelling])
    return folder


def write_csv(path: Path, rows: list[dict]) -> None:
    """Write rows with the keys of the first as the header."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, fieldnames=rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
