"""A Plotly figure in the browser that is changed in place.

Streamlit's own chart makes a changed figure anew: a map loses what the graphics card holds of it,
and each chart is drawn twice. This one keeps its place in the page and hands Plotly the difference,
which takes a fraction of the time (docs/performance.md). Plotly's script is the one that comes with
its Python package, so both are of one version and no other host is asked.
"""

import json
from collections.abc import Callable
from pathlib import Path

import streamlit as st
import streamlit.components.v1 as components

from lk3.figures import PLOT_CONFIG, PLOTLY_SCRIPT, PLOTLY_VERSION, SELECTED, FixedFigure
from lk3.language import _

_HTML = '<div data-testid="stPlotlyChart" role="figure"><div class="gambar"></div></div>'
_CSS = """
:has(> .gambar), .gambar { width: 100%; height: 100%; overflow: hidden; }
@media print { .gambar .svg-container { max-width: 100% !important; } }
"""
_JS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def fetch_library() -> None:
    """Let the browser fetch Plotly's script while the figures of the page are still being made."""
    mount = st.components.v2.component("lk3_plotly", js=_JS)
    with st.container(key="pustaka"):
        mount(key="pustaka_plotly", data=json.dumps({"source": _source()}))


def show_figure(
    figure: FixedFigure,
    *,
    key: str,
    fills: bool = False,
    marks: str | None = None,
    on_chosen: Callable[[str], None] | None = None,
) -> None:
    """Put a figure on the page. `key`: what it is known by from run to run; `fills`: it is as high
    as its place; `marks`: code of the area that stands out in it, "" while none does, None where
    none ever does; `on_chosen`: called with the code of the area that somebody has clicked.
    """
    said = {
        "alt": figure.alt,
        "config": PLOT_CONFIG,
        "failure": _("Diagram tidak dapat dimuat. Muat ulang halaman ini."),
        "fills": fills,
        "ink": SELECTED,
        "marks": marks,
        "selects": on_chosen is not None,
        "source": _source(),
    }
    mount = st.components.v2.component(
        "lk3_plot", html=_HTML, css=_CSS, js=_JS, isolate_styles=False
    )
    mount(
        key=key,
        data=f"{json.dumps(said)}\n{figure.json}",
        height="stretch" if fills else "content",
        on_chosen_change=lambda: _pass_on(key, on_chosen),
    )


def _pass_on(key: str, on_chosen: Callable[[str], None] | None) -> None:
    code = (st.session_state.get(key) or {}).get("chosen")
    if on_chosen and code:
        on_chosen(code)


@st.cache_resource(show_spinner=False)
def _source() -> str:
    """Where the server hands out Plotly's script, seen from the root of the site."""
    folder = components.declare_component("plotly", path=PLOTLY_SCRIPT.parent)
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    parts = filter(None, ("", base, "component", folder.name, PLOTLY_SCRIPT.name))
    return f"/{'/'.join(parts)}?v={PLOTLY_VERSION}"
