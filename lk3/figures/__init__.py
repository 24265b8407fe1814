"""How does it look? Released measures and tables in, Plotly figures out.

Nothing here computes an indicator or reads data. Every figure carries a description in words in
`layout.meta["alt"]`, uses the one template, and needs no network: maps have no tiles and no fonts
from elsewhere.
"""

from lk3.figures.bars import category_bars, ranked_bars
from lk3.figures.category_ranges import category_ranges
from lk3.figures.control import control_chart
from lk3.figures.fixed import PLOTLY_SCRIPT, PLOTLY_VERSION, FixedFigure
from lk3.figures.groups import ranked_groups
from lk3.figures.heatmap import cross_heatmap
from lk3.figures.map import choropleth_map
from lk3.figures.outline import outline_map
from lk3.figures.plain import Figure
from lk3.figures.planning import funnel_plot, need_against_supply
from lk3.figures.ranges import median_ranges
from lk3.figures.scales import class_edges
from lk3.figures.spine import spine_chart
from lk3.figures.squares import tile_buttons
from lk3.figures.template import PLOT_CONFIG, SELECTED, empty_figure
from lk3.figures.tiles import tile_map
from lk3.figures.trend import small_multiples, year_pairs

__all__ = [
    "PLOTLY_SCRIPT",
    "PLOTLY_VERSION",
    "PLOT_CONFIG",
    "SELECTED",
    "Figure",
    "FixedFigure",
    "category_bars",
    "category_ranges",
    "choropleth_map",
    "class_edges",
    "control_chart",
    "cross_heatmap",
    "empty_figure",
    "funnel_plot",
    "median_ranges",
    "need_against_supply",
    "outline_map",
    "ranked_bars",
    "ranked_groups",
    "small_multiples",
    "spine_chart",
    "tile_buttons",
    "tile_map",
    "year_pairs",
]
