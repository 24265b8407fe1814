"""The guard: who this session is, and whether it has come in through the entry point.

Streamlit can run a page's script alone, without `dashboard.py`. So nothing that holds data is given
to a session that the entry point has not let in, and who a session is, is looked up anew each time:
a role that was taken away or a session that has grown old ends at the next click.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from lk3 import audit, settings
from lk3.access import ADMIN, Role, role_of, roles
from lk3.errors import UserError
from lk3.language import _
from lk3.ui.newest import Newest
from lk3.ui.trail import leave_trail, leave_trail_once

_LET_IN = "session_let_in"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded")
# Why a session sees nothing.
GUEST, NO_ROLE, EXPIRED = "guest", "no_role", "expired"
OPEN_SERVER, WRONG_HOST = "open_server", "wrong_host"
_SIGN_INS, _STRANGERS = Newest(10_000), Newest(10)  # of this server process


class NotLetInError(UserError):
    """The session has not come in through the entry point, or not with a role."""


class NotAllowedError(UserError):
    """The role of the session does not allow what was asked for."""


@dataclass(frozen=True)
class Visitor:
    """Who a session is. role: None when it may see nothing, and then `refusal` says why; name: the
    address, "" for the one person of a computer without sign-in; signed_in: when, as the provider's
    token has it, which tells one sign-in of a person from the next.
    """

    role: Role | None = None
    name: str = ""
    refusal: str = ""
    signed_in: str = ""


def visitor() -> Visitor:
    """Who this session is now. Without a sign-in that is set up, the one person at this computer
    may do everything, and nobody else is served.
    """
    if not _is_allowed_host():
        return Visitor(refusal=WRONG_HOST)
    if not sign_in_is_set_up():
        return Visitor(roles()[ADMIN]) if _is_this_computer() else Visitor(refusal=OPEN_SERVER)
    claims: Mapping[str, Any] = st.user.to_dict()
    if not claims.get("is_logged_in"):
        return Visitor(refusal=GUEST)
    name = str(claims.get("email") or claims.get("sub") or "")
    if _is_old(claims):
        return Visitor(name=name, refusal=EXPIRED)
    role = role_of(claims)
    return Visitor(role, name, "" if role else NO_ROLE, _when(claims))


def sign_in_is_set_up() -> bool:
    """Whether `.streamlit/secrets.toml` has a section [auth]."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def let_in() -> None:
    """Let this session in if it has a role. Only the entry point calls this."""
    who = visitor()
    st.session_state[_LET_IN] = who.role is not None
    if who.role is not None and who.name:
        _tell_of_sign_in(who, who.role)
    elif who.refusal in (OPEN_SERVER, WRONG_HOST):
        _tell_of_strangers(who.refusal)
    elif who.role is None and who.refusal != GUEST:
        leave_trail_once(audit.REFUSED, who.name, reason=who.refusal)


def require_let_in() -> Visitor:
    """The visitor; raises NotLetInError unless the entry point has let this session in, and its
    role still stands.
    """
    who = visitor() if st.session_state.get(_LET_IN) is True else Visitor()
    if who.role is None:
        leave_trail_once(audit.REFUSED, who.name, reason="not_let_in")
        raise NotLetInError(
            _(
                "Halaman ini tidak dapat dibuka sendiri. Buka alamat utama dasbor, "
                "lalu pilih halaman dari menunya."
            )
        )
    return who


def acting(action: str) -> str:
    """The name of who acts, for the store and the log; raises NotAllowedError when the role of the
    session does not allow the action, NotLetInError as `require_let_in`.
    """
    who = require_let_in()
    if who.role is None or not who.role.may(action):
        leave_trail_once(audit.REFUSED, who.name, who.role, reason=action)
        raise NotAllowedError(
            _("Peran Anda ({role}) tidak boleh melakukan ini. Hubungi pengelola dasbor.").format(
                role=who.role.label if who.role else "–"
            )
        )
    return who.name


def may(action: str) -> bool:
    """Whether the session may do this: for what a page offers, not instead of `acting`."""
    who = visitor()
    return who.role is not None and who.role.may(action)


def _is_allowed_host() -> bool:
    allowed = [h.strip().lower() for h in settings.get("LK3_ALLOWED_HOSTS").split(",") if h.strip()]
    return not allowed or _host() in (*allowed, "")


def _is_this_computer() -> bool:
    """Whether the server listens on loopback only and was asked under such a name, by nobody on
    somebody else's behalf.
    """
    if str(st.get_option("server.address") or "") not in _LOOPBACK:
        return False
    headers = st.context.headers
    return _host() in (*_LOOPBACK, "") and not any(name in headers for name in _FORWARDED)


def _host() -> str:
    """The name under which the server was asked, "" outside a browser."""
    return (urlsplit(f"//{st.context.headers.get('Host', '')}").hostname or "").lower()


def _tell_of_sign_in(who: Visitor, role: Role) -> None:
    """One line for each sign-in, not for each session of it: who reloads the page or opens a second
    tab has not signed in again. A server process remembers so, and each has its own memory.
    """
    if not who.signed_in:
        leave_trail_once(audit.SIGN_IN, who.name, role)
    elif _SIGN_INS.is_new((who.name, who.signed_in)):
        leave_trail(audit.SIGN_IN, who.name, role)


def _tell_of_strangers(reason: str) -> None:
    """One line a day, however many come: anybody could fill the disk with lines of their own."""
    if _STRANGERS.is_new((reason, audit.today().isoformat())):
        leave_trail(audit.REFUSED, "", reason=reason)


def _when(claims: Mapping[str, Any]) -> str:
    """The times of the token as they are written there: with a provider that remembers a person, a
    new sign-in has another time of issue, but the same time of authentication.
    """
    return "/".join(str(claims[name]) for name in ("auth_time", "iat") if claims.get(name))


def _is_old(claims: Mapping[str, Any]) -> bool:
    """Whether the sign-in is longer ago than LK3_SESSION_HOURS; one without a time is."""
    since = claims.get("auth_time") or claims.get("iat")
    if not isinstance(since, int | float):
        return True
    age = datetime.now(UTC).timestamp() - since
    return age > 3600 * settings.get_int("LK3_SESSION_HOURS")
