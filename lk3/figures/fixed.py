"""A figure that nobody draws on any more: written for the browser once, sent many times."""

from dataclasses import dataclass
from pathlib import Path

import plotly

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
