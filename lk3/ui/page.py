"""The frame of every page: the guard around it, the banner above it and the footer below it."""

from collections.abc import Callable

import streamlit as st

from lk3.access import SAVE
from lk3.language import _
from lk3.places.level_words import level_words
from lk3.ui.guard import guarded
from lk3.ui.level import breadcrumb
from lk3.ui.session import may
from lk3.ui.speech import call_things, speak
from lk3.ui.view import View, current_view
from lk3.ui.widgets.drawing import ask_browser
from lk3.ui.widgets.footer import footer, sample_banner


def show_page(
    body: Callable[[View], None], *, is_bare: bool = False, by_level: bool = True
) -> None:
    """Run a page: `body` draws what is between the banner and the footer; a bare page has neither:
    it says itself what they say, or shows nothing of the data. by_level: whether a province is
    shown by the areas that are chosen, instead of the kelurahan that the data hold.
    """
    speak()
    with guarded():
        with st.spinner(_("Menghitung …"), show_time=False):
            view = current_view(by_level=by_level)
            call_things(level_words(view.places))
            if by_level:
                view.released  # noqa: B018 made here, under the spinner
        if not is_bare:
            sample_banner(view, may(SAVE))
            if view.look.level:
                breadcrumb(view.tree)
        with guarded():
            body(view)
        if not is_bare:
            footer(view)
        ask_browser()
