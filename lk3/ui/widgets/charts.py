"""Figures on the page, each with its description, and clicks that choose a kelurahan."""

from typing import Any

import streamlit as st

from lk3.figures import PLOT_CONFIG
from lk3.ui.filters import select_kelurahan

Figure = Any  # a Plotly figure: only `figures` knows the library


def chart(figure: Figure, *, key: str, selects: bool = False, fills: bool = False) -> None:
    """A figure as it was made, with its description; `selects`: a click chooses a kelurahan;
    `fills`: it is as high as its place.
    """
    options: dict[str, Any] = {"height": "stretch"} if fills else {}
    if selects:
        options |= {"on_select": lambda: _choose_clicked(key), "selection_mode": "points"}
    st.plotly_chart(
        figure,
        theme=None,
        width="stretch",
        config=PLOT_CONFIG,
        key=key,
        alt=figure.layout.meta["alt"],
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


def _choose_clicked(key: str) -> None:
    """The selection is lost when the figure is drawn anew, so the code is copied at once."""
    code = clicked_code(st.session_state.get(key))
    if code is not None:
        select_kelurahan(code)
