"""A plain GeoJSON -> a folder that `LK3_GEO_DIR` may name, and an account of what was done.

In: the path of a GeoJSON of any size. Out: kelurahan.geojson (one tight coverage, simplified for
display), kelurahan.csv, city.csv, spellings.csv (its header) and README.md, written as files.
"""

import csv
import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from shapely.geometry import mapping

from lk3.errors import UserError
from lk3.language import _
from lk3.places.boundaries import Boundaries, read_boundaries
from lk3.places.measuring import area_km2, label_points, neighbours_of
from lk3.places.model import Repair
from lk3.places.naming import labels, unambiguous_districts
from lk3.places.properties import Properties
from lk3.places.reading import GEOJSON_NAMES, TABLE_NAME, highest_common_name, table_of, usual_names
from lk3.places.simplifying import Simplified, simplify, tighten
from lk3.places.tiles import Quality, layout, quality

_COLUMNS = ("code", "bps_code", "name", "district", "regency", "health_centre", "area_km2",
            "tile_row", "tile_col")  # fmt: skip
_DIGITS = 5  # of a degree: about a metre


@dataclass(frozen=True)
class Prepared:
    """What `prepare` did. `shared`: how many areas bear a name that another bears too; `moved_km2`:
    land that was given to another area where two overlapped, or to one where there was a gap.
    """

    areas: int
    districts: int
    regencies: int
    area_km2: float
    properties: Properties
    repairs: tuple[Repair, ...]
    labels: dict[str, str]
    shared: int
    overlaps_km2: float
    gaps_km2: float
    simplified: Simplified
    neighbours: int
    tiles: Quality
    columns: int
    rows: int
    files: tuple[str, ...]
    bytes: int


def prepare(source: Path, out_dir: Path, *, given: dict[str, str] | None = None) -> Prepared:
    """Read `source`, repair, tighten and simplify it, lay out its tiles, and write the folder.

    `given`: the properties that hold code, name, district and regency, where they are named.
    Raises UserError for a file that cannot be read, a folder that already holds boundaries, or one
    that cannot be written.
    """
    _require_free(out_dir)
    bounds = read_boundaries(source, given=given)
    codes = list(bounds.shapes)
    tight = tighten(np.array([bounds.shapes[code] for code in codes], dtype=object))
    display, simplified = simplify(tight.shapes, digits=_DIGITS)
    neighbours = neighbours_of(dict(zip(codes, display, strict=True)))
    points = pd.DataFrame(label_points(list(display)), index=codes, columns=["lon", "lat"])
    tiles = layout(points, neighbours)
    areas = _table(bounds, tiles).assign(area_km2=np.round(area_km2(list(tight.shapes)), 3))
    named = areas.assign(district_name=areas["district"], district=unambiguous_districts(areas))
    written = _write(out_dir, areas, display, bounds, source)
    return Prepared(
        areas=len(areas),
        districts=int(named.loc[named["district"] != "", "district"].nunique()),
        regencies=int(areas.loc[areas["regency"] != "", "regency"].nunique()),
        area_km2=float(areas["area_km2"].sum()),
        properties=bounds.properties,
        repairs=tuple(repair for repair in bounds.repairs if repair.what != "uneven"),
        labels=dict(labels(named)),
        shared=int(areas["name"].str.casefold().duplicated(keep=False).sum()),
        overlaps_km2=tight.overlaps_km2,
        gaps_km2=tight.gaps_km2,
        simplified=simplified,
        neighbours=sum(len(others) for others in neighbours.values()) // 2,
        tiles=quality(tiles, points, neighbours),
        columns=int(tiles["tile_col"].max()) + 1,
        rows=int(tiles["tile_row"].max()) + 1,
        files=tuple(written),
        bytes=(out_dir / GEOJSON_NAMES[0]).stat().st_size,
    )


def prepared_json(prepared: Prepared) -> dict[str, Any]:
    """The account as values that JSON can hold."""
    return {key: value for key, value in asdict(prepared).items() if key != "labels"}


def _require_free(out_dir: Path) -> None:
    held = [name for name in (*GEOJSON_NAMES, TABLE_NAME) if (out_dir / name).exists()]
    if held:
        raise UserError(
            _("Folder {folder} sudah berisi {files}. Pilih folder lain atau kosongkan.").format(
                folder=out_dir, files=", ".join(held)
            )
        )


def _table(bounds: Boundaries, tiles: pd.DataFrame) -> pd.DataFrame:
    areas = table_of(bounds).join(tiles)
    areas["name"] = areas["name"].where(areas["name"] != "", areas.index)
    return areas.assign(bps_code="", health_centre="")


def _write(
    out_dir: Path, areas: pd.DataFrame, shapes: np.ndarray, bounds: Boundaries, source: Path
) -> list[str]:
    """Write the files and give their names. The boundaries come last: a folder without them is
    none, so a run that was cut off leaves nothing that looks ready.
    """
    title = highest_common_name(bounds) or source.stem.replace("_", " ").title()
    texts = {
        TABLE_NAME: _as_csv(areas.reset_index()[list(_COLUMNS)].values.tolist(), _COLUMNS),
        "city.csv": _as_csv(_city_rows(title), ("key", "value")),
        "spellings.csv": _as_csv([], ("code", "spelling", "evidence")),
        "README.md": _readme(title, source),
        GEOJSON_NAMES[0]: _geojson(areas, shapes),
    }
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (out_dir / name).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise UserError(
            _("Folder {folder} tidak dapat ditulisi ({reason}). Pilih folder lain.").format(
                folder=out_dir, reason=error.strerror
            )
        ) from error
    return list(texts)


def _city_rows(title: str) -> list[list[str]]:
    return [[key, value] for key, value in usual_names(title).items()]


def _as_csv(rows: list[list[Any]], header: tuple[str, ...]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _geojson(areas: pd.DataFrame, shapes: np.ndarray) -> str:
    """One feature a line, so that a change of one area shows as one line."""
    lines = [
        json.dumps(
            {"type": "Feature", "properties": {"code": code}, "geometry": mapping(shape)},
            separators=(",", ":"),
        )
        for code, shape in zip(areas.index, shapes, strict=True)
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _readme(title: str, source: Path) -> str:
    return _(
        "# {title}\n\nDibuat dengan `python -m lk3 place` dari {source}.\n\n"
        "Lengkapi sebelum dipakai: sumber, lisensi, dan tanggal batas wilayah; nama lembaga di "
        "city.csv; ejaan lain di spellings.csv; penduduk di population.csv (code,year,population,"
        "households,status). Penjelasan tiap berkas ada di geo/README.md milik dasbor.\n"
    ).format(title=title, source=source.name)
