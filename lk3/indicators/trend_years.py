"""Year on year: the cases of a unit of time beside those of the same months a year before.

In: the monthly frame of a `TrendSummary`. Out: [start, label, months, cases, before, value, lower,
upper, note]: value is the change in percent, lower and upper its exact 95 % interval (conditional
binomial, `intervals.ratio_of_counts`). Only months that are held whole in both years are compared.
Seasons are neither estimated nor claimed: comparing the same months leaves them out.
"""

import numpy as np
import pandas as pd

from lk3.counts.period import unit_start
from lk3.indicators.intervals import ratio_of_counts
from lk3.indicators.measure import INDISTINGUISHABLE, NOTES
from lk3.indicators.trend_summary import TrendSummary
from lk3.indicators.trend_summary_words import counted
from lk3.indicators.trend_units import MONTHS, unit_label
from lk3.language import _, ngettext, number, percent, signed

CONFIDENCE = 0.95
COLUMNS = ("start", "label", "months", "cases", "before", "value", "lower", "upper", "note")
_MAY_DIFFER = 1 - CONFIDENCE


def year_on_year(summary: TrendSummary, unit: str) -> pd.DataFrame:
    """The comparison by `unit` of the part of the summary that is looked at (`focus`).

    summary: by month; one by quarter or year where months are not told. months: how many of its
    months are compared. note: key of `measure.NOTES`, "" when the change is beyond chance.
    """
    pairs = _pairs(summary.frame)
    pairs["start"] = [pd.Timestamp(unit_start(s.date(), unit)) for s in pairs["start"]]
    grouped = pairs.groupby("start", as_index=False)[["months", "cases", "before"]].sum()
    grouped["months"] *= MONTHS[summary.unit]
    label = pd.Series([unit_label(start, unit) for start in grouped["start"]], dtype="str")
    return _compared(grouped.assign(label=label))


def total_change(summary: TrendSummary) -> pd.Series:
    """One row as above for all months together that are compared; start: of the series."""
    total = _pairs(summary.frame)[["months", "cases", "before"]].sum().to_frame().T
    total["months"] *= MONTHS[summary.unit]
    return _compared(total.assign(start=summary.frame["start"].min(), label="")).iloc[0]


def year_on_year_words(table: pd.DataFrame, total: pd.Series, unit: str) -> str:
    """Both years in a sentence, and how many units differ beyond chance."""
    if not total["months"]:
        return _("Belum ada bulan yang sama pada tahun sebelumnya untuk dibandingkan.")
    said = _("{n} kasus dalam {months} yang dapat dibandingkan, setahun sebelumnya {before}")
    text = said.format(
        n=number(total["cases"]),
        months=counted(int(total["months"]), "month"),
        before=number(total["before"]),
    )
    if pd.notna(total["value"]):
        text += _(": {change} (selang 95%: {low} sampai {high})").format(
            change=_percent(total["value"]),
            low=_percent(total["lower"]),
            high=_percent(total["upper"]),
        )
    if total["note"]:
        text += f", {_(NOTES[total['note']])}"
    return f"{text}. {_differing(table, unit)}".strip()


def _differing(table: pd.DataFrame, unit: str) -> str:
    """How many units differ, and how many of so many would by chance."""
    judged = table["value"].notna()
    if judged.sum() < 2:
        return ""
    differ = int((judged & (table["note"] == "")).sum())
    text = ngettext(
        "Dari {units}, {n} berbeda melebihi kebetulan; tanpa perubahan apa pun rata-rata {chance} "
        "tetap tampak berbeda.",
        "Dari {units}, {n} berbeda melebihi kebetulan; tanpa perubahan apa pun rata-rata {chance} "
        "tetap tampak berbeda.",
        differ,
    )
    return text.format(
        units=counted(int(judged.sum()), unit),
        n=number(differ),
        chance=number(_MAY_DIFFER * judged.sum(), 1),
    )


def _pairs(frame: pd.DataFrame) -> pd.DataFrame:
    """[start, months, cases, before]: the units looked at whose year before is held whole too."""
    held = frame.loc[frame["status"] == "", ["start", "cases", "focus"]]
    earlier = held[["start", "cases"]].rename(columns={"cases": "before"})
    earlier = earlier.assign(start=earlier["start"] + pd.DateOffset(years=1))
    pairs = held[held["focus"]].merge(earlier, on="start")
    return pairs.assign(months=1)[["start", "months", "cases", "before"]]


def _compared(pairs: pd.DataFrame) -> pd.DataFrame:
    now, before = (pairs[column].to_numpy(dtype="float64") for column in ("cases", "before"))
    base = np.where(before > 0, before, np.nan)
    low, high = (100 * (bound - 1) for bound in ratio_of_counts(now, before, confidence=CONFIDENCE))
    note = np.select(
        [np.isnan(base), (low <= 0) & (high >= 0)], ["no_comparison", INDISTINGUISHABLE], ""
    )
    frame = pairs.assign(value=100 * (now / base - 1), lower=low, upper=high, note=note)
    return frame.astype({"note": "str"})[list(COLUMNS)]


def _percent(value: float) -> str:
    return f"{signed(value)}%" if pd.notna(value) else percent(None)
