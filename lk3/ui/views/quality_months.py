"""Mutu data: months with and without a report, and gaps that are hardly without cases."""

import pandas as pd
import streamlit as st

from lk3 import language
from lk3.figures import Figure
from lk3.figures.cells import CellClass, cell_grid
from lk3.figures.template import NO_DATA, PAPER, SEQUENTIAL
from lk3.indicators.quality_months import CHANCE, months_by_source
from lk3.indicators.quality_words import month_run
from lk3.language import _, number, percent
from lk3.places import CITY
from lk3.ui.speech import fragment
from lk3.ui.view import View
from lk3.ui.views.quality_completeness import unit_label, windows_of
from lk3.ui.views.quality_facts import facts_of
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.tables import table

_SHOWN = 12  # months side by side
_SIGNS = {"zero": "0", "coarse": "≈", "empty": "×", "before": "", "after": ""}


@fragment
def reported(view: View) -> None:
    """The grid of months by kelurahan: cases, none, or no report."""
    frame = facts_of(view.held).reported
    section(
        _("Bulan dengan dan tanpa laporan"),
        _(
            "Bulan tanpa laporan bukan bulan tanpa kasus. Register dianggap melapor untuk semua "
            "kelurahan pada bulan yang dimuatnya; rekap hanya untuk kelurahan yang disebutnya."
        ),
    )
    windows = windows_of(frame["month"], _SHOWN) if len(frame) else []
    if not windows:
        st.info(_("Belum ada kasus dengan tanggal."), icon=":material/event_busy:")
        return
    window = st.selectbox(
        _("Rentang"),
        range(len(windows)),
        format_func=lambda n: " – ".join(unit_label(windows[n][end], "month") for end in (0, -1)),
        key="mutu_rentang_laporan",
        width=280,
    )
    chart(_figure(view, frame, windows[window]), key="mutu_laporan")


def _figure(view: View, frame: pd.DataFrame, window: list[pd.Timestamp]) -> Figure:
    labels = {CITY: view.places.title} | {c: view.places.label(c) for c in view.places.codes}
    columns = {day: language.month(day.date()) for day in window}
    here = frame[frame["month"].isin(window)]
    looks = _looks()
    here = here.assign(
        kind=here["state"],
        text=[
            number(cases) if state == "cases" else _SIGNS[state]
            for state, cases in zip(here["state"], here["cases"], strict=True)
        ],
        hover=[
            f"{labels[code]} · {columns[month]}: {_said(looks, state, cases)}"
            for code, month, state, cases in zip(
                here["kelurahan_code"], here["month"], here["state"], here["cases"], strict=True
            )
        ],
    )
    city = here[here["kelurahan_code"] == CITY]
    alt = _("Laporan bulan demi bulan: {n} bulan, {empty} di antaranya tanpa laporan sama sekali.")
    return cell_grid(
        here, rows="kelurahan_code", columns="month", row_labels=labels, column_labels=columns,
        classes=looks, alt=alt.format(n=len(window), empty=int((city["state"] == "empty").sum())),
    )  # fmt: skip


def _looks() -> dict[str, CellClass]:
    return {
        "cases": CellClass(_("kasus dilaporkan"), SEQUENTIAL[1]),
        "zero": CellClass(_("0: dilaporkan, tidak ada kasus"), "#f4f8fc"),
        "coarse": CellClass(_("≈: hanya angka triwulan atau tahun"), NO_DATA),
        "empty": CellClass(_("×: tanpa laporan"), "#fbd9b5", ink="#7a3a00"),
        "before": CellClass(_("sebelum laporan pertama"), PAPER),
        "after": CellClass(_("setelah laporan terakhir"), "#f7f7f5"),
    }


def _said(looks: dict[str, CellClass], state: str, cases: int) -> str:
    if state == "cases":
        return _("{n} kasus").format(n=number(cases))
    return looks[state].label.split(": ")[-1]


def missing_months(view: View) -> None:
    """Each gap with the chance that it is one of cases only, and the months of each source."""
    found = facts_of(view.held).gaps
    title = _("Bulan tanpa laporan")
    if found.empty:
        st.success(_("Tidak ada bulan tanpa laporan di antara laporan yang ada."))
    else:
        frame = pd.DataFrame(
            {
                _("Tempat"): [view.places.label(code) for code in found["kelurahan_code"]],
                _("Bulan"): [month_run(r.start, r.end) for r in found.itertuples()],
                _("Banyaknya bulan"): found["months"],
                _("Peluang memang tidak ada kasus"): [_chance(c) for c in found["chance"]],
                _("Kesimpulan"): [_verdict(chance) for chance in found["chance"]],
            }
        )
        table(frame, view=view, title=title, key="mutu_kosong")
    _sources(view)


def _chance(chance: float) -> str:
    if pd.isna(chance):
        return "–"
    return (
        _("di bawah {limit}").format(limit=percent(0.001, 1))
        if chance < 0.001
        else percent(chance, 1)
    )


def _verdict(chance: float) -> str:
    if pd.isna(chance):
        return _("belum dapat dinilai")
    return _("laporannya mungkin belum masuk") if chance < CHANCE else _("mungkin memang nihil")


def _sources(view: View) -> None:
    found = months_by_source(view.tables.cases)
    if found.empty:
        return
    frame = pd.DataFrame(
        {
            _("Sumber"): found["source"],
            _("Dari"): [language.month(day.date()) for day in found["first"]],
            _("Sampai"): [language.month(day.date()) for day in found["last"]],
            _("Bulan berisi kasus"): found["reported"],
            _("Bulan di antaranya tanpa kasus"): found["missing"],
        }
    )
    section(_("Bulan menurut sumber"), _("Hanya kasus yang dicatat per hari atau per bulan."))
    table(frame, view=view, title=_("Bulan menurut sumber"), key="mutu_sumber")
