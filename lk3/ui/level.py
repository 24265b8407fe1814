"""Which part of a province is looked at, and by which areas: the choice, its path, a step down.

A province is seen by kabupaten/kota first; choosing one shows its kecamatan, choosing one of those
its kelurahan. The part and the level stand in the address. A city of few areas has no levels, and
nothing of this is shown.
"""

from dataclasses import dataclass

import streamlit as st

from lk3.language import _
from lk3.places import NOT_AN_AREA, Places
from lk3.places.level_words import level_word
from lk3.places.levels import KELURAHAN, Hierarchy, hierarchy
from lk3.ui.speech import callback
from lk3.ui.widgets.words import plain

SCOPE, LEVEL, SELECTED = "wilayah", "tingkat", "kelurahan"
_LOOK = "look"
_STEP = " › "


@dataclass(frozen=True)
class Look:
    """level: by which areas; parent: the level of the part that is looked at; scope: its key; name:
    what it is called; all three "" for the whole. Without levels "".
    """

    level: str = ""
    parent: str = ""
    scope: str = ""
    name: str = ""

    @property
    def districts(self) -> tuple[str, ...]:
        """What the filter of a level names."""
        return (self.name,) if self.scope else ()


def tree_of(places: Places, geo_dir: str) -> Hierarchy:
    """What lies in what, once per folder."""
    return _tree(geo_dir, _places=places)


@st.cache_resource(max_entries=4, show_spinner=False)
def _tree(geo_dir: str, _places: Places) -> Hierarchy:
    return hierarchy(_places)


def choose_look(tree: Hierarchy) -> Look:
    """The part and the level as they are chosen in the sidebar; remembered for the page."""
    look = _chosen(tree) if tree.levels else Look()
    st.session_state[_LOOK] = look
    return look


def current_look() -> Look:
    """The part and the level that this session looks at."""
    look = st.session_state.get(_LOOK)
    return look if isinstance(look, Look) else Look()


def _chosen(tree: Hierarchy) -> Look:
    _drop_unless(SCOPE, tuple(tree.scopes))
    scope = st.selectbox(
        _("Wilayah"),
        list(tree.scopes),
        index=None,
        format_func=lambda key: _STEP.join(name for _key, name in tree.path(key)[1:]),
        key=SCOPE,
        bind="query-params",
        placeholder=tree.title,
        on_change=_forget_level,
    )
    scope = scope or ""
    levels = tree.inside(scope)
    _drop_unless(LEVEL, levels)
    level = st.selectbox(
        _("Tampilkan menurut"),
        levels,
        index=levels.index(tree.first(scope)),
        format_func=level_title,
        key=LEVEL,
        bind="query-params",
        on_change=callback(_forget_area),
    )
    return Look(str(level), tree.level_of(scope), scope, tree.name(scope) if scope else "")


def level_title(level: str) -> str:
    """The name of a level as it begins a line."""
    word = level_word(level)
    return f"{word[:1].upper()}{word[1:]}"


def step_to(scope: str) -> None:
    """Look at a part, or at the whole (""); only from a callback."""
    st.session_state[SCOPE] = scope or None
    _forget_level()


def steps_into(code: str | None) -> bool:
    """Look at what an area holds, if it holds others; False for one that does not. Only from a
    callback.
    """
    has_parts = current_look().level not in ("", KELURAHAN)
    if not code or not has_parts or code in NOT_AN_AREA:
        return False
    step_to(code)
    return True


def breadcrumb(tree: Hierarchy) -> None:
    """The way from the whole down to what is looked at; each step above it is a button."""
    look = current_look()
    if not look.level:
        return
    path = tree.path(look.scope)
    with st.container(
        key="jejak_wilayah", horizontal=True, vertical_alignment="center", gap="xsmall"
    ):
        for key, name in path[:-1]:
            st.button(
                plain(name),
                key=f"jejak_{key or 'semua'}",
                type="tertiary",
                on_click=step_to,
                args=(key,),
            )
            st.markdown("›", width="content")
        here = _("menurut {level}").format(level=level_word(look.level))
        st.markdown(f"**{plain(path[-1][1])}** · {here}", width="content")


def _forget_level() -> None:
    st.session_state.pop(LEVEL, None)
    _forget_area()


def _forget_area() -> None:
    st.session_state[SELECTED] = None


def _drop_unless(key: str, options: tuple[str, ...]) -> None:
    """A choice that no longer exists is none."""
    if st.session_state.get(key) not in (None, *options):
        del st.session_state[key]
