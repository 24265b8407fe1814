"""Native tables, cut into as many slides as their rows need."""

from typing import Any

import pandas as pd
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from lk3.figures.template import ACCENT, INK, PAPER
from lk3.reports.content import Table
from lk3.reports.deck.canvas import Box, colour, describe_shape, lines_of
from lk3.reports.frames import cell_texts
from lk3.texts import readable

_SIZES = (16.0, 14.0, 12.0, 11.0)
_PAD = Inches(0.04)
_STRIPE = "#f3f6f9"


def pages_of(block: Table, box: Box) -> tuple[float, list[list[list[str]]]]:
    """The size of letters and the rows of each page: one page at the largest size that allows it,
    else several at the smallest.
    """
    rows, widths = cell_texts(block), column_widths(block, box.width)
    header = [str(name) for name in block.frame.columns]
    for size in _SIZES:
        heights = [_row_height(row, widths, size) for row in [header, *rows]]
        if sum(heights) <= box.height:
            return size, [rows]
    size = _SIZES[-1]
    room = box.height - _row_height(header, widths, size)
    pages: list[list[list[str]]] = [[]]
    left = room
    for row in rows:
        height = _row_height(row, widths, size)
        if height > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(row)
        left -= height
    return size, pages


def column_widths(block: Table, width: int) -> list[int]:
    """Shares of the width by the longest text of each column, none too narrow."""
    rows = [[str(name) for name in block.frame.columns], *cell_texts(block)]
    longest = [min(max(len(row[i]) for row in rows), 60) + 3 for i in range(len(rows[0]))]
    floor = max(8, sum(longest) // 14)
    wanted = [max(each, floor) for each in longest]
    return [int(width * each / sum(wanted)) for each in wanted]


def draw_table(slide: Any, box: Box, block: Table, rows: list[list[str]], *, size: float) -> Any:
    """A page of a table; returns the graphic frame."""
    header = [str(name) for name in block.frame.columns]
    widths = column_widths(block, box.width)
    heights = [_row_height(row, widths, size) for row in [header, *rows]]
    shape = slide.shapes.add_table(
        len(rows) + 1, len(header), box.left, box.top, box.width, sum(heights)
    )
    describe_shape(shape, name=block.title, alt=block.title)
    table = shape.table
    for place, width in enumerate(widths):
        table.columns[place].width = Emu(width)
    is_number = [pd.api.types.is_numeric_dtype(block.frame[name]) for name in block.frame.columns]
    for line, (row, height) in enumerate(zip([header, *rows], heights, strict=True)):
        table.rows[line].height = Emu(height)
        for place, text in enumerate(row):
            _fill(
                table.cell(line, place),
                text,
                size=size,
                align=PP_ALIGN.RIGHT if is_number[place] else PP_ALIGN.LEFT,
                is_header=line == 0,
                fill=ACCENT if line == 0 else _STRIPE if line % 2 == 0 else PAPER,
            )
    return shape


def _fill(
    cell: Any, text: str, *, size: float, align: PP_ALIGN, is_header: bool, fill: str
) -> None:
    cell.margin_top = cell.margin_bottom = _PAD
    cell.margin_left = cell.margin_right = Inches(0.07)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(fill)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = align
    run = paragraph.add_run()
    run.text = readable(text)
    run.font.size, run.font.bold = Pt(size), is_header
    run.font.color.rgb = colour(PAPER if is_header else INK)


def _row_height(row: list[str], widths: list[int], size: float) -> int:
    lines = max(
        lines_of(text, size=size, width=width - Inches(0.14))
        for text, width in zip(row, widths, strict=True)
    )
    return int(lines * size * 1.25 * 12700 + 2 * _PAD)
