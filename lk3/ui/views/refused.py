"""Why a page is not opened: it is closed to the role, or there is none. No number, ever."""

import streamlit as st

from lk3 import audit
from lk3.access import Role, who_opens
from lk3.language import _
from lk3.ui.navigation import PAGES, opened_address, page_at
from lk3.ui.session import require_let_in
from lk3.ui.trail import leave_trail_once
from lk3.ui.widgets.door import door


def say_why() -> None:
    """The sentence and the way on; told to the access log once. Raises NotLetInError."""
    who = require_let_in()
    page = page_at(opened_address())
    if page is None or who.role is None:
        leave_trail_once(audit.REFUSED, who.name, who.role, reason="no_page")
        _show(
            who.role,
            _("Halaman ini tidak ada."),
            _("Periksa alamatnya, atau pilih halaman dari menu."),
        )
        return
    leave_trail_once(audit.REFUSED, who.name, who.role, page=page.url_path, reason="closed_page")
    said = _("Halaman {page} tidak dibuka untuk peran {role}.")
    way_on = _(
        "Yang dapat membukanya: {roles}. Bila Anda memerlukan halaman ini, hubungi pengelola "
        "dasbor."
    )
    _show(
        who.role,
        said.format(page=_(page.title), role=who.role.label),
        way_on.format(roles=who_opens(page.key)),
    )


def _show(role: Role | None, said: str, way_on: str) -> None:
    with door(said):
        st.markdown(way_on)
        first = next((page for page in PAGES if role and role.opens(page.key)), None)
        if first is not None:  # on a telephone the menu is folded away
            label = _("Buka {page}").format(page=_(first.title))
            st.page_link(f"pages/{first.path}", label=label, icon=f":material/{first.icon}:")
