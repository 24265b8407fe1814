"""The card that stands where a page would be: why the page is not there, and the way on."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from lk3.language import _
from lk3.ui.widgets.headline import headline


@contextmanager
def door(said: str) -> Iterator[None]:
    """A card with this sentence; what the block draws stands below it."""
    with st.container(border=True, key="pintu", gap="small"):
        headline(said, overline=_("Dasbor LK3"))
        yield
