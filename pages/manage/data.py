"""Data: hand in workbooks, see what was read, save, and go back to an earlier version."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views.history import active_sources, history
from lk3.ui.views.intake_flow import data_headline, intake_flow


def data(view: View) -> None:
    data_headline(view)
    intake_flow(view)
    active_sources(view)
    history(view)


show_page(data, by_level=False)
