"""Data: the sources that are active, and the versions that can be made active again."""

import pandas as pd
import streamlit as st

from lk3 import audit
from lk3.access import SAVE
from lk3.changes import changes_between
from lk3.errors import UserError
from lk3.inbox import AUTOMATIC
from lk3.language import N_, _, number
from lk3.places import Places
from lk3.store import Store, Version, open_store
from lk3.ui.session import acting, require_let_in
from lk3.ui.speech import callback
from lk3.ui.trail import leave_trail
from lk3.ui.view import View
from lk3.ui.views.change_tables import gone_words, show_changes
from lk3.ui.views.intake_flow.saving import forget_saved
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.tables import show_table
from lk3.ui.widgets.words import plain

ACTIONS = {"import": N_("simpan"), "restore": N_("pulihkan"), "remove": N_("hapus sumber")}
_ASKED = "data_pulihkan"
_SHOWN = 100


def active_sources(view: View) -> None:
    """The workbooks that the numbers come from."""
    accounts = view.held.dataset.accounting
    frame = pd.DataFrame(
        {
            _("Berkas"): [str(account["file"]) for account in accounts],
            _("Dibaca"): [int(account["rows_read"]) for account in accounts],
            _("Dipakai"): [int(account["rows_used"]) for account in accounts],
            _("Disisihkan"): [int(account["rows_set_aside"]) for account in accounts],
            _("Bukan data"): [int(account["rows_not_data"]) for account in accounts],
        }
    )
    section(_("Sumber yang aktif"), _("Jumlah baris tiap berkas."))
    show_table(frame, alt=_("Sumber yang aktif"), key="sumber")


def history(view: View) -> None:
    """All versions, the newest first, and the way back to one."""
    require_let_in()
    store = open_store()
    versions = store.versions()
    section(_("Riwayat versi"), _("Setiap penyimpanan membuat versi baru; tidak ada yang hilang."))
    if not versions:
        st.info(_("Belum ada versi tersimpan."), icon=":material/history:")
        return
    show_table(
        _versions_frame(versions[:_SHOWN], view.places), alt=_("Riwayat versi"), key="riwayat"
    )
    if len(versions) > 1:
        _offer_to_restore(store, versions, view.places)


def _versions_frame(versions: list[Version], places: Places) -> pd.DataFrame:
    accounts = [version.accounting for version in versions]
    return pd.DataFrame(
        {
            _("Versi"): [str(version.number) for version in versions],
            _("Disimpan"): [places.moment(version.saved_at) for version in versions],
            _("Oleh"): [_who(version) for version in versions],
            _("Tindakan"): [_action(version) for version in versions],
            _("Sumber"): [version.source or "–" for version in versions],
            _("Berkas"): [str(account.get("file") or "–") for account in accounts],
            _("Baris dipakai"): [account.get("rows_used") for account in accounts],
            _("Disisihkan"): [account.get("rows_set_aside") for account in accounts],
        }
    )


def _who(version: Version) -> str:
    if version.user == AUTOMATIC:
        return _("otomatis, dari folder masuk")
    return version.user or "–"


def _action(version: Version) -> str:
    said = _(ACTIONS.get(version.action, version.action))
    restored = version.accounting.get("version")
    return f"{said} {number(restored)}" if version.action == "restore" else said


def _offer_to_restore(store: Store, versions: list[Version], places: Places) -> None:
    earlier = {version.number: version for version in versions[1:]}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Kembali ke versi"),
            list(earlier),
            format_func=lambda number: _version_label(earlier[number], places),
            key="versi_lama",
            width=460,
        )
        st.button(
            _("Lihat perubahannya"),
            key="pulihkan",
            icon=":material/difference:",
            on_click=_ask,
            args=(chosen,),
        )
    asked = st.session_state.get(_ASKED)
    if asked in earlier:
        _preview(store, earlier[asked], places)


def _version_label(version: Version, places: Places) -> str:
    what = version.source or _action(version)
    return f"{number(version.number)} · {places.moment(version.saved_at)} · {what}"


def _preview(store: Store, version: Version, places: Places) -> None:
    """What going back would change, and the click that does it."""
    seen = store.latest()
    changes = changes_between(store.load(seen), store.load(version.number), several_sources=True)
    with st.container(border=True):
        title = _("Yang berubah bila versi {version} dipulihkan")
        st.subheader(title.format(version=number(version.number)), anchor=False)
        show_changes(changes, places, key="pulih")
        if changes.gone:
            text = _("Yang akan hilang dari dasbor: {places}.")
            said = text.format(places=gone_words(changes, places))
            st.warning(plain(said), icon=":material/warning:")
        st.markdown(
            _(
                "Jadikan versi {version} yang aktif untuk semua pengguna? Versi sekarang tetap "
                "tersimpan dan dapat dipulihkan lagi."
            ).format(version=number(version.number))
        )
        with st.container(horizontal=True):
            st.button(
                _("Ya, pulihkan"),
                type="primary",
                key="pulihkan_ya",
                icon=":material/restore:",
                on_click=_restore,
                args=(store, version.number, seen),
            )
            st.button(_("Batal"), key="pulihkan_batal", on_click=_ask, args=(None,))


def _ask(version: int | None) -> None:
    st.session_state[_ASKED] = version


@callback
def _restore(store: Store, version: int, seen: int | None) -> None:
    role = require_let_in().role
    if store.latest() != seen:
        raise UserError(
            _(
                "Data yang tersimpan baru saja berubah, sehingga belum ada yang dipulihkan. "
                "Periksa lagi perubahannya, lalu klik sekali lagi."
            )
        )
    user = acting(SAVE)
    store.restore(version, user=user)
    leave_trail(audit.RESTORE, user, role, version=version)
    st.session_state[_ASKED] = None
    forget_saved()
