"""What is unclear: each question once, however many files ask it, answered by a click.

The likely answer is marked, never chosen beforehand. An answer is remembered when it is given, and
the files are read again by it.
"""

from dataclasses import dataclass

import streamlit as st

from lk3.access import ANSWER
from lk3.changes import changes_between
from lk3.dataset import forget, remember
from lk3.errors import UserError
from lk3.intake import Answer, Answers, CheckedFile, Question
from lk3.intake.questions import answer_label
from lk3.language import _, ngettext, number
from lk3.store import open_store
from lk3.ui.session import acting, require_let_in
from lk3.ui.speech import callback
from lk3.ui.views.change_tables import change_sentences
from lk3.ui.views.intake_flow.checking import checked_file
from lk3.ui.views.intake_flow.files import Handed
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.words import plain

_GIVEN = "data_jawaban"  # answers of this session, which it can take back
_SHOWN = 8
_MOST_ROWS_TRIED = 20_000  # a longer file is not read again to try an answer out


@dataclass(frozen=True)
class Asked:
    """A question, and the files that ask it."""

    question: Question
    files: tuple[tuple[Handed, CheckedFile], ...]

    @property
    def rows(self) -> int:
        """How many rows of all files hang on it."""
        asked = [q for _h, file in self.files for q in file.questions]
        return sum(q.rows for q in asked if q.id == self.question.id)


def open_questions(files: list[tuple[Handed, CheckedFile]]) -> list[Asked]:
    """The questions of all files, those with the most rows first."""
    by_id: dict[str, Asked] = {}
    for pair in files:
        for question in pair[1].questions:
            known = by_id.get(question.id)
            others = known.files if known else ()
            by_id[question.id] = Asked(known.question if known else question, (*others, pair))
    return sorted(by_id.values(), key=lambda asked: -asked.rows)


def ask(questions: list[Asked], answers: Answers, *, title: str) -> None:
    """The questions with their answers to choose from, and what has been answered already."""
    section(
        title,
        _(
            "Jawaban diingat begitu diberikan dan berlaku untuk berkas berikutnya; dapat dihapus "
            "lagi di halaman Mutu data. Tanpa jawaban, barisnya tetap disisihkan atau dicatat "
            "“tidak diketahui”."
        ),
    )
    _show_given()
    if not questions:
        st.success(_("Tidak ada yang perlu dijawab."), icon=":material/check_circle:")
    for asked in questions[:_SHOWN]:
        _show_question(asked, answers)
    if len(questions) > _SHOWN:
        text = ngettext(
            "{n} pertanyaan lagi ditampilkan setelah ini dijawab.",
            "{n} pertanyaan lagi ditampilkan setelah ini dijawab.",
            len(questions) - _SHOWN,
        )
        st.caption(text.format(n=number(len(questions) - _SHOWN)))


def _show_question(asked: Asked, answers: Answers) -> None:
    question = asked.question
    labels = dict(question.choices)
    if question.suggestion:
        marked = _("{choice} (saran)").format(choice=labels[question.suggestion])
        labels[question.suggestion] = marked
    with st.container(border=True, gap="xsmall", key=f"tanya_{question.id}"):
        st.markdown(f"**{plain(question.sentence())}**")
        st.caption(plain(_where(asked)))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.selectbox(
                _("Jawaban"),
                list(labels),
                index=None,
                format_func=lambda key: labels.get(key, key),
                key=f"jawaban_{question.id}",
                placeholder=_("Pilih jawaban"),
                label_visibility="collapsed",
                width=360,
            )
            st.button(
                _("Jawab"),
                key=f"jawab_{question.id}",
                type="primary",
                disabled=chosen is None,
                on_click=_answer,
                args=(question, chosen),
            )
        if chosen is not None:
            st.caption(f":material/visibility: {plain(_effect(asked, chosen, answers))}")


def _where(asked: Asked) -> str:
    question = asked.question
    files = ", ".join(dict.fromkeys(handed.name for handed, _checked in asked.files))
    rows = ngettext("{n} baris", "{n} baris", asked.rows).format(n=number(asked.rows))
    parts = [files, question.sheet, rows]
    parts += [f"“{written}” → {understood}" for written, understood in question.preview]
    return " · ".join(part for part in parts if part)


def _effect(asked: Asked, chosen: str, answers: Answers) -> str:
    """What the answer would change: tried out, unless the files are long."""
    if sum(file.rows_read for _h, file in asked.files) > _MOST_ROWS_TRIED:
        text = ngettext("Menyangkut {n} baris.", "Menyangkut {n} baris.", asked.rows)
        return text.format(n=number(asked.rows))
    try:
        tried = answers | Answers((asked.question.answer(chosen),))
    except UserError as error:
        return str(error)
    said = []
    for handed, now in asked.files:
        then = checked_file(handed, tried)
        rows = _("Bila dijawab begitu: baris dipakai {a} → {b}, disisihkan {c} → {d}.").format(
            a=number(now.rows_used),
            b=number(then.rows_used),
            c=number(now.rows_set_aside),
            d=number(then.rows_set_aside),
        )
        name = f"{handed.name}: " if len(asked.files) > 1 else ""
        said.append(f"{name}{rows}")
        if now.rows_used == then.rows_used:
            said += change_sentences(changes_between(now.tables, then.tables))
    return " ".join(said)


@callback
def _answer(question: Question, chosen: str | None) -> None:
    require_let_in()
    if chosen is None:
        return
    answer = question.answer(chosen)
    remember(open_store(), answer, user=acting(ANSWER))
    given: list[Answer] = st.session_state.setdefault(_GIVEN, [])
    st.session_state[_GIVEN] = [a for a in given if a.id != answer.id] + [answer]


def _show_given() -> None:
    given: list[Answer] = st.session_state.get(_GIVEN, [])
    for answer in given:
        with st.container(horizontal=True, vertical_alignment="center"):
            said = _("Diingat: {answer}").format(answer=answer_label(answer))
            st.markdown(f":material/check_circle: {plain(said)}")
            st.button(
                _("Urungkan"),
                key=f"urungkan_{answer.id}",
                type="tertiary",
                icon=":material/undo:",
                on_click=_take_back,
                args=(answer,),
            )


def given_answers() -> bool:
    """Whether this session has answered anything that it can take back."""
    return bool(st.session_state.get(_GIVEN))


def forget_given() -> None:
    """Begin the list anew, after a save; the answers stay remembered."""
    st.session_state.pop(_GIVEN, None)


@callback
def _take_back(answer: Answer) -> None:
    require_let_in()
    forget(open_store(), answer.id, user=acting(ANSWER))
    given: list[Answer] = st.session_state.get(_GIVEN, [])
    st.session_state[_GIVEN] = [a for a in given if a.id != answer.id]
