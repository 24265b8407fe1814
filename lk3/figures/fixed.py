"""A figure that nobody draws on any more: made ready for the page once, sent many times.

Streamlit asks a figure for its parts and writes them as JSON in every run. Of a Plotly figure both
mean walking through a thousand checked properties; of a fixed one, handing over plain lists.
"""

import json
from typing import Any

import plotly.graph_objects as go
from plotly.basedatatypes import BaseFigure


class FixedFigure(BaseFigure):
    """The parts of a finished figure. `alt`: its description in words."""

    def __init__(self, figure: go.Figure) -> None:  # without the making of an empty figure
        object.__setattr__(self, "_fixed", json.loads(figure.to_json()))
        object.__setattr__(self, "alt", str(figure.layout.meta["alt"]))

    def to_dict(self) -> dict[str, Any]:
        """The parts, shared by all who ask: not to be changed."""
        return self._fixed
