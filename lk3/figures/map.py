"""The true map, drawn offline: areas in fixed classes, their names on them, one of them chosen.

`Choroplethmap` on an empty style asks no host for anything. It needs WebGL and a server (in a file
opened from a disk it stays empty); elsewhere `tiles.tile_map` or `outline.outline_map` serve.
"""

from functools import lru_cache
from typing import Any

import pandas as pd

from lk3.figures.geography import leaders, name_text, view_of, written_names
from lk3.figures.plain import Figure, Trace, trace
from lk3.figures.scales import HIDDEN, NONE, class_colours, class_labels, class_of
from lk3.figures.template import INK, finish, legend_below, title_height
from lk3.figures.words import describe, hover_texts
from lk3.language import _
from lk3.places import Places

_SEA = "#f6f9fb"
_NOWHERE = {"type": "Point", "coordinates": [0, 0]}
_STYLE = {
    "version": 8,
    # Plotly drops an empty `sources` on the first update, and the map then takes no clicks.
    "sources": {"none": {"type": "geojson", "data": _NOWHERE}},
    "layers": [{"id": "sea", "type": "background", "paint": {"background-color": _SEA}}],
}
_WIDTH = 480  # pixels that a map has at least on a laptop, less than half of the page
_LEGEND = 66  # and the height that the legend takes
_EMPTY = "-"  # the area of a class that no area is in: a trace without areas has no legend


_NO_AREA = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": _EMPTY,
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[0, 0], [0, 1e-6], [1e-6, 0], [0, 0]]],
            },
        }
    ],
}


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
    height: int = 520,
) -> Figure:
    """Map of a measure by kelurahan.

    measure: a released measure frame; rows beside the kelurahan are not drawn. Each class is one
    trace with its own entry in the legend; a click gives the code as `location`.
    """
    areas = measure.loc[[code for code in places.codes if code in measure.index]]
    view = view_of(places)
    figure = Figure(
        *_classes(areas, places, label=label, unit=unit, edges=edges, decimals=decimals),
        *_names(places),
    )
    figure.update_layout(
        map={
            "style": _STYLE,
            "center": view.middle,
            "zoom": view.zoom(
                width=_WIDTH, height=height - _LEGEND - title_height(title, subtitle)
            ),
        },
        legend=legend_below(unit),
        uirevision="map",
    )
    alt = describe(
        measure, places=places, label=label, unit=unit, decimals=decimals, kind=_("Peta")
    )
    finish(figure, title=title, subtitle=subtitle, alt=alt, height=height)
    # The page knows how wide the map is: it fits the same land into that (`widgets.plots`).
    meta = {"alt": alt, "fits": [*view.size, _LEGEND + title_height(title, subtitle)]}
    return figure.update_layout(margin={"l": 0, "r": 0, "b": 0}, dragmode="pan", meta=meta)


def _classes(
    areas: pd.DataFrame,
    places: Places,
    *,
    label: str,
    unit: str,
    edges: tuple[float, ...],
    decimals: int,
) -> list[Trace]:
    """One trace per class, empty ones too, so that the legend is the same for every period."""
    classes = class_of(areas, edges)
    labels, colours = class_labels(edges, decimals=decimals), class_colours(edges)
    special = [each for each in (NONE, HIDDEN) if (classes == each).any()]
    traces = []
    for each in [*range(len(edges) + 1), *special]:
        codes = list(classes.index[classes == each])
        hover = hover_texts(
            areas.loc[codes], places=places, label=label, unit=unit, decimals=decimals
        )
        traces.append(
            trace(
                "choroplethmap",
                locations=codes or [_EMPTY],
                z=[1] * max(len(codes), 1),
                zmin=0,
                zmax=1,
                colorscale=[[0, colours[each]], [1, colours[each]]],
                showscale=False,
                name=labels[each],
                marker={"line": {"color": "#ffffff", "width": 1.2}, "opacity": 1},
                unselected={"marker": {"opacity": 1}},
                text=hover,
                hovertemplate="%{text}<extra></extra>",
                showlegend=True,
            )
            | {"geojson": _part(places.geojson, codes) if codes else _NO_AREA}
        )
    return traces


@lru_cache(maxsize=64)
def _names(places: Places) -> tuple[Trace, ...]:
    """The names on their areas, or at the end of a thin line that leads to open space."""
    names = written_names(places, view_of(places))
    texts = [
        trace(
            "scattermap",
            lon=part["x"],
            lat=part["y"],
            mode="markers+text",  # without a size of markers the letters have no place
            marker={"size": 4, "opacity": 0},
            text=[name_text(name, str(position)) for name in part["name"]],
            textposition=position,
            textfont={"size": 11, "color": INK},
            hoverinfo="skip",
            showlegend=False,
        )
        for position, part in names.groupby("position")
    ]
    return (*_leaders(names), *texts)


def _leaders(names: pd.DataFrame) -> list[Trace]:
    lon, lat = leaders(names)
    if not lon:
        return []
    line = {"mode": "lines", "line": {"color": INK, "width": 0.9}}
    dots = {"mode": "markers", "marker": {"size": 4, "color": INK}}
    silent = {"hoverinfo": "skip", "showlegend": False}
    return [
        trace("scattermap", lon=lon, lat=lat, **line, **silent),
        trace("scattermap", lon=lon[::3], lat=lat[::3], **dots, **silent),
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
