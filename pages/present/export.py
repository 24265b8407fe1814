"""Ekspor: choose what leaves, look at it, and take it along as a file."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views import export as parts
from lk3.ui.views.export_wishes import choose


def export(view: View) -> None:
    top = parts.reserve()
    wishes = choose(view)
    report = parts.made(view, wishes)
    with top:
        parts.export_headline(report)
    parts.files(report, wishes)
    parts.preview(report)


show_page(export)
