"""Profil kelurahan: one kelurahan beside its kecamatan and the city."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views import profile as parts
from lk3.ui.widgets.caveats import caveats


def profile(view: View) -> None:
    code = parts.profiled_kelurahan(view)
    parts.profile_headline(view, code)
    parts.choice_hint(view)
    parts.profile_cards(view, code)
    parts.beside_district_and_city(view, code)
    parts.trend_and_problems(view, code)
    parts.members_here(view, code)
    parts.neighbours(view, code)
    caveats("case_rate_per_10k", "members_per_10k", "open_cases_per_member", "days_to_close_median")


show_page(profile)
