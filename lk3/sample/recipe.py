"""What the sample is made of: how many, where, what share, which flaws; from `data/reference/`.

In: the files `sample_*.csv`. Out: plain values for the planning. Nothing here is drawn by chance.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from lk3.errors import UserError
from lk3.language import _
from lk3.places import Places, population_in
from lk3.settings import REFERENCE_DIR
from lk3.vocabulary import read_csv

_AREAS = 15  # for which the recipe is written
_CASES_AN_AREA = 42
_MOST_CASES, _MOST_AREAS = 5_000, 200  # of more, the first start would take half a minute
MOST_CASES_A_YEAR = 1_000_000  # a sheet has 1,048,576 rows, titles and signature included


@dataclass(frozen=True)
class Shares:
    """The choices of one field and how often each is taken (adding up to 1)."""

    keys: tuple[str, ...]
    weights: np.ndarray


@dataclass(frozen=True)
class Year:
    """One year of the register: its number of cases and the last day that it covers."""

    year: int
    cases: int
    last_day: date


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong in the register of `year`, `at` this share of the way down.

    `flaw` is the field that is overwritten by `written`, or "copied" (the row stands there twice)
    or "continued" (the row comes back later with its last status).
    """

    year: int
    at: float
    flaw: str
    written: str


def shares(of: str) -> Shares:
    """The choices of one field: problem, sex, profession, service, status_open and so on."""
    rows = [row for row in read_csv(REFERENCE_DIR / "sample_shares.csv") if row["of"] == of]
    weights = np.array([float(row["share"]) for row in rows])
    return Shares(tuple(row["key"] for row in rows), weights / weights.sum())


def ages() -> dict[str, tuple[int, int]]:
    """The youngest and the oldest client of each problem."""
    rows = [row for row in read_csv(REFERENCE_DIR / "sample_shares.csv") if row["ages"]]
    spans = {row["key"]: row["ages"].split("-") for row in rows}
    return {problem: (int(low), int(high)) for problem, (low, high) in spans.items()}


def usual_cases(places: Places) -> int | None:
    """How many cases the sample of a place has when nobody says how many: about forty for each of
    its kelurahan, at most so many that it is read quickly; None for as many as the recipe says,
    which are enough for a small place.
    """
    areas = len(places.codes)
    return None if areas <= _AREAS else min(areas * _CASES_AN_AREA, _MOST_CASES)


def years(cases: int | None) -> list[Year]:
    """The years of the register, oldest first; `cases` in all instead of the usual number.

    Raises UserError for fewer than one case or for more than the sheets can hold.
    """
    rows = read_csv(REFERENCE_DIR / "sample_years.csv")
    usual = np.array([int(row["cases"]) for row in rows])
    counts = usual if cases is None else _shared_out(cases, usual)
    if counts.sum() < 1 or counts.max() > MOST_CASES_A_YEAR:
        raise UserError(
            _(
                "Jumlah kasus contoh yang diminta adalah {cases}; seharusnya 1 sampai sekitar "
                "5 juta. Ubah jumlahnya."
            ).format(cases=cases)
        )
    return [
        Year(int(row["year"]), int(count), _end_of_month(int(row["year"]), int(row["last_month"])))
        for row, count in zip(rows, counts, strict=True)
    ]


def flaws(year: int) -> list[Flaw]:
    """What is wrong in the register of one year, from the top down."""
    return [
        Flaw(year, float(row["at"]), row["flaw"], row["written"])
        for row in read_csv(REFERENCE_DIR / "sample_flaws.csv")
        if int(row["year"]) == year
    ]


def area_profile(places: Places) -> pd.DataFrame:
    """What is true of each kelurahan in the sample.

    Out: indexed by code, the most populous first: population (1 where it is not known), rate_ratio
    (its rate against most others), lacks (professions without a member, joined by "|"). The
    profiles are dealt out by size, again from the top when there are more kelurahan than profiles.
    """
    known = population_in(places.population, years(None)[-1].year)["population"]
    people = known.reindex(places.codes).fillna(1)
    areas = people.sort_values(ascending=False, kind="stable").to_frame("population")
    profiles = read_csv(REFERENCE_DIR / "sample_areas.csv")
    dealt = [profiles[i % len(profiles)] for i in range(len(areas))]
    return areas.assign(
        rate_ratio=[float(profile["rate_ratio"]) for profile in dealt],
        lacks=[profile["lacks"] for profile in dealt],
    )


def member_posts(areas: int = _AREAS) -> list[dict[str, str]]:
    """How many members of each profession a term has: sheet, started_on, ended_on, profession,
    members, city_wide (of these, how many serve the whole city); as many times as many as there are
    more kelurahan than the recipe is written for, up to a number that is read quickly.
    """
    posts = read_csv(REFERENCE_DIR / "sample_members.csv")
    times = max(_AREAS, min(areas, _MOST_AREAS)) / _AREAS
    numbers = ("members", "city_wide")
    return [post | {key: str(round(int(post[key]) * times)) for key in numbers} for post in posts]


def _shared_out(total: int, usual: np.ndarray) -> np.ndarray:
    """`total` in the proportions of `usual`, in whole numbers (largest remainders)."""
    exact = total * usual / usual.sum()
    counts = np.floor(exact).astype(int)
    late = np.argsort(counts - exact, kind="stable")[: total - counts.sum()]
    counts[late] += 1
    return counts


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
