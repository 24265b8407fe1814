"""What a session does, told to the access log: each thing when it happens, or once per session.

In: who it is and what was done. Out: lines of `lk3.audit`. Nobody waits for them.
"""

from typing import Any

import streamlit as st

from lk3 import audit, language
from lk3.access import Role
from lk3.counts import Filter
from lk3.ui.navigation import page_at
from lk3.vocabulary import vocabulary

_TOLD, _LOOK = "trail_told", "trail_look"


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


def look_at(filter: Filter, version: int | None) -> None:
    """What this session looks at from now on. version: of the data, None for the sample."""
    st.session_state[_LOOK] = {"filter": _filter_words(filter), "version": version}


def looking_at() -> dict[str, Any]:
    """What the session looks at, for a line of the log: filter, in Indonesian, and version."""
    look: dict[str, Any] = st.session_state.get(_LOOK, {})
    return look


def seen(user: str, role: Role | None, page: str) -> None:
    """Somebody who has signed in looks at a page, which shows small numbers too; each page and
    filter is told once. Not told of the one person at a computer without sign-in.
    """
    shown = page_at(page)
    if user and role and shown and role.opens(shown.key):
        leave_trail_once(audit.VIEW_INTERNAL, user, role, page=page or "ringkasan", **looking_at())


def _filter_words(filter: Filter) -> str:
    with language.speaking("id"):
        parts = [
            filter.period.label() if filter.period else "semua data",
            *filter.districts,
            *(vocabulary("problems").label(key) for key in filter.problems),
            *(vocabulary("professions").label(key) for key in filter.professions),
        ]
    return " · ".join(parts)
