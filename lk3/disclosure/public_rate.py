"""The rate as the public may see it: city and verdicts from nothing but what is published.

In: the rate as computed and as hidden, and what is hidden. Out: the rate. Where the number of cases
without a kelurahan is hidden, the city's own rate would give it back; the public then sees the rate
of all the city's cases, and verdicts against that.
"""

from typing import Any

import numpy as np
import pandas as pd

from lk3.disclosure.lattice import RATED
from lk3.indicators.context import Context
from lk3.indicators.funnel import settled_verdict
from lk3.indicators.intervals import poisson, poisson_method
from lk3.indicators.measure import add_note
from lk3.indicators.rates import CONFIDENCE, PER
from lk3.places import CITY

WITH_UNKNOWN = "with_unknown"
_SIDES = ["strongly_above", "above", "below", "strongly_below"]


def public_rate(
    rate: pd.DataFrame,
    shown: pd.DataFrame,
    counts: pd.Series,
    hidden: "pd.Series[bool]",
    context: Context,
) -> pd.DataFrame:
    """rate: as computed; shown: with its hidden rows; counts: cases by area; hidden: by area,
    "city" and "rated". Out: as `shown`, with the city's row and the verdicts made anew where the
    city's cases may be seen but not those of the kelurahan together.
    """
    if not hidden[RATED]:
        return shown
    if hidden[CITY] or rate.loc[context.places.codes, "denominator"][context.chosen].isna().any():
        return shown.assign(verdict="")
    made = _with_city(shown, _number(counts, CITY), _number(rate["denominator"], CITY), context)
    if context.filter.problems or context.filter.professions or context.filter.districts:
        return made.assign(verdict="")
    return _with_verdicts(made, hidden, context)


def _with_city(shown: pd.DataFrame, cases: float, years: float, context: Context) -> pd.DataFrame:
    """The city's row from all its cases."""
    count = np.array([cases])
    lower, upper = (float(bound[0]) for bound in poisson(count, confidence=CONFIDENCE))
    made = shown.copy()
    made.loc[CITY, ["value", "lower", "upper", "confidence", "n", "denominator"]] = [
        PER * cases / years, PER * lower / years, PER * upper / years, CONFIDENCE, cases, years,
    ]  # fmt: skip
    made.loc[CITY, ["method", "verdict", "note"]] = [poisson_method(count)[0], "", ""]
    at_city = made.index == CITY
    made = add_note(made, at_city & context.is_estimate, "estimate")
    return add_note(made, at_city & (not context.filter.districts), WITH_UNKNOWN)


def _with_verdicts(made: pd.DataFrame, hidden: "pd.Series[bool]", context: Context) -> pd.DataFrame:
    """Verdicts of the shown kelurahan against the rate of all the city's cases. Any of the cases
    that no shown kelurahan has may be one without a kelurahan.
    """
    codes = context.places.codes
    areas = made.loc[codes]
    rest = _number(made["n"], CITY) - float(areas["n"].sum())
    expected = areas["denominator"] * _number(made["value"], CITY) / PER
    verdict, may_change = settled_verdict(
        areas["n"], expected, expected_with_unknown=expected, unknown=rest
    )
    is_shown = areas["n"].notna().to_numpy()
    judged = made.assign(verdict="")
    judged.loc[codes, "verdict"] = np.where(is_shown, verdict, "")
    noted = [_without_note(note, "unknown_cases") for note in judged["note"]]
    judged = judged.assign(note=pd.Series(noted, index=judged.index, dtype="str"))
    in_doubt = pd.Series(may_change & is_shown, index=codes).reindex(judged.index, fill_value=False)
    return add_note(judged, in_doubt & (judged.index != CITY), "unknown_cases")


def _number(column: Any, code: str) -> float:
    return float(column[code])


def _without_note(note: str, key: str) -> str:
    return "|".join(each for each in note.split("|") if each != key)
