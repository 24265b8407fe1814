"""The tables at another level: the code of a kabupaten/kota or kecamatan for each kelurahan.

In: the tables, and places of a level. Out: the same rows with the codes of that level, once per
version of the data; every count after that is one of the level. Outside, unknown and city stay what
they are: a case whose kelurahan nobody knows is given to no kecamatan.
"""

from dataclasses import replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from lk3.counts.listing import LISTED
from lk3.frames import beside, lazy
from lk3.places.levels import LevelPlaces, population_by
from lk3.tables import Tables


def tables_at(tables: Tables, places: LevelPlaces) -> Tables:
    """The tables by the areas of a level; those of kelurahan are returned as they are."""
    if not places.groups:
        return tables
    return replace(
        tables,
        cases=_cases_at(tables.cases, places),
        members=tables.members.assign(
            kelurahan_code=_mapped(tables.members["kelurahan_code"], places)
        ),
        population=population_by(tables.population, places.groups),
    )


def _cases_at(cases: Any, places: LevelPlaces) -> Any:
    if isinstance(cases, pd.DataFrame):
        codes = cases["kelurahan_code"]
        return cases.assign(**{LISTED: codes}, kelurahan_code=_mapped(codes, places))
    group = pd.DataFrame(places.groups.items(), columns=[LISTED, "group"], dtype="str")
    rows = lazy(cases).rename({"kelurahan_code": LISTED})
    rows = rows.join(beside(cases, group), on=LISTED, how="left")
    code = nw.coalesce("group", LISTED).alias("kelurahan_code")
    return rows.with_columns(code).drop("group").to_native()


def _mapped(codes: pd.Series, places: LevelPlaces) -> pd.Series:
    """The code of the level for each code; a whole column takes as long as its distinct codes."""
    if not isinstance(codes.dtype, pd.CategoricalDtype):
        return codes.map(lambda code: places.groups.get(code, code)).astype(codes.dtype)
    wanted = pd.Index([places.groups.get(code, code) for code in codes.cat.categories])
    distinct = wanted.unique()
    numbers = np.append(distinct.get_indexer(wanted), -1)[codes.cat.codes]
    return pd.Series(pd.Categorical.from_codes(numbers, distinct), index=codes.index)
