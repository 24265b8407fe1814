"""Measures and counts as an audience may see them.

`internal` (signed-in staff) sees everything. For `public` the lattice of the version says which
counts of cases are hidden; every rate, interval, verdict and change that rests on a hidden one is
hidden with it. A hidden number is NaN with the note "suppressed", so that it never looks like "no
data".
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lk3 import settings
from lk3.counts import Filter, Period, count_cases
from lk3.disclosure.building import district_row
from lk3.disclosure.city_measures import hidden_city_measures
from lk3.disclosure.lattice import RATED, Lattice, lattice_of
from lk3.disclosure.public_rate import public_rate
from lk3.indicators.activity import comparison_period
from lk3.indicators.context import Context
from lk3.indicators.measure import NUMBERS, SUPPRESSED
from lk3.indicators.registry import INDICATORS
from lk3.places import CITY, OUTSIDE

AUDIENCES = ("internal", "public")
RATE, CHANGE = "case_rate_per_10k", "cases_change"
_BY_AREA = ("cases", RATE, CHANGE)  # what rests on nothing but the cases of the area itself


@dataclass(frozen=True)
class Released:
    """Measure frames by indicator key, as the audience may see them."""

    measures: Mapping[str, pd.DataFrame]
    audience: str


@dataclass(frozen=True)
class ReleasedTable:
    """Counts as the audience may see them.

    frame: [*dimensions, "cases", "note"]; cases are float, NaN where hidden.
    """

    frame: pd.DataFrame
    dimensions: tuple[str, ...]
    audience: str


def release(
    measures: Mapping[str, pd.DataFrame],
    *,
    audience: str,
    context: Context | None = None,
    before: Period | None = None,
) -> Released:
    """The measures for an audience.

    context: what they were computed from, for the public; before: the period that "cases_change"
    compares with. Raises ValueError for an unknown audience, or the public without a context,
    KeyError for a measure that the registry does not know: nothing leaves unjudged. Signed-in staff
    get the measures as they are given, so those that are made when they are asked for stay so.
    """
    _check(audience)
    for key in measures:
        INDICATORS[key]
    if audience == "internal":
        return Released(measures, audience)
    if context is None:
        raise ValueError("for the public a context has to say what the measures count")
    lattice = public_lattice(context)
    hidden = lattice.hidden_areas(context.filter)
    city = hidden_city_measures(measures, context, lattice)
    released = {}
    for key, frame in measures.items():
        rows = _hidden_rows(key, frame, hidden, city, context=context, before=before)
        released[key] = hide_rows(frame, rows, key)
    if RATE in released:
        counts = measures["cases"] if "cases" in measures else measures[RATE]
        released[RATE] = public_rate(measures[RATE], released[RATE], counts["n"], hidden, context)
    return Released(released, audience)


def release_categories(context: Context, dimension: str, *, audience: str) -> ReleasedTable:
    """The city's cases of the filter by main problem or profession: [dimension, cases, note], the
    categories that occur; without the cases from outside, so that they make the city's number.
    """
    _check(audience)
    found = count_cases(
        context.tables.cases,
        context.filter,
        by=(dimension, "kelurahan_code"),
        places=context.places,
    )
    inside = found[found["kelurahan_code"] != OUTSIDE]
    counts = inside.groupby(dimension, observed=True)["cases"].sum()
    hidden = pd.Series(False, index=counts.index)
    if audience == "public":
        judged = public_lattice(context).hidden_categories(dimension, context.filter)
        hidden = judged.reindex(counts.index, fill_value=True)
    frame = counts.astype("float64").mask(hidden).rename("cases").reset_index()
    note = np.where(frame["cases"].isna(), SUPPRESSED, "")
    return ReleasedTable(frame.assign(note=note), (dimension,), audience)


def release_districts(context: Context, *, audience: str) -> ReleasedTable:
    """The cases of the filter by kecamatan: [district, cases, note], the chosen ones in the order
    of the city; for the public all are hidden when problems or professions are chosen.
    """
    _check(audience)
    filter, places = context.filter, context.places
    names = [name for name in places.districts if not filter.districts or name in filter.districts]
    found = count_cases(context.tables.cases, filter, by=("kelurahan_code",), places=places)
    by_code = found.set_index(found["kelurahan_code"].astype("str"))["cases"].astype("float64")
    counts = pd.Series(
        {n: by_code.reindex(places.codes_in((n,))).sum() for n in names}, dtype=float
    )
    hidden = pd.Series(False, index=names)
    if audience == "public":
        of_areas = public_lattice(context).hidden("area", filter.period)
        hidden = pd.Series({n: bool(of_areas[district_row(n)]) for n in names}, dtype="bool")
        hidden |= bool(filter.problems or filter.professions)
    frame = counts.mask(hidden).rename_axis("district").rename("cases").reset_index()
    note = np.where(frame["cases"].isna(), SUPPRESSED, "")
    return ReleasedTable(frame.assign(note=note), ("district",), audience)


def release_units(
    counts: pd.DataFrame, context: Context, *, unit: str, audience: str
) -> pd.DataFrame:
    """The series of a trend, [start, cases], with hidden counts as NaN: those of the units of which
    the public may not see what lies inside the filter's period.
    """
    _check(audience)
    if audience == "internal" or counts.empty:
        return counts
    lattice, end = public_lattice(context), context.filter.period
    hidden = [
        lattice.hidden_areas(replace(context.filter, period=_unit_in(start.date(), unit, end)))[
            CITY
        ]
        for start in counts["start"]
    ]
    return counts.assign(cases=counts["cases"].astype("float64").mask(np.array(hidden, "bool")))


def release_table(table: pd.DataFrame, *, audience: str, value: str = "cases") -> ReleasedTable:
    """A table for signed-in staff: every combination of the values of its dimensions that occur, 0
    where there is none. table: [*dimensions, value], each combination at most once.

    For the public there is no such door, because a table by itself does not tell what leaves beside
    it. Raises ValueError for any audience but the internal one, or when a combination occurs twice.
    """
    _check(audience)
    if audience != "internal":
        raise ValueError("a table by itself is for signed-in staff only")
    dimensions = [column for column in table.columns if column != value]
    series = table.set_index(dimensions)[value].astype("float64")
    if not series.index.is_unique:
        raise ValueError(f"a combination of {dimensions} occurs twice")
    levels = [pd.Index(table[name].unique(), name=name) for name in dimensions]
    every = pd.MultiIndex.from_product(levels) if len(levels) > 1 else levels[0]
    frame = series.reindex(every, fill_value=0.0).reset_index().assign(note="")
    return ReleasedTable(frame, tuple(dimensions), audience)


def public_lattice(context: Context) -> Lattice:
    """What the public may see of the data behind a context."""
    return lattice_of(
        context.tables.cases,
        context.places,
        as_of=context.as_of,
        threshold=settings.get_int("LK3_SUPPRESS_BELOW"),
    )


def hide_rows(frame: pd.DataFrame, hidden: "pd.Series[bool]", key: str) -> pd.DataFrame:
    """The measure without its hidden rows; a denominator that counts no cases may stay."""
    columns = [c for c in NUMBERS if c != "denominator"]
    if "denominator" in INDICATORS[key].case_columns:
        columns.append("denominator")
    rows = hidden.to_numpy(dtype="bool")
    public = frame.copy()
    public.loc[rows, columns] = np.nan
    public.loc[rows, ["method", "verdict", "note"]] = ["", "", SUPPRESSED]
    return public


def _hidden_rows(
    key: str,
    frame: pd.DataFrame,
    hidden: "pd.Series[bool]",
    city: Mapping[str, bool],
    *,
    context: Context,
    before: Period | None,
) -> "pd.Series[bool]":
    """Rows of a measure that the public may not see, among those that hold a number."""
    if not INDICATORS[key].case_columns:
        return pd.Series(False, index=frame.index)
    if key in _BY_AREA:
        rows = hidden.drop(RATED)
        if key == RATE:
            rows[CITY] = hidden[RATED]
        if key == CHANGE:
            rows |= _hidden_before(context, before)
    elif INDICATORS[key].is_pooled:
        rows = pd.Series(_any_hidden(context), index=frame.index)
    else:
        rows = pd.Series(True, index=frame.index)
        rows[CITY] = city[key]
    has_number = frame[["value", "n"]].notna().any(axis=1) | ~frame["note"].isin(_SAYS_NOTHING)
    return rows.reindex(frame.index) & has_number


_SAYS_NOTHING = ("", "not_chosen", "not_an_area", "no_population", "no_members", "no_target",
                 "target_is_whole", "no_period", "not_held")  # fmt: skip


def _hidden_before(context: Context, before: Period | None) -> "pd.Series[bool]":
    """Hidden rows of the period that is compared with; all, when there is none."""
    if context.filter.period is None or context.observed is None:
        return pd.Series(False, index=context.index)
    earlier = replace(context.filter, period=comparison_period(context, before))
    return public_lattice(context).hidden_areas(earlier).drop(RATED)


def _any_hidden(context: Context) -> bool:
    """Whether any kelurahan, or the unknown ones, of any kecamatan are hidden in the period. The
    mean and the spread to which pooled values are drawn could be solved for a hidden one.
    """
    whole = Filter(context.filter.period, context.filter.problems, context.filter.professions)
    return bool(public_lattice(context).hidden_areas(whole).drop([OUTSIDE]).any())


def _unit_in(start: object, unit: str, whole: Period | None) -> Period:
    """The part of a unit of time that ends with the filter's period."""
    from lk3.counts.period import unit_end

    each = Period(start, unit_end(start, unit))  # type: ignore[arg-type]
    return each if whole is None else (each.cut(whole.end) or each)


def _check(audience: str) -> None:
    if audience not in AUDIENCES:
        raise ValueError(f"unknown audience {audience!r}; known are {AUDIENCES}")
