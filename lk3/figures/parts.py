"""Pieces that several figures share: whiskers of intervals and the city's line."""

from typing import Any

import pandas as pd

from lk3.figures.plain import Figure, Trace, trace
from lk3.figures.scales import class_colours, class_labels, class_of
from lk3.figures.template import INK, escape
from lk3.language import number

VEIL = "rgba(255,255,255,0.85)"  # behind letters that stand over lines


def whiskers(rows: pd.DataFrame, **style: Any) -> dict[str, Any]:
    """Error bars from the lower to the upper bound; none where there is no interval."""
    return {
        "visible": bool(rows["lower"].notna().any()),
        "type": "data",
        "symmetric": False,
        "array": (rows["upper"] - rows["value"]).fillna(0),
        "arrayminus": (rows["value"] - rows["lower"]).fillna(0),
        **style,
    }


def draw_city(figure: Figure, value: float | None, label: str, decimals: int) -> None:
    """A dashed line at the city's value, named above it on the side that has room; nothing without
    a value.
    """
    if value is None:
        return
    low, high = figure.parts["layout"].get("xaxis", {}).get("range", (0, 2 * value + 1))
    figure.add_vline(value, line={"color": INK, "width": 1.5, "dash": "dash"})
    side = "left" if value <= (low + high) / 2 else "right"
    words = f"{escape(label)} {number(value, decimals)}"
    name_above(figure, value, words, xanchor=side, bgcolor=VEIL)


def name_above(figure: Figure, x: float, words: str, *, ink: str = INK, **style: Any) -> None:
    """Words above the plot, over a place on the axis across."""
    font = {"size": 12, "color": ink}
    at = {"x": x, "xref": "x", "y": 1, "yref": "y domain", "yanchor": "bottom"}
    figure.add_annotation(text=words, font=font, **at, **style)


def class_signs(areas: pd.DataFrame, edges: tuple[float, ...], *, decimals: int) -> list[Trace]:
    """Entries of a legend: a square for every class, so that it is the same for every period; for
    no data and for what is hidden only where they occur.
    """
    labels, classes = class_labels(edges, decimals=decimals), class_of(areas, edges)
    return [
        _sign(colour, labels[each])
        for each, colour in class_colours(edges).items()
        if each >= 0 or (classes == each).any()
    ]


def _sign(colour: str, label: str) -> Trace:
    line = {"color": "#c3ccd6", "width": 1}
    marker = {"symbol": "square", "size": 13, "color": colour, "line": line}
    return trace(
        "scatter", x=[None], y=[None], mode="markers", marker=marker, name=label,
        hoverinfo="skip", showlegend=True,
    )  # fmt: skip
