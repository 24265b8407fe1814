"""Ekspor: what a report holds, for whom it is, and its files.

The report is described once (`reports.content`); the preview and every file show that.
"""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from lk3 import language
from lk3.counts import Period
from lk3.counts.period import add_months, unit_end
from lk3.language import LANGUAGES, N_, _, ngettext, number
from lk3.reports import FORMATS, write_report
from lk3.reports.content import Report
from lk3.reports.material import Choice
from lk3.reports.slides import SLIDES
from lk3.ui.data import report_choice, report_for
from lk3.ui.view import View
from lk3.ui.views.slides import draw_slide
from lk3.ui.widgets.headline import headline, section
from lk3.ui.widgets.words import plain

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
    """The form: comparison, audience, language, slides; the rest stands in an expander."""
    with st.container(border=True, key="pilihan_ekspor"):
        left, middle, right = st.columns(3, gap="medium")
        with left:
            audience = _one_of(_("Untuk siapa"), "ekspor_untuk", _AUDIENCES)
        with middle:
            before = _comparison(view)
        with right:
            spoken = st.selectbox(
                _("Bahasa berkas"),
                list(LANGUAGES),
                index=list(LANGUAGES).index(language.current()),
                format_func=lambda code: LANGUAGES[code],
                key="ekspor_bahasa",
            )
        slides = st.pills(
            _("Bagian"),
            list(SLIDES),
            selection_mode="multi",
            default=list(SLIDES),
            format_func=lambda key: SLIDES[key].label,
            key="ekspor_bagian",
        )
        with st.expander(_("Tanda tangan, kertas, dan templat kantor"), icon=":material/tune:"):
            more = _further_wishes()
    if audience == "internal":
        st.warning(
            _("Berkas ini memuat angka kecil. Jangan diteruskan ke luar lembaga."),
            icon=":material/lock:",
        )
    choice = report_choice(
        view.held,
        filter=view.filter,
        before=before,
        audience=audience,
        slides=tuple(key for key in SLIDES if key in slides) or ("title",),
        unit=more.unit,
        signed_by=more.name,
        position=more.position,
    )
    return Wishes(choice, str(spoken), more.paper, more.template)


def _one_of(label: str, key: str, options: dict[str, str]) -> str:
    chosen = st.selectbox(label, list(options), format_func=lambda each: _(options[each]), key=key)
    return str(chosen)


def _comparison(view: View) -> Period | None:
    """The period to compare with; None stands for the one just before."""
    period = view.filter.period
    options = dict(_COMPARISONS)
    if period is None or not period.is_whole_months:
        del options[YEAR_BEFORE]
    if _one_of(_("Pembanding"), "ekspor_pembanding", options) == PREVIOUS or period is None:
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
        name = st.text_input(_("Nama penanda tangan"), key="ekspor_nama", max_chars=80)
        position = st.text_input(_("Jabatan"), key="ekspor_jabatan", max_chars=80)
    with right:
        unit = _one_of(_("Tren per"), "ekspor_satuan", {"quarter": _UNITS["quarter"], **_UNITS})
        paper = str(st.selectbox(_("Kertas Excel"), PAPERS, key="ekspor_kertas"))
    label = _("Templat PowerPoint kantor (.pptx)")
    file = st.file_uploader(label, type="pptx", key="ekspor_templat")
    return _Further(name, position, unit, paper, file.getvalue() if file else None)


def made(view: View, wishes: Wishes) -> Report:
    """The report in the language of the file."""
    with language.speaking(wishes.language), st.spinner(_("Menyusun laporan …")):
        return report_for(view.held, wishes.choice)


def export_headline(report: Report) -> None:
    """What lies ready."""
    text = ngettext(
        "Laporan {period}: {n} bagian siap diunduh.",
        "Laporan {period}: {n} bagian siap diunduh.",
        len(report.slides),
    )
    headline(text.format(period=report.period, n=number(len(report.slides))), overline=_("Ekspor"))
    st.caption(plain(report.footer))


def files(report: Report, wishes: Wishes) -> None:
    """A button for each kind of file, and the picture for chat groups with its text."""
    with st.container(horizontal=True):
        for key, format in FORMATS.items():
            if key != "png" or _fits_a_card(report):
                st.download_button(
                    format.label,
                    data=partial(_written, report, key, wishes),
                    file_name=file_name(report, key),
                    mime=format.mime,
                    key=f"unduh_{key}",
                    icon=":material/download:",
                    on_click="ignore",
                    type="primary" if key == "pptx" else "secondary",
                )
    if _fits_a_card(report):
        with st.expander(_("Kartu WhatsApp dan teksnya"), icon=":material/chat:"):
            _card(report)


def file_name(report: Report, format: str) -> str:
    """Such as `laporan_lk3-bontang_triwulan-iii-2024_publik.pptx`."""
    whom = _("publik") if report.audience == "public" else _("internal")
    parts = (_("laporan"), report.institute, report.period, whom)
    return "_".join("-".join(part.lower().split()) for part in parts) + f".{format}"


def _written(report: Report, format: str, wishes: Wishes) -> bytes:
    with language.speaking(report.language):
        if format == "pptx" and wishes.template is not None:
            from lk3.reports.deck import write_pptx

            return write_pptx(report, template=wishes.template)
        if format == "xlsx":
            from lk3.reports.workbook import write_workbook

            return write_workbook(report, paper=wishes.paper)
        return write_report(report, format)


def _fits_a_card(report: Report) -> bool:
    return {"summary", "map"} <= {slide.key for slide in report.slides}


def _card(report: Report) -> None:
    from lk3.reports.document import card_text

    left, right = st.columns(2, gap="medium")
    with language.speaking(report.language):
        picture, text = write_report(report, "png"), card_text(report)
    with left:
        st.image(picture, caption=plain(report.slide("summary").headline), width=360)
    with right:
        st.code(text, language=None, wrap_lines=True)


def preview(report: Report) -> None:
    """One slide at a time, as it will be."""
    section(_("Pratinjau"), _("Angkanya sama di semua berkas."))
    titles = {
        slide.key: f"{place}. {SLIDES[slide.key].label}"
        for place, slide in enumerate(report.slides, start=1)
    }
    key = st.selectbox(
        _("Bagian yang dilihat"), list(titles), format_func=lambda each: titles[each],
        index=min(2, len(titles) - 1),
        key="ekspor_pratinjau",
    )  # fmt: skip
    slide = report.slide(str(key))
    with st.container(border=True):
        st.subheader(plain(slide.headline), anchor=False)
        st.caption(plain(slide.subtitle))
        draw_slide(slide, report, key=f"pratinjau_{key}")
        if slide.caveat:
            st.caption(plain(slide.caveat))
