"""Would the verdict be another, were the population of a kelurahan 10 % off?

One kelurahan at a time: its own population is taken as so much smaller and larger, all others stay
as they are, and the city's rate moves with it. Only where its population is an estimate; what is
official is not doubted here.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lk3.indicators.area_names import name_some
from lk3.indicators.context import Context
from lk3.indicators.funnel import EXPECTED_AT_LEAST, settled_verdict, verdict_label
from lk3.indicators.judging import judge
from lk3.indicators.measure import positive
from lk3.indicators.planning_words import state_label
from lk3.indicators.ranking import posterior_rates
from lk3.indicators.rates import rate_parts
from lk3.language import _, ngettext, number, percent
from lk3.places import Places

OFF_BY = 0.1
_NAMED = 8
FEWER, MORE = "fewer", "more"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _City:
    """What the verdicts rest on, (areas,): cases (NaN unknown), cases that count for the city,
    person-years, members; cases without a kelurahan, and the years observed.
    """

    cases: Floats
    counted: Floats
    years: Floats
    members: Floats
    unknown: float
    observed: float


def population_sensitivity(context: Context, *, off_by: float = OFF_BY) -> pd.DataFrame:
    """Verdict of the rate and state of service of every kelurahan, as they are and with its own
    population `off_by` (a share) smaller and larger.

    Out (index: code): estimate (whether any population used is one), verdict, verdict_fewer,
    verdict_more (keys of `funnel.VERDICTS`), state, state_fewer, state_more (see
    `underserved.measure_supply`), changes (whether any of them differs; never for an official
    population). "" where there is no verdict.
    """
    city, codes = _city(context), context.places.codes
    estimate = _is_estimate(context)
    found: dict[str, object] = {"estimate": estimate}
    for name, factor in (("", 1.0), (f"_{FEWER}", 1 - off_by), (f"_{MORE}", 1 + off_by)):
        verdict, state = _judged(city, np.where(estimate, factor, 1.0))
        found |= {f"verdict{name}": verdict, f"state{name}": state}
    frame = pd.DataFrame(found, index=pd.Index(codes, name="code"))
    moved = [
        frame[f"{what}_{name}"] != frame[what]
        for what in ("verdict", "state")
        for name in (FEWER, MORE)
    ]
    return frame.assign(changes=np.logical_or.reduce(moved))


def sensitivity_words(found: pd.DataFrame, code: str, *, off_by: float = OFF_BY) -> str:
    """Whether the verdict of one kelurahan would change; "" for an official population or where
    nothing is judged.
    """
    row, share = cast("pd.Series", found.loc[code]), percent(off_by)
    if not row["estimate"] or not row["verdict"]:
        return ""
    if not row["changes"]:
        return _(
            "Penduduk masih perkiraan. Putusan tidak berubah bila penduduk {share} lebih sedikit "
            "atau lebih banyak."
        ).format(share=share)
    said = [
        text.format(share=share, verdicts=verdicts)
        for name, text in (
            (FEWER, _("bila {share} lebih sedikit: {verdicts}")),
            (MORE, _("bila {share} lebih banyak: {verdicts}")),
        )
        if (verdicts := _new_verdicts(row, name))
    ]
    return _("Penduduk masih perkiraan. Putusan berubah {said}.").format(said="; ".join(said))


def sensitivity_headline(found: pd.DataFrame, places: Places, *, off_by: float = OFF_BY) -> str:
    """How many verdicts of the city hang on its estimated populations; "" without an estimate."""
    if not found["estimate"].any():
        return ""
    moved = [str(code) for code in found.index[found["changes"]]]
    assumed = _("Dihitung satu per satu; penduduk kelurahan lain dianggap tetap.")
    if not moved:
        text = _("Tidak ada putusan yang berubah bila penduduk suatu kelurahan meleset {share}.")
        return f"{text.format(share=percent(off_by))} {assumed}"
    text = ngettext(
        "Putusan {n} kelurahan berubah bila penduduknya meleset {share}: {names}.",
        "Putusan {n} kelurahan berubah bila penduduknya meleset {share}: {names}.",
        len(moved),
    )
    names = name_some(moved, places, most=_NAMED)
    said = text.format(n=number(len(moved)), share=percent(off_by), names=names)
    return f"{said} {assumed}"


def _city(context: Context) -> _City:
    codes = context.places.codes
    cases, years = (part[codes].to_numpy() for part in rate_parts(context))
    every = context.all_cases.set_index("kelurahan_code")["cases"].reindex(codes, fill_value=0)
    whole = context.person_years.reindex(codes).to_numpy(dtype="float64")
    return _City(
        cases=np.where(np.isnan(years), np.nan, cases),
        counted=np.where(np.isnan(whole), 0.0, every.to_numpy(dtype="float64")),
        years=whole,
        members=context.members()[codes].to_numpy(),
        unknown=context.unknown_cases,
        observed=context.observed.years if context.observed else np.nan,
    )


def _is_estimate(context: Context) -> NDArray[np.bool_]:
    years = context.observed.shares() if context.observed else {context.on.year: 1.0}
    status = [context.population_of(year)["status"] == "estimate" for year in years]
    return np.logical_or.reduce([part.to_numpy() for part in status])


def _judged(city: _City, factor: Floats) -> tuple[NDArray[np.str_], NDArray[np.str_]]:
    """Verdict and state of each area with its own population times its factor, (areas,)."""
    own = city.years * factor
    total = np.nansum(city.years) - city.years + own
    rate = city.counted.sum() / total
    with_unknown = (city.counted.sum() + city.unknown) / total
    expected, most = own * rate, own * with_unknown
    verdict, _moves = settled_verdict(
        city.cases, expected, expected_with_unknown=most, unknown=city.unknown
    )
    need, needed = _needs(city, own)
    people = np.nansum(np.where(np.isnan(need), np.nan, city.members))
    needed = positive(needed)
    ratio, least = people / needed, people / (needed + city.unknown / city.observed)
    index = pd.RangeIndex(own.size)
    cases, members, awaited = (
        pd.Series(values, index=index) for values in (city.cases, city.members, expected)
    )
    state = judge(
        cases,
        awaited,
        members=members,
        shortfall=pd.Series(need * ratio - city.members, index=index),
        unknown=city.unknown,
        expected_with_unknown=pd.Series(most, index=index),
        least_shortfall=pd.Series(need * least - city.members, index=index),
        judged_areas=_judged_areas(city, own, rate),
    )
    return verdict, state


def _needs(city: _City, own: Floats) -> tuple[Floats, Floats]:
    """Each area's need a year with its own exposure, and the city's need then, (areas,) each."""
    exposure = np.tile(np.where(np.isnan(city.cases), np.nan, city.years), (own.size, 1))
    np.fill_diagonal(exposure, np.where(np.isnan(city.cases), np.nan, own))
    means = np.array([posterior_rates(city.cases, row).mean for row in exposure])
    needs = means * exposure / city.observed
    return np.diagonal(needs).copy(), np.nansum(needs, axis=1)


def _judged_areas(city: _City, own: Floats, rate: Floats) -> NDArray[np.int64]:
    """How many areas expect enough cases to be judged, in the case of each, (areas,)."""
    expected = np.outer(rate, np.where(np.isnan(city.cases), np.nan, city.years))
    np.fill_diagonal(expected, np.where(np.isnan(city.cases), np.nan, own * rate))
    return (expected >= EXPECTED_AT_LEAST).sum(axis=1)


def _new_verdicts(row: "pd.Series", name: str) -> str:
    """The verdict and the state that differ from those as they are, in words, each word once."""
    parts = []
    if row[f"verdict_{name}"] != row["verdict"]:
        parts.append(verdict_label(str(row[f"verdict_{name}"])).lower())
    if row[f"state_{name}"] != row["state"]:
        parts.append(state_label(str(row[f"state_{name}"])))
    return ", ".join(dict.fromkeys(parts))
