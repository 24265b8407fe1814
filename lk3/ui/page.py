"""The frame of every page: the guard around it, the banner above it and the footer below it."""

from collections.abc import Callable

import streamlit as st

from lk3.language import _
from lk3.ui.guard import guarded
from lk3.ui.speech import speak
from lk3.ui.view import View, current_view
from lk3.ui.widgets.drawing import ask_browser
from lk3.ui.widgets.footer import footer, sample_banner


def show_page(body: Callable[[View], None], *, is_bare: bool = False) -> None:
    """Run a page: `body` draws what is between the banner and the footer; a bare page has neither
    and says itself what they say.
    """
    speak()
    with guarded():
        with st.spinner(_("Menghitung …"), show_time=False):
            view = current_view()
            view.released  # noqa: B018 made here, under the spinner
        if not is_bare:
            sample_banner(view)
        with guarded():
            body(view)
        if not is_bare:
            footer(view)
        ask_browser()
