"""The page made of the dashboard's own parts, inside its own frame: entry point, guard, sidebar.

    streamlit run bench/peers/lk3_app.py

The four charts that the peers have, drawn by the widgets of Ringkasan, Profil kelurahan and
Profesi. They say more than the peers' charts: intervals, verdicts, control limits with what came
before, names on the map, a description of each, banner and footer. A click chooses the kelurahan
everywhere, as on every page.
"""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
from lk3.ui.data import held_data  # noqa: E402 the folder above has to be known first
from lk3.ui.filters import choose_filter  # noqa: E402
from lk3.ui.guard import guarded  # noqa: E402
from lk3.ui.page import show_page  # noqa: E402
from lk3.ui.session import let_in, visitor  # noqa: E402
from lk3.ui.speech import choose_language  # noqa: E402
from lk3.ui.style import dress  # noqa: E402
from lk3.ui.view import View, remember_filter  # noqa: E402
from lk3.ui.views.professions import cases_by_kelurahan  # noqa: E402
from lk3.ui.views.trend import default_unit, trend_section  # noqa: E402
from lk3.ui.widgets.maps import MAP, map_beside_bars  # noqa: E402
from lk3.ui.widgets.plots import fetch_library  # noqa: E402


def four_charts(view: View) -> None:
    map_beside_bars(view, "case_rate_per_10k", place="banding", kind=MAP)
    left, right = st.columns(2, gap="medium")
    with left:
        trend_section(
            view, unit=default_unit(view), key="banding", code=view.selected or "", height=440
        )
    with right:
        cases_by_kelurahan(view)


def page() -> None:
    show_page(four_charts)


dress()
choose_language()
who = visitor()
let_in()
opened = st.navigation([st.Page(page, title="Banding", default=True)], position="hidden")
with guarded():
    if who.role is not None:
        fetch_library()
        remember_filter(choose_filter(held_data()))
        opened.run()
