"""One slide of a report on the page: for the preview of an export and for the meeting mode."""

from dataclasses import dataclass

import streamlit as st

from lk3.figures.enlarged import enlarged
from lk3.reports.content import AreaMap, Block, Numbers, Points, Report, Slide, Table
from lk3.reports.drawing import draw_block
from lk3.reports.frames import cell_texts
from lk3.ui.data import held_data
from lk3.ui.filters import selected_kelurahan
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.words import plain


@dataclass(frozen=True)
class Size:
    """How large a slide is drawn. letters: beside the usual ones; fills: figures take the height
    that the page's style gives them, else `height` pixels.
    """

    height: int = 430
    letters: float = 1.0
    fills: bool = False


USUAL = Size()


def draw_slide(slide: Slide, report: Report, *, key: str, size: Size = USUAL) -> None:
    """The blocks of a slide: map beside bars, texts beside one another, anything else below.

    A click on a kelurahan marks it on the map and on the bars.
    """
    blocks = slide.blocks
    if len(blocks) > 1 and (
        isinstance(blocks[0], AreaMap) or all(isinstance(b, Points) for b in blocks)
    ):
        places = st.columns(len(blocks), gap="medium")
        for number, (place, block) in enumerate(zip(places, blocks, strict=True)):
            with place:
                _draw(block, report, key=f"{key}_{number}", size=size)
        return
    for number, block in enumerate(blocks):
        _draw(block, report, key=f"{key}_{number}", size=size)


def _draw(block: Block, report: Report, *, key: str, size: Size) -> None:
    if isinstance(block, Points):
        _draw_points(block)
    elif isinstance(block, Numbers):
        _draw_numbers(block, key=key)
    elif isinstance(block, Table):
        _draw_table(block)
    else:
        _draw_figure(block, report, key=key, size=size)


def _draw_figure(block: Block, report: Report, *, key: str, size: Size) -> None:
    selected = selected_kelurahan(held_data())
    figure = draw_block(block, report.places, selected=selected, height=size.height)
    if figure is None:
        return
    if size.fills:
        figure = enlarged(figure, size.letters)
    chart(figure, key=key, marks=selected or "", selects=True, fills=size.fills)


def _draw_points(block: Points) -> None:
    title = f"**{plain(block.title)}**\n\n" if block.title else ""
    bullet = "- " if len(block.items) > 1 else ""
    st.markdown(title + "\n".join(f"{bullet}{plain(item)}" for item in block.items))


def _draw_numbers(block: Numbers, *, key: str) -> None:
    with st.container(key=f"kartu-{key}"), st.grid(3, min_column_width=200) as row:
        for place, item in enumerate(block.items):
            with row.container(border=True, key=f"kartu_{key}{place}"):
                st.metric(item.label, item.value)
                if item.detail:
                    st.caption(plain(item.detail))


def _draw_table(block: Table) -> None:
    frame = block.frame.astype("object")
    for place, row in enumerate(cell_texts(block)):
        frame.iloc[place] = [plain(cell) for cell in row]
    st.table(frame, border="horizontal", hide_index=True, alt=block.title)
