"""The report as one HTML file: interactive, printable, and without a request to anywhere.

In: a `Report`. Out: the bytes of an .html. Plotly's own code is inside the file, and a content
policy forbids the rest; texts are escaped by the template.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from plotly.io import to_html

from lk3 import language
from lk3.figures import PLOT_CONFIG, Figure
from lk3.language import _
from lk3.places import Places
from lk3.reports.content import Numbers, Points, Report, Slide, Table
from lk3.reports.drawing import draw_block
from lk3.reports.frames import cell_texts, tables_of
from lk3.texts import readable

_TEMPLATES = Path(__file__).parent / "templates"


def write_html(report: Report) -> bytes:
    """The file, in UTF-8."""
    parts = [_part(slide, report.places) for slide in report.slides if slide.key != "title"]
    words = {
        "sample": _("DATA CONTOH"),
        "prepared": _("disusun {day}").format(day=language.long_date(report.prepared_on)),
        "contents": _("Daftar isi"),
        "numbers": _("Angka di balik gambar ini"),
        "method": _("Cara menghitung dan sumber"),
    }
    page = _environment().get_template("report.html.j2")
    text = page.render(report=report, parts=parts, words=words, plotly_js=_plotly_js())
    return text.encode("utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    loader = FileSystemLoader(_TEMPLATES, encoding="utf-8")
    return Environment(loader=loader, autoescape=True, trim_blocks=True, finalize=_written)


def _written(value: Any) -> Any:
    """A text of ours without signs that are not seen; what is markup already stays."""
    return readable(value) if type(value) is str else value


@lru_cache(maxsize=1)
def _plotly_js() -> Markup:
    from plotly.offline import get_plotlyjs

    return Markup(get_plotlyjs())  # noqa: S704 the library's own code, no text of ours


def _part(slide: Slide, places: Places) -> dict[str, Any]:
    figures = [draw_block(block, places) for block in slide.blocks]
    return {
        "slide": slide,
        "points": [block for block in slide.blocks if isinstance(block, Points)],
        "numbers": [block for block in slide.blocks if isinstance(block, Numbers)],
        "figures": [_figure(each) for each in figures if each is not None],
        "tables": [
            _table(table)
            for table in tables_of(slide, places)
            if not any(isinstance(block, Numbers) for block in slide.blocks)
        ],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    html = to_html(figure.parts, config=PLOT_CONFIG, include_plotlyjs=False, full_html=False)
    return {"alt": figure.alt, "html": Markup(html)}  # noqa: S704 escaped by Plotly


def _table(table: Table) -> dict[str, Any]:
    header = [
        {"text": str(name), "is_number": pd.api.types.is_numeric_dtype(table.frame[name])}
        for name in table.frame.columns
    ]
    return {"title": table.title, "header": header, "rows": cell_texts(table)}
