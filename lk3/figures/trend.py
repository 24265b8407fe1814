"""Counts over time: one line with its limits, or many small ones on one scale."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from lk3 import language
from lk3.counts.period import quarter_label
from lk3.figures.template import ACCENT, INK, MUTED, PAPER, empty_figure, escape, finish, wrap
from lk3.language import _, number

Limits = tuple[float, float, float]
_COLUMNS = 3
_PANEL_HEIGHT = 118
_TICKS = 7  # as many as stand side by side on a telephone
_LAST_WIDTH = 44  # pixels for the last number, right of its point


def trend_lines(
    counts: pd.DataFrame,
    *,
    unit: str,
    value: str = "cases",
    comparison: pd.DataFrame | None = None,
    limits: Limits | None = None,
    title: str = "",
    subtitle: str = "",
    label: str = "",
    height: int = 300,
    is_last_unfinished: bool = False,
) -> go.Figure:
    """One series over months, quarters or years.

    counts: [unit, value], one row per unit; a missing value is a gap, not zero. comparison: an
    earlier series of the same form, laid under it position by position. limits: lower, mean and
    upper line. is_last_unfinished: the last unit is still running, so its low point is no fall.
    """
    if counts.empty or counts[value].isna().all():
        return empty_figure(height=height)
    names = [unit_label(when, unit) for when in counts[unit]]
    figure = go.Figure()
    if limits is not None:
        _draw_limits(figure, limits)
    if comparison is not None and not comparison.empty:
        _draw_comparison(figure, comparison, names, unit=unit, value=value)
    line = _line(names, counts[value], label=label, is_last_unfinished=is_last_unfinished)
    figure.add_trace(line.update(showlegend=comparison is not None))
    _label_last(figure, names, counts[value], is_unfinished=is_last_unfinished)
    figure.update_xaxes(
        type="category", showgrid=False, fixedrange=True, range=[-0.4, len(names) - 0.6],
        tickangle=0, **_ticks(names, unit, at_most=_TICKS),
    )  # fmt: skip
    figure.update_yaxes(rangemode="tozero", title=label, fixedrange=True)
    alt = _describe(counts, names, value=value, label=label)
    above = 26 if comparison is not None else 6
    finish(figure, title=title, subtitle=subtitle, alt=alt, height=height, above=above)
    return figure.update_layout(margin_r=_LAST_WIDTH + 24 * is_last_unfinished)


def small_multiples(
    counts: pd.DataFrame,
    *,
    unit: str,
    by: str,
    labels: Mapping[str, str],
    value: str = "cases",
    title: str = "",
    subtitle: str = "",
) -> go.Figure:
    """A small line for each value of `by`, all on one scale. counts: [unit, by, value]."""
    keys = [key for key in labels if (counts[by] == key).any()]
    if not keys:
        return empty_figure()
    rows = -(-len(keys) // _COLUMNS)
    figure = make_subplots(
        rows=rows,
        cols=_COLUMNS,
        shared_xaxes=True,
        shared_yaxes=True,
        subplot_titles=[wrap(labels[key], 30, lines=1) for key in keys],
        horizontal_spacing=0.03,
        vertical_spacing=min(0.12, 0.4 / max(rows, 1)),
    )
    for place, key in enumerate(keys):
        part = counts[counts[by] == key]
        names = [unit_label(when, unit) for when in part[unit]]
        row, column = divmod(place, _COLUMNS)
        line = _small_line(names, part[value], label=escape(labels[key]))
        figure.add_trace(line, row=row + 1, col=column + 1)
    every = [unit_label(when, unit) for when in counts[unit].drop_duplicates().sort_values()]
    figure.update_xaxes(
        type="category", showgrid=False, fixedrange=True, tickfont_size=11, tickangle=0,
        ticklabelstandoff=4,
        categoryorder="array", categoryarray=every, **_ticks(every, unit, at_most=3),
    )  # fmt: skip
    figure.update_yaxes(
        range=[0, max(1.0, float(counts[value].max())) * 1.08], fixedrange=True, nticks=4
    )
    figure.update_annotations(font={"size": 12, "color": INK})
    alt = _describe_multiples(counts, by, labels, value)
    height = 90 + _PANEL_HEIGHT * rows
    finish(figure, title=title, subtitle=subtitle, alt=alt, height=height)
    return figure.update_layout(margin_t=40 + 30 * bool(title or subtitle))


def _line(
    names: list[str], values: pd.Series, *, label: str, is_last_unfinished: bool
) -> go.Scatter:
    last = PAPER if is_last_unfinished else ACCENT
    return go.Scatter(
        x=names,
        y=values,
        mode="lines+markers",
        name=escape(label),
        line={"color": ACCENT, "width": 2.2},
        marker={
            "size": 7,
            "color": [ACCENT] * (len(names) - 1) + [last],
            "line": {"color": ACCENT, "width": 1.5},
        },
        connectgaps=False,
        hovertemplate="%{x}: %{y}<extra></extra>",
    )


def _small_line(names: list[str], values: pd.Series, *, label: str) -> go.Scatter:
    return go.Scatter(
        x=names,
        y=values,
        mode="lines",
        name=label,
        line={"color": ACCENT, "width": 1.6},
        hovertemplate="%{x}: %{y}<extra>" + label + "</extra>",
        showlegend=False,
    )


def unit_label(when: pd.Timestamp | int, unit: str) -> str:
    """The name of a month, quarter or year for an axis."""
    if unit == "year":
        return str(int(when))
    moment = pd.Timestamp(when)
    return language.month(moment) if unit == "month" else quarter_label(moment, short=True)


def _ticks(names: list[str], unit: str, *, at_most: int) -> dict[str, list[str]]:
    """Some of the units, evenly, in two short lines; the year only where it begins or changes."""
    step = -(-len(names) // at_most)
    shown = list(range(0, len(names), step))
    if unit == "year":
        return {"tickvals": [names[i] for i in shown], "ticktext": [names[i] for i in shown]}
    texts, before = [], ""
    for i in shown:
        part, _blank, year = names[i].rpartition(" ")
        texts.append(f"{part}<br>{year}" if year != before else part)
        before = year
    return {"tickvals": [names[i] for i in shown], "ticktext": texts}


def _draw_limits(figure: go.Figure, limits: Limits) -> None:
    low, mean, high = limits
    figure.add_hrect(y0=max(low, 0), y1=high, fillcolor="#eef2f6", line_width=0, layer="below")
    figure.add_hline(y=mean, line={"color": MUTED, "width": 1.2, "dash": "dot"}, layer="below")
    said = _("rata-rata {mean}, batas {low}–{high}").format(
        mean=number(mean, 1), low=number(max(low, 0), 1), high=number(high, 1)
    )
    figure.add_annotation(
        text=said, x=0.01, xref="paper", y=high, xanchor="left", yanchor="bottom", showarrow=False,
        font={"size": 12, "color": MUTED},
    )  # fmt: skip


def _draw_comparison(
    figure: go.Figure, comparison: pd.DataFrame, names: list[str], *, unit: str, value: str
) -> None:
    size = min(len(names), len(comparison))
    figure.add_trace(
        go.Scatter(
            x=names[:size],
            y=comparison[value].iloc[:size],
            mode="lines",
            name=_("periode sebelumnya"),
            line={"color": "#9aa5b1", "width": 1.8, "dash": "dash"},
            text=[unit_label(when, unit) for when in comparison[unit].iloc[:size]],
            hovertemplate="%{text}: %{y}<extra></extra>",
        )
    )


def _label_last(
    figure: go.Figure, names: list[str], values: pd.Series, *, is_unfinished: bool
) -> None:
    known = values.reset_index(drop=True).dropna()
    place = int(known.index[-1])
    said = f"<b>{number(known.iloc[-1])}</b>"
    if is_unfinished:
        said = "<br>".join((said, _("berjalan")))
    figure.add_annotation(
        x=names[place], y=float(known.iloc[-1]), text=said, showarrow=False, xanchor="left",
        xshift=7, align="left", font={"color": ACCENT, "size": 13},
    )  # fmt: skip


def _describe(counts: pd.DataFrame, names: list[str], *, value: str, label: str) -> str:
    known = counts.assign(name=names).dropna(subset=[value])
    top, last = known.iloc[int(known[value].argmax())], known.iloc[-1]
    return _(
        "Diagram garis {label}, {first} sampai {last}: jumlah {total}, tertinggi {most} pada "
        "{when}, terakhir {latest}."
    ).format(
        label=label,
        first=known["name"].iloc[0],
        last=last["name"],
        total=number(known[value].sum()),
        most=number(top[value]),
        when=top["name"],
        latest=number(last[value]),
    )


def _describe_multiples(
    counts: pd.DataFrame, by: str, labels: Mapping[str, str], value: str
) -> str:
    totals = counts.groupby(by)[value].sum().sort_values(ascending=False)
    named = totals[totals.index.isin(labels)].rename(labels)
    said = ", ".join(f"{name} {number(total)}" for name, total in named.head(5).items())
    return _("Diagram garis kecil pada satu skala, jumlah terbanyak: {names}.").format(names=said)
