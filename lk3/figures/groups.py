"""The ranked list as a figure: shortfall with its interval, and bands of kelurahan that cannot be
told apart, so that nobody reads fifteen places where the data give three groups.
"""

import pandas as pd

from lk3.figures.parts import whiskers
from lk3.figures.plain import Figure, Trace, trace
from lk3.figures.template import (
    INK,
    MUTED,
    SELECTED,
    VERDICT_COLOURS,
    empty_figure,
    escape,
    finish,
)
from lk3.figures.words import hover_texts, why_empty
from lk3.indicators.underserved import ENOUGH, MAYBE, NO_MEMBER, UNDERSERVED, UNJUDGED
from lk3.language import _, ngettext, number
from lk3.places import Places

STATE_COLOURS = {
    NO_MEMBER: "#6a3d00",
    UNDERSERVED: VERDICT_COLOURS["strongly_above"],
    MAYBE: VERDICT_COLOURS["above"],
    ENOUGH: "#7b8794",
    UNJUDGED: "#7b8794",
    "": "#7b8794",
}
STATE_SHAPES = {
    NO_MEMBER: "x",
    UNDERSERVED: "triangle-up",
    MAYBE: "triangle-up-open",
    ENOUGH: "circle",
    UNJUDGED: "circle-open",
    "": "circle-open",
}
STATE_SIGNS = {NO_MEMBER: "✕", UNDERSERVED: "▲", MAYBE: "△", ENOUGH: "●", UNJUDGED: "○", "": ""}
_BANDS = ("#eef3f8", "#ffffff")
# Pixels: a row; the scale below and the margin above; values and names of groups at the right.
_ROW, _AROUND, _TOP, _VALUES = 15, 44, 18, 96


def ranked_groups(
    measure: pd.DataFrame,
    *,
    groups: pd.Series,
    states: pd.Series,
    places: Places,
    label: str,
    unit: str,
    decimals: int = 1,
    selected: str | None = None,
    row_height: int = _ROW,
) -> Figure:
    """Kelurahan by a released measure, the largest on top, in bands by their group.

    groups: number of the group by code (1: the first); states: key of `planning_words.STATES` by
    code, shown by STATE_SHAPES (whoever shows the figure names them, by STATE_SIGNS). A click gives
    the code as `customdata`.
    """
    rows = measure.loc[[c for c in places.codes if c in measure.index]].dropna(subset=["value"])
    if rows.empty:
        return empty_figure(why_empty(measure))
    rows = rows.sort_values("value", kind="stable")
    figure = Figure(_dots(rows, states, places, selected, words=(label, unit, decimals)))
    _draw_bands(figure, groups.reindex(rows.index))
    _write_values(figure, rows, decimals=decimals)
    names = {str(code): escape(places.label(str(code))) for code in rows.index}
    figure.update_yaxes(
        type="category", showgrid=False, fixedrange=True, tickvals=list(rows.index),
        ticktext=[f"<b>{n}</b>" if c == selected else n for c, n in names.items()],
        range=[-0.5, len(rows) - 0.5], tickfont={"size": 12},
    )  # fmt: skip
    figure.update_xaxes(fixedrange=True, zeroline=True, zerolinecolor=INK, rangemode="tozero")
    figure.add_annotation(
        x=0, y=1, yref="paper", yanchor="bottom", text=_("setara kota"),
        font={"size": 11, "color": MUTED}, borderpad=0,
    )  # fmt: skip
    height = _AROUND + row_height * len(rows)
    # Under 64 pixels of rows Plotly would otherwise take them from the margins.
    figure.update_layout(uirevision="groups", minreducedheight=row_height)
    finish(
        figure, title="", subtitle="", height=height,
        alt=_describe(rows, groups, places, label=label, unit=unit, decimals=decimals),
    )  # fmt: skip
    return figure.update_layout(margin={"r": _VALUES, "t": _TOP})


def _dots(
    rows: pd.DataFrame,
    states: pd.Series,
    places: Places,
    selected: str | None,
    *,
    words: tuple[str, str, int],
) -> Trace:
    label, unit, decimals = words
    kinds = [str(states.get(code, "")) for code in rows.index]
    chosen = [code == selected for code in rows.index]
    return trace(
        "scatter",
        x=rows["value"],
        y=list(rows.index),
        mode="markers",
        marker={
            "symbol": [STATE_SHAPES[kind] for kind in kinds],
            "size": [14 if each else 10 for each in chosen],
            "color": [STATE_COLOURS[kind] for kind in kinds],
            "line": {"color": SELECTED, "width": [2.5 if each else 1.5 for each in chosen]},
            "opacity": 1,
        },
        error_x=whiskers(rows, color="#9aa5b1", thickness=2, width=0),
        customdata=list(rows.index),
        hovertext=hover_texts(rows, places=places, label=label, unit=unit, decimals=decimals),
        hovertemplate="%{hovertext}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
    )


def _draw_bands(figure: Figure, groups: pd.Series) -> None:
    """A band behind each group, its number at its top right."""
    rows = pd.Series(range(len(groups)), index=groups.index)
    for place, (group, part) in enumerate(rows.groupby(groups)):
        at = [int(row) for row in part]
        figure.add_shape(
            type="rect", xref="paper", x0=0, x1=1, y0=min(at) - 0.5, y1=max(at) + 0.5,
            fillcolor=_BANDS[place % 2], line={"width": 0}, layer="below",
        )  # fmt: skip
        figure.add_annotation(
            text=_("kelompok {n}").format(n=number(float(str(group)))),
            xref="paper", x=1, xanchor="left", xshift=34, y=max(at), yanchor="middle",
            font={"size": 11, "color": MUTED},
        )  # fmt: skip


def _write_values(figure: Figure, rows: pd.DataFrame, *, decimals: int) -> None:
    """By the place of the row: Plotly would read the code "98.01" as a place far above."""
    for row, value in enumerate(rows["value"]):
        figure.add_annotation(
            text=number(value, decimals), xref="paper", x=1, xanchor="right",
            xshift=32, y=row, yanchor="middle", font={"size": 12, "color": INK},
        )  # fmt: skip


def _describe(
    rows: pd.DataFrame, groups: pd.Series, places: Places, *, label: str, unit: str, decimals: int
) -> str:
    said = [
        f"{places.label(str(code))} {number(value, decimals)}"
        for code, value in rows["value"].iloc[::-1].items()
    ]
    count = int(groups.reindex(rows.index).nunique())
    text = ngettext(
        "Daftar {label} ({unit}) dalam {n} kelompok: {names}.",
        "Daftar {label} ({unit}) dalam {n} kelompok: {names}.",
        count,
    )
    return text.format(label=label, unit=unit, n=number(count), names=", ".join(said))
