"""The report as a PowerPoint deck that can be edited: native charts, tables and map, no picture.

In: a `Report`, and the office's own .pptx as template if it has one. Out: the bytes of a .pptx,
16:9 (or the size of the template). `charts`, `map` and `tables` draw the blocks, `canvas` knows
where things stand.
"""

from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from pptx import Presentation
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.exc import PackageNotFoundError
from pptx.util import Inches, Pt

from lk3.errors import UserError
from lk3.figures.template import ACCENT, FAINT, INK, MUTED, PAPER
from lk3.language import _, number
from lk3.reports.content import (
    AreaBars,
    AreaMap,
    Block,
    CategoryBars,
    Numbers,
    Points,
    Report,
    Slide,
    Table,
    Trend,
)
from lk3.reports.deck.canvas import (
    Box,
    colour,
    fill_text,
    fitting_size,
    flatten,
    lines_of,
    write_text,
)
from lk3.reports.deck.charts import area_bars, category_bars, trend_line
from lk3.reports.deck.map import draw_map
from lk3.reports.deck.tables import draw_table, pages_of
from lk3.reports.frames import shortened
from lk3.texts import readable

_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_MARGIN = Inches(0.55)
_FOOTER, _CAVEAT, _SUBTITLE = Inches(0.32), Inches(0.5), Inches(0.32)
_HEADLINE_SIZES = (28.0, 24.0, 21.0, 18.0, 16.0, 14.0)  # the last for lists of a province
_CARDS_IN_A_ROW = 3
_SAMPLE = "#8a4b08"
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


def write_pptx(report: Report, *, template: bytes | None = None) -> bytes:
    """The deck. Raises UserError when the template is no .pptx or has no layout with a title."""
    deck = _Deck(report, _opened(template), has_template=template is not None)
    for slide in report.slides:
        deck.add(slide)
    target = BytesIO()
    deck.file.save(target)
    return target.getvalue()


def _opened(template: bytes | None) -> Any:
    """An empty presentation: of the usual size, or the template without its slides."""
    if template is None:
        file = Presentation()
        file.slide_width, file.slide_height = _WIDTH, _HEIGHT
        return file
    try:
        file = Presentation(BytesIO(template))
    except (BadZipFile, KeyError, PackageNotFoundError, ValueError) as error:
        raise UserError(
            _("Templat itu bukan berkas PowerPoint (.pptx). Pilih berkas .pptx, atau kosongkan.")
        ) from error
    listed = file.slides._sldIdLst
    for entry in list(listed):
        file.part.drop_rel(entry.rId)
        listed.remove(entry)
    return file


