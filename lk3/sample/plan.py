"""The cases of the sample as they are in truth, before anybody writes them into a register.

In: the recipe, the places and a seed. Out: one table per year, a row per case. The chance differs
between kelurahan only as the recipe's `rate_ratio` says, so that one year rarely tells two of them
apart and several years together do.
"""

import math
from datetime import date

import numpy as np
import pandas as pd

from lk3.places import OUTSIDE, Places
from lk3.sample import recipe
from lk3.sample.recipe import Shares, Year

MEDIAN_DAYS_TO_CLOSE = 24
SPREAD_OF_LOG_DAYS = 0.95
FORGOTTEN_SHARE = 0.03  # never closed in the register
NEW_FOR_DAYS = 14
SECOND_PROBLEM_SHARE = 0.08


def plan_year(year: Year, *, as_of: date, seed: int, places: Places) -> pd.DataFrame:
    """The cases of one year in the order of reporting.

    Out: number (1, 2, ... of this year), reported_on, closed_on (NaT while open on `as_of`), place
    (code of a kelurahan or "outside"), problem, second_problem ("" mostly), sex, age (years),
    profession, service, status, referral ("" mostly). The same arguments give the same table.
    """
    random = np.random.default_rng([seed, year.year])
    n = year.cases
    plan = pd.DataFrame({"number": np.arange(1, n + 1)})
    plan["reported_on"] = np.sort(_working_days(random, year, n))
    plan["place"] = _where(random, n, places)
    problems = recipe.shares("problem")
    plan["problem"] = _choose(random, problems, n)
    second = np.where(random.random(n) < SECOND_PROBLEM_SHARE, _choose(random, problems, n), "")
    plan["second_problem"] = np.where(second == plan["problem"], "", second)
    plan["age"] = _ages(random, plan["problem"])
    for field in ("sex", "profession", "service", "referral"):
        plan[field] = _choose(random, recipe.shares(field), n)
    plan["closed_on"] = _closing_days(random, plan["reported_on"], as_of)
    plan["status"] = _statuses(random, plan, as_of)
    return plan


def _choose(random: np.random.Generator, shares: Shares, n: int) -> np.ndarray:
    return np.array(shares.keys, dtype=object)[random.choice(len(shares.keys), n, p=shares.weights)]


def _working_days(random: np.random.Generator, year: Year, n: int) -> np.ndarray:
    """Days of reporting: Monday to Friday, by the seasons."""
    days = pd.bdate_range(date(year.year, 1, 2), year.last_day)
    months = recipe.shares("month")
    by_month = dict(zip((int(key) for key in months.keys), months.weights, strict=True))
    weights = np.array([by_month[day.month] for day in days])
    return days.to_numpy()[random.choice(len(days), n, p=weights / weights.sum())]


def _where(random: np.random.Generator, n: int, places: Places) -> np.ndarray:
    areas = recipe.area_profile(places)
    weights = (areas["population"] * areas["rate_ratio"]).to_numpy(dtype=float)
    inside = Shares(tuple(areas.index), weights / weights.sum())
    outside = _choose(random, recipe.shares("place"), n) == "outside"
    return np.where(outside, OUTSIDE, _choose(random, inside, n))


def _ages(random: np.random.Generator, problems: pd.Series) -> np.ndarray:
    spans = recipe.ages()
    low = problems.map({key: span[0] for key, span in spans.items()}).to_numpy()
    high = problems.map({key: span[1] for key, span in spans.items()}).to_numpy()
    return random.integers(low, high + 1) if len(problems) else np.array([], dtype=int)


def _closing_days(random: np.random.Generator, reported_on: pd.Series, as_of: date) -> pd.Series:
    """Log-normal times to close; what would close after `as_of` is open still."""
    n = len(reported_on)
    days = random.lognormal(math.log(MEDIAN_DAYS_TO_CLOSE), SPREAD_OF_LOG_DAYS, n)
    closed_on = reported_on + pd.to_timedelta(np.ceil(days).astype(int), unit="D")
    still_open = (closed_on > pd.Timestamp(as_of)) | (random.random(n) < FORGOTTEN_SHARE)
    return closed_on.mask(still_open)


def _statuses(random: np.random.Generator, plan: pd.DataFrame, as_of: date) -> np.ndarray:
    closed = _choose(random, recipe.shares("status_closed"), len(plan))
    running = _choose(random, recipe.shares("status_open"), len(plan))
    waiting_days = (pd.Timestamp(as_of) - plan["reported_on"]).dt.days
    still_open = np.where(waiting_days <= NEW_FOR_DAYS, "baru", running)
    return np.where(plan["closed_on"].notna(), closed, still_open)
