"""A figure that nobody draws on any more: written for the browser once, sent many times."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import plotly

from lk3.figures.marks import mark
from lk3.figures.plain import Figure

PLOTLY_VERSION = str(plotly.__version__)
PLOTLY_SCRIPT = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


@dataclass(frozen=True)
class FixedFigure:
    """A finished figure. `json`: its parts as JSON; `alt`: its description in words."""

    json: str
    alt: str

    @classmethod
    def of(cls, figure: Figure) -> "FixedFigure":
        """The figure as it is now."""
        return cls(figure.to_json(), figure.alt)

    def marked(self, code: str | None) -> "FixedFigure":
        """The same, with the area of a code made to stand out; None: as it is."""
        if code is None:
            return self
        parts = json.loads(self.json)
        mark(parts, code)
        written = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        return replace(self, json=written)
