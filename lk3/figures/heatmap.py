"""Two dimensions crossed: numbers in cells, zeros standing out."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lk3.figures.template import INK, SEQUENTIAL, empty_figure, finish, wrap
from lk3.language import _, number

_ZERO = "#fff4e5"
_ZERO_INK = "#9a4b00"
_ROW_HEIGHT = 27
_DARKEST_AT_LEAST = 5.0  # one person in a cell is few, however few the others hold


def cross_heatmap(
    frame: pd.DataFrame,
    *,
    rows: str,
    columns: str,
    value: str,
    row_labels: Mapping[str, str],
    column_labels: Mapping[str, str],
    title: str = "",
    subtitle: str = "",
    unit: str = "",
) -> go.Figure:
    """Counts by two dimensions; all rows and columns named in the labels are shown.

    frame: [rows, columns, value]; a combination that does not occur is 0, a hidden one NaN. A zero
    has a colour of its own. A click gives the row's key as the first of `customdata`.
    """
    if not row_labels or not column_labels:
        return empty_figure()
    hidden = frame[frame[value].isna()]
    grid = (
        frame.pivot_table(index=rows, columns=columns, values=value, aggfunc="sum", fill_value=0)
        .reindex(index=list(row_labels), columns=list(column_labels), fill_value=0)
        .astype("float64")
    )
    for row, column in zip(hidden[rows], hidden[columns], strict=True):
        grid.loc[row, column] = np.nan
    numbers = grid.to_numpy()
    highest = max(_DARKEST_AT_LEAST, float(np.nanmax(numbers, initial=0)))
    figure = go.Figure(
        go.Heatmap(
            z=numbers,
            x=list(column_labels),
            y=list(row_labels),
            zmin=0,
            zmax=highest,
            colorscale=_scale(highest),
            showscale=False,
            xgap=2,
            ygap=2,
            customdata=[[[row, column] for column in column_labels] for row in row_labels],
            text=[
                [
                    f"{row} · {column}: {_said(value_)} {unit}"
                    for column, value_ in zip(column_labels.values(), line, strict=True)
                ]
                for row, line in zip(row_labels.values(), numbers, strict=True)
            ],
            hovertemplate="%{text}<extra></extra>",
        )
    )
    _write_numbers(figure, grid)
    figure.update_xaxes(
        side="top", type="category", tickvals=list(column_labels), fixedrange=True,
        ticktext=[wrap(label, 26, lines=1) for label in column_labels.values()], tickangle=-32,
        showgrid=False, tickfont={"size": 12},
    )  # fmt: skip
    figure.update_yaxes(
        autorange="reversed", type="category", tickvals=list(row_labels), fixedrange=True,
        ticktext=[wrap(label, 26, lines=1) for label in row_labels.values()], showgrid=False,
    )  # fmt: skip
    zeros = int((grid == 0).to_numpy().sum())
    alt = _(
        "Tabel warna {unit}: {rows} baris kali {columns} kolom, jumlah {total}, {zeros} sel nol."
    ).format(
        unit=unit,
        rows=len(row_labels),
        columns=len(column_labels),
        total=number(float(np.nansum(numbers))),
        zeros=zeros,
    )
    height = 150 + _ROW_HEIGHT * len(row_labels)
    return finish(figure, title=title, subtitle=subtitle, alt=alt, height=height)


def _scale(highest: float) -> list[list[object]]:
    """Zero alone at the bottom, then light to dark."""
    above_zero = 0.5 / highest
    steps = np.linspace(above_zero, 1, len(SEQUENTIAL))
    blues = [[float(step), colour] for step, colour in zip(steps, SEQUENTIAL, strict=True)]
    return [[0, _ZERO], [above_zero, _ZERO], *blues]


def _write_numbers(figure: go.Figure, grid: pd.DataFrame) -> None:
    """The numbers as text of their own, zeros in bold."""
    flat = [
        (row, column, value)
        for row, line in zip(grid.index, grid.to_numpy(), strict=True)
        for column, value in zip(grid.columns, line, strict=True)
    ]
    colours = [_ZERO_INK if n == 0 else INK for _r, _c, n in flat]
    figure.add_trace(
        go.Scatter(
            x=[c for _r, c, _n in flat],
            y=[r for r, _c, _n in flat],
            mode="text",
            text=[f"<b>{_said(n)}</b>" if n == 0 else _said(n) for _r, _c, n in flat],
            textfont={"size": 12, "color": colours},
            hoverinfo="skip",
            showlegend=False,
        )
    )


def _said(value: float) -> str:
    return "···" if pd.isna(value) else number(value)
