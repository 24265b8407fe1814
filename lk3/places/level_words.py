"""What areas, what they lie in and the whole are called where another level is looked at.

In: places of a level. Out: words for `language.naming`: the texts speak of kelurahan, kecamatan and
kota, and of kabupaten/kota, of the same and of the province where those are what is meant.
"""

from functools import lru_cache

from lk3 import language, settings
from lk3.places.levels import DISTRICT, KELURAHAN, ONE_CITY, LevelPlaces
from lk3.places.model import Places
from lk3.vocabulary import read_csv


def level_words(places: Places) -> dict[str, str]:
    """The words in the current language; {} for a city of kelurahan."""
    if not isinstance(places, LevelPlaces):
        return {}
    meant = {KELURAHAN: places.level, DISTRICT: places.parent, ONE_CITY: places.whole}
    words = {said: level_word(level) for said, level in meant.items()}
    usual = {said: level_word(said) for said in meant}
    return {usual[said]: word for said, word in words.items() if word != usual[said]}


def level_word(level: str) -> str:
    """What an area of a level is called, in the current language: "kabupaten/kota"."""
    return _words()[language.current(), level]


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, str], str]:
    rows = read_csv(settings.REFERENCE_DIR / "level_words.csv")
    return {(row["language"], row["level"]): row["word"] for row in rows}
