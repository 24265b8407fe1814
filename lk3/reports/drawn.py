"""Blocks as the shares of lengths and the words that a typesetter draws: no pixel, no file.

In: blocks of `content`. Out: dictionaries of JSON types for the templates in `templates/`.
"""

from typing import Any, cast

import numpy as np
import pandas as pd

from lk3.figures.geography import view_of
from lk3.figures.scales import HIDDEN, NONE, class_colours, class_labels, class_of
from lk3.figures.template import ACCENT, PAPER, VERDICT_COLOURS, VERDICT_SYMBOLS, wrap_lines
from lk3.figures.words import HIDDEN_SIGN, value_words
from lk3.indicators.measure import SUPPRESSED
from lk3.language import number
from lk3.places import CITY, Places
from lk3.reports.content import AreaBars, AreaMap, CategoryBars, Trend
from lk3.reports.deck.map import names_with_room, outlines
from lk3.reports.frames import bars_that_fit

_NAME_LETTERS = 9
_ALIGN = {"middle center": "center", "middle right": "left", "middle left": "right"}
_TICKS = 12


def drawn_map(block: AreaMap, places: Places, *, letter: float) -> dict[str, Any]:
    """The land, its names and its legend; places are shares of the width of the map, as `letter`
    is, the size of the names.
    """
    view = view_of(places)
    across = view.east - view.west

    def point(lon: float, lat: float) -> list[float]:
        return [
            round((lon - view.west) / across, 4),
            round((view.north - lat) * view.stretch / across, 4),
        ]

    fills = _fills(block, places)
    land = [
        {
            "fill": fills[code],
            "rings": [[point(x, y) for x, y, *_r in part.exterior.coords] for part in parts],
        }
        for code, parts in outlines(places).items()
    ]
    names = names_with_room(places, view, letter=letter)
    led = names[names["position"] != "middle center"]
    return {
        "letter": letter,
        "ratio": (view.north - view.south) * view.stretch / across,
        "areas": land,
        "names": [_name(row, point(row["x"], row["y"])) for _code, row in names.iterrows()],
        "leaders": [
            [*point(row["lon"], row["lat"]), *point(row["x"], row["y"])]
            for _code, row in led.iterrows()
        ],
        **_legend(block, places),
    }


def drawn_tiles(block: AreaMap, places: Places) -> dict[str, Any]:
    """One square per area with its name and value."""
    areas, fills = places.areas, _fills(block, places)
    rows = areas["tile_row"].astype(int) - int(areas["tile_row"].min())
    columns = areas["tile_col"].astype(int) - int(areas["tile_col"].min())
    tiles = [
        {
            "row": int(rows[code]),
            "column": int(columns[code]),
            "fill": fills[code],
            "lines": wrap_lines(places.label(code), _NAME_LETTERS),
            "value": _short(cast("pd.Series[Any]", block.measure.loc[code]), block.decimals),
        }
        for code in places.codes
    ]
    return {
        "tiles": tiles,
        "rows": int(rows.max()) + 1,
        "columns": int(columns.max()) + 1,
        **_legend(block, places),
    }


def drawn_area_bars(block: AreaBars, places: Places) -> dict[str, Any]:
    """The kelurahan ranked, with whiskers; then the city. Lengths are shares of the longest."""
    rows, more = bars_that_fit(block, places)
    if block.city:
        rows = pd.concat([rows, block.measure.loc[[CITY]]])
    longest = float(rows[["value", "upper"]].max(axis=1).max())
    scale = longest if longest > 0 else 1.0
    return {
        "unit": f"{block.unit} · {more}" if more else block.unit,
        "rows": [
            {
                "name": block.city if code == CITY else places.label(str(code)),
                "city": code == CITY,
                "fill": PAPER if code == CITY else VERDICT_COLOURS[row["verdict"]],
                "value": _share(row["value"], scale),
                "lower": _share(row["lower"], scale),
                "upper": _share(row["upper"], scale),
                "label": f"{value_words(row, decimals=block.decimals)} "
                f"{VERDICT_SYMBOLS[row['verdict']]}".strip(),
            }
            for code, row in rows.iterrows()
        ],
    }


