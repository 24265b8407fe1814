"""Tindak lanjut: what meetings have decided, by whom it is done, until when, where it stands."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views import decisions as parts


def decisions(view: View) -> None:
    kept = parts.kept_decisions()
    parts.decisions_headline(kept)
    parts.decisions_list(view, kept)
    parts.write_one()


show_page(decisions)
