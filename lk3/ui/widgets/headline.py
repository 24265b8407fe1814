"""The sentence that a page begins with, and the line above it that says what is looked at."""

import streamlit as st

from lk3.access import SAVE, who_may
from lk3.language import _
from lk3.ui.session import may
from lk3.ui.view import View
from lk3.ui.widgets.words import sentence
from lk3.vocabulary import vocabulary


def headline(said: str, *, overline: str = "") -> None:
    """The page's message as its heading; `overline`: page, place and period in small letters."""
    with st.container(gap="xxsmall"):
        if overline:
            st.caption(sentence(overline))
        st.title(sentence(said), anchor=False)


def overline(view: View, title: str) -> str:
    """Page, place, period and the filters that are on."""
    filter = view.filter
    parts = [title, view.where, view.when]
    for name, keys in (("problems", filter.problems), ("professions", filter.professions)):
        if keys:
            parts.append(", ".join(vocabulary(name).label(key) for key in keys))
    return " · ".join(parts)


def section(title: str, subtitle: str = "") -> None:
    """The heading of a part of the page, its measure, place and period below it."""
    with st.container(gap="xxsmall"):
        st.header(sentence(title), anchor=False)
        if subtitle:
            st.caption(subtitle)


def no_members(view: View) -> None:
    """Say that no list of members is held, so that 0 is not read as nobody serving."""
    if view.tables.members.empty:
        said = _("Daftar anggota belum diunggah, jadi angka anggota belum ada artinya.")
        st.info(f"{said} {_way_to_upload()}", icon=":material/group_off:")


def _way_to_upload() -> str:
    if may(SAVE):
        return _("Unggah di halaman Data.")
    return _("Yang dapat mengunggahnya: {roles}.").format(roles=who_may(SAVE))


def nothing_found(view: View) -> None:
    """Say that the filter matches no case."""
    if view.row("cases")["value"] == 0:
        st.info(
            _("Tidak ada kasus untuk pilihan ini. Ubah periode atau hapus saringan di samping."),
            icon=":material/filter_alt_off:",
        )
