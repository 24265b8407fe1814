"""Cases over time: one line with the limits of chance, its signals in words, and the numbers."""

from functools import partial

import pandas as pd
import streamlit as st

from lk3.disclosure import release_table
from lk3.figures import FixedFigure, control_chart
from lk3.figures.control import SIGNAL_SIGNS, Mark
from lk3.indicators.trend_summary import TrendSummary, trend_summary
from lk3.indicators.trend_units import count_units
from lk3.language import N_, _, number
from lk3.places import CITY
from lk3.ui.data import trend_notes
from lk3.ui.keeping import drawn_once, kept_for_all
from lk3.ui.speech import callback
from lk3.ui.view import View
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.headline import headline, overline, section
from lk3.ui.widgets.tables import table

UNITS = {"month": N_("Bulan"), "quarter": N_("Triwulan"), "year": N_("Tahun")}
UNIT, NEXT_UNIT, HISTORY = "satuan", "satuan_berikut", "tren_riwayat"
_EARLIER_SHOWN, _MONTHS_SHOWN, _HEIGHT = 3, 36, 340


def choose_unit(view: View) -> None:
    """Month, quarter or year; and whether what came before the period is shown and judged too."""
    labels = {key: _(label) for key, label in UNITS.items()}
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.segmented_control(
            _("Satuan waktu"),
            list(labels),
            format_func=lambda unit: labels[unit],
            default=default_unit(view),
            required=True,
            key=UNIT,
            label_visibility="collapsed",
            width="content",
        )
        if view.filter.period is not None:
            st.toggle(
                _("Dengan data sebelum periode ini"),
                value=True,
                key=HISTORY,
                help=_(
                    "Makin banyak titik, makin pasti batasnya. Tanpa data sebelumnya, batas "
                    "dihitung dari periode ini saja."
                ),
                width="content",
            )


def chosen_unit(view: View) -> str:
    """The unit that is chosen, also before its widget has been drawn; or the one that a button
    inside a fragment, which cannot change another widget, has asked for.
    """
    if asked := st.session_state.pop(NEXT_UNIT, ""):
        st.session_state[UNIT] = asked
    return str(st.session_state.get(UNIT) or default_unit(view))


def default_unit(view: View) -> str:
    """Months, or quarters for a long period."""
    months = len(view.period.months()) if view.period else 12
    return "month" if months <= _MONTHS_SHOWN else "quarter"


@kept_for_all
def summarise(view: View, *, unit: str, code: str = "", history: bool = True) -> TrendSummary:
    """The trend of what is looked at, with the baselines that are kept, as staff may see it."""
    _annotations, baselines = trend_notes()
    return trend_summary(
        view.context, unit, code=code, history=history, baselines=baselines, release=for_staff
    )


def summarise_chosen(view: View, *, unit: str) -> TrendSummary:
    """The same with the choice of the page: with what came before the period or without."""
    return summarise(view, unit=unit, history=bool(st.session_state.get(HISTORY, True)))


def for_staff(counts: pd.DataFrame) -> pd.DataFrame:
    """Counts as signed-in staff may see them."""
    return release_table(counts, audience="internal").frame


def trend_headline(view: View, summary: TrendSummary) -> None:
    """Whether there is a signal or only noise, as the page's heading."""
    headline(summary.sentence, overline=overline(view, _("Tren")))


def trend_section(
    view: View, *, unit: str, key: str, code: str = "", height: int = _HEIGHT
) -> None:
    """The line with its limits, its message as heading, on pages about something else."""
    _say_trend(view, unit=unit, code=code)
    chart(_trend_figure(view, unit=unit, code=code, height=height), key=f"{key}_tren")
    _note_trend(view, unit=unit, code=code)


@drawn_once
def _say_trend(view: View, *, unit: str, code: str) -> None:
    summary = summarise(view, unit=unit, code=code, history=True)
    section(summary.sentence, measure_words(view, summary, code=code))


@drawn_once
def _note_trend(view: View, *, unit: str, code: str = "", history: bool = True) -> None:
    """What the marks of the chart mean, and what is not judged."""
    summary = summarise(view, unit=unit, code=code, history=history)
    for note in (*summary.notes, *_unplaced(view, summary, code)):
        st.caption(f":material/info: {note}")


