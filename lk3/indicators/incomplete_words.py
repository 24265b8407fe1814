"""What an incomplete recap, and cases without a kelurahan, leave open, said in sentences.

In: measures, as computed or as released (a hidden count is not said). Out: text in the current
language, "" where nothing is open.
"""

from collections.abc import Mapping

import pandas as pd

from lk3.indicators.measure import SUPPRESSED
from lk3.language import _, ngettext, number
from lk3.places import Places
from lk3.vocabulary import UNKNOWN


def open_words(measures: Mapping[str, pd.DataFrame], places: Places) -> str:
    """What stands below a comparison of kelurahan: who is not named, and what could change it.
    measures: with case_rate_per_10k, and cases for the number of cases without a kelurahan.
    """
    parts = (unlisted_words(measures, places), unknown_words(measures, places))
    return " ".join(part for part in parts if part)


def unlisted_words(measures: Mapping[str, pd.DataFrame], places: Places) -> str:
    """How many kelurahan no source names; "" for none."""
    notes = measures["case_rate_per_10k"].loc[places.codes, "note"]
    count = int(_has(notes, "not_listed").sum())
    if not count:
        return ""
    text = ngettext(
        "{n} kelurahan tidak tercantum dalam rekap; kasusnya belum tentu nol.",
        "{n} kelurahan tidak tercantum dalam rekap; kasusnya belum tentu nol.",
        count,
    )
    return text.format(n=number(count))


def unknown_words(measures: Mapping[str, pd.DataFrame], places: Places) -> str:
    """How many cases without a kelurahan could change a verdict, and how many; "" for none."""
    notes = measures["case_rate_per_10k"].loc[places.codes, "note"]
    areas = int(_has(notes, "unknown_cases").sum())
    if not areas:
        return ""
    cases = measures["cases"].loc[UNKNOWN] if "cases" in measures else None
    if cases is None or pd.isna(cases["value"]) or SUPPRESSED in cases["note"]:
        return _("Kasus tanpa kelurahan bisa mengubah putusan {areas} kelurahan.").format(
            areas=number(areas)
        )
    return unknown_cases_words(float(cases["value"]), areas=areas)


def unknown_cases_words(cases: float, *, areas: int = 1) -> str:
    """So many cases without a kelurahan could change the verdict of one or several kelurahan."""
    if areas == 1:
        return _("{n} kasus tanpa kelurahan; bisa mengubah putusan.").format(n=number(cases))
    return _("{n} kasus tanpa kelurahan; bisa mengubah putusan {areas} kelurahan.").format(
        n=number(cases), areas=number(areas)
    )


def _has(notes: pd.Series, key: str) -> pd.Series:
    return notes.map(lambda note: key in note.split("|"))
