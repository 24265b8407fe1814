"""Where is it? Codes, names, spellings, boundaries, neighbours and population of one city.

Everything is read from the folder that `LK3_GEO_DIR` names; nothing here knows a city by name.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process
from shapely import STRtree
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.ops import polylabel

from lk3 import language, settings
from lk3.errors import UserError
from lk3.vocabulary import UNKNOWN, read_csv, squash

OUTSIDE = "outside"
CITY = "city"
NOT_AN_AREA = (OUTSIDE, UNKNOWN, CITY)
_PREFIX = re.compile(r"^\s*(kelurahan|keluarahan|kel|desa|ds)[\s._\-:]+", re.IGNORECASE)
_DISTRICT_PREFIX = re.compile(r"^\s*(kecamatan|kec)[\s._\-:]+", re.IGNORECASE)
_FILES = ("city.csv", "kelurahan.csv", "kelurahan.geojson", "spellings.csv")
_LIKENESS_AT_LEAST = 70
_LIKENESS_OF_A_SLIP = 85  # a letter or two of a whole name


@dataclass(frozen=True)
class Places:
    """One city.

    `areas`: one row per kelurahan, indexed by the ministry's code, in the file's order; columns
    name, bps_code, district, health_centre, area_km2, tile_row, tile_col, lon, lat (the label's
    point, inside the largest polygon; degrees).
    `geojson`: the FeatureCollection, each feature with the code as its `id`.
    `neighbours`: codes that share a stretch of boundary.
    `population`: built-in population by `tables.POPULATION` without its origin.
    `keys`: code (or outside, city) of each squashed spelling.
    `utc_hours`, `time_label`: the city's clock, hours ahead of UTC and what it is called; without
    them the clock of the machine is meant.
    """

    name: str
    title: str
    institute: str
    outside_labels: dict[str, str]
    areas: pd.DataFrame
    geojson: dict[str, Any]
    neighbours: dict[str, tuple[str, ...]]
    population: pd.DataFrame
    keys: dict[str, str]
    utc_hours: float | None = None
    time_label: str = ""

    def moment(self, when: datetime) -> str:
        """A moment as the city's clock shows it: 24 November 2026 21.05 WITA."""
        zone = None if self.utc_hours is None else timezone(timedelta(hours=self.utc_hours))
        local = when.astimezone(zone)
        clock = f"{local:%H.%M}" if language.current() == "id" else f"{local:%H:%M}"
        return f"{language.long_date(local.date())} {clock} {self.time_label}".strip()

    @property
    def codes(self) -> list[str]:
        """Codes of the kelurahan, in the file's order."""
        return list(self.areas.index)

    @property
    def districts(self) -> list[str]:
        """Names of the kecamatan, in the file's order."""
        return list(dict.fromkeys(self.areas["district"]))

    def codes_in(self, districts: tuple[str, ...]) -> list[str]:
        """Codes of the kelurahan in these kecamatan; of all when none is named."""
        if not districts:
            return self.codes
        return list(self.areas.index[self.areas["district"].isin(districts)])

    def label(self, code: str) -> str:
        """Name of a kelurahan, or the words for outside, unknown and city."""
        if code in self.areas.index:
            return str(self.areas.at[code, "name"])
        if code == OUTSIDE:
            return self.outside_labels[language.current()]
        return self.title if code == CITY else language._("Tidak diketahui")

    def code_for(self, text: object) -> str | None:
        """Code of a spelling: a kelurahan, "outside" or "city"; None when it is nobody's."""
        if isinstance(text, float) and text.is_integer():
            text = int(text)  # a code, as a spreadsheet keeps a number
        written = str(text)
        return self.keys.get(squash(written)) or self.keys.get(squash(_PREFIX.sub("", written)))

    def district_for(self, text: object) -> str | None:
        """The kecamatan that is meant, or None."""
        wanted = squash(_DISTRICT_PREFIX.sub("", str(text)))
        return next((d for d in self.districts if squash(d) == wanted), None)

    def suggest(self, text: object) -> str:
        """The name that the text may have meant, for a person to decide; "" when none is near or
        when it names a kecamatan or is a code (there the likeness misleads).
        """
        bare = _PREFIX.sub("", str(text))
        if self.district_for(bare) or squash(bare).isdigit():
            return ""
        begun = self._area_at_the_start(bare)
        if begun:
            return self.label(begun)
        match = process.extractOne(squash(bare), self.keys.keys(), scorer=fuzz.ratio)
        if match is None or match[1] < _LIKENESS_AT_LEAST:
            return ""
        return self.label(self.keys[match[0]])

    def _area_at_the_start(self, text: str) -> str | None:
        """Code of the kelurahan whose spelling is the first words of a text, the longest one:
        `Telihan Indah` begins with Telihan and only looks like Tanjung Laut Indah. Not where the
        whole text is near to another spelling, as `Tanjung Laut Idah` is.
        """
        words = text.replace("_", " ").split()
        starts = (squash("".join(words[:end])) for end in range(len(words) - 1, 0, -1))
        code = next((self.keys[start] for start in starts if start in self.keys), None)
        if code not in self.areas.index:
            return None
        near = process.extractOne(squash(text), self.keys.keys(), scorer=fuzz.ratio)
        return None if near[1] >= _LIKENESS_OF_A_SLIP else code


