"""Which of very many areas a list shows: the first ones of an order, those of a search, more.

Nobody reads a thousand bars. In: a measure. Out: the codes to show, from the top; the chosen area
is always among them, and a sentence says how many of how many are shown.
"""

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from lk3.indicators.funnel import VERDICTS
from lk3.language import _, number
from lk3.ui.view import View
from lk3.vocabulary import squash

MANY, STEP = 40, 20  # areas that still are one list; areas that are shown first, and more each time
BY_VERDICT, LARGEST, SMALLEST = "putusan", "terbesar", "terkecil"


def choose_most(view: View, measure: pd.DataFrame, *, place: str) -> tuple[str, ...] | None:
    """The areas to show of a measure, from the top; None where all find room. place: prefix of the
    widgets' keys.
    """
    codes = [code for code in view.chosen_codes if code in measure.index]
    if len(codes) <= MANY:
        return None
    ranked = _ordered(measure.loc[codes], place)
    shown = _found(view, ranked, place)
    if view.selected in codes and view.selected not in shown:
        shown = [*shown, str(view.selected)]
    return tuple(shown)


def more_of_them(view: View, shown: tuple[str, ...] | None, *, place: str) -> None:
    """How many of how many are shown, and a button for more."""
    if shown is None:
        return
    say_how_many(
        _("{n} dari {total} kelurahan ditampilkan."),
        shown=len(shown),
        total=len(view.chosen_codes),
        place=place,
    )


def say_how_many(text: str, *, shown: int, total: int, place: str, step: int = STEP) -> None:
    """A sentence with {n} and {total}, and a button for more unless something is searched for."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(text.format(n=number(shown), total=number(total)), width="content")
        if not st.session_state.get(f"{place}_cari") and shown < total:
            st.button(
                _("Tampilkan lebih banyak"),
                key=f"{place}_lagi",
                type="tertiary",
                on_click=partial(_more, f"{place}_banyak", step),
            )


def first_codes(
    view: View, values: pd.Series, *, place: str, label: str = ""
) -> tuple[str, ...] | None:
    """The same for a list in an order of its own: by values, the largest first."""
    codes = [code for code in view.chosen_codes if code in values.index]
    if len(codes) <= MANY:
        return None
    ranked = list(values[codes].sort_values(ascending=False, kind="stable").index)
    shown = _found(view, ranked, place, label=label)
    if view.selected in codes and view.selected not in shown:
        shown = [*shown, str(view.selected)]
    return tuple(shown)


def first_of(
    names: Mapping[str, str], *, place: str, label: str, step: int = STEP
) -> tuple[str, ...] | None:
    """The same for anything that has a name: keys of `names`, in their order."""
    if len(names) <= MANY:
        return None
    return tuple(_named(list(names), names, place, label=label, step=step))


def _ordered(measure: pd.DataFrame, place: str) -> list[str]:
    """Codes in the order that is chosen: those that stand apart first where they are judged."""
    is_judged = (measure["verdict"] != "").any()
    labels = {LARGEST: _("Terbesar dahulu"), SMALLEST: _("Terkecil dahulu")}
    if is_judged:
        labels = {BY_VERDICT: _("Menurut putusan")} | labels
    key = f"{place}_urut"
    if st.session_state.get(key) not in (None, *labels):
        del st.session_state[key]
    order = st.selectbox(
        _("Urutan"),
        list(labels),
        format_func=lambda each: labels[each],
        key=key,
        label_visibility="collapsed",
    )
    by_value = measure.sort_values(
        "value", ascending=order == SMALLEST, kind="stable", na_position="last"
    )
    if order != BY_VERDICT:
        return list(by_value.index)
    rank = by_value["verdict"].map({verdict: at for at, verdict in enumerate(_APART)})
    return list(rank.fillna(len(_APART)).sort_values(kind="stable").index)


_APART = (
    "strongly_above", "above", *(v for v in VERDICTS if v.endswith("below")), "like_city",
    "too_few",
)  # fmt: skip


def _found(view: View, ranked: list[str], place: str, *, label: str = "") -> list[str]:
    """The first of the codes, or of those whose name is searched for."""
    names = view.places.areas["label"]
    return _named(ranked, names, place, label=label or _("Cari kelurahan"))


def _named(
    ranked: Sequence[str],
    names: "Mapping[str, str] | pd.Series",
    place: str,
    *,
    label: str,
    step: int = STEP,
) -> list[str]:
    wanted = st.text_input(
        label,
        key=f"{place}_cari",
        placeholder=label,
        label_visibility="collapsed",
        icon=":material/search:",
    )
    if text := squash(wanted):
        ranked = [key for key in ranked if text in squash(str(names[key]))]
    return list(ranked[: int(st.session_state.get(f"{place}_banyak", step))])


def _more(key: str, step: int) -> None:
    st.session_state[key] = int(st.session_state.get(key, step)) + step
