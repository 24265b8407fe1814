"""Jejak akses: who signed in, saw, saved and took what, for the administrator."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views import audit as parts


def trail(_view: View) -> None:
    top = parts.reserve()
    found = parts.search()
    with top:
        parts.audit_headline(found)
    parts.monthly(found)
    parts.entries(found)


show_page(trail, is_bare=True, by_level=False)  # nothing on it is of the data
