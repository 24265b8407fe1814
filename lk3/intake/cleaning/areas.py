"""A column of kelurahan -> codes.

Looked up, never matched by likeness: `berbas lestari` is nobody's, and `Bontang Barat` is a
kecamatan although it looks like Bontang Baru.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lk3.intake.cleaning.cells import ANSWERED, cell_text, clean_each, is_missing
from lk3.places import NOT_AN_AREA, Places, parts_of, without_prefix
from lk3.vocabulary import UNKNOWN, squash

_ASKED = ("area_unknown", "area_is_district")
AREAS_NOT_USED = (*_ASKED, "area_ambiguous")  # a row with one of these is set aside
_AMBIGUOUS = "area_ambiguous"
_NAMED = 4


def clean_areas(
    values: pd.Series,
    *,
    places: Places,
    answered: Mapping[str, str] | None = None,
    districts: pd.Series | None = None,
) -> pd.DataFrame:
    """Look up a column of kelurahan.

    `answered`: what somebody has said a spelling means, by its letters and digits; `districts`: the
    kecamatan beside it, which decides between areas of one name. Out, by the same index: `code` (of
    a kelurahan, "outside", "city" or "unknown"), `rule` ("", area_missing, area_unknown,
    area_ambiguous, area_is_district, answer_value), `suggestion` (a name for a person to judge, the
    names that share a spelling, or the one that was answered).
    """

    def clean(cell: Any) -> tuple[str, str, str]:
        found = _clean(cell, places)
        if not answered or found[1] not in _ASKED:
            return found
        code = answered.get(squash(without_prefix(cell_text(cell))), "")
        known = code in places.areas.index or code in NOT_AN_AREA
        return (code, ANSWERED, places.label(code)) if known else found

    cleaned = clean_each(values, clean, ("code", "rule", "suggestion"))
    return cleaned if districts is None else _decided(cleaned, values, districts, places)


def _decided(
    cleaned: pd.DataFrame, values: pd.Series, districts: pd.Series, places: Places
) -> pd.DataFrame:
    """The same with areas of one name told apart by the kecamatan that stands beside them."""
    doubtful = (cleaned["rule"] == _AMBIGUOUS) & districts.notna()
    if not doubtful.any():
        return cleaned
    pairs = [
        (str(value), cell_text(district))
        for value, district in zip(values[doubtful], districts[doubtful], strict=True)
    ]
    meant = {pair: places.candidates(pair[0], beside=[pair[1]]) for pair in set(pairs)}
    codes = pd.Series(
        [meant[pair][0] if len(meant[pair]) == 1 else None for pair in pairs],
        index=cleaned.index[doubtful],
        dtype="object",
    ).dropna()
    decided = cleaned.copy()
    decided.loc[codes.index, "code"] = codes
    decided.loc[codes.index, ["rule", "suggestion"]] = ""
    return decided


def _clean(cell: Any, places: Places) -> tuple[str, str, str]:
    if is_missing(cell):
        return UNKNOWN, "area_missing", ""
    text = cell_text(cell)
    code = places.code_for(text)
    if code is not None:
        return code, "", ""
    meant = places.candidates(cell)
    if meant:
        return (
            (meant[0], "", "") if len(meant) == 1 else (UNKNOWN, _AMBIGUOUS, _named(meant, places))
        )
    if places.district_for(text) is not None:
        return UNKNOWN, "area_is_district", ""
    parts = parts_of(cell)
    codes = {code: None for part in parts if (code := places.code_for(part)) in places.areas.index}
    # Beside a kelurahan may stand its kecamatan or the city: `Guntung, Kec. Bontang Utara`.
    if len(codes) == 1 and all(places.fits(str(*codes), part) for part in parts):
        return str(*codes), "", ""
    named = " / ".join(places.label(str(code)) for code in codes)
    return UNKNOWN, "area_unknown", named or places.suggest(text)


def _named(codes: tuple[str, ...], places: Places) -> str:
    more = [", ..."] if len(codes) > _NAMED else []
    return " / ".join(places.label(code) for code in codes[:_NAMED]) + "".join(more)
