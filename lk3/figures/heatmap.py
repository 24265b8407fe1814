"""Two dimensions crossed: numbers in cells; what is missing stands out by shape and colour."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lk3.figures.plain import Figure, Trace, trace
from lk3.figures.template import INK, PAPER, SEQUENTIAL, SUPPRESSED, empty_figure, finish, wrap
from lk3.figures.words import HIDDEN_SIGN
from lk3.language import _, number

_ZERO, _ZERO_INK, _SHORT = "#fff4e5", "#9a4b00", "#a84a00"
_ROW_HEIGHT, _TALL_ROW = 25, 35  # pixels: a row with a name of one line, of two
_AROUND = 84  # pixels: the names of the columns and the margins
_ROW_LETTERS, _BESIDE_LETTERS = 26, 36  # of a line with a name, of that with its kecamatan
_DOT = 21  # pixels across: the round mark of a cell that is short
_DARKEST_AT_LEAST = 5.0  # one person in a cell is few, however few the others hold


def cross_heatmap(
    frame: pd.DataFrame,
    *,
    rows: str,
    columns: str,
    value: str,
    row_labels: Mapping[str, str],
    column_labels: Mapping[str, str],
    least: Mapping[str, int] | None = None,
    marks_zeros: bool = True,
    title: str = "",
    subtitle: str = "",
    unit: str = "",
) -> Figure:
    """Counts by two dimensions; all rows and columns named in the labels are shown.

    frame: [rows, columns, value]; a combination that does not occur is 0, a hidden one NaN. A zero
    has a colour of its own. least: the number that each cell of a column should have; what is short
    of it is a filled circle, a zero that nothing asks for a hollow one (unless not `marks_zeros`:
    no case is no lack). A click gives the row's key as `customdata`.
    """
    if not row_labels or not column_labels:
        return empty_figure()
    grid = _grid(frame, rows, columns, value, list(row_labels), list(column_labels))
    highest = max(_DARKEST_AT_LEAST, float(np.nanmax(grid.to_numpy(), initial=0)))
    figure = Figure(
        trace(
            "heatmap",
            z=grid.to_numpy(),
            x=list(column_labels),
            y=list(row_labels),
            zmin=0,
            zmax=highest,
            colorscale=_scale(highest, zero=_ZERO if marks_zeros else PAPER),
            showscale=False,
            xgap=2,
            ygap=2,
            text=_hover_texts(grid, row_labels, column_labels, unit),
            hovertemplate="%{text}<extra></extra>",
        )
    )
    _write_numbers(figure, grid, least or {}, marks_zeros=marks_zeros)
    if grid.isna().to_numpy().any():
        figure.add(_hidden_cells(grid))
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
    is_tall = any(len(label) > _ROW_LETTERS for label in row_labels.values())
    height = _AROUND + (_TALL_ROW if is_tall else _ROW_HEIGHT) * len(row_labels)
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


def _hidden_cells(grid: pd.DataFrame) -> Trace:
    """The cells that are hidden, in the colour that means so on maps too."""
    return trace(
        "heatmap", z=np.where(grid.isna(), 1, np.nan), x=list(grid.columns), y=list(grid.index),
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
    figure: Figure, row_labels: Mapping[str, str], column_labels: Mapping[str, str]
) -> None:
    """Names of columns stand upright in two lines where there is room, and turn where there is
    none.
    """
    figure.update_xaxes(
        side="top", type="category", tickvals=list(column_labels), fixedrange=True,
        ticktext=[wrap(label, 15, lines=3) for label in column_labels.values()],
        showgrid=False, tickfont={"size": 12},
    )  # fmt: skip
    figure.update_yaxes(
        autorange="reversed", type="category", tickvals=list(row_labels), fixedrange=True,
        ticktext=[_row_name(label) for label in row_labels.values()],
        showgrid=False,
    )  # fmt: skip


def _row_name(label: str) -> str:
    """A long name in two lines; what tells it from a namesake, "(Kec. ...)", is the second."""
    name, gap, beside = label.partition(" (")
    if len(label) <= _ROW_LETTERS or not gap:
        return wrap(label, _ROW_LETTERS, lines=2)
    return f"{wrap(name, _ROW_LETTERS, lines=1)}<br>{wrap(f'({beside}', _BESIDE_LETTERS, lines=1)}"


def _scale(highest: float, *, zero: str) -> list[list[object]]:
    """Zero alone at the bottom, then light to dark."""
    above_zero = 0.5 / highest
    steps = np.linspace(above_zero, 1, len(SEQUENTIAL))
    blues = [[float(step), colour] for step, colour in zip(steps, SEQUENTIAL, strict=True)]
    return [[0, zero], [above_zero, zero], *blues]


def _write_numbers(
    figure: Figure, grid: pd.DataFrame, least: Mapping[str, int], *, marks_zeros: bool
) -> None:
    """The numbers as text of their own, on a mark where something is missing."""
    named = grid.rename_axis(index="row", columns="column")
    cells = named.stack().to_frame("n").reset_index()  # type: ignore[operator] # a Series
    asked = cells["column"].map(dict(least)).fillna(0).astype("float64")
    short, zero = cells["n"] < asked, (cells["n"] == 0) & marks_zeros
    said = [_said(n) for n in cells["n"]]
    figure.add(
        trace(
            "scatter",
            x=cells["column"],
            y=cells["row"],
            mode="markers+text",
            marker={
                "size": _DOT,
                "symbol": np.where(short, "circle", "circle-open"),
                "color": np.where(short, _SHORT, _ZERO_INK),
                "line": {"width": 1},
                "opacity": np.select([short, zero], [1.0, 0.45], default=0.0),
            },
            text=[f"<b>{s}</b>" if each else s for s, each in zip(said, short | zero, strict=True)],
            textfont={
                "size": 12,
                "color": np.select([short, zero], [PAPER, _ZERO_INK], default=INK),
            },
            customdata=list(cells["row"]),
            hoverinfo="skip",
            showlegend=False,
        )
    )


def _said(value: float) -> str:
    return HIDDEN_SIGN if pd.isna(value) else number(value)
