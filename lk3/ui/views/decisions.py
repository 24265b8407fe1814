"""Tindak lanjut: the decisions kept, their status, and a form for a further one."""

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from lk3 import language
from lk3.access import DECIDE
from lk3.decisions import (
    OPEN,
    STATUSES,
    Decision,
    decisions_in,
    keep_decision,
    remove_decision,
)
from lk3.language import _, ngettext, number
from lk3.reports import Export
from lk3.reports.slides import SLIDES
from lk3.ui.data import held_notes
from lk3.ui.session import acting
from lk3.ui.speech import callback
from lk3.ui.view import View
from lk3.ui.widgets.headline import headline, section
from lk3.ui.widgets.tables import download_row, export_notes
from lk3.ui.widgets.words import plain

MEETING, ADDRESS = "pages/present/meeting.py", "salindia"
_LATE, _OPEN, _DONE = "⚠", "○", "✓"


def kept_decisions() -> tuple[Decision, ...]:
    """All decisions: the open ones by their day, then the ended ones."""
    kept = decisions_in(held_notes())
    return tuple(sorted(kept, key=lambda each: (each.status not in OPEN, each.until or "9999")))


def decisions_headline(kept: tuple[Decision, ...]) -> None:
    """How many are open, and how many of those are late."""
    open_ones = [each for each in kept if each.status in OPEN]
    late = sum(each.is_late(date.today()) for each in open_ones)
    if not kept:
        sentence = _("Belum ada keputusan rapat yang dicatat.")
    elif not open_ones:
        sentence = _("Semua keputusan sudah selesai.")
    else:
        text = ngettext(
            "{n} keputusan belum selesai, {late} melewati batas waktu.",
            "{n} keputusan belum selesai, {late} melewati batas waktu.",
            len(open_ones),
        )
        sentence = text.format(n=number(len(open_ones)), late=number(late))
    headline(sentence, overline=_("Tindak lanjut"))
    st.caption(
        _("Dibawa ke salindia Tindak lanjut pada laporan dan rapat berikutnya, dengan statusnya.")
    )


def decisions_list(view: View, kept: tuple[Decision, ...]) -> None:
    """Each decision with what can be done about it; then the table to download."""
    for each in kept:
        _show(each)
    if kept:
        download_row(
            Export(decisions_frame(kept), _("Tindak lanjut"), export_notes(view)),
            key="unduh_keputusan",
        )


def decisions_frame(kept: tuple[Decision, ...]) -> pd.DataFrame:
    """The decisions as a table for a file."""
    return pd.DataFrame(
        {
            _("Keputusan"): [each.text for each in kept],
            _("Penanggung jawab"): [each.office for each in kept],
            _("Sampai"): [each.until for each in kept],
            _("Status"): [each.status_label for each in kept],
            _("Tentang"): [_about(each) for each in kept],
        }
    )


def _show(each: Decision) -> None:
    late = each.is_late(date.today())
    sign = _LATE if late else _OPEN if each.status in OPEN else _DONE
    with st.container(border=True, key=f"keputusan_{each.id}"):
        left, middle, right = st.columns([6, 2, 1.6], vertical_alignment="center")
        with left:
            st.markdown(f"{sign} **{plain(each.text)}**")
            st.caption(" · ".join(plain(part) for part in _facts(each, is_late=late)))
            if each.about in SLIDES:
                _link(each.about)
        with middle:
            st.selectbox(
                _("Status"),
                list(STATUSES),
                index=list(STATUSES).index(each.status),
                format_func=lambda key: _(STATUSES[key]),
                key=f"status_{each.id}",
                on_change=_change_status,
                args=(each,),
                label_visibility="collapsed",
            )
        with right:
            _ask_to_remove(each)


def _link(about: str) -> None:
    """Back to the slide that the decision was taken at."""
    place = str(1 + list(SLIDES).index(about))
    st.page_link(
        MEETING,
        label=_("Buka salindia {slide}").format(slide=SLIDES[about].label),
        icon=":material/slideshow:",
        query_params={ADDRESS: place},
    )


def _ask_to_remove(each: Decision) -> None:
    with st.popover(_("Hapus"), icon=":material/delete:", key=f"buang_{each.id}"):
        st.markdown(_("Hapus keputusan ini? Ia tidak akan tampil lagi di laporan dan rapat."))
        st.button(
            _("Ya, hapus"),
            key=f"hapus_{each.id}",
            type="primary",
            on_click=_remove,
            args=(each.id,),
        )


def _facts(each: Decision, *, is_late: bool) -> list[str]:
    facts = [each.office]
    if each.until:
        day = language.long_date(date.fromisoformat(each.until))
        text = _("sampai {day}, terlambat") if is_late else _("sampai {day}")
        facts.append(text.format(day=day))
    if each.decided_on:
        day = language.long_date(date.fromisoformat(each.decided_on))
        facts.append(_("diputuskan {day}").format(day=day))
    if each.user:
        facts.append(_("dicatat oleh {user}").format(user=each.user))
    return facts


def _about(each: Decision) -> str:
    return SLIDES[each.about].label if each.about in SLIDES else ""


def write_one() -> None:
    """The form for a further decision."""
    section(
        _("Catat keputusan"),
        _("Sebut perangkat daerah, bukan orang. Jangan menulis nama atau data klien."),
    )
    with st.form("keputusan_baru", clear_on_submit=True):
        st.text_area(_("Apa yang diputuskan"), key="keputusan_apa", max_chars=300)
        left, middle, right = st.columns(3, gap="medium")
        with left:
            st.text_input(_("Penanggung jawab (perangkat)"), key="keputusan_siapa", max_chars=80)
        with middle:
            st.date_input(_("Sampai"), value=None, key="keputusan_kapan", format="DD/MM/YYYY")
        with right:
            st.selectbox(
                _("Tentang"),
                ["", *SLIDES],
                format_func=lambda key: SLIDES[key].label if key else "–",
                key="keputusan_tentang",
            )
        st.form_submit_button(_("Simpan keputusan"), type="primary", on_click=_keep_new)


@callback
def _keep_new() -> None:
    until = st.session_state.get("keputusan_kapan")
    keep_from(
        str(st.session_state.get("keputusan_apa") or ""),
        str(st.session_state.get("keputusan_siapa") or ""),
        until,
        str(st.session_state.get("keputusan_tentang") or ""),
    )


def keep_from(text: str, office: str, until: date | None, about: str) -> None:
    """Keep a decision taken today. Raises UserError."""
    decision = Decision(
        text=text.strip(),
        office=office.strip(),
        until=until.isoformat() if until else "",
        decided_on=date.today().isoformat(),
        about=about,
    )
    keep_decision(held_notes(), decision, user=acting(DECIDE))


@callback
def _change_status(each: Decision) -> None:
    status = str(st.session_state[f"status_{each.id}"])
    keep_decision(held_notes(), replace(each, status=status), user=acting(DECIDE))


@callback
def _remove(id: str) -> None:
    remove_decision(held_notes(), id, user=acting(DECIDE))
