"""The watched folder on the page: what waits there, and the click that takes it into the flow.

The list looks anew by itself every few seconds; it is a fragment, so nothing else on the page moves
or loses what is being typed.
"""

import hashlib

import streamlit as st

from lk3.errors import UserError
from lk3.inbox import ARRIVING, REFUSED, SAVED, WAITING, Arrival, inbox_here
from lk3.language import _, ngettext, number
from lk3.places import load_places
from lk3.ui.guard import guarded
from lk3.ui.session import require_let_in
from lk3.ui.speech import speak
from lk3.ui.views.intake_flow.files import Handed, hand_in, handed_digests
from lk3.ui.views.intake_flow.saving import forget_saved, saved_digests
from lk3.ui.widgets.words import plain

_SECONDS = 5
_SHOWN = 10
_ICONS = {
    ARRIVING: ":material/hourglass_top:",
    WAITING: ":material/inbox:",
    REFUSED: ":material/block:",
    SAVED: ":material/check_circle:",
}


@st.fragment(run_every=_SECONDS)
def waiting_files() -> None:
    """What lies in the folder, the newest first; nothing while it is empty or not there."""
    speak()
    with guarded():
        require_let_in()
        arrivals = inbox_here().arrivals()
        done = [a for a in arrivals if _is_saved(a)]
        others = [a for a in arrivals if not _is_saved(a)]
        if others:
            with st.container(border=True, gap="xsmall", key="masuk"):
                st.subheader(_("Menunggu di folder masuk"), anchor=False)
                for arrival in others[:_SHOWN]:
                    _line(arrival)
                if len(others) > _SHOWN:
                    more = _("… dan {n} berkas lagi.").format(n=number(len(others) - _SHOWN))
                    st.caption(more)
        if done:
            text = ngettext(
                "{n} berkas di folder masuk sudah tersimpan: {names}.",
                "{n} berkas di folder masuk sudah tersimpan: {names}.",
                len(done),
            )
            names = ", ".join(arrival.file for arrival in done[:_SHOWN])
            st.caption(plain(text.format(n=number(len(done)), names=names)))


def _is_saved(arrival: Arrival) -> bool:
    return arrival.state == SAVED or arrival.digest in saved_digests()


def _line(arrival: Arrival) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        with st.container(gap=None, width="stretch"):
            st.markdown(f"{_ICONS[arrival.state]} **{plain(arrival.file)}**")
            opened = arrival.digest in handed_digests()
            st.caption(_("Sedang diperiksa di bawah.") if opened else plain(_words(arrival)))
        if arrival.state == WAITING and not opened:
            key = hashlib.sha256(arrival.file.encode()).hexdigest()[:8]
            if st.button(_("Periksa"), key=f"masuk_{key}", icon=":material/arrow_forward:"):
                _open(arrival)


def _words(arrival: Arrival) -> str:
    when = load_places().moment(arrival.modified_at)
    if arrival.state == ARRIVING:
        return _("Masih ditulis; dibaca setelah lengkap.")
    if arrival.state == REFUSED:
        return arrival.sentence()
    parts = [
        when,
        ngettext("{n} baris dipakai", "{n} baris dipakai", arrival.rows_used).format(
            n=number(arrival.rows_used)
        ),
    ]
    if arrival.rows_set_aside:
        text = ngettext("{n} disisihkan", "{n} disisihkan", arrival.rows_set_aside)
        parts.append(text.format(n=number(arrival.rows_set_aside)))
    if arrival.questions:
        text = ngettext("{n} pertanyaan", "{n} pertanyaan", arrival.questions)
        parts.append(text.format(n=number(arrival.questions)))
    if "gone" in arrival.reasons:
        parts.append(_("ada data yang akan hilang"))
    return " · ".join(parts)


def _open(arrival: Arrival) -> None:
    """Take the file into the flow, as if it had been uploaded."""
    try:
        content = arrival.read()
    except OSError as error:
        text = _(
            "{file} tidak dapat dibaca sekarang. Tutup berkas itu di program lain, lalu ulangi."
        )
        raise UserError(text.format(file=arrival.file)) from error
    forget_saved()
    hand_in(Handed.of(arrival.file, content))
    st.rerun()
