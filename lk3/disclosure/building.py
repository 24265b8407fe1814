"""From the cases of a version to the masks of all families of counts that the public may see.

In: `tables.CASES`. Out: counts by category and unit of time, then a mask per family, True where
hidden. The city's own series is decided first; the families (kelurahan, problems, professions)
share nothing but its numbers with each other. So whatever a family shows goes with whatever another
shows, and nothing more is known of the two together.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from lk3.counts import Filter, Period, count_cases, held_period
from lk3.counts.period import unit_end
from lk3.disclosure.family import Family, Mask, open_rows
from lk3.disclosure.times import ALL, UNITS, Times, Unit
from lk3.places import CITY, OUTSIDE, Places
from lk3.vocabulary import UNKNOWN

FAMILIES = {"area": "kelurahan_code", "problem": "problem", "profession": "profession"}
_UNDATED = "undated"
Tables = Mapping[str, pd.DataFrame]


def count_all(cases: pd.DataFrame, places: Places) -> Tables:
    """Cases by category (rows) and unit of time (columns: years, quarters, everything) of each
    family; of the city, under "city", by months too. Cases from outside stand in "area" alone.
    """
    units = ("", "year", "quarter")
    tables = {
        name: pd.concat([_counted(cases, by, unit, places) for unit in units], axis=1)
        for name, by in FAMILIES.items()
    }
    rows = [*places.codes, UNKNOWN, OUTSIDE]
    tables["area"] = tables["area"].reindex(rows)
    months = _counted(cases, "kelurahan_code", "month", places)
    city = pd.concat([tables["area"], months], axis=1).drop(OUTSIDE)
    tables["city"] = city.sum().to_frame(CITY).T
    return {name: table.fillna(0.0) for name, table in tables.items()}


def times_of(cases: pd.DataFrame, tables: Tables, *, as_of: date) -> Times:
    """The units of time of the data."""
    city = tables["city"].loc[CITY]
    times = Times(held_period(cases), as_of)
    dated = sum(city.get(year, 0.0) for year in times.units("year"))
    return Times(times.held, as_of, bool(city[ALL] > dated))


def masks(tables: Tables, places: Places, times: Times, *, threshold: int) -> dict[str, Mask]:
    """The mask of each family. Should one have to hide a number of the city, then all are decided
    again with it hidden.
    """
    city_counts: Any = tables["city"].loc[CITY]
    also = pd.Series(dtype="bool")
    while True:
        city = tree_mask(city_counts, times, hidden=also, threshold=threshold)
        found = {}
        for name in FAMILIES:
            sums = _sums(name, tables[name], places)
            found[name] = _family_mask(tables[name], sums, times, city, threshold)
        rows = pd.DataFrame({name: mask.loc[CITY] for name, mask in found.items()})
        hidden = rows.reindex(city.index).fillna(value=False).any(axis=1)
        if not (hidden & ~city).any():
            return {"city": city.to_frame(CITY).T, **found}
        also = hidden


def tree_mask(
    counts: pd.Series,
    times: Times,
    *,
    threshold: int,
    hidden: pd.Series | None = None,
    units: tuple[str, ...] = UNITS,
) -> "pd.Series[bool]":
    """Which units of time of one series are hidden. counts: by unit; what a unit has beside its
    parts is a rest of its own.
    """
    frame, sums = over_time(counts.to_frame(CITY).T, times, units=units)
    already = None
    if hidden is not None:
        already = hidden.reindex(frame.columns, fill_value=False).to_frame(CITY).T
    found: Any = Family(frame, {}, sums).hide(threshold=threshold, hidden=already)
    return found.loc[CITY]


def over_time(
    rows: pd.DataFrame, times: Times, *, units: tuple[str, ...] = UNITS
) -> tuple[pd.DataFrame, dict[Unit, tuple[Unit, ...]]]:
    """Counts by unit of time with their sums over several years and what each unit has beside its
    parts, then which units make up which.
    """
    frame, windows = _over_years(rows, times)
    sums: dict[Unit, tuple[Unit, ...]] = dict(windows)
    table: Any = frame
    columns: dict[Unit, Any] = {unit: table[unit] for unit in table}
    for unit, finer in zip(units[:-1], units[1:], strict=True):
        for each in times.units(unit):
            parts: list[Unit] = [*times.units(finer, inside=each)]
            values: Any = rows.reindex(columns=parts, fill_value=0.0)
            rest = columns[each] - values.sum(axis=1)
            if rest.any():
                parts.append(f"rest of {unit} {each.start}")
                values[parts[-1]] = rest
            columns |= {part: values[part] for part in parts}
            sums[each] = tuple(parts)
    made = pd.concat([table.iloc[:, :0], *columns.values()], axis=1).astype("float64")
    return made.set_axis(pd.Index(list(columns), dtype="object"), axis=1), sums


def district_row(name: str) -> str:
    """The row of a kecamatan in the family "area"."""
    return f"district {name}"


def _counted(cases: pd.DataFrame, by: str, unit: str, places: Places) -> pd.DataFrame:
    """Categories by units of time; by anything but kelurahan without the cases from outside."""
    keys = [by, *((unit,) if unit else ())]
    found = count_cases(
        cases, Filter(), by=tuple(dict.fromkeys([*keys, "kelurahan_code"])), places=places
    )
    if by != "kelurahan_code":
        found = found[found["kelurahan_code"] != OUTSIDE]
    if not unit:
        return found.groupby(by, observed=True)["cases"].sum().to_frame(ALL).astype("float64")
    wide = found.groupby(keys, observed=True)["cases"].sum().unstack(unit, fill_value=0)
    starts = [key.date() if hasattr(key, "date") else date(int(key), 1, 1) for key in wide.columns]
    wide.columns = pd.Index([Period(day, unit_end(day, unit)) for day in starts], dtype="object")
    return wide.astype("float64")


def _sums(name: str, table: pd.DataFrame, places: Places) -> dict[str, tuple[str, ...]]:
    """The total rows of a family and their parts."""
    if name != "area":
        return {CITY: tuple(table.index)}
    districts = {district_row(each): tuple(places.codes_in((each,))) for each in places.districts}
    return {**districts, CITY: (*districts, UNKNOWN)}


def _family_mask(
    table: pd.DataFrame,
    sums: Mapping[str, tuple[str, ...]],
    times: Times,
    city: "pd.Series[bool]",
    threshold: int,
) -> Mask:
    rows = table.copy()
    for total, parts in sums.items():
        rows.loc[total] = rows.loc[list(parts)].sum()
    frame, windows = _over_years(rows, times)
    of_city = city.reindex(frame.columns, fill_value=False)
    hidden = pd.DataFrame(False, index=frame.index, columns=frame.columns)
    kept = hidden.copy()
    hidden.loc[CITY], kept.loc[CITY] = of_city, ~of_city
    mask = Family(frame, sums, windows).hide(threshold=threshold, hidden=hidden, kept=kept)
    quarters = [
        _quarters(rows, sums, mask, year, times=times, city=city, threshold=threshold)
        for year in times.units("year")
    ]
    return pd.concat([mask, *quarters], axis=1)


def _over_years(
    rows: pd.DataFrame, times: Times
) -> tuple[pd.DataFrame, dict[Unit, tuple[Unit, ...]]]:
    """The years of a table, then sums over several of them, and of which."""
    years: list[Unit] = [*times.units("year")]
    frame = rows.reindex(columns=years, fill_value=0.0)
    windows: dict[Unit, tuple[Unit, ...]] = dict(times.windows.items())
    for window, inside in windows.items():
        frame[window] = frame[list(inside)].sum(axis=1)
    if times.has_undated:
        frame[ALL] = rows[ALL] if ALL in rows else frame[years].sum(axis=1)
        frame[_UNDATED] = frame[ALL] - frame[years].sum(axis=1)
        windows[ALL] = (*years, _UNDATED)
    return frame, windows


def _quarters(
    rows: pd.DataFrame,
    sums: Mapping[str, tuple[str, ...]],
    mask: Any,
    year: Period,
    *,
    times: Times,
    city: "pd.Series[bool]",
    threshold: int,
) -> Mask:
    """The quarters of a year: shown for the categories that are large enough in each of them."""
    quarters: list[Unit] = [*times.units("quarter", inside=year)]
    parts = rows.reindex(columns=quarters, fill_value=0.0)
    parts["rest"] = rows.get(year, 0.0) - parts.sum(axis=1)
    hidden: Any = pd.DataFrame(True, index=rows.index, columns=pd.Index(quarters, dtype="object"))
    if city.reindex([year, *quarters], fill_value=True).any():
        return hidden
    base = [row for row in rows.index if row not in sums]
    inside = [row for row in base if row != OUTSIDE]
    opened = open_rows(parts.loc[inside], ~mask.loc[inside, year], threshold=threshold)
    hidden.loc[opened.index[opened]] = False
    for total, members in sums.items():
        hidden.loc[total] = hidden.loc[list(members)].any().any()
    hidden.loc[CITY] = False
    if OUTSIDE in base:
        alone = open_rows(parts.loc[[OUTSIDE]], ~mask.loc[[OUTSIDE], year], threshold=threshold)
        hidden.loc[OUTSIDE] = not alone[OUTSIDE]
    return hidden
