"""Jejak akses: the access log, searched by user, action and period. For administrators only."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lk3 import access, audit
from lk3.access import roles
from lk3.language import N_, _, long_date, month, ngettext, number
from lk3.places import load_places
from lk3.ui.navigation import page_at
from lk3.ui.session import acting
from lk3.ui.widgets.headline import headline, section
from lk3.ui.widgets.tables import table

ACTIONS = {
    audit.SIGN_IN: N_("masuk"),
    audit.SIGN_OUT: N_("keluar akun"),
    audit.IMPORT: N_("simpan data"),
    audit.RESTORE: N_("pulihkan versi"),
    audit.EXPORT: N_("unduh"),
    audit.VIEW_INTERNAL: N_("buka halaman"),
    audit.REFUSED: N_("ditolak"),
}
DETAILS = {
    "page": N_("halaman"),
    "filter": N_("isi saringan"),
    "version": N_("versi"),
    "digest": N_("sidik berkas"),
    "rows": N_("baris"),
    "format": N_("format"),
    "audience": N_("audiens"),
    "reason": N_("sebab"),
}
REASONS = {
    "not_let_in": N_("bukan melalui alamat utama"),
    "closed_page": N_("halaman tidak dibuka untuk perannya"),
    "no_page": N_("halaman tidak ada"),
    "no_role": N_("belum memiliki peran"),
    "expired": N_("sesi sudah berakhir"),
    "open_server": N_("server terbuka tanpa pengaturan masuk"),
    "wrong_host": N_("bukan alamat resmi"),
    access.SAVE: N_("tidak boleh menyimpan data"),
    access.ANSWER: N_("tidak boleh menjawab pertanyaan"),
    access.PLAN: N_("tidak boleh mengubah rencana"),
    access.ANNOTATE: N_("tidak boleh menulis catatan"),
    access.DECIDE: N_("tidak boleh mencatat keputusan"),
    access.EXPORT: N_("tidak boleh membuat berkas"),
    access.EXPORT_INTERNAL: N_("tidak boleh membuat berkas untuk kalangan sendiri"),
    access.AUDIT: N_("tidak boleh melihat jejak akses"),
}
PERIODS, _USUAL = (7, 30, 90, 365, 730), 2


def reserve() -> DeltaGenerator:
    """The place of the headline, which is known only after the search."""
    return st.container()


@dataclass(frozen=True)
class Found:
    """Lines, as `audit.entries` gives them, and in words what was looked for."""

    lines: pd.DataFrame
    looked_for: str


def search() -> Found:
    """What is looked for. Raises NotAllowedError."""
    acting(access.AUDIT)
    today = audit.today()
    with st.container(horizontal=True):
        days = st.selectbox(
            _("Waktu akses"),
            PERIODS,
            index=_USUAL,
            key="jejak_hari",
            format_func=_period,
            width=220,
        )
        since = today - timedelta(days=days - 1)
        held = audit.entries(since=since, until=today)
        users = [None, *sorted(set(held["user"]))]
        user = st.selectbox(
            _("Pengguna"), users, key="jejak_pengguna", format_func=_user, width=320
        )
        action = st.selectbox(
            _("Tindakan"),
            [None, *ACTIONS],
            key="jejak_tindakan",
            format_func=_action,
            width=220,
        )
    for name, wanted in (("user", user), ("action", action)):
        if wanted is not None:
            held = held[held[name] == wanted]
    parts = (
        load_places().title,
        f"{long_date(since)} – {long_date(today)}",
        f"{_('Pengguna')}: {_user(user)}",
        f"{_('Tindakan')}: {_action(action)}",
    )
    return Found(held.reset_index(drop=True), " · ".join(parts))


def audit_headline(found: Found) -> None:
    """How much was found, and how often somebody was refused."""
    text = ngettext(
        "{n} catatan akses ditemukan; {refused} di antaranya ditolak.",
        "{n} catatan akses ditemukan; {refused} di antaranya ditolak.",
        len(found.lines),
    )
    refused = int((found.lines["action"] == audit.REFUSED).sum())
    said = text.format(n=number(len(found.lines)), refused=number(refused))
    headline(said, overline=_("Jejak akses"))
    broken = audit.broken_lines()
    if broken:
        text = ngettext(
            "{n} baris jejak akses rusak dan tidak ditampilkan. Bandingkan dengan cadangan.",
            "{n} baris jejak akses rusak dan tidak ditampilkan. Bandingkan dengan cadangan.",
            broken,
        )
        st.warning(text.format(n=number(broken)), icon=":material/warning:")
    if audit.folder() is None:
        st.warning(_("Jejak tidak dicatat: isi pengaturan LK3_AUDIT."), icon=":material/warning:")


def monthly(found: Found) -> None:
    """How often each user did what, by month."""
    if found.lines.empty:
        return
    summary = audit.monthly_summary(found.lines)
    frame = pd.DataFrame(
        {
            _("Bulan"): [month(date.fromisoformat(f"{each}-01")) for each in summary["month"]],
            _("Pengguna"): summary["user"].map(_user),
            **{_capital(_(label)): summary[key] for key, label in ACTIONS.items()},
        }
    )
    section(_("Ringkasan bulanan"), _("Berapa kali setiap pengguna melakukan apa."))
    title = _("Ringkasan bulanan jejak akses")
    table(frame, view=None, title=title, key="jejak_bulanan", notes=(found.looked_for,))


def entries(found: Found) -> None:
    """Every line, the newest first."""
    order = _("Yang terbaru di atas; jam menurut kota ini.")
    section(_("Catatan akses"), order)
    lines = found.lines
    if lines.empty:
        st.info(_("Tidak ada catatan untuk pilihan ini."), icon=":material/policy:")
        return
    frame = pd.DataFrame(
        {
            _("Waktu"): lines["at"].dt.strftime("%Y-%m-%d %H:%M:%S"),
            _("Pengguna"): lines["user"].map(_user),
            _("Peran"): [roles()[key].label if key in roles() else "–" for key in lines["role"]],
            _("Tindakan"): [_(ACTIONS.get(action, action)) for action in lines["action"]],
            _("Rincian"): [_words(detail) for detail in lines["detail"]],
        }
    )
    title, notes = _("Jejak akses"), (found.looked_for, order)
    table(frame, view=None, title=title, key="jejak", notes=notes)


def _period(days: int) -> str:
    return ngettext("{n} hari terakhir", "{n} hari terakhir", days).format(n=number(days))


def _user(name: str | None) -> str:
    return _("semua") if name is None else name or _("tanpa masuk")


def _action(key: str | None) -> str:
    return _("semua") if key is None else _(ACTIONS[key])


def _words(detail: dict[str, Any]) -> str:
    """The facts in one line; of a digest its beginning, by which it is told from others."""
    short = {key: str(value)[:12] if key == "digest" else value for key, value in detail.items()}
    page = page_at(str(short["page"])) if short.get("page") else None
    if page is not None:  # else it is the name of a table that was taken
        short["page"] = _(page.title)
    if "reason" in short:
        short["reason"] = _(REASONS.get(short["reason"], short["reason"]))
    said = (f"{_(DETAILS[key])}: {short[key]}" for key in DETAILS if key in short)
    return _capital("; ".join(said))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
