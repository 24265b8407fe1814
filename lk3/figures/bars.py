"""Bars: areas ranked by a measure with intervals and the city's line, and counts by category."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lk3.figures.parts import draw_city, whiskers
from lk3.figures.plain import Figure, Trace, trace
from lk3.figures.template import (
    ACCENT,
    FAINT,
    INK,
    MUTED,
    VERDICT_COLOURS,
    VERDICT_SYMBOLS,
    empty_figure,
    escape,
    finish,
    wrap,
)
from lk3.figures.words import city_value, describe, hover_texts, records, value_words
from lk3.indicators.funnel import verdict_label
from lk3.indicators.measure import SUPPRESSED
from lk3.language import _, number
from lk3.places import OUTSIDE, Places
from lk3.vocabulary import UNKNOWN

APART = (UNKNOWN, OUTSIDE)
_ROW_HEIGHT, _LEAST_HEIGHT = 25, 220
_APART_COLOUR = "#8793a0"
_CITY_HEIGHT, _VALUE_WIDTH = 18, 64  # pixels for the city's name above, for the values beside
_FIGURE_SPACE = "\u2007"  # as wide as a digit: numbers of a column stand one under another


def ranked_bars(
    measure: pd.DataFrame,
    *,
    places: Places,
    label: str,
    unit: str,
    decimals: int = 1,
    title: str = "",
    subtitle: str = "",
    city_label: str | None = None,
    height: int | None = None,
    codes: Sequence[str] | None = None,
) -> Figure:
    """Kelurahan by value, the largest on top, with their intervals; unknown and outside below them
    and apart. With `city_label` a line stands at the city's value. codes: the areas to show, in
    this order from the top, where there are too many for all. A click gives `customdata`.
    """
    if codes is None:
        every = [code for code in places.codes if code in measure.index]
        rows = measure.loc[every].sort_values("value", na_position="first", kind="stable")
    else:
        rows = measure.loc[[*reversed(codes)]]
    apart = measure.loc[[c for c in reversed(APART) if c in measure.index]]
    apart = apart[(apart["value"].fillna(0) != 0) | apart["note"].str.contains(SUPPRESSED)]
    shown = pd.concat([apart, rows])
    if rows["value"].isna().all() and not (rows["note"] != "").any():
        return empty_figure()
    names = {str(code): places.label(str(code)) for code in shown.index}
    figure = Figure(_bar(shown, places, label=label, unit=unit, decimals=decimals))
    _write_values(figure, shown, decimals=decimals)
    if city_label is not None:
        draw_city(figure, city_value(measure), city_label, decimals)
    _add_verdict_legend(figure, rows)
    if len(apart):
        figure.add_hline(y=len(apart) - 0.5, line={"color": FAINT, "width": 1.5})
    figure.update_yaxes(
        tickvals=list(shown.index), ticktext=[escape(names[str(code)]) for code in shown.index],
        showgrid=False, fixedrange=True, type="category",
    )  # fmt: skip
    figure.update_xaxes(title=unit, rangemode="tozero", fixedrange=True)
    tall = height or max(_LEAST_HEIGHT, 96 + _ROW_HEIGHT * len(shown))
    below = {"y": -58 / (tall - 96), "yanchor": "top", "font": {"size": 12}}
    figure.update_layout(bargap=0.28, uirevision="bars", legend=below)
    alt = describe(
        measure, places=places, label=label, unit=unit, decimals=decimals, kind=_("Diagram batang")
    )
    finish(figure, title=title, subtitle=subtitle, alt=alt, height=tall, above=_CITY_HEIGHT)
    return figure.update_layout(margin={"r": _VALUE_WIDTH})


def _bar(shown: pd.DataFrame, places: Places, *, label: str, unit: str, decimals: int) -> Trace:
    apart = shown.index.isin(APART)
    colours = [
        _APART_COLOUR if other else VERDICT_COLOURS[verdict]
        for verdict, other in zip(shown["verdict"], apart, strict=True)
    ]
    return trace(
        "bar", x=shown["value"],
        y=list(shown.index),
        orientation="h",
        marker={
            "color": colours,
            "pattern": {"shape": ["/" if other else "" for other in apart], "size": 6},
            "line": {"width": 0},
        },
        error_x=whiskers(shown, color=MUTED, thickness=1.3, width=3),
        customdata=list(shown.index),
        hovertext=hover_texts(shown, places=places, label=label, unit=unit, decimals=decimals),
        hovertemplate="%{hovertext}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
    )  # fmt: skip


def _write_values(figure: Figure, shown: pd.DataFrame, *, decimals: int) -> None:
    """The values in a column at the right edge, where neither whisker nor line crosses them; in
    the place of a bar the reason why there is none.
    """
    low = float(shown[["value", "lower"]].min(axis=1).fillna(0).clip(upper=0).min())
    far = _far(shown[["value", "upper"]].max(axis=1).fillna(0))
    missing = shown["value"].isna()
    figure.add(
        trace(
            "scatter",
            x=np.where(missing, max(low, 0), far),
            y=list(shown.index),
            mode="text",
            text=_value_texts(shown, decimals=decimals),
            textposition="middle right",
            textfont={"size": 12, "color": np.where(missing, MUTED, INK)},
            customdata=list(shown.index),
            hoverinfo="skip",
            unselected={"textfont": {"color": INK}},
            showlegend=False,
            cliponaxis=False,
        )
    )
    figure.update_xaxes(range=[low, far])


def _value_texts(shown: pd.DataFrame, *, decimals: int) -> list[str]:
    said = [value_words(row, decimals=decimals) for _code, row in records(shown)]
    width = max(
        (len(s) for s, v in zip(said, shown["value"], strict=True) if pd.notna(v)), default=0
    )
    return [
        f" {text.rjust(width, _FIGURE_SPACE)} {VERDICT_SYMBOLS[verdict]}".rstrip()
        for text, verdict in zip(said, shown["verdict"], strict=True)
    ]


def _far(ends: pd.Series) -> float:
    longest = float(ends.max()) if len(ends) else 0.0
    return longest * 1.02 if longest > 0 else 1.0


def _add_verdict_legend(figure: Figure, rows: pd.DataFrame) -> None:
    for verdict in VERDICT_COLOURS:
        if verdict and (rows["verdict"] == verdict).any():
            name = f"{VERDICT_SYMBOLS[verdict]} {verdict_label(verdict)}"
            marker = {"symbol": "square", "size": 11, "color": VERDICT_COLOURS[verdict]}
            figure.add(
                trace(
                    "scatter",
                    x=[None],
                    y=[None],
                    mode="markers",
                    name=name,
                    marker=marker,
                    hoverinfo="skip",
                )
            )


def category_bars(
    frame: pd.DataFrame,
    *,
    category: str,
    value: str = "cases",
    labels: Mapping[str, str],
    title: str = "",
    subtitle: str = "",
    unit: str = "",
) -> Figure:
    """Counts by category, the largest on top; every category of the frame has its bar.

    frame: [category, value]; a value that is hidden is NaN and said to be so.
    """
    if frame.empty:
        return empty_figure()
    rows = frame.sort_values(value, ascending=True, na_position="first")
    names = [labels.get(key, _("Tidak diketahui")) for key in rows[category]]
    said = [_("disembunyikan") if pd.isna(n) else number(n) for n in rows[value]]
    figure = Figure(
        trace(
            "bar",
            x=rows[value],
            y=list(rows[category]),
            orientation="h",
            marker={"color": ACCENT},
            text=said,
            textposition="outside",
            cliponaxis=False,
            hovertext=[escape(name) for name in names],
            hovertemplate="%{hovertext}: %{text}<extra></extra>",
            showlegend=False,
        )
    )
    _say_hidden(figure, rows.loc[rows[value].isna(), category])
    figure.update_yaxes(
        tickvals=list(rows[category]),
        ticktext=[wrap(name, 28, lines=2) for name in names],
        type="category",
        showgrid=False,
        fixedrange=True,
    )
    figure.update_xaxes(
        title=unit,
        rangemode="tozero",
        fixedrange=True,
        range=[0, 1.15 * _far(rows[value].fillna(0))],
    )
    top = ", ".join(f"{n} {s}" for n, s in list(zip(names, said, strict=True))[::-1][:5])
    alt = _("Diagram batang {unit} menurut kategori: {top}.").format(unit=unit, top=top)
    height = max(_LEAST_HEIGHT, 90 + _ROW_HEIGHT * len(rows))
    figure.update_layout(bargap=0.3)
    return finish(figure, title=title, subtitle=subtitle, alt=alt, height=height)


def _say_hidden(figure: Figure, categories: pd.Series) -> None:
    """The word in the place of each bar that is hidden: Plotly writes none without a bar."""
    if len(categories):
        figure.add(
            trace(
                "scatter",
                x=[0] * len(categories),
                y=list(categories),
                mode="text",
                text=[f" {_('disembunyikan')}"] * len(categories),
                textposition="middle right",
                textfont={"color": MUTED},
                hoverinfo="skip",
                showlegend=False,
                cliponaxis=False,
            )
        )
