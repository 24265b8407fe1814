"""Year on year: the same months of the year before beside those of the period."""

import pandas as pd
import streamlit as st

from lk3.figures import FixedFigure, year_pairs
from lk3.indicators.measure import NOTES
from lk3.indicators.trend_summary import TrendSummary
from lk3.indicators.trend_years import total_change, year_on_year, year_on_year_words
from lk3.language import _, number, signed
from lk3.ui.keeping import kept_for_all
from lk3.ui.view import View
from lk3.ui.views.trend import UNITS, summarise
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.tables import table


def years_section(view: View, *, unit: str) -> None:
    """Whether the period differs from the same months a year before, in all and unit by unit."""
    compared, sentence = _compared(view, unit)
    section(
        _("Dibanding bulan yang sama setahun sebelumnya"),
        _("Kasus per {unit}, {where}, {when}; selang 95% eksak untuk rasio dua cacah").format(
            unit=_(UNITS[unit]).lower(), where=view.where, when=view.when
        ),
    )
    st.markdown(sentence)
    if compared.empty:
        return
    chart(_figure(view, unit), key="tren_tahun")
    with st.expander(_("Angka di balik diagram ini"), icon=":material/table:"):
        title = _("Perbandingan dengan setahun sebelumnya, {where}, {when}")
        table(
            _frame(view, unit),
            view=view,
            title=title.format(where=view.where, when=view.when),
            key="tren_tahun",
            notes=(sentence,),
        )


@kept_for_all
def _compared(view: View, unit: str) -> tuple[pd.DataFrame, str]:
    summary = _finest(view, unit)
    compared = year_on_year(summary, unit)
    return compared, year_on_year_words(compared, total_change(summary), unit)


@kept_for_all
def _figure(view: View, unit: str) -> FixedFigure:
    compared, _sentence = _compared(view, unit)
    return FixedFigure.of(year_pairs(compared, unit=unit, label=_("kasus")))


@kept_for_all
def _frame(view: View, unit: str) -> pd.DataFrame:
    return _table(_compared(view, unit)[0], unit)


def _finest(view: View, unit: str) -> TrendSummary:
    """By month, so that a part of a year is compared with the same part; by the unit itself where
    no month is told.
    """
    monthly = summarise(view, unit="month")
    told = (monthly.frame["status"] == "").any()
    return monthly if told else summarise(view, unit=unit)


def _table(compared: pd.DataFrame, unit: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _(UNITS[unit]): compared["label"],
            _("Bulan dibandingkan"): compared["months"],
            _("Kasus"): compared["cases"],
            _("Setahun sebelumnya"): compared["before"],
            _("Perubahan (selang 95%)"): [_change(row) for _i, row in compared.iterrows()],
            _("Keterangan"): [_note(note) for note in compared["note"]],
        }
    )


def _change(row: pd.Series) -> str:
    if pd.isna(row["value"]):
        return number(None)
    low, high = (f"{signed(row[bound])}%" for bound in ("lower", "upper"))
    return f"{signed(row['value'])}% ({low} … {high})"


def _note(note: str) -> str:
    return _(NOTES[note]) if note else _("berbeda melebihi kebetulan")
