"""One look for screen and export: colours by meaning, one font, one template.

Colours are safe for colour-blind readers (blue and orange, never red against green); whatever a
colour says, a symbol or a word says too.
"""

from lk3 import language
from lk3.figures.plain import Figure
from lk3.language import _

INK, MUTED, FAINT, PAPER = "#17202b", "#52606d", "#dde3ea", "#ffffff"
# Light enough that dark names are readable on each (contrast of at least 4.5 to 1).
SEQUENTIAL = ("#dbe8f4", "#bad4ea", "#94bfe0", "#6ca7d4", "#478fc8")
ACCENT, SELECTED = "#1a62a0", "#111827"
NO_DATA, SUPPRESSED = "#eeece6", "#cbb994"
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
# "Source Sans" is what the pages bring along; elsewhere the system's own letters serve.
FONT = "'Source Sans', 'Segoe UI', system-ui, -apple-system, Roboto, 'DejaVu Sans', sans-serif"
PLOT_CONFIG = {"displayModeBar": False, "scrollZoom": False, "responsive": True}
_AXIS = {
    "gridcolor": FAINT,
    "zerolinecolor": "#9aa5b1",
    "linecolor": "#9aa5b1",
    "ticks": "",
    "automargin": True,
    "title": {"standoff": 8, "font": {"size": 12, "color": MUTED}},
}
TEMPLATE = {
    "layout": {
        "font": {"family": FONT, "size": 13, "color": INK},
        "colorway": ["#1f6fb2", "#e08a3c", "#6a4c93", "#3c9d8f", "#8a6d3b", "#52606d"],
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "margin": {"l": 8, "r": 12, "t": 56, "b": 8},
        "xaxis": _AXIS,
        "yaxis": {**_AXIS, "ticklabelstandoff": 5},
        "hoverlabel": {"bgcolor": "#ffffff", "font": {"color": INK, "family": FONT}},
        "legend": {
            "orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "font": {"size": 12},
            "itemclick": False, "itemdoubleclick": False,
        },
        "dragmode": False,
        "title": {
            "x": 0, "xref": "container", "y": 1, "yref": "container", "yanchor": "top",
            "pad": {"t": 10, "l": 8},
        },
    }
}  # fmt: skip
_TITLE_LETTERS = 66


def finish(
    figure: Figure,
    *,
    title: str,
    subtitle: str,
    alt: str,
    height: int | None = None,
    above: int = 0,
) -> Figure:
    """The figure with the template, its title and its description in words.

    above: pixels that the figure itself needs between the title and the plot.
    """
    separators = ",." if language.current() == "id" else ".,"
    figure.update_layout(template=TEMPLATE, separators=separators, height=height, meta={"alt": alt})
    if title or subtitle:
        figure.update_layout(title=_title(title, subtitle))
    return figure.update_layout(margin={"t": title_height(title, subtitle) + above})


def legend_below(unit: str) -> dict[str, object]:
    """A legend in rows under a map, where it can cover no land; the unit stands above it."""
    return {
        "orientation": "h", "x": 0.01, "y": -0.02, "yanchor": "top", "traceorder": "normal",
        "title": {"text": wrap(unit, 60), "font": {"size": 12}, "side": "top"},
    }  # fmt: skip


def empty_figure(sentence: str = "", *, height: int = 240) -> Figure:
    """A figure that says in words why there is nothing to draw."""
    said = sentence or _("Tidak ada data untuk pilihan ini.")
    figure = Figure()
    figure.add_annotation(
        text=wrap(said, 44), font={"size": 15, "color": MUTED},
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
    """Both in one text: Plotly's own subtitle lies over a title of two lines."""
    lines = [f"<b>{escape(line)}</b>" for line in wrap_lines(title, _TITLE_LETTERS)]
    if subtitle:
        lines.append(f'<span style="font-size:12px;color:{MUTED}">{escape(subtitle)}</span>')
    top = 10 if len(lines) == 1 else 21  # Plotly places a text of several lines a line higher
    return {"text": "<br>".join(lines), "font": {"size": 15}, "pad": {"t": top, "l": 8}}


def title_height(title: str, subtitle: str) -> int:
    """Pixels that title and subtitle take above a plot."""
    lines = len(wrap_lines(title, _TITLE_LETTERS)) if title else 0
    return 12 + 20 * lines + 22 * bool(subtitle)
