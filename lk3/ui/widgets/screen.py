"""The screen of whoever presents: how large it is, and a button that gives it all to the page.

The server cannot know how large the letters of a chart must be, so the browser says how much larger
the screen is than the smallest one that meetings use, whenever that changes.
"""

from typing import Any

import streamlit as st

from lk3.language import _

SMALLEST = (1024, 768)
_KEY = "layar"
_HTML = (
    '<button type="button"><svg width="16" height="16" viewBox="0 0 16 16" fill="none" '
    'stroke="currentColor" stroke-width="1.8" aria-hidden="true">'
    '<path d="M1.5 5.5v-4h4M10.5 1.5h4v4M14.5 10.5v4h-4M5.5 14.5h-4v-4"/></svg></button>'
)
_CSS = """
button { font: 400 1rem var(--st-font); color: var(--st-text-color); cursor: pointer;
  background: var(--st-background-color); border: 1px solid #c3ccd6; border-radius: .5rem;
  padding: 0 .5rem; height: 2rem; display: grid; place-items: center; }
button[hidden] { display: none; }
button:hover, button:focus-visible { border-color: var(--st-primary-color);
  color: var(--st-primary-color); outline: none; }
button:focus-visible { box-shadow: 0 0 0 3px rgba(26, 98, 160, .35); }
"""
_JS = """
export default function ({data, parentElement, setStateValue}) {
  const button = parentElement.querySelector('button'), page = document.documentElement;
  button.title = data.label;
  button.setAttribute('aria-label', data.label);
  button.hidden = !document.fullscreenEnabled;
  button.onclick = () => document.fullscreenElement ? document.exitFullscreen()
                                                    : page.requestFullscreen();
  let said = data.scale;
  const tell = () => {
    const [wide, high] = data.smallest;
    const scale = Math.round(Math.min(innerWidth / wide, innerHeight / high) * 10) / 10;
    if (scale !== said) { said = scale; setStateValue('scale', scale); }
  };
  tell();
  addEventListener('resize', tell);
  return () => removeEventListener('resize', tell);
}
"""


def screen_scale() -> float:
    """How much larger the screen is than 1024 x 768 pixels, as far as the browser has said."""
    state: Any = st.session_state.get(_KEY)
    scale = state.get("scale") if state else None
    return min(max(float(scale), 0.5), 3.0) if scale else 1.0


def whole_screen() -> None:
    """The button "Layar penuh", for browsers that can do it; Esc ends it. It asks the screen."""
    mount = st.components.v2.component("lk3_screen", html=_HTML, css=_CSS, js=_JS)
    mount(
        key=_KEY,
        data={"label": _("Layar penuh"), "scale": screen_scale(), "smallest": SMALLEST},
        on_scale_change=lambda: None,
    )
