"""The map as native shapes: one named shape per kelurahan, which PowerPoint can recolour and move.

In: an `AreaMap` and a box. Out: shapes inside the box: land, names, lines to names, legend.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt
from shapely.geometry import Polygon, shape
from shapely.geometry import box as rectangle

from lk3.figures.geography import View, view_of, written_names
from lk3.figures.scales import HIDDEN, NONE, class_colours, class_labels, class_of
from lk3.figures.template import INK, MUTED, PAPER
from lk3.figures.words import value_words
from lk3.language import _
from lk3.places import Places
from lk3.reports.content import AreaMap
from lk3.reports.deck.canvas import Box, colour, describe_shape, flatten, write_text

_LEGEND_HEIGHT = Inches(0.62)
_DETAIL = 1 / 900  # of the view: finer than that no projector shows
_SQUARE, _LETTER = Inches(0.16), Inches(0.085)
_LABEL_WIDTH, _LABEL_HEIGHT = Inches(1.3), Inches(0.34)


@dataclass(frozen=True)
class Frame:
    """From degrees to the slide."""

    view: View
    box: Box

    @property
    def scale(self) -> float:
        """EMU per degree eastward."""
        across = self.view.east - self.view.west
        up = (self.view.north - self.view.south) * self.view.stretch
        return min(self.box.width / across, self.box.height / up)

    def point(self, lon: float, lat: float) -> tuple[int, int]:
        """The place of a point, the view centred in the box."""
        middle = self.view.middle
        x = self.box.left + self.box.width / 2 + (lon - middle["lon"]) * self.scale
        y = (
            self.box.top
            + self.box.height / 2
            - (lat - middle["lat"]) * (self.view.stretch * self.scale)
        )
        return round(x), round(y)


def draw_map(slide: Any, box: Box, block: AreaMap, places: Places) -> None:
    """The kelurahan coloured by class, with their names and the legend below."""
    land = Box(box.left, box.top, box.width, box.height - _LEGEND_HEIGHT)
    frame = Frame(view_of(places), land)
    areas = block.measure.loc[places.codes]
    classes, colours = class_of(areas, block.edges), class_colours(block.edges)
    for code, outline in outlines(places).items():
        drawn = _land(slide, frame, outline)
        drawn.fill.solid()
        drawn.fill.fore_color.rgb = colour(colours[classes[code]])
        drawn.line.color.rgb, drawn.line.width = colour(PAPER), Pt(1)
        said = value_words(cast("pd.Series[Any]", areas.loc[code]), decimals=block.decimals)
        describe_shape(
            drawn, name=places.label(code), alt=f"{places.label(code)}: {said} {block.unit}"
        )
    _write_names(slide, frame, places)
    legend = Box(box.left, land.bottom, box.width, _LEGEND_HEIGHT)
    special = [each for each in (NONE, HIDDEN) if (classes == each).any()]
    _draw_legend(slide, legend, block, special)


def outlines(places: Places) -> dict[str, tuple[Polygon, ...]]:
    """The land of each area that lies in view, simplified for a slide, by code."""
    view = view_of(places)
    seen = rectangle(view.west, view.south, view.east, view.north)
    tolerance = (view.east - view.west) * _DETAIL
    found = {
        feature["id"]: tuple(
            _polygons(shape(feature["geometry"]).intersection(seen).simplify(tolerance))
        )
        for feature in places.geojson["features"]
    }
    return {code: found[code] for code in places.codes if found.get(code)}


def _polygons(land: Any) -> Iterator[Polygon]:
    if isinstance(land, Polygon) and not land.is_empty:
        yield land
    elif hasattr(land, "geoms"):
        for part in land.geoms:
            yield from _polygons(part)


def _land(slide: Any, frame: Frame, outline: tuple[Polygon, ...]) -> Any:
    """One freeform with all rings of an area, its holes too."""
    rings = [ring for part in outline for ring in (part.exterior, *part.interiors)]
    paths = [[frame.point(lon, lat) for lon, lat, *_rest in ring.coords] for ring in rings]
    builder = slide.shapes.build_freeform(*paths[0][0])
    builder.add_line_segments(paths[0][1:], close=True)
    for path in paths[1:]:
        builder.move_to(*path[0])
        builder.add_line_segments(path[1:], close=True)
    land = builder.convert_to_shape()
    flatten(land)
    return land


def _write_names(slide: Any, frame: Frame, places: Places) -> None:
    for code, row in written_names(places, frame.view).iterrows():
        x, y = frame.point(row["x"], row["y"])
        if row["position"] != "middle center":
            start = frame.point(row["lon"], row["lat"])
            line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *start, x, y)
            line.line.color.rgb, line.line.width = colour(MUTED), Pt(0.75)
            line.name = _("Garis {name}").format(name=places.label(str(code)))
        _write_name(slide, frame.box, row["name"], row["position"], x, y)


def _write_name(slide: Any, land: Box, name: str, position: str, x: int, y: int) -> None:
    """The name at its place, kept inside the box of the map."""
    align = {"middle right": PP_ALIGN.LEFT, "middle left": PP_ALIGN.RIGHT}.get(
        position, PP_ALIGN.CENTER
    )
    left = {"middle right": x + Pt(2), "middle left": x - _LABEL_WIDTH - Pt(2)}.get(
        position, x - _LABEL_WIDTH // 2
    )
    left = min(max(left, land.left), land.right - _LABEL_WIDTH)
    place = Box(left, y - _LABEL_HEIGHT // 2, _LABEL_WIDTH, _LABEL_HEIGHT)
    words = name if position != "middle center" else _in_two_lines(name)
    write_text(
        slide,
        place,
        words,
        size=9.5,
        align=align,
        anchor=MSO_ANCHOR.MIDDLE,
        name=_("Nama {name}").format(name=name),
    )


def _in_two_lines(name: str) -> str:
    words = name.split()
    return name if len(words) < 2 or len(name) <= 8 else f"{' '.join(words[:-1])}\n{words[-1]}"


def _draw_legend(slide: Any, box: Box, block: AreaMap, special: list[int]) -> None:
    labels = class_labels(block.edges, decimals=block.decimals)
    colours = class_colours(block.edges)
    write_text(
        slide, Box(box.left, box.top, box.width, Inches(0.24)), block.unit, size=10, ink=MUTED
    )
    left, top = box.left, box.top + Inches(0.3)
    for each in [*range(len(block.edges) + 1), *special]:
        square = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, left, top + Inches(0.02), _SQUARE, _SQUARE
        )
        flatten(square)
        square.fill.solid()
        square.fill.fore_color.rgb = colour(colours[each])
        square.line.color.rgb, square.line.width = colour(MUTED), Pt(0.5)
        square.name = _("Kelas {label}").format(label=labels[each])
        width = int(_LETTER * (len(labels[each]) + 2))
        write_text(
            slide,
            Box(left + _SQUARE + Pt(3), top, width, Inches(0.22)),
            labels[each],
            size=10,
            ink=INK,
        )
        left += _SQUARE + width + Inches(0.08)
