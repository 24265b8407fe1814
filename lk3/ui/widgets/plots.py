"""A Plotly figure in the browser that is changed in place.

Streamlit's own chart makes a changed figure anew: a map loses what the graphics card holds of it,
and each chart is drawn twice. This one keeps its place in the page and hands Plotly the difference,
which takes a fraction of the time (docs/performance.md). Plotly's script is the one that comes with
its Python package, so both are of one version and no other host is asked.
"""

import json
from collections.abc import Callable

import streamlit as st
import streamlit.components.v1 as components

from lk3.figures import PLOT_CONFIG, PLOTLY_SCRIPT, PLOTLY_VERSION, FixedFigure
from lk3.language import _

_HTML = '<div data-testid="stPlotlyChart" role="figure"><div class="gambar"></div></div>'
_CSS = """
:has(> .gambar), .gambar { width: 100%; height: 100%; overflow: hidden; }
@media print { .gambar .svg-container { max-width: 100% !important; } }
"""
_JS = """
const library = source => window.lk3Plotly ??= new Promise((resolve, reject) => {
  const script = document.createElement('script');
  script.onload = () => resolve(window.Plotly);
  script.onerror = () => { script.remove(); window.lk3Plotly = null; reject(source); };
  script.src = new URL(source, document.baseURI);
  document.head.append(script);
});

function code(point) {
  const said = point.location ?? point.customdata;
  return said && typeof said === 'object' ? Object.values(said)[0] : said;
}

function zoom({width, height, meta}) {  // as `View.zoom` in lk3/figures/geography.py
  const [across, up, beside] = meta.fits;
  return Math.log2(Math.min(width / across, (height - beside) / up) * 360 / 512);
}

function fit(place) {  // a hidden place has no size: it is drawn when it can be seen
  const {clientWidth: width, clientHeight: height} = place.parentElement;
  const layout = {...place.wanted.layout, width};
  if (place.fills) layout.height = height;
  if (layout.meta?.fits) layout.map = {...layout.map, zoom: zoom(layout)};
  return {...place.wanted, layout};
}

async function draw(place, Plotly) {
  const frame = place.parentElement;
  if (!place.wanted || !frame) return;
  const figure = fit(place), {width, height} = figure.layout;
  const drawn = [place.wanted, width, height];
  if (frame.clientWidth && drawn.some((part, n) => part !== place.drawn?.[n])) {
    place.drawn = drawn;
    await Plotly.react(place, figure);
    if (!place.listens) {
      place.listens = true;
      place.on('plotly_click', event => place.chosen(code(event.points[0])));
    }
  }
  frame.removeAttribute('aria-busy');
}

// One after the other: a map takes a while, and the next figure may come before it is done.
const drawInTurn = (place, Plotly) => {
  const before = place.turn ?? Promise.resolve();
  place.turn = before.then(() => draw(place, Plotly)).catch(console.error);
};

export default function ({data, parentElement, setTriggerValue}) {
  const place = parentElement.querySelector('.gambar');
  const [figure, {alt, config, failure, fills, selects, source}] = JSON.parse(data);
  place.parentElement.setAttribute('aria-label', alt);
  place.parentElement.setAttribute('aria-busy', 'true');
  place.fills = fills;
  place.style.minHeight = fills ? 0 : figure.layout.height + 'px';
  place.wanted = {...figure, config: {...config, responsive: false}};
  place.chosen = code => { if (selects && code) setTriggerValue('chosen', String(code)); };
  library(source).then(Plotly => {
    if (!place.wanted) return;
    drawInTurn(place, Plotly);
    place.watch ??= new ResizeObserver(() => drawInTurn(place, Plotly));
    place.watch.observe(place.parentElement);
  }).catch(() => {
    place.textContent = failure;
    place.parentElement.removeAttribute('aria-busy');
  });
  return () => {
    place.watch?.disconnect();
    place.wanted = null;
    window.Plotly?.purge(place);
  };
}
"""


def show_figure(
    figure: FixedFigure,
    *,
    key: str,
    fills: bool = False,
    on_chosen: Callable[[str], None] | None = None,
) -> None:
    """Put a figure on the page. `key`: what it is known by from run to run; `fills`: it is as high
    as its place; `on_chosen`: called with the code of the area that somebody has clicked.
    """
    facts = {
        "alt": figure.alt,
        "config": PLOT_CONFIG,
        "failure": _("Diagram tidak dapat dimuat. Muat ulang halaman ini."),
        "fills": fills,
        "selects": on_chosen is not None,
        "source": _source(),
    }
    mount = st.components.v2.component(
        "lk3_plot", html=_HTML, css=_CSS, js=_JS, isolate_styles=False
    )
    mount(
        key=key,
        data=f"[{figure.json},{json.dumps(facts)}]",
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
