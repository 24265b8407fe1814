"""Under which name a file goes, and what saving it would change against what is held.

What would be gone stands out, and must be ticked before it can be saved.
"""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from lk3.changes import Changes, changes_by, overlapping_sources
from lk3.dataset import source_name, source_of
from lk3.intake import CheckedFile
from lk3.language import _
from lk3.places import Places
from lk3.store import Store
from lk3.ui.views.change_tables import gone_counts, gone_words, show_changes
from lk3.ui.widgets.words import plain

_COMPARED = "data_dibandingkan"
_MOST_KEPT = 12


@dataclass(frozen=True, eq=False)
class Planned:
    """A checked file, the source that it would replace or begin, and what that would change.

    may_save: False while something would be gone that nobody has agreed to.
    """

    checked: CheckedFile
    source: str
    changes: Changes
    may_save: bool


def plan(checked: CheckedFile, store: Store, places: Places, *, mark: str) -> Planned:
    """Let the name be chosen, show what would change, and ask about what would be gone. `mark`: of
    the answers by which the file was checked.
    """
    key = checked.digest[:8]
    with st.container(border=True):
        st.subheader(plain(checked.file), anchor=False)
        source, is_new = _choose_source(checked, store)
        changes, overlap = _compared(checked, store, source, mark)
        if overlap and is_new:
            _warn_of_overlap(overlap)
        show_changes(changes, places, key=f"ubah_{key}")
        may_save = not changes.gone or _agreed(changes, places, key=f"{key}_{source}")
    return Planned(checked, source, changes, may_save)


def _compared(
    checked: CheckedFile, store: Store, source: str, mark: str
) -> tuple[Changes, list[str]]:
    """What saving would change and which other sources cover the same time: worked out once for
    each state of the store.
    """
    kept: dict[Any, Any] = st.session_state.setdefault(_COMPARED, {})
    key = (checked.digest, mark, source, store.url, store.state())
    if key not in kept:
        held = store.load()
        kept[key] = (
            changes_by(held, checked.tables, source=source),
            overlapping_sources(held, checked.tables, source=source),
        )
        while len(kept) > _MOST_KEPT:
            kept.pop(next(iter(kept)))
    return kept[key]


def _choose_source(checked: CheckedFile, store: Store) -> tuple[str, bool]:
    """The name, and whether it is a new one."""
    active = store.sources()["source"].tolist()
    usual, own = source_of(store, checked.file), source_name(checked.file)
    names = list(dict.fromkeys([usual, own, *active]))
    replaced, begun = _("gantikan “{name}”"), _("sumber baru “{name}”")
    labels = {name: replaced if name in active else begun for name in names}
    if not active:
        st.markdown(plain(_("Disimpan sebagai sumber baru “{name}”.").format(name=usual)))
        return usual, True
    source = st.selectbox(
        _("Simpan sebagai"),
        names,
        format_func=lambda name: labels[name].format(name=name),
        key=f"sumber_{checked.digest[:8]}",
        width=420,
    )
    return str(source), source not in active


def _warn_of_overlap(overlap: list[str]) -> None:
    text = _(
        "{names} sudah berisi kasus pada periode yang sama. Bila berkas ini pembaruannya, pilih "
        "menggantikannya, supaya kasus tidak terhitung dua kali."
    )
    names = ", ".join(f"“{name}”" for name in overlap)
    st.warning(plain(text.format(names=names)), icon=":material/content_copy:")


def _agreed(changes: Changes, places: Places, *, key: str) -> bool:
    """Whether somebody has ticked that this much may go."""
    what = gone_counts(changes)
    with st.container(key=f"hilang_{key}", border=True, gap="xsmall"):
        text = _(
            "{what} yang sekarang tersimpan tidak ada lagi di berkas ini dan akan hilang dari "
            "dasbor:"
        )
        said, places_said = text.format(what=what), plain(gone_words(changes, places))
        st.markdown(f":material/warning: **{said}** {places_said}.")
        agree = _("Ya, {what} itu memang harus hilang").format(what=what)
        return bool(st.checkbox(agree, key=f"setuju_{key}_{changes.gone}"))
