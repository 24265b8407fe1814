"""Kurang terlayani: who has more need and fewer people than the city, how sure, and why."""

import pandas as pd
import streamlit as st

from lk3.figures import FixedFigure, need_against_supply, ranked_groups
from lk3.figures.groups import STATE_SIGNS
from lk3.indicators import INDICATORS
from lk3.indicators.headlines import headline_map
from lk3.indicators.planning_words import (
    conclude,
    headline_ranks,
    headline_underserved,
    state_label,
)
from lk3.indicators.reasons import people_to_reach_city, reasons
from lk3.indicators.sensitivity import population_sensitivity, sensitivity_words
from lk3.indicators.underserved import ENOUGH, MAYBE, NO_MEMBER, UNDERSERVED, UNJUDGED, Supply
from lk3.language import _, number
from lk3.places import CITY
from lk3.ui.data import supply_of
from lk3.ui.keeping import drawn_once, kept, kept_for_all
from lk3.ui.view import View
from lk3.ui.widgets.cards import Card, card_row
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.headline import headline, overline, section
from lk3.ui.widgets.maps import choose_kind, map_beside_bars, show_map, subtitle
from lk3.ui.widgets.most import first_codes, more_of_them
from lk3.ui.widgets.tables import table
from lk3.ui.widgets.words import plain

SHORTFALL, RATE, MEMBERS = "member_shortfall", "case_rate_per_10k", "members_per_10k"
QUARTERS = "kuadran"
_LEFT_HEIGHT = 450


def supply(view: View) -> Supply:
    """Need, supply and shortfall of what is looked at."""
    return supply_of(view.held, view.filter)


@drawn_once
def underserved_headline(view: View) -> None:
    """Which kelurahan, or that none can be told."""
    if view.tables.members.empty:
        need = headline_map(view.released.measures, view.places)
        only = _("Tanpa daftar anggota, hanya kebutuhan yang dapat dibandingkan.")
        sentence = f"{only} {need}"
    else:
        sentence = headline_underserved(supply(view), view.places)
    headline(sentence, overline=overline(view, _("Kurang terlayani")))


@drawn_once
def states_row(view: View) -> None:
    """How many kelurahan in each state; also the legend of the list below."""
    if view.tables.members.empty:
        return
    states = supply(view).areas["state"].value_counts()
    helps = {
        UNDERSERVED: _("Kasusnya lebih banyak daripada kebetulan, juga bila semua kelurahan "
                       "dibandingkan sekaligus, dan anggotanya kurang."),
        MAYBE: _("Melewati batas 95% saja, yang juga dilewati satu dari empat puluh kelurahan "
                 "karena kebetulan."),
        NO_MEMBER: _("Tidak ada anggota yang bertugas di kelurahan ini."),
        ENOUGH: _("Kasusnya tidak dapat dibedakan dari kota, atau anggotanya tidak kurang."),
        UNJUDGED: _("Kasus yang diharapkan kurang dari 5."),
    }  # fmt: skip
    short = {ENOUGH: _("Tidak disebut kurang"), MAYBE: _("Mungkin kurang")}
    card_row(
        [
            Card(
                f"{STATE_SIGNS[state]} {short.get(state) or _capital(state_label(state))}",
                number(states.get(state, 0)),
                help=text,
            )
            for state, text in helps.items()
        ],
        key="kurang",
    )


def who_where_and_why(view: View) -> None:
    """One screen: need against supply or the map, beside the reasons and the ranked list.

    Without a list of members: the rates alone, on the map and as bars.
    """
    if view.tables.members.empty:
        kind = choose_kind("kurang")
        st.caption(subtitle(view, RATE))
        map_beside_bars(view, RATE, place="kurang", kind=kind)
        return
    left, right = st.columns([5, 6], gap="medium")
    with left:
        _need_or_map(view)
    with right:
        explanation(view)
        with st.container(key="urutan", gap="xxsmall"):
            _ranked_list(view)


def _need_or_map(view: View) -> None:
    kind = choose_kind("kurang", before={QUARTERS: _("Kebutuhan dan anggota")})
    if kind != QUARTERS:
        st.caption(" · ".join([subtitle(view, SHORTFALL), *_estimate(view)]))
        show_map(view, SHORTFALL, place="kurang", kind=kind, height=_LEFT_HEIGHT)
        return
    said = [_("Garis putus: kota. Klik titik untuk memilih."), *_estimate(view)]
    st.caption(" ".join(said))
    chart(_need_figure(view), key="kurang_pencar", selects=True)


