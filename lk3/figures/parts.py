"""Pieces that several figures share: whiskers of intervals and the city's line."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lk3.figures.template import INK, escape
from lk3.language import number


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


def draw_city(figure: go.Figure, value: float | None, label: str, decimals: int) -> None:
    """A dashed line at the city's value, named above it on the side that has room; nothing without
    a value.
    """
    if value is None:
        return
    low, high = figure.layout.xaxis.range or (0, 2 * value + 1)
    side = "right" if value <= (low + high) / 2 else "left"
    figure.add_vline(
        x=value,
        line={"color": INK, "width": 1.5, "dash": "dash"},
        annotation={
            "text": f"{escape(label)} {number(value, decimals)}",
            "font": {"size": 12, "color": INK},
            "bgcolor": "rgba(255,255,255,0.85)",
            "yanchor": "bottom",
        },
        annotation_position=f"top {side}",
    )
