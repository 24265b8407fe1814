"""Profesi: who serves where, which profession is missing, and who handles the cases."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views import professions as parts
from lk3.ui.views.professions_settings import requirement_settings
from lk3.ui.widgets.caveats import caveats
from lk3.ui.widgets.headline import no_members


def professions(view: View) -> None:
    parts.professions_headline(view)
    no_members(view)
    parts.professions_cards(view)
    parts.members_by_kelurahan(view)
    parts.coverage_by_district(view)
    requirement_settings(view)
    parts.load_and_time(view)
    parts.cases_by_kelurahan(view)
    caveats("active_members", "profession_coverage", "open_cases_per_counsellor")


show_page(professions)
