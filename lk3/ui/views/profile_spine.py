"""The spine chart of the profile: the frame of the indicators, in words for its table."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from lk3.figures import spine_chart
from lk3.indicators import INDICATORS
from lk3.indicators.spine import measure_spine
from lk3.indicators.wording import interval_words, value_words
from lk3.language import _, number
from lk3.ui.keeping import drawn_once, kept_for_all
from lk3.ui.view import View
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.maps import named

COMPARED = (
    "case_rate_per_10k",
    "members_per_10k",
    "open_cases_per_member",
    "days_to_close_median",
    "closed_within_90_pct",
)
OF_MEMBERS = ("members_per_10k", "open_cases_per_member")
_QUARTILES = "median_quartiles"


def district_of(view: View, code: str) -> str:
    """The kecamatan of a kelurahan."""
    return str(view.places.areas.at[code, "district"])


@drawn_once
def spine_section(view: View, code: str) -> None:
    """The kelurahan beside its kecamatan and the city."""
    names = column_names(view, code)
    title = _("{name} di samping kecamatan dan kota")
    if "kecamatan" not in names:
        title = _("{name} di samping kota")
    section(
        title.format(name=view.places.label(code)),
        _("Penduduk masih *perkiraan*.") if view.is_estimate else "",
    )
    st.html(spine_chart(spine_frame(view, code), names=names))


def column_names(view: View, code: str) -> dict[str, str]:
    """What the columns of the chart and of its download are called; no kecamatan where that is the
    whole, as it is for the kabupaten of a province.
    """
    names = {"area": _("{name} (selang 95%)").format(name=view.places.label(code))}
    if (around := district_of(view, code)) != view.places.title:
        names["kecamatan"] = _("Kecamatan {name}").format(name=around)
    return names | {"city": view.places.title}


@kept_for_all
def spine_frame(view: View, code: str) -> pd.DataFrame:
    """The frame of `figures.spine_chart`: measured in all kelurahan, whatever kecamatan are chosen.

    Quartiles are no interval of the value, so they are said and not drawn.
    """
    whole, around = view.within(districts=()), view.within(districts=(district_of(view, code),))
    measures = whole.released.measures
    keys = [key for key in COMPARED if not (view.tables.members.empty and key in OF_MEMBERS)]
    frame = measure_spine(measures, around.released.measures, view.places, code, keys=keys)
    no_interval = [measures[key].at[code, "method"] == _QUARTILES for key in frame.index]
    frame.loc[no_interval, ["lower", "upper"]] = np.nan
    words = [_words(whole, around, str(key), code) for key in frame.index]
    return pd.concat([frame, pd.DataFrame(words, index=frame.index)], axis=1)


def _words(whole: View, around: View, key: str, code: str) -> dict[str, Any]:
    indicator = INDICATORS[key]
    is_said = indicator.unit.partition(" ")[2] in indicator.label
    return {
        "label": indicator.label if is_said else named(indicator),
        "said": _said(whole, key, code),
        "kecamatan_said": value_words(key, around.row(key)),
        "city_said": value_words(key, whole.row(key)),
    }


def _said(view: View, key: str, code: str) -> str:
    """A value with its interval; of a median the quartiles, which are no interval of 95 %."""
    row = view.row(key, code)
    if pd.isna(row["lower"]):
        return value_words(key, row)
    if row["method"] == _QUARTILES:
        return f"{value_words(key, row)} ({interval_words(key, row)})"
    low, high = (number(row[end], INDICATORS[key].decimals) for end in ("lower", "upper"))
    return f"{value_words(key, row)} ({low}–{high})"
