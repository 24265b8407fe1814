"""The true map, drawn offline: areas in fixed classes, their names on them, one of them chosen.

`Choroplethmap` on an empty style asks no host for anything. It needs WebGL; where that is missing
`tiles.tile_map` shows the same.
"""

from math import cos, log2, radians
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lk3.figures.scales import HIDDEN, class_colours, class_labels, class_of
from lk3.figures.template import INK, SELECTED, finish, wrap
from lk3.figures.words import describe, hover_texts
from lk3.language import _
from lk3.places import Places

_SEA = "#f7fafc"
_NOWHERE = {"type": "Point", "coordinates": [0, 0]}
_STYLE = {
    "version": 8,
    # Plotly drops an empty `sources` on the first update, and the map then takes no clicks.
    "sources": {"none": {"type": "geojson", "data": _NOWHERE}},
    "layers": [{"id": "sea", "type": "background", "paint": {"background-color": _SEA}}],
}
_WIDTH = 560  # pixels that a map has at least on a laptop, half of the page
_TILE = 512
_MARGIN = 1.22  # how much more than the span of the names is shown
_MIDDLE = "middle center"
_FRAME = 40  # pixels of the height that the title takes


def choropleth_map(
    measure: pd.DataFrame,
    *,
    places: Places,
    label: str,
    unit: str,
    edges: tuple[float, ...],
    decimals: int = 1,
    title: str = "",
    subtitle: str = "",
    selected: str | None = None,
    height: int = 520,
) -> go.Figure:
    """Map of a measure by kelurahan.

    measure: a released measure frame; rows beside the kelurahan are not drawn. Each class is one
    trace with its own entry in the legend; a click gives the code as `location`.
    """
    areas = measure.loc[[code for code in places.codes if code in measure.index]]
    figure = go.Figure(
        [
            *_classes(areas, places, label=label, unit=unit, edges=edges, decimals=decimals),
            *_outline(selected, places),
            *_names(places),
        ]
    )
    centre, zoom = view_of(places, width=_WIDTH, height=height - _FRAME)
    figure.update_layout(
        map={"style": _STYLE, "center": centre, "zoom": zoom},
        legend={"orientation": "v", "x": 0.99, "xanchor": "right", "y": 0.01, "yanchor": "bottom",
                "bgcolor": "rgba(255,255,255,0.94)", "font": {"size": 12},
                "title": {"text": wrap(unit, 24), "font": {"size": 12}}},
        uirevision="map",
    )  # fmt: skip
    alt = describe(areas, places=places, label=label, unit=unit, decimals=decimals, kind=_("Peta"))
    finish(figure, title=title, subtitle=subtitle, alt=alt, height=height)
    return figure.update_layout(margin={"l": 0, "r": 0, "b": 0}, dragmode="pan")


def view_of(places: Places, *, width: int, height: int) -> tuple[dict[str, float], float]:
    """Centre and zoom at which the names of all areas are in view (web Mercator, tiles of 512).

    The names, not the land: one vast area would else make the small ones too small to read. The
    rest of it is a drag away.
    """
    lon, lat = places.areas["lon"], places.areas["lat"]
    middle = {"lon": float(lon.min() + lon.max()) / 2, "lat": float(lat.min() + lat.max()) / 2}
    wide = max(lon.max() - lon.min(), 1e-3) * _MARGIN
    tall = max(lat.max() - lat.min(), 1e-3) * _MARGIN / cos(radians(middle["lat"]))
    return middle, log2(min(width / wide, height / tall) * 360 / _TILE)


def _classes(
    areas: pd.DataFrame,
    places: Places,
    *,
    label: str,
    unit: str,
    edges: tuple[float, ...],
    decimals: int,
) -> list[go.Choroplethmap]:
    """One trace per class, empty ones too, so that the legend is the same for every period."""
    classes = class_of(areas, edges)
    labels, colours = class_labels(edges, decimals=decimals), class_colours(edges)
    shown = [*range(len(edges) + 1), *(c for c in (-1, HIDDEN) if (classes == c).any())]
    traces = []
    for each in reversed(shown):
        codes = list(classes.index[classes == each])
        hover = hover_texts(
            areas.loc[codes], places=places, label=label, unit=unit, decimals=decimals
        )
        traces.append(
            go.Choroplethmap(
                geojson=_part(places.geojson, codes),
                locations=codes,
                z=[1] * len(codes),
                zmin=0,
                zmax=1,
                colorscale=[[0, colours[each]], [1, colours[each]]],
                showscale=False,
                name=labels[each],
                marker={"line": {"color": "#ffffff", "width": 1.2}, "opacity": 1},
                text=hover,
                hovertemplate="%{text}<extra></extra>",
                showlegend=False,
            )
        )
        traces.append(_legend_entry(labels[each], colours[each]))
    return traces


def _legend_entry(label: str, colour: str) -> go.Scattermap:
    """A square in the legend: choropleth traces have none of their own."""
    return go.Scattermap(
        lon=[None], lat=[None], mode="markers", name=label, hoverinfo="skip",
        marker={"size": 14, "color": colour}, showlegend=True,
    )  # fmt: skip


def _outline(selected: str | None, places: Places) -> list[go.Choroplethmap]:
    if selected not in places.areas.index:
        return []
    return [
        go.Choroplethmap(
            geojson=_part(places.geojson, [str(selected)]),
            locations=[selected],
            z=[0],
            colorscale=[[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]],
            showscale=False,
            marker={"line": {"color": SELECTED, "width": 3.5}},
            hoverinfo="skip",
            showlegend=False,
        )
    ]


def _names(places: Places) -> list[go.Scattermap]:
    """The names, each beside its point where its area is too small to hold it."""
    areas = places.areas
    anchors = areas.get("label_anchor", pd.Series(_MIDDLE, index=areas.index)).replace("", _MIDDLE)
    return [
        go.Scattermap(
            lon=part["lon"],
            lat=part["lat"],
            mode="markers+text",
            text=[wrap(name, 11) for name in part["name"]],
            textposition=anchor,
            marker={"size": 4, "opacity": 0},
            textfont={"size": 10, "color": INK},
            hoverinfo="skip",
            showlegend=False,
        )
        for anchor, part in areas.groupby(anchors)
    ]


def _part(geojson: dict[str, Any], codes: list[str]) -> dict[str, Any]:
    """The features of some areas alone: no trace carries the whole city."""
    wanted = set(codes)
    features = [
        {"type": "Feature", "id": f["id"], "geometry": f["geometry"]}
        for f in geojson["features"]
        if f["id"] in wanted
    ]
    return {"type": "FeatureCollection", "features": features}
