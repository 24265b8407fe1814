"""Metode: how every number is made, as the registry has it."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views import methods as parts


def methods(view: View) -> None:
    parts.methods_headline(view)
    parts.indicators()
    parts.judging()
    parts.boundaries(view)
    parts.counting_rules()
    parts.disclosure_note()
    parts.rules_of_checks()


show_page(methods, by_level=False)
