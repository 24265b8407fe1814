"""What a figure says of an area in words: on hovering, and in its description."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from lk3.figures.template import VERDICT_SYMBOLS, escape
from lk3.indicators.funnel import verdict_label
from lk3.indicators.measure import SUPPRESSED, note_text
from lk3.language import _, number, percent
from lk3.places import CITY, Places

Row: TypeAlias = "Mapping[Any, Any] | pd.Series[Any]"  # of a measure
HIDDEN_SIGN = "···"  # in a cell or on a tile, where words have no room


def value_words(row: Row, *, decimals: int) -> str:
    """The value, or why there is none."""
    if SUPPRESSED in row["note"]:
        return _("disembunyikan")
    return _("tidak ada data") if pd.isna(row["value"]) else number(row["value"], decimals)


def city_value(measure: pd.DataFrame) -> float | None:
    """The city's own value, None where it has none."""
    values = measure["value"].reindex([CITY]).to_numpy(dtype="float64")
    return None if np.isnan(values[0]) else float(values[0])


def why_empty(measure: pd.DataFrame) -> str:
    """Why a measure has a value for no area, where the population is missing; "" otherwise."""
    if measure["value"].notna().any() or not measure["note"].str.contains("no_population").any():
        return ""
    return _("Jumlah penduduk belum diunggah, jadi belum dapat dihitung.")


def hover_texts(
    measure: pd.DataFrame, *, places: Places, label: str, unit: str, decimals: int
) -> list[str]:
    """`hover_words` of every row, in order."""
    return [
        hover_words(row, name=places.label(str(code)), label=label, unit=unit, decimals=decimals)
        for code, row in records(measure)
    ]


def records(measure: pd.DataFrame) -> Iterator[tuple[str, Row]]:
    """Each row with its code: as a dict, which is made in a tenth of the time of a Series."""
    return zip(measure.index, measure.to_dict("records"), strict=True)


def hover_words(row: Row, *, name: str, label: str, unit: str, decimals: int) -> str:
    """Name, value with interval, what it rests on, verdict and notes, a line each."""
    lines = [f"<b>{escape(name)}</b>", f"{label}: {value_words(row, decimals=decimals)} {unit}"]
    if pd.notna(row["lower"]):
        lines.append(
            _("selang {confidence}: {low}–{high}").format(
                confidence=percent(row["confidence"]),
                low=number(row["lower"], decimals),
                high=number(row["upper"], decimals),
            )
        )
    if pd.notna(row["n"]) and row["n"] != row["value"]:
        lines.append(f"n = {number(row['n'])}")
    if row["verdict"]:
        lines.append(f"{VERDICT_SYMBOLS[row['verdict']]} {verdict_label(row['verdict'])}")
    if row["note"]:
        lines.append(f"<i>{note_text(row['note'])}</i>")
    return "<br>".join(lines)


def describe(
    measure: pd.DataFrame, *, places: Places, label: str, unit: str, decimals: int, kind: str
) -> str:
    """A description for those who cannot see the figure: what it is, highest, lowest, missing."""
    areas = measure.loc[[code for code in places.codes if code in measure.index]]
    ranked = areas["value"].dropna().sort_values(ascending=False)
    head = _("{kind}: {label} ({unit}).").format(kind=kind, label=label, unit=unit)
    if ranked.empty:
        nothing = _("Tidak ada nilai untuk ditampilkan.")
        return f"{head} {nothing}"
    said = [f"{places.label(str(c))} {number(v, decimals)}" for c, v in ranked.items()]
    parts = [head, _("Tertinggi: {names}.").format(names=", ".join(said[:3]))]
    if len(said) > 3:
        parts.append(_("Terendah: {names}.").format(names=", ".join(said[-3:])))
    if (city := city_value(measure)) is not None:
        parts.append(f"{places.title} {number(city, decimals)}.")
    missing = len(areas) - len(ranked)
    if missing:
        parts.append(_("{n} kelurahan tanpa nilai.").format(n=missing))
    return " ".join(parts)
