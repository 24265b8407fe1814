"""Spine chart: one area beside its kecamatan and the city, each indicator on a scale of its own.

A table in which the last column is drawn: the city is the line in the middle, the bar reaches from
the lowest kelurahan to the highest, its dark part holds the middle half of them. Plain HTML without
SVG, which Streamlit takes out: a screen reader reads the numbers, a printer draws any width.
"""

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from lk3.figures.template import INK, MUTED, VERDICT_COLOURS
from lk3.language import _

_BAR, _HALF, _EDGE = "#e3e9f0", "#b9c6d4", 3  # percent that stay free at both ends
SAID = {"area": "said", "kecamatan": "kecamatan_said", "city": "city_said"}  # columns in words
NUMBERS = ("value", "lower", "upper", "kecamatan", "city", "min", "q25", "q75", "max")


def spine_chart(frame: pd.DataFrame, *, names: Mapping[str, str]) -> str:
    """HTML of the chart.

    frame, one row per indicator: NUMBERS and verdict of `indicators.spine.measure_spine` (an
    interval that is not to be drawn is NaN), and label, said, kecamatan_said, city_said: its name
    and its numbers in words. names: what the columns area, kecamatan and city are called; without
    kecamatan there is none.
    """
    shown = [each for each in SAID if each in names]
    head = "".join(
        f'<th scope="col">{escape(text)}</th>'
        for text in (_("Indikator"), *(names[each] for each in shown))
    )
    rows = "".join(_row(row, shown) for _place, row in frame.iterrows())
    return (
        f'<table class="spine"><thead><tr>{head}<th scope="col">{_head()}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>{_legend(names)}"
    )


def place_on_spine(value: float, row: pd.Series) -> float:
    """Where a value stands, in percent of the width: the city at 50, the kelurahan that is farthest
    from it at an end. Values beyond (ends of intervals) stand at the end; NaN stays NaN.
    """
    ends = row[["min", "max", "value", "kecamatan"]].astype("float64").dropna()
    far = float((ends - row["city"]).abs().max()) if len(ends) else 0.0
    half = 50 - _EDGE
    share = (value - row["city"]) / far if far > 0 else 0.0 * value
    return float(50 + half * min(max(share, -1), 1)) if share == share else float("nan")


def _row(row: pd.Series, shown: Sequence[str]) -> str:
    cells = "".join(f"<td>{escape(str(row[SAID[each]]))}</td>" for each in shown)
    name = f'<th scope="row">{escape(str(row["label"]))}</th>'
    return f'<tr>{name}{cells}<td><div class="spine-line">{_drawing(row, shown)}</div></td></tr>'


def _drawing(row: pd.Series, shown: Sequence[str]) -> str:
    """The bar, the city's line, the kecamatan as a diamond, the kelurahan as a dot."""
    if pd.isna(row["city"]):
        return ""
    at = {key: place_on_spine(float(row[key]), row) for key in NUMBERS}
    parts = [
        _bar(at["min"], at["max"], "background", _BAR),
        _bar(at["q25"], at["q75"], "background", _HALF),
        _mark("city", 50, INK),
        _bar(at["lower"], at["upper"], "interval", INK),
        _mark("kecamatan", at["kecamatan"], MUTED) if "kecamatan" in shown else "",
        _mark("dot", at["value"], VERDICT_COLOURS[row["verdict"]]),
    ]
    return "".join(parts)


def _bar(start: float, end: float, kind: str, colour: str) -> str:
    if pd.isna(start) or pd.isna(end):
        return ""
    place = f"left:{start:.1f}%;width:{max(end - start, 0.5):.1f}%;background:{colour}"
    return f'<i class="spine-{kind}" style="{place}"></i>'


def _mark(kind: str, place: float, colour: str) -> str:
    if pd.isna(place):
        return ""
    return f'<i class="spine-{kind}" style="left:{place:.1f}%;background:{colour}"></i>'


def _head() -> str:
    return escape(_("Terendah — kota — tertinggi"))


def _legend(names: Mapping[str, str]) -> str:
    said = (
        ("●", _("kelurahan ini; garis: selang 95%")),
        *([("◆", names["kecamatan"])] if "kecamatan" in names else []),
        ("│", names["city"]),
        ("▬", _("kelurahan terendah sampai tertinggi; gelap: separuh di tengah")),
    )
    items = " · ".join(f"{sign} {escape(text)}" for sign, text in said)
    return f'<p class="spine-legend">{items}</p>'
