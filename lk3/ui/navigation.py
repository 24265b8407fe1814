"""The pages, listed once: where their scripts are, what they are called, in which section.

Every address that is asked for is one that Streamlit knows: that of a page which the role does not
open, and one of no page, lead to a script which says so and holds no number. Otherwise a dialog of
Streamlit's, in English, would stand over the first page. The first page lies at "" and, a second
time, at its own address.
"""

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lk3 import settings
from lk3.access import Role
from lk3.language import N_, _
from lk3.ui.keeping import draw_once

MONITOR, PLAN = N_("Pantau"), N_("Rencanakan")
PRESENT, MANAGE = N_("Sampaikan"), N_("Kelola")


@dataclass(frozen=True)
class Page:
    """One page. `path`: below `pages/`; texts Indonesian; `icon`: the name of a Material symbol."""

    key: str
    path: str
    title: str
    icon: str
    section: str
    url_path: str


PAGES = (
    Page("overview", "monitor/overview.py", N_("Ringkasan"), "dashboard", MONITOR, "ringkasan"),
    Page("map", "monitor/map.py", N_("Peta cakupan"), "map", MONITOR, "peta"),
    Page("trends", "monitor/trends.py", N_("Tren"), "show_chart", MONITOR, "tren"),
    Page("profile", "monitor/profile.py", N_("Profil kelurahan"), "location_on", MONITOR, "profil"),
    Page(
        "underserved",
        "plan/underserved.py",
        N_("Kurang terlayani"),
        "person_search",
        PLAN,
        "kurang",
    ),
    Page("professions", "plan/professions.py", N_("Profesi"), "groups", PLAN, "profesi"),
    Page("placement", "plan/placement.py", N_("Penempatan"), "add_location", PLAN, "penempatan"),
    Page("meeting", "present/meeting.py", N_("Mode rapat"), "slideshow", PRESENT, "rapat"),
    Page("export", "present/export.py", N_("Ekspor"), "file_export", PRESENT, "ekspor"),
    Page(
        "decisions", "present/decisions.py", N_("Tindak lanjut"), "task", PRESENT, "tindak-lanjut"
    ),
    Page("data", "manage/data.py", N_("Data"), "upload_file", MANAGE, "data"),
    Page("quality", "manage/quality.py", N_("Mutu data"), "fact_check", MANAGE, "mutu"),
    Page("methods", "manage/methods.py", N_("Metode"), "menu_book", MANAGE, "metode"),
    Page("audit", "manage/audit.py", N_("Jejak akses"), "policy", MANAGE, "jejak"),
)


SIGN_IN = Page("sign_in", "account/sign_in.py", N_("Masuk"), "login", "", "masuk")
_REFUSED = "account/refused.py"
_ASKED, _OPENED = "address_asked", "address_opened"
_TOO_EARLY = "address_asked_too_early"
_LONGEST_ADDRESS = 200
_RELOAD = "<script>window.location.reload()</script>"


def page_at(address: str, pages: tuple[Page, ...] = PAGES) -> Page | None:
    """The page with an address below the dashboard's; "" is the first. None: there is none."""
    return next((page for page in pages if address in (page.url_path, "")), None)


def opened_address() -> str:
    """The address that this session has open."""
    return str(st.session_state.get(_OPENED, ""))


def navigate(role: Role | None, pages: tuple[Page, ...] = PAGES) -> StreamlitPage:
    """Register the pages that a role opens, in the current language, and list them; the one that is
    open. Without a role there is the page to sign in, at whatever address, and no other.

    The list is ours: Streamlit's own puts headings into a list of links, which screen readers then
    cannot count.
    """
    sections: dict[str, list[StreamlitPage]] = {}
    shown = [page for page in pages if role is not None and role.opens(page.key)] or [SIGN_IN]
    asked, first = _asked(), shown[0]
    for page in shown:
        address = f"{page.url_path}-" if page is first else page.url_path  # see _unlisted
        entry = _entry(page, address, default=page is first)
        sections.setdefault(_(page.section), []).append(entry)
    listed = [entry for entries in sections.values() for entry in entries]
    opened = st.navigation([*listed, *_unlisted(role, shown, pages, asked)], position="hidden")
    _ask_again_if_too_early()
    st.session_state[_OPENED] = opened.url_path
    if role is None:
        return opened
    is_by_name = opened.url_path == first.url_path
    if is_by_name:  # the menu then has that entry, or none in it would be the page that is open
        sections[_(first.section)][0] = opened
    with st.sidebar:
        menu = f"menu {is_by_name} {[page.key for page in shown]}"
        draw_once(menu, lambda: _list_pages(sections))
    return opened


def _unlisted(
    role: Role | None, shown: list[Page], pages: tuple[Page, ...], asked: str
) -> list[StreamlitPage]:
    """What can be opened and is not listed: to a guest nothing but the page to sign in."""
    first = shown[0]
    if role is None:
        return [_entry(first, asked)] if asked else []
    closed = [page for page in pages if page not in shown]
    found = [_entry(page, page.url_path, path=_REFUSED) for page in closed]
    found.append(_entry(first, first.url_path))  # of that page Streamlit knows no address but ""
    if asked and asked not in {page.url_path for page in pages}:
        found.append(_entry(first, asked, path=_REFUSED))
    return found


def _ask_again_if_too_early() -> None:
    """Let the browser load anew an address that was asked for before the server knew any: as there
    is a folder `pages/`, Streamlit looks there until it has met `st.navigation` once, and has told
    the browser that it found nothing.
    """
    if st.session_state.pop(_TOO_EARLY, False):
        st.html(_RELOAD, unsafe_allow_javascript=True)


def _entry(page: Page, address: str, *, path: str = "", default: bool = False) -> StreamlitPage:
    return st.Page(
        settings.ROOT / "pages" / (path or page.path),
        title=_(page.title) if not path else _("Halaman tidak dibuka"),
        icon=f":material/{page.icon}:",
        url_path=address,
        default=default,
    )


def _asked() -> str:
    """The address with which this session came or went on last; later runs name it by a digest."""
    context = get_script_run_ctx()
    name = (context.pages_manager.intended_page_name if context else "") or ""
    name = name.strip().strip("/")
    if name and PagesManager.uses_pages_directory:
        st.session_state[_TOO_EARLY] = True
    if name and "/" not in name and len(name) <= _LONGEST_ADDRESS:
        st.session_state[_ASKED] = name
    return str(st.session_state.get(_ASKED, ""))


def _list_pages(sections: dict[str, list[StreamlitPage]]) -> None:
    with st.container(key="menu", gap=None):
        for section, entries in sections.items():
            st.caption(section)
            for entry in entries:
                st.page_link(entry, width="stretch")
