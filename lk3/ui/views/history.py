"""Data: the sources that are active, and the versions that can be made active again."""

from datetime import datetime

import pandas as pd
import streamlit as st

from lk3 import language
from lk3.language import N_, _, number
from lk3.store import Store, Version, open_store
from lk3.ui.session import require_let_in
from lk3.ui.speech import callback
from lk3.ui.view import View
from lk3.ui.views.upload import SAVED
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.tables import show_table

ACTIONS = {"import": N_("simpan"), "restore": N_("pulihkan"), "remove": N_("hapus sumber")}
_ASKED = "data_pulihkan"


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


def history() -> None:
    """All versions, the newest first, and the way back to one."""
    require_let_in()
    store = open_store()
    versions = store.versions()
    section(_("Riwayat versi"), _("Setiap penyimpanan membuat versi baru; tidak ada yang hilang."))
    if not versions:
        st.info(_("Belum ada versi tersimpan."), icon=":material/history:")
        return
    show_table(_versions_frame(versions), alt=_("Riwayat versi"), key="riwayat")
    if len(versions) > 1:
        _offer_to_restore(store, versions)


def _versions_frame(versions: list[Version]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Versi"): [str(version.number) for version in versions],
            _("Disimpan"): [_moment(version.saved_at) for version in versions],
            _("Tindakan"): [_action(version) for version in versions],
            _("Sumber"): [version.source for version in versions],
            _("Baris dipakai"): [version.accounting.get("rows_used") for version in versions],
        }
    )


def _action(version: Version) -> str:
    said = _(ACTIONS.get(version.action, version.action))
    restored = version.accounting.get("version")
    return f"{said} {number(restored)}" if version.action == "restore" else said


def _moment(when: datetime) -> str:
    local = when.astimezone()
    return f"{language.long_date(local.date())} {local:%H:%M}"


def _offer_to_restore(store: Store, versions: list[Version]) -> None:
    earlier = [version.number for version in versions[1:]]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(_("Kembali ke versi"), earlier, key="versi_lama", width=240)
        st.button(_("Pulihkan"), key="pulihkan", on_click=_ask, args=(chosen,))
    asked = st.session_state.get(_ASKED)
    if asked not in earlier:
        return
    with st.container(border=True):
        st.markdown(
            _(
                "Jadikan versi {version} yang aktif untuk semua pengguna? Versi sekarang tetap "
                "tersimpan dan dapat dipulihkan lagi."
            ).format(version=number(asked))
        )
        with st.container(horizontal=True):
            st.button(
                _("Ya, pulihkan"),
                type="primary",
                key="pulihkan_ya",
                on_click=_restore,
                args=(store, asked),
            )
            st.button(_("Batal"), key="pulihkan_batal", on_click=_ask, args=(None,))


def _ask(version: int | None) -> None:
    st.session_state[_ASKED] = version


@callback
def _restore(store: Store, version: int) -> None:
    require_let_in()
    store.restore(version)
    st.session_state[_ASKED] = None
    st.session_state.pop(SAVED, None)
