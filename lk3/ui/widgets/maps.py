"""The map of an indicator beside its ranked bars, linked by clicks.

The true map where the browser can draw it, else the same map as plain SVG; or tiles, which the
keyboard reaches.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from lk3.figures import (
    FixedFigure,
    choropleth_map,
    class_edges,
    outline_map,
    ranked_bars,
    tile_buttons,
)
from lk3.figures.category_ranges import draw_references
from lk3.figures.scales import needs_usual
from lk3.indicators import INDICATORS, Indicator
from lk3.indicators.usual import usual_rate
from lk3.language import _
from lk3.ui.keeping import kept, kept_for_all
from lk3.ui.view import View
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.drawing import can_draw_maps, say_why_tiles
from lk3.ui.widgets.most import choose_most, more_of_them
from lk3.ui.widgets.references import references
from lk3.ui.widgets.tiles import show_tiles

MAP, TILES = "peta", "ubin"
_HEIGHT = 440
_PER_BAR = 24
_TILE_MARGIN = 20


def map_beside_bars(view: View, key: str, *, place: str, kind: str) -> None:
    """Left the map or the tile map, right the bars. `place`: prefix of the widgets' keys. A choice
    on either chooses the kelurahan, or shows what is in a larger area.
    """
    left, right = st.columns(2, gap="medium")
    with left:
        show_map(view, key, place=place, kind=kind, steps=True)
    with right:
        show_bars(view, key, name=f"{place}_batang")


def show_bars(view: View, key: str, *, name: str) -> None:
    """The bars of an indicator; of very many areas the first ones, those that are searched for.
    name: key of the chart.
    """
    codes = choose_most(view, view.measure(key), place=name)
    figure = bars_figure(view, key, codes)
    chart(figure, key=name, marks=view.selected or "", selects=True, steps=True)
    more_of_them(view, codes, place=name)


def show_map(
    view: View,
    key: str,
    *,
    place: str,
    kind: str = MAP,
    height: int = _HEIGHT,
    steps: bool = False,
) -> None:
    """The map or the tiles of an indicator; a choice on it chooses the kelurahan everywhere;
    `steps`: of a larger area it shows what is in it.
    """
    if kind == MAP:
        show_true_map(view, key, name=f"{place}_peta", height=height, steps=steps)
        return
    tall = height - _TILE_MARGIN
    show_tiles(_tiles(view, key), key=f"{place}_ubin", height=tall, steps=steps)
    if not can_draw_maps():
        say_why_tiles()


def map_edges(view: View, key: str) -> tuple[float, ...]:
    """Inner edges of the classes of an indicator; of another city laid around its usual rate."""
    if not needs_usual(key):
        return class_edges(key, places=view.places)
    make = partial(usual_rate, key, view.context)
    return class_edges(key, places=view.places, usual=view.held.made.get(("usual", key), make))


@kept
def _tiles(view: View, key: str) -> str:
    indicator = INDICATORS[key]
    return tile_buttons(
        view.measure(key),
        places=view.tiled,
        label=indicator.label,
        unit=indicator.unit,
        edges=map_edges(view, key),
        decimals=indicator.decimals,
        selected=view.selected,
    )


@kept_for_all
def subtitle(view: View, key: str) -> str:
    """Measure, unit, place and period; whether the population is an estimate."""
    indicator = INDICATORS[key]
    parts = [named(indicator), view.where, view.when]
    if (view.measure(key)["note"].str.contains("estimate")).any():
        estimate = _("penduduk masih perkiraan")
        parts.append(f"*{estimate}*")
    if (view.measure(key).loc[view.places.codes, "note"].str.contains("no_population")).all():
        parts.append(_("tanpa data penduduk"))
    return " · ".join(parts)


def named(indicator: Indicator) -> str:
    """The indicator with its unit, unless its name says the unit already."""
    if indicator.unit.lower() == indicator.label.lower():
        return indicator.label
    return f"{indicator.label} ({indicator.unit})"


def show_true_map(
    view: View,
    key: str,
    *,
    name: str,
    selected: str | None = None,
    height: int = _HEIGHT,
    steps: bool = False,
) -> None:
    """The true map of an indicator, as the browser can draw it. name: key of the chart;
    `selected`: to outline instead of the choice.
    """
    chosen = selected or view.selected
    if can_draw_maps():
        figure, marks = _map_figure(view, key, height=height), chosen or ""
    else:
        figure, marks = _outline_figure(replace(view, selected=chosen), key, height=height), None
    chart(figure, key=name, marks=marks, selects=True, steps=steps)


@kept_for_all
def _map_figure(view: View, key: str, *, height: int) -> FixedFigure:
    return FixedFigure.of(choropleth_map(**_drawn_as(view, key), height=height))


@kept
def _outline_figure(view: View, key: str, *, height: int) -> FixedFigure:
    figure = outline_map(**_drawn_as(view, key), selected=view.selected, height=height)
    return FixedFigure.of(figure)


def _drawn_as(view: View, key: str) -> dict[str, Any]:
    """What both kinds of the map are drawn from."""
    indicator = INDICATORS[key]
    return {
        "measure": view.measure(key),
        "places": view.drawn,
        "label": indicator.label,
        "unit": indicator.unit,
        "edges": map_edges(view, key),
        "decimals": indicator.decimals,
    }


@kept_for_all
def bars_figure(view: View, key: str, codes: tuple[str, ...] | None = None) -> FixedFigure:
    """The kelurahan ranked by an indicator. A sum of areas is no line to compare them with. codes:
    those to show, from the top, where there are too many for all.
    """
    indicator, measure = INDICATORS[key], view.measure(key)[view.context.chosen]
    is_amount = indicator.is_count_of_cases or key in ("clients", "problems", "active_members")
    every = view.chosen_codes if view.look.level else view.places.codes
    bars = len(every if codes is None else codes) + 2
    figure = ranked_bars(
        measure,
        places=view.places,
        label=indicator.label,
        unit=indicator.unit,
        decimals=indicator.decimals,
        city_label=None if is_amount else view.where,
        height=max(_HEIGHT, 90 + _PER_BAR * bars),
        codes=codes,
    )
    lines = references(view, key)
    if lines:
        draw_references(figure, lines, far=float(figure.layout.xaxis.range[1]))
    return FixedFigure.of(figure)


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
