"""Months that are out of the ordinary for a kelurahan, judged by its own earlier months.

In: reported months by kelurahan. Out: the months with more cases than its own past leaves to
chance, and kelurahan that have fallen silent. Out of the ordinary is not wrong: a true surge looks
the same, so somebody should look.

Rule. From up to 36 earlier reported months with x cases in n months (at least 12) the next month is
expected to follow the predictive distribution of a Poisson count whose rate is as uncertain as
those months leave it (Jeffreys prior: negative binomial with mean m = (x + 1/2)/n and size
x + 1/2). Where months of all kelurahan scatter more than Poisson counts do (phi, Pearson, never
under 1), its variance grows by as much: size m / (phi (1 + 1/n) - 1). A month is flagged when the
chance of so many cases or more is under 1 in 1000; flagged months are left out of later baselines,
as in Farrington et al. 1996 (J R Stat Soc A 159: 547), whose scheme this follows for counts of 0 to
3, where its normal approximation does not hold. Silence: no case in the last L months, flagged when
the chance of that is under 1 in 200.
"""

import numpy as np
import pandas as pd
from scipy import stats

from lk3.places import CITY

HIGH, SILENT = "high", "silent"
HIGH_CHANCE, SILENT_CHANCE = 1 / 1000, 1 / 200
BASELINE, LEAST = 36, 12
_COLUMNS = ["kelurahan_code", "month", "kind", "cases", "months", "expected", "limit", "chance"]


def unusual_months(reported: pd.DataFrame) -> pd.DataFrame:
    """Flagged months, the latest first.

    In: `quality_months.reported_months`. Out: [kelurahan_code, month, kind ("high", "silent"),
    cases, months (1, or the length of the silence), expected (cases in these months), limit (the
    most that chance leaves; NaN for silence), chance].
    """
    rows = reported[reported["kelurahan_code"] != CITY]
    told = rows.assign(cases=rows["cases"].where(rows["state"].isin(["cases", "zero"])))
    if told.empty:
        return pd.DataFrame(columns=_COLUMNS)
    grid = told.pivot(index="kelurahan_code", columns="month", values="cases").astype("float64")
    counts = grid.to_numpy()
    high = flag_high(counts)
    found = pd.concat([_high_rows(grid, high), _silent_rows(grid, high["flagged"])])
    return found.sort_values(["month", "chance"], ascending=[False, True], ignore_index=True)


def flag_high(counts: np.ndarray) -> dict[str, np.ndarray]:
    """Judge every month of every place by its past.

    counts: places x months, NaN where nothing was reported. Out, in the same shape: `flagged`
    (bool), `expected`, `chance` and `limit` (NaN where the past is too short).
    """
    shape = counts.shape
    flagged = np.zeros(shape, dtype=bool)
    expected, chance, limit = (np.full(shape, np.nan) for _ in range(3))
    for month in range(LEAST, shape[1]):
        past = np.where(flagged, np.nan, counts)[:, max(0, month - BASELINE) : month]
        mean, size, enough = predictive(past, months=1)
        p = size / (size + mean)
        now = counts[:, month]
        judged = enough & ~np.isnan(now)
        tail = stats.nbinom.sf(now - 1, size, p)
        expected[:, month] = np.where(judged, mean, np.nan)
        chance[:, month] = np.where(judged, tail, np.nan)
        limit[:, month] = np.where(judged, stats.nbinom.isf(HIGH_CHANCE, size, p), np.nan)
        flagged[:, month] = judged & (tail < HIGH_CHANCE)
    return {"flagged": flagged, "expected": expected, "chance": chance, "limit": limit}


def predictive(past: np.ndarray, *, months: int | np.ndarray) -> tuple[np.ndarray, ...]:
    """Mean and size of the negative binomial that the next `months` together follow, and whether
    the past is long enough. past: places x months, NaN where nothing was reported.
    """
    n = (~np.isnan(past)).sum(axis=1)
    x = np.nansum(past, axis=1)
    length = np.maximum(n, 1)
    rate = (x + 0.5) / length
    mean = rate * months
    size = mean / (dispersion(past) * (1 + months / length) - 1)
    return mean, size, n >= LEAST


def dispersion(past: np.ndarray) -> float:
    """How much more the months scatter than Poisson counts of each place's own mean (Pearson's
    chi-squared over its degrees of freedom, all places together); at least 1.
    """
    n = (~np.isnan(past)).sum(axis=1, keepdims=True)
    means = np.nansum(past, axis=1, keepdims=True) / np.maximum(n, 1)
    usable = ((means > 0) & (n > 1)).ravel()
    if not usable.any():
        return 1.0
    squares = np.nansum((past - means)[usable] ** 2 / means[usable])
    return max(1.0, float(squares / (n[usable] - 1).sum()))


def _high_rows(grid: pd.DataFrame, high: dict[str, np.ndarray]) -> pd.DataFrame:
    at = np.nonzero(high["flagged"])
    return pd.DataFrame(
        {
            "kelurahan_code": grid.index.to_numpy()[at[0]],
            "month": grid.columns.to_numpy()[at[1]],
            "kind": HIGH,
            "cases": grid.to_numpy()[at],
            "months": 1,
            "expected": high["expected"][at],
            "limit": high["limit"][at],
            "chance": high["chance"][at],
        },
        columns=_COLUMNS,
    )


def _silent_rows(grid: pd.DataFrame, flagged: np.ndarray) -> pd.DataFrame:
    """Kelurahan without a case in their last reported months, where that is unlikely."""
    counts = np.where(flagged, np.nan, grid.to_numpy())
    with_cases = grid.to_numpy() > 0
    ever = with_cases.any(axis=1)
    last = with_cases.shape[1] - 1 - with_cases[:, ::-1].argmax(axis=1)
    found = []
    for place in np.nonzero(ever)[0].tolist():
        quiet = int((~np.isnan(grid.to_numpy()[place, last[place] + 1 :])).sum())
        if not quiet:
            continue
        start = max(0, last[place] + 1 - BASELINE)
        mean, size, enough = predictive(counts[[place], start : last[place] + 1], months=quiet)
        chance = float((size[0] / (size[0] + mean[0])) ** size[0])
        if enough[0] and chance < SILENT_CHANCE:
            month = grid.columns[np.nonzero(~np.isnan(grid.to_numpy()[place]))[0][-1]]
            row = (grid.index[place], month, SILENT, 0, quiet, mean[0], np.nan, chance)
            found.append(row)
    return pd.DataFrame(found, columns=_COLUMNS)
