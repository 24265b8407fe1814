"""Measures and tables as an audience may see them.

`internal` (signed-in staff) sees everything. For `public`, counts of cases from 1 to
LK3_SUPPRESS_BELOW - 1 are hidden, and with them every rate, share and median that rests on them;
further cells are hidden until no total gives them back. Hidden numbers are NaN with the note
"suppressed", so that they never look like "no data".
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lk3 import settings
from lk3.disclosure.suppression import Counts, Mask, suppress
from lk3.indicators.measure import NUMBERS, SUPPRESSED
from lk3.indicators.registry import INDICATORS
from lk3.places import CITY, OUTSIDE
from lk3.vocabulary import UNKNOWN

AUDIENCES = ("internal", "public")
# Measures of the same cases: what is hidden of the first is hidden of the others too, because a
# count of clients is nearly the count of cases.
_SAME_CASES = (
    "cases", "case_rate_per_10k", "cases_change", "clients", "problems", "service_coverage",
)  # fmt: skip


@dataclass(frozen=True)
class Released:
    """Measure frames by indicator key, as the audience may see them."""

    measures: Mapping[str, pd.DataFrame]
    audience: str


@dataclass(frozen=True)
class ReleasedTable:
    """A cross table as the audience may see it.

    frame: [*dimensions, "cases", "note"], every combination of the values that occur; cases are
    float, NaN where hidden. totals: the sums over each dimension, by its name, and over all under
    "": [the dimensions that are left, "cases", "note"]; outside is in no total over areas.
    """

    frame: pd.DataFrame
    totals: Mapping[str, pd.DataFrame]
    dimensions: tuple[str, ...]
    audience: str


def release(
    measures: Mapping[str, pd.DataFrame], *, audience: str, threshold: int | None = None
) -> Released:
    """The measures for an audience. Raises ValueError for an unknown audience, KeyError for a
    measure that the registry does not know: nothing leaves unjudged.
    """
    _check(audience)
    limit = settings.get_int("LK3_SUPPRESS_BELOW") if threshold is None else threshold
    for key in measures:
        INDICATORS[key]
    if audience == "internal":
        return Released(dict(measures), audience)
    same_cases = _case_mask(measures, threshold=limit)
    released = {}
    for key, frame in measures.items():
        judged = key in _SAME_CASES or INDICATORS[key].is_pooled
        hidden = same_cases if judged else None
        released[key] = _hide(frame, _mask(key, frame, hidden, threshold=limit), key)
    return Released(released, audience)


def release_table(
    table: pd.DataFrame, *, audience: str, value: str = "cases", threshold: int | None = None
) -> ReleasedTable:
    """A table of counts by one, two or three dimensions for an audience.

    table: [*dimensions, value], one row per combination that occurs (the others are 0), no rows of
    totals. Raises ValueError for an unknown audience or when a combination occurs twice.
    """
    _check(audience)
    limit = settings.get_int("LK3_SUPPRESS_BELOW") if threshold is None else threshold
    dimensions = tuple(column for column in table.columns if column != value)
    series = table.set_index(list(dimensions))[value]
    if not series.index.is_unique:
        raise ValueError(f"a combination of {dimensions} occurs twice")
    levels = [pd.Index(table[name].unique()) for name in dimensions]
    grid, equations = _with_totals(series, levels)
    hidden = np.zeros(grid.size, dtype=bool)
    if audience == "public" and grid.size > 1:
        hidden = suppress(grid.ravel(), equations, threshold=limit)
    return _as_table(grid, hidden.reshape(grid.shape), levels, dimensions, value, audience)


def _check(audience: str) -> None:
    if audience not in AUDIENCES:
        raise ValueError(f"unknown audience {audience!r}; known are {AUDIENCES}")


def _case_mask(measures: Mapping[str, pd.DataFrame], *, threshold: int) -> pd.Series | None:
    """What is hidden of the cases themselves, by area and "rate" for the city's number in the rate.

    It rests on the cases alone, never on what else leaves with them, so that two exports of the
    same period hide the same.
    """
    key = next((k for k in ("cases", "case_rate_per_10k", "cases_change") if k in measures), None)
    if key is None:
        return None
    rate = measures.get("case_rate_per_10k")
    with_rate = None if rate is None else rate["denominator"].notna()
    return _case_pattern(measures[key]["n"], with_rate, threshold=threshold)


def _case_pattern(counts: pd.Series, with_rate: pd.Series | None, *, threshold: int) -> pd.Series:
    """The kelurahan make the city's number in the rate; that and the unknown ones make the city's
    cases: so neither may give a hidden one back.
    """
    areas = counts.drop([CITY, OUTSIDE, UNKNOWN]).dropna()
    unknown = counts.get(UNKNOWN, np.nan)
    rated = pd.Series(True, index=areas.index)
    if with_rate is not None:
        rated = with_rate.reindex(areas.index, fill_value=False).astype("bool")
    rest = pd.Series({UNKNOWN: unknown}).dropna()
    parts = pd.concat([areas, rest])
    in_rate = rated.reindex(parts.index, fill_value=False).to_numpy(dtype="float64")
    totals = pd.Series({CITY: parts.sum(), "rate": areas[rated].sum()})
    everything = pd.concat([parts, totals])
    equations = np.array(
        [
            [*np.ones(len(parts)), -1, 0],
            [*in_rate, 0, -1],
            [*(1 - in_rate), -1, 1],
        ]
    )
    if (in_rate == 1).all():  # then the two totals are the same number
        everything, equations = everything.drop("rate"), equations[:1, :-1]
    mask = suppress(everything.to_numpy(dtype="float64"), equations, threshold=threshold)
    hidden = pd.Series(mask, index=everything.index)
    hidden["rate"] = hidden.get("rate", hidden[CITY])
    hidden[OUTSIDE] = 0 < counts.get(OUTSIDE, 0) < threshold
    return hidden


def _mask(
    key: str, frame: pd.DataFrame, same_cases: pd.Series | None, *, threshold: int
) -> pd.Series:
    """Rows of a measure to hide: those of the same cases, and small counts of its own."""
    hidden = pd.Series(False, index=frame.index)
    if same_cases is not None:
        hidden |= same_cases.reindex(frame.index, fill_value=False)
    if key == "case_rate_per_10k" and same_cases is not None:
        hidden[CITY] = same_cases["rate"]
        return hidden
    if key == "cases_change":
        return hidden | _before_mask(frame, threshold=threshold)
    if INDICATORS[key].is_pooled:
        return _pooled_mask(frame, same_cases)
    columns = INDICATORS[key].case_columns
    before = None
    while before is None or (hidden != before).any():
        before = hidden.copy()
        for column in columns:
            hidden |= _area_mask(_column(frame, column), hidden, threshold=threshold)
    return hidden


def _pooled_mask(frame: pd.DataFrame, same_cases: pd.Series | None) -> pd.Series:
    """All or nothing: the mean and the spread to which every value is drawn can be solved from the
    values shown, and give back those that are hidden. Without the cases nothing can be judged.
    """
    anything = same_cases is None or bool(same_cases.drop(OUTSIDE).any())
    return frame[["value", "n"]].notna().any(axis=1) & anything


def _before_mask(frame: pd.DataFrame, *, threshold: int) -> pd.Series:
    """Hidden as in the period before's own export, so that the two do not differ."""
    pattern = _case_pattern(frame["denominator"], None, threshold=threshold)
    return pattern.reindex(frame.index, fill_value=False)


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    return frame["denominator"] - frame["n"] if name == "rest" else frame[name]