class _Deck:
    """A presentation that is being filled, slide by slide."""

    def __init__(self, report: Report, file: Any, *, has_template: bool) -> None:
        self.report, self.file, self.has_template = report, file, has_template
        self.layout = _layout_with_title(file)

    def add(self, content: Slide) -> None:
        """One slide, or a few when a table needs them."""
        content = shortened(content)
        if content.key == "title":
            self._add_title(content)
            return
        table = next((b for b in content.blocks if isinstance(b, Table)), None)
        if table is None:
            slide, room = self._begin(content)
            _draw_blocks(slide, room, content.blocks, self.report)
            return
        size, pages = pages_of(table, self._room(content))
        for place, rows in enumerate(pages, start=1):
            slide, room = self._begin(content, page=place, pages=len(pages))
            draw_table(slide, room, table, rows, size=size)

    def _add_title(self, content: Slide) -> None:
        slide = self._new(content, content.headline)
        wide, high = self.file.slide_width, self.file.slide_height
        title = slide.shapes.title
        title.left, title.top = _MARGIN, int(high * 0.36)
        title.width, title.height = wide - 2 * _MARGIN, int(high * 0.22)
        fill_text(title.text_frame, (content.headline,), size=40, bold=True)
        title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        below = Box(_MARGIN, int(high * 0.61), wide - 2 * _MARGIN, Inches(0.9))
        write_text(slide, below, content.subtitle, size=22, ink=MUTED)
        for place, words in enumerate((_("Logo pemerintah kota"), _("Logo lembaga"))):
            self._logo(slide, words, left=_MARGIN + place * Inches(2.1))
        self._finish(slide, content)

    def _logo(self, slide: Any, words: str, *, left: int) -> None:
        """A dashed box that somebody fills with a picture."""
        shape = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, left, Inches(0.6), Inches(1.9), Inches(1.1)
        )
        shape.fill.background()
        flatten(shape)
        shape.line.color.rgb, shape.line.dash_style = colour(MUTED), MSO_LINE.DASH
        shape.name = words
        fill_text(shape.text_frame, (words,), size=12, ink=MUTED, align=PP_ALIGN.CENTER)

    def _begin(self, content: Slide, *, page: int = 1, pages: int = 1) -> tuple[Any, Box]:
        """A slide with headline, subtitle, caveat, footer and notes; and the room that is left."""
        headline = content.headline if pages == 1 else f"{content.headline} ({page}/{pages})"
        slide = self._new(content, headline)
        self._write_headline(slide, headline)
        top = self._headline_box(content).bottom
        if content.subtitle:
            place = Box(_MARGIN, top, self._inner, _SUBTITLE)
            write_text(slide, place, content.subtitle, size=13, ink=MUTED)
        if content.caveat:
            room = self._room(content)
            place = Box(_MARGIN, room.bottom + Inches(0.08), self._inner, _CAVEAT)
            size = fitting_size((content.caveat,), place, sizes=(12.0, 11.0, 10.0))
            write_text(slide, place, content.caveat, size=size, ink=MUTED)
        self._finish(slide, content)
        return slide, self._room(content)

    def _new(self, content: Slide, headline: str) -> Any:
        slide = self.file.slides.add_slide(self.layout)
        for shape in list(slide.placeholders):
            if shape.placeholder_format.type not in _TITLES:
                shape._element.getparent().remove(shape._element)
        slide.shapes.title.text_frame.text = readable(headline)
        slide.name = readable(content.key)
        return slide

    def _write_headline(self, slide: Any, headline: str) -> None:
        title = slide.shapes.title
        if self.has_template:  # its own place, letters and colours
            return
        place = Box(_MARGIN, Inches(0.4), self._inner, Inches(0.92))
        title.left, title.top, title.width, title.height = (
            place.left,
            place.top,
            place.width,
            place.height,
        )
        size = fitting_size((headline,), place, sizes=_HEADLINE_SIZES, between=0)
        fill_text(title.text_frame, (headline,), size=size, bold=True)
        title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE

    def _headline_box(self, content: Slide) -> Box:
        """Where the headline ends: of a template its own title."""
        if self.has_template:
            own = next(p for p in self.layout.placeholders if p.placeholder_format.type in _TITLES)
            return Box(own.left, own.top, own.width, own.height)
        return Box(_MARGIN, Inches(0.4), self._inner, Inches(0.98))

    @property
    def _inner(self) -> int:
        return int(self.file.slide_width - 2 * _MARGIN)

    def _room(self, content: Slide) -> Box:
        """What is left between the subtitle and the caveat."""
        top = self._headline_box(content).bottom + Inches(0.08)
        top += _SUBTITLE if content.subtitle else 0
        bottom = self.file.slide_height - _FOOTER - Inches(0.2)
        bottom -= _CAVEAT + Inches(0.08) if content.caveat else 0
        return Box(_MARGIN, top, self._inner, int(bottom - top))

    def _finish(self, slide: Any, content: Slide) -> None:
        """Footer with filter, version and day of the data; the sample's mark; the notes."""
        top = self.file.slide_height - _FOOTER - Inches(0.1)
        page = Box(self.file.slide_width - _MARGIN - Inches(0.8), top, Inches(0.8), _FOOTER)
        write_text(
            slide, page, number(len(self.file.slides)), size=11, ink=MUTED, align=PP_ALIGN.RIGHT
        )
        foot = Box(_MARGIN, top, self._inner - Inches(0.9), _FOOTER)
        write_text(slide, foot, self.report.footer, size=11, ink=MUTED, name=_("Catatan kaki"))
        if self.report.sample:
            self._mark_sample(slide)
        if content.notes:
            notes = slide.notes_slide.notes_text_frame
            notes.text = readable("\n".join((*content.notes, content.caveat)))

    def _mark_sample(self, slide: Any) -> None:
        width = Inches(1.7)
        mark = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE,
            self.file.slide_width - _MARGIN - width,
            Inches(0.06),
            width,
            Inches(0.28),
        )
        mark.fill.solid()
        mark.fill.fore_color.rgb = colour(_SAMPLE)
        mark.line.fill.background()
        flatten(mark)
        mark.name = _("DATA CONTOH")
        words = (_("DATA CONTOH"),)
        fill_text(mark.text_frame, words, size=12, ink=PAPER, bold=True, align=PP_ALIGN.CENTER)
        mark.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _layout_with_title(file: Any) -> Any:
    """The layout with a title and the fewest other places to fill."""
    titled = [
        layout
        for layout in file.slide_layouts
        if any(p.placeholder_format.type in _TITLES for p in layout.placeholders)
    ]
    if not titled:
        raise UserError(
            _("Templat itu tidak memiliki tata letak dengan judul. Tambahkan satu, lalu ulangi.")
        )
    return min(titled, key=lambda layout: len(layout.placeholders))


