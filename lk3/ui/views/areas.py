"""The table of all areas: the indicators side by side, the city below the kelurahan."""

import pandas as pd

from lk3.indicators import INDICATORS, note_text, verdict_label
from lk3.language import _
from lk3.places import CITY, OUTSIDE
from lk3.ui.keeping import kept_for_all
from lk3.ui.view import View
from lk3.ui.widgets.tables import table
from lk3.vocabulary import UNKNOWN

RATE = "case_rate_per_10k"
OVERVIEW = (
    "cases",
    RATE,
    "active_members",
    "members_per_10k",
    "open_cases_per_member",
    "days_to_close_median",
)


def areas_table(view: View, *, keys: tuple[str, ...] = OVERVIEW, key: str) -> None:
    """The indicators of every kelurahan, with the downloads."""
    frame, decimals = areas_frame(view, keys)
    title = _("Indikator per kelurahan, {where}, {when}").format(where=view.where, when=view.when)
    notes = tuple(f"{INDICATORS[k].label}: {INDICATORS[k].unit}" for k in keys)
    table(frame, view=view, title=title, key=key, decimals=decimals, notes=notes)


@kept_for_all
def areas_frame(view: View, keys: tuple[str, ...]) -> tuple[pd.DataFrame, dict[str, int]]:
    """One row per kelurahan, then the city, outside and unknown; one column per indicator, with
    interval and verdict where it is a single one that has them. Also the decimals per column.
    """
    codes = [*view.places.codes, CITY, OUTSIDE, UNKNOWN]
    codes = [code for code in codes if code in view.context.chosen[view.context.chosen].index]
    districts = view.places.areas["district"]
    columns: dict[str, list[object] | pd.Series] = {
        _("Kelurahan"): [view.where if c == CITY else view.places.label(c) for c in codes],
        _("Kecamatan"): [str(districts.get(c, "")) for c in codes],
    }
    if set(districts) <= {"", view.places.title}:
        del columns[_("Kecamatan")]
    decimals: dict[str, int] = {}
    for key in keys:
        _add_indicator(columns, decimals, view.measure(key).loc[codes], key, alone=len(keys) == 1)
    return pd.DataFrame({name: list(values) for name, values in columns.items()}), decimals


def _add_indicator(
    columns: dict[str, list[object] | pd.Series],
    decimals: dict[str, int],
    measure: pd.DataFrame,
    key: str,
    *,
    alone: bool,
) -> None:
    label = INDICATORS[key].label
    named = {label: measure["value"]}
    if (alone or key == RATE) and measure["lower"].notna().any():
        if alone:
            named[_("n")] = measure["n"]
        low, high = _("{label}, batas bawah"), _("{label}, batas atas")
        named[low.format(label=label)] = measure["lower"]
        named[high.format(label=label)] = measure["upper"]
    columns |= named
    decimals |= dict.fromkeys(named, INDICATORS[key].decimals) | {_("n"): 0}
    if (measure["verdict"] != "").any():
        columns[_("Dibanding kota")] = [verdict_label(v) for v in measure["verdict"]]
    if alone and (measure["note"] != "").any():
        columns[_("Catatan")] = [note_text(note) for note in measure["note"]]
