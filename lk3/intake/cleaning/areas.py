"""A column of kelurahan -> codes.

Looked up, never matched by likeness: `berbas lestari` is nobody's, and `Bontang Barat` is a
kecamatan although it looks like Bontang Baru.
"""

import re
from typing import Any

import pandas as pd

from lk3.intake.cleaning.cells import cell_text, clean_each, is_missing
from lk3.places import CITY, Places
from lk3.vocabulary import UNKNOWN

_PARTS = re.compile(r"[,;/()\n|]|\s[-–]\s|(?=\bkec)", re.IGNORECASE)


def clean_areas(values: pd.Series, *, places: Places) -> pd.DataFrame:
    """Look up a column of kelurahan.

    Out, by the same index: `code` (of a kelurahan, "outside", "city" or "unknown"), `rule` ("",
    area_missing, area_unknown, area_is_district), `suggestion` (a name for a person to judge).
    """

    def clean(cell: Any) -> tuple[str, str, str]:
        return _clean(cell, places)

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
