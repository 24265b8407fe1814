"""The map of an indicator beside its ranked bars, linked by clicks."""

import streamlit as st

from lk3.figures import choropleth_map, class_edges, ranked_bars, tile_map
from lk3.indicators import INDICATORS, Indicator
from lk3.language import _
from lk3.ui.view import View
from lk3.ui.widgets.charts import Figure, chart

MAP, TILES = "peta", "ubin"
_HEIGHT = 440
_PER_BAR = 24


def map_beside_bars(view: View, key: str, *, place: str, kind: str) -> None:
    """Left the map or the tile map, right the bars. `place`: prefix of the widgets' keys."""
    left, right = st.columns(2, gap="medium")
    with left:
        chart(map_figure(view, key, kind=kind), key=f"{place}_peta_{kind}", selects=True)
    with right:
        chart(bars_figure(view, key), key=f"{place}_batang", selects=True)


def subtitle(view: View, key: str) -> str:
    """Measure, unit, place and period; whether the population is an estimate."""
    indicator = INDICATORS[key]
    parts = [named(indicator), view.where, view.when]
    if (view.measure(key)["note"].str.contains("estimate")).any():
        estimate = _("penduduk masih perkiraan")
        parts.append(f"*{estimate}*")
    return " · ".join(parts)


def named(indicator: Indicator) -> str:
    """The indicator with its unit, unless its name says the unit already."""
    if indicator.unit.lower() == indicator.label.lower():
        return indicator.label
    return f"{indicator.label} ({indicator.unit})"


def map_figure(view: View, key: str, *, kind: str = MAP, selected: str | None = None) -> Figure:
    """The map of an indicator, true or of tiles. `selected`: to outline instead of the choice."""
    indicator = INDICATORS[key]
    draw = tile_map if kind == TILES else choropleth_map
    return draw(
        view.measure(key),
        places=view.places,
        label=indicator.label,
        unit=indicator.unit,
        edges=class_edges(key),
        decimals=indicator.decimals,
        selected=selected or view.selected,
        height=_HEIGHT,
    )


def bars_figure(view: View, key: str) -> Figure:
    """The kelurahan ranked by an indicator. A sum of areas is no line to compare them with."""
    indicator, measure = INDICATORS[key], view.measure(key)[view.context.chosen]
    is_amount = indicator.is_count_of_cases or key in ("clients", "problems", "active_members")
    bars = len(view.places.codes) + 2
    return ranked_bars(
        measure,
        places=view.places,
        label=indicator.label,
        unit=indicator.unit,
        decimals=indicator.decimals,
        selected=view.selected,
        city_label=None if is_amount else view.where,
        height=max(_HEIGHT, 90 + _PER_BAR * bars),
    )


def choose_kind(place: str) -> str:
    """The true map or the tile map."""
    labels = {MAP: _("Peta"), TILES: _("Peta ubin")}
    chosen = st.segmented_control(
        _("Bentuk peta"),
        list(labels),
        format_func=lambda kind: labels[kind],
        default=MAP,
        required=True,
        key=f"{place}_bentuk",
        label_visibility="collapsed",
    )
    return str(chosen)
