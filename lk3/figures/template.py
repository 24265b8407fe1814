"""One look for screen and export: colours by meaning, one font, one template.

Colours are safe for colour-blind readers (blue and orange, never red against green); whatever a
colour says, a symbol or a word says too.
"""

import plotly.graph_objects as go

from lk3 import language
from lk3.language import _

INK, MUTED, FAINT, PAPER = "#17202b", "#52606d", "#dde3ea", "#ffffff"
# Light enough that dark names are readable on each (contrast of at least 4.5 to 1).
SEQUENTIAL = ("#e6f0f8", "#c2dbed", "#98c2e0", "#70a9d3", "#4c90c6")
ACCENT, SELECTED = "#1f6fb2", "#111827"
NO_DATA, SUPPRESSED = "#ecebe7", "#cbbfae"
VERDICT_COLOURS = {
    "strongly_above": "#b4490b",
    "above": "#e08a3c",
    "like_city": "#9aa5b1",
    "below": "#6fa8d6",
    "strongly_below": "#1f6fb2",
    "too_few": "#cdd5de",
    "": "#79afd2",
}
VERDICT_SYMBOLS = {
    "strongly_above": "▲▲",
    "above": "▲",
    "like_city": "•",
    "below": "▼",
    "strongly_below": "▼▼",
    "too_few": "?",
    "": "",
}
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', Arial, sans-serif"
PLOT_CONFIG = {"displayModeBar": False, "scrollZoom": False, "responsive": True}
_AXIS = {
    "gridcolor": FAINT,
    "zerolinecolor": "#9aa5b1",
    "linecolor": "#9aa5b1",
    "ticks": "",
    "automargin": True,
    "title": {"standoff": 8, "font": {"size": 12, "color": MUTED}},
}
TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 13, "color": INK},
        "colorway": ["#1f6fb2", "#e08a3c", "#6a4c93", "#3c9d8f", "#8a6d3b", "#52606d"],
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "margin": {"l": 8, "r": 12, "t": 56, "b": 8},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
        "hoverlabel": {"bgcolor": "#ffffff", "font": {"color": INK, "family": FONT}},
        "legend": {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        "dragmode": False,
        "title": {"x": 0, "xref": "paper", "y": 1, "yref": "container", "pad": {"t": 8}},
    }
)


def finish(
    figure: go.Figure, *, title: str, subtitle: str, alt: str, height: int | None = None
) -> go.Figure:
    """The figure with the template, its title and its description in words."""
    separators = ",." if language.current() == "id" else ".,"
    figure.update_layout(
        template=TEMPLATE, separators=separators, height=height, meta={"alt": alt}, title=None
    )
    if title or subtitle:
        figure.update_layout(title=_title(title, subtitle))
    else:
        figure.update_layout(margin_t=12)
    return figure


def empty_figure(sentence: str = "", *, height: int = 240) -> go.Figure:
    """A figure that says in words why there is nothing to draw."""
    said = sentence or _("Tidak ada data untuk pilihan ini.")
    figure = go.Figure()
    figure.add_annotation(
        text=wrap(said, 44), showarrow=False, font={"size": 15, "color": MUTED},
        x=0.5, y=0.5, xref="paper", yref="paper",
    )  # fmt: skip
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return finish(figure, title="", subtitle="", alt=said, height=height)


def wrap(text: str, width: int, *, lines: int = 3) -> str:
    """The text in lines of about `width` letters, as Plotly writes them."""
    return "<br>".join(escape(row) for row in wrap_lines(text, width, lines=lines))


def wrap_lines(text: str, width: int, *, lines: int = 3) -> list[str]:
    """The text broken at blanks into lines of about `width` letters; what is too long ends in …"""
    rows: list[str] = []
    for word in text.split():
        if rows and len(rows[-1]) + len(word) < width:
            rows[-1] += f" {word}"
        else:
            rows.append(word if len(word) <= width else word[: width - 1] + "…")
    if len(rows) > lines:
        rows = [*rows[: lines - 1], rows[lines - 1] + " …"]
    return rows


def escape(text: str) -> str:
    """Text that Plotly shows as it is: its pseudo-HTML is not for category names."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _title(title: str, subtitle: str) -> dict[str, object]:
    small = {"size": 12, "color": MUTED}
    if not title:
        return {"text": escape(subtitle), "font": small}
    under = {"text": escape(subtitle), "font": small}
    return {"text": wrap(title, 70), "font": {"size": 15}, "subtitle": under if subtitle else None}
