"""Profil kelurahan: its numbers, beside those of its kecamatan and of the city."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lk3.counts import count_cases
from lk3.disclosure import release_table
from lk3.figures import FixedFigure, category_bars
from lk3.figures.spine import SAID
from lk3.figures.template import VERDICT_SYMBOLS
from lk3.indicators import verdict_label
from lk3.indicators.headlines import headline_profile
from lk3.indicators.supply import members_by_profession
from lk3.indicators.wording import value_words
from lk3.language import _, number
from lk3.places import CITY
from lk3.reports import Export
from lk3.ui.keeping import drawn_once, kept_for_all
from lk3.ui.view import View
from lk3.ui.views.profile_spine import column_names, district_of, spine_frame
from lk3.ui.views.trend import trend_section
from lk3.ui.widgets.cards import Card, card_row, cases_card, measure_card
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.headline import headline, section
from lk3.ui.widgets.maps import show_true_map, subtitle
from lk3.ui.widgets.tables import download_row, export_notes, show_sentences
from lk3.vocabulary import vocabulary

RATE, MEMBERS = "case_rate_per_10k", "active_members"
_HALF, _CHART_HEIGHT = 485, 220  # pixels of a sheet that is printed as it stands
_NARROWER = 205  # the table of members than the half
_NEIGHBOURS_SHOWN, _PROBLEMS_SHOWN = 7, 7


def sheet() -> DeltaGenerator:
    """Where the printed page stands."""
    return st.container(key="lembar")


def screen_only(key: str) -> DeltaGenerator:
    """What no paper needs."""
    return st.container(key=f"layar_{key}")


def profiled_kelurahan(view: View) -> str:
    """The chosen kelurahan; without a choice the first one of those that are looked at."""
    return view.selected or view.places.codes_in(view.filter.districts)[0]


def choice_hint(view: View) -> None:
    """Say how to come to another kelurahan while none is chosen."""
    if not view.selected:
        with screen_only("pilih"):
            st.caption(
                ":material/info: "
                + _(
                    "Belum ada kelurahan yang dipilih, jadi yang pertama ditampilkan. Pilih yang "
                    "lain di panel samping, atau klik pada peta di bawah."
                )
            )


@drawn_once
def profile_headline(view: View, code: str) -> None:
    """Cases, rate, judgement and members in a sentence."""
    measures = view.released.measures
    if view.tables.members.empty:  # without a list nobody knows that there are none
        nobody = measures[MEMBERS].assign(value=float("nan"))
        measures = {**measures, MEMBERS: nobody}
    sentence = headline_profile(measures, view.places, code)
    above = f"{_('Profil kelurahan')} · {district_of(view, code)} · {view.when}"
    headline(sentence, overline=above)


@drawn_once
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


def trend_and_problems(view: View, code: str) -> None:
    """Cases by quarter, and by problem."""
    with st.container(horizontal=True, gap="small"):
        with st.container(width=_HALF):
            trend_section(view, unit="quarter", key="profil", code=code, height=_CHART_HEIGHT)
        with st.container(width=_HALF):
            _problems(view, code)


def _problems(view: View, code: str) -> None:
    here = _problems_here(view, code)
    subject = _("Kasus menurut masalah utama, {where}, {when}")
    if len(here) > _PROBLEMS_SHOWN:
        subject = _("Tujuh masalah utama terbanyak, {where}, {when}")
    section(
        _("Masalah yang dilaporkan"),
        subject.format(where=view.places.label(code), when=view.when),
    )
    chart(_problems_figure(view, code), key="profil_masalah")


@kept_for_all
def _problems_here(view: View, code: str) -> pd.DataFrame:
    counts = count_cases(
        view.tables.cases, view.filter, by=("kelurahan_code", "problem"), places=view.places
    )
    return counts[counts["kelurahan_code"] == code][["problem", "cases"]]


@kept_for_all
def _problems_figure(view: View, code: str) -> FixedFigure:
    most = _problems_here(view, code).nlargest(_PROBLEMS_SHOWN, "cases")
    released = release_table(most, audience="internal").frame if len(most) else most
    labels = vocabulary("problems").labels()
    figure = category_bars(released, category="problem", labels=labels, unit=_("kasus"))
    return FixedFigure.of(figure)


@drawn_once
def members_and_neighbours(view: View, code: str) -> None:
    """Who serves here, beside the same numbers of the neighbours."""
    with st.container(horizontal=True, gap="small"):
        with st.container(width=_HALF - _NARROWER):
            _members_here(view, code)
        with st.container(width=_HALF + _NARROWER):
            beside = [_("Yang berbatasan langsung.")]
            if view.is_estimate:
                beside.append(_("Penduduk masih *perkiraan*."))
            section(_("Di samping kelurahan tetangga"), " ".join(beside))
            frame = _neighbours_frame(view, code)
            here = view.places.label(code)
            show_sentences(frame, alt=_("Kelurahan ini dan tetangganya"), strong=here)


def _members_here(view: View, code: str) -> None:
    wide = members_by_profession(view.context)
    both = wide.loc[[code, CITY]]
    both = both.loc[:, (both > 0).any()]
    professions = vocabulary("professions")
    section(_("Anggota menurut profesi"), _("Anggota tingkat kota melayani semua kelurahan."))
    if both.empty:
        has_list = not view.tables.members.empty
        st.markdown(_("Tidak ada anggota aktif.") if has_list else _("Daftar anggota belum ada."))
        return
    frame = pd.DataFrame(
        {
            _("Profesi"): [professions.label(str(key)) for key in both.columns],
            _("Di sini"): [number(float(n)) for n in both.loc[code].to_numpy()],
            _("Tingkat kota"): [number(float(n)) for n in both.loc[CITY].to_numpy()],
        }
    )
    show_sentences(frame, alt=_("Anggota menurut profesi"))


def location(view: View, code: str) -> None:
    """Where the kelurahan lies; on the screen only."""
    with screen_only("letak"):
        section(_("Letak"), subtitle(view, RATE))
        show_true_map(view, RATE, name="profil_peta", selected=code)


def profile_downloads(view: View, code: str) -> None:
    """The numbers of the sheet as a file, and how to print it."""
    with screen_only("unduh"):
        name, frame, names = (
            view.places.label(code),
            spine_frame(view, code),
            column_names(view, code),
        )
        columns = {
            "label": _("Indikator"),
            **{SAID[each]: name for each, name in names.items()},
        }
        title = _("Profil {name}, {when}").format(name=name, when=view.when)
        sheet = frame[list(columns)].rename(columns=columns)
        download_row(Export(sheet, title, export_notes(view)), key="profil")
        st.caption(_("Untuk mencetak satu halaman A4: menu peramban, Cetak (Ctrl+P)."))


def _neighbours_frame(view: View, code: str) -> pd.DataFrame:
    codes = [code, *view.places.neighbours.get(code, ())][: 1 + _NEIGHBOURS_SHOWN]
    verdicts = view.measure(RATE)["verdict"]
    return pd.DataFrame(
        {
            _("Kelurahan"): [view.places.label(c) for c in codes],
            _("Kasus"): [value_words("cases", view.row("cases", c)) for c in codes],
            _("Per 10.000 (selang 95%)"): [_rate_words(view, c) for c in codes],
            _("Dibanding kota"): [_short(str(verdicts[c])) for c in codes],
            **{
                label: [value_words(key, view.row(key, c)) for c in codes]
                for key, label in (
                    *(() if view.tables.members.empty else ((MEMBERS, _("Anggota")),)),
                    ("open_cases_per_member", _("Terbuka per anggota")),
                    ("days_to_close_median", _("Median hari")),
                )
            },
        }
    )  # fmt: skip


def _short(verdict: str) -> str:
    """A verdict below the heading that says what it is compared with."""
    said = {
        "strongly_above": _("jauh di atas"),
        "above": _("di atas"),
        "like_city": _("tidak dapat dibedakan"),
        "below": _("di bawah"),
        "strongly_below": _("jauh di bawah"),
        "too_few": _("data belum cukup"),
    }
    return f"{VERDICT_SYMBOLS[verdict]} {said[verdict]}" if verdict in said else "–"


def _population_card(view: View, code: str) -> Card:
    people = view.context.population.loc[code]
    if pd.isna(people["population"]):
        return Card(_("Penduduk"), "–", detail=_("jumlah penduduk tidak ada"))
    is_estimate = people["status"] == "estimate"
    status = f"*{_('perkiraan')}*" if is_estimate else _("resmi")
    detail = _("{status}, tahun {year}").format(status=status, year=int(people["year"]))
    return Card(_("Penduduk"), number(people["population"]), detail=detail)


def _rate_words(view: View, code: str) -> str:
    rate = view.row("case_rate_per_10k", code)
    if pd.isna(rate["value"]):
        return "–"
    low, high = number(rate["lower"], 1), number(rate["upper"], 1)
    return f"{number(rate['value'], 1)} ({low}–{high})"
