"""A figure with larger letters and marks, for the last row of a meeting room."""

import re
from typing import Any

import plotly.graph_objects as go

_PIXELS = re.compile(r"font-size:\s*(\d+(?:\.\d+)?)px")


def enlarged(figure: go.Figure, factor: float) -> go.Figure:
    """A copy whose letters, whatever their place, are `factor` times as large; its height is left
    open, so that it fills its place.
    """
    grown = _grown(figure.to_dict(), factor, is_font=False)
    base = grown["layout"].setdefault("font", {})
    base.setdefault("size", 13 * factor)
    grown["layout"]["height"] = None
    return go.Figure(grown)


def _grown(part: Any, factor: float, *, is_font: bool) -> Any:
    if isinstance(part, dict):
        return {
            key: _sized(value, factor)
            if is_font and key == "size"
            else _grown(value, factor, is_font=str(key).endswith("font"))
            for key, value in part.items()
            if key != "template"
        } | ({"template": part["template"]} if "template" in part else {})
    if isinstance(part, list | tuple):
        return [_grown(each, factor, is_font=is_font) for each in part]
    if isinstance(part, str):
        return _PIXELS.sub(lambda m: f"font-size:{float(m[1]) * factor:.0f}px", part)
    return part


def _sized(size: Any, factor: float) -> Any:
    if isinstance(size, int | float):
        return size * factor
    return [each * factor for each in size] if isinstance(size, list | tuple) else size
