"""The pages, listed once: where their scripts are, what they are called, in which section."""

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

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


def navigate(role: Role | None, pages: tuple[Page, ...] = PAGES) -> StreamlitPage:
    """Register the pages that a role opens, in the current language, and list them; the one that is
    open. Without a role there is the page to sign in, and no other.

    The list is ours: Streamlit's own puts headings into a list of links, which screen readers then
    cannot count.
    """
    sections: dict[str, list[StreamlitPage]] = {}
    shown = [page for page in pages if role is not None and role.opens(page.key)] or [SIGN_IN]
    for page in shown:
        entry = st.Page(
            settings.ROOT / "pages" / page.path,
            title=_(page.title),
            icon=f":material/{page.icon}:",
            url_path=page.url_path,
            default=page is shown[0],
        )
        sections.setdefault(_(page.section), []).append(entry)
    opened = st.navigation(sections, position="hidden")
    if role is None:
        return opened
    with st.sidebar:
        draw_once(f"menu {[page.key for page in shown]}", lambda: _list_pages(sections))
    return opened


def _list_pages(sections: dict[str, list[StreamlitPage]]) -> None:
    with st.container(key="menu", gap=None):
        for section, entries in sections.items():
            st.caption(section)
            for entry in entries:
                st.page_link(entry, width="stretch")
