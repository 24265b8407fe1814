"""The report as a PDF on A4, and as one picture for a chat group; typeset without a browser.

In: a `Report`. Out: bytes of a .pdf or .png. The texts travel to the typesetter as data, so none of
them is ever run as markup.
"""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import typst

from lk3 import language
from lk3.figures.words import describe
from lk3.language import _
from lk3.places import Places
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
from lk3.reports.drawn import (
    drawn_area_bars,
    drawn_category_bars,
    drawn_line,
    drawn_map,
    drawn_tiles,
)
from lk3.reports.frames import cell_texts, shortened
from lk3.texts import readable

_TEMPLATES = Path(__file__).parent / "templates"
_HEADLINE_SIZES = ((60, 50), (110, 42), (170, 36))  # letters up to which a size fits the card
_SMALLEST, _MOST_TILES = 30, 40
_LETTER, _CARD_LETTER = 0.028, 0.0167  # of names on a map, as shares of its width


def write_pdf(report: Report) -> bytes:
    """The quarterly report, with a place for the signature at its end."""
    day = language.long_date(report.prepared_on)
    data = {
        **_head(report),
        "title": report.title,
        "place": report.place,
        "period": report.period,
        "sections": [
            _section(shortened(slide), report.places)
            for slide in report.slides
            if slide.key != "title"
        ],
        "signature": {
            "place": f"{report.places.name}, {day}",
            "position": report.position or _("Penanggung jawab"),
            "name": report.signed_by or "(…………………………………)",
        },
    }
    return _typeset("report.typ", data, format="pdf")


def write_card(report: Report) -> bytes:
    """The picture, 1080 by 1350 pixels. Raises KeyError when the report lacks summary or map."""
    summary, areas = report.slide("summary"), report.slide("map")
    numbers = next(block for block in summary.blocks if isinstance(block, Numbers))
    tiles = next(block for block in areas.blocks if isinstance(block, AreaMap))
    data = {
        **_head(report),
        "headline": summary.headline,
        "size": next(
            (size for most, size in _HEADLINE_SIZES if len(summary.headline) <= most), _SMALLEST
        ),
        "subtitle": areas.subtitle,
        **map_of_card(tiles, report.places),
        "numbers": [vars(item) for item in numbers.items[:3]],
    }
    return _typeset("card.typ", data, format="png")


def map_of_card(block: AreaMap, places: Places) -> dict[str, Any]:
    """Tiles with names and numbers; of more areas than tiles can name the land itself."""
    if len(places.codes) <= _MOST_TILES:
        return {"tiles": drawn_tiles(block, places)}
    return {"land": drawn_map(block, places, letter=_CARD_LETTER)}


def card_text(report: Report) -> str:
    """The text to paste with the picture: the same sentences and numbers, and the source."""
    summary, areas = report.slide("summary"), report.slide("map")
    numbers = next(block for block in summary.blocks if isinstance(block, Numbers))
    mark = [_("DATA CONTOH")] if report.sample else []
    facts = [f"• {item.label}: {item.value}" for item in numbers.items[:3]]
    lines = (
        *mark,
        f"*{report.institute}*",
        summary.headline,
        *facts,
        areas.headline,
        report.footer,
    )
    return readable("\n".join(lines))


def _head(report: Report) -> dict[str, Any]:
    return {
        "institute": report.institute,
        "language": report.language,
        "sample": _("DATA CONTOH") if report.sample else "",
        "footer": report.footer,
    }


def _typeset(template: str, data: dict[str, Any], *, format: Literal["pdf", "png"]) -> bytes:
    """Compile a template with its data; 72 pixels per inch, so that a point is a pixel."""
    fonts = str(files("font_source_sans_pro") / "files")
    made = typst.compile(
        str(_TEMPLATES / template),
        None,
        root=str(_TEMPLATES),
        font_paths=[fonts],
        format=format,
        ppi=72.0,
        sys_inputs={"data": readable(json.dumps(data, ensure_ascii=False))},
    )
    assert isinstance(made, bytes)  # noqa: S101 one page or a PDF: never a list
    return made


def _section(slide: Slide, places: Places) -> dict[str, Any]:
    blocks = []
    for place, block in enumerate(slide.blocks):
        if isinstance(block, AreaMap):
            bars = slide.blocks[place + 1]
            assert isinstance(bars, AreaBars)  # noqa: S101 maps come with their bars
            blocks.append(_areas(block, bars, places))
        elif not isinstance(block, AreaBars):
            blocks.append(_block(block))
    return {
        "headline": slide.headline,
        "subtitle": slide.subtitle,
        "caveat": slide.caveat,
        "blocks": blocks,
    }


def _areas(map: AreaMap, bars: AreaBars, places: Places) -> dict[str, Any]:
    alt = describe(
        map.measure,
        places=places,
        label=map.label,
        unit=map.unit,
        decimals=map.decimals,
        kind=_("Peta"),
    )
    return {
        "kind": "areas",
        "alt": alt,
        "map": drawn_map(map, places, letter=_LETTER),
        "bars": drawn_area_bars(bars, places),
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Points):
        return {"kind": "points", "title": block.title, "items": list(block.items)}
    if isinstance(block, Numbers):
        return {"kind": "numbers", "items": [vars(item) for item in block.items]}
    if isinstance(block, CategoryBars):
        return {"kind": "bars", "bars": drawn_category_bars(block, _("disembunyikan"))}
    if isinstance(block, Trend):
        return {"kind": "line", "alt": block.label, "line": drawn_line(block)}
    assert isinstance(block, Table)  # noqa: S101 the last of the kinds
    rows = cell_texts(block)
    header = [str(name) for name in block.frame.columns]
    longest = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
    return {
        "kind": "table",
        "header": header,
        "rows": rows,
        "widths": _shares([min(each, 45) for each in longest]),
        "numeric": [pd.api.types.is_numeric_dtype(block.frame[name]) for name in block.frame],
    }


def _shares(letters: list[int]) -> list[int]:
    """Of the width of a table, by the longest text of each column; none too narrow for a word."""
    return [max(each, 7, sum(letters) // 11) for each in letters]
