"""Kurang terlayani: who has more need and fewer people than the city, how sure, and why."""

import pandas as pd
import streamlit as st

from lk3.figures import funnel_plot, need_against_supply
from lk3.indicators import INDICATORS
from lk3.indicators.planning_words import (
    explain,
    headline_ranks,
    headline_underserved,
    state_label,
)
from lk3.indicators.underserved import MAYBE, NO_MEMBER, UNDERSERVED, Supply
from lk3.language import _, number
from lk3.ui.data import supply_of
from lk3.ui.view import View
from lk3.ui.widgets.cards import Card, card_row
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.headline import headline, overline, section
from lk3.ui.widgets.maps import choose_kind, map_beside_bars, named, subtitle
from lk3.ui.widgets.tables import table

SHORTFALL, RATE, MEMBERS = "member_shortfall", "case_rate_per_10k", "members_per_10k"


def supply(view: View) -> Supply:
    """Need, supply and shortfall of what is looked at."""
    return supply_of(view.held, view.filter)


def underserved_headline(view: View) -> None:
    """Which kelurahan, or that none can be told."""
    sentence = headline_underserved(supply(view), view.places)
    headline(sentence, overline=overline(view, _("Kurang terlayani")))


def underserved_cards(view: View) -> None:
    """How many kelurahan in each state, the largest shortfall, and the Gini."""
    found = supply(view)
    states = found.areas["state"].value_counts()
    largest = found.areas["shortfall"].max()
    card_row(
        [
            Card(
                _("Kurang terlayani"),
                number(states.get(UNDERSERVED, 0)),
                detail=_("kelurahan; di luar kebetulan"),
            ),
            Card(
                _("Mungkin kurang"),
                number(states.get(MAYBE, 0)),
                detail=_("kelurahan; melewati batas 95%"),
            ),
            Card(_("Tanpa anggota"), number(states.get(NO_MEMBER, 0)), detail=_("kelurahan")),
            Card(
                _("Kekurangan terbesar"),
                number(largest, 1),
                detail=_("orang, agar sama dengan perbandingan kota"),
            ),
            Card(
                _("Gini anggota"),
                number(found.gini, 2),
                detail=_("0 merata, 1 semua di satu kelurahan"),
                help=_("Kemerataan anggota per kebutuhan antarkelurahan, dikoreksi jumlahnya."),
            ),
        ],
        key="kurang",
    )


def shortfall_map(view: View) -> None:
    """The shortfall on the map beside its bars."""
    section(headline_ranks(supply(view)), subtitle(view, SHORTFALL))
    kind = choose_kind("kurang")
    map_beside_bars(view, SHORTFALL, place="kurang", kind=kind)


def explanation(view: View) -> None:
    """The verdict of the chosen kelurahan, or else of the one that lacks most, number by number."""
    found = supply(view)
    known = found.areas["shortfall"].dropna()
    code = view.selected or (str(known.idxmax()) if len(known) else None)
    if code is not None:
        st.info(explain(found, view.places, code), icon=":material/help:")


def need_and_supply(view: View) -> None:
    """Need against supply, and the funnel behind the verdicts."""
    left, right = st.columns(2, gap="medium")
    need, members = INDICATORS[RATE], INDICATORS[MEMBERS]
    with left:
        section(_("Kebutuhan dan anggota"), _("Garis putus: kota. Klik titik untuk memilih."))
        figure = need_against_supply(
            view.measure(RATE),
            view.measure(MEMBERS),
            places=view.places,
            need_label=named(need),
            supply_label=named(members),
            selected=view.selected,
        )
        chart(figure, key="kurang_pencar", selects=True)
    with right:
        section(
            _("Beda nyata atau kebetulan?"),
            _("Titik di antara garis putus tidak dapat dibedakan dari kota."),
        )
        figure = funnel_plot(
            view.measure(RATE),
            places=view.places,
            label=_("kasus dibagi yang diharapkan"),
            selected=view.selected,
        )
        chart(figure, key="kurang_corong", selects=True)


def underserved_table(view: View) -> None:
    """The ranked list with intervals and groups."""
    areas = supply(view).areas.dropna(subset=["shortfall"]).sort_values("rank")
    frame = pd.DataFrame(
        {
            _("Urutan"): areas["rank"],
            _("Selang urutan"): [
                f"{number(low)}–{number(high)}"
                for low, high in zip(areas["rank_lower"], areas["rank_upper"], strict=True)
            ],
            _("Kelompok"): areas["group"],
            _("Kelurahan"): [view.places.label(str(code)) for code in areas.index],
            _("Penilaian"): [state_label(state) for state in areas["state"]],
            _("Kasus"): areas["cases"],
            _("Diharapkan"): areas["expected"],
            _("Anggota aktif"): areas["members"],
            _("Kekurangan"): areas["shortfall"],
            _("Batas bawah"): areas["lower"],
            _("Batas atas"): areas["upper"],
        }
    )
    one = dict.fromkeys((_("Diharapkan"), _("Kekurangan"), _("Batas bawah"), _("Batas atas")), 1)
    title = _("Kekurangan anggota per kelurahan, {where}, {when}")
    table(
        frame,
        view=view,
        title=title.format(where=view.where, when=view.when),
        key="kurang",
        decimals=one,
    )
    st.caption(_("Kelurahan dalam satu kelompok tidak dapat dibedakan urutannya."))
