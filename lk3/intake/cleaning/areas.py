"""A column of kelurahan -> codes.

Looked up, never matched by likeness: `berbas lestari` is nobody's, and `Bontang Barat` is a
kecamatan although it looks like Bontang Baru.
"""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from lk3.intake.cleaning.cells import ANSWERED, cell_text, clean_each, is_missing
from lk3.places import CITY, NOT_AN_AREA, Places, without_prefix
from lk3.vocabulary import UNKNOWN, squash

_ASKED = ("area_unknown", "area_is_district")
_PARTS = re.compile(r"[,;/()\n|]|\s[-–]\s|(?=\bkec)", re.IGNORECASE)


def clean_areas(
    values: pd.Series, *, places: Places, answered: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Look up a column of kelurahan.

    `answered`: what somebody has said a spelling means, by its letters and digits. Out, by the same
    index: `code` (of a kelurahan, "outside", "city" or "unknown"), `rule` ("", area_missing,
    area_unknown, area_is_district, answer_value), `suggestion` (a name for a person to judge, or
    the one that was answered).
    """

    def clean(cell: Any) -> tuple[str, str, str]:
        found = _clean(cell, places)
        if not answered or found[1] not in _ASKED:
            return found
        code = answered.get(squash(without_prefix(cell_text(cell))), "")
        known = code in places.areas.index or code in NOT_AN_AREA
        return (code, ANSWERED, places.label(code)) if known else found

    return clean_each(values, clean, ("code", "rule", "suggestion"))


def _clean(cell: Any, places: Places) -> tuple[str, str, str]:
    if is_missing(cell):
        return UNKNOWN, "area_missing", ""
    text = cell_text(cell)
    code = places.code_for(text)
    if code is not None:
        return code, "", ""
    if places.district_for(text) is not None:
        return UNKNOWN, "area_is_district", ""
    parts = [part.strip() for part in _PARTS.split(str(cell)) if part.strip()]
    codes = {code: None for part in parts if (code := places.code_for(part)) in places.areas.index}
    if len(codes) == 1 and _all_agree(str(*codes), parts, places):
        return str(*codes), "", ""
    named = " / ".join(places.label(str(code)) for code in codes)
    return UNKNOWN, "area_unknown", named or places.suggest(text)


def _all_agree(code: str, parts: list[str], places: Places) -> bool:
    """Whether the parts beside a kelurahan say only its kecamatan or the city:
    `Kel. Guntung, Kec. Bontang Utara`.
    """
    district = places.areas.at[code, "district"]
    return all(
        places.code_for(part) in (code, CITY) or places.district_for(part) == district
        for part in parts
    )
