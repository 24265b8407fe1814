"""Figures on the page, each with its description, and clicks that choose a kelurahan."""

from typing import Any

import streamlit as st

from lk3.figures import PLOT_CONFIG, FixedFigure
from lk3.ui.filters import select_kelurahan
from lk3.ui.level import steps_into

Figure = Any  # a Plotly figure: only `figures` knows the library


def chart(
    figure: Figure,
    *,
    key: str,
    selects: bool = False,
    fills: bool = False,
    steps: bool = False,
) -> None:
    """A figure as it was made, with its description; `selects`: a click chooses a kelurahan;
    `steps`: of a larger area it shows what is in it; `fills`: it is as high as its place.
    """
    alt = figure.alt if isinstance(figure, FixedFigure) else figure.layout.meta["alt"]
    options: dict[str, Any] = {"height": "stretch"} if fills else {}
    if selects:
        options |= {"on_select": lambda: _choose_clicked(key, steps), "selection_mode": "points"}
    st.plotly_chart(
        figure,
        theme=None,
        width="stretch",
        config=PLOT_CONFIG,
        key=key,
        alt=alt,
        **options,
    )


def clicked_code(event: Any) -> str | None:
    """The code of the area that a click has chosen, on a map or on a bar; None for none."""
    points = event["selection"]["points"] if event else []
    if not points:
        return None
    point = points[0]
    found = point.get("location") or point.get("customdata")
    if isinstance(found, list | tuple):
        found = found[0] if found else None
    elif isinstance(found, dict):
        found = next(iter(found.values()), None)
    return str(found) if found else None


def _choose_clicked(key: str, steps: bool) -> None:
    """The selection is lost when the figure is drawn anew, so the code is copied at once."""
    code = clicked_code(st.session_state.get(key))
    if code is not None and not (steps and steps_into(code)):
        select_kelurahan(code)
