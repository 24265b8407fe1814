"""One place seen coarser: its kabupaten/kota or its kecamatan in the place of its kelurahan.

In: a `Places` of kelurahan. Out: a `Places` of another level, in which every area is a whole
kabupaten/kota or kecamatan: dissolved boundary, summed population, neighbours, and `district` the
name of what it lies in. So everything that knows areas by code, indicators first of all, works at
any level unchanged; `counts.at_level` maps the rows of the tables alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import shapely

from lk3.places.drawn import collection, drawn, shapes_of, tiled
from lk3.places.measuring import label_points
from lk3.places.model import Places
from lk3.places.reading import population_in
from lk3.vocabulary import squash

__all__ = [
    "DISTRICT", "KELURAHAN", "LEVELS", "ONE_CITY", "PROVINCE", "REGENCY", "Hierarchy",
    "LevelPlaces", "at_level", "drawn", "hierarchy", "population_by", "tiled",
]  # fmt: skip
REGENCY, DISTRICT, KELURAHAN = "regency", "district", "kelurahan"
PROVINCE, ONE_CITY = "province", "city"
LEVELS = (REGENCY, DISTRICT, KELURAHAN)
_MANY = 300  # areas without kabupaten/kota that are shown by kecamatan first
_FEW = 60  # areas that need no coarser level


@dataclass(frozen=True, eq=False)
class LevelPlaces(Places):
    """Places of one level. groups: code of the area for each kelurahan; parent: the level of what
    `district` names, the whole for none; whole: "province" or "city".
    """

    level: str = KELURAHAN
    parent: str = DISTRICT
    whole: str = PROVINCE
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """What lies in what. table: which kabupaten/kota and kecamatan each kelurahan is in, by code:
    regency, district, kelurahan (keys) and regency_name, district_name, kelurahan_name; levels: at
    which the place can be seen, the coarsest first, () for a small one, which is looked at as it
    is; title: what the whole is called.
    """

    table: pd.DataFrame
    levels: tuple[str, ...]
    title: str

    @property
    def is_province(self) -> bool:
        """Whether it has kabupaten and kota."""
        return REGENCY in self.levels

    @property
    def whole(self) -> str:
        """What the whole is: a province or a city."""
        return PROVINCE if self.is_province else ONE_CITY

    @cached_property
    def scopes(self) -> dict[str, str]:
        """Names of all parts by key, each kabupaten/kota before its kecamatan."""
        found: dict[str, str] = {}
        coarse = self.levels[:-1]
        for row in self.table.drop_duplicates(list(coarse)).itertuples() if coarse else ():
            found |= {getattr(row, each): getattr(row, f"{each}_name") for each in coarse}
        return found

    @cached_property
    def _levels_of_scopes(self) -> dict[str, str]:
        return {key: each for each in self.levels[:-1] for key in self.table[each].unique()}

    def level_of(self, scope: str) -> str:
        """The level of a part by its key; "" for none."""
        return self._levels_of_scopes.get(scope, "")

    def inside(self, scope: str = "") -> tuple[str, ...]:
        """The levels that are finer than a part, or all."""
        above = self.level_of(scope)
        return self.levels[self.levels.index(above) + 1 :] if above else self.levels

    def first(self, scope: str = "") -> str:
        """The level at which the whole, or a part of it, is seen first."""
        if not self.levels or (not self.is_province and not scope and len(self.table) <= _MANY):
            return KELURAHAN
        return self.inside(scope)[0]

    def path(self, scope: str) -> list[tuple[str, str]]:
        """Keys and names from the whole ("") down to a part of it."""
        level, path = self.level_of(scope), [("", self.title)]
        if not level:
            return path
        row = self.table[self.table[level] == scope].iloc[0]
        above = self.levels[: self.levels.index(level) + 1]
        return path + [(str(row[each]), str(row[f"{each}_name"])) for each in above]

    def above(self, level: str) -> str:
        """The next coarser level, or the whole."""
        levels = self.levels or (DISTRICT, KELURAHAN)
        at = levels.index(level)
        return levels[at - 1] if at else self.whole

    def name(self, scope: str) -> str:
        """The name of a part; of the whole for ""."""
        return self.path(scope)[-1][1]

    def districts_in(self, scope: str) -> tuple[str, ...]:
        """Names of the kecamatan of a part; () for the whole."""
        level = self.level_of(scope)
        if not level:
            return ()
        return tuple(self.table.loc[self.table[level] == scope, "district_name"].unique())


def hierarchy(places: Places) -> Hierarchy:
    """What lies in what, of a place of kelurahan."""
    areas, regency = places.areas, _regencies(places)
    table = pd.DataFrame(
        {
            REGENCY: _keys(regency, parts=2),
            DISTRICT: _keys(areas["district"], parts=3),
            KELURAHAN: areas.index,
            "regency_name": regency,
            "district_name": areas["district"],
            "kelurahan_name": areas["label" if "label" in areas else "name"],
        },
        index=areas.index,
    )
    levels = [level for level in LEVELS[:-1] if 1 < table[level].nunique() < len(table)]
    is_small = REGENCY not in levels and len(table) <= _FEW
    return Hierarchy(table, () if is_small or not levels else (*levels, KELURAHAN), places.title)


def at_level(places: Places, level: str, *, parent: str = "") -> LevelPlaces:
    """The place by areas of a level. parent: the level that `district` names, of which one part is
    looked at, so that labels say no more than tells its areas apart; by default the next coarser
    one, and all is looked at.
    """
    found = hierarchy(places)
    table, above = found.table, parent or found.above(level)
    whole = pd.Series(places.title, index=table.index)
    inside = table[f"{above}_name"] if above in LEVELS else whole
    if level == KELURAHAN:
        areas = places.areas.assign(district=inside)
        if parent in LEVELS:
            areas["label"] = _short(areas["name"], areas["label"], table[parent])
        held = _fields(places) | {"areas": areas}
        return LevelPlaces(**held, level=KELURAHAN, parent=above, whole=found.whole)
    groups = table[level]
    shapes = _dissolved(places, groups)
    return LevelPlaces(
        **_fields(places)
        | {
            "areas": _areas(places, table, level, inside, shapes, parent=parent),
            "geojson": collection(shapes),
            "neighbours": _neighbours(places, groups),
            "population": population_by(places.population, groups),
        },
        level=level,
        parent=above,
        whole=found.whole,
        groups=dict(groups),
    )


def population_by(population: pd.DataFrame, groups: Mapping[str, str] | pd.Series) -> pd.DataFrame:
    """Population of groups of kelurahan: `tables.POPULATION` with the group as its code.

    A group has a number of people in a year where each of its kelurahan has one (that of the year
    nearest to it, as `population_in` takes it); official where all of them are.
    """
    groups = pd.Series(dict(groups))
    held = population[population["code"].isin(groups.index)]
    parts = []
    for year in sorted(held["year"].unique()):
        nearest = population_in(held, int(year)).reindex(groups.index)
        grouped = nearest.groupby(groups)
        summed = grouped.agg(population=("population", "sum"), households=("households", "sum"))
        is_official = grouped["status"].agg(lambda each: bool((each == "official").all()))
        summed["status"] = np.where(is_official, "official", "estimate")
        is_whole = grouped["population"].count() == grouped.size()
        parts.append(summed[is_whole].assign(year=int(year)))
    if not parts:
        return population.iloc[:0]
    found = pd.concat(parts).rename_axis("code").reset_index()
    numbers = dict.fromkeys(("population", "households"), "int64")
    return found.astype(numbers | {"code": "str", "status": "str"})


def _regencies(places: Places) -> pd.Series:
    if "regency" in places.areas:
        return places.areas["regency"].fillna("").astype("str")
    return pd.Series("", index=places.areas.index, dtype="str")


def _keys(names: pd.Series, *, parts: int) -> pd.Series:
    """A key for each name: the first parts of the ministry's codes where they agree with the names,
    which a reader of the address knows; else the name itself.
    """
    codes = names.index.to_series().astype("str")
    prefix = codes.str.split(".").str[:parts].str.join(".")
    both = pd.DataFrame({"name": names, "prefix": prefix})
    if (codes.str.count(r"\.") >= parts).all() and _agree(both):
        return prefix
    return names.map({name: f"{parts}-{squash(name)}" for name in names.unique()})


def _agree(both: pd.DataFrame) -> bool:
    pairs = both.drop_duplicates()
    return bool(pairs["name"].is_unique and pairs["prefix"].is_unique)


def _fields(places: Places) -> dict[str, Any]:
    return {each.name: getattr(places, each.name) for each in fields(places)}


def _dissolved(places: Places, groups: pd.Series) -> pd.Series:
    shapes = shapes_of(places).reindex(groups.index)
    is_coverage = shapely.coverage_is_valid(np.asarray(shapes, dtype="object"))
    join = shapely.coverage_union_all if is_coverage else shapely.union_all
    parts = shapes.groupby(groups, sort=False)
    return pd.Series({key: join(np.asarray(part, dtype="object")) for key, part in parts})


def _short(names: pd.Series, labels: pd.Series, parts: pd.Series) -> pd.Series:
    """The name alone where no other area of the same part bears it, else the label."""
    both = pd.DataFrame({"part": parts, "name": names.map(squash)})
    return names.where(~both.duplicated(keep=False), labels)


def _areas(
    places: Places,
    table: pd.DataFrame,
    level: str,
    inside: pd.Series,
    shapes: pd.Series,
    *,
    parent: str = "",
) -> pd.DataFrame:
    """The areas of a coarser level, in the order of the kelurahan."""
    first = table.drop_duplicates(level).set_index(level)
    codes = pd.Index(shapes.index, name="code")
    points = label_points(list(shapes))
    labels = first.loc[codes, f"{level}_name"]
    if level == DISTRICT and parent in LEVELS and "district_name" in places.areas:
        plain = places.areas["district_name"][~table[level].duplicated()].set_axis(first.index)
        labels = _short(plain.loc[codes], labels, first.loc[codes, parent])
    return pd.DataFrame(
        {
            "bps_code": "",
            "name": labels,
            "label": labels,
            "district": inside[~table[level].duplicated()].set_axis(first.index).loc[codes],
            "regency": first.loc[codes, "regency_name"],
            "health_centre": "",
            "area_km2": places.areas["area_km2"].groupby(table[level]).sum().loc[codes],
            "tile_row": 0,
            "tile_col": 0,
            "lon": points[:, 0],
            "lat": points[:, 1],
        },
        index=codes,
    )


def _neighbours(places: Places, groups: pd.Series) -> dict[str, tuple[str, ...]]:
    """Areas that hold neighbouring kelurahan."""
    found: dict[str, dict[str, None]] = {str(key): {} for key in groups.unique()}
    key = dict(groups)
    for code, others in places.neighbours.items():
        for other in others:
            if key[code] != key[other]:
                found[key[code]][key[other]] = None
    return {key: tuple(beside) for key, beside in found.items()}
