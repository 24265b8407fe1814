"""Mode rapat: one slide fills the screen; arrow keys, a remote, Home, End and Esc move it.

The position stands in the address (`?salindia=4`), so that a link opens the slide. Only the slide
is drawn anew when it is moved. For whom the numbers are stands on every slide.
"""

import streamlit as st

from lk3.errors import UserError
from lk3.language import _, number
from lk3.places.public_level import require_public_level
from lk3.reports.content import Report, Slide
from lk3.reports.frames import shortened
from lk3.reports.slides import SLIDES
from lk3.ui.data import report_choice, report_for
from lk3.ui.speech import callback, fragment
from lk3.ui.view import View
from lk3.ui.views.decisions import ADDRESS, keep_from
from lk3.ui.views.meeting_style import CSS, letters
from lk3.ui.views.slides import Size, draw_slide
from lk3.ui.widgets.screen import screen_scale, whole_screen
from lk3.ui.widgets.words import plain

PUBLIC = "rapat_umum"
LEFT = "rapat_keluar"
_HEIGHT, _LETTERS = 520, 1.2  # of a figure on a screen of 1024 x 768


def dress() -> None:
    """Nothing but the slide on the screen."""
    st.html(f"<style>{CSS}</style>")


@fragment
def present(view: View) -> None:
    """The slide that the address names, with the controls below it."""
    if st.session_state.pop(LEFT, False):
        st.switch_page("pages/monitor/overview.py")
    audience = "public" if _is_public() else "internal"
    refusal = _why_not_public(view) if _is_public() else ""
    if refusal:
        _explain(refusal)
        return
    choice = report_choice(view.held, filter=view.filter, audience=audience)
    report = report_for(view.held, choice)
    place = position(len(report.slides))
    slide = shortened(report.slides[place - 1])
    with st.container(key="rapat"):
        if slide.key == "title":
            _title(slide, report)
        else:
            _head(slide, report)
            _body(slide, report)
        _foot(slide, report)
        _controls(place, report, slide)


def _why_not_public(view: View) -> str:
    """The sentence for a level of a province that the public does not see, else ""."""
    try:
        require_public_level(view.tree, view.look.level)
    except UserError as error:
        return str(error)
    return ""


def _explain(refusal: str) -> None:
    """Why there is no slide, and the two ways on."""
    with st.container(key="rapat"):
        st.title(_("Tingkat ini tidak untuk umum"), anchor=False)
        st.markdown(plain(refusal))
        with st.container(horizontal=True, key="kendali"):
            _audience_button()
            _leave_button()


def position(slides: int) -> int:
    """Which slide the address names, from 1; what is no such number is the nearest one."""
    written = str(st.query_params.get(ADDRESS, "1"))
    return min(max(int(written) if written.isdecimal() else 1, 1), slides)


def _title(slide: Slide, report: Report) -> None:
    """The title alone, in the middle of the screen."""
    with st.container(key="judul"):
        _badge(report)
        st.title(plain(slide.headline), anchor=False)
        st.caption(plain(slide.subtitle))


def _head(slide: Slide, report: Report) -> None:
    st.title(plain(slide.headline), anchor=False)
    left, right = st.columns([6, 1], vertical_alignment="center")
    with left:
        st.caption(plain(slide.subtitle or report.footer))
    with right:
        _badge(report)


def _badge(report: Report) -> None:
    if report.sample:
        with st.container(key="lencana"):
            st.markdown(_("DATA CONTOH"))


def _body(slide: Slide, report: Report) -> None:
    st.html(f"<style>{letters(slide)}</style>")
    if not slide.blocks:
        with st.container(key="kosong"):
            st.caption(_("Keputusan yang dicatat dalam rapat ini langsung tampil di sini."))
        return
    scale = screen_scale()
    size = Size(round(_HEIGHT * scale), letters=_LETTERS * scale, fills=True)
    with st.container(key="salindia"):
        draw_slide(slide, report, key=f"rapat_{slide.key}", size=size)


def _foot(slide: Slide, report: Report) -> None:
    said = [slide.caveat] if slide.caveat else []
    st.caption("  \n".join(plain(each) for each in [*said, report.footer]))


def _controls(place: int, report: Report, slide: Slide) -> None:
    last = len(report.slides)
    with st.container(horizontal=True, vertical_alignment="center", key="kendali"):
        _move(_("Pertama"), "first_page", 1, shortcut="Home", is_off=place == 1)
        _move(_("Sebelumnya"), "arrow_back", place - 1, shortcut="Left", is_off=place == 1)
        _move(_("Berikutnya"), "arrow_forward", place + 1, shortcut="Right", is_off=place == last)
        _move(_("Terakhir"), "last_page", last, shortcut="End", is_off=place == last)
        st.markdown(_("{n} dari {total}").format(n=number(place), total=number(last)))
        _note_decision(slide)
        _audience_button()
        whole_screen()
        _leave_button()
    with st.container(key="remote"):
        _move(_("Mundur dengan remote"), "", place - 1, shortcut="PageUp", is_off=place == 1)
        _move(_("Maju dengan remote"), "", place + 1, shortcut="PageDown", is_off=place == last)


def _move(label: str, icon: str, to: int, *, shortcut: str, is_off: bool) -> None:
    st.button(
        label,
        key=f"rapat_{shortcut.lower()}",
        icon=f":material/{icon}:" if icon else None,
        shortcut=shortcut,
        disabled=is_off,
        on_click=_go,
        args=(to,),
    )


def _audience_button() -> None:
    """A button and no switch: arrow keys do not move slides while an input has the focus."""
    is_public = _is_public()
    st.button(
        _("Untuk umum: ya") if is_public else _("Untuk umum: tidak"),
        key="rapat_untuk",
        icon=":material/toggle_on:" if is_public else ":material/toggle_off:",
        on_click=_change_audience,
    )


def _leave_button() -> None:
    st.button(
        _("Keluar"), key="rapat_esc", icon=":material/close:", shortcut="Esc", on_click=_leave
    )


def _is_public() -> bool:
    return bool(st.session_state.get(PUBLIC, True))


def _change_audience() -> None:
    st.session_state[PUBLIC] = not _is_public()


def _go(to: int) -> None:
    st.query_params[ADDRESS] = str(to)


def _leave() -> None:
    st.session_state[LEFT] = True


def _note_decision(slide: Slide) -> None:
    """The form in which a decision is written down beside the slide that it was taken at."""
    with st.popover(_("Catat keputusan"), icon=":material/edit_note:"):
        st.caption(_("Tentang: {slide}. Tanpa nama klien.").format(slide=SLIDES[slide.key].label))
        st.text_area(_("Apa yang diputuskan"), key="rapat_apa", max_chars=300)
        st.text_input(_("Penanggung jawab (perangkat)"), key="rapat_siapa", max_chars=80)
        st.date_input(_("Sampai"), value=None, key="rapat_kapan", format="DD/MM/YYYY")
        st.button(_("Simpan keputusan"), type="primary", key="rapat_simpan", on_click=_keep,
                  args=(slide.key,))  # fmt: skip


@callback
def _keep(about: str) -> None:
    keep_from(
        str(st.session_state.get("rapat_apa") or ""),
        str(st.session_state.get("rapat_siapa") or ""),
        st.session_state.get("rapat_kapan"),
        about,
    )
    for key in ("rapat_apa", "rapat_siapa", "rapat_kapan"):
        st.session_state.pop(key, None)
    st.toast(_("Keputusan dicatat dan akan tampil pada salindia Tindak lanjut."))
