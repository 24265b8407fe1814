"""Cases over time: one line with its limits and the period before, or many small lines."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from lk3.counts import Period, count_over_time
from lk3.counts.period import unit_end
from lk3.disclosure import release_table
from lk3.figures import small_multiples, trend_lines
from lk3.figures.trend import unit_label
from lk3.indicators.headlines import headline_trend, trend_limits
from lk3.language import N_, _, number
from lk3.places import OUTSIDE
from lk3.ui.speech import fragment
from lk3.ui.view import View
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.headline import headline, overline, section
from lk3.ui.widgets.tables import table
from lk3.vocabulary import vocabulary

UNITS = {"month": N_("Bulan"), "quarter": N_("Triwulan"), "year": N_("Tahun")}
SPLITS = {
    "problem": N_("Masalah"),
    "profession": N_("Profesi"),
    "district": N_("Kecamatan"),
    "kelurahan_code": N_("Kelurahan"),
}
_SHOWN, _MONTHS_SHOWN = 12, 36
_HEIGHT = 300


def choose_unit(view: View) -> str:
    """Month, quarter or year; fitting to the period until somebody chooses."""
    labels = {key: _(label) for key, label in UNITS.items()}
    chosen = st.segmented_control(
        _("Satuan waktu"),
        list(labels),
        format_func=lambda unit: labels[unit],
        default=default_unit(view),
        required=True,
        key="satuan",
        label_visibility="collapsed",
    )
    return str(chosen)


def default_unit(view: View) -> str:
    """Months, or quarters for a long period."""
    months = len(view.period.months()) if view.period else 12
    return "month" if months <= _MONTHS_SHOWN else "quarter"


def cases_over_time(
    view: View, *, unit: str, by: str = "", code: str = "", period: Period | None = None
) -> pd.DataFrame:
    """Cases of the city, or of one kelurahan, [unit, by?, "cases"]: outside is never among them."""
    filter = replace(view.filter, period=period) if period else view.filter
    dimensions = tuple(dict.fromkeys((*((by,) if by else ()), "kelurahan_code")))
    found = count_over_time(
        view.tables.cases,
        filter,
        unit=unit,
        by=dimensions,
        until=view.held.dataset.as_of,
        places=view.places,
    )
    inside = found["kelurahan_code"] == code if code else found["kelurahan_code"] != OUTSIDE
    every = found[[unit, *((by,) if by else ())]].drop_duplicates()
    keys = list(every.columns)
    counted = found[inside].groupby(keys, as_index=False, observed=True)["cases"].sum()
    filled = every.merge(counted, on=keys, how="left").fillna({"cases": 0})
    return release_table(filled, audience="internal").frame[[*keys, "cases"]]


def trend_headline(view: View) -> None:
    """Whether the ups and downs are more than chance, as the page's heading."""
    unit = str(st.session_state.get("satuan") or default_unit(view))
    counts = cases_over_time(view, unit=unit)
    judged = counts[_is_whole(view, counts[unit], unit)]
    headline(headline_trend(judged, unit=unit), overline=overline(view, _("Tren")))


def trend_section(
    view: View,
    *,
    unit: str,
    key: str,
    code: str = "",
    is_headline: bool = True,
    height: int = _HEIGHT,
) -> pd.DataFrame:
    """The line with its limits, its message above it (unless the page's heading has said it);
    returns the counts.
    """
    counts = cases_over_time(view, unit=unit, code=code)
    whole = _is_whole(view, counts[unit], unit)
    judged = counts[whole]
    message = headline_trend(judged, unit=unit) if is_headline else _("Kasus dari waktu ke waktu")
    section(message, _measure_words(view, unit=unit, code=code))
    has_limits = len(judged) > 1 and judged["cases"].sum() > 0
    figure = trend_lines(
        counts,
        unit=unit,
        comparison=_before(view, unit=unit, code=code),
        limits=trend_limits(judged) if has_limits else None,
        label=_("kasus"),
        height=height,
    )
    chart(figure, key=f"{key}_tren")
    _unfinished_note(counts[unit][~whole], unit)
    unplaced = view.row("cases", code or "city")["value"] - counts["cases"].sum()
    if unplaced > 0:
        note = _("{n} kasus tidak dapat ditempatkan pada satuan waktu ini, karena hanya dilaporkan "
                 "per triwulan, per tahun, atau tanpa tanggal.")  # fmt: skip
        st.caption(f":material/info: {note.format(n=number(unplaced))}")
    return counts


