"""The Data page from top to bottom: the steps, and under each what it has to show."""

import streamlit as st

from lk3.dataset import source_name
from lk3.intake import CheckedFile
from lk3.intake.findings import finding_sentence
from lk3.language import _, ngettext, number
from lk3.places import load_places
from lk3.reports.annotated import annotate
from lk3.reports.template import write_template
from lk3.store import open_store
from lk3.ui.session import require_let_in
from lk3.ui.view import View
from lk3.ui.views.checked import sheets_frame, show_findings, summary
from lk3.ui.views.intake_flow.asking import Asked, ask, given_answers, open_questions
from lk3.ui.views.intake_flow.changing import Planned, plan
from lk3.ui.views.intake_flow.checking import answers_now, checked_file, mark
from lk3.ui.views.intake_flow.files import Handed, choose_files
from lk3.ui.views.intake_flow.saving import forget_saved, offer_to_save, show_saved
from lk3.ui.views.intake_flow.steps import show_steps, steps_until, titles
from lk3.ui.views.intake_flow.waiting import waiting_files
from lk3.ui.widgets.headline import headline, section
from lk3.ui.widgets.tables import download, show_table
from lk3.ui.widgets.words import plain

CHOOSE, READ, ANSWER, COMPARE, SAVE = range(5)
Read = list[tuple[Handed, CheckedFile]]


def data_headline(view: View) -> None:
    """What is active now."""
    data = view.held.dataset
    if data.sample:
        sentence = _("Belum ada data sendiri: dasbor memakai contoh bawaan.")
    else:
        text = ngettext(
            "{n} sumber data aktif, versi {version}.",
            "{n} sumber data aktif, versi {version}.",
            len(data.accounting),
        )
        sentence = text.format(n=number(len(data.accounting)), version=number(data.version))
    headline(sentence, overline=_("Data"))


def intake_flow(view: View) -> None:
    """From files to versions."""
    require_let_in()
    steps = st.empty()
    room = st.container()  # what was saved last, above the next choice
    section(_title(CHOOSE))
    waiting_files()
    handed = choose_files()
    _offer_template()
    if not handed:
        with room:
            done = show_saved()
        with steps.container():
            show_steps(steps_until(5 if done else CHOOSE))
        return
    forget_saved()
    with steps.container():
        show_steps(steps_until(READ))
    answers = answers_now()
    files = [(file, checked_file(file, answers)) for file in handed]
    _show_read(files)
    questions, usable = open_questions(files), [file for _h, file in files if not file.refused]
    if questions or given_answers():
        ask(questions, answers, title=_title(ANSWER))
    planned = _plan(usable, view, mark(answers)) if usable else []
    with steps.container():
        show_steps(steps_until(_next(planned, questions), _notes(files, questions, planned)))
    if planned:
        title = _title(SAVE)
        offer_to_save(planned, open_store(), questions=len(questions), title=title)


def _title(step: int) -> str:
    return f"{step + 1} · {titles()[step]}"


def _next(planned: list[Planned], questions: list[Asked]) -> int:
    """The step that is the next to do."""
    if questions:
        return ANSWER
    if not planned:
        return CHOOSE
    return SAVE if all(file.may_save for file in planned) else COMPARE


def _notes(files: Read, questions: list[Asked], planned: list[Planned]) -> tuple[str, ...]:
    """A few words for each step but the last."""
    read = sum(file.rows_read for _h, file in files)
    gone = sum(file.changes.gone for file in planned)
    asked = ngettext("{n} pertanyaan", "{n} pertanyaan", len(questions))
    return (
        ngettext("{n} berkas", "{n} berkas", len(files)).format(n=number(len(files))),
        ngettext("{n} baris", "{n} baris", read).format(n=number(read)),
        asked.format(n=number(len(questions))) if questions else _("tidak ada"),
        _("{n} akan hilang").format(n=number(gone)) if gone else "",
    )


def _offer_template() -> None:
    download(
        _("Unduh templat kosong dengan daftar pilihan"),
        lambda: write_template(load_places()),
        name="templat_lk3.xlsx",
        key="templat",
    )


def _show_read(files: Read) -> None:
    section(
        _title(READ),
        _("Lembar demi lembar: berapa baris dipakai, disisihkan, dan bukan data, dan mengapa."),
    )
    for handed, checked in files:
        if checked.refused:
            for row in checked.tables.findings.to_dict("records"):
                st.error(plain(finding_sentence(row)), icon=":material/block:")  # type: ignore[arg-type]
            continue
        with st.container(border=True, gap="xsmall"):
            st.subheader(plain(checked.file), anchor=False)
            st.markdown(summary(checked))
            if len(files) > 1:
                with st.expander(_details_title(checked)):
                    _show_details(handed, checked)
            else:
                _show_details(handed, checked)


def _details_title(checked: CheckedFile) -> str:
    found = len(checked.tables.findings)
    text = ngettext("Lembar demi lembar dan {n} temuan", "Lembar demi lembar dan {n} temuan", found)
    return text.format(n=number(found))


def _show_details(handed: Handed, checked: CheckedFile) -> None:
    show_table(sheets_frame(checked), alt=_("Lembar yang dibaca"), key=handed.key)
    show_findings(checked)
    if not checked.tables.findings.empty:
        download(
            _("Unduh berkas ini dengan temuan yang ditandai"),
            lambda: annotate(handed.content, checked),
            name=f"temuan_{source_name(checked.file)}.xlsx",
            key=f"ditandai_{handed.key}",
        )


def _plan(usable: list[CheckedFile], view: View, mark: str) -> list[Planned]:
    section(
        _title(COMPARE),
        _("Dibandingkan dengan yang sekarang tersimpan dari sumber yang sama."),
    )
    store = open_store()
    return [plan(checked, store, view.places, mark=mark) for checked in usable]
