"""A folder of boundaries, names and spellings -> `Places`.

Only the boundaries are required; whatever the folder does not say is taken from their properties,
measured on them, or named in the usual way.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from lk3 import language, settings
from lk3.errors import UserError
from lk3.places.boundaries import Boundaries, read_boundaries
from lk3.places.measuring import area_km2, label_points, neighbours_of
from lk3.places.model import CITY, OUTSIDE, Places, Repair
from lk3.places.naming import labels, spelling_keys, unambiguous_districts
from lk3.places.properties import ROLES
from lk3.places.tiles import layout
from lk3.texts import as_name
from lk3.vocabulary import read_csv, squash

GEOJSON_NAMES = ("kelurahan.geojson", "areas.geojson")
TABLE_NAME = "kelurahan.csv"
_KIND_OF_CITY = re.compile(r"^\s*(kota|kabupaten|kab\.?|provinsi)\s+", re.IGNORECASE)
_ROMAN = re.compile(r"[IVX]+")


def load_places() -> Places:
    """The city in the folder that LK3_GEO_DIR names (read once per folder)."""
    return read_places(settings.get("LK3_GEO_DIR"))


@lru_cache(maxsize=4)
def read_places(folder: str) -> Places:
    """The city in `folder`: kelurahan.geojson (or areas.geojson) and, if the folder has them,
    kelurahan.csv, city.csv, spellings.csv and population.csv.

    Raises UserError when there are no boundaries, or when a file contradicts another.
    """
    root = Path(folder)
    city = {row["key"]: row["value"] for row in _rows(root / "city.csv")}
    given = {role: city.get(f"property_{role}", "") for role in ROLES}
    bounds = read_boundaries(_geojson_in(root), given=given)
    neighbours = neighbours_of(bounds.shapes)
    areas, repairs = _areas(root / TABLE_NAME, bounds, neighbours)
    names = _names_of_city(city, bounds, root)
    keys, shared = spelling_keys(areas, _spellings(root, areas))
    return Places(
        name=names["name"],
        title=names["title"],
        institute=names["institute"],
        outside_labels={"id": names["outside_label"], "en": names["outside_label_en"]},
        areas=areas,
        geojson=bounds.geojson,
        neighbours=neighbours,
        population=_read_population(root, list(areas.index)),
        keys=_keys_of_city(names, shared) | keys,
        shared=shared,
        repairs=(*bounds.repairs, *repairs),
        utc_hours=float(city["utc_hours"]) if city.get("utc_hours") else None,
        time_label=city.get("time_label", ""),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    return read_csv(path) if path.is_file() else []


def _geojson_in(root: Path) -> Path:
    found = next((root / name for name in GEOJSON_NAMES if (root / name).is_file()), None)
    if found is None:
        raise UserError(
            language._(
                "Folder peta {folder} tidak berisi {missing}. Lengkapi folder itu menurut "
                "geo/README.md atau perbaiki pengaturan LK3_GEO_DIR."
            ).format(folder=root, missing=GEOJSON_NAMES[0])
        )
    return found


def _areas(
    path: Path, bounds: Boundaries, neighbours: dict[str, tuple[str, ...]]
) -> tuple[pd.DataFrame, list[Repair]]:
    """The table of areas by `Places.areas`, completed from the boundaries."""
    rows = _rows(path)
    areas = pd.DataFrame(rows).set_index("code") if rows else table_of(bounds)
    _require_same_codes(areas, bounds, path.name)
    for column in ("name", "bps_code", "district", "regency", "health_centre"):
        areas[column] = areas.get(column, pd.Series("", index=areas.index)).fillna("")
    for column in ("name", "district", "regency", "health_centre"):
        areas[column] = areas[column].map(as_name)
    nameless = areas.index[areas["name"] == ""]
    areas["name"] = areas["name"].where(areas["name"] != "", areas.index)
    areas["district_name"] = areas["district"]
    areas["district"] = unambiguous_districts(areas)
    areas["label"] = labels(areas)
    shapes = [bounds.shapes[code] for code in areas.index]
    areas["area_km2"] = _numbers(areas, "area_km2").fillna(
        pd.Series(area_km2(shapes), index=areas.index).round(3)
    )
    areas[["lon", "lat"]] = label_points(shapes)
    areas[["tile_row", "tile_col"]] = _tiles(areas, neighbours)
    repairs = [Repair("no_name", tuple(nameless), len(nameless))] if len(nameless) else []
    return areas, repairs


def table_of(bounds: Boundaries) -> pd.DataFrame:
    """The areas as the properties of the boundaries name them: name, district, regency by code. A
    name in capitals is written as names are.
    """
    areas = pd.DataFrame.from_dict(bounds.facts, orient="index")
    areas.index.name = "code"
    for column in ("name", "district", "regency"):
        areas[column] = written_as_names(areas[column])
    return areas[["name", "district", "regency"]]


def written_as_names(texts: pd.Series) -> pd.Series:
    """`TANJUNG LAUT II` -> `Tanjung Laut II`, where a whole column is in capitals."""
    if not texts.str.upper().eq(texts).all() or not texts.str.contains("[A-Z]{2}").any():
        return texts
    return texts.map(
        lambda text: " ".join(
            word if _ROMAN.fullmatch(word) else word.title() for word in text.split()
        )
    )


def _require_same_codes(areas: pd.DataFrame, bounds: Boundaries, table: str) -> None:
    one_sided = sorted(set(areas.index) ^ set(bounds.shapes))
    if one_sided:
        raise UserError(
            language._(
                "Kode {codes} hanya ada di salah satu dari {table} dan kelurahan.geojson. "
                "Samakan kode di kedua berkas itu."
            ).format(codes=", ".join(one_sided[:10]), table=table)
        )
    if areas.index.has_duplicates:
        twice = sorted(set(areas.index[areas.index.duplicated()]))
        raise UserError(
            language._("Kode {codes} ditulis lebih dari sekali di {table}. Hapus salah satunya.")
            .format(codes=", ".join(twice[:10]), table=table)
        )  # fmt: skip


def _numbers(areas: pd.DataFrame, column: str) -> pd.Series:
    given = areas.get(column, pd.Series(pd.NA, index=areas.index, dtype="object"))
    return pd.to_numeric(given, errors="coerce").astype(float)


def _tiles(areas: pd.DataFrame, neighbours: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    """The places on the tile map as the table gives them; laid out where it gives not all."""
    given = pd.DataFrame({name: _numbers(areas, name) for name in ("tile_row", "tile_col")})
    if given.notna().all(axis=None):
        return given.astype(int)
    return layout(areas[["lon", "lat"]], neighbours)


def _names_of_city(city: dict[str, str], bounds: Boundaries, root: Path) -> dict[str, str]:
    """What the city and its institute are called, in the usual way where nobody has said it."""
    title = city.get("title") or highest_common_name(bounds) or _title_of(root)
    usual = usual_names(title, name=city.get("name", ""))
    said = usual | {key: city[key] for key in usual if city.get(key)}
    return {key: as_name(text) for key, text in said.items()}


def usual_names(title: str, *, name: str = "") -> dict[str, str]:
    """The rows of city.csv as they usually read for a title such as `Kota Contoh`."""
    name = name or _KIND_OF_CITY.sub("", title)
    return {
        "name": name,
        "title": title,
        "institute": f"LK3 {name}",
        "outside_label": f"Luar {name}",
        "outside_label_en": f"Outside {name}",
    }


def highest_common_name(bounds: Boundaries) -> str:
    """The lowest level that all areas share by name: their kota, or else their province."""
    facts = pd.DataFrame.from_dict(bounds.facts, orient="index")
    levels = [facts["regency"], *_columns(facts["above"])]
    common = (level.iloc[0] for level in levels if level.nunique() == 1 and level.iloc[0])
    return next((written_as_names(pd.Series([name])).iloc[0] for name in common), "")


def _columns(joined: pd.Series) -> Iterable[pd.Series]:
    split = joined.str.split("|", expand=True)
    return [split[column].fillna("") for column in split]


def _title_of(root: Path) -> str:
    return re.sub(r"[_\-]+", " ", root.resolve().name).strip().title()


def _keys_of_city(names: dict[str, str], shared: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """The city and outside by their names; a name that areas share stays theirs."""
    keys = {
        squash(names["title"]): CITY,
        **{squash(names[label]): OUTSIDE for label in ("outside_label", "outside_label_en")},
    }
    return {text: code for text, code in keys.items() if text not in shared}


def _spellings(root: Path, areas: pd.DataFrame) -> list[tuple[str, str]]:
    rows = _rows(root / "spellings.csv")
    nobodys = sorted({row["code"] for row in rows} - {*areas.index, OUTSIDE, CITY})
    if nobodys:
        raise UserError(
            language._(
                "spellings.csv menyebut kode {codes} yang tidak ada di kelurahan.csv. "
                "Perbaiki kode itu atau hapus barisnya."
            ).format(codes=", ".join(nobodys[:10]))
        )
    return [(row["code"], row["spelling"]) for row in rows]


def _read_population(root: Path, codes: list[str]) -> pd.DataFrame:
    own: Any = root / "population.csv"
    path = own if own.is_file() else settings.REFERENCE_DIR / "population.csv"
    frame = pd.read_csv(path, dtype={"code": "str", "status": "str"})
    return frame[frame["code"].isin(codes)].reset_index(drop=True)


def population_in(population: pd.DataFrame, year: int) -> pd.DataFrame:
    """Population of the year nearest to `year`, per kelurahan (the later of two equally near).

    In: `tables.POPULATION`. Out: one row per code, indexed by code: year, population, households,
    status. An official figure of the same year goes before an estimate.
    """
    ranked = population.assign(
        distance=(population["year"] - year).abs(), estimate=population["status"] != "official"
    ).sort_values(["distance", "year", "estimate"], ascending=[True, False, True])
    nearest = ranked.drop_duplicates("code").set_index("code")
    return nearest[["year", "population", "households", "status"]]
