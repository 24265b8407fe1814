"""Kurang terlayani: more need and fewer people than the city, how sure that is, and why."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views import underserved as parts
from lk3.ui.views.underserved_doubts import chance, how_firm
from lk3.ui.views.underserved_targets import targets_section
from lk3.ui.widgets.caveats import caveats
from lk3.ui.widgets.headline import no_members


def underserved(view: View) -> None:
    parts.underserved_headline(view)
    no_members(view)
    parts.states_row(view)
    parts.who_where_and_why(view)
    chance(view)
    how_firm(view)
    parts.underserved_table(view)
    targets_section(view)
    caveats("member_shortfall", "smoothed_rate_per_10k", "case_rate_per_10k")


show_page(underserved)
