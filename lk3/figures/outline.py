"""The true map as plain SVG: for machines without WebGL and for files opened from a disk.

There the map of `map.py` stays empty without a word. The land is drawn as filled polygons, which
take no clicks; an invisible marker on each name does.
"""

from typing import Any

import pandas as pd

from lk3.figures.geography import (
    label_places,
    leaders,
    name_lines,
    rings,
    view_of,
    written_names,
)
from lk3.figures.parts import class_signs
from lk3.figures.plain import Figure, Trace, trace
from lk3.figures.scales import class_colours, class_labels, class_of
from lk3.figures.template import INK, PAPER, SELECTED, escape, finish, legend_below
from lk3.figures.words import describe, hover_texts
from lk3.language import _
from lk3.places import Places


def outline_map(
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
) -> Figure:
    """The map of a measure by kelurahan without WebGL; takes what `choropleth_map` takes.

    A click on a name gives its code as `customdata`.
    """
    areas = measure.loc[[code for code in places.codes if code in measure.index]]
    figure = Figure(*_classes(areas, places, edges=edges, decimals=decimals))
    if selected in areas.index:
        border = {"color": SELECTED, "width": 3}
        figure.add(_land([str(selected)], places, line=border, showlegend=False))
    hover = hover_texts(areas, places=places, label=label, unit=unit, decimals=decimals)
    _write_names(figure, places, dict(zip(areas.index, hover, strict=True)))
    view = view_of(places)
    figure.update_xaxes(
        visible=False, fixedrange=True, constrain="domain", range=[view.west, view.east]
    )
    figure.update_yaxes(
        visible=False, fixedrange=True, range=[view.south, view.north], scaleanchor="x",
        scaleratio=view.stretch,
    )  # fmt: skip
    figure.update_layout(legend=legend_below(unit))
    alt = describe(
        measure, places=places, label=label, unit=unit, decimals=decimals, kind=_("Peta")
    )
    return finish(figure, title=title, subtitle=subtitle, alt=alt, height=height)


def _classes(
    areas: pd.DataFrame, places: Places, *, edges: tuple[float, ...], decimals: int
) -> list[Trace]:
    """One trace per class, empty ones too; no data and hidden only where they occur."""
    classes, labels = class_of(areas, edges), class_labels(edges, decimals=decimals)
    border = {"color": PAPER, "width": 1.2}
    land = [
        _land(
            list(classes.index[classes == each]), places,
            line=border, fill="toself", fillcolor=colour, name=labels[each],
            showlegend=False,
        )
        for each, colour in class_colours(edges).items()
        if each >= 0 or (classes == each).any()
    ]  # fmt: skip
    return [*land, *class_signs(areas, edges, decimals=decimals)]


def _land(codes: list[str], places: Places, **style: Any) -> Trace:
    """The rings of areas as one line, parted by gaps."""
    lon: list[float | None] = []
    lat: list[float | None] = []
    for code in codes:
        for ring in rings(places.geojson, code):
            lon += [*(point[0] for point in ring), None]
            lat += [*(point[1] for point in ring), None]
    return trace(
        "scatter",
        x=lon or [None],
        y=lat or [None],
        mode="lines",
        hoverinfo="skip",
        **style,
    )


def _write_names(figure: Figure, places: Places, hover: dict[str, str]) -> None:
    names = label_places(places)
    if len(names) > 1:
        fitting = set(written_names(places, view_of(places)).index)
        names = names.assign(name=names["name"].where(names.index.isin(fitting), ""))
    lon, lat = leaders(names)
    line = {"color": INK, "width": 0.9}
    figure.add(
        trace("scatter", x=lon, y=lat, mode="lines", line=line, hoverinfo="skip", showlegend=False)
    )
    figure.add(
        trace(
            "scatter",
            x=names["x"],
            y=names["y"],
            mode="markers+text",
            marker={"size": 30, "opacity": 0},
            text=[
                "<br>".join(map(escape, name_lines(name, position)))
                for name, position in zip(names["name"], names["position"], strict=True)
            ],
            textposition=names["position"],
            textfont={"size": 11, "color": INK},
            customdata=list(names.index),
            hovertext=[hover.get(code, "") for code in names.index],
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
            unselected={"textfont": {"color": INK}},
            showlegend=False,
        )
    )