def without_prefix(text: str) -> str:
    """The name of a kelurahan without the word for it: `Kel. Guntung` -> `Guntung`."""
    return _PREFIX.sub("", text)


def load_places() -> Places:
    """The city in the folder that LK3_GEO_DIR names (read once per folder)."""
    return read_places(settings.get("LK3_GEO_DIR"))


@lru_cache(maxsize=4)
def read_places(folder: str) -> Places:
    """The city in `folder`: kelurahan.geojson, kelurahan.csv, spellings.csv, city.csv and, if the
    folder has one, population.csv.

    Raises UserError when the folder lacks a file, or an area its polygon.
    """
    root = Path(folder)
    _require_files(root)
    city = {row["key"]: row["value"] for row in read_csv(root / "city.csv")}
    geojson = json.loads((root / "kelurahan.geojson").read_text(encoding="utf-8"))
    shapes = {}
    for feature in geojson["features"]:
        feature["id"] = feature["properties"]["code"]
        shapes[feature["id"]] = shape(feature["geometry"])
    areas = _read_areas(root / "kelurahan.csv", shapes)
    outside_labels = {"id": city["outside_label"], "en": city["outside_label_en"]}
    return Places(
        name=city["name"],
        title=city["title"],
        institute=city["institute"],
        outside_labels=outside_labels,
        areas=areas,
        geojson=geojson,
        neighbours=_neighbours(shapes),
        population=_read_population(root, list(areas.index)),
        keys={
            squash(city["title"]): CITY,
            **{squash(label): OUTSIDE for label in outside_labels.values()},
            **_spelling_keys(areas, read_csv(root / "spellings.csv")),
        },
        utc_hours=float(city["utc_hours"]) if city.get("utc_hours") else None,
        time_label=city.get("time_label", ""),
    )


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


def _require_files(root: Path) -> None:
    missing = [name for name in _FILES if not (root / name).is_file()]
    if missing:
        raise UserError(
            language._(
                "Folder peta {folder} tidak berisi {missing}. Lengkapi folder itu menurut "
                "geo/README.md atau perbaiki pengaturan LK3_GEO_DIR."
            ).format(folder=root, missing=", ".join(missing))
        )


def _read_areas(path: Path, shapes: dict[str, Any]) -> pd.DataFrame:
    areas = pd.DataFrame(read_csv(path)).set_index("code")
    one_sided = sorted(set(areas.index) ^ set(shapes))
    if one_sided:
        raise UserError(
            language._(
                "Kode {codes} hanya ada di salah satu dari {table} dan kelurahan.geojson. "
                "Samakan kode di kedua berkas itu."
            ).format(codes=", ".join(one_sided[:10]), table=path.name)
        )
    areas["area_km2"] = areas["area_km2"].astype(float)
    areas[["tile_row", "tile_col"]] = areas[["tile_row", "tile_col"]].astype(int)
    points = [polylabel(_largest(shapes[code]), 0.0005) for code in areas.index]
    areas["lon"] = [point.x for point in points]
    areas["lat"] = [point.y for point in points]
    return areas


def _largest(geometry: Any) -> Polygon:
    if isinstance(geometry, MultiPolygon):
        return max(geometry.geoms, key=lambda part: part.area)
    return geometry


def _neighbours(shapes: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    codes, geometries = list(shapes), list(shapes.values())
    tree = STRtree(geometries)
    return {
        code: tuple(
            codes[i]
            for i in sorted(tree.query(geometry, predicate="intersects"))
            if codes[i] != code and geometry.intersection(geometries[i]).length > 0
        )
        for code, geometry in shapes.items()
    }


def _read_population(root: Path, codes: list[str]) -> pd.DataFrame:
    own = root / "population.csv"
    path = own if own.is_file() else settings.REFERENCE_DIR / "population.csv"
    frame = pd.read_csv(path, dtype={"code": "str", "status": "str"})
    return frame[frame["code"].isin(codes)].reset_index(drop=True)


def _spelling_keys(areas: pd.DataFrame, spellings: list[dict[str, str]]) -> dict[str, str]:
    nobodys = sorted({row["code"] for row in spellings} - {*areas.index, OUTSIDE, CITY})
    if nobodys:
        raise UserError(
            language._(
                "spellings.csv menyebut kode {codes} yang tidak ada di kelurahan.csv. "
                "Perbaiki kode itu atau hapus barisnya."
            ).format(codes=", ".join(nobodys[:10]))
        )
    keys = {squash(row["spelling"]): row["code"] for row in spellings}
    for code, area in areas.iterrows():
        for written in (area["name"], code, area["bps_code"]):
            keys[squash(written)] = str(code)
    keys.pop("", None)
    return keys
