"""By which areas a command counts: the kelurahan, or the kecamatan or kabupaten/kota they lie in.

In: the data and the place of kelurahan. Out: both at the level that is asked for. For the public
there is one level only, that at which the place is seen first: a total that one file says and the
parts that another says could be put against each other to give a hidden count back.
"""

from dataclasses import replace

from lk3.counts.levels import tables_at
from lk3.dataset import Dataset
from lk3.errors import UserError
from lk3.language import _
from lk3.places import Places
from lk3.places.level_words import level_word
from lk3.places.levels import KELURAHAN, LEVELS, at_level, hierarchy
from lk3.places.public_level import require_public_level

__all__ = ["LEVELS", "data_at"]


def data_at(
    dataset: Dataset, places: Places, *, level: str | None, audience: str, usual: str | None = None
) -> tuple[Dataset, Places]:
    """The data and the place at a level. level: None for the usual one; usual: that one, by default
    the level at which the place is seen first. Raises UserError for a level that the place does not
    have, and for one that is not for the public.
    """
    tree = hierarchy(places)
    first = tree.first()
    level = level or (first if audience == "public" else usual or first)
    if level not in (*tree.levels, KELURAHAN):
        text = _("{place} tidak dapat dihitung menurut {level}. Hapus --level.")
        raise UserError(text.format(place=places.title, level=level_word(level)))
    if audience == "public":
        require_public_level(tree, level)
    if not tree.levels:
        return dataset, places
    found = at_level(places, level)
    return replace(dataset, tables=tables_at(dataset.tables, found)), found
