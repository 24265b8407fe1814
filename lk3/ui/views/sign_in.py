"""What a session without a role sees: how to sign in, or why that did not help. No number, ever."""

import streamlit as st

from lk3 import audit
from lk3.language import N_, _
from lk3.ui.session import (
    EXPIRED,
    GUEST,
    NO_ROLE,
    OPEN_SERVER,
    WRONG_HOST,
    Visitor,
    sign_in_is_set_up,
    visitor,
)
from lk3.ui.trail import leave_trail
from lk3.ui.widgets.door import door
from lk3.ui.widgets.words import plain

_WHY = {
    GUEST: N_("Masuk untuk membuka dasbor ini."),
    EXPIRED: N_("Sesi Anda sudah berakhir. Masuk lagi untuk melanjutkan."),
    NO_ROLE: N_("Akun ini belum memiliki peran. Minta pengelola dasbor menambahkannya."),
    OPEN_SERVER: N_("Dasbor ini dibuka dari luar komputernya tanpa pengaturan masuk."),
    WRONG_HOST: N_("Dasbor ini tidak dilayani pada alamat ini. Buka alamat resminya."),
}
_WAYS_ON = {
    GUEST: N_("Pakai akun kantor Anda. Bila belum diberi akses, hubungi pengelola dasbor."),
    EXPIRED: N_("Setelah beberapa jam setiap orang diminta masuk lagi. Data tidak berubah."),
    NO_ROLE: N_("Setelah peran ditambahkan, muat ulang halaman ini. Atau keluar, lalu masuk dengan "
                "akun lain."),
}  # fmt: skip
_EXAMPLE = """[auth]
redirect_uri = "https://dasbor.contoh.go.id/oauth2callback"
cookie_secret = "…"
client_id = "…"
client_secret = "…"
server_metadata_url = "https://masuk.contoh.go.id/realms/lk3/.well-known/openid-configuration"
"""


def welcome() -> None:
    """Why there is nothing to see, and the way on."""
    who = visitor()
    with door(_(_WHY.get(who.refusal, _WHY[GUEST]))):
        if who.refusal == OPEN_SERVER:
            _explain_set_up()
        elif who.refusal in _WAYS_ON:
            st.markdown(_(_WAYS_ON[who.refusal]))
            _offer(who)


def _explain_set_up() -> None:
    st.markdown(
        _(
            "Datanya menyangkut anak dan korban, jadi tanpa pengaturan masuk dasbor hanya "
            "melayani komputernya sendiri. Pengelola: isi `.streamlit/secrets.toml` seperti ini, "
            "lalu atur `LK3_ROLES`. Petunjuknya ada di `docs/sign-in.md`."
        )
    )
    st.code(_EXAMPLE, language=None, wrap_lines=True)  # its colours for TOML are too pale to read


def _offer(who: Visitor) -> None:
    if who.name:
        st.caption(_("Akun: {name}").format(name=plain(who.name)))
    with st.container(horizontal=True):
        if who.refusal != NO_ROLE:
            st.button(_("Masuk"), key="masuk", type="primary", icon=":material/login:",
                      on_click=st.login)  # fmt: skip
        if who.name:
            st.button(_("Keluar akun"), key="keluar", icon=":material/logout:", on_click=_leave)


def who_is_here(who: Visitor) -> None:
    """In the sidebar: who is signed in, with which role, and the way out."""
    with st.sidebar:
        if not sign_in_is_set_up():
            st.caption(_("Tanpa masuk: hanya untuk komputer ini."))
        elif who.role is not None:
            with st.container(key="akun"):
                st.caption(f"{plain(who.name)} · {who.role.label}")
                st.button(_("Keluar akun"), key="keluar", icon=":material/logout:",
                          on_click=_leave, width="stretch")  # fmt: skip


def _leave() -> None:
    who = visitor()
    leave_trail(audit.SIGN_OUT, who.name, who.role)
    st.logout()
