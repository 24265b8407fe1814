"""A figure as Plotly's script reads it: its traces and its layout as plain dicts and lists.

Plotly's own Python objects look at every property that a trace could have: nine tenths of the time
of ranked bars. What is made for each filter is written down plainly instead; the library still
knows each property, and `checked` asks it.
"""

import json
from collections.abc import Mapping
from typing import Any, Self

import numpy as np
import pandas as pd
import plotly.graph_objects as go

Trace = dict[str, Any]


def trace(type: str, **given: Any) -> Trace:
    """A trace of a type of Plotly's, with its properties; what is None is left out."""
    return {"type": type, **_plain(given)}


class Figure:
    """Traces, and a layout that is filled in step by step.

    traces: dicts as `trace` makes them; layout: properties of Plotly's layout.
    """

    def __init__(self, *traces: Trace, layout: Mapping[str, Any] | None = None) -> None:
        self.traces = list(traces)
        self.parts: dict[str, Any] = {"data": self.traces, "layout": {}}
        self.update_layout(**(layout or {}))

    @property
    def alt(self) -> str:
        """The description in words."""
        return str(self.parts["layout"]["meta"]["alt"])

    @property
    def checked(self) -> go.Figure:
        """The library's own figure. Raises ValueError for a property that it does not know."""
        return go.Figure(self.parts)

    @property
    def data(self) -> tuple[Any, ...]:
        """The traces, checked."""
        return tuple(self.checked.data)

    @property
    def layout(self) -> Any:
        """The layout, checked."""
        return self.checked.layout

    def to_json(self) -> str:
        """As a browser reads it. Raises ValueError for a number that JSON does not have."""
        return json.dumps(
            self.parts, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )  # fmt: skip

    def add(self, *traces: Trace) -> Self:
        """Traces over those that there are."""
        self.traces += traces
        return self

    def update_layout(self, **given: Any) -> Self:
        """Change properties of the layout; what is in a dict is changed one by one."""
        _merge(self.parts["layout"], _plain(given))
        return self

    def update_xaxes(self, **given: Any) -> Self:
        """Change every axis across. title: its text."""
        return self._update_axes("xaxis", given)

    def update_yaxes(self, **given: Any) -> Self:
        """Change every axis up. title: its text."""
        return self._update_axes("yaxis", given)

    def add_annotation(self, **given: Any) -> Self:
        """A text, without an arrow."""
        return self._append("annotations", {"showarrow": False, **given})

    def add_shape(self, **given: Any) -> Self:
        """A shape of Plotly's layout."""
        return self._append("shapes", given)

    def add_vline(self, x: Any, **given: Any) -> Self:
        """A line from the bottom to the top of the plot."""
        ends = {"x0": x, "x1": x, "y0": 0, "y1": 1, "xref": "x", "yref": "y domain"}
        return self.add_shape(type="line", **ends, **given)

    def add_hline(self, y: Any, **given: Any) -> Self:
        """A line from the left to the right of the plot."""
        ends = {"x0": 0, "x1": 1, "y0": y, "y1": y, "xref": "x domain", "yref": "y"}
        return self.add_shape(type="line", **ends, **given)

    def _update_axes(self, kind: str, given: dict[str, Any]) -> Self:
        if isinstance(given.get("title"), str):
            given = {**given, "title": {"text": given["title"]}}
        layout = self.parts["layout"]
        axes = [name for name in layout if name.startswith(kind)] or [kind]
        return self.update_layout(**dict.fromkeys(axes, given))

    def _append(self, kind: str, given: dict[str, Any]) -> Self:
        self.parts["layout"].setdefault(kind, []).append(_plain(given))
        return self


def _plain(part: Any) -> Any:
    """Numbers, texts, lists and dicts; a number that is missing becomes None (a gap)."""
    if isinstance(part, Mapping):
        return {key: _plain(value) for key, value in part.items() if value is not None}
    if isinstance(part, np.ndarray | pd.Series | pd.Index | np.generic):
        part = part.tolist()
    if isinstance(part, list | tuple):
        return [_plain(each) for each in part]
    return None if isinstance(part, float) and part != part else part


def _merge(old: dict[str, Any], given: Mapping[str, Any]) -> None:
    for key, value in given.items():
        if isinstance(value, dict) and isinstance(old.get(key), dict):
            _merge(old[key], value)
        else:
            old[key] = value
