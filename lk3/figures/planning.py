"""Need against supply, and the funnel: two ways to see whether a kelurahan stands apart."""

import numpy as np
import pandas as pd

from lk3.figures.labels import place_labels
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
_STAGGER = {"top": -16, "bottom": 16}  # pixels: names of two quarters beside each other on a phone


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
    figure = Figure(
        _need_points(
            both, need.loc[both.index, "verdict"], places, selected,
            labels=(need_label, supply_label), height=height,
        )
    )  # fmt: skip
    _draw_quarters(figure, both, (middle[0], middle[1]))
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
    height: int,
) -> Trace:
    """Each kelurahan as a named point, in the colour of its verdict."""
    need_label, supply_label = labels
    names = [places.label(str(code)) for code in both.index]
    texts, sides = place_labels(both, names, height=height, first=_row_of(selected, both))
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


def _draw_quarters(figure: Figure, both: pd.DataFrame, middle: tuple[float, float]) -> None:
    """The city's cross, the names of the quarters, and room for all of it."""
    spans = []
    for values, centre in zip((both["need"], both["supply"]), middle, strict=True):
        reach = max(float((values - centre).abs().max()), 0.1 * centre, 0.1) * 1.25
        spans.append((max(0.0, centre - reach), centre + reach))
    (left, right), (bottom, top) = spans
    figure.update_xaxes(range=[left, right], showgrid=False)
    figure.update_yaxes(range=[bottom, top], showgrid=False)
    line = {"color": INK, "width": 1.2, "dash": "dash"}
    figure.add_vline(x=middle[0], line=line)
    figure.add_hline(y=middle[1], line=line)
    figure.add_shape(
        type="rect", x0=middle[0], x1=right, y0=bottom, y1=middle[1],
        fillcolor="#fdf1e3", line={"width": 0}, layer="below",
    )  # fmt: skip
    quarters = (
        (right, bottom, "right", "bottom", _("butuh lebih, anggota kurang")),
        (right, top, "right", "top", _("butuh lebih, anggota lebih")),
        (left, bottom, "left", "bottom", _("butuh kurang, anggota kurang")),
        (left, top, "left", "top", _("butuh kurang, anggota lebih")),
    )
    for x, y, xanchor, yanchor, text in quarters:
        is_underserved = (x, y) == (right, bottom)
        figure.add_annotation(
            x=x, y=y, text=f"<b>{text}</b>" if is_underserved else f"<i>{text}</i>",
            xanchor=xanchor, yanchor=yanchor,
            yshift=_STAGGER[yanchor] if xanchor == "left" else 0,
            font={"size": 12, "color": _SHORT_INK if is_underserved else MUTED},
        )  # fmt: skip


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
    figure.add(*_funnel_points(points, places, selected))
    figure.update_xaxes(title=_("kasus yang diharapkan pada angka kota"), range=[0, far])
    figure.update_yaxes(title=label, range=[0, max(2.0, float(ratio.max()) * 1.2)], fixedrange=True)
    out = areas.index[areas["verdict"].str.contains("above|below")]
    outside = ", ".join(places.label(str(code)) for code in out) or "–"
    alt = _("Diagram corong: kasus terhadap yang diharapkan. Di luar batas 95%: {names}.").format(
        names=outside
    )
    figure.update_layout(legend={"y": -0.2, "yanchor": "top"})
    return finish(figure, title=title, subtitle=subtitle, alt=alt, height=_HEIGHT + 60)


def _funnel_points(points: pd.DataFrame, places: Places, selected: str | None) -> list[Trace]:
    """One trace per verdict. points: expected, ratio and verdict by code."""
    names = pd.Series([places.label(str(code)) for code in points.index], index=points.index)
    texts, sides = place_labels(
        points[["expected", "ratio"]],
        list(names),
        height=_HEIGHT,
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