def _is_whole(view: View, units: pd.Series, unit: str) -> pd.Series:
    """Which units the data cover from their first to their last day: a part of a quarter would
    look like a fall against the limits of whole ones.
    """
    period = view.period
    if period is None:
        return pd.Series(False, index=units.index)
    starts = [date(int(u), 1, 1) if unit == "year" else pd.Timestamp(u).date() for u in units]
    whole = [period.start <= day and unit_end(day, unit) <= period.end for day in starts]
    return pd.Series(whole, index=units.index, dtype="bool")


def _unfinished_note(units: pd.Series, unit: str) -> None:
    if len(units):
        names = ", ".join(unit_label(each, unit) for each in units)
        note = _("{units} tidak utuh dalam data ini, jadi tidak dinilai terhadap batas.")
        st.caption(f":material/info: {note.format(units=names)}")


def trend_table(view: View, counts: pd.DataFrame, *, unit: str, key: str) -> None:
    """The numbers behind the line."""
    frame = pd.DataFrame(
        {
            _(UNITS[unit]): [unit_label(when, unit) for when in counts[unit]],
            _("Kasus"): counts["cases"],
        }
    )
    with st.expander(_("Angka di balik garis ini"), icon=":material/table:"):
        table(frame, view=view, title=_measure_words(view, unit=unit), key=key)


def _measure_words(view: View, *, unit: str, code: str = "") -> str:
    """What a line shows: measure, place and period."""
    return _("Kasus per {unit}, {where}, {when}").format(
        unit=_(UNITS[unit]).lower(),
        where=view.places.label(code) if code else view.where,
        when=view.when,
    )


@fragment
def split_section(view: View, *, unit: str) -> None:
    """Small lines by problem, profession, kecamatan or kelurahan."""
    labels = {key: _(label) for key, label in SPLITS.items()}
    by = str(
        st.segmented_control(
            _("Rincian menurut"),
            list(labels),
            format_func=lambda split: labels[split],
            default="problem",
            required=True,
            key="rincian",
        )
    )
    counts = cases_over_time(view, unit=unit, by=by)
    names = _names(view, by)
    totals = counts.groupby(by, observed=True)["cases"].sum().sort_values(ascending=False)
    most = max(_SHOWN, len(view.places.codes)) if by == "kelurahan_code" else _SHOWN
    shown = {k: names.get(str(k), _("Tidak diketahui")) for k in totals.index[:most] if totals[k]}
    section(
        _("Kasus menurut {by}").format(by=labels[by].lower()),
        _("Semua garis pada satu skala; terbanyak lebih dahulu. {where}, {when}").format(
            where=view.where, when=view.when
        ),
    )
    chart(small_multiples(counts, unit=unit, by=by, labels=shown), key="tren_rincian")
    if len(totals[totals > 0]) > most:
        st.caption(_("Ditampilkan {n} terbanyak; selebihnya ada di tabel.").format(n=number(most)))
    said = [names.get(str(key), _("Tidak diketahui")) for key in totals.index]
    frame = pd.DataFrame({labels[by]: said, _("Kasus"): totals.to_numpy()})
    title = _("Kasus menurut {by}, {where}, {when}").format(
        by=labels[by].lower(), where=view.where, when=view.when
    )
    with st.expander(_("Angka di balik garis ini"), icon=":material/table:"):
        table(frame, view=view, title=title, key="tren_rincian")


def _names(view: View, by: str) -> Mapping[str, str]:
    if by == "district":
        return {district: district for district in view.places.districts}
    if by == "kelurahan_code":
        return {code: view.places.label(code) for code in view.places.codes}
    return vocabulary("problems" if by == "problem" else "professions").labels()


def _before(view: View, *, unit: str, code: str) -> pd.DataFrame | None:
    """The series of the period before, when it is held from its start."""
    held, chosen = view.context.held, view.filter.period
    if chosen is None or held is None:
        return None
    before = chosen.previous()
    if before.start < held.start:
        return None
    return cases_over_time(view, unit=unit, code=code, period=before)
