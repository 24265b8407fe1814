"""The map of an indicator beside its ranked bars, linked by clicks.

The true map where the browser can draw it, else the same map as plain SVG; or tiles, which the
keyboard reaches.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lk3.figures import choropleth_map, class_edges, outline_map, ranked_bars, tile_buttons
from lk3.figures.category_ranges import draw_references
from lk3.indicators import INDICATORS, Indicator
from lk3.language import _
from lk3.ui.view import View
from lk3.ui.widgets.charts import Figure, chart
from lk3.ui.widgets.drawing import can_draw_maps, say_why_tiles
from lk3.ui.widgets.references import references
from lk3.ui.widgets.tiles import show_tiles

MAP, TILES = "peta", "ubin"
_HEIGHT = 440
_PER_BAR = 24
_TILE_MARGIN = 20


def map_beside_bars(view: View, key: str, *, place: str, kind: str) -> None:
    """Left the map or the tile map, right the bars. `place`: prefix of the widgets' keys."""
    left, right = st.columns(2, gap="medium")
    with left:
        show_map(view, key, place=place, kind=kind)
    with right:
        chart(bars_figure(view, key), key=f"{place}_batang", selects=True)


def show_map(view: View, key: str, *, place: str, kind: str = MAP, height: int = _HEIGHT) -> None:
    """The map or the tiles of an indicator; a choice on it chooses the kelurahan everywhere."""
    if kind == MAP:
        chart(map_figure(view, key, height=height), key=f"{place}_peta", selects=True)
        return
    indicator = INDICATORS[key]
    tiles = tile_buttons(
        view.measure(key),
        places=view.places,
        label=indicator.label,
        unit=indicator.unit,
        edges=class_edges(key),
        decimals=indicator.decimals,
        selected=view.selected,
    )
    show_tiles(tiles, key=f"{place}_ubin", height=height - _TILE_MARGIN)
    if not can_draw_maps():
        say_why_tiles()


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


def map_figure(
    view: View, key: str, *, selected: str | None = None, height: int = _HEIGHT
) -> Figure:
    """The true map of an indicator, as the browser can draw it. `selected`: to outline instead of
    the choice.
    """
    indicator = INDICATORS[key]
    draw = choropleth_map if can_draw_maps() else outline_map
    return draw(
        view.measure(key),
        places=view.places,
        label=indicator.label,
        unit=indicator.unit,
        edges=class_edges(key),
        decimals=indicator.decimals,
        selected=selected or view.selected,
        height=height,
    )


def bars_figure(view: View, key: str) -> Figure:
    """The kelurahan ranked by an indicator. A sum of areas is no line to compare them with."""
    indicator, measure = INDICATORS[key], view.measure(key)[view.context.chosen]
    is_amount = indicator.is_count_of_cases or key in ("clients", "problems", "active_members")
    bars = len(view.places.codes) + 2
    figure = ranked_bars(
        measure,
        places=view.places,
        label=indicator.label,
        unit=indicator.unit,
        decimals=indicator.decimals,
        selected=view.selected,
        city_label=None if is_amount else view.where,
        height=max(_HEIGHT, 90 + _PER_BAR * bars),
    )
    lines = references(view, key)
    if lines:
        draw_references(figure, lines, far=float(figure.layout.xaxis.range[1]))
    return figure


def choose_kind(place: str, *, before: Mapping[str, str] | None = None) -> str:
    """The true map or the tile map; tiles first where the browser cannot draw the map. `before`:
    further drawings by key, in words; the first of them is the usual one.
    """
    labels = {**(before or {}), MAP: _("Peta"), TILES: _("Peta ubin")}
    key, usual = f"{place}_bentuk", next(iter(labels))
    is_map = st.session_state.get(key, usual) == MAP
    if is_map and not can_draw_maps() and f"{key}_ubin" not in st.session_state:
        st.session_state[f"{key}_ubin"] = st.session_state[key] = TILES
    given: dict[str, Any] = {} if key in st.session_state else {"default": usual}
    chosen = st.segmented_control(
        _("Bentuk gambar"),
        list(labels),
        format_func=lambda kind: labels[kind],
        required=True,
        key=key,
        label_visibility="collapsed",
        **given,
    )
    return str(chosen)