@kept
def _need_figure(view: View) -> FixedFigure:
    figure = need_against_supply(
        beside_the_whole(view, RATE),
        beside_the_whole(view, MEMBERS),
        places=view.places,
        need_label=INDICATORS[RATE].unit,
        supply_label=INDICATORS[MEMBERS].unit,
        selected=explained_kelurahan(view),
        height=_LEFT_HEIGHT,
    )
    return FixedFigure.of(figure)


@kept_for_all
def beside_the_whole(view: View, key: str) -> pd.DataFrame:
    """A measure whose city is the whole place, also where a part of it is looked at: it is what
    every judgement compares a kelurahan with.
    """
    frame = view.measure(key).copy()
    frame.loc[CITY] = view.within(districts=()).row(key)
    return frame


def explained_kelurahan(view: View) -> str | None:
    """The chosen kelurahan, or else the one that lacks most; None when nothing is known."""
    known = supply(view).areas["shortfall"].dropna()
    if view.selected in known.index:
        return view.selected
    return str(known.idxmax()) if len(known) else None


def explanation(view: View) -> None:
    """The judgement of the chosen kelurahan, number by number."""
    code = explained_kelurahan(view)
    if code is not None:
        _explain(view, code, is_chosen=code == view.selected)


@drawn_once
def _explain(view: View, code: str, *, is_chosen: bool) -> None:
    found = supply(view)
    state = str(found.areas.at[code, "state"])
    with st.container(border=True, key="alasan", gap="xsmall"):
        name = view.places.label(code)
        st.header(f"{plain(name)}: {STATE_SIGNS[state]} {state_label(state)}", anchor=False)
        steps = [f"- **{each.label}:** {each.text}" for each in reasons(found, view.places, code)]
        st.markdown("\n".join(steps))
        st.markdown(conclude(found, code))
        hint = _("Pilih yang lain pada gambar.")
        moved = sensitivity_words(population_sensitivity(view.context), code)
        estimate = _("perkiraan")
        firm = [moved.replace(estimate, f"*{estimate}*")] if moved else _estimate(view)
        st.caption(" ".join([*firm, *([] if is_chosen else [hint])]))


def _estimate(view: View) -> list[str]:
    return [_("Penduduk masih *perkiraan*.")] if view.is_estimate else []


def _ranked_list(view: View) -> None:
    measured = _("Kekurangan anggota (orang)")
    st.caption(f"**{measured}.** {headline_ranks(supply(view))}")
    codes = first_codes(view, supply(view).areas["shortfall"], place="kurang_urutan")
    chart(_ranked_figure(view, codes), key="kurang_urutan", selects=True)
    more_of_them(view, codes, place="kurang_urutan")


@kept
def _ranked_figure(view: View, codes: tuple[str, ...] | None) -> FixedFigure:
    areas = supply(view).areas
    measure = view.measure(SHORTFALL)[view.context.chosen]
    figure = ranked_groups(
        measure if codes is None else measure.loc[list(codes)],
        groups=areas["group"],
        states=areas["state"],
        places=view.places,
        label=INDICATORS[SHORTFALL].label,
        unit=INDICATORS[SHORTFALL].unit,
        selected=explained_kelurahan(view),
    )
    return FixedFigure.of(figure)


def underserved_table(view: View) -> None:
    """The ranked list as a table with intervals, groups and the people it would take."""
    if view.tables.members.empty:
        return
    one = dict.fromkeys((_("Diharapkan"), _("Kekurangan"), _("Batas bawah"), _("Batas atas")), 1)
    title = _("Kekurangan anggota per kelurahan, {where}, {when}")
    said = [_("Kelurahan dalam satu kelompok tidak dapat dibedakan."), *_estimate(view)]
    section(_("Daftar lengkap"), " ".join(said))
    table(
        _full_list(view),
        view=view,
        title=title.format(where=view.where, when=view.when),
        key="kurang",
        decimals=one,
    )


@kept_for_all
def _full_list(view: View) -> pd.DataFrame:
    found = supply(view)
    areas = found.areas.dropna(subset=["shortfall"]).sort_values("rank")
    return pd.DataFrame(
        {
            _("Kelurahan"): [view.places.label(str(code)) for code in areas.index],
            _("Urutan"): areas["rank"],
            _("Selang urutan"): [
                f"{number(low)}–{number(high)}"
                for low, high in zip(areas["rank_lower"], areas["rank_upper"], strict=True)
            ],
            _("Kelompok"): areas["group"],
            _("Penilaian"): [state_label(state) for state in areas["state"]],
            _("Kasus"): areas["cases"],
            _("Diharapkan"): areas["expected"],
            _("Anggota aktif"): areas["members"],
            _("Kekurangan"): areas["shortfall"],
            _("Batas bawah"): areas["lower"],
            _("Batas atas"): areas["upper"],
            _("Orang lagi agar setara kota"): people_to_reach_city(found.areas)[areas.index],
        }
    )


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