def _area_mask(counts: pd.Series, hidden: pd.Series, *, threshold: int) -> pd.Series:
    """The rows to hide when the kelurahan and the unknown ones make the city."""
    parts = counts.drop([CITY, OUTSIDE]).dropna()
    cells = pd.concat([parts, pd.Series({CITY: parts.sum()})])
    equations = np.array([[*np.ones(len(parts)), -1.0]])
    mask = suppress(
        cells.to_numpy(dtype="float64"),
        equations,
        threshold=threshold,
        hidden=hidden[cells.index].to_numpy(dtype="bool"),
    )
    found = pd.Series(mask, index=cells.index)
    found[OUTSIDE] = bool(0 < counts[OUTSIDE] < threshold) or bool(hidden[OUTSIDE])
    return found.reindex(counts.index, fill_value=False)


def _hide(frame: pd.DataFrame, hidden: pd.Series, key: str) -> pd.DataFrame:
    """The measure without its hidden rows; a denominator that counts no cases may stay."""
    columns = [c for c in NUMBERS if c != "denominator"]
    if "denominator" in INDICATORS[key].case_columns:
        columns.append("denominator")
    rows = hidden.to_numpy(dtype="bool")
    public = frame.copy()
    public.loc[rows, columns] = np.nan
    public.loc[rows, ["method", "verdict", "note"]] = ["", "", SUPPRESSED]
    return public


