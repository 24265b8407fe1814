"""Where is it? Codes, names, spellings, boundaries, neighbours and population of one place.

Everything is read from the folder that `LK3_GEO_DIR` names; nothing here knows a city by name.
`reading` puts a folder together: `boundaries` reads and repairs the polygons (`properties` finds
out which property is what), `measuring` measures on them, `naming` gives labels and spellings,
`tiles` lays out the tile map. `model` is what the rest of the package asks.
"""

from lk3.places.model import CITY, NOT_AN_AREA, OUTSIDE, Places, Repair
from lk3.places.naming import parts_of, without_prefix
from lk3.places.reading import load_places, population_in, read_places
from lk3.places.repairs import repair_words

__all__ = [
    "CITY",
    "NOT_AN_AREA",
    "OUTSIDE",
    "Places",
    "Repair",
    "load_places",
    "parts_of",
    "population_in",
    "read_places",
    "repair_words",
    "without_prefix",
]