def _draw_blocks(slide: Any, room: Box, blocks: tuple[Block, ...], report: Report) -> None:
    """Map beside bars, texts beside one another; anything else under one another."""
    if len(blocks) == 2 and isinstance(blocks[0], AreaMap):
        for box, block in zip(room.columns((1.0, 1.0)), blocks, strict=True):
            _draw(slide, box, block, report)
    elif len(blocks) > 1 and all(isinstance(block, Points) for block in blocks):
        for box, block in zip(room.columns((1.0,) * len(blocks)), blocks, strict=True):
            _draw(slide, box, block, report)
    elif blocks:
        shares = tuple(_share(block) for block in blocks)
        for box, block in zip(room.rows(shares), blocks, strict=True):
            _draw(slide, box, block, report)


def _share(block: Block) -> float:
    if isinstance(block, Points):
        return 0.4 + 0.3 * len(block.items)
    return 3.2


def _draw(slide: Any, box: Box, block: Block, report: Report) -> None:
    if isinstance(block, AreaMap):
        draw_map(slide, box, block, report.places)
    elif isinstance(block, AreaBars):
        area_bars(slide, box, block, report.places)
    elif isinstance(block, CategoryBars):
        category_bars(slide, box, block)
    elif isinstance(block, Trend):
        trend_line(slide, box, block)
    elif isinstance(block, Numbers):
        _draw_numbers(slide, box, block)
    elif isinstance(block, Points):
        _draw_points(slide, box, block)


def _draw_points(slide: Any, box: Box, block: Points) -> None:
    if not block.items:
        return
    top = box.top
    if block.title:
        write_text(
            slide,
            Box(box.left, top, box.width, Inches(0.4)),
            block.title,
            size=18,
            ink=ACCENT,
            bold=True,
        )
        top += Inches(0.5)
    place = Box(box.left, top, box.width, box.bottom - top)
    size = fitting_size(block.items, place, sizes=(20.0, 18.0, 16.0, 14.0, 12.0, 10.5))
    write_text(slide, place, *block.items, size=size, bullet="•  " if len(block.items) > 1 else "")


def _draw_numbers(slide: Any, box: Box, block: Numbers) -> None:
    """Cards, three in a row."""
    items = block.items
    rows = [items[i : i + _CARDS_IN_A_ROW] for i in range(0, len(items), _CARDS_IN_A_ROW)]
    for row, band in zip(rows, box.rows((1.0,) * len(rows)), strict=True):
        for item, place in zip(row, band.columns((1.0,) * _CARDS_IN_A_ROW), strict=False):
            card = slide.shapes.add_shape(
                MSO_SHAPE.RECTANGLE, place.left, place.top, place.width, place.height
            )
            card.fill.solid()
            card.fill.fore_color.rgb = colour(PAPER)
            card.line.color.rgb, card.line.width = colour(FAINT), Pt(1.25)
            flatten(card)
            card.name = readable(item.label)
            _write_card(slide, place, item.label, item.value, item.detail)


def _write_card(slide: Any, place: Box, label: str, value: str, detail: str) -> None:
    pad = Inches(0.15)
    inner = Box(place.left + pad, place.top + pad, place.width - 2 * pad, place.height - 2 * pad)
    size = 34 if lines_of(value, size=34, width=inner.width) == 1 else 22
    write_text(slide, Box(inner.left, inner.top, inner.width, Inches(0.3)), label, size=14,
               ink=MUTED)  # fmt: skip
    write_text(
        slide,
        Box(inner.left, inner.top + Inches(0.3), inner.width, Inches(0.6)),
        value,
        size=size,
        ink=INK,
        bold=True,
    )
    rest = Box(inner.left, inner.top + Inches(0.92), inner.width, inner.height - Inches(0.92))
    small = fitting_size((detail,), rest, sizes=(13.0, 12.0, 11.0, 10.0))
    write_text(slide, rest, detail, size=small, ink=MUTED)
