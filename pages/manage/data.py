"""Data: hand in workbooks, see what was read, save, and go back to an earlier version."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views.history import active_sources, history
from lk3.ui.views.upload import data_headline, upload


def data(view: View) -> None:
    data_headline(view)
    upload(view)
    active_sources(view)
    history()


show_page(data)
