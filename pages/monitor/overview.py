"""Ringkasan: what changed, whether it is real, and where."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views.areas import OVERVIEW, areas_table
from lk3.ui.views.overview import map_section, summary_above, trend_beside_cases
from lk3.ui.widgets.caveats import caveats
from lk3.ui.widgets.footer import left_out_note


def overview(view: View) -> None:
    with summary_above(view):
        map_section(view, place="ringkasan")
        trend_beside_cases(view)
    areas_table(view, key="ringkasan")
    left_out_note(view)
    caveats("cases_change", *OVERVIEW)


show_page(overview)
