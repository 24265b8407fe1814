"""A key number of the city in words, as the cards of the pages say it."""

import pandas as pd

from lk3.indicators import INDICATORS, note_text
from lk3.indicators.wording import change_words, details, value_words
from lk3.language import _
from lk3.reports.content import Number
from lk3.reports.material import Material

_OF_MEMBERS = ("active_members", "members_per_10k", "area_coverage", "profession_coverage")


def number_of(material: Material, key: str) -> Number:
    """The released value of the city with what belongs to it; the cases with their change."""
    label, row = INDICATORS[key].label, material.city(key)
    if key in _OF_MEMBERS and not material.has_members:
        return Number(label, "–", _("daftar anggota belum ada"))
    return Number(label, value_words(key, row), _small_print(material, key, row))


def _small_print(material: Material, key: str, row: pd.Series) -> str:
    filter, change = material.choice.filter, material.city("cases_change")
    if key != "cases" or filter.period is None or pd.isna(row["value"]):
        return "; ".join(details(key, row))
    if "listed" in change["note"]:  # not_listed, partly_listed: one of the periods is not whole
        return note_text(change["note"])
    before = material.choice.before or filter.period.previous()
    return _("{change} dibanding {period}").format(
        change=change_words(change), period=before.label()
    )
