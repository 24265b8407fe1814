"""Data: read what somebody hands in, show what was understood, save it on a click.

Bytes and results stay in the session that sent them. Nothing is saved before the click.
"""

import hashlib
from typing import Any

import pandas as pd
import streamlit as st

from lk3 import settings
from lk3.dataset import save_checked, source_name
from lk3.intake import CheckedFile, check_file
from lk3.intake.findings import finding_sentence
from lk3.language import _, ngettext, number
from lk3.places import load_places
from lk3.reports.annotated import annotate
from lk3.reports.template import write_template
from lk3.store import Store, open_store
from lk3.ui.data import place_and_key
from lk3.ui.session import require_let_in
from lk3.ui.speech import callback
from lk3.ui.view import View
from lk3.ui.views.checked import sheets_frame, show_findings, summary
from lk3.ui.widgets.headline import headline, section
from lk3.ui.widgets.tables import download, show_table

SAVED = "data_tersimpan"  # versions by digest of the files that this session has saved


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


def upload(view: View) -> None:
    """The uploader, what was read of each file, and the button that saves."""
    section(
        _("Unggah berkas"),
        _(
            "Seret berkas ke kotak di bawah, atau klik tombol “Upload” untuk memilih. Excel, ODS, "
            "CSV, atau HTML; paling besar {n} MB. Berkas diperiksa dulu; belum ada yang disimpan."
        ).format(n=settings.get("LK3_MAX_UPLOAD_MB")),
    )
    _offer_template()
    files = st.file_uploader(
        _("Berkas kasus, anggota, atau penduduk"),
        accept_multiple_files=True,
        key="berkas",
    )
    store, sources, usable = open_store(), {}, []
    for name, content in _different(files or []):
        checked = _check(name, content)
        sources[checked.digest] = _show(checked, content, store)
        if not checked.refused:
            usable.append(checked)
    if usable:
        _offer_to_save(usable, sources, store)


def _different(files: list[Any]) -> list[tuple[str, bytes]]:
    """Names and contents; the same content a second time is passed over, and said."""
    names: dict[bytes, str] = {}
    for file in files:
        content = file.getvalue()
        first = names.setdefault(content, file.name)
        if first != file.name:
            text = _("{name} sama persis dengan {first}, jadi hanya dibaca sekali.")
            st.info(text.format(name=file.name, first=first), icon=":material/content_copy:")
    return [(name, content) for content, name in names.items()]


def _check(name: str, content: bytes) -> CheckedFile:
    """The check of a file, made once per session and content."""
    with st.spinner(_("Membaca {name} …").format(name=name)):
        return _checked(hashlib.sha256(content).hexdigest(), name, _content=content)


@st.cache_data(scope="session", max_entries=8, show_spinner=False)
def _checked(digest: str, name: str, _content: bytes) -> CheckedFile:
    require_let_in()
    places, key = place_and_key()
    return check_file(_content, name, places=places, key=key)


def _offer_template() -> None:
    download(
        _("Unduh templat kosong dengan daftar pilihan"),
        lambda: write_template(load_places()),
        name="templat_lk3.xlsx",
        key="templat",
    )


def _show(checked: CheckedFile, content: bytes, store: Store) -> str:
    """What was read of one file; returns the name of the source to save it under."""
    if checked.refused:
        for row in checked.tables.findings.to_dict("records"):
            st.error(finding_sentence(row), icon=":material/block:")  # type: ignore[arg-type]
        return ""
    with st.container(border=True):
        st.subheader(checked.file, anchor=False)
        st.markdown(summary(checked))
        show_table(sheets_frame(checked), alt=_("Lembar yang dibaca"), key=checked.digest[:8])
        show_findings(checked)
        if not checked.tables.findings.empty:
            download(
                _("Unduh berkas ini dengan temuan yang ditandai"),
                lambda: annotate(content, checked),
                name=f"temuan_{source_name(checked.file)}.xlsx",
                key=f"ditandai_{checked.digest[:8]}",
            )
        return _choose_source(checked, store)


def _choose_source(checked: CheckedFile, store: Store) -> str:
    """Under which name it is kept: its own, or in place of what is there already."""
    own = source_name(checked.file)
    active = store.sources()["source"].tolist()
    labels = {own: _("sumber baru “{name}”").format(name=own)} | {
        name: _("gantikan “{name}”").format(name=name) for name in active
    }
    source = st.selectbox(
        _("Simpan sebagai"),
        list(labels),
        format_func=lambda name: labels[name],
        key=f"sumber_{checked.digest[:8]}",
    )
    overlap = [] if source in active else _overlapping(checked, store, active)
    if overlap:
        st.warning(
            _(
                "{names} sudah berisi kasus pada periode yang sama. Bila berkas ini pembaruannya, "
                "pilih menggantikannya, supaya kasus tidak terhitung dua kali."
            ).format(names=", ".join(f"“{name}”" for name in overlap)),
            icon=":material/content_copy:",
        )
    return str(source)


def _overlapping(checked: CheckedFile, store: Store, active: list[str]) -> list[str]:
    """Sources that hold cases of the same time already."""
    if not active or checked.period is None or checked.tables.cases.empty:
        return []
    held = store.load().cases
    first, last = (pd.Timestamp(day) for day in checked.period)
    same = held[held["reported_on"].between(first, last)]
    return sorted(set(same["source"]))


def _offer_to_save(usable: list[CheckedFile], sources: dict[str, str], store: Store) -> None:
    saved: dict[str, int] = st.session_state.setdefault(SAVED, {})
    waiting = [checked for checked in usable if checked.digest not in saved]
    for checked in usable:
        if checked.digest in saved:
            text = _("{name} tersimpan sebagai versi {version}.")
            st.success(
                text.format(name=checked.file, version=number(saved[checked.digest])),
                icon=":material/check_circle:",
            )
    names = [sources[checked.digest] for checked in waiting]
    if len(set(names)) < len(names):
        st.error(
            _(
                "Dua berkas akan disimpan sebagai sumber yang sama, sehingga yang satu menghapus "
                "yang lain. Pilih sumber yang berbeda, atau ubah nama salah satu berkas."
            )
        )
    elif waiting:
        st.button(
            _("Simpan"),
            type="primary",
            icon=":material/save:",
            key="simpan",
            on_click=_save,
            args=(waiting, sources, store),
        )


@callback
def _save(waiting: list[CheckedFile], sources: dict[str, str], store: Store) -> None:
    require_let_in()
    saved = st.session_state[SAVED]
    for checked in waiting:
        saved[checked.digest] = save_checked(store, checked, source=sources[checked.digest])
