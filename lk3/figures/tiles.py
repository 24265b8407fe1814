"""Peta ubin: one equal, clickable square per area, placed as the areas lie.

On the true map the largest area takes half of the land and the smallest cannot be hit; here each
counts the same. Drawn as SVG, so it needs no WebGL.
"""

import pandas as pd

from lk3.figures.parts import class_signs
from lk3.figures.plain import Figure, trace
from lk3.figures.scales import class_colours, class_of
from lk3.figures.template import INK, SELECTED, finish, legend_below, wrap
from lk3.figures.words import HIDDEN_SIGN, Row, describe, hover_texts, records
from lk3.indicators.measure import SUPPRESSED
from lk3.language import _, number
from lk3.places import Places

_GAP = 0.46


def tile_map(
    measure: pd.DataFrame,
    *,
    places: Places,
    label: str,
    unit: str,
    edges: tuple[float, ...],
    decimals: int = 1,
    title: str = "",
    subtitle: str = "",
    selected: str | None = None,
    height: int = 520,
) -> Figure:
    """Tile map of a measure. A click on a tile gives its code as `customdata`."""
    codes = [code for code in places.codes if code in measure.index]
    areas, tiles = measure.loc[codes], places.areas.loc[codes]
    classes, colours = class_of(areas, edges), class_colours(edges)
    fills = [colours[c] for c in classes]
    figure = Figure(
        trace(
            "scatter",
            x=tiles["tile_col"],
            y=-tiles["tile_row"],
            mode="markers+text",
            marker={"symbol": "square", "size": 60, "opacity": 0.01},
            text=[
                _tile_words(row, name, decimals)
                for name, (_code, row) in zip(tiles["name"], records(areas), strict=True)
            ],
            textfont={"size": 11, "color": INK},
            customdata=codes,
            hovertext=hover_texts(areas, places=places, label=label, unit=unit, decimals=decimals),
            hovertemplate="%{hovertext}<extra></extra>",
            unselected={"marker": {"opacity": 0.01}, "textfont": {"color": INK}},
            showlegend=False,
        )
    )
    _draw_squares(figure, codes, tiles, fills, selected)
    figure.add(*class_signs(areas, edges, decimals=decimals))
    across = [tiles["tile_col"].min() - 0.5, tiles["tile_col"].max() + 0.5]
    down = [-tiles["tile_row"].max() - 0.5, -tiles["tile_row"].min() + 0.5]
    figure.update_xaxes(visible=False, fixedrange=True, range=across)
    figure.update_yaxes(visible=False, fixedrange=True, range=down, scaleanchor="x")
    figure.update_layout(legend=legend_below(unit))
    alt = describe(
        measure, places=places, label=label, unit=unit, decimals=decimals, kind=_("Peta ubin")
    )
    return finish(figure, title=title, subtitle=subtitle, alt=alt, height=height)


def _tile_words(row: Row, name: str, decimals: int) -> str:
    """Name and value; what is hidden and what is not there have signs that fit a tile."""
    said = HIDDEN_SIGN if SUPPRESSED in row["note"] else number(row["value"], decimals)
    return f"{wrap(name, 10)}<br><b>{said}</b>"


def _draw_squares(
    figure: Figure, codes: list[str], tiles: pd.DataFrame, fills: list[str], selected: str | None
) -> None:
    for code, x, y, fill in zip(codes, tiles["tile_col"], -tiles["tile_row"], fills, strict=True):
        chosen = code == selected
        figure.add_shape(
            type="rect", x0=x - _GAP, x1=x + _GAP, y0=y - _GAP, y1=y + _GAP,
            fillcolor=fill, layer="below",
            line={"color": SELECTED if chosen else "#c3ccd6", "width": 3 if chosen else 1},
        )  # fmt: skip
