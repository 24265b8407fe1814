"""One area made to stand out in a finished figure: its outline on the map, its name, its bar.

Done on the written parts, because a figure is made once for everybody and what somebody looks at
changes with every click.
"""

from typing import Any

from lk3.figures.template import SELECTED

_AREAS, _BARS = "choroplethmap", "bar"
_BORDER, _MAP_BORDER = 2.5, 3  # pixels


def mark(parts: dict[str, Any], code: str) -> None:
    """Change the parts of a figure (`data`, `layout`) so that the area of a code stands out; one
    that is not in it changes nothing.
    """
    for axis in ("xaxis", "yaxis"):
        _write_bold(parts["layout"].get(axis, {}), code)
    for trace in parts["data"]:
        if trace["type"] == _BARS and code in (trace.get("customdata") or ()):
            widths = [_BORDER if each == code else 0 for each in trace["customdata"]]
            trace["marker"]["line"] = {"color": SELECTED, "width": widths}
    _draw_outline(parts["data"], code)


def _write_bold(axis: dict[str, Any], code: str) -> None:
    if code in axis.get("tickvals", ()):
        at = axis["tickvals"].index(code)
        axis["ticktext"][at] = f"<b>{axis['ticktext'][at]}</b>"


def _draw_outline(traces: list[dict[str, Any]], code: str) -> None:
    """Above the areas and below the names."""
    last = max((n for n, trace in enumerate(traces) if trace["type"] == _AREAS), default=0)
    for trace in traces[: last + 1]:
        features = trace.get("geojson", {}).get("features", ())
        if found := [feature for feature in features if feature["id"] == code]:
            traces.insert(last + 1, _outline(found, code))
            return


def _outline(features: list[dict[str, Any]], code: str) -> dict[str, Any]:
    return {
        "type": _AREAS,
        "geojson": {"type": "FeatureCollection", "features": features},
        "locations": [code],
        "z": [0],
        "colorscale": [[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]],
        "showscale": False,
        "marker": {"line": {"color": SELECTED, "width": _MAP_BORDER}},
        "hoverinfo": "skip",
        "showlegend": False,
    }
