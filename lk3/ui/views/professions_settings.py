"""Which professions every kelurahan must have, and how many: edited on the page, kept in the store
with who and when.
"""

import pandas as pd
import streamlit as st

from lk3 import language
from lk3.access import PLAN
from lk3.errors import UserError
from lk3.indicators.requirements import (
    ID,
    MOST,
    TOPIC,
    keep_requirements,
    reset_requirements,
)
from lk3.language import _
from lk3.store import Note
from lk3.ui.data import held_notes
from lk3.ui.session import acting
from lk3.ui.speech import callback
from lk3.ui.view import View
from lk3.ui.widgets.words import plain, sentence
from lk3.vocabulary import vocabulary

_LEAST, _ROW = "minimum", 35  # pixels of a row


def requirement_settings(view: View) -> None:
    """The table of minimum numbers, with buttons to save it and to go back to the file's."""
    with st.expander(_("Ubah unsur wajib dan jumlah minimumnya"), icon=":material/tune:"):
        st.markdown(
            _(
                "Jumlah orang yang sedikitnya harus ada di **setiap kelurahan**; 0 berarti tidak "
                "wajib. Ini pilihan perencana, bukan ketentuan hukum, dan berlaku di semua halaman."
            )
        )
        notes = held_notes()
        table = minimum_table(view)
        edited = st.data_editor(
            table,
            hide_index=True,
            width="stretch",
            height=_ROW * (len(table) + 1) + 3,
            column_config={
                "profession": st.column_config.TextColumn(_("Profesi"), disabled=True),
                _LEAST: st.column_config.NumberColumn(
                    _("Minimum per kelurahan"), min_value=0, max_value=MOST, step=1, required=True
                ),
            },
            alt=_("Minimum per kelurahan"),
            key=f"unsur_minimum_{notes.version()}",
        )
        with st.container(horizontal=True):
            if st.button(_("Simpan jumlah minimum"), key="unsur_simpan", type="primary"):
                _keep(edited)
            if view.context.requirements.is_edited:
                st.button(_("Kembali ke bawaan"), key="unsur_bawaan", on_click=callback(_reset))
        _say_who(notes.all(TOPIC))


def minimum_table(view: View) -> pd.DataFrame:
    """[profession (in words), minimum], one row per profession of the vocabulary, by its key."""
    terms = vocabulary("professions").labels()
    least = view.context.requirements.minimum
    return pd.DataFrame(
        {"profession": list(terms.values()), _LEAST: [least(key) for key in terms]},
        index=list(terms),
    )


def least_of(edited: pd.DataFrame) -> dict[str, int]:
    """What the table asks for, by profession; an emptied cell asks for nobody."""
    asked = edited[_LEAST].fillna(0)
    return {str(key): int(value) for key, value in asked.items()}


def _keep(edited: pd.DataFrame) -> None:
    try:
        keep_requirements(held_notes(), least_of(edited), user=acting(PLAN))
    except UserError as error:
        st.error(sentence(str(error)))
    else:
        st.rerun()


def _reset() -> None:
    reset_requirements(held_notes(), user=acting(PLAN))


def _say_who(notes: list[Note]) -> None:
    written = next((note for note in notes if note.id == ID), None)
    if written is None:
        st.caption(_("Bawaan: satu orang untuk setiap profesi yang ditandai wajib."))
        return
    st.caption(changed_words(written))


def changed_words(note: Note) -> str:
    """When a note was written, and by whom where people sign in."""
    day = language.long_date(note.saved_at.date())
    if note.user:
        return _("Diubah oleh {user} pada {day}.").format(user=plain(note.user), day=day)
    return _("Diubah pada {day}.").format(day=day)
