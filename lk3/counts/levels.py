"""The tables at another level: the code of a kabupaten/kota or kecamatan for each kelurahan.

In: the tables, and places of a level. Out: the same rows with the codes of that level, once per
version of the data; every count after that is one of the level. Outside, unknown and city stay what
they are: a case whose kelurahan nobody knows is given to no kecamatan.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from lk3.counts.listing import LISTED
from lk3.places.levels import LevelPlaces, population_by
from lk3.tables import Tables


def tables_at(tables: Tables, places: LevelPlaces) -> Tables:
    """The tables by the areas of a level; those of kelurahan are returned as they are."""
    if not places.groups:
        return tables
    cases = tables.cases
    return replace(
        tables,
        cases=cases.assign(
            **{LISTED: cases["kelurahan_code"]},
            kelurahan_code=_mapped(cases["kelurahan_code"], places),
        ),
        members=tables.members.assign(
            kelurahan_code=_mapped(tables.members["kelurahan_code"], places)
        ),
        population=population_by(tables.population, places.groups),
    )


def _mapped(codes: pd.Series, places: LevelPlaces) -> pd.Series:
    """The code of the level for each code; a whole column takes as long as its distinct codes."""
    if not isinstance(codes.dtype, pd.CategoricalDtype):
        return codes.map(lambda code: places.groups.get(code, code)).astype(codes.dtype)
    wanted = pd.Index([places.groups.get(code, code) for code in codes.cat.categories])
    distinct = wanted.unique()
    numbers = np.append(distinct.get_indexer(wanted), -1)[codes.cat.codes]
    return pd.Series(pd.Categorical.from_codes(numbers, distinct), index=codes.index)