def drawn_category_bars(block: CategoryBars, hidden: str) -> dict[str, Any]:
    """Counts by category; a hidden one has no bar and says so."""
    longest = float(block.frame["value"].max()) if len(block.frame) else 1.0
    return {
        "unit": block.unit,
        "rows": [
            {
                "name": name,
                "city": False,
                "fill": ACCENT,
                "value": _share(value, longest),
                "lower": None,
                "upper": None,
                "label": hidden if np.isnan(value) else number(value),
            }
            for name, value in zip(block.frame["category"], block.frame["value"], strict=True)
        ],
    }


def drawn_line(block: Trend) -> dict[str, Any]:
    """The series as points and steps between them; a gap breaks the line."""
    frame = block.frame
    top = float(np.nanmax([*frame["cases"], *frame["upper"], 1.0])) * 1.12
    x = (frame.index.to_numpy(dtype="float64") + 0.5) / len(frame)
    y = 1 - frame["cases"].to_numpy(dtype="float64") / top
    points = [
        {
            "x": float(x[i]),
            "y": float(y[i]),
            "signal": bool(frame["signal"].iloc[i]),
            "label": number(frame["cases"].iloc[i]),
        }
        for i in range(len(frame))
        if not np.isnan(y[i])
    ]
    steps = [
        [float(x[i]), float(y[i]), float(x[i + 1]), float(y[i + 1])]
        for i in range(len(frame) - 1)
        if not np.isnan(y[i : i + 2]).any()
    ]
    every = max(1, int(np.ceil(len(frame) / _TICKS)))
    ticks = [
        {"x": float(x[i]), "label": str(frame["label"].iloc[i])}
        for i in range(0, len(frame), every)
    ]
    return {"points": points, "steps": steps, "ticks": ticks, "limits": _limits(frame, top)}


def _limits(frame: pd.DataFrame, top: float) -> list[dict[str, Any]]:
    """Mean and limits of each stretch; where they differ within one, at its last unit."""
    drawn = []
    for _segment, rows in frame[frame["upper"].notna()].groupby("segment"):
        ends = (rows.index[0] / len(frame), (rows.index[-1] + 1) / len(frame))
        for column in ("centre", "lower", "upper"):
            value = float(rows[column].iloc[-1])
            drawn.append(
                {
                    "x0": float(ends[0]),
                    "x1": float(ends[1]),
                    "y": 1 - value / top,
                    "centre": column == "centre",
                    "label": number(value, 1),
                }
            )
    return drawn


def _fills(block: AreaMap, places: Places) -> dict[str, str]:
    classes = class_of(block.measure.loc[places.codes], block.edges)
    colours = class_colours(block.edges)
    return {str(code): colours[each] for code, each in classes.items()}


def _legend(block: AreaMap, places: Places) -> dict[str, Any]:
    classes = class_of(block.measure.loc[places.codes], block.edges)
    labels = class_labels(block.edges, decimals=block.decimals)
    colours = class_colours(block.edges)
    special = [each for each in (NONE, HIDDEN) if (classes == each).any()]
    shown = [*range(len(block.edges) + 1), *special]
    return {
        "unit": block.unit,
        "legend": [{"fill": colours[each], "label": labels[each]} for each in shown],
    }


def _name(row: pd.Series, at: list[float]) -> dict[str, Any]:
    align = _ALIGN[row["position"]]
    lines = wrap_lines(row["name"], _NAME_LETTERS) if align == "center" else [row["name"]]
    return {"x": at[0], "y": at[1], "align": align, "lines": lines}


def _short(row: pd.Series, decimals: int) -> str:
    return HIDDEN_SIGN if SUPPRESSED in row["note"] else number(row["value"], decimals)


def _share(value: float, longest: float) -> float | None:
    return None if np.isnan(value) else max(0.0, float(value) / longest)
