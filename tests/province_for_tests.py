"""A synthetic province: kabupaten/kota, kecamatan and 1,000 kelurahan, as `LK3_GEO_DIR` wants it.

A Voronoi coverage of random points; names repeat, as they do in every province.
"""

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping

from lk3 import tables
from tests.cities_for_tests import write_csv

PROVINCE = {
    "name": "Khayalan",
    "title": "Provinsi Khayalan",
    "institute": "LK3 Khayalan",
    "outside_label": "Luar Khayalan",
    "outside_label_en": "Outside Khayalan",
}
_FIRST = ("Suka", "Mekar", "Sri", "Tanjung", "Muara", "Sungai", "Bukit", "Telaga", "Rawa", "Karang")
_LAST = (
    "Maju", "Jaya", "Makmur", "Indah", "Baru", "Sari", "Mulya", "Damai", "Harapan", "Rejo",
    "Agung", "Raya", "Asri", "Lestari", "Tengah", "Utara", "Selatan", "Hilir", "Hulu", "Permai",
)  # fmt: skip


@lru_cache(maxsize=2)
def province_areas(areas: int = 1000, seed: int = 7) -> pd.DataFrame:
    """One row per kelurahan: code, name, district, regency, geometry, population."""
    random = np.random.default_rng(seed)
    regencies, districts = max(2, round(areas / 110)), max(4, areas // 10)
    at = np.vstack(
        [random.uniform((0, 0), (3, 2), (areas * 3 // 5, 2)),
         random.normal((1.9, 0.8), 0.12, (areas - areas * 3 // 5, 2))]
    )  # fmt: skip
    at = at[(at >= 0).all(axis=1) & (at[:, 0] <= 3) & (at[:, 1] <= 2)]
    centres = at[random.choice(len(at), districts, replace=False)]
    capitals = centres[random.choice(districts, regencies, replace=False)]
    of_district = _nearest(centres, capitals)
    of_area = _nearest(at, centres)
    frame = pd.DataFrame({"d": of_area, "r": of_district[of_area], "i": np.arange(len(at))})
    frame = frame.sort_values(["r", "d", "i"], kind="stable")
    frame["dn"] = frame.groupby("r")["d"].transform(lambda each: pd.factorize(each)[0] + 1)
    frame["an"] = frame.groupby(["r", "d"]).cumcount() + 1001
    cells = _cells(at)
    pool = [f"{one} {two}" for one in _FIRST for two in _LAST]
    return pd.DataFrame(
        {
            "code": [f"98.{r + 1:02d}.{d:02d}.{a}" for r, d, a in frame[["r", "dn", "an"]].values],
            "name": [pool[n] for n in random.integers(0, len(pool), len(frame))],
            "district": [pool[(13 * r + d) % 200] for r, d in frame[["r", "dn"]].values],
            "regency": [f"{'Kota' if r == 0 else 'Kabupaten'} {_LAST[r]}" for r in frame["r"]],
            "geometry": cells[frame["i"].to_numpy()],
            "population": random.integers(800, 9_000, len(frame)),
        }
    )  # fmt: skip


def write_province(folder: Path, *, areas: int = 1000) -> Path:
    """The folder of the province, with its population of 2024; the folder is given back."""
    frame = province_areas(areas)
    facts = frame[["code", "name", "district", "regency"]].to_dict("records")
    features = [
        {"type": "Feature", "properties": fact, "geometry": mapping(geometry)}
        for fact, geometry in zip(facts, frame["geometry"], strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    (folder / "kelurahan.geojson").write_text(json.dumps(collection), encoding="utf-8")
    write_csv(folder / "city.csv", [{"key": key, "value": text} for key, text in PROVINCE.items()])
    people = frame[["code", "population"]].assign(year=2024, households=0, status="estimate")
    people.to_csv(folder / "population.csv", index=False)
    return folder


def province_tables(frame: pd.DataFrame, *, cases: int, seed: int = 11) -> tables.Tables:
    """Tables with so many cases of 2023 and 2024: twice the usual rate in the first kabupaten."""
    random = np.random.default_rng(seed)
    weights = frame["population"] * np.where(frame["regency"] == frame["regency"].iloc[0], 2, 1)
    codes = np.append(frame["code"], ["outside", "unknown"])
    chances = np.append(0.99 * weights / weights.sum(), [0.004, 0.006])
    days = pd.Timestamp("2023-01-01") + pd.to_timedelta(random.integers(0, 730, cases), unit="D")
    closed = days + pd.to_timedelta(random.integers(1, 90, cases), unit="D")
    problems = random.choice(["kdrt", "ekonomi", "perceraian"], cases)
    held = pd.DataFrame(
        {
            "case_id": [f"k{i}" for i in range(cases)],
            "reported_on": days,
            "reported_precision": "day",
            "closed_on": np.where(random.random(cases) < 0.8, closed, np.datetime64("NaT")),
            "closed_precision": "day",
            "kelurahan_code": random.choice(codes, cases, p=chances),
            "problem": problems,
            "problems": problems,
            "profession": random.choice(["pkh", "babinsa", "peksos"], cases),
            "status": "baru",
            "sex": random.choice(["P", "L"], cases),
            "age_band": "25-44",
            "cases": 1,
            "source": "uji",
        }
    )
    members = len(frame) * 2
    people = pd.DataFrame(
        {
            "member_id": [f"a{i}" for i in range(members)],
            "kelurahan_code": random.choice(np.append(frame["code"], ["city"]), members),
            "profession": random.choice(["pkh", "babinsa", "bhabinkamtibmas", "peksos"], members),
            "started_on": pd.Timestamp("2022-01-01"),
            "source": "uji",
        }
    )
    population = frame[["code", "population"]].assign(year=2024, status="estimate")
    return tables.Tables(
        tables.CASES.conform(held),
        tables.MEMBERS.conform(people),
        tables.POPULATION.conform(population),
        tables.FINDINGS.empty(),
    )


def _nearest(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    return ((points[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)


def _cells(at: np.ndarray) -> np.ndarray:
    """The Voronoi cell of each point inside an irregular coast."""
    bend = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    far = 1 + 0.06 * np.sin(5 * bend) + 0.04 * np.cos(11 * bend)
    coast = np.column_stack([1.5 + 2.2 * far * np.cos(bend), 1 + 1.55 * far * np.sin(bend)])
    land = shapely.Polygon(coast + [115, -1.2])
    found = shapely.voronoi_polygons(shapely.MultiPoint(at + [115, -1.2]), ordered=True)
    return shapely.intersection(np.array(found.geoms), land)
