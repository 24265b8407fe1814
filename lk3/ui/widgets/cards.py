"""The row of key numbers: value, change, interval and what it rests on."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from lk3.indicators import INDICATORS, note_text
from lk3.indicators.measure import INDISTINGUISHABLE
from lk3.language import _, number, percent, signed
from lk3.places import CITY
from lk3.ui.view import View

_NARROWEST = 150
# Without a list of members these would say 0, as if nobody served.
_OF_MEMBERS = ("active_members", "members_per_10k", "area_coverage", "profession_coverage")


@dataclass(frozen=True)
class Card:
    """One number: its name, the value in words, a change, and small print below it."""

    label: str
    value: str
    change: str = ""
    detail: str = ""
    help: str = ""


def card_row(cards: list[Card], *, key: str) -> None:
    """The cards side by side; fewer in a row where there is less room."""
    with st.container(key=f"kartu-{key}"), st.grid(len(cards), min_column_width=_NARROWEST) as row:
        for place, card in enumerate(cards):
            with row.container(border=True, key=f"kartu_{key}{place}"):
                st.metric(
                    card.label,
                    card.value,
                    card.change or None,
                    delta_color="off",
                    delta_arrow="off",
                    help=card.help or None,
                )
                if card.detail:
                    st.caption(card.detail)


def measure_card(view: View, key: str, *, code: str = CITY, label: str = "") -> Card:
    """The card of an indicator for one area."""
    indicator, row = INDICATORS[key], view.row(key, code)
    if key in _OF_MEMBERS and view.tables.members.empty:
        missing = _("daftar anggota belum ada")
        return Card(label or indicator.label, "–", detail=missing, help=indicator.unit)
    return Card(
        label or indicator.label,
        value_words(key, row),
        detail="; ".join(_details(key, row)),
        help=f"{indicator.unit}. {indicator.caveat}",
    )


def cases_card(view: View, *, code: str = CITY) -> Card:
    """The cases with their change on the period before."""
    card, change = measure_card(view, "cases", code=code), view.row("cases_change", code)
    if pd.isna(change["denominator"]) or view.filter.period is None:
        return Card(card.label, card.value, detail=note_text(change["note"]), help=card.help)
    difference = _("{change} dari {period}").format(
        change=signed(change["n"] - change["denominator"]),
        period=view.filter.period.previous().label(),
    )
    return Card(card.label, card.value, difference, _change_words(change), card.help)


def value_words(key: str, row: "pd.Series") -> str:
    """The value of an indicator with a sign of percent where it is one."""
    decimals = INDICATORS[key].decimals
    if _is_percent(key):
        return percent(row["value"] / 100, decimals)
    return number(row["value"], decimals)


def interval_words(key: str, row: "pd.Series") -> str:
    """The interval of a value in words; "" where it has none."""
    if pd.isna(row["lower"]):
        return ""
    decimals = INDICATORS[key].decimals
    low, high = number(row["lower"], decimals), number(row["upper"], decimals)
    if row["method"] == "median_quartiles":
        return _("separuh kasus: {low}–{high} hari").format(low=low, high=high)
    sign = "%" if _is_percent(key) else ""
    return _("selang {confidence}: {low}–{high}").format(
        confidence=percent(row["confidence"]), low=low, high=f"{high}{sign}"
    )


def _is_percent(key: str) -> bool:
    return key.endswith(("_pct", "_coverage")) or key == "cases_change"


def _details(key: str, row: "pd.Series") -> list[str]:
    parts = [interval_words(key, row)]
    if pd.notna(row["denominator"]) and key.endswith("_coverage"):
        parts.append(
            _("{n} dari {total}").format(n=number(row["n"]), total=number(row["denominator"]))
        )
    elif pd.notna(row["n"]) and row["n"] != row["value"]:
        parts.append(f"n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{number(row['n'])}")
    if row["note"]:
        estimate = _("perkiraan")
        parts.append(note_text(row["note"]).replace(estimate, f"*{estimate}*"))
    return [part for part in parts if part]


def _change_words(change: "pd.Series") -> str:
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
