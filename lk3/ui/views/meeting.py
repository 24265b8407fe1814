"""Mode rapat: one slide fills the screen; arrow keys, a remote, Home, End and Esc move it.

The position stands in the address (`?salindia=4`), so that a link opens the slide. Only the slide
is drawn anew when it is moved. For whom the numbers are stands on every slide.
"""

import streamlit as st

from lk3.language import _, number
from lk3.reports.content import Report, Slide
from lk3.reports.slides import SLIDES
from lk3.ui.data import report_choice, report_for
from lk3.ui.speech import callback, fragment
from lk3.ui.view import View
from lk3.ui.views.decisions import keep_from
from lk3.ui.views.slides import Size, draw_slide
from lk3.ui.widgets.words import plain

ADDRESS = "salindia"
PUBLIC = "rapat_umum"
LEFT = "rapat_keluar"
_SIZE = Size(height=520, letters=1.3, fills=True)
_CSS = """
:is([data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stSidebarCollapsedControl"],
  [data-testid="stExpandSidebarButton"]) { display: none !important; }
[data-testid="stMainBlockContainer"] {
  padding: 1.2vh 2.4vw .6vh !important; max-width: none; min-height: 100vh;
}
.st-key-rapat { gap: .5vh; }
.st-key-rapat h1 { font-size: clamp(1.5rem, 2.5vw, 3rem) !important; line-height: 1.18; }
.st-key-rapat [data-testid="stCaptionContainer"] p { font-size: clamp(.9rem, 1.15vw, 1.4rem); }
.st-key-salindia { height: calc(100vh - clamp(15rem, 31vh, 21rem)) !important;
  min-height: calc(100vh - clamp(15rem, 31vh, 21rem)); overflow: hidden auto; }
.st-key-salindia :is([data-testid="stPlotlyChart"], [data-testid="stPlotlyChart"] > div) {
  height: calc(100vh - clamp(15.5rem, 32vh, 21.5rem)) !important;
}
.st-key-salindia [data-testid="stMarkdownContainer"] :is(p, li) {
  font-size: clamp(1.1rem, 1.75vw, 2.1rem); line-height: 1.35;
}
.st-key-salindia [data-testid="stCaptionContainer"] p { font-size: clamp(.85rem, 1.1vw, 1.3rem); }
.st-key-salindia [data-testid="stMetricValue"] { font-size: clamp(1.9rem, 3.2vw, 4rem); }
.st-key-salindia [data-testid="stMetricLabel"] p { font-size: clamp(1rem, 1.3vw, 1.6rem); }
.st-key-salindia [data-testid="stTable"] :is(th, td) { padding: .3vh .6rem !important; }
.st-key-salindia [data-testid="stTable"] :is(th, td) p {
  font-size: clamp(.82rem, 1.12vw, 1.5rem) !important; line-height: 1.2;
}
.st-key-kendali { border-top: 1px solid #dde3ea; padding-top: .4vh; gap: .45rem; }
.st-key-kendali button { padding: .15rem .5rem; min-height: 2rem; }
.st-key-kendali button p, .st-key-kendali label p { font-size: .8rem; }
.st-key-remote { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
.st-key-lencana { text-align: right; }
.st-key-lencana p { display: inline-block; background: #8a4b08; color: #fff; font-weight: 700;
  padding: .1rem .7rem; border-radius: .25rem; }
"""


def dress() -> None:
    """Nothing but the slide on the screen."""
    st.html(f"<style>{_CSS}</style>")


@fragment
def present(view: View) -> None:
    """The slide that the address names, with the controls below it."""
    if st.session_state.pop(LEFT, False):
        st.switch_page("pages/monitor/overview.py")
    audience = "public" if st.session_state.get(PUBLIC, True) else "internal"
    choice = report_choice(view.held, filter=view.filter, audience=audience)
    report = report_for(view.held, choice)
    place = position(len(report.slides))
    slide = report.slides[place - 1]
    with st.container(key="rapat"):
        _head(slide, report)
        with st.container(key="salindia"):
            draw_slide(slide, report, key=f"rapat_{slide.key}", size=_SIZE)
        _foot(slide, report)
        _controls(place, report, slide)


def position(slides: int) -> int:
    """Which slide the address names, from 1; what is no such number is the nearest one."""
    written = str(st.query_params.get(ADDRESS, "1"))
    return min(max(int(written) if written.isdecimal() else 1, 1), slides)


def _head(slide: Slide, report: Report) -> None:
    st.title(plain(slide.headline), anchor=False)
    left, right = st.columns([6, 1], vertical_alignment="center")
    with left:
        st.caption(plain(slide.subtitle or report.footer))
    if report.sample:
        with right, st.container(key="lencana"):
            st.markdown(_("DATA CONTOH"))


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
        st.toggle(_("Untuk umum"), value=True, key=PUBLIC)
        st.button(
            _("Keluar"), key="rapat_esc", icon=":material/close:", shortcut="Esc", on_click=_leave
        )
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
