"""Ringkasan: what changed, whether it is real, and where."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views.areas import OVERVIEW, areas_table
from lk3.ui.views.overview import (
    map_section,
    overview_cards,
    overview_headline,
    trend_beside_cases,
)
from lk3.ui.widgets.caveats import caveats
from lk3.ui.widgets.footer import left_out_note
from lk3.ui.widgets.headline import no_members, nothing_found


def overview(view: View) -> None:
    overview_headline(view)
    overview_cards(view)
    nothing_found(view)
    no_members(view)
    map_section(view, place="ringkasan")
    trend_beside_cases(view)
    areas_table(view, key="ringkasan")
    left_out_note(view)
    caveats("cases_change", *OVERVIEW)


show_page(overview)