def _with_totals(series: pd.Series, levels: list[pd.Index]) -> tuple[Counts, Counts]:
    """The full grid with a total at the end of each axis, and its equations."""
    product = pd.MultiIndex.from_product(levels) if len(levels) > 1 else levels[0]
    inner = series.reindex(product, fill_value=0).to_numpy(dtype="float64")
    grid = inner.reshape([len(level) for level in levels])
    for axis, level in enumerate(levels):
        weights = np.where(level == OUTSIDE, 0.0, 1.0)
        total = np.expand_dims(np.tensordot(weights, grid, axes=(0, axis)), axis)
        grid = np.concatenate([grid, total], axis=axis)
    return grid, _equations(grid.shape, levels)


def _equations(shape: tuple[int, ...], levels: list[pd.Index]) -> Counts:
    cells = np.arange(int(np.prod(shape))).reshape(shape)
    rows = []
    for axis, level in enumerate(levels):
        weights = np.append(np.where(level == OUTSIDE, 0.0, 1.0), -1.0)
        for line in np.moveaxis(cells, axis, -1).reshape(-1, shape[axis]):
            row = np.zeros(cells.size)
            row[line] = weights
            rows.append(row)
    return np.array(rows)


def _as_table(
    grid: Counts,
    hidden: Mask,
    levels: list[pd.Index],
    dimensions: tuple[str, ...],
    value: str,
    audience: str,
) -> ReleasedTable:
    shown = np.where(hidden, np.nan, grid)
    frames = {}
    inner = tuple(slice(0, -1) for _ in levels)
    for name, axes in [("all", ()), *((d, (i,)) for i, d in enumerate(dimensions))]:
        picked = tuple(-1 if i in axes else part for i, part in enumerate(inner))
        left = [i for i in range(len(levels)) if i not in axes]
        frames[name] = _long(
            shown[picked], [levels[i] for i in left], [dimensions[i] for i in left], value
        )
    totals = {d: frames[d] for d in dimensions}
    totals[""] = _long(shown[tuple(-1 for _ in levels)], [], [], value)
    return ReleasedTable(frames["all"], totals, dimensions, audience)


def _long(
    shown: np.ndarray, levels: list[pd.Index], dimensions: list[str], value: str
) -> pd.DataFrame:
    numbers = np.atleast_1d(shown).ravel()
    frame = pd.DataFrame({value: numbers, "note": np.where(np.isnan(numbers), SUPPRESSED, "")})
    if not levels:
        return frame
    index = pd.MultiIndex.from_product(levels, names=dimensions)
    return pd.concat([index.to_frame(index=False), frame], axis=1)
