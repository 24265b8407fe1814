"""What areas are called, and what is meant by it: labels that no two share, spellings, prefixes.

In: the table of areas. Out: labels, and the code of each spelling. A spelling that means two areas
is kept apart and decided by nobody but the reader.
"""

import re
from collections.abc import Iterable

import pandas as pd

from lk3.vocabulary import squash

_PREFIX = re.compile(r"^\s*(kelurahan|keluarahan|kel|desa|ds)[\s._\-:]+", re.IGNORECASE)
_DISTRICT_PREFIX = re.compile(r"^\s*(kecamatan|kec|distrik)[\s._\-:]+", re.IGNORECASE)
_REGENCY_PREFIX = re.compile(r"^\s*(kabupaten|kab|kota)[\s._\-:]+", re.IGNORECASE)
_PARTS = re.compile(r"[,;/()\n|]|\s[-–]\s|(?=\bkec)|(?=\bkab)", re.IGNORECASE)
_Owners = dict[str, set[str]]


def without_prefix(text: str) -> str:
    """The name of a kelurahan without the word for it: `Kel. Guntung` -> `Guntung`."""
    return _PREFIX.sub("", text)


def without_district_prefix(text: str) -> str:
    """The name of a kecamatan without the word for it: `Kec. Barat` -> `Barat`."""
    return _DISTRICT_PREFIX.sub("", text)


def parts_of(text: object) -> list[str]:
    """The parts of a name on several levels: `Sukamaju (Kec. Barat)` -> Sukamaju, Kec. Barat."""
    return [part.strip() for part in _PARTS.split(str(text)) if part.strip()]


def unambiguous_districts(areas: pd.DataFrame) -> pd.Series:
    """The kecamatan of each area, with its regency where two regencies have one of that name."""
    regencies = areas.groupby(areas["district"].map(squash))["regency"].transform("nunique")
    told = areas["district"] + " (" + areas["regency"] + ")"
    plain = (regencies < 2) | (areas["district"] == "") | (areas["regency"] == "")
    return areas["district"].where(plain, told)


def labels(areas: pd.DataFrame) -> pd.Series:
    """A label for each area that no other has: its name; with its kecamatan where two share the
    name; with the regency, at last with the code, where that does not tell them apart.
    """
    own = areas["district_name"]
    district = own.where(own.str.match(_DISTRICT_PREFIX) | (own == ""), "Kec. " + own)
    found = areas["name"].copy()
    both = pd.Series(
        [", ".join(filter(None, pair)) for pair in zip(district, areas["regency"], strict=True)],
        index=areas.index,
    )
    for beside in (district, both, pd.Series(areas.index, index=areas.index)):
        twice = found.map(squash).duplicated(keep=False)
        usable = twice & (beside != "")
        found = found.mask(usable, areas["name"] + " (" + beside + ")")
    return found


def spelling_keys(
    areas: pd.DataFrame, spellings: Iterable[tuple[str, str]]
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The code of each spelling (squashed) that means one area, and the codes of each that means
    several.

    `spellings`: further spellings, each with its code. Official names and both codes go before
    them, and a label before everything, for it is written to be unmistakable.
    """
    written: _Owners = {}
    for code, spelling in spellings:
        written.setdefault(squash(spelling), set()).add(code)
    official: _Owners = {}
    for code, name, bps_code in zip(areas.index, areas["name"], areas["bps_code"], strict=True):
        for text in (name, without_prefix(name), code, bps_code):
            official.setdefault(squash(text), set()).add(str(code))
    owners = written | official
    owners |= {squash(text): {str(code)} for code, text in areas["label"].items()}
    owners.pop("", None)
    single = {text: next(iter(codes)) for text, codes in owners.items() if len(codes) == 1}
    order = {str(code): at for at, code in enumerate(areas.index)}
    shared = {
        text: tuple(sorted(codes, key=lambda code: order.get(code, -1)))
        for text, codes in owners.items()
        if len(codes) > 1
    }
    return single, shared


def narrowed(
    areas: pd.DataFrame, codes: tuple[str, ...], others: Iterable[str], *, title: str
) -> tuple[str, ...]:
    """Those of the codes that fit what is said beside the name: a kecamatan, a regency, the city.
    None when something is said that fits none of them.
    """
    found = areas.loc[list(codes)]
    for text in others:
        wanted = squash(text)
        if not wanted or wanted == squash(title):
            continue
        found = found[_fits(found, text)]
    return tuple(str(code) for code in found.index)


def _fits(areas: pd.DataFrame, text: str) -> pd.Series:
    """Which areas a part of a name may go with, compared by letters and digits."""
    forms = {squash(part) for part in (text, _DISTRICT_PREFIX.sub("", text))}
    regency = {squash(part) for part in (text, _REGENCY_PREFIX.sub("", text))}
    own = areas["name"].map(squash).isin({squash(text), squash(without_prefix(text))})
    district = areas["district_name"].map(without_district_prefix).map(squash).isin(forms)
    of = areas["regency"].map(lambda each: squash(_REGENCY_PREFIX.sub("", each))).isin(regency)
    return own | district | areas["district"].map(squash).isin(forms) | of
