"""The map as native shapes: one named shape per kelurahan, which PowerPoint can recolour and move.

In: an `AreaMap` and a box. Out: shapes inside the box: land, names, lines to names, legend.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.shapes.autoshape import CT_Shape
from pptx.shapes.freeform import FreeformBuilder
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
_SQUARE, _LETTER, _GAP = Inches(0.16), Inches(0.085), Inches(0.08)
_NAME_SIZE, _WIDE = 9.5, 0.55  # points; width of a letter beside its size
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
    shapes = slide.shapes
    shapes.turbo_add_enabled = True
    for code, outline in outlines(places).items():
        drawn = _land(shapes, frame, outline)
        drawn.fill.solid()
        drawn.fill.fore_color.rgb = colour(colours[classes[code]])
        drawn.line.color.rgb, drawn.line.width = colour(PAPER), Pt(1)
        said = value_words(areas.loc[code].to_dict(), decimals=block.decimals)
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


def names_with_room(places: Places, view: View, *, letter: float) -> pd.DataFrame:
    """Names of the map without those that would stand on a larger area's. letter: the size of the
    letters as a share of the width of the map.
    """
    names = written_names(places, view)
    size = letter * (view.east - view.west)
    kept: dict[str, Polygon] = {}
    for code in places.areas.loc[names.index, "area_km2"].sort_values(ascending=False).index:
        box = _room_of(names.loc[code], size, view)
        if not any(box.intersects(other) for other in kept.values()):
            kept[code] = box
    return names[names.index.isin(list(kept))]


def _room_of(row: "pd.Series[Any]", size: float, view: View) -> Polygon:
    """Where a name stands, in degrees."""
    lines = _in_two_lines(row["name"]).split("\n")
    if row["position"] != "middle center":
        lines = [row["name"]]
    wide = max(map(len, lines)) * _WIDE * size
    high = len(lines) * size / view.stretch
    left = {"middle right": 0.0, "middle left": -wide}.get(row["position"], -wide / 2)
    left += row["x"]
    return rectangle(left, row["y"] - high / 2, left + wide, row["y"] + high / 2)


def _polygons(land: Any) -> Iterator[Polygon]:
    if isinstance(land, Polygon) and not land.is_empty:
        yield land
    elif hasattr(land, "geoms"):
        for part in land.geoms:
            yield from _polygons(part)


def _land(shapes: Any, frame: Frame, outline: tuple[Polygon, ...]) -> Any:
    """One freeform with all rings of an area, its holes too."""
    rings = [ring for part in outline for ring in (part.exterior, *part.interiors)]
    paths = [[frame.point(lon, lat) for lon, lat, *_rest in ring.coords] for ring in rings]
    builder = _Outline.new(shapes, *paths[0][0], 1.0, 1.0)
    builder.add_line_segments(paths[0][1:], close=True)
    for path in paths[1:]:
        builder.move_to(*path[0])
        builder.add_line_segments(path[1:], close=True)
    land = builder.convert_to_shape()
    flatten(land)
    return land


class _Outline(FreeformBuilder):
    """A freeform that takes the next number: the library's own looks through all shapes for a free
    one, which takes half a minute for a thousand areas.
    """

    def _add_freeform_sp(self, origin_x: int, origin_y: int) -> CT_Shape:
        place = (origin_x + self._left, origin_y + self._top, self._width, self._height)
        at = self._shapes._next_shape_id
        drawn = CT_Shape.new_freeform_sp(at, f"Freeform {at}", *place)
        self._shapes._spTree.insert_element_before(drawn, "p:extLst")
        return drawn


def _write_names(slide: Any, frame: Frame, places: Places) -> None:
    across = (frame.view.east - frame.view.west) * frame.scale
    names = names_with_room(places, frame.view, letter=Pt(_NAME_SIZE) / across)
    for code, row in names.iterrows():
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
        size=_NAME_SIZE,
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
    shown = [*range(len(block.edges) + 1), *special]
    room = box.width - len(shown) * (_SQUARE + _GAP)
    letter = min(_LETTER, room / sum(len(labels[each]) + 2 for each in shown))
    for each in shown:
        square = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, left, top + Inches(0.02), _SQUARE, _SQUARE
        )
        flatten(square)
        square.fill.solid()
        square.fill.fore_color.rgb = colour(colours[each])
        square.line.color.rgb, square.line.width = colour(MUTED), Pt(0.5)
        square.name = _("Kelas {label}").format(label=labels[each])
        width = int(letter * (len(labels[each]) + 2))
        write_text(
            slide,
            Box(left + _SQUARE + Pt(3), top, width, Inches(0.22)),
            labels[each],
            size=10,
            ink=INK,
        )
        left += _SQUARE + width + _GAP
