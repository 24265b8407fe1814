"""The true map, drawn offline: areas in fixed classes, their names on them, one of them chosen.

`Choroplethmap` on an empty style asks no host for anything. It needs WebGL and a server (in a file
opened from a disk it stays empty); elsewhere `tiles.tile_map` or `outline.outline_map` serve.
"""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lk3.figures.geography import view_of, written_names
from lk3.figures.map_style import UNDER_NAMES, map_style
from lk3.figures.scales import HIDDEN, NONE, class_colours, class_labels, class_of
from lk3.figures.template import (
    MUTED,
    PAPER,
    SELECTED,
    SELECTING,
    finish,
    legend_below,
    title_height,
)
from lk3.figures.words import describe, hover_texts
from lk3.language import _
from lk3.places import Places

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
    selected: str | None = None,
    height: int = 520,
) -> go.Figure:
    """Map of a measure by kelurahan.

    measure: a released measure frame; rows beside the kelurahan are not drawn. All land is one
    trace, whose `z` is the place of the class in the legend; a click gives the code as `location`.
    """
    areas = measure.loc[[code for code in places.codes if code in measure.index]]
    view = view_of(places)
    classes = class_of(areas, edges)
    shown = [*range(len(edges) + 1), *(c for c in (NONE, HIDDEN) if (classes == c).any())]
    labels, colours = class_labels(edges, decimals=decimals), class_colours(edges)
    hover = hover_texts(areas, places=places, label=label, unit=unit, decimals=decimals)
    figure = go.Figure(
        [
            _land(classes, shown, colours, hover, places),
            _legend([labels[each] for each in shown], [colours[each] for each in shown]),
            *_outline(selected, places),
        ]
    )
    figure.update_layout(
        map={
            "style": map_style(written_names(places, view)),
            "center": view.middle,
            "zoom": view.zoom(
                width=_WIDTH, height=height - _LEGEND - title_height(title, subtitle)
            ),
        },
        legend=legend_below(unit),
        uirevision="map",
        **SELECTING,
    )
    alt = describe(
        measure, places=places, label=label, unit=unit, decimals=decimals, kind=_("Peta")
    )
    finish(figure, title=title, subtitle=subtitle, alt=alt, height=height)
    return figure.update_layout(margin={"l": 0, "r": 0, "b": 0})


def _land(
    classes: pd.Series,
    shown: list[int],
    colours: dict[int, str],
    hover: list[str],
    places: Places,
) -> go.Choroplethmap:
    """All areas as one trace: each trace has a source of its own that the browser cuts to tiles."""
    codes = [str(code) for code in classes.index]
    ends = np.arange(len(shown) + 1) / len(shown)
    steps = [
        [float(end), colours[each]]
        for each, pair in zip(shown, zip(ends[:-1], ends[1:], strict=True), strict=True)
        for end in pair
    ]
    return go.Choroplethmap(
        geojson=_part(places.geojson, codes),
        locations=codes,
        z=[shown.index(each) for each in classes],
        zmin=-0.5,
        zmax=len(shown) - 0.5,
        colorscale=steps,
        showscale=False,
        marker={"line": {"color": PAPER, "width": 1.2}, "opacity": 1},
        unselected={"marker": {"opacity": 1}},
        text=hover,
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
        below=UNDER_NAMES,
    )


def _legend(labels: list[str], colours: list[str]) -> go.Pie:
    """An entry for every class, empty ones too, so that the legend is the same for every period.

    A pie smaller than a pixel: the one trace that has many entries, and needs neither map nor axes.
    """
    return go.Pie(
        labels=labels,
        values=[1] * len(labels),
        marker={"colors": colours, "line": {"color": MUTED, "width": 0.5}},
        sort=False,
        textinfo="none",
        hoverinfo="skip",
        domain={"x": [0, 1e-4], "y": [0, 1e-4]},
        showlegend=True,
    )


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
            marker={"line": {"color": SELECTED, "width": 3}},
            hoverinfo="skip",
            showlegend=False,
            below=UNDER_NAMES,
        )
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
