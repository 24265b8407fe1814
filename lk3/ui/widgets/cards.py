"""The row of key numbers: value, change, interval and what it rests on."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from lk3.indicators import INDICATORS, note_text
from lk3.indicators.wording import change_words, details, value_words
from lk3.language import _, signed
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
        detail="; ".join(_emphasised(details(key, row))),
        help=f"{indicator.unit}. {indicator.caveat}",
    )


def cases_card(view: View, *, code: str = CITY) -> Card:
    """The cases with their change on the period before; of a count that is not known, or not all
    known in either period, only why.
    """
    card, change = measure_card(view, "cases", code=code), view.row("cases_change", code)
    if pd.isna(view.row("cases", code)["value"]):
        return card
    is_partial = "listed" in change["note"]  # not_listed, partly_listed
    if pd.isna(change["denominator"]) or view.filter.period is None or is_partial:
        return Card(card.label, card.value, detail=note_text(change["note"]), help=card.help)
    difference = _("{change} dari {period}").format(
        change=signed(change["n"] - change["denominator"]),
        period=view.filter.period.previous().label(),
    )
    return Card(card.label, card.value, difference, change_words(change), card.help)


def _emphasised(parts: list[str]) -> list[str]:
    """The small print, in which an estimate catches the eye."""
    estimate = _("perkiraan")
    return [part.replace(estimate, f"*{estimate}*") for part in parts]
