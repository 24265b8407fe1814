"""What rests on other counts of cases than the cases reported: for the public, the city's alone.

In: measures as computed. Out: by measure, whether the city's number is hidden. How long cases took
adds up over time (`closing_mask`); open cases are a state of one day (`open_days`); clients and
mentions of problems do not add up, so they are told for whole years only. None of them may differ
by a few from another number that is published, since anybody can subtract.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast
from weakref import WeakKeyDictionary

import pandas as pd

from lk3.counts import Filter, open_spells
from lk3.disclosure.closing_mask import CLOSED, IN_30, IN_90, closing_mask
from lk3.disclosure.family import Mask
from lk3.disclosure.lattice import Lattice
from lk3.disclosure.open_days import OpenDays, open_days
from lk3.disclosure.suppression import any_small
from lk3.disclosure.times import Unit
from lk3.indicators.activity import measure_clients, measure_problems
from lk3.indicators.context import Context
from lk3.places import CITY, OUTSIDE
from lk3.vocabulary import UNKNOWN

_CLOSING = {  # quartiles tell nearly how many were closed within 30 and 90 days
    "days_to_close_median": [CLOSED, IN_30, IN_90],
    "closed_within_30_pct": [IN_30],
    "closed_within_90_pct": [IN_90],
}
_OPEN = ("open_cases_per_member", "open_cases_per_counsellor")
_OPEN_LONG, _PROBLEMS = "open_over_90_days", "problems"
_CLIENTS = ("clients", "service_coverage")
_KEYS = (*_CLOSING, *_OPEN, _OPEN_LONG, _PROBLEMS, *_CLIENTS)
_handling: "WeakKeyDictionary[Lattice, _Handling]" = WeakKeyDictionary()  # once for each version


@dataclass(frozen=True)
class _Handling:
    """What of the handling of cases is hidden, whatever the filter."""

    closing: Mask
    days: OpenDays


def hidden_city_measures(
    measures: Mapping[str, pd.DataFrame], context: Context, lattice: Lattice
) -> dict[str, bool]:
    """True for each measure whose number for the city the public may not see in the filter's
    period. With problems, professions or kecamatan chosen it sees none of them.
    """
    chosen = context.filter
    units = lattice.times.pieces(chosen.period)
    if chosen.problems or chosen.professions or chosen.districts or units is None:
        return dict.fromkeys(_KEYS, True)
    handling = _handling_of(context, lattice)
    closing = lattice.hidden_in(handling.closing, chosen.period)
    return {
        **{key: bool(closing[rows].any()) for key, rows in _CLOSING.items()},
        **dict.fromkeys(_OPEN, handling.days.hides(context.on)),
        _OPEN_LONG: handling.days.hides_long(context.on),
        **_of_years(measures, context, lattice, units),
    }


def _handling_of(context: Context, lattice: Lattice) -> _Handling:
    if lattice not in _handling:
        everything = replace(context, filter=Filter())
        times = everything.closing_times_by("kelurahan_code")
        times = times[times["kelurahan_code"].astype("str") != OUTSIDE]
        closing = closing_mask(times, lattice, as_of=context.as_of)
        spells = open_spells(context.tables.cases, leave_out=(OUTSIDE,))
        _handling[lattice] = _Handling(
            closing, open_days(spells, lattice, closing, as_of=context.as_of)
        )
    return _handling[lattice]


def _of_years(
    measures: Mapping[str, pd.DataFrame],
    context: Context,
    lattice: Lattice,
    units: tuple[Unit, ...],
) -> dict[str, bool]:
    """Clients and mentions: shown for a year of which the city's cases are, where few cases are not
    a client more, and few mentions not a case more.
    """
    keys = (*_CLIENTS, _PROBLEMS)
    is_year = len(units) == 1 and units[0] in lattice.times.units("year")
    asked = [key for key in keys if key in measures]
    if not asked or not is_year or lattice.hidden_areas(context.filter)[CITY]:
        return dict.fromkeys(keys, True)
    year, city = units[0], cast("Any", lattice.tables["city"].loc[CITY])
    cases = float(city[year])
    clients = float(measure_clients(context)["n"][CITY])
    hides_clients = any_small([clients, cases - clients], threshold=lattice.threshold)
    mentions = float(measure_problems(context)["n"][CITY])
    problems = lattice.tables["problem"].get(year, pd.Series(dtype="float64"))
    nameless = float(problems.reindex([UNKNOWN, ""]).sum())
    hidden = lattice.hidden("problem", context.filter.period)
    hides_mentions = any_small(
        [mentions, mentions - (cases - nameless)], threshold=lattice.threshold
    ) or bool(hidden.reindex([UNKNOWN, ""], fill_value=False).any())
    return {**dict.fromkeys(_CLIENTS, hides_clients), _PROBLEMS: hides_mentions}
