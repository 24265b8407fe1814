"""The figures of the blocks, for what is looked at in a browser: the HTML file, the meeting mode.

In: a block of `content`. Out: a figure made by `figures`; None for what is text or a table.
"""

from collections.abc import Callable

from lk3.figures import Figure, category_bars, outline_map, ranked_bars, tile_map
from lk3.figures.control import control_chart
from lk3.language import _
from lk3.places import Places
from lk3.reports.content import AreaBars, AreaMap, Block, CategoryBars, Trend
from lk3.reports.frames import bars_that_fit

# "outline": SVG, for a file that is opened from a disk and for a screen without WebGL.
MAPS: dict[str, Callable[..., Figure]] = {"outline": outline_map, "tiles": tile_map}


def draw_block(
    block: Block,
    places: Places,
    *,
    maps: str = "outline",
    selected: str | None = None,
    height: int = 520,
) -> Figure | None:
    """The figure of a block. maps: a key of `MAPS`; selected: a kelurahan to mark on the map."""
    if isinstance(block, AreaMap):
        return MAPS[maps](
            block.measure,
            places=places,
            label=block.label,
            unit=block.unit,
            edges=block.edges,
            decimals=block.decimals,
            selected=selected,
            height=height,
        )
    if isinstance(block, AreaBars):
        return _draw_bars(block, places, height)
    if isinstance(block, CategoryBars):
        labels = {name: name for name in block.frame["category"]}
        return category_bars(
            block.frame, category="category", value="value", labels=labels, unit=block.unit
        )
    if isinstance(block, Trend):
        return control_chart(
            block.frame, unit=block.step, label=_("kasus"), height=min(height, 420)
        )
    return None


def _draw_bars(block: AreaBars, places: Places, height: int) -> Figure:
    """The areas ranked; of very many the first ones, which the name of the axis says."""
    rows, more = bars_that_fit(block, places)
    figure = ranked_bars(
        block.measure,
        places=places,
        label=block.label,
        unit=block.unit,
        decimals=block.decimals,
        city_label=block.city or None,
        height=height,
        codes=list(rows.index) if more else None,
    )
    if more:
        figure.update_xaxes(title=more)  # the unit stands in the slide's second line
    return figure
