"""Names of kelurahan in a sentence: the first ones, and how many others there are."""

from collections.abc import Sequence

from lk3.language import _, number
from lk3.places import Places


def name_some(codes: Sequence[str], places: Places, *, most: int) -> str:
    """The first `most` names; of more also how many are not named."""
    names = [places.label(code) for code in codes[:most]]
    if len(codes) > most:
        names.append(_("{n} lainnya").format(n=number(len(codes) - most)))
    return ", ".join(names)
