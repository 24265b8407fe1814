"""Mutu data: what is wrong in the sheets, in which row, and what to do."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views import quality as parts


def quality(view: View) -> None:
    parts.quality_headline(view)
    parts.quality_cards(view)
    parts.findings_by_rule(view)
    parts.findings_list(view)
    parts.shares_unknown(view)


show_page(quality)
