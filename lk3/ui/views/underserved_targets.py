"""Target dan acuan: one table of values with their sources, edited on the page.

It stands where planners weigh need against supply; the values themselves are lines on charts.
"""

import pandas as pd
import streamlit as st

from lk3.access import PLAN
from lk3.errors import UserError
from lk3.indicators.targets import (
    LARGEST,
    TOPIC,
    Target,
    keep_target,
    reset_target,
)
from lk3.language import _
from lk3.store import Notes
from lk3.ui.data import held_notes
from lk3.ui.session import acting
from lk3.ui.speech import callback
from lk3.ui.view import View
from lk3.ui.views.professions_settings import changed_words
from lk3.ui.widgets.cards import card_row, measure_card
from lk3.ui.widgets.words import sentence

_VALUE, _SOURCE = "value", "source"


def targets_section(view: View) -> None:
    """The table in an expander, with buttons to save it and to go back to the file's values."""
    known = view.held.planning.targets
    with st.expander(_("Target dan acuan"), icon=":material/flag:"):
        st.markdown(
            _(
                "Nilai pembanding yang digambar sebagai garis acuan, dengan sumbernya. Acuan tidak "
                "pernah menjadi penilaian. Kosongkan nilai bila tidak dipakai."
            )
        )
        notes = held_notes()
        edited = st.data_editor(
            targets_table(known),
            hide_index=True,
            width="stretch",
            column_config={
                "label": st.column_config.TextColumn(_("Acuan"), disabled=True),
                _VALUE: st.column_config.NumberColumn(
                    _("Nilai"), min_value=0.0, max_value=float(LARGEST), format="%g"
                ),
                "unit": st.column_config.TextColumn(_("Satuan"), disabled=True),
                _SOURCE: st.column_config.TextColumn(_("Sumber"), width="large"),
            },
            placeholder="–",
            alt=_("Target dan acuan"),
            key=f"acuan_{notes.version()}",
        )
        with st.container(horizontal=True):
            if st.button(_("Simpan acuan"), key="acuan_simpan", type="primary"):
                _keep(notes, known, edited)
            if any(target.is_edited for target in known):
                st.button(_("Kembali ke bawaan"), key="acuan_bawaan", on_click=callback(_reset))
        _say_who(notes, known)
        card_row([measure_card(view, "service_coverage")], key="acuan")


def targets_table(known: tuple[Target, ...]) -> pd.DataFrame:
    """[label, value, unit, source], one row per target, by its key."""
    rows = [(t.label, t.value, t.unit, t.source) for t in known]
    frame = pd.DataFrame(
        rows, columns=["label", _VALUE, "unit", _SOURCE], index=[t.key for t in known]
    )
    return frame.astype({_VALUE: "float64"})


def changed(known: tuple[Target, ...], edited: pd.DataFrame) -> list[tuple[str, float | None, str]]:
    """Key, value (None: taken away) and source of the targets that the table has otherwise."""
    found: list[tuple[str, float | None, str]] = []
    values = edited[_VALUE].astype("float64")
    sources = edited[_SOURCE].fillna("").astype("str").str.strip()
    for target in known:
        number, said = float(values[target.key]), str(sources[target.key])
        value = None if number != number else number
        if (value, said) != (target.value, target.source):
            found.append((target.key, value, said))
    return found


def _keep(notes: Notes, known: tuple[Target, ...], edited: pd.DataFrame) -> None:
    try:
        for key, value, source in changed(known, edited):
            keep_target(notes, key, value, source=source, user=acting(PLAN))
    except UserError as error:
        st.error(sentence(str(error)))
    else:
        st.rerun()


def _reset() -> None:
    notes = held_notes()
    for note in notes.all(TOPIC):
        reset_target(notes, note.id, user=acting(PLAN))


def _say_who(notes: Notes, known: tuple[Target, ...]) -> None:
    labels = {target.key: target.label for target in known}
    said = [f"{labels[n.id]}: {changed_words(n)}" for n in notes.all(TOPIC) if n.id in labels]
    st.caption(" ".join(said) or _("Semua nilai masih bawaan."))
