"""Entry point of the dashboard: lets the session in, reads the shared choices, opens the page.

    python -m streamlit run dashboard.py

Computes nothing. `st.navigation` is always reached: without it Streamlit would serve the page
scripts on their own. Who has no role gets one page, which holds no number.
"""

from lk3.ui.data import held_data
from lk3.ui.filters import choose_filter
from lk3.ui.guard import guarded
from lk3.ui.navigation import navigate
from lk3.ui.session import Visitor, let_in, visitor
from lk3.ui.speech import choose_language
from lk3.ui.style import dress
from lk3.ui.trail import look_at, seen
from lk3.ui.view import remember_filter
from lk3.ui.views.sign_in import who_is_here
from lk3.ui.watching import watch_inbox
from lk3.ui.widgets.plots import fetch_library


def dashboard() -> None:
    """One run of the script for one session."""
    dress()
    choose_language()
    who = Visitor()
    with guarded():
        who = visitor()
    page = navigate(who.role)
    let_in()
    with guarded():
        if who.role is not None:
            fetch_library()
            watch_inbox()
            held = held_data()
            chosen = choose_filter(held)
            remember_filter(chosen)
            look_at(chosen, held.dataset.version)
            seen(who.name, who.role, page.url_path)
            who_is_here(who)
        page.run()


if __name__ == "__main__":  # processes that Dask starts here read this file, and must not run it
    dashboard()
