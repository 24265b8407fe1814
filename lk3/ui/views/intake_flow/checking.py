"""The check of a file, made once per session, content and set of answers; long ones show how far
they have come.
"""

from collections.abc import Iterable

import streamlit as st

from lk3 import language
from lk3.dataset import answers_in
from lk3.intake import Answers, CheckedFile, Progress, check_file
from lk3.language import N_, _
from lk3.store import open_store
from lk3.ui.data import place_and_key
from lk3.ui.session import require_let_in
from lk3.ui.views.intake_flow.files import Handed

_STAGES = {
    "reading": N_("Membuka berkas"),
    "sorting": N_("Mencari tabel dan judul kolom"),
    "cleaning": N_("Membersihkan isi"),
    "comparing": N_("Membandingkan lembar dan mencari salinan"),
}
_CHECKED = "data_diperiksa"
_MOST_KEPT = 12
_LONG_BYTES = 400_000  # from here on a bar says how far it has come


def answers_now() -> Answers:
    """What has been answered, by anybody."""
    require_let_in()
    return answers_in(open_store())


def checked_file(handed: Handed, answers: Answers) -> CheckedFile:
    """The check of a file by these answers."""
    require_let_in()
    kept: dict[tuple[str, ...], CheckedFile] = st.session_state.setdefault(_CHECKED, {})
    key = (handed.digest, handed.name, mark(answers), language.current())
    if key not in kept:
        kept[key] = _check(handed, answers)
        while len(kept) > _MOST_KEPT:
            kept.pop(next(iter(kept)))
    return kept[key]


def forget_checks(digests: Iterable[str]) -> None:
    """Let the checks of files go that are saved."""
    gone = set(digests)
    kept = st.session_state.get(_CHECKED, {})
    st.session_state[_CHECKED] = {key: file for key, file in kept.items() if key[0] not in gone}


def mark(answers: Answers) -> str:
    """What tells two sets of answers apart."""
    return repr(sorted(tuple(sorted(row.items())) for row in answers.to_rows()))


def _check(handed: Handed, answers: Answers) -> CheckedFile:
    places, key = place_and_key()
    said = _("Membaca {name} …").format(name=handed.name)
    if len(handed.content) < _LONG_BYTES:
        with st.spinner(said):
            return check_file(handed.content, handed.name, places=places, key=key, answers=answers)
    room = st.empty()
    with room.status(said, expanded=True):
        checked = check_file(
            handed.content,
            handed.name,
            places=places,
            key=key,
            answers=answers,
            progress=_shown(),
        )
    room.empty()
    return checked


def _shown() -> Progress:
    bar = st.progress(0.0)

    def show(stage: str, done: float) -> None:
        bar.progress(done, text=_(_STAGES.get(stage, stage)))

    return show
