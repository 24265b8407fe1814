"""Tren: cases over time, signals told from noise, by kind and beside the year before."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views import trend as parts
from lk3.ui.views.trend_notes import notes_section, trend_marks
from lk3.ui.views.trend_split import split_section
from lk3.ui.views.trend_years import years_section
from lk3.ui.widgets.caveats import caveats
from lk3.ui.widgets.headline import nothing_found


def trends(view: View) -> None:
    unit = parts.chosen_unit(view)
    summary = parts.summarise_chosen(view, unit=unit)
    parts.trend_headline(view, summary)
    nothing_found(view)
    parts.choose_unit(view)
    parts.draw_page_trend(view, summary, marks=trend_marks())
    notes_section(view, summary)
    split_section(view, unit=unit)
    years_section(view, unit=unit)
    caveats("cases", "cases_change")


show_page(trends)
