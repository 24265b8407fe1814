"""What rests on other counts of cases than the cases reported: for the public, the city's alone.

In: measures as computed. Out: by measure, whether the city's number is hidden. How long cases took
adds up over time, so it has masks of its own; open cases are a state of one day; clients and
mentions of problems do not add up, so they are told for whole years only.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from weakref import WeakKeyDictionary

import pandas as pd

from lk3.counts import Filter, Period
from lk3.counts.period import unit_end
from lk3.disclosure.building import tree_mask
from lk3.disclosure.family import Mask
from lk3.disclosure.lattice import Lattice
from lk3.disclosure.suppression import is_small
from lk3.indicators.context import Context
from lk3.places import CITY, OUTSIDE

_UNITS = ("year", "quarter")
_CLOSING = ("days_to_close_median", "closed_within_30_pct", "closed_within_90_pct")
_OPEN = ("open_cases_per_member", "open_cases_per_counsellor", "open_over_90_days")
_NOT_ADDING_UP = ("clients", "problems", "service_coverage")
_closing_masks: "WeakKeyDictionary[Lattice, Mask]" = WeakKeyDictionary()  # once for each version


def hidden_city_measures(
    measures: Mapping[str, pd.DataFrame], context: Context, lattice: Lattice
) -> dict[str, bool]:
    """True for each measure whose number for the city the public may not see in the filter's
    period. With problems, professions or kecamatan chosen it sees none of them.
    """
    keys = (*_CLOSING, *_OPEN, *_NOT_ADDING_UP)
    chosen = context.filter
    units = lattice.times.pieces(chosen.period)
    if chosen.problems or chosen.professions or chosen.districts or units is None:
        return dict.fromkeys(keys, True)
    closing = _closing_is_hidden(context, lattice)
    is_year = len(units) == 1 and units[0] in lattice.times.units("year")
    no_year = not is_year or bool(lattice.hidden_areas(chosen)[CITY])
    hidden = {
        **dict.fromkeys(_CLOSING, closing),
        **dict.fromkeys(_OPEN, False),
        **dict.fromkeys(_NOT_ADDING_UP, no_year),
    }
    for key in set(hidden) - set(_CLOSING):
        if key in measures:
            few = is_small(measures[key].loc[[CITY], "n"].to_numpy(), threshold=lattice.threshold)
            hidden[key] |= bool(few.any())
    return hidden


def _closing_is_hidden(context: Context, lattice: Lattice) -> bool:
    """Whether any of the counts behind the times to closing is hidden in the filter's period."""
    mask = _closing_masks.get(lattice)
    if mask is None:
        mask = _closing_masks[lattice] = _closing_mask(context, lattice)
    return bool(lattice.hidden_in(mask, context.filter.period)[CITY])


def _closing_mask(context: Context, lattice: Lattice) -> Mask:
    """Where any of these counts is hidden, whatever the filter: one row, a column per unit."""
    series = _closing_counts(replace(context, filter=Filter()), lattice)
    hidden, before = pd.Series(dtype="bool"), None
    while before is None or not hidden.equals(before):
        before = hidden
        for counts in series:
            hidden = tree_mask(
                counts, lattice.times, threshold=lattice.threshold, hidden=hidden, units=_UNITS
            )
    return hidden.to_frame(CITY).T


def _closing_counts(everything: Context, lattice: Lattice) -> list[pd.Series]:
    """By year and quarter: cases closed; and, of those that are old enough, closed in time and not,
    for both spans.
    """
    times = everything.closing_times_by("kelurahan_code")
    times = times[times["kelurahan_code"].astype("str") != OUTSIDE]
    counted = [times["days"].notna()]
    for days in (30, 90):
        ripe = times["reported_on"] <= pd.Timestamp(everything.as_of - timedelta(days=days))
        in_time = times["days"] <= days
        counted += [ripe & in_time, ripe & ~in_time]
    return [_by_unit(times.loc[rows, "reported_on"]) for rows in counted]


def _by_unit(days: pd.Series) -> pd.Series:
    counts: dict[Period, float] = {}
    for unit, letter in (("year", "Y"), ("quarter", "Q")):
        found = days.dt.to_period(letter).value_counts()
        for each, n in found.items():
            start = each.start_time.date()
            counts[Period(start, unit_end(start, unit))] = float(n)
    return pd.Series(counts, dtype="float64")