@kept_for_all
def _trend_figure(
    view: View,
    *,
    unit: str,
    code: str = "",
    history: bool = True,
    height: int = _HEIGHT,
    marks: tuple[Mark, ...] = (),
) -> FixedFigure:
    summary = summarise(view, unit=unit, code=code, history=history)
    figure = control_chart(
        summary.frame, unit=summary.unit, label=_("kasus"), height=height, marks=marks
    )
    return FixedFigure.of(figure)


def draw_page_trend(view: View, summary: TrendSummary, *, marks: tuple[Mark, ...]) -> None:
    """The chart of the page Tren with its measure, its signals in words and its numbers."""
    history = bool(st.session_state.get(HISTORY, True))
    st.caption(measure_words(view, summary))
    figure = _trend_figure(view, unit=summary.unit, history=history, marks=marks)
    chart(figure, key="tren_tren")
    _note_trend(view, unit=summary.unit, history=history)
    _explain_signals(summary)
    _offer_unit(summary)
    _trend_table(view, summary, key="tren")


def _explain_signals(summary: TrendSummary) -> None:
    """Each signal in a sentence with the sign that it has in the chart, and what chance may do."""
    for each in summary.signals:
        st.markdown(f":orange[{SIGNAL_SIGNS[each.rule]}] {each.text}")
    if summary.earlier:
        shown = summary.earlier[:_EARLIER_SHOWN]
        said = "; ".join(f"{SIGNAL_SIGNS[each.rule]} {each.text}" for each in shown)
        more = len(summary.earlier) - len(shown)
        if more:
            said += "; " + _("dan {n} lagi").format(n=number(more))
        st.caption(_("Sebelum periode ini: {signals}.").format(signals=said))
    if summary.caveat:
        st.caption(summary.caveat)


def _offer_unit(summary: TrendSummary) -> None:
    """A button to the unit whose counts allow a judgement."""
    if summary.offer:
        st.button(
            _("Lihat per {unit}").format(unit=_(UNITS[summary.offer]).lower()),
            key="tren_satuan_lain",
            icon=":material/calendar_month:",
            on_click=callback(partial(_choose, summary.offer)),
        )


def _choose(unit: str) -> None:
    st.session_state[UNIT] = unit


def _trend_table(view: View, summary: TrendSummary, *, key: str) -> None:
    """The numbers behind the line."""
    frame = summary.frame
    mean, low, high = _("Rata-rata"), _("Batas bawah"), _("Batas atas")
    shown = pd.DataFrame(
        {
            _(UNITS[summary.unit]): frame["label"],
            _("Kasus"): frame["cases"],
            mean: frame["centre"],
            low: frame["lower"],
            high: frame["upper"],
            _("Keterangan"): frame["note"],
        }
    )
    with st.expander(_("Angka di balik garis ini"), icon=":material/table:"):
        table(
            shown,
            view=view,
            title=measure_words(view, summary),
            key=key,
            decimals={mean: 1, low: 1, high: 1},
            notes=tuple(note for note in (summary.sentence, summary.caveat) if note),
        )


def measure_words(view: View, summary: TrendSummary, *, code: str = "") -> str:
    """What a line shows: measure, place and period."""
    text = _("Kasus per {unit}, {where}, {when}")
    if not summary.frame["focus"].all():
        text = _("Kasus per {unit}, {where}; {when} digambar tebal, sebelumnya tipis")
    return text.format(
        unit=_(UNITS[summary.unit]).lower(),
        where=view.places.label(code) if code else view.where,
        when=view.when,
    )


def _unplaced(view: View, summary: TrendSummary, code: str) -> tuple[str, ...]:
    """Cases of the period that no unit can hold."""
    if not view.left_out(summary.unit):
        return ()
    placed = count_units(view.context, unit=summary.unit, code=code, history=False)["cases"].sum()
    unplaced = view.row("cases", code or CITY)["value"] - placed
    note = _("{n} kasus tidak dapat ditempatkan pada satuan waktu ini, karena hanya dilaporkan "
             "per triwulan, per tahun, atau tanpa tanggal.")  # fmt: skip
    return (note.format(n=number(unplaced)),) if unplaced > 0 else ()
