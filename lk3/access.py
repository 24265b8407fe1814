"""Who may see and do what: roles, and the role that the claims of a signed-in person give.

In: the claims of an identity provider, the settings LK3_ROLES and LK3_ROLE_CLAIM. Out: a `Role` or
none. Nothing here knows Streamlit; what a role may do stands in `data/reference/roles.csv`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from lk3 import language, settings
from lk3.errors import UserError
from lk3.language import _
from lk3.vocabulary import read_csv

ADMIN = "admin"
# What can be done; each is asked for where it is done, not only where its button stands.
SAVE, ANSWER, PLAN, ANNOTATE = "save", "answer", "plan", "annotate"
DECIDE, EXPORT, EXPORT_INTERNAL, AUDIT = "decide", "export", "export_internal", "audit"
ACTIONS = (SAVE, ANSWER, PLAN, ANNOTATE, DECIDE, EXPORT, EXPORT_INTERNAL, AUDIT)
_EVERYTHING = frozenset({"*"})


@dataclass(frozen=True)
class Role:
    """A role: which pages it opens and what it may do; "*" stands for all."""

    key: str
    names: tuple[str, str]
    pages: frozenset[str]
    actions: frozenset[str]

    @property
    def label(self) -> str:
        """The name in the current language."""
        return self.names[0 if language.current() == "id" else 1]

    def opens(self, page: str) -> bool:
        """Whether the page of this key may be opened."""
        return self.pages == _EVERYTHING or page in self.pages

    def may(self, action: str) -> bool:
        """Whether an action is allowed. Raises ValueError for one that is not in `ACTIONS`."""
        if action not in ACTIONS:
            raise ValueError(f"{action} is not one of {ACTIONS}")
        return self.actions == _EVERYTHING or action in self.actions


def who_may(action: str) -> str:
    """The names of the roles that may do this, in the current language."""
    return language.listed([role.label for role in roles().values() if role.may(action)])


def who_opens(page: str) -> str:
    """The names of the roles that open the page of this key, in the current language."""
    return language.listed([role.label for role in roles().values() if role.opens(page)])


@lru_cache(maxsize=1)
def roles() -> dict[str, Role]:
    """All roles by key."""
    return {
        row["role"]: Role(
            row["role"],
            (row["label"], row["label_en"]),
            frozenset(row["pages"].split("|")),
            frozenset(row["actions"].split("|")),
        )
        for row in read_csv(settings.REFERENCE_DIR / "roles.csv")
    }


def role_of(claims: Mapping[str, Any]) -> Role | None:
    """The role of a signed-in person; None when nobody has given them one.

    LK3_ROLE_CLAIM names a claim that holds a role or a list with one; LK3_ROLES lists addresses
    ("a@b.id=admin; *@b.id=perencana"), of which the first that fits counts. An address that its
    provider says is not verified fits none. Raises UserError when LK3_ROLES cannot be read.
    """
    return _by_address(claims) or _by_claim(claims)


def _by_address(claims: Mapping[str, Any]) -> Role | None:
    address = str(claims.get("email") or "").strip().lower()
    if not address or claims.get("email_verified") is False:
        return None
    for pattern, key in _table(settings.get("LK3_ROLES")):
        if fnmatchcase(address, pattern):
            return roles()[key]
    return None


def _by_claim(claims: Mapping[str, Any]) -> Role | None:
    """Of several roles the one that may do the most."""
    name = settings.get("LK3_ROLE_CLAIM")
    held: Any = claims
    for part in name.split(".") if name else ():
        held = held.get(part) if isinstance(held, Mapping) else None
    if not name or held is None:
        return None
    written = [held] if isinstance(held, str) else list(held)
    found = [roles()[str(key)] for key in written if str(key) in roles()]
    order = list(roles())
    return max(found, key=lambda role: order.index(role.key), default=None)


def _table(text: str) -> list[tuple[str, str]]:
    rows = []
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        pattern, _sign, key = (part.strip().lower() for part in entry.partition("="))
        if not pattern or key not in roles():
            raise UserError(
                _(
                    "Pengaturan LK3_ROLES berisi “{entry}”; seharusnya alamat=peran, dengan peran "
                    "{known}. Perbaiki pengaturan itu."
                ).format(entry=entry, known=", ".join(roles()))
            )
        rows.append((pattern, key))
    return rows
