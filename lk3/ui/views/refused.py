"""Why a page is not opened: it is closed to the role, or there is none. No number, ever."""

import streamlit as st

from lk3 import audit
from lk3.language import _
from lk3.ui.navigation import opened_address, page_at
from lk3.ui.session import require_let_in
from lk3.ui.trail import leave_trail_once


def say_why() -> None:
    """The sentence and the way on; told to the access log once. Raises NotLetInError."""
    who = require_let_in()
    page = page_at(opened_address())
    if page is None or who.role is None:
        leave_trail_once(audit.REFUSED, who.name, who.role, reason="no_page")
        st.title(_("Halaman ini tidak ada."), anchor=False)
        st.markdown(_("Periksa alamatnya, atau pilih halaman dari menu."))
        return
    leave_trail_once(audit.REFUSED, who.name, who.role, page=page.url_path, reason="closed_page")
    said = _("Halaman {page} tidak dibuka untuk peran {role}.")
    st.title(said.format(page=_(page.title), role=who.role.label), anchor=False)
    st.markdown(_("Pilih halaman dari menu. Bila Anda memerlukannya, hubungi pengelola dasbor."))
