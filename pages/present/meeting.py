"""Mode rapat: the slides of the report on the whole screen, moved by keys or a remote."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views import meeting as parts


def meeting(view: View) -> None:
    parts.dress()
    parts.present(view)


show_page(meeting, is_bare=True)
