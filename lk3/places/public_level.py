"""The one level at which a place of several levels is shown to the public.

A total that one file says and the parts that another says could be put against each other to give a
hidden count back; so the public gets the level at which the place is seen first, and no other.
"""

from lk3.errors import UserError
from lk3.language import _, naming
from lk3.places.level_words import level_word
from lk3.places.levels import Hierarchy


def require_public_level(tree: Hierarchy, level: str) -> None:
    """Raises UserError for a level that is not for the public. level: "" where there are none."""
    first = tree.first()
    if not tree.levels or level == first:
        return
    with naming({}):
        text = _(
            "Untuk umum, {place} hanya ditampilkan menurut {level}: dari dua tingkat, angka kecil "
            "yang disembunyikan dapat dihitung kembali. Pilih tingkat itu, atau kalangan sendiri."
        )
    raise UserError(text.format(place=tree.title, level=level_word(first)))
