"""Why a kelurahan is judged as it is, number by number: need, chance, people, gap, order, and what
it would take. In: `underserved.Supply`. Out: short labelled sentences in the current language.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from lk3.indicators.underserved import NO_MEMBER, Supply
from lk3.language import _, number
from lk3.places import Places


@dataclass(frozen=True)
class Reason:
    """One step of an explanation: what it is about, and the sentence."""

    label: str
    text: str


def reasons(supply: Supply, places: Places, code: str) -> list[Reason]:
    """The steps for one kelurahan, in the order in which they are weighed; none when its shortfall
    is not known. Raises KeyError for a code that is no kelurahan.
    """
    row = supply.areas.loc[code]
    if pd.isna(row["shortfall"]):
        return []
    return [
        Reason(_("Kebutuhan"), _need_words(row)),
        Reason(_("Anggota"), _members_words(row)),
        Reason(_("Urutan"), _rank_words(supply.areas, row)),
        Reason(_("Agar setara"), _people_words(supply.areas, row)),
    ]


def people_to_reach_city(areas: pd.DataFrame, column: str = "shortfall") -> pd.Series:
    """Fewest further people with whom a kelurahan has as many per need as the city, whole numbers.

    areas: `Supply.areas`; column: shortfall, or its bounds lower and upper. Each further person
    also raises the city's own ratio, so it takes shortfall / (1 - share of the city's need), not
    the shortfall itself. 0 where nothing is missing; NaN where the shortfall is not known.
    """
    share = areas["need"] / areas["need"].sum()
    missing = areas[column] / (1 - share).where(share < 1)
    needed = np.ceil(missing.clip(lower=0) - 1e-9)
    return needed.mask(share >= 1, 0.0).where(areas[column].notna()) + 0.0


def chance_of_as_many(cases: float, expected: float) -> float:
    """Probability of so many cases or more in an area that is like the city (Poisson)."""
    return float(special.pdtrc(cases - 1, expected)) if cases >= 1 else 1.0


def _need_words(row: pd.Series) -> str:
    said = _("{cases} kasus; {expected} diharapkan pada angka kota.").format(
        cases=number(row["cases"]), expected=number(row["expected"], _decimals(row["expected"]))
    )
    if not row["cases"] > row["expected"]:
        return said
    chance = 100 * chance_of_as_many(float(row["cases"]), float(row["expected"]))
    if chance < 1:
        text = _("Kebetulan saja memberi sebanyak ini pada kurang dari 1 di antara 100 kelurahan.")
    else:
        text = _("Kebetulan saja memberi sebanyak ini pada {n} di antara 100 kelurahan.").format(
            n=number(chance)
        )
    return f"{said} {text}"


def _decimals(value: float) -> int:
    """One, or two where one would say nought."""
    return 1 if value >= 0.05 else 2


def _members_words(row: pd.Series) -> str:
    low, high = number(row["lower"], 1), number(row["upper"], 1)
    if row["shortfall"] > 0:
        text = _("{members} aktif; {wanted} bila setara kota. Kurang {n} (selang 95%: {low} s.d. "
                 "{high}).")  # fmt: skip
    else:
        text = _("{members} aktif; {wanted} bila setara kota. Lebih {n} (selang 95% kekurangan: "
                 "{low} s.d. {high}).")  # fmt: skip
    return text.format(
        members=number(row["members"]),
        wanted=number(row["members"] + row["shortfall"], 1),
        n=number(abs(row["shortfall"]), 1),
        low=low,
        high=high,
    )


def _rank_words(areas: pd.DataFrame, row: pd.Series) -> str:
    others = int((areas["group"] == row["group"]).sum()) - 1
    text = _("{rank} dari {total} (mungkin {low} s.d. {high}).")
    if others:
        text = _("{rank} dari {total} (mungkin {low} s.d. {high}); tidak dapat dibedakan dari "
                 "{others} lainnya.")  # fmt: skip
    return text.format(
        rank=number(row["rank"]),
        total=number(areas["rank"].notna().sum()),
        low=number(row["rank_lower"]),
        high=number(row["rank_upper"]),
        others=number(others),
    )


def _people_words(areas: pd.DataFrame, row: pd.Series) -> str:
    here = areas.index == row.name
    fewest, low, high = (
        float(people_to_reach_city(areas, column)[here].iloc[0])
        for column in ("shortfall", "lower", "upper")
    )
    if row["state"] == NO_MEMBER and not fewest:
        return _("sedikitnya 1 orang, karena belum ada yang bertugas di sini.")
    if not fewest and not high:
        return _("tidak perlu tambahan.")
    if not fewest:
        text = _("tidak perlu tambahan menurut angka sekarang; menurut selang 95% s.d. {high}.")
        return text.format(high=number(high))
    return _("{n} orang lagi (menurut selang 95%: {low} s.d. {high}).").format(
        n=number(fewest), low=number(low), high=number(high)
    )
