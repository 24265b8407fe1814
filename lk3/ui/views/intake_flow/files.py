"""The files of the session: from the uploader, from the watched folder, kept until they are saved.

The uploader forgets its files when another page is opened; so the session keeps them, and whoever
comes back goes on where he was.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lk3 import settings
from lk3.language import _
from lk3.ui.session import require_let_in
from lk3.ui.widgets.words import plain

_KEPT, _FROM_UPLOADER, _CHANGED, _ROUND = (
    "data_berkas", "data_dari_pengunggah", "data_pengunggah_berubah", "data_putaran",
)  # fmt: skip


@dataclass(frozen=True)
class Handed:
    """A file that somebody has handed in, not saved by anybody."""

    name: str
    content: bytes
    digest: str

    @classmethod
    def of(cls, name: str, content: bytes) -> "Handed":
        """The file of this name and content."""
        return cls(name, content, hashlib.sha256(content).hexdigest())

    @property
    def key(self) -> str:
        """What the keys of its widgets end in."""
        return self.digest[:8]


def choose_files() -> list[Handed]:
    """The uploader; all files of the session, each content once."""
    require_let_in()
    _say_choose()
    _speak_uploader()
    files = st.file_uploader(
        _("Berkas kasus, anggota, atau penduduk"),
        accept_multiple_files=True,
        key=_uploader_key(),
        on_change=_uploader_changed,
        label_visibility="collapsed",
    )
    _take(files or [])
    kept: list[Handed] = st.session_state[_KEPT]
    _offer_to_let_go(kept)
    return kept


def hand_in(handed: Handed) -> None:
    """Take a file that did not come through the uploader."""
    kept = st.session_state.setdefault(_KEPT, [])
    if all(file.digest != handed.digest for file in kept):
        kept.append(handed)


def handed_digests() -> set[str]:
    """The files that are in the flow now."""
    return {file.digest for file in st.session_state.get(_KEPT, [])}


def let_go(digests: set[str]) -> None:
    """Forget files; the uploader begins anew, and the others stay."""
    kept = st.session_state.get(_KEPT, [])
    st.session_state[_KEPT] = [file for file in kept if file.digest not in digests]
    st.session_state[_FROM_UPLOADER] = set()
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _uploader_key() -> str:
    turn = st.session_state.get(_ROUND, 0)
    return f"berkas_{turn}" if turn else "berkas"


def _uploader_changed() -> None:
    st.session_state[_CHANGED] = True


def _take(files: list[Any]) -> None:
    """Keep what the uploader holds, and forget what was taken out of it by hand."""
    kept: list[Handed] = st.session_state.setdefault(_KEPT, [])
    before: set[str] = st.session_state.setdefault(_FROM_UPLOADER, set())
    by_hand = st.session_state.pop(_CHANGED, False)
    if not files and not by_hand:  # the page was left and opened again
        st.session_state[_FROM_UPLOADER] = set()
        return
    names: dict[str, str] = {}
    for file in files:
        handed = Handed.of(file.name, file.getvalue())
        first = names.setdefault(handed.digest, handed.name)
        if first != handed.name:
            _say_same(handed.name, first)
        hand_in(handed)
    gone = before - set(names) if by_hand else set()
    st.session_state[_KEPT] = [file for file in kept if file.digest not in gone]
    st.session_state[_FROM_UPLOADER] = set(names)


def _speak_uploader() -> None:
    """Streamlit's own words on the uploader are English only: ours are shown in their place."""
    texts = {
        'button [data-testid="stMarkdownContainer"] p': _("Pilih berkas"),
        '[data-testid="stFileUploaderDropzoneInstructions"] span': _("atau seret ke sini"),
    }
    zone = '[data-testid="stFileUploaderDropzone"]'
    rules = "".join(
        f"{zone} {where} {{font-size: 0;}} {zone} {where}::after "
        f'{{content: "{text}"; font-size: .875rem;}}'
        for where, text in texts.items()
    )
    st.html(f"<style>{rules}</style>")


def _say_same(name: str, first: str) -> None:
    text = _("{name} sama persis dengan {first}, jadi hanya dibaca sekali.")
    st.info(plain(text.format(name=name, first=first)), icon=":material/content_copy:")


def _say_choose() -> None:
    st.caption(
        _(
            "Seret berkas ke kotak di bawah, atau klik tombolnya; boleh beberapa sekaligus. Excel, "
            "ODS, CSV, atau HTML; paling besar {n} MB. Berkas diperiksa dulu; belum ada yang "
            "disimpan."
        ).format(n=settings.get("LK3_MAX_UPLOAD_MB"))
    )


def _offer_to_let_go(kept: list[Handed]) -> None:
    """Files that the uploader does not show any more can be let go here."""
    others = [f for f in kept if f.digest not in st.session_state[_FROM_UPLOADER]]
    if not others:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        names = ", ".join(file.name for file in others)
        st.markdown(_("Sedang diperiksa: {names}").format(names=plain(names)))
        st.button(
            _("Lepaskan"),
            key="data_lepaskan",
            icon=":material/close:",
            on_click=let_go,
            args=({file.digest for file in others},),
        )
