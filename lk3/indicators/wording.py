"""A value with its interval, what it rests on and its change, as cards, slides and files say it.

In: rows of measure frames. Out: text in the current language.
"""

from typing import Any

import pandas as pd

from lk3.indicators.measure import INDISTINGUISHABLE, SUPPRESSED, note_text
from lk3.indicators.registry import INDICATORS
from lk3.language import _, number, percent, signed


def value_words(key: str, row: "pd.Series[Any]") -> str:
    """The value of an indicator with a sign of percent where it is one."""
    if SUPPRESSED in row["note"]:
        return _("disembunyikan")
    decimals = INDICATORS[key].decimals
    if is_percent(key):
        return percent(row["value"] / 100, decimals)
    return number(row["value"], decimals)


def interval_words(key: str, row: "pd.Series[Any]") -> str:
    """The interval of a value in words; "" where it has none."""
    if pd.isna(row["lower"]):
        return ""
    decimals = INDICATORS[key].decimals
    low, high = number(row["lower"], decimals), number(row["upper"], decimals)
    if row["method"] == "median_quartiles":
        return _("separuh kasus: {low}–{high} hari").format(low=low, high=high)
    sign = "%" if is_percent(key) else ""
    return _("selang {confidence}: {low}–{high}").format(
        confidence=percent(row["confidence"]), low=low, high=f"{high}{sign}"
    )


def details(key: str, row: "pd.Series[Any]") -> list[str]:
    """What stands small beside a value: interval, n, notes."""
    parts = [interval_words(key, row)]
    if pd.notna(row["denominator"]) and key.endswith("_coverage"):
        parts.append(
            _("{n} dari {total}").format(n=number(row["n"]), total=number(row["denominator"]))
        )
    elif pd.notna(row["n"]) and row["n"] != row["value"]:
        parts.append(f"n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{number(row['n'])}")
    parts.append(note_text(row["note"]))
    return [part for part in parts if part]


def change_words(change: "pd.Series[Any]") -> str:
    """A change in percent with its interval, or that chance alone may give it."""
    if pd.isna(change["value"]):
        return note_text(change["note"])
    share = f"{signed(change['value'])}%"
    notes = note_text(change["note"])
    if INDISTINGUISHABLE in change["note"]:
        return f"{share}; {notes}"
    words = _("{share} (selang {confidence}: {low} s.d. {high}%)").format(
        share=share,
        confidence=percent(change["confidence"]),
        low=signed(change["lower"]),
        high=signed(change["upper"]),
    )
    return f"{words}; {notes}" if notes else words


def is_percent(key: str) -> bool:
    """Whether the value of an indicator is one of a hundred."""
    return key.endswith(("_pct", "_coverage")) or key == "cases_change"
