"""Values with intervals by category (a profession, not an area), and reference lines (acuan)."""

from collections.abc import Mapping, Sequence

import pandas as pd

from lk3.figures.parts import name_above, whiskers
from lk3.figures.plain import Figure, trace
from lk3.figures.template import ACCENT, MUTED, empty_figure, finish, wrap
from lk3.indicators.measure import note_text
from lk3.language import _, number

Reference = tuple[str, float]  # label and value
_ROW, _AROUND, _LEAST = 34, 84, 170
_ROOM = 1.12  # how much wider the scale is than the longest interval
_REFERENCE_INK = "#6a4c93"


def category_ranges(
    measure: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    label: str,
    unit: str,
    decimals: int = 1,
    references: Sequence[Reference] = (),
) -> Figure:
    """A dot with its interval for each row of a measure frame, in its order, the first on top.

    A row without a value says why. references: lines; one far beyond the values is named at the
    edge instead, or it would press all dots together.
    """
    rows = measure.iloc[::-1]
    if rows["value"].isna().all():
        return empty_figure()
    names = {str(key): labels.get(str(key), _("Tidak diketahui")) for key in rows.index}
    said = [_said(row, decimals) for _key, row in rows.iterrows()]
    figure = Figure(
        trace(
            "scatter",
            x=rows["value"],
            y=list(rows.index),
            mode="markers",
            marker={"size": 11, "color": ACCENT},
            error_x=whiskers(rows, color="#79afd2", thickness=4, width=0),
            hovertext=[
                f"{name}: {words}" for name, words in zip(names.values(), said, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            showlegend=False,
        )
    )
    far = float(rows[["value", "upper"]].max().max()) * _ROOM or 1.0
    for key, words in zip(rows.index, said, strict=True):
        figure.add_annotation(
            text=words, x=1, xref="paper", xanchor="right", y=key, yanchor="bottom", yshift=5,
            font={"size": 12, "color": MUTED},
        )  # fmt: skip
    draw_references(figure, references, far=far)
    figure.update_yaxes(
        type="category", showgrid=False, fixedrange=True, tickvals=list(rows.index),
        ticktext=[wrap(name, 22, lines=2) for name in names.values()],
        range=[-0.6, len(rows) - 0.3],
    )  # fmt: skip
    figure.update_xaxes(title=unit, fixedrange=True, range=[0, far])
    parts = "; ".join(f"{n}: {w}" for n, w in zip(names.values(), said, strict=True))
    lines = "; ".join(f"{name} ({number(value)})" for name, value in references)
    alt = _("Diagram rentang: {label} ({unit}). {parts}.").format(
        label=label, unit=unit, parts=f"{parts}; {lines}" if lines else parts
    )
    height = max(_LEAST, _AROUND + _ROW * len(rows))
    return finish(figure, title="", subtitle="", alt=alt, height=height, above=16)


def draw_references(figure: Figure, references: Sequence[Reference], *, far: float) -> None:
    """Dotted lines at reference values, named above; a value beyond `far`, the end of the scale, is
    named at the right edge with an arrow. Never a verdict: no colour of one.
    """
    beyond = [(label, value) for label, value in references if value > far]
    for label, value in references:
        if value <= far:
            figure.add_vline(value, line={"color": _REFERENCE_INK, "width": 1.5, "dash": "dot"})
            name_above(figure, value, label, ink=_REFERENCE_INK)
    if beyond:
        figure.add_annotation(
            text=" · ".join(label for label, _value in beyond) + " →",
            xref="paper", yref="paper", x=1, y=1, xanchor="right", yanchor="bottom",
            font={"size": 12, "color": _REFERENCE_INK},
        )  # fmt: skip


def _said(row: pd.Series, decimals: int) -> str:
    """Value, interval and what it rests on; or why there is no value."""
    if pd.isna(row["value"]):
        return note_text(row["note"]) or _("tidak ada data")
    value = number(row["value"], decimals)
    ends = number(row["lower"], decimals), number(row["upper"], decimals)
    counted = number(row["n"])
    return f"{value} ({ends[0]}–{ends[1]}), n = {counted}"
