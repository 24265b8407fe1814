"""Ekspor: the form in which somebody says what a report holds, for whom and in what language.

Every choice is kept when the page is left and when its language changes.
"""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from lk3 import language
from lk3.access import EXPORT_INTERNAL
from lk3.counts import Period
from lk3.counts.period import add_months, unit_end
from lk3.disclosure import public_limits
from lk3.errors import UserError
from lk3.language import LANGUAGES, N_, _
from lk3.places.public_level import require_public_level
from lk3.reports.material import Choice
from lk3.reports.slides import SLIDES
from lk3.ui.data import report_choice
from lk3.ui.session import may
from lk3.ui.view import View

PREVIOUS, YEAR_BEFORE = "previous", "year_before"
_COMPARISONS = {
    PREVIOUS: N_("periode sebelumnya"),
    YEAR_BEFORE: N_("periode yang sama tahun lalu"),
}
_AUDIENCES = {
    "public": N_("untuk umum: angka kecil disembunyikan"),
    "internal": N_("untuk kalangan sendiri: semua angka"),
}
_UNITS = {"month": N_("bulan"), "quarter": N_("triwulan"), "year": N_("tahun")}
PAPERS = ("A4", "F4")


@dataclass(frozen=True)
class Wishes:
    """What somebody has chosen on the page. template: the office's own .pptx, if there is one."""

    choice: Choice
    language: str
    paper: str = "A4"
    template: bytes | None = None


def choose(view: View) -> Wishes:
    """The form: comparison, audience, language, slides; the rest stands in an expander.

    Raises UserError when no slide is chosen.
    """
    with st.container(border=True, key="pilihan_ekspor"):
        left, middle, right = st.columns(3, gap="medium")
        with left:
            audience = _one_of(_("Untuk siapa"), "ekspor_untuk", _audiences())
        with middle:
            before = _comparison(view)
        with right:
            spoken = _language()
        slides = _sections()
        with st.expander(_("Tanda tangan, kertas, dan templat kantor"), icon=":material/tune:"):
            more = _further_wishes()
    if audience == "internal":
        st.warning(
            _("Berkas ini memuat angka kecil. Jangan diteruskan ke luar lembaga."),
            icon=":material/lock:",
        )
    else:
        data = view.held.dataset
        for sentence in public_limits(view.filter, data.tables.cases, as_of=data.as_of):
            st.info(sentence, icon=":material/visibility_off:")
    if not slides:
        raise UserError(_("Pilih sedikitnya satu bagian untuk berkas."))
    if audience == "public":
        require_public_level(view.tree, view.look.level)
    choice = report_choice(
        view.held,
        filter=view.filter,
        before=before,
        audience=audience,
        slides=slides,
        unit=more.unit,
        signed_by=more.name,
        position=more.position,
    )
    return Wishes(choice, spoken, more.paper, more.template)


def _audiences() -> dict[str, str]:
    """For whom this session may take something along."""
    if may(EXPORT_INTERNAL):
        return _AUDIENCES
    return {"public": _AUDIENCES["public"]}


def _one_of(label: str, key: str, options: dict[str, str]) -> str:
    chosen = st.selectbox(
        label,
        list(options),
        format_func=lambda each: _(options[each]),
        key=key,
        persist_state="session",
    )
    return str(chosen)


def _language() -> str:
    """The language of the file; at first that of the page, afterwards whatever is chosen."""
    chosen = st.selectbox(
        _("Bahasa berkas"),
        list(LANGUAGES),
        format_func=lambda code: LANGUAGES[code],
        key="ekspor_bahasa",
        persist_state="session",
        **unless_chosen("ekspor_bahasa", index=list(LANGUAGES).index(language.current())),
    )
    return str(chosen)


def _sections() -> tuple[str, ...]:
    """Keys of the slides chosen, in the order of the meeting."""
    chosen = st.pills(
        _("Bagian"),
        list(SLIDES),
        selection_mode="multi",
        format_func=lambda key: SLIDES[key].label,
        key="ekspor_bagian",
        persist_state="session",
        **unless_chosen("ekspor_bagian", default=list(SLIDES)),
    )
    return tuple(key for key in SLIDES if key in chosen)


def unless_chosen(key: str, **default: Any) -> dict[str, Any]:
    """What a widget starts with; nothing when it has a choice, which would only be disputed."""
    return {} if key in st.session_state else default


def _comparison(view: View) -> Period | None:
    """The period to compare with; None stands for the one just before."""
    period = view.filter.period
    if period is None:  # all that is held: there is nothing before it
        return None
    options = dict(_COMPARISONS)
    if not period.is_whole_months:
        del options[YEAR_BEFORE]
    if _one_of(_("Pembanding"), "ekspor_pembanding", options) == PREVIOUS:
        return None
    end = unit_end(add_months(period.end, -12), "month")
    return Period(add_months(period.start, -12), end)


@dataclass(frozen=True)
class _Further:
    """The wishes that most people leave as they are."""

    name: str
    position: str
    unit: str
    paper: str
    template: bytes | None


def _further_wishes() -> _Further:
    left, right = st.columns(2, gap="medium")
    with left:
        name = _text(_("Nama penanda tangan"), "ekspor_nama")
        position = _text(_("Jabatan"), "ekspor_jabatan")
    with right:
        unit = _one_of(_("Tren per"), "ekspor_satuan", {"quarter": _UNITS["quarter"], **_UNITS})
        paper = _one_of(_("Kertas Excel"), "ekspor_kertas", {each: each for each in PAPERS})
    file = st.file_uploader(
        _("Templat PowerPoint kantor (.pptx)"),
        type="pptx",
        key="templat_kantor",
        help=_("Ukuran, huruf, dan tata letaknya dipakai; salindianya sendiri tidak."),
    )
    return _Further(name, position, unit, paper, file.getvalue() if file else None)


def _text(label: str, key: str) -> str:
    return str(st.text_input(label, key=key, max_chars=80, persist_state="session"))
