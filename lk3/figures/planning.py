"""Need against supply, and the funnel: two ways to see whether a kelurahan stands apart."""

import numpy as np
import pandas as pd

from lk3.figures.labels import AROUND, WIDE, Box, Range, place_labels
from lk3.figures.plain import Figure, Trace, trace
from lk3.figures.template import (
    FAINT,
    INK,
    MUTED,
    SELECTED,
    VERDICT_COLOURS,
    VERDICT_SYMBOLS,
    empty_figure,
    escape,
    finish,
)
from lk3.figures.words import city_value, why_empty
from lk3.indicators.funnel import ALARM, EXPECTED_AT_LEAST, WARNING, verdict_label
from lk3.indicators.intervals import poisson
from lk3.language import _, number
from lk3.places import Places

_HEIGHT = 420
_SHORT_INK = "#8a3a06"
_CAPTION = 36  # pixels: the two lines that name a quarter


def need_against_supply(
    need: pd.DataFrame,
    supply: pd.DataFrame,
    *,
    places: Places,
    need_label: str,
    supply_label: str,
    selected: str | None = None,
    title: str = "",
    subtitle: str = "",
    height: int = _HEIGHT,
) -> Figure:
    """Each kelurahan by need (across) and supply (up), with the city's values as a cross that makes
    four named quarters. need, supply: released measures. A click gives the code as `customdata`.
    """
    both = pd.DataFrame({"need": need["value"], "supply": supply["value"]}).loc[places.codes]
    both = both.dropna()
    middle = city_value(need), city_value(supply)
    if both.empty or middle[0] is None or middle[1] is None:
        return empty_figure(why_empty(need), height=height)
    centre = middle[0], middle[1]
    ranges = _ranges(both, centre, height=height)
    figure = Figure(
        _need_points(
            both, need.loc[both.index, "verdict"], places, selected,
            labels=(need_label, supply_label), ranges=ranges, height=height,
        )
    )  # fmt: skip
    _draw_quarters(figure, centre, ranges)
    figure.update_xaxes(title=need_label, fixedrange=True)
    figure.update_yaxes(title=supply_label, fixedrange=True)
    worse = both[(both["need"] > middle[0]) & (both["supply"] < middle[1])]
    said = ", ".join(places.label(str(code)) for code in worse.index) or "–"
    alt = _(
        "Diagram pencar {need} terhadap {supply}. Kebutuhan di atas dan anggota di bawah kota: "
        "{names}."
    ).format(need=need_label, supply=supply_label, names=said)
    return finish(figure, title=title, subtitle=subtitle, alt=alt, height=height)


