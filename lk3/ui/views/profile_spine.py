"""The spine chart of the profile: its frame from the released measures."""

from typing import Any

import pandas as pd
import streamlit as st

from lk3.figures import spine_chart
from lk3.indicators import INDICATORS
from lk3.indicators.wording import interval_words, value_words
from lk3.language import _
from lk3.places import CITY
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


def district_of(view: View, code: str) -> str:
    """The kecamatan of a kelurahan."""
    return str(view.places.areas.at[code, "district"])


def spine_section(view: View, code: str) -> None:
    """The kelurahan beside its kecamatan and the city."""
    names = {
        "area": view.places.label(code),
        "district": _("Kecamatan {name}").format(name=district_of(view, code)),
        "city": view.places.title,
    }
    section(_("{name} di samping kecamatan dan kota").format(name=names["area"]))
    st.html(spine_chart(spine_frame(view, code), names=names))


def spine_frame(view: View, code: str) -> pd.DataFrame:
    """One row per indicator, as `figures.spine_chart` takes it; measured in all kelurahan, whatever
    kecamatan are chosen.
    """
    whole, around = view.within(districts=()), view.within(districts=(district_of(view, code),))
    return pd.DataFrame([_row(whole, around, key, code) for key in COMPARED])


def _row(whole: View, around: View, key: str, code: str) -> dict[str, Any]:
    measure = whole.measure(key)
    here, others = measure.loc[code], measure.loc[whole.places.codes, "value"]
    is_interval = here["method"] != "median_quartiles"
    low, q1, q3, high = others.quantile([0, 0.25, 0.75, 1])
    return {
        "label": named(INDICATORS[key]),
        "said": said(whole, key, code),
        "district_said": value_words(key, around.row(key)),
        "city_said": value_words(key, whole.row(key)),
        "verdict": here["verdict"],
        "value": here["value"],
        "lower": here["lower"] if is_interval else float("nan"),
        "upper": here["upper"] if is_interval else float("nan"),
        "district": around.row(key)["value"],
        "city": whole.row(key, CITY)["value"],
        "lowest": low,
        "q1": q1,
        "q3": q3,
        "highest": high,
    }


def said(view: View, key: str, code: str) -> str:
    """A value with its interval in words."""
    row = view.row(key, code)
    interval = interval_words(key, row)
    return f"{value_words(key, row)} ({interval})" if interval else value_words(key, row)
