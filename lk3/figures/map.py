"""The true map, drawn offline: areas in fixed classes, their names on them, one of them chosen.

`Choroplethmap` on an empty style asks no host for anything. It needs WebGL and a server (in a file
opened from a disk it stays empty); elsewhere `tiles.tile_map` or `outline.outline_map` serve.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from lk3.figures.geography import leaders, name_lines, view_of, written_names
from lk3.figures.parts import class_signs
from lk3.figures.plain import Figure, Trace, trace
from lk3.figures.scales import class_colours, class_of
from lk3.figures.template import INK, PAPER, finish, legend_below, title_height
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
# The signs of the legend need axes, which take no room.
_NOWHERE_AXES = {axis: {"domain": [0, 0.001], "visible": False} for axis in ("xaxis", "yaxis")}
_WIDTH = 480  # pixels that a map has at least on a laptop, less than half of the page
_LEGEND = 66  # and the height that the legend takes


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
        _land(areas, places, label=label, unit=unit, edges=edges, decimals=decimals),
        *_names(places),
        *class_signs(areas, edges, decimals=decimals),
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
        **_NOWHERE_AXES,
    )
    alt = describe(
        measure, places=places, label=label, unit=unit, decimals=decimals, kind=_("Peta")
    )
    finish(figure, title=title, subtitle=subtitle, alt=alt, height=height)
    # The page knows how wide the map is: it fits the same land into that (`widgets.plots`).
    meta = {"alt": alt, "fits": [*view.size, _LEGEND + title_height(title, subtitle)]}
    return figure.update_layout(margin={"l": 0, "r": 0, "b": 0}, dragmode="pan", meta=meta)


def _land(
    areas: pd.DataFrame,
    places: Places,
    *,
    label: str,
    unit: str,
    edges: tuple[float, ...],
    decimals: int,
) -> Trace:
    """All areas in the colours of their classes: of one trace the browser keeps the land and only
    paints it anew.
    """
    colours = class_colours(edges)
    rank = {each: place for place, each in enumerate(colours)}
    return trace(
        "choroplethmap",
        locations=list(areas.index),
        z=class_of(areas, edges).map(rank),
        zmin=-0.5,
        zmax=len(colours) - 0.5,
        colorscale=_steps(list(colours.values())),
        showscale=False,
        marker={"line": {"color": PAPER, "width": 1.2}, "opacity": 1},
        unselected={"marker": {"opacity": 1}},
        text=hover_texts(areas, places=places, label=label, unit=unit, decimals=decimals),
        hovertemplate="%{text}<extra></extra>",
    ) | {"geojson": _shapes(places)}


def _steps(colours: list[str]) -> list[list[Any]]:
    """A scale without transitions: equal parts, each of one colour."""
    ends = np.linspace(0, 1, len(colours) + 1)
    return [[float(end), each] for k, each in enumerate(colours) for end in ends[k : k + 2]]


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
            # written as it is: a map's letters are no HTML, but for the line breaks
            text=["<br>".join(name_lines(name, str(position))) for name in part["name"]],
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


@lru_cache(maxsize=64)
def _shapes(places: Places) -> dict[str, Any]:
    """The boundaries, and nothing else of the areas."""
    features = [
        {"type": "Feature", "id": f["id"], "geometry": f["geometry"]}
        for f in places.geojson["features"]
    ]
    return {"type": "FeatureCollection", "features": features}
