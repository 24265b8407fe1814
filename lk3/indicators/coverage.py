"""How many clients were served, of those that were planned?"""

import numpy as np
import pandas as pd

from lk3.indicators.activity import measure_clients
from lk3.indicators.context import Context
from lk3.indicators.measure import add_note, make_measure, positive
from lk3.indicators.targets import CLIENTS_PER_YEAR, target_value
from lk3.places import CITY

PLANNED = "planned_share"


def measure_service_coverage(context: Context) -> pd.DataFrame:
    """Clients of the period in percent of the target, in the city's row; no interval.

    n: clients; denominator: the target a year times the years observed. The target is the whole
    city's, so a choice of kecamatan, problem or profession has no coverage, nor has a kelurahan.
    Over 100 % is shown as it is, with the note `over_target`.
    """
    wanted = _target(context)
    clients = measure_clients(context)["value"].where(context.index == CITY)
    frame = make_measure(
        context.index,
        value=100 * clients / positive(wanted),
        n=clients,
        denominator=wanted,
        method=PLANNED,
        note=np.select(
            [context.index != CITY, np.isnan(wanted)], ["not_an_area", _why_none(context)], ""
        ),
    )
    frame = add_note(frame, frame["value"] > 100, "over_target")
    return add_note(frame, frame["value"].notna() & _runs_on(context), "not_over")


def _target(context: Context) -> np.ndarray:
    value = target_value(CLIENTS_PER_YEAR, context.targets)
    city = np.full(len(context.index), np.nan)
    if value is not None and context.observed is not None and not _is_part(context):
        city[context.index.get_loc(CITY)] = value * context.observed.years
    return city


def _why_none(context: Context) -> str:
    if target_value(CLIENTS_PER_YEAR, context.targets) is None:
        return "no_target"
    return "target_is_whole" if _is_part(context) else "no_cases"


def _is_part(context: Context) -> bool:
    chosen = context.filter
    return bool(chosen.districts or chosen.problems or chosen.professions)


def _runs_on(context: Context) -> bool:
    return context.filter.period is not None and context.observed != context.filter.period
