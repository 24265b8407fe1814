"""Counts over time side by side: many small control charts on one scale, and two years in one.

In: frames of `TrendSummary`, or of `indicators.trend_years`. Out: Plotly figures.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from plotly.subplots import make_subplots

from lk3.figures.control import (
    PAST,
    SIGNAL_SYMBOLS,
    axis_ticks,
    hover_of,
    limit_traces,
    top_of,
)
from lk3.figures.plain import Figure, Trace, trace
from lk3.figures.template import ACCENT, INK, MUTED, empty_figure, escape, finish, wrap
from lk3.indicators.trend_units import NOT_WHOLE, unit_label
from lk3.language import _, number

__all__ = ["small_multiples", "unit_label", "year_pairs"]
_COLUMNS = 3
_PANEL_HEIGHT, _LINE = 132, 16
_LETTERS = 18  # of a panel's name in one line: as many as a third of a telephone holds
_PAIRS_SHOWN = 12


def small_multiples(
    trends: Mapping[str, pd.DataFrame],
    *,
    unit: str,
    labels: Mapping[str, str],
    title: str = "",
    subtitle: str = "",
) -> Figure:
    """A small control chart for each series, all on one scale, each with limits of its own where
    it has some. trends: frames of `TrendSummary` by key, of the same units; labels: names by key.
    """
    keys = [key for key in labels if key in trends]
    if not keys:
        return empty_figure()
    rows = -(-len(keys) // _COLUMNS)
    titles = [_panel_title(trends[key], labels[key]) for key in keys]
    above = _LINE * max(title.count("<br>") + 1 for title in titles)
    height = 70 + (_PANEL_HEIGHT + above) * rows
    gap = (above + 18) / (height - 70) if rows > 1 else 0
    figure = Figure(layout=_panels(titles, rows, gap=gap))
    for place, key in enumerate(keys, start=1):
        axes = {"xaxis": f"x{place}", "yaxis": f"y{place}"} if place > 1 else {}
        figure.add(*limit_traces(trends[key], **axes))
        figure.add(*(each | axes for each in _small_lines(trends[key], labels[key])))
    every = list(trends[keys[0]]["label"])
    figure.update_xaxes(
        showgrid=False, zeroline=False, fixedrange=True, tickfont={"size": 11}, tickangle=0,
        ticklabelstandoff=4, range=[-0.6, len(every) - 0.4], **axis_ticks(every, unit, at_most=3),
    )  # fmt: skip
    top = top_of(*(trends[key] for key in keys))
    figure.update_yaxes(range=[0, top], fixedrange=True, nticks=4)
    alt = _describe_multiples({key: trends[key] for key in keys}, labels)
    finish(figure, title=title, subtitle=subtitle, alt=alt, height=height)
    return figure.update_layout(margin={"t": above + 14 + 30 * bool(title or subtitle)})


def _panels(titles: Sequence[str], rows: int, *, gap: float) -> dict[str, Any]:
    """The layout of the panels, row by row, and the titles above them; Plotly knows where."""
    grid = make_subplots(
        rows=rows,
        cols=_COLUMNS,
        shared_xaxes=True,
        shared_yaxes=True,
        subplot_titles=titles,
        horizontal_spacing=0.03,
        vertical_spacing=gap,
    )
    grid.update_annotations(font={"size": 12, "color": INK}, yshift=2)
    layout = grid.to_plotly_json()["layout"]
    return {name: part for name, part in layout.items() if name != "template"}


def year_pairs(table: pd.DataFrame, *, unit: str, label: str = "", height: int = 280) -> Figure:
    """Each unit beside the same months a year before; what differs beyond chance is marked by a
    diamond. table: of `year_on_year`; the latest twelve units are drawn.
    """
    if table.empty:
        return empty_figure(
            _("Belum ada bulan yang sama pada tahun sebelumnya untuk dibandingkan."), height=height
        )
    rows = table.tail(_PAIRS_SHOWN).reset_index(drop=True)
    sure = rows["value"].notna() & (rows["note"] == "")
    hover = [_pair_words(row) for _i, row in rows.iterrows()]
    figure = Figure(
        trace(
            "bar",
            x=rows.index,
            y=rows["before"],
            name=_("setahun sebelumnya"),
            hoverinfo="skip",
            marker={"color": "#cdd9e5"},
        ),
        trace(
            "bar",
            x=rows.index,
            y=rows["cases"],
            name=_("periode ini"),
            marker={"color": ACCENT},
            text=hover,
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
        ),
    )
    if sure.any():
        symbol, colour = SIGNAL_SYMBOLS["outside"]
        figure.add(
            trace(
                "scatter",
                x=rows.index[sure],
                y=rows.loc[sure, ["cases", "before"]].max(axis=1) * 1.08,
                mode="markers",
                name=_("berbeda melebihi kebetulan"),
                hoverinfo="skip",
                marker={"symbol": symbol, "size": 11, "color": colour},
            )
        )
    names = list(rows["label"])
    ticks = axis_ticks(names, unit, at_most=6 if unit == "quarter" else _PAIRS_SHOWN)
    figure.update_xaxes(showgrid=False, fixedrange=True, tickangle=0, **ticks)
    figure.update_yaxes(rangemode="tozero", title=label, fixedrange=True)
    said = _("Diagram batang: kasus tiap satuan waktu di samping setahun sebelumnya. {pairs}.")
    pairs = "; ".join(
        f"{row['label']} {number(row['cases'])} / {number(row['before'])}"
        for _i, row in rows.iterrows()
    )
    finish(figure, title="", subtitle="", alt=said.format(pairs=pairs), height=height, above=24)
    return figure.update_layout(bargap=0.3, bargroupgap=0.05)


def _pair_words(row: pd.Series) -> str:
    text = _("{n} kasus, setahun sebelumnya {before}")
    said = text.format(n=number(row["cases"]), before=number(row["before"]))
    return f"<b>{escape(row['label'])}</b><br>{said}"


def _panel_title(frame: pd.DataFrame, label: str) -> str:
    """The name, and below it the limits or that there are none."""
    limits = frame.dropna(subset=["upper"])
    if limits.empty:
        said = _("tanpa batas")
    else:
        said = _("batas {low}–{high}").format(
            low=number(limits["lower"].iloc[-1], 1), high=number(limits["upper"].iloc[-1], 1)
        )
    small = f'<span style="font-size:11px;color:{MUTED}">{said}</span>'
    return f"{wrap(label, _LETTERS, lines=2)}<br>{small}"


def _small_lines(frame: pd.DataFrame, label: str) -> list[Trace]:
    name = escape(label)
    whole = frame["cases"].mask(frame["status"] == NOT_WHOLE)  # a part would look like a fall
    line = trace(
        "scatter", x=frame.index, y=whole, mode="lines", name=name, showlegend=False,
        line={"color": ACCENT if frame["upper"].notna().any() else PAST, "width": 1.6},
        text=hover_of(frame), hovertemplate="%{text}<extra>" + name + "</extra>",
    )  # fmt: skip
    first, outline = frame["signal"].str.split("|").str[0], {"color": INK, "width": 1}
    marked = [
        trace(
            "scatter", x=rows.index, y=rows["cases"], mode="markers", showlegend=False,
            hoverinfo="skip",
            marker={"symbol": symbol, "size": 8, "color": colour, "line": outline},
        )
        for rule, (symbol, colour) in SIGNAL_SYMBOLS.items()
        if len(rows := frame[first == rule])
    ]  # fmt: skip
    return [line, *marked]


def _describe_multiples(trends: Mapping[str, pd.DataFrame], labels: Mapping[str, str]) -> str:
    totals = {key: frame["cases"].sum() for key, frame in trends.items()}
    largest = sorted(totals, key=lambda key: -totals[key])[:5]
    said = ", ".join(f"{labels[key]} {number(totals[key])}" for key in largest)
    marked = [labels[key] for key, frame in trends.items() if (frame["signal"] != "").any()]
    text = _("Diagram garis kecil pada satu skala, jumlah terbanyak: {names}. Bertanda: {marked}.")
    return text.format(names=said, marked=", ".join(marked) or _("tidak ada"))
