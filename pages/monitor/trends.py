"""Tren: cases over time, whether the ups and downs are more than chance, and of what kind."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views.trend import (
    choose_unit,
    split_section,
    trend_headline,
    trend_section,
    trend_table,
)
from lk3.ui.widgets.caveats import caveats
from lk3.ui.widgets.headline import nothing_found


def trends(view: View) -> None:
    trend_headline(view)
    nothing_found(view)
    unit = choose_unit(view)
    counts = trend_section(view, unit=unit, key="tren", is_headline=False)
    trend_table(view, counts, unit=unit, key="tren")
    split_section(view, unit=unit)
    caveats("cases", "cases_change")


show_page(trends)
