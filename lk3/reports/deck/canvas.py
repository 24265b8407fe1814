"""Where things stand on a slide, and text that fits into its box.

All lengths are EMU, as python-pptx counts them; sizes of letters are points.
"""

from dataclasses import dataclass
from math import ceil
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from lk3.figures.template import INK
from lk3.texts import readable

_LETTER = 0.58  # width of a letter beside its size, on average of Indonesian text
_LINE = 1.22  # height of a line beside the size of its letters
POINT = 12700  # EMU


@dataclass(frozen=True)
class Box:
    """A place on the slide."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """The lower edge."""
        return self.top + self.height

    @property
    def right(self) -> int:
        """The right edge."""
        return self.left + self.width

    def columns(self, shares: tuple[float, ...], *, gap: int = Inches(0.25)) -> list["Box"]:
        """The box cut into columns of these shares of its width."""
        free, left, boxes = self.width - gap * (len(shares) - 1), self.left, []
        for share in shares:
            width = int(free * share / sum(shares))
            boxes.append(Box(left, self.top, width, self.height))
            left += width + gap
        return boxes

    def rows(self, shares: tuple[float, ...], *, gap: int = Inches(0.15)) -> list["Box"]:
        """The box cut into rows of these shares of its height."""
        free, top, boxes = self.height - gap * (len(shares) - 1), self.top, []
        for share in shares:
            height = int(free * share / sum(shares))
            boxes.append(Box(self.left, top, self.width, height))
            top += height + gap
        return boxes


def colour(text: str) -> RGBColor:
    """The colour of "#rrggbb"."""
    return RGBColor.from_string(text.lstrip("#").upper())


def lines_of(text: str, *, size: float, width: int) -> int:
    """How many lines a text takes at a size of letters; never fewer than it does."""
    each = max(1, int(width / (size * POINT * _LETTER)))
    return sum(max(1, ceil(len(part) / each)) for part in text.split("\n"))


def fitting_size(
    texts: tuple[str, ...], box: Box, *, sizes: tuple[float, ...], between: float = 0.4
) -> float:
    """The largest of `sizes` (descending) at which paragraphs fit; the smallest if none does."""
    for size in sizes:
        lines = sum(lines_of(text, size=size, width=box.width) for text in texts)
        if (lines * _LINE + between * len(texts)) * size * POINT <= box.height:
            return size
    return sizes[-1]


def write_text(
    slide: Any,
    box: Box,
    *paragraphs: str,
    size: float,
    ink: str = INK,
    bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
    bullet: str = "",
    name: str = "",
) -> Any:
    """A text box with its paragraphs, without margins; returns the shape."""
    shape = slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
    if name:
        shape.name = readable(name)
    fill_text(
        shape.text_frame, paragraphs, size=size, ink=ink, bold=bold, align=align, bullet=bullet
    )
    shape.text_frame.vertical_anchor = anchor
    return shape


def fill_text(
    frame: Any,
    paragraphs: tuple[str, ...],
    *,
    size: float,
    ink: str = INK,
    bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    bullet: str = "",
) -> None:
    """Paragraphs of one look into a text frame."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    frame.clear()
    for place, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = align
        if place:
            paragraph.space_before = Pt(size * 0.4)
        for line, words in enumerate(readable(f"{bullet}{text}").split("\n")):
            if line:
                paragraph.add_line_break()
            run = paragraph.add_run()
            run.text = words
            run.font.size, run.font.bold = Pt(size), bold
            run.font.color.rgb = colour(ink)


def flatten(shape: Any) -> None:
    """Take the shadow away that the theme gives to shapes."""
    shape.shadow.inherit = False
    for reference in shape._element.iter(qn("a:effectRef")):
        reference.set("idx", "0")


def describe_shape(shape: Any, *, name: str, alt: str) -> None:
    """The name and the description of a shape, for those who cannot see it."""
    shape.name = readable(name)
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("descr", readable(alt))
