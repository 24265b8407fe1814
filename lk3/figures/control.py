"""Control charts: a line of counts, the limits of chance around it, and signals marked by shape.

In: the frame of a `TrendSummary`. Positions on the axis are whole numbers with names below, so that
limits are steps as wide as their units and a new baseline begins between two of them.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from lk3.figures.plain import Figure, Trace, trace
from lk3.figures.template import ACCENT, INK, MUTED, PAPER, empty_figure, escape, finish
from lk3.indicators.signals import MONOTONE, ONE_SIDE, OUTSIDE_LIMITS, SIGNALS, TWO_OF_THREE
from lk3.indicators.trend_summary_words import usual_lines
from lk3.language import _, number

Mark = tuple[date, str]  # a day and what stands above it
SIGNAL_SYMBOLS = {
    OUTSIDE_LIMITS: ("diamond", "#b4490b"),
    ONE_SIDE: ("square", "#e08a3c"),
    TWO_OF_THREE: ("triangle-up", "#e08a3c"),
    MONOTONE: ("star", "#e08a3c"),
}
SIGNAL_SIGNS = {OUTSIDE_LIMITS: "◆", ONE_SIDE: "■", TWO_OF_THREE: "▲", MONOTONE: "★"}
BAND, EDGE, PAST = "#eaf0f6", "#9aa5b1", "#8fb0d0"
_TICKS = 7  # as many as stand side by side on a telephone
_LAST_WIDTH = 44  # pixels for the last number, right of its point
_MANY = 40  # points beyond which they are drawn smaller


def control_chart(
    frame: pd.DataFrame,
    *,
    unit: str,
    marks: Sequence[Mark] = (),
    title: str = "",
    subtitle: str = "",
    label: str = "",
    height: int = 320,
) -> Figure:
    """One series with its limits, one row of `TrendSummary.frame` per unit.

    A missing count is a gap, not zero. Units before the period looked at are drawn lighter, those
    that are not judged hollow. marks: numbered remarks, drawn over the unit of their day.
    """
    if frame.empty or frame["cases"].isna().all():
        return empty_figure(height=height)
    figure = Figure(*limit_traces(frame), *_lines(frame, label), *_signal_traces(frame))
    _label_limits(figure, frame)
    _label_last(figure, frame)
    drawn = _draw_marks(figure, frame, marks)
    figure.update_xaxes(
        showgrid=False, zeroline=False, fixedrange=True, range=[-0.6, len(frame) - 0.4],
        tickangle=0, **axis_ticks(list(frame["label"]), unit, at_most=_TICKS),
    )  # fmt: skip
    figure.update_yaxes(range=[0, top_of(frame)], title=label, fixedrange=True)
    has_legend = any(each.get("showlegend") for each in figure.traces)
    above = 8 + 24 * has_legend + 22 * drawn
    alt = describe_control(frame, label=label)
    finish(figure, title=title, subtitle=subtitle, alt=alt, height=height, above=above)
    legend = {"y": 1 + 26 / height if drawn else 1.0}
    return figure.update_layout(margin={"r": _LAST_WIDTH}, legend=legend)


def limit_traces(frame: pd.DataFrame, **axes: str) -> list[Trace]:
    """The band between the limits and the centre line of each stretch, as steps."""
    traces = []
    for _number, rows in frame[frame["upper"].notna()].groupby("segment"):
        x = np.repeat(rows.index.to_numpy(dtype="float64"), 2) + np.tile([-0.5, 0.5], len(rows))
        low, mid, high = (np.repeat(rows[c].to_numpy(), 2) for c in ("lower", "centre", "upper"))
        quiet = {"mode": "lines", "hoverinfo": "skip", "showlegend": False, **axes}
        edge = {"color": EDGE, "width": 1}
        traces += [
            trace(
                "scatter", x=[*x, *x[::-1]], y=[*high, *low[::-1]], fill="toself", fillcolor=BAND,
                line={"width": 0}, name="band", **quiet,
            ),
            trace("scatter", x=x, y=high, line=edge, name="upper", **quiet),
            trace("scatter", x=x, y=low, line=edge, name="lower", **quiet),
            trace(
                "scatter", x=x, y=mid, name="centre",
                line={"color": MUTED, "width": 1.2, "dash": "dot"}, **quiet,
            ),
        ]  # fmt: skip
    return traces


def hover_of(frame: pd.DataFrame) -> list[str]:
    """What a point says: unit, cases, limits, and why it is marked or not judged."""
    said = []
    columns = ("label", "cases", "note", "centre", "lower", "upper")
    for label, cases, note, *lines_of_it in zip(*(frame[c] for c in columns), strict=True):
        lines = [f"<b>{escape(label)}</b>", _("{n} kasus").format(n=number(cases))]
        if pd.notna(lines_of_it[2]):
            lines.append(_limits_said(*lines_of_it))
        said.append("<br>".join([*lines, escape(note)] if note else lines))
    return said


def top_of(*frames: pd.DataFrame) -> float:
    """The upper end of an axis that holds every count and limit."""
    highest = [float(frame[["cases", "upper"]].max().max()) for frame in frames]
    return max([1.0, *(value for value in highest if value == value)]) * 1.14


def axis_ticks(names: list[str], unit: str, *, at_most: int) -> dict[str, list[object]]:
    """Some of the units, evenly, in two short lines; the year only where it begins or changes."""
    step = max(-(-len(names) // at_most), 1)
    shown = list(range(0, len(names), step))
    texts, before = [], ""
    for i in shown:
        part, _blank, year = names[i].rpartition(" ")
        texts.append(names[i] if unit == "year" else f"{part}<br>{year}" * (year != before) or part)
        before = year
    return {"tickvals": list(shown), "ticktext": list(texts)}


def describe_control(frame: pd.DataFrame, *, label: str) -> str:
    """The chart in words: span, total, highest, last, limits, signals."""
    known = frame.dropna(subset=["cases"])
    top, last = known.iloc[int(known["cases"].argmax())], known.iloc[-1]
    said = _(
        "Diagram garis {label}, {first} sampai {last}: jumlah {total}, tertinggi {most} pada "
        "{when}, terakhir {latest}."
    ).format(
        label=label,
        first=known["label"].iloc[0],
        last=last["label"],
        total=number(known["cases"].sum()),
        most=number(top["cases"]),
        when=top["label"],
        latest=number(last["cases"]),
    )
    limits = _last_stretch(frame)
    if limits.empty:
        nothing = _("Tanpa batas.")
        return f"{said} {nothing}"
    marked = frame.loc[frame["signal"] != "", "label"]
    text = _("{usual}. Tanda: {units}.")
    units = ", ".join(marked) if len(marked) else _("tidak ada")
    return f"{said} {text.format(usual=_limit_words(limits).capitalize(), units=units)}"


def _lines(frame: pd.DataFrame, label: str) -> list[Trace]:
    """The whole line, lighter, and over it the part that is looked at."""
    focus, judged = frame["focus"].to_numpy(), (frame["status"] == "").to_numpy()
    style: dict[str, object] = {"showlegend": False, "connectgaps": False, "mode": "lines+markers"}
    said, traces = hover_of(frame), []
    for ink, cases in ((PAST, frame["cases"]), (ACCENT, frame["cases"].where(focus))):
        marker = {
            "size": 7 if len(frame) <= _MANY else 5,
            "color": np.where(judged, ink, PAPER),
            "line": {"color": ink, "width": 1.4},
        }
        line = {"color": ink, "width": 2.2}
        traces.append(
            trace(
                "scatter", x=frame.index, y=cases, line=line, marker=marker, name=escape(label),
                text=said, hovertemplate="%{text}<extra></extra>", **style,
            )
        )  # fmt: skip
    return traces[1:] if focus.all() else traces


def _signal_traces(frame: pd.DataFrame) -> list[Trace]:
    """A marker of its own shape for each rule; the first rule that a point meets."""
    first = frame["signal"].str.split("|").str[0]
    traces = []
    for rule, (symbol, colour) in SIGNAL_SYMBOLS.items():
        rows = frame[first == rule]
        if len(rows):
            traces.append(
                trace(
                    "scatter", x=rows.index, y=rows["cases"], mode="markers", name=_(SIGNALS[rule]),
                    showlegend=True, hoverinfo="skip",
                    marker={
                        "symbol": symbol, "size": 12, "color": colour,
                        "line": {"color": INK, "width": 1},
                    },
                )
            )  # fmt: skip
    return traces


def _label_limits(figure: Figure, frame: pd.DataFrame) -> None:
    """Mean and limits of the last stretch, above the right end of its band."""
    rows = _last_stretch(frame)
    if len(rows):
        figure.add_annotation(
            text=_limit_words(rows), x=rows.index[-1] + 0.5, y=rows["upper"].max(),
            xanchor="right", yanchor="bottom",
            font={"size": 12, "color": MUTED}, bgcolor="rgba(255,255,255,0.8)",
        )  # fmt: skip


def _last_stretch(frame: pd.DataFrame) -> pd.DataFrame:
    limits = frame.dropna(subset=["upper"])
    return limits[limits["segment"] == limits["segment"].max()]


def _limit_words(rows: pd.DataFrame) -> str:
    return _limits_said(*usual_lines(rows))


def _limits_said(*lines: float) -> str:
    """Centre, lower and upper limit in words."""
    mean, low, high = (number(value, 1) for value in lines)
    return _("rata-rata {mean}, batas {low}–{high}").format(mean=mean, low=low, high=high)


def _label_last(figure: Figure, frame: pd.DataFrame) -> None:
    known = frame["cases"].dropna()
    figure.add_annotation(
        x=known.index[-1], y=known.iloc[-1], text=f"<b>{number(known.iloc[-1])}</b>",
        xanchor="left", xshift=8, font={"color": ACCENT, "size": 13},
    )  # fmt: skip


def _draw_marks(figure: Figure, frame: pd.DataFrame, marks: Sequence[Mark]) -> bool:
    """A line down from each remark's number; those of one unit share it. Whether any was drawn."""
    at: dict[int, list[str]] = {}
    for day, text in marks:
        place = int((frame["start"] <= pd.Timestamp(day)).sum()) - 1
        if place >= 0 and _is_in_unit(frame, place, day):
            at.setdefault(place, []).append(text)
    for place, texts in at.items():
        line = {"color": INK, "width": 1, "dash": "dot"}
        figure.add_vline(x=place, line=line, layer="below")
        figure.add_annotation(
            x=place, y=1, yref="paper", text=f"<b>{escape(', '.join(texts))}</b>",
            yanchor="bottom", font={"size": 12, "color": PAPER}, bgcolor=INK, borderpad=3,
        )  # fmt: skip
    return bool(at)


def _is_in_unit(frame: pd.DataFrame, place: int, day: date) -> bool:
    """Whether a day lies in the unit at a place; the last one is as long as the one before."""
    starts = frame["start"]
    if place + 1 < len(starts):
        return True
    length = starts.iloc[-1] - starts.iloc[-2] if len(starts) > 1 else pd.Timedelta(days=31)
    return bool(pd.Timestamp(day) <= starts.iloc[-1] + length)