def _need_points(
    both: pd.DataFrame,
    verdicts: pd.Series,
    places: Places,
    selected: str | None,
    *,
    labels: tuple[str, str],
    ranges: tuple[Range, Range],
    height: int,
) -> Trace:
    """Each kelurahan as a named point, in the colour of its verdict."""
    need_label, supply_label = labels
    names = [places.label(str(code)) for code in both.index]
    texts, sides = place_labels(
        both, names, ranges=ranges, height=height,
        first=_row_of(selected, both), captions=_caption_boxes(height),
    )  # fmt: skip
    return trace(
        "scatter",
        x=both["need"],
        y=both["supply"],
        mode="markers+text",
        text=[escape(text) for text in texts],
        textposition=sides,
        textfont={"size": 11, "color": INK},
        marker={
            "size": [17 if code == selected else 12 for code in both.index],
            "color": [VERDICT_COLOURS[verdict] for verdict in verdicts],
            "line": {
                "color": [SELECTED if code == selected else MUTED for code in both.index],
                "width": [3 if code == selected else 1 for code in both.index],
            },
        },
        customdata=list(both.index),
        hovertext=[
            f"<b>{escape(name)}</b><br>{need_label}: {number(row['need'], 1)}<br>"
            f"{supply_label}: {number(row['supply'], 1)}"
            for name, (_code, row) in zip(names, both.iterrows(), strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
        cliponaxis=False,
    )


def _row_of(code: str | None, rows: pd.DataFrame) -> int | None:
    return list(rows.index).index(code) if code in rows.index else None


def _ranges(both: pd.DataFrame, centre: tuple[float, float], *, height: int) -> tuple[Range, Range]:
    """Of the two axes: the city about in the middle, and above and below all points as much room as
    the names of the quarters need.
    """
    room = (_CAPTION + 10) / (height - AROUND)
    (left, right), (bottom, top) = (
        _range(both[name], middle, room=room)
        for name, middle in zip(("need", "supply"), centre, strict=True)
    )
    lowest = float(both["supply"].min())
    return (left, right), (min(bottom, lowest - (top - lowest) * room / (1 - room)), top)


def _range(values: pd.Series, middle: float, *, room: float) -> Range:
    reach = max(float((values - middle).abs().max()), 0.1 * middle, 0.1) / (1 - 2 * room)
    return max(0.0, middle - reach), middle + reach


def _draw_quarters(
    figure: Figure, centre: tuple[float, float], ranges: tuple[Range, Range]
) -> None:
    """The city's cross and the names of the quarters."""
    (left, right), (bottom, top) = ranges
    figure.update_xaxes(range=[left, right], showgrid=False)
    figure.update_yaxes(range=[bottom, top], showgrid=False, nticks=6)
    line = {"color": INK, "width": 1.2, "dash": "dash"}
    figure.add_vline(x=centre[0], line=line)
    figure.add_hline(y=centre[1], line=line)
    figure.add_shape(
        type="rect", x0=centre[0], x1=right, y0=bottom, y1=centre[1],
        fillcolor="#fdf1e3", line={"width": 0}, layer="below",
    )  # fmt: skip
    for across, up, lines in _quarters():
        text = "<br>".join(lines)
        is_underserved = (across, up) == ("right", "bottom")
        figure.add_annotation(
            x=right if across == "right" else left, y=top if up == "top" else bottom,
            text=f"<b>{text}</b>" if is_underserved else f"<i>{text}</i>",
            xanchor=across, yanchor=up, align=across,
            font={"size": 12, "color": _SHORT_INK if is_underserved else MUTED},
        )  # fmt: skip


def _quarters() -> list[tuple[str, str, list[str]]]:
    """The corner of each quarter and its name in two lines, which find room beside each other."""
    named = (
        ("right", "bottom", _("butuh lebih, anggota kurang")),
        ("right", "top", _("butuh lebih, anggota lebih")),
        ("left", "bottom", _("butuh kurang, anggota kurang")),
        ("left", "top", _("butuh kurang, anggota lebih")),
    )
    return [(across, up, text.replace(", ", ",\n").split("\n")) for across, up, text in named]


def _caption_boxes(height: int) -> list[Box]:
    """Where the names of the quarters stand, in pixels from the bottom left of the plot."""
    boxes: list[Box] = []
    for across, up, lines in _quarters():
        width = 7 * max(len(line) for line in lines)
        left = 0 if across == "left" else WIDE - width
        bottom = 0 if up == "bottom" else height - AROUND - _CAPTION
        boxes.append((left, bottom, left + width, bottom + _CAPTION))
    return boxes


def funnel_plot(
    rate: pd.DataFrame,
    *,
    places: Places,
    label: str,
    selected: str | None = None,
    title: str = "",
    subtitle: str = "",
) -> Figure:
    """Cases against the cases expected at the city's rate, as a ratio, between the limits that
    chance gives. rate: the released case rate (n: cases, denominator: person-years).
    """
    city = rate.loc["city"]
    areas = rate.loc[places.codes].dropna(subset=["value", "n"])
    if areas.empty or not city["n"] > 0:
        return empty_figure(why_empty(rate), height=_HEIGHT)
    expected = areas["denominator"] * city["n"] / city["denominator"]
    if not expected.max() >= EXPECTED_AT_LEAST:
        few = _("Setiap kelurahan diharapkan kurang dari {n} kasus: terlalu sedikit untuk dinilai.")
        return empty_figure(few.format(n=number(EXPECTED_AT_LEAST)), height=_HEIGHT)
    ratio = areas["n"] / expected
    figure = Figure()
    far = float(expected.max()) * 1.15
    for confidence, dash in ((ALARM, "dot"), (WARNING, "dash")):
        _draw_limits(figure, far, confidence=confidence, dash=dash)
    figure.add_hline(y=1, line={"color": INK, "width": 1.2})
    points = areas.assign(expected=expected, ratio=ratio)
    ranges = (0.0, far), (0.0, max(2.0, float(ratio.max()) * 1.2))
    figure.add(*_funnel_points(points, places, selected, ranges=ranges))
    figure.update_xaxes(title=_("kasus yang diharapkan pada angka kota"), range=ranges[0])
    figure.update_yaxes(title=label, range=ranges[1], fixedrange=True)
    out = areas.index[areas["verdict"].str.contains("above|below")]
    outside = ", ".join(places.label(str(code)) for code in out) or "–"
    alt = _("Diagram corong: kasus terhadap yang diharapkan. Di luar batas 95%: {names}.").format(
        names=outside
    )
    figure.update_layout(legend={"y": -0.2, "yanchor": "top"})
    return finish(figure, title=title, subtitle=subtitle, alt=alt, height=_HEIGHT + 60)


def _funnel_points(
    points: pd.DataFrame,
    places: Places,
    selected: str | None,
    *,
    ranges: tuple[Range, Range],
) -> list[Trace]:
    """One trace per verdict. points: expected, ratio and verdict by code."""
    names = pd.Series([places.label(str(code)) for code in points.index], index=points.index)
    texts, sides = place_labels(
        points[["expected", "ratio"]],
        list(names),
        ranges=ranges,
        height=_HEIGHT - 60,  # the legend has grown
        first=_row_of(selected, points),
    )
    shown = points.assign(name=names, text=texts, side=sides)
    return [
        trace(
            "scatter",
            x=part["expected"],
            y=part["ratio"],
            mode="markers+text",
            name=f"{VERDICT_SYMBOLS[str(verdict)]} {verdict_label(str(verdict))}",
            text=[escape(text) for text in part["text"]],
            textposition=list(part["side"]),
            textfont={"size": 11, "color": INK},
            marker={
                "size": [16 if code == selected else 11 for code in part.index],
                "color": VERDICT_COLOURS[str(verdict)],
                "line": {"color": MUTED, "width": 1},
            },
            customdata=list(part.index),
            hovertext=[escape(name) for name in part["name"]],
            hovertemplate="%{hovertext}: "
            + _("diharapkan %{x:.1f}, perbandingan %{y:.2f}")
            + "<extra></extra>",
        )
        for verdict, part in shown.groupby("verdict", sort=False)
    ]


def _draw_limits(figure: Figure, far: float, *, confidence: float, dash: str) -> None:
    """The limits O/U and O/L of the funnel, from the expected count at which each is reached."""
    observed = np.arange(0, int(far * 3) + 12, dtype="float64")
    lower, upper = poisson(observed, confidence=confidence)
    for bound, shown in ((upper, True), (lower, False)):
        known = bound > 0
        figure.add(
            trace(
                "scatter",
                x=bound[known],
                y=observed[known] / bound[known],
                mode="lines",
                line={"color": MUTED if dash == "dash" else FAINT, "width": 1.4, "dash": dash},
                name=_("batas {confidence}").format(confidence=f"{number(100 * confidence, 1)}%"),
                showlegend=shown,
                hoverinfo="skip",
            )
        )
