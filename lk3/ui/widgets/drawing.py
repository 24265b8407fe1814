"""What the browser can draw: the true map needs WebGL and stays blank without a word where that is
missing (old graphics cards, remote desktops). So the browser is asked, once in a session.
"""

from typing import Any

import streamlit as st

from lk3.language import _

_MISSING = "tanpa_webgl"
_KEY = "periksa_webgl"
_JS = """
export default function ({setStateValue}) {
  const canvas = document.createElement('canvas');
  const found = canvas.getContext('webgl2');
  found?.getExtension('WEBGL_lose_context')?.loseContext();
  if (!found) setStateValue('missing', true);
}
"""


def can_draw_maps() -> bool:
    """Whether the browser has WebGL, as far as it has said."""
    return not st.session_state.get(_MISSING)


def ask_browser() -> None:
    """Ask the browser, once on a page; only one without WebGL answers, and the page runs again."""
    if can_draw_maps():
        with st.container(key="periksa"):
            mount = st.components.v2.component("lk3_webgl", js=_JS)
            mount(key=_KEY, on_missing_change=lambda: _remember(st.session_state.get(_KEY)))


def say_why_tiles() -> None:
    """The sentence for a browser that cannot draw the true map."""
    st.caption(
        ":material/info: "
        + _(
            "Peramban ini tidak dapat menggambar peta (WebGL tidak tersedia), jadi peta ubin yang "
            "ditampilkan lebih dahulu. Pilihan Peta tetap ada sebagai gambar sederhana."
        )
    )


def _remember(state: Any) -> None:
    if state and state.get("missing"):
        st.session_state[_MISSING] = True
