"""Ekspor: what a report holds, for whom it is, and its files.

The report is described once (`reports.content`); the preview and every file show that.
"""

import re
from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lk3 import audit, language
from lk3.access import EXPORT, EXPORT_INTERNAL
from lk3.errors import UserError
from lk3.language import _, ngettext, number
from lk3.reports import FORMATS, write_report
from lk3.reports.content import Report
from lk3.reports.frames import shortened
from lk3.reports.slides import SLIDES
from lk3.ui.data import report_for
from lk3.ui.session import Visitor, acting, visitor
from lk3.ui.trail import leave_trail, looking_at
from lk3.ui.view import View
from lk3.ui.views.export_wishes import Wishes, unless_chosen
from lk3.ui.views.slides import draw_slide
from lk3.ui.widgets.headline import headline, section
from lk3.ui.widgets.words import plain, sentence

_UNSAFE = re.compile(r"[^\w\s–-]|_")  # for Windows, for e-mail and for shells
_LONGEST_NAME = 120


def reserve() -> DeltaGenerator:
    """The place of the headline, which is known only after the form."""
    return st.container()


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
    """A button for each kind of file, and the picture for chat groups with its text.

    A file is made only when its button is clicked, where neither the session nor a place for a
    sentence is at hand. So the role is asked and a template is tried before.
    """
    acting(EXPORT if report.audience == "public" else EXPORT_INTERNAL)
    is_usable = _try_template(report, wishes)
    with st.container(horizontal=True):
        for key, format in FORMATS.items():
            if key == "png" and not _fits_a_card(report):
                continue
            st.download_button(
                format.label,
                data=partial(_taken, report, key, wishes, visitor(), looking_at().get("version")),
                file_name=file_name(report, key),
                mime=format.mime,
                key=f"unduh_{key}",
                icon=":material/download:",
                on_click="ignore",
                type="primary" if key == "pptx" else "secondary",
                disabled=key == "pptx" and not is_usable,
            )
    if _fits_a_card(report) and st.toggle(
        _("Lihat kartu WhatsApp dan teksnya"), key="ekspor_kartu", persist_state="session"
    ):
        _card(report)


def _try_template(report: Report, wishes: Wishes) -> bool:
    """Whether the deck can be written into the office's template; if not, the sentence says why."""
    if wishes.template is None:
        return True
    try:
        _written(replace(report, slides=report.slides[:1]), "pptx", wishes)
    except UserError as error:
        st.error(sentence(str(error)), icon=":material/error:")
        return False
    return True


def file_name(report: Report, format: str) -> str:
    """Such as `laporan_lk3-bontang_triwulan-iii-2024_publik.pptx`: in the language of the report,
    with no sign that Windows forbids in a name.
    """
    with language.speaking(report.language):
        whom = _("publik") if report.audience == "public" else _("internal")
        parts = (_("laporan"), report.institute, report.period, whom)
    safe = ("-".join(_UNSAFE.sub(" ", part).lower().split()) for part in parts)
    return "_".join(safe)[:_LONGEST_NAME] + f".{format}"


def _taken(report: Report, format: str, wishes: Wishes, who: Visitor, version: int | None) -> bytes:
    """The file, and a line in the access log that it left; `who`: no session is at hand here."""
    content = _written(report, format, wishes)
    facts = {"format": format, "audience": report.audience, "version": version}
    where = f"{report.place} · {report.period}"
    leave_trail(audit.EXPORT, who.name, who.role, page="ekspor", filter=where, **facts)
    return content


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
        key="ekspor_pratinjau",
        persist_state="session",
        **unless_chosen("ekspor_pratinjau", index=min(2, len(titles) - 1)),
    )  # fmt: skip
    slide = shortened(report.slide(str(key)))
    with st.container(border=True):
        st.subheader(plain(slide.headline), anchor=False)
        st.caption(plain(slide.subtitle))
        draw_slide(slide, report, key=f"pratinjau_{key}")
        if slide.caveat:
            st.caption(plain(slide.caveat))
