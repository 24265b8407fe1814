"""What every page looks at: period, problems, professions, kecamatan, and the chosen kelurahan.

The widgets stand in the sidebar and keep their choices in the address, so that a link opens the
same view. A value in the address that does not exist is passed over.
"""

from datetime import date
from typing import Any

import streamlit as st

from lk3 import language
from lk3.counts import Filter, Period
from lk3.language import _
from lk3.places.level_words import level_words
from lk3.ui.data import Held, held_at
from lk3.ui.level import SELECTED, choose_look, tree_of
from lk3.ui.periods import CUSTOM, month_choices, months_between, period_choices, period_label
from lk3.vocabulary import vocabulary

__all__ = ["SELECTED", "choose_filter", "select_kelurahan", "selected_kelurahan"]
_CLEARED = {"masalah": (), "profesi": (), "kecamatan": ()}


def choose_filter(held: Held) -> Filter:
    """The filter as it is chosen in the sidebar. Of a province a part is chosen, and by which areas
    it is looked at, instead of kecamatan.
    """
    tree = tree_of(held.places, held.key.geo_dir)
    with st.sidebar:
        period = _choose_period(held)
        look = choose_look(tree)
        shown = held_at(held, look.level, look.parent)
        with language.naming(level_words(shown.places)):
            _choose_kelurahan(shown, look.districts)
        chosen = {
            name: _choose_several(name, label, terms)
            for name, label, terms in (
                ("masalah", _("Masalah"), vocabulary("problems").labels()),
                ("profesi", _("Profesi"), vocabulary("professions").labels()),
                ("kecamatan", _("Kecamatan"), {d: d for d in held.places.districts}),
            )
            if not (look.level and name == "kecamatan")
        }
        if any(chosen.values()):
            st.button(_("Hapus saringan"), key="hapus_saringan", on_click=_clear, width="stretch")
    districts = look.districts if look.level else chosen["kecamatan"]
    return Filter(period, chosen["masalah"], chosen["profesi"], districts)


def selected_kelurahan(held: Held) -> str | None:
    """Code of the kelurahan that is chosen on any page."""
    code = st.session_state.get(SELECTED)
    return code if code in held.places.areas.index else None


def select_kelurahan(code: str | None) -> None:
    """Choose a kelurahan, or none; only from a callback, before the widgets of a run."""
    st.session_state[SELECTED] = code


def _choose_period(held: Held) -> Period | None:
    inside = held.period
    choices = period_choices(inside, held.dataset.as_of)
    choice = st.selectbox(
        _("Periode"),
        list(choices),
        format_func=period_label,
        key="periode",
        bind="query-params",
    )
    if choice == CUSTOM and inside is not None:
        return _choose_months(month_choices(inside))
    return choices.get(str(choice))


def _choose_months(months: list[date]) -> Period:
    places = st.columns(2)
    options: dict[str, Any] = {
        "options": months,
        "format_func": language.month,
        "bind": "query-params",
    }
    with places[0]:
        first = st.selectbox(_("Dari"), key="dari", index=max(0, len(months) - 12), **options)
    with places[1]:
        last = st.selectbox(_("Sampai"), key="sampai", index=len(months) - 1, **options)
    return months_between(first, last)


def _choose_kelurahan(held: Held, districts: tuple[str, ...] = ()) -> None:
    codes = held.places.codes_in(districts)
    if st.session_state.get(SELECTED) not in (None, *codes):
        del st.session_state[SELECTED]
    st.selectbox(
        _("Kelurahan yang disorot"),
        codes,
        index=None,
        format_func=held.places.label,
        key=SELECTED,
        bind="query-params",
        placeholder=_("Pilih, atau klik pada peta"),
    )
    if selected_kelurahan(held):
        st.button(
            _("Tampilkan semua kelurahan"),
            key="hapus_kelurahan",
            on_click=select_kelurahan,
            args=(None,),
            width="stretch",
        )


def _choose_several(key: str, label: str, terms: dict[str, str]) -> tuple[str, ...]:
    chosen = st.multiselect(
        label,
        list(terms),
        format_func=lambda term: terms.get(term, term),
        key=key,
        bind="query-params",
        placeholder=_("Semua"),
        select_all=False,
    )
    return tuple(term for term in terms if term in chosen)


def _clear() -> None:
    for key, nothing in _CLEARED.items():
        st.session_state[key] = list(nothing)
