"""A grid of small cells by class, each with a colour and a sign: what is there and what is missing.

In: cells by row and column with their class, text and hover. Out: a figure whose classes never rest
on colour alone. Cells that the frame lacks stay blank.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lk3.figures.plain import Figure, Trace, trace
from lk3.figures.template import INK, empty_figure, escape, finish, wrap

_ROW_HEIGHT = 27
_LEGEND = 62


@dataclass(frozen=True)
class CellClass:
    """How a class of cells looks: its name in the legend, its colour, the colour of its text."""

    label: str
    colour: str
    ink: str = INK


def cell_grid(
    frame: pd.DataFrame,
    *,
    rows: str,
    columns: str,
    row_labels: Mapping[str, str],
    column_labels: Mapping[Any, str],
    classes: Mapping[str, CellClass],
    alt: str,
    title: str = "",
    subtitle: str = "",
) -> Figure:
    """One cell per row and column.

    frame: [rows, columns, kind (key of `classes`), text, hover], text and hover as they are to be
    read. A click gives the row's key as the first of `customdata`. Only classes that occur are in
    the legend.
    """
    if not row_labels or not column_labels or frame.empty:
        return empty_figure()
    shown = frame[frame[columns].isin(list(column_labels)) & frame[rows].isin(list(row_labels))]
    occurring = {key: look for key, look in classes.items() if (shown["kind"] == key).any()}
    order = {key: place for place, key in enumerate(occurring)}
    keys = {column: f"c{place}" for place, column in enumerate(column_labels)}
    cells = shown.assign(x=shown[columns].map(keys).astype("str"), z=shown["kind"].map(order))
    figure = Figure(_tiles(cells, rows, list(row_labels), list(keys.values()), occurring))
    figure.add(_texts(cells, rows, occurring))
    for look in occurring.values():
        figure.add(_legend_entry(look))
    _name_axes(figure, row_labels, {keys[column]: said for column, said in column_labels.items()})
    height = 96 + _LEGEND + _ROW_HEIGHT * len(row_labels)
    return finish(figure, title=title, subtitle=subtitle, alt=alt, height=height)


def _tiles(
    cells: pd.DataFrame,
    rows: str,
    row_keys: list[str],
    column_keys: list[str],
    classes: Mapping[str, CellClass],
) -> Trace:
    wide = {
        name: cells.pivot(index=rows, columns="x", values=name).reindex(row_keys)[column_keys]
        for name in ("z", "hover")
    }
    most = max(len(classes) - 1, 1)
    scale = []
    for place, look in enumerate(classes.values()):
        low, high = (place - 0.5) / most, (place + 0.5) / most
        scale += [[max(low, 0), look.colour], [min(high, 1), look.colour]]
    return trace(
        "heatmap",
        z=wide["z"].to_numpy(dtype="float64"),
        x=column_keys,
        y=row_keys,
        zmin=0,
        zmax=most,
        colorscale=scale,
        showscale=False,
        xgap=2,
        ygap=2,
        text=np.where(wide["hover"].isna(), "", wide["hover"]),
        hovertemplate="%{text}<extra></extra>",
        customdata=[[[row] for _column in column_keys] for row in row_keys],
    )


def _texts(cells: pd.DataFrame, rows: str, classes: Mapping[str, CellClass]) -> Trace:
    inks = {key: look.ink for key, look in classes.items()}
    said = cells[cells["text"] != ""]
    return trace(
        "scatter",
        x=said["x"].tolist(),
        y=said[rows].tolist(),
        mode="text",
        text=said["text"].tolist(),
        textfont={"size": 12, "color": [inks[kind] for kind in said["kind"]]},
        hoverinfo="skip",
        showlegend=False,
    )


def _legend_entry(look: CellClass) -> Trace:
    marker = {"symbol": "square", "size": 13, "color": look.colour,
              "line": {"color": "#7b8794", "width": 1}}  # fmt: skip
    return trace(
        "scatter", x=[None], y=[None], mode="markers", marker=marker, name=escape(look.label)
    )


def _name_axes(
    figure: Figure, row_labels: Mapping[str, str], column_labels: Mapping[str, str]
) -> None:
    figure.update_xaxes(
        side="top", type="category", tickvals=list(column_labels), fixedrange=True, tickangle=-60,
        ticktext=[wrap(label, 26, lines=1) for label in column_labels.values()], showgrid=False,
        tickfont={"size": 12},
    )  # fmt: skip
    figure.update_yaxes(
        autorange="reversed", type="category", tickvals=list(row_labels), fixedrange=True,
        ticktext=[wrap(label, 26, lines=1) for label in row_labels.values()], showgrid=False,
    )  # fmt: skip
    figure.update_layout(
        legend={"y": -0.02, "yanchor": "top", "x": 0, "traceorder": "normal"}, margin={"b": _LEGEND}
    )
