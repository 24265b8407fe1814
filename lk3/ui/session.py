"""The guard: which sessions have come in through the entry point.

Streamlit can run a page's script alone, without `dashboard.py`. So nothing that holds data is given
to a session that the entry point has not let in.
"""

import streamlit as st

from lk3.errors import UserError
from lk3.language import _

_LET_IN = "session_let_in"


class NotLetInError(UserError):
    """The session has not come in through the entry point."""


def let_in() -> None:
    """Let this session in. Only the entry point calls this."""
    st.session_state[_LET_IN] = True


def require_let_in() -> None:
    """Raise NotLetInError unless the entry point has let this session in."""
    if st.session_state.get(_LET_IN) is not True:
        raise NotLetInError(
            _(
                "Halaman ini tidak dapat dibuka sendiri. Buka alamat utama dasbor, "
                "lalu pilih halaman dari menunya."
            )
        )


def current_user() -> str:
    """Who is signed in, "" without a sign-in: what the store writes beside a change."""
    return ""
