"""Penempatan: what the plan changes, as numbers, on the map, in bars and as a table."""

import math

import pandas as pd
import streamlit as st

from lk3.disclosure import release
from lk3.figures.placement import before_after
from lk3.figures.squares import tile_buttons
from lk3.indicators import INDICATORS
from lk3.indicators.placement_effects import STATES, Effects, state_measure
from lk3.indicators.placement_words import CITY_LABELS, decimals_of, yardstick_words
from lk3.language import _, number, signed
from lk3.ui.view import View
from lk3.ui.views.placement_draft import Draft
from lk3.ui.widgets.cards import Card, card_row
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.maps import map_edges
from lk3.ui.widgets.most import first_codes, more_of_them
from lk3.ui.widgets.tables import table
from lk3.ui.widgets.tiles import show_tiles

MEASURES = {"shortfall": "member_shortfall", "caseload": "open_cases_per_member"}
CARDS = ("largest_shortfall", "gini", "areas_missing_required", "areas_without_member", "caseload")
_TILES_HEIGHT, _BARS = 440, "rencana_batang"


def effect_cards(draft: Draft) -> None:
    """The city's numbers after the plan, and what they were."""
    card_row([_card(draft.effects, name) for name in CARDS], key="penempatan")


def _card(effects: Effects, name: str) -> Card:
    """The change is that of the numbers as they are shown, so that it adds up on the card."""
    places = decimals_of(name)
    before, after = (round(float(effects.city[state][name]), places) for state in STATES[:2])
    change = _("{change} dari {before}").format(
        change=signed(after - before, places), before=number(before, places)
    )
    is_known = not math.isnan(after - before)
    return Card(_(CITY_LABELS[name]), number(after, places), change if is_known else "")


def effect_maps(view: View, draft: Draft) -> None:
    """Two tile maps with the same classes: before and after."""
    section(_("Sebelum dan sesudah"), yardstick_words(draft.effects))
    labels = {name: INDICATORS[key].label for name, key in MEASURES.items()}
    name = st.segmented_control(
        _("Ukuran pada peta"),
        list(labels),
        format_func=lambda each: labels[each],
        default="shortfall",
        required=True,
        key="penempatan_ukuran",
        persist_state="session",
        label_visibility="collapsed",
    )
    titles = {"before": _("Sebelum"), "after": _("Sesudah")}
    measures = _released(draft.effects, str(name))
    for (state, title), place in zip(titles.items(), st.columns(2, gap="medium"), strict=True):
        with place:
            st.subheader(title, anchor=False)
            _tiles(view, measures[state], MEASURES[str(name)], state=state, title=title)


def _released(effects: Effects, name: str) -> dict[str, pd.DataFrame]:
    """A measure before and after, as signed-in staff may see it."""
    key = MEASURES[name]
    return {
        state: release({key: state_measure(effects, name, state)}, audience="internal").measures[
            key
        ]
        for state in STATES[:2]
    }


def _tiles(view: View, measure: pd.DataFrame, key: str, *, state: str, title: str) -> None:
    indicator = INDICATORS[key]
    tiles = tile_buttons(
        measure,
        places=view.tiled,
        label=f"{title}, {indicator.label}",
        unit=indicator.unit,
        edges=map_edges(view, key),
        decimals=indicator.decimals,
        selected=view.selected,
    )
    show_tiles(tiles, key=f"rencana_ubin_{state}", height=_TILES_HEIGHT)


def effect_bars(view: View, draft: Draft) -> None:
    """Shortfall and caseload before and after: of every kelurahan, of very many those that change
    and the ones that lack the most people.
    """
    middles = {"shortfall": _("seperti kota"), "caseload": ""}
    codes = first_codes(view, _most_wanted(draft.effects), place=_BARS)
    for name, side in zip(MEASURES, st.columns(2, gap="medium"), strict=True):
        indicator = INDICATORS[MEASURES[name]]
        with side:
            section(indicator.label, f"{indicator.unit} · {view.where} · {view.when}")
            measures = _released(draft.effects, name)
            states = pd.DataFrame({state: each["value"] for state, each in measures.items()})
            figure = before_after(
                states if codes is None else states.loc[list(codes)],
                places=view.places,
                label=indicator.label,
                unit=indicator.unit,
                decimals=indicator.decimals,
                middle=middles[name],
            )
            chart(figure, key=f"rencana_{name}", selects=True)
    more_of_them(view, codes, place=_BARS)


def _most_wanted(effects: Effects) -> pd.Series:
    """The shortfall before the plan by code; what the plan changes stands above all."""
    areas = effects.areas
    is_changed = areas["members", "before"] != areas["members", "after"]
    return areas["shortfall", "before"].mask(is_changed, math.inf)


def effect_table(view: View, draft: Draft) -> None:
    """The same numbers as a table."""
    frame, decimals = effect_frame(view, draft.effects)
    title = _("Sebelum dan sesudah rencana, {where}, {when}").format(
        where=view.where, when=view.when
    )
    meaning = _(
        "Kekurangan: orang. Beban: kasus terbuka per anggota. Unsur: unsur wajib yang kurang."
    )
    notes = (yardstick_words(draft.effects), meaning)
    table(frame, view=view, title=title, key="rencana_tabel", decimals=decimals, notes=notes)
    st.caption(meaning)


def effect_frame(view: View, effects: Effects) -> tuple[pd.DataFrame, dict[str, int]]:
    """One row per kelurahan; also the decimals by column."""
    areas = effects.areas
    headings = {
        "members": (_("Anggota, sebelum"), _("Anggota, sesudah"), 0),
        "shortfall": (_("Kekurangan, sebelum"), _("Kekurangan, sesudah"), 1),
        "caseload": (_("Beban, sebelum"), _("Beban, sesudah"), 1),
        "missing": (_("Unsur, sebelum"), _("Unsur, sesudah"), 0),
    }
    columns: dict[str, object] = {
        _("Kelurahan"): [view.places.label(str(code)) for code in areas.index]
    }
    decimals: dict[str, int] = {}
    for name, (before, after, places) in headings.items():
        columns[before] = areas[name, "before"].to_numpy()
        columns[after] = areas[name, "after"].to_numpy()
        decimals |= {before: places, after: places}
    return pd.DataFrame(columns), decimals
