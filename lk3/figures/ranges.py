"""Median and quartiles per area as a dot on a line."""

import pandas as pd

from lk3.figures.parts import draw_city, whiskers
from lk3.figures.plain import Figure, trace
from lk3.figures.template import (
    ACCENT,
    SELECTED,
    empty_figure,
    escape,
    finish,
)
from lk3.figures.words import city_value, describe, hover_texts
from lk3.language import _
from lk3.places import Places

_ROW_HEIGHT = 25


def median_ranges(
    measure: pd.DataFrame,
    *,
    places: Places,
    label: str,
    unit: str,
    decimals: int = 0,
    title: str = "",
    subtitle: str = "",
    selected: str | None = None,
) -> Figure:
    """Each kelurahan's value as a dot, the range from lower to upper as a line; the city's value
    dashed. Kelurahan without a value are left out and named in the description.
    """
    rows = measure.loc[[c for c in places.codes if c in measure.index]].dropna(subset=["value"])
    if rows.empty:
        return empty_figure()
    rows = rows.sort_values("value")
    figure = Figure(
        trace(
            "scatter",
            x=rows["value"],
            y=list(rows.index),
            mode="markers",
            marker={
                "size": 11,
                "color": [SELECTED if code == selected else ACCENT for code in rows.index],
            },
            error_x=whiskers(rows, color="#79afd2", thickness=4, width=0),
            customdata=list(rows.index),
            hovertext=hover_texts(rows, places=places, label=label, unit=unit, decimals=decimals),
            hovertemplate="%{hovertext}<extra></extra>",
            showlegend=False,
        )
    )
    draw_city(figure, city_value(measure), places.title, decimals)
    figure.update_yaxes(
        tickvals=list(rows.index),
        ticktext=[escape(places.label(str(code))) for code in rows.index],
        type="category",
        fixedrange=True, showgrid=False,
    )  # fmt: skip
    figure.update_xaxes(title=unit, rangemode="tozero", fixedrange=True)
    alt = describe(
        measure, places=places, label=label, unit=unit, decimals=decimals, kind=_("Diagram rentang")
    )
    height = max(220, 90 + _ROW_HEIGHT * len(rows))
    return finish(figure, title=title, subtitle=subtitle, alt=alt, height=height)
