"""What a session does, told to the access log: each thing when it happens, or once per session.

In: who it is and what was done. Out: lines of `lk3.audit`. Nobody waits for them.
"""

from typing import Any

import streamlit as st

from lk3 import audit
from lk3.access import Role

_TOLD = "trail_told"


def leave_trail(action: str, user: str, role: Role | None = None, **detail: Any) -> None:
    """One line. `action`, `detail`: as `audit.record` has them."""
    audit.record(action, user=user, role=role.key if role else "", **detail)


def leave_trail_once(action: str, user: str, role: Role | None = None, **detail: Any) -> None:
    """One line, unless this session has left the same one before."""
    told: set[tuple[Any, ...]] = st.session_state.setdefault(_TOLD, set())
    line = (action, user, *sorted((name, str(value)) for name, value in detail.items()))
    if line not in told:
        told.add(line)
        leave_trail(action, user, role, **detail)


def seen(user: str, role: Role | None, page: str) -> None:
    """Somebody who has signed in looks at a page, which shows small numbers too. Not told of the
    one person at a computer without sign-in.
    """
    if user:
        leave_trail_once(audit.VIEW_INTERNAL, user, role, page=page or "ringkasan")
