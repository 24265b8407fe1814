"""A figure with larger letters and marks, for the last row of a meeting room.

In: any figure of this package. Out: a copy that is read from farther away and fills its place.
"""

import re
from typing import Any

from lk3.figures.plain import Figure

_PIXELS = re.compile(r"font-size:\s*(\d+(?:\.\d+)?)px")
# What is given in pixels, by the part that it stands in ("*font": font, textfont, tickfont ...).
_LENGTHS = {
    "font": ("size",),
    "marker": ("size",),
    "line": ("width",),
    "error_x": ("width", "thickness"),
    "margin": ("l", "r", "t", "b"),
}
_LEGEND_ITEM = 30  # pixels of a sign in a legend: Plotly's own


def enlarged(figure: Figure, factor: float) -> Figure:
    """A copy whose letters, marks, lines and margins are `factor` times as large.

    Its height is left open, so that it fills its place. Not for the map that WebGL draws: its land
    is fitted to the pixels that it was made for.
    """
    grown = _grown(figure.parts, factor, within="")
    layout = grown["layout"]
    layout.pop("height", None)
    legend = layout.setdefault("legend", {})
    legend["itemwidth"] = _LEGEND_ITEM * max(factor, 1.0)
    if legend.get("y", 0) < 0:  # below the axis, whose letters have grown too
        legend["y"] *= factor
    return Figure(*grown["data"], layout=layout)


def _grown(part: Any, factor: float, *, within: str) -> Any:
    if isinstance(part, dict):
        lengths = _LENGTHS.get("font" if within.endswith("font") else within, ())
        return {
            key: _sized(value, factor) if key in lengths else _grown(value, factor, within=str(key))
            for key, value in part.items()
        }
    if isinstance(part, list | tuple):
        return [_grown(each, factor, within=within) for each in part]
    if isinstance(part, str):
        return _PIXELS.sub(lambda m: f"font-size:{float(m[1]) * factor:.0f}px", part)
    return part


def _sized(size: Any, factor: float) -> Any:
    if isinstance(size, int | float):
        return size * factor
    return [each * factor for each in size] if isinstance(size, list | tuple) else size
