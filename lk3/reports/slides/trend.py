"""The slide of the trend: the series with its limits, and whether there is a signal."""

from datetime import date

import pandas as pd

from lk3 import language
from lk3.counts import count_over_time
from lk3.counts.period import quarter_label, unit_end
from lk3.disclosure import release_table
from lk3.indicators.headlines import headline_trend, trend_limits
from lk3.language import N_, _
from lk3.places import OUTSIDE
from lk3.reports.content import Points, Slide, Trend
from lk3.reports.material import Material

_UNITS = {"month": N_("bulan"), "quarter": N_("triwulan"), "year": N_("tahun")}


def trend_slide(material: Material) -> Slide:
    """Cases over time up to the end of the period, with the limits of chance.

    For the public, limits and signals are left out as soon as one count is hidden: they would help
    to work it out.
    """
    unit = "quarter"
    series = _series(material, unit)
    subtitle = _("Kasus per {unit} · {where} · sampai {period}").format(
        unit=_(_UNITS[unit]), where=material.where, period=material.period
    )
    if series.empty:
        return Slide("trend", _("Belum cukup data untuk melihat tren."), subtitle=subtitle)
    hidden = bool(series["cases"].isna().any())
    judged = series[series["whole"]]
    has_limits = not hidden and len(judged) > 1 and judged["cases"].sum() > 0
    low, mean, high = trend_limits(judged) if has_limits else (float("nan"),) * 3
    frame = pd.DataFrame(
        {
            "label": [_unit_label(day, unit) for day in series[unit]],
            "value": series["cases"].astype("float64"),
            "centre": mean,
            "lower": low,
            "upper": high,
            "signal": series["whole"] & ((series["cases"] < low) | (series["cases"] > high)),
        }
    )
    sentence = (
        _("Sebagian angka disembunyikan, jadi batas kebetulan tidak digambar.")
        if hidden
        else headline_trend(judged, unit=unit)
    )
    return Slide(
        "trend",
        sentence,
        subtitle=subtitle,
        blocks=(Trend(frame, _("Kasus"), _("kasus")), *_unfinished(series, unit)),
        caveat=_("Batas 99,8% untuk cacah Poisson di sekitar rata-rata."),
        notes=material.notes("cases"),
    )


def _series(material: Material, unit: str) -> pd.DataFrame:
    """[unit, "cases" (NaN where hidden), "whole"] without cases from outside the city."""
    filter = material.over_periods(unit)
    found = count_over_time(
        material.dataset.tables.cases,
        filter,
        unit=unit,
        by=("kelurahan_code",),
        until=material.dataset.as_of,
        places=material.places,
    )
    every = found[[unit]].drop_duplicates()
    inside = found[found["kelurahan_code"] != OUTSIDE]
    summed = inside.groupby(unit, observed=True)["cases"].sum().reset_index()
    counts = every.merge(summed, on=unit, how="left").fillna({"cases": 0})
    released = release_table(counts, audience=material.choice.audience).frame
    period = filter.period or material.context.observed
    starts = [pd.Timestamp(each).date() for each in released[unit]]
    whole = [_is_whole(day, unit, period, material.dataset.as_of) for day in starts]
    return released[[unit, "cases"]].assign(whole=pd.Series(whole, dtype="bool"))


def _is_whole(day: date, unit: str, period: object, as_of: date) -> bool:
    last = min(getattr(period, "end", as_of), as_of)
    return day >= getattr(period, "start", day) and unit_end(day, unit) <= last


def _unit_label(day: object, unit: str) -> str:
    moment = pd.Timestamp(day)  # type: ignore[arg-type]
    return quarter_label(moment, short=True) if unit == "quarter" else language.month(moment)


def _unfinished(series: pd.DataFrame, unit: str) -> tuple[Points, ...]:
    names = [_unit_label(day, unit) for day in series.loc[~series["whole"], unit]]
    if not names:
        return ()
    text = _("{units} tidak utuh dalam data ini, jadi tidak dinilai terhadap batas.")
    return (Points((text.format(units=", ".join(names)),)),)
