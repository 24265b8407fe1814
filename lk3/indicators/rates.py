"""Cases per 10,000 people per year, and whether chance alone explains the distance to the city."""

import numpy as np
import pandas as pd

from lk3.indicators.context import Context
from lk3.indicators.funnel import settled_verdict
from lk3.indicators.intervals import poisson, poisson_method
from lk3.indicators.measure import add_note, make_measure, positive
from lk3.places import CITY

PER = 10_000
CONFIDENCE = 0.95


def measure_case_rate(context: Context) -> pd.DataFrame:
    """Cases per 10,000 person-years with Poisson interval and funnel verdict.

    n: cases of the kelurahan; denominator: person-years, the population of each year times the
    part of it that was observed. The city is the sum of the kelurahan that have a population;
    cases from outside or without a kelurahan are in no rate. No population: no rate, never an
    infinity. Intervals: exact under 10 cases, Byar from 10. Verdict: Spiegelhalter (2005), given
    only if it holds wherever the cases without a kelurahan belong (`settled_verdict`).
    """
    cases, years = rate_parts(context)
    verdict, may_change = settled_verdict(
        cases,
        years * city_rate(context),
        expected_with_unknown=years * city_rate(context, with_unknown=True),
        unknown=context.unknown_cases,
    )
    lower, upper = poisson(cases, confidence=CONFIDENCE)
    frame = make_measure(
        context.index,
        value=PER * cases / years,
        bounds=(PER * lower / years, PER * upper / years),
        confidence=CONFIDENCE,
        n=cases,
        denominator=years,
        method=poisson_method(cases),
        verdict=verdict,
        note=_notes(context),
    )
    frame.loc[CITY, "verdict"] = ""
    has_value = frame["value"].notna()
    frame = add_note(frame, has_value & context.is_estimate, "estimate")
    return add_note(frame, has_value & may_change & (frame.index != CITY), "unknown_cases")


def rate_parts(context: Context) -> tuple[pd.Series, pd.Series]:
    """Cases and person-years by area; the city's row the sum over kelurahan that have person-years.

    A kelurahan that no source names has no number of cases; the city's people are its people too.
    """
    codes = context.places.codes
    years = context.person_years.reindex(context.index)
    years = pd.Series(positive(years), index=context.index).where(context.chosen)
    cases = context.cases.copy()
    both = years[codes].notna()
    years[CITY] = years[codes][both].sum() if both.any() else np.nan
    cases[CITY] = cases[codes][both].sum() if both.any() else np.nan
    return cases, years


def city_rate(context: Context, *, with_unknown: bool = False) -> float:
    """Cases per person-year of the whole city, whatever kecamatan are chosen; NaN without any.
    with_unknown: the cases without a kelurahan among them.
    """
    codes = context.places.codes
    cases = context.all_cases.set_index("kelurahan_code")["cases"].reindex(codes, fill_value=0)
    years = context.person_years.reindex(codes)
    events = cases[years.notna()].sum() + (context.unknown_cases if with_unknown else 0)
    return float(events / positive(years.sum())) if len(codes) else np.nan


def _notes(context: Context) -> np.ndarray:
    is_area = context.index.isin([*context.places.codes, CITY])
    cases, years = rate_parts(context)
    is_partial = context.unlisted | ((context.index == CITY) & context.unlisted.any())
    return np.select(
        [~context.chosen, ~is_area, years.isna(), is_partial & cases.isna(), is_partial],
        ["not_chosen", "not_an_area", "no_population", "not_listed", "partly_listed"],
        default="",
    )
