"""Mutu data: what somebody has answered about columns and spellings, and how to take it back."""

import pandas as pd
import streamlit as st

from lk3 import language
from lk3.access import ANSWER
from lk3.dataset import forget
from lk3.errors import UserError
from lk3.intake import Answer
from lk3.intake.questions import choice_label, field_label
from lk3.language import N_, _, number
from lk3.reports import Export
from lk3.store import Note, open_store
from lk3.ui.session import acting, require_let_in
from lk3.ui.speech import callback
from lk3.ui.view import View
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.tables import download_row, export_notes
from lk3.ui.widgets.words import plain

_TOPIC = "answers"
_KINDS = {
    "value": N_("arti tulisan"),
    "column": N_("kolom"),
    "date_order": N_("urutan tanggal"),
    "header": N_("kolom tanpa judul"),
}
_SHOWN = 50


def remembered_answers(view: View) -> None:
    """The answers that every further file is read by, each with a button to forget it."""
    require_let_in()
    notes = open_store().notes.all(_TOPIC)
    section(
        _("Jawaban yang diingat"),
        _(
            "Jawaban ini dipakai untuk setiap berkas berikutnya. Menghapusnya tidak mengubah data "
            "yang sudah tersimpan; pertanyaannya diajukan lagi pada berkas berikutnya."
        ),
    )
    if not notes:
        st.info(_("Belum ada jawaban yang diingat."), icon=":material/question_answer:")
        return
    held = [(note, _answer(note)) for note in notes]
    for note, answer in held[:_SHOWN]:
        _line(view, note, answer)
    if len(held) > _SHOWN:
        said = _("… dan {n} lagi; semuanya ada di unduhan.")
        st.caption(said.format(n=number(len(held) - _SHOWN)))
    export = Export(_frame(view, held), _("Jawaban yang diingat"), export_notes(view))
    download_row(export, key="mutu_jawaban")


def _answer(note: Note) -> Answer | None:
    """The answer of a note; None when it is no longer one (it is not used then)."""
    try:
        return Answer(**{name: str(note.body.get(name, "")) for name in _names()})
    except UserError:
        return None


def _names() -> tuple[str, ...]:
    return ("kind", "where", "what", "meaning")


def _frame(view: View, held: list[tuple[Note, Answer | None]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Pertanyaan"): [_(_KINDS.get(str(n.body.get("kind")), "")) for n, _a in held],
            _("Tentang"): [_about(note) for note, _a in held],
            _("Artinya"): [_meaning(view, note, answer) for note, answer in held],
            _("Oleh"): [note.user or "–" for note, _a in held],
            _("Disimpan"): [_moment(note) for note, _a in held],
        }
    )


def _about(note: Note) -> str:
    body = note.body
    if body.get("kind") == "value":
        return f"“{body.get('what', '')}” ({field_label(str(body.get('where', ''))).lower()})"
    if body.get("kind") == "header":
        return _("kolom {letter}").format(letter=body.get("what", ""))
    return field_label(str(body.get("what", "")))


def _meaning(view: View, note: Note, answer: Answer | None) -> str:
    if answer is None:
        return _("tidak berlaku lagi")
    name = answer.where if answer.kind == "value" else answer.what
    return choice_label(answer.kind, name, answer.meaning, view.places)


def _moment(note: Note) -> str:
    local = note.saved_at.astimezone()
    return f"{language.long_date(local.date())} {local:%H:%M}"


def _line(view: View, note: Note, answer: Answer | None) -> None:
    said = f"{plain(_about(note))} → **{plain(_meaning(view, note, answer))}**"
    by = _("oleh {user}, {moment}") if note.user else "{moment}"
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", border=True
    ):
        with st.container(gap="xxsmall", width="content"):
            st.markdown(said)
            st.caption(by.format(user=_user(note), moment=_moment(note)))
        st.button(
            _("Hapus jawaban"),
            key=f"mutu_hapus_{note.id}",
            icon=":material/delete:",
            help=_("Hapus jawaban tentang {about}").format(about=plain(_about(note))),
            on_click=_forget,
            args=(note.id,),
        )


def _user(note: Note) -> str:
    """Who answered, without a link to write to them."""
    return plain(note.user)


@callback
def _forget(answer_id: str) -> None:
    require_let_in()
    forget(open_store(), answer_id, user=acting(ANSWER))
