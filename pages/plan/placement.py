"""Penempatan: where the next people help most, what changes, and plans kept by name."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views import placement as parts
from lk3.ui.views import placement_changes as changes
from lk3.ui.views import placement_effects as effects
from lk3.ui.views import placement_file as files
from lk3.ui.views import placement_scenarios as saved
from lk3.ui.widgets.caveats import caveats
from lk3.ui.widgets.headline import no_members


def placement(view: View) -> None:
    top = parts.reserve()
    draft, below_question = parts.question_and_proposal(view)
    with top:
        parts.placement_headline(view, draft)
        no_members(view)
        effects.effect_cards(draft)
    with below_question:
        files.proposal_file(view, draft)
    effects.effect_maps(view, draft)
    effects.effect_bars(view, draft)
    effects.effect_table(view, draft)
    changes.other_changes(view, draft)
    saved.scenarios(view, draft)
    caveats("member_shortfall", "open_cases_per_member", "profession_coverage")


show_page(placement)
