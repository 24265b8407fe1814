"""A kelurahan among all others: where each of its values lies between the lowest and the highest.

In: measures of the whole city and of the kelurahan's kecamatan, as released. Out: one frame, a row
per indicator, for a spine chart and its table. A hidden or missing value stays missing.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lk3.indicators.registry import INDICATORS
from lk3.places import CITY, Places

SPINE = (
    "case_rate_per_10k",
    "members_per_10k",
    "open_cases_per_member",
    "days_to_close_median",
    "closed_within_30_pct",
    "closed_within_90_pct",
    "open_over_90_days",
    "active_members",
)
COLUMNS = (
    "value", "lower", "upper", "min", "q25", "q75", "max", "kecamatan", "city", "areas", "position",
    "verdict", "note",
)  # fmt: skip
_AMOUNTS = ("active_members", "clients", "problems")


def measure_spine(
    whole: Mapping[str, pd.DataFrame],
    around: Mapping[str, pd.DataFrame],
    places: Places,
    code: str,
    *,
    keys: Sequence[str] = SPINE,
) -> pd.DataFrame:
    """Each indicator of one kelurahan among all kelurahan. Index: key of the indicator.

    whole: released measures without a choice of kecamatan; around: those of the kecamatan of
    `code`, whose city row is the kecamatan. value, lower, upper, verdict, note: of the kelurahan;
    min, q25, q75, max: over the kelurahan that have a value, `areas` of them; kecamatan and city:
    their values, NaN for an amount, which a sum of areas cannot be compared with; position: 0 at
    the lowest, 1 at the highest, NaN where all are equal or the kelurahan has no value.
    """
    rows = {key: _row(key, whole[key], around[key], places, code) for key in keys}
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(COLUMNS))
    numbers = [name for name in COLUMNS if name not in ("verdict", "note")]
    return frame.rename_axis("indicator").astype(dict.fromkeys(numbers, "float64"))


def _row(
    key: str, whole: pd.DataFrame, around: pd.DataFrame, places: Places, code: str
) -> dict[str, object]:
    own, every = whole.loc[code], whole.loc[places.codes, "value"].dropna()
    low, high = (every.min(), every.max()) if len(every) else (np.nan, np.nan)
    compared = not (INDICATORS[key].is_count_of_cases or key in _AMOUNTS)
    return {
        "value": own["value"],
        "lower": own["lower"],
        "upper": own["upper"],
        "min": low,
        "q25": every.quantile(0.25) if len(every) else np.nan,
        "q75": every.quantile(0.75) if len(every) else np.nan,
        "max": high,
        "kecamatan": around.at[CITY, "value"] if compared else np.nan,
        "city": whole.at[CITY, "value"] if compared else np.nan,
        "areas": len(every),
        "position": (own["value"] - low) / (high - low) if high > low else np.nan,
        "verdict": own["verdict"],
        "note": own["note"],
    }
