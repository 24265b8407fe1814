"""Ringkasan: the key numbers of the city, and the map beside the bars."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from lk3.figures.template import VERDICT_SYMBOLS
from lk3.indicators import INDICATORS, verdict_label
from lk3.indicators.area_names import name_some
from lk3.indicators.funnel import VERDICTS
from lk3.indicators.headlines import headline_map, headline_overview
from lk3.language import _, ngettext, number
from lk3.places import OUTSIDE
from lk3.ui.keeping import drawn_once, kept_for_all
from lk3.ui.view import View
from lk3.ui.views.trend import default_unit, trend_section
from lk3.ui.widgets.cards import card_row, cases_card, measure_card
from lk3.ui.widgets.headline import headline, no_members, nothing_found, overline, section
from lk3.ui.widgets.maps import choose_kind, map_beside_bars, show_bars, subtitle
from lk3.ui.widgets.words import plain
from lk3.vocabulary import UNKNOWN

_TREND_HEIGHT, _NAMED = 420, 8
CHOICES = ("case_rate_per_10k", "cases", "members_per_10k")
EVERY = (
    CHOICES[0],
    *(key for key, each in INDICATORS.items() if each.per_area and key != CHOICES[0]),
)


@contextmanager
def summary_above(view: View) -> Iterator[None]:
    """Headline and cards above the charts, and made after them: meanwhile the browser draws the
    map, which takes it longest.
    """
    top = st.container(key="ikhtisar")
    try:
        yield
    finally:
        with top:
            overview_headline(view)
            overview_cards(view)
            nothing_found(view)
            no_members(view)


@drawn_once
def overview_headline(view: View) -> None:
    """How many cases, and whether that differs from the period before."""
    sentence = headline_overview(view.released.measures, view.places, view.filter)
    headline(sentence, overline=overline(view, _("Ringkasan")))


@drawn_once
def overview_cards(view: View) -> None:
    """Cases, rate, members, coverage, caseload, time to close."""
    card_row(
        [
            cases_card(view),
            measure_card(view, "case_rate_per_10k", label=_("Kasus per 10.000 penduduk")),
            measure_card(view, "active_members"),
            measure_card(view, "area_coverage"),
            measure_card(view, "open_cases_per_member", label=_("Kasus terbuka per anggota")),
            measure_card(view, "days_to_close_median", label=_("Median hari sampai ditutup")),
        ],
        key="ringkasan",
    )


def map_section(view: View, *, place: str, choices: tuple[str, ...] = CHOICES) -> str:
    """Map beside bars of an indicator that can be chosen; returns its key."""
    heading = st.container(gap="xxsmall")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = _choose_indicator(place, choices)
        kind = choose_kind(place)
    with heading:
        if place == "peta":
            headline(map_message(view, key), overline=overline(view, _("Peta cakupan")))
            st.caption(subtitle(view, key))
        else:
            section(map_message(view, key), subtitle(view, key))
    map_beside_bars(view, key, place=place, kind=kind)
    apart_note(view, key)
    return key


def _choose_indicator(place: str, choices: tuple[str, ...]) -> str:
    """The indicator; on the page of the map it is kept in the address."""
    labels = {key: INDICATORS[key].label for key in choices}
    is_map = place == "peta"
    chosen = st.selectbox(
        _("Indikator pada peta"),
        choices,
        format_func=lambda key: labels[key],
        key="indikator" if is_map else f"{place}_indikator",
        bind="query-params" if is_map else None,
        label_visibility="collapsed",
        width=280,
    )
    return str(chosen)


def trend_beside_cases(view: View) -> None:
    """Cases over time, and the same cases by kelurahan (with the unknown ones: the card)."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        trend_section(view, unit=default_unit(view), key="ringkasan", height=_TREND_HEIGHT)
    with right:
        section(
            _("Asal {n} kasus").format(n=number(view.row("cases")["value"])),
            _("Kasus per kelurahan, {where}, {when}").format(where=view.where, when=view.when),
        )
        show_bars(view, "cases", name="ringkasan_kasus")


@kept_for_all
def map_message(view: View, key: str) -> str:
    """What the map says: the judgement for the rate, the measure's name for what is not judged."""
    if key == "case_rate_per_10k":
        return headline_map(view.released.measures, view.places)
    if INDICATORS[key].is_count_of_cases:
        return _(
            "{label} menurut kelurahan: jumlah saja, belum dibandingkan dengan penduduknya."
        ).format(label=INDICATORS[key].label)
    return _("{label} menurut kelurahan.").format(label=INDICATORS[key].label)


@drawn_once
def apart_note(view: View, key: str) -> None:
    """Cases that no kelurahan holds, and kelurahan without people, said beside the map."""
    outside, unknown = (view.row("cases", code)["value"] for code in (OUTSIDE, UNKNOWN))
    parts = []
    if unknown > 0:
        text = ngettext(
            "{n} kasus tanpa kelurahan dihitung untuk kota saja",
            "{n} kasus tanpa kelurahan dihitung untuk kota saja",
            int(unknown),
        )
        parts.append(text.format(n=number(unknown)))
    if outside > 0:
        text = ngettext(
            "{n} kasus dari {outside} ditampilkan terpisah, di luar angka kota",
            "{n} kasus dari {outside} ditampilkan terpisah, di luar angka kota",
            int(outside),
        )
        parts.append(text.format(n=number(outside), outside=view.places.label(OUTSIDE)))
    if parts:
        st.caption(f":material/info: {'; '.join(parts)}.")
    notes = view.measure(key)["note"].loc[list(view.chosen_codes)]
    without = list(notes.index[notes.str.contains("no_population")])
    if 0 < len(without) < len(notes):
        text = _("Penduduknya tidak diketahui seluruhnya, jadi tanpa angka: {names}.")
        names = plain(name_some(without, view.places, most=_NAMED))
        st.caption(f":material/info: {text.format(names=names)}")


@drawn_once
def verdict_legend(view: View, key: str) -> None:
    """What the signs beside the bars mean, where the indicator is judged."""
    if (view.measure(key)["verdict"] == "").all():
        return
    signs = " · ".join(
        f"{VERDICT_SYMBOLS[verdict]} {verdict_label(verdict)}" for verdict in VERDICTS
    )
    st.caption(
        _("{signs}. Dibandingkan dengan seluruh kota memakai batas 95% dan 99,8%.").format(
            signs=signs
        )
    )
