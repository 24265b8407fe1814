"""Two dimensions crossed: numbers in cells, zeros standing out."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lk3.figures.template import INK, SEQUENTIAL, SUPPRESSED, empty_figure, finish, wrap
from lk3.figures.words import HIDDEN_SIGN
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
    grid = _grid(frame, rows, columns, value, list(row_labels), list(column_labels))
    highest = max(_DARKEST_AT_LEAST, float(np.nanmax(grid.to_numpy(), initial=0)))
    figure = go.Figure(
        go.Heatmap(
            z=grid.to_numpy(),
            x=list(column_labels),
            y=list(row_labels),
            zmin=0,
            zmax=highest,
            colorscale=_scale(highest),
            showscale=False,
            xgap=2,
            ygap=2,
            customdata=[[[row, column] for column in column_labels] for row in row_labels],
            text=_hover_texts(grid, row_labels, column_labels, unit),
            hovertemplate="%{text}<extra></extra>",
        )
    )
    _write_numbers(figure, grid)
    if grid.isna().to_numpy().any():
        figure.add_trace(_hidden_cells(grid))
    _name_axes(figure, row_labels, column_labels)
    alt = _(
        "Tabel warna {unit}: {rows} baris kali {columns} kolom, jumlah {total}, {zeros} sel nol."
    ).format(
        unit=unit,
        rows=len(row_labels),
        columns=len(column_labels),
        total=number(float(np.nansum(grid.to_numpy()))),
        zeros=int((grid == 0).to_numpy().sum()),
    )
    height = 150 + _ROW_HEIGHT * len(row_labels)
    return finish(figure, title=title, subtitle=subtitle, alt=alt, height=height)


def _grid(
    frame: pd.DataFrame,
    rows: str,
    columns: str,
    value: str,
    row_keys: list[str],
    column_keys: list[str],
) -> pd.DataFrame:
    """Every combination: 0 where none occurs, NaN where it is hidden."""
    hidden = frame[frame[value].isna()]
    grid = (
        frame.pivot_table(index=rows, columns=columns, values=value, aggfunc="sum", fill_value=0)
        .reindex(index=row_keys, columns=column_keys, fill_value=0)
        .astype("float64")
    )
    for row, column in zip(hidden[rows], hidden[columns], strict=True):
        grid.loc[row, column] = np.nan
    return grid


def _hidden_cells(grid: pd.DataFrame) -> go.Heatmap:
    """The cells that are hidden, in the colour that means so on maps too."""
    return go.Heatmap(
        z=np.where(grid.isna(), 1, np.nan), x=list(grid.columns), y=list(grid.index),
        colorscale=[[0, SUPPRESSED], [1, SUPPRESSED]], showscale=False, xgap=2, ygap=2,
        hovertemplate=_("disembunyikan") + "<extra></extra>",
    )  # fmt: skip


def _hover_texts(
    grid: pd.DataFrame, row_labels: Mapping[str, str], column_labels: Mapping[str, str], unit: str
) -> list[list[str]]:
    return [
        [
            f"{row} · {column}: {_said(count)} {unit}"
            for column, count in zip(column_labels.values(), line, strict=True)
        ]
        for row, line in zip(row_labels.values(), grid.to_numpy(), strict=True)
    ]


def _name_axes(
    figure: go.Figure, row_labels: Mapping[str, str], column_labels: Mapping[str, str]
) -> None:
    figure.update_xaxes(
        side="top", type="category", tickvals=list(column_labels), fixedrange=True,
        ticktext=[wrap(label, 26, lines=1) for label in column_labels.values()], tickangle=-32,
        showgrid=False, tickfont={"size": 12},
    )  # fmt: skip
    figure.update_yaxes(
        autorange="reversed", type="category", tickvals=list(row_labels), fixedrange=True,
        ticktext=[wrap(label, 26, lines=1) for label in row_labels.values()], showgrid=False,
    )  # fmt: skip


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
    return HIDDEN_SIGN if pd.isna(value) else number(value)
