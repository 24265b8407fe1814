"""The language of a session: chosen in the sidebar, kept in the address, spoken in every run.

The language is a variable of the running thread. Streamlit starts each run, and each run of a
fragment, in a thread that has not been told yet.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar

import streamlit as st

from lk3 import language, settings
from lk3.ui.guard import guarded

KEY = "lang"
_WORDS = "istilah"
P = ParamSpec("P")
R = TypeVar("R")
# Widgets that keep their choice by its words: after a change of language it is said anew.
WORDED = (
    *("wilayah", "tingkat", "periode", "dari", "sampai", "masalah", "profesi"),
    *("indikator", "ringkasan_indikator", "peta_bentuk", "ringkasan_bentuk", "kurang_bentuk"),
    *("satuan", "rincian", "mutu_severity", "mutu_rule", "mutu_isian_pilihan", "mutu_satuan"),
)
WORDED_GROUPS = (
    "mutu_rentang_",
    "penempatan_",
    "jawaban_",
    "sumber_",
    "ekspor_",
    "keputusan_",
    "status_",
)  # what the keys of as many widgets as there are people begin with


def choose_language() -> None:
    """The switch of languages; speaks the chosen one from here on."""
    codes = list(language.LANGUAGES)
    default = settings.get("LK3_LANGUAGE")
    chosen = st.sidebar.segmented_control(
        "Bahasa · Language",
        codes,
        default=default if default in codes else codes[0],
        required=True,
        key=KEY,
        bind="query-params",
        on_change=_keep_choices,
    )
    language.use(str(chosen))
    language.name_things({})


def speak() -> None:
    """Speak the session's language in this thread, and call areas what the page calls them."""
    language.use(str(st.session_state.get(KEY) or settings.get("LK3_LANGUAGE")))
    language.name_things(st.session_state.get(_WORDS) or {})


def call_things(words: Mapping[str, str]) -> None:
    """What areas are called on this page, in its fragments and callbacks too."""
    st.session_state[_WORDS] = dict(words)
    language.name_things(words)


def fragment(function: Callable[P, R]) -> Callable[P, R | None]:
    """A fragment that speaks the session's language and shows no traceback."""

    @wraps(function)
    def speaking(*args: P.args, **kwargs: P.kwargs) -> R | None:
        speak()
        with guarded():
            return function(*args, **kwargs)
        return None

    return st.fragment(speaking)


def callback(function: Callable[P, object]) -> Callable[P, None]:
    """A callback that speaks the session's language; its failure is a sentence above the page."""

    @wraps(function)
    def speaking(*args: P.args, **kwargs: P.kwargs) -> None:
        speak()
        with guarded():
            function(*args, **kwargs)

    return speaking


def _keep_choices() -> None:
    grouped = [key for key in st.session_state if str(key).startswith(WORDED_GROUPS)]
    for key in (*WORDED, *grouped):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]
