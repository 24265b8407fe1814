"""Profil kelurahan: one kelurahan beside its kecamatan and the city, on one printable sheet."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views import profile as parts
from lk3.ui.views.profile_spine import spine_section
from lk3.ui.widgets.caveats import caveats


def profile(view: View) -> None:
    code = parts.profiled_kelurahan(view)
    with parts.sheet():
        parts.profile_headline(view, code)
        parts.choice_hint(view)
        parts.profile_cards(view, code)
        spine_section(view, code)
        parts.trend_and_problems(view, code)
        parts.members_and_neighbours(view, code)
    parts.profile_downloads(view, code)
    parts.location(view, code)
    with parts.screen_only("catatan"):
        caveats(
            "case_rate_per_10k", "members_per_10k", "open_cases_per_member", "days_to_close_median"
        )


show_page(profile)
