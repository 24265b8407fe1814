"""Profil kelurahan: its numbers, beside those of its kecamatan and of the city."""

import pandas as pd
import streamlit as st

from lk3.counts import count_cases
from lk3.disclosure import release_table
from lk3.figures import category_bars
from lk3.indicators import INDICATORS, verdict_label
from lk3.indicators.headlines import headline_profile
from lk3.indicators.supply import members_by_profession
from lk3.indicators.wording import interval_words, value_words
from lk3.language import _, number
from lk3.places import CITY
from lk3.ui.view import View
from lk3.ui.views.trend import trend_section
from lk3.ui.widgets.cards import (
    Card,
    card_row,
    cases_card,
    measure_card,
)
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.headline import headline, section
from lk3.ui.widgets.maps import map_figure, named, subtitle
from lk3.ui.widgets.tables import show_table, table
from lk3.vocabulary import vocabulary

_COMPARED = (
    "cases",
    "case_rate_per_10k",
    "active_members",
    "members_per_10k",
    "open_cases_per_member",
    "days_to_close_median",
    "closed_within_90_pct",
)


def profiled_kelurahan(view: View) -> str:
    """The chosen kelurahan; without a choice the first one of those that are looked at."""
    return view.selected or view.places.codes_in(view.filter.districts)[0]


def choice_hint(view: View) -> None:
    """Say how to come to another kelurahan while none is chosen."""
    if not view.selected:
        st.caption(
            ":material/info: "
            + _(
                "Belum ada kelurahan yang dipilih, jadi yang pertama ditampilkan. Pilih yang lain "
                "di panel samping, atau klik pada peta di bawah."
            )
        )


def profile_headline(view: View, code: str) -> None:
    """Cases, rate, judgement and members in a sentence."""
    sentence = headline_profile(view.released.measures, view.places, code)
    above = f"{_('Profil kelurahan')} · {_district(view, code)} · {view.when}"
    headline(sentence, overline=above)


def profile_cards(view: View, code: str) -> None:
    """Population, cases, rate with its judgement, members, caseload, time to close."""
    rate = measure_card(view, "case_rate_per_10k", code=code)
    verdict = verdict_label(view.row("case_rate_per_10k", code)["verdict"])
    judged = "; ".join(part for part in (verdict, rate.detail) if part)
    card_row(
        [
            _population_card(view, code),
            cases_card(view, code=code),
            Card(_("Kasus per 10.000 penduduk"), rate.value, detail=judged, help=rate.help),
            measure_card(view, "active_members", code=code),
            measure_card(
                view, "open_cases_per_member", code=code, label=_("Kasus terbuka per anggota")
            ),
            measure_card(
                view, "days_to_close_median", code=code, label=_("Median hari sampai ditutup")
            ),
        ],
        key="profil",
    )


def beside_district_and_city(view: View, code: str) -> None:
    """The same indicators for the kelurahan, its kecamatan and the city."""
    district = _district(view, code)
    around = view.within(districts=(district,))
    whole = view.within(districts=())
    columns = {
        view.places.label(code): (whole, code),
        _("Kecamatan {name}").format(name=district): (around, CITY),
        view.places.title: (whole, CITY),
    }
    frame = pd.DataFrame(
        {_("Indikator"): [named(INDICATORS[k]) for k in _COMPARED]}
        | {name: [_said(v, k, c) for k in _COMPARED] for name, (v, c) in columns.items()}
    )
    section(_("{name} di samping kecamatan dan kota").format(name=view.places.label(code)))
    title = _("Profil {name}, {when}").format(name=view.places.label(code), when=view.when)
    table(frame, view=view, title=title, key="profil_banding")


def trend_and_problems(view: View, code: str) -> None:
    """Cases by quarter, and by problem."""
    left, right = st.columns(2, gap="medium")
    with left:
        trend_section(view, unit="quarter", key="profil", code=code)
    with right:
        counts = count_cases(
            view.tables.cases, view.filter, by=("kelurahan_code", "problem"), places=view.places
        )
        here = counts[counts["kelurahan_code"] == code][["problem", "cases"]]
        section(
            _("Masalah yang dilaporkan"),
            _("Kasus menurut masalah utama, {where}, {when}").format(
                where=view.places.label(code), when=view.when
            ),
        )
        released = release_table(here, audience="internal").frame if len(here) else here
        labels = vocabulary("problems").labels()
        figure = category_bars(released, category="problem", labels=labels, unit=_("kasus"))
        chart(figure, key="profil_masalah")


def members_here(view: View, code: str) -> None:
    """Active members by profession, those who serve the whole city apart."""
    wide = members_by_profession(view.context)
    both = wide.loc[[code, CITY]]
    both = both.loc[:, (both > 0).any()]
    professions = vocabulary("professions")
    frame = pd.DataFrame(
        {
            _("Profesi"): [professions.label(key) for key in both.columns],
            _("Anggota di kelurahan ini"): both.loc[code].to_numpy(),
            _("Anggota tingkat kota"): both.loc[CITY].to_numpy(),
        }
    )
    section(
        _("Anggota menurut profesi"),
        _("Anggota tingkat kota melayani semua kelurahan dan tidak dihitung di sini."),
    )
    show_table(frame, alt=_("Anggota menurut profesi"), key="profil_anggota")


def neighbours(view: View, code: str) -> None:
    """The kelurahan that share a boundary with this one, and where it lies."""
    left, right = st.columns([3, 5], gap="medium")
    with left:
        section(_("Letak"), subtitle(view, "case_rate_per_10k"))
        chart(map_figure(view, "case_rate_per_10k", selected=code), key="profil_peta", selects=True)
    with right:
        section(_("Kelurahan tetangga"), _("Yang berbatasan langsung."))
        frame = _neighbours_frame(view, list(view.places.neighbours.get(code, ())))
        show_table(frame, alt=_("Kelurahan tetangga"), key="profil_tetangga")


def _neighbours_frame(view: View, codes: list[str]) -> pd.DataFrame:
    rates, members = view.measure("case_rate_per_10k"), view.measure("active_members")
    return pd.DataFrame(
        {
            _("Kelurahan"): [view.places.label(c) for c in codes],
            _("Kasus"): view.measure("cases").loc[codes, "value"].to_numpy(),
            _("Per 10.000 (selang 95%)"): [_rate_words(view, c) for c in codes],
            _("Anggota aktif"): members.loc[codes, "value"].to_numpy(),
            _("Dibanding kota"): [verdict_label(v) for v in rates.loc[codes, "verdict"]],
        }
    )


def _population_card(view: View, code: str) -> Card:
    people = view.context.population.loc[code]
    if pd.isna(people["population"]):
        return Card(_("Penduduk"), "–", detail=_("jumlah penduduk tidak ada"))
    is_estimate = people["status"] == "estimate"
    status = f"*{_('perkiraan')}*" if is_estimate else _("resmi")
    detail = _("{status}, tahun {year}").format(status=status, year=int(people["year"]))
    return Card(_("Penduduk"), number(people["population"]), detail=detail)


def _district(view: View, code: str) -> str:
    return str(view.places.areas.at[code, "district"])


def _rate_words(view: View, code: str) -> str:
    rate = view.row("case_rate_per_10k", code)
    if pd.isna(rate["value"]):
        return "–"
    low, high = number(rate["lower"], 1), number(rate["upper"], 1)
    return f"{number(rate['value'], 1)} ({low}–{high})"


def _said(view: View, key: str, code: str) -> str:
    row = view.row(key, code)
    interval = interval_words(key, row)
    return f"{value_words(key, row)} ({interval})" if interval else value_words(key, row)
