"""Before and after: each kelurahan as two dots and the line between them."""

import pandas as pd

from lk3.figures.parts import VEIL, name_above
from lk3.figures.plain import Figure, Trace, trace
from lk3.figures.template import ACCENT, INK, MUTED, PAPER, empty_figure, escape, finish
from lk3.language import _, number
from lk3.places import Places

_ROW_HEIGHT, _LEAST_HEIGHT, _VALUE_WIDTH = 25, 220, 92
_ROOM = 0.06  # of the span, on both sides: dots are not cut


def before_after(
    areas: pd.DataFrame,
    *,
    places: Places,
    label: str,
    unit: str,
    decimals: int = 1,
    middle: str = "",
    title: str = "",
    subtitle: str = "",
) -> Figure:
    """Dumbbells of kelurahan, the highest before on top.

    areas: [before, after] by code, NaN without a value. middle: name of a line at 0, "" for none. A
    kelurahan that changes has its name in bold and both values at the right; else one dot.
    """
    both = areas[["before", "after"]].round(decimals) + 0.0  # 0.0: no "-0,0"
    rows = both.dropna(how="all").sort_values("before", na_position="first", kind="stable")
    if rows.empty:
        return empty_figure()
    changed = rows["before"].ne(rows["after"])
    names = {str(code): places.label(str(code)) for code in rows.index}
    figure = Figure(
        _lines(rows[changed]),
        _dots(rows, "before", names, _("sebelum"), decimals, hollow=True),
        _dots(rows[changed], "after", names, _("sesudah"), decimals, hollow=False),
    )
    low, high = float(rows.min().min()), float(rows.max().max())
    low, high = min(low, 0.0), max(high, 0.0)
    pad = max(high - low, 1.0) * _ROOM
    figure.update_xaxes(title=unit, range=[low - pad, high + pad], fixedrange=True, zeroline=False)
    figure.update_yaxes(
        tickvals=list(rows.index),
        ticktext=[_bold(names[str(code)], bool(changed[code])) for code in rows.index],
        categoryorder="array", categoryarray=list(rows.index),
        type="category", showgrid=True, griddash="dot", fixedrange=True,
    )  # fmt: skip
    if middle:
        _draw_middle(figure, middle)
    _write_values(figure, rows, changed, decimals)
    tall = max(_LEAST_HEIGHT, 110 + _ROW_HEIGHT * len(rows))
    figure.update_layout(legend={"y": -52 / (tall - 96), "yanchor": "top"}, uirevision="before")
    alt = _alt(rows, changed, names, label=label, unit=unit, decimals=decimals)
    finish(figure, title=title, subtitle=subtitle, alt=alt, height=tall, above=18 if middle else 0)
    return figure.update_layout(margin={"r": _VALUE_WIDTH})


def _lines(changed: pd.DataFrame) -> Trace:
    x = [
        v
        for before, after in changed[["before", "after"]].to_numpy()
        for v in (before, after, None)
    ]
    y = [v for code in changed.index for v in (code, code, None)]
    return trace(
        "scatter", x=x, y=y, mode="lines", line={"color": ACCENT, "width": 3}, hoverinfo="skip",
        showlegend=False,
    )  # fmt: skip


def _dots(
    rows: pd.DataFrame, state: str, names: dict[str, str], said: str, decimals: int, *, hollow: bool
) -> Trace:
    return trace(
        "scatter",
        x=rows[state],
        y=list(rows.index),
        mode="markers",
        name=said,
        marker={
            "size": 11,
            "color": PAPER if hollow else ACCENT,
            "line": {"color": MUTED if hollow else ACCENT, "width": 2},
        },
        customdata=list(rows.index),
        hovertext=[
            f"<b>{escape(names[str(code)])}</b><br>{said}: {number(value, decimals)}"
            for code, value in rows[state].items()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _draw_middle(figure: Figure, middle: str) -> None:
    figure.add_vline(0, line={"color": INK, "width": 1.2, "dash": "dash"})
    name_above(figure, 0, escape(middle), bgcolor=VEIL)


def _write_values(figure: Figure, rows: pd.DataFrame, changed: pd.Series, decimals: int) -> None:
    """The values in a column at the right edge; of what changes both."""
    for place, (code, row) in enumerate(rows.iterrows()):  # a code like "98.01" is no place: 98
        before, after = (number(row[state], decimals) for state in ("before", "after"))
        moves = bool(changed[str(code)])
        figure.add_annotation(
            x=1, xref="paper", xanchor="left", xshift=8, y=place, yref="y",
            text=f"<b>{before} → {after}</b>" if moves else before,
            font={"size": 12, "color": INK if moves else MUTED},
        )  # fmt: skip


def _bold(name: str, is_bold: bool) -> str:
    return f"<b>{escape(name)}</b>" if is_bold else escape(name)


def _alt(
    rows: pd.DataFrame,
    changed: pd.Series,
    names: dict[str, str],
    *,
    label: str,
    unit: str,
    decimals: int,
) -> str:
    head = _("Sebelum dan sesudah rencana: {label} ({unit}).").format(label=label, unit=unit)
    if not changed.any():
        return head + " " + _("Tidak ada kelurahan yang berubah.")
    said = [
        f"{names[str(code)]} {number(row['before'], decimals)} → {number(row['after'], decimals)}"
        for code, row in rows[changed].iloc[::-1].iterrows()
    ]
    return head + " " + "; ".join(said) + "."
