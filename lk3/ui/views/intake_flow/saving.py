"""The last click: all files that were read and may be saved, each as a version of its own."""

from collections import Counter
from dataclasses import dataclass

import streamlit as st

from lk3 import audit
from lk3.access import SAVE
from lk3.dataset import save_checked
from lk3.errors import UserError
from lk3.language import _, ngettext, number
from lk3.store import Store
from lk3.ui.session import acting, require_let_in
from lk3.ui.speech import callback
from lk3.ui.trail import leave_trail
from lk3.ui.views.intake_flow.asking import forget_given
from lk3.ui.views.intake_flow.changing import Planned
from lk3.ui.views.intake_flow.checking import forget_checks
from lk3.ui.views.intake_flow.files import let_go
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.words import plain

_SAVED = "data_tersimpan"


@dataclass(frozen=True)
class Saved:
    """A file that this session has saved."""

    file: str
    digest: str
    source: str
    version: int
    set_aside: int


def offer_to_save(planned: list[Planned], store: Store, *, questions: int, title: str) -> None:
    """The button, and in words what it does or why it cannot be pressed."""
    section(title, _("Baru dengan klik ini data tersimpan dan tampil di semua halaman."))
    hindrance = _hindrance(planned)
    if hindrance:
        st.error(hindrance, icon=":material/block:")
    elif questions:
        text = ngettext(
            "{n} pertanyaan belum dijawab. Data boleh disimpan sekarang; baris yang ditanyakan "
            "menyusul setelah dijawab dan berkasnya dikirim lagi.",
            "{n} pertanyaan belum dijawab. Data boleh disimpan sekarang; baris yang ditanyakan "
            "menyusul setelah dijawab dan berkasnya dikirim lagi.",
            questions,
        )
        st.info(text.format(n=number(questions)), icon=":material/help:")
    label = ngettext("Simpan {n} berkas", "Simpan {n} berkas", len(planned))
    st.button(
        label.format(n=number(len(planned))),
        type="primary",
        icon=":material/save:",
        key="simpan",
        disabled=bool(hindrance),
        on_click=_save,
        args=(planned, store, store.latest()),
    )


def _hindrance(planned: list[Planned]) -> str:
    """Why nothing can be saved yet; "" when it can."""
    twice = [name for name, n in Counter(p.source for p in planned).items() if n > 1]
    if twice:
        return _(
            "Dua berkas akan disimpan sebagai sumber yang sama, sehingga yang satu menghapus yang "
            "lain. Pilih sumber yang berbeda, atau ubah nama salah satu berkas."
        )
    if not all(plan.may_save for plan in planned):
        return _(
            "Ada data yang akan hilang. Setujui dengan mencentangnya di langkah 4, atau perbaiki "
            "berkasnya lalu kirim lagi."
        )
    return ""


@callback
def _save(planned: list[Planned], store: Store, seen: int | None) -> None:
    role = require_let_in().role
    if store.latest() != seen:
        raise UserError(
            _(
                "Data yang tersimpan baru saja berubah, sehingga belum ada yang disimpan. Periksa "
                "lagi apa yang berubah, lalu klik Simpan sekali lagi."
            )
        )
    saved: list[Saved] = []
    try:
        for plan in planned:
            checked = plan.checked
            user = acting(SAVE)
            version = save_checked(store, checked, source=plan.source, user=user)
            facts = {"digest": checked.digest, "rows": checked.rows_used}
            leave_trail(audit.IMPORT, user, role, version=version, **facts)
            aside = checked.rows_set_aside
            saved.append(Saved(checked.file, checked.digest, plan.source, version, aside))
    finally:
        _remember(saved)


def _remember(saved: list[Saved]) -> None:
    if not saved:
        return
    st.session_state[_SAVED] = saved
    digests = {file.digest for file in saved}
    let_go(digests)
    forget_checks(digests)
    forget_given()


def saved_digests() -> set[str]:
    """The files that this session has saved last."""
    return {file.digest for file in st.session_state.get(_SAVED, [])}


def _saved_words(file: Saved) -> str:
    text = _("{name} tersimpan sebagai versi {version} dari sumber “{source}”.")
    said = text.format(name=file.file, version=number(file.version), source=file.source)
    if file.set_aside:
        aside = ngettext("{n} baris disisihkan.", "{n} baris disisihkan.", file.set_aside)
        said = f"{said} {aside.format(n=number(file.set_aside))}"
    return said


def show_saved() -> bool:
    """What was saved last, with the way on; whether anything was."""
    saved: list[Saved] = st.session_state.get(_SAVED, [])
    for file in saved:
        st.success(plain(_saved_words(file)), icon=":material/check_circle:")
    if saved:
        with st.container(horizontal=True):
            st.page_link(
                "pages/monitor/overview.py", label=_("Buka Ringkasan"), icon=":material/dashboard:"
            )
            st.page_link(
                "pages/manage/quality.py", label=_("Lihat Mutu data"), icon=":material/fact_check:"
            )
    return bool(saved)


def forget_saved() -> None:
    """Another file is on its way, or the versions have been changed."""
    st.session_state.pop(_SAVED, None)
