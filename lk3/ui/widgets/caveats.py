"""Method and caveats below the charts, read from the registry."""

import streamlit as st

from lk3.indicators import INDICATORS
from lk3.language import _
from lk3.ui.keeping import draw_once


def caveats(*keys: str) -> None:
    """What the indicators of the page do not say, and how they were made."""
    draw_once(f"caveats {keys}", lambda: _draw(keys))


def _draw(keys: tuple[str, ...]) -> None:
    with st.expander(_("Cara menghitung dan catatan"), icon=":material/help:"):
        for key in keys:
            indicator = INDICATORS[key]
            st.markdown(f"**{indicator.label}** ({indicator.unit}). {indicator.method}")
            if indicator.caveat:
                st.caption(indicator.caveat)
