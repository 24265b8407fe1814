"""The members of the sample: who serves where and for how long.

In: the recipe and the places. Out: per term the rows of its sheet. Members are dealt out kelurahan
by kelurahan, the most populous first; the recipe names the kelurahan that go without a profession,
so that the map has gaps worth finding.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

import numpy as np
import pandas as pd

from lk3.places import CITY, Places
from lk3.sample import recipe, wording
from lk3.sample.wording import Cell


@dataclass(frozen=True)
class Term:
    """One term: the name of its sheet, its first and last day, and its rows (No, code name of the
    member, profession, kelurahan, first day, last day or "").
    """

    sheet: str
    started_on: date
    ended_on: date | None
    rows: list[list[Cell]]


def plan_members(*, seed: int, places: Places) -> list[Term]:
    """The terms, oldest first. Members are numbered on from term to term: no two share a code."""
    terms: list[Term] = []
    every = recipe.member_posts(len(places.codes))
    for sheet, posts in groupby(every, key=lambda post: post["sheet"]):
        first_number = 1 + sum(len(term.rows) for term in terms)
        terms.append(_plan_term(sheet, list(posts), first_number, seed, places))
    return terms


def _plan_term(
    sheet: str, posts: list[dict[str, str]], first_number: int, seed: int, places: Places
) -> Term:
    seats = _seats(posts, places)
    random = np.random.default_rng([seed, first_number, 2])
    kelurahan = wording.write_as(random, seats["code"], wording.place_variants(places))
    professions = wording.write_as(
        random, seats["profession"], wording.term_variants("professions")
    )
    started_on = date.fromisoformat(posts[0]["started_on"])
    ended_on = date.fromisoformat(posts[0]["ended_on"]) if posts[0]["ended_on"] else None
    days = [_as_cell(started_on), _as_cell(ended_on)]
    rows: list[list[Cell]] = [
        [number + 1, f"Anggota {first_number + number:03d}", profession, place, *days]
        for number, (profession, place) in enumerate(zip(professions, kelurahan, strict=True))
    ]
    return Term(sheet, started_on, ended_on, rows)


def _as_cell(day: date | None) -> Cell:
    return "" if day is None else datetime(day.year, day.month, day.day)


def _seats(posts: list[dict[str, str]], places: Places) -> pd.DataFrame:
    """Where every member of a term serves: code, profession; kelurahan by kelurahan, as a letter of
    appointment lists them, those for the whole city last.
    """
    profile = recipe.area_profile(places)
    dealt = [
        (code, post["profession"])
        for post in posts
        for code in _deal(int(post["members"]), int(post["city_wide"]), post["profession"], profile)
    ]
    seats = pd.DataFrame(dealt, columns=["code", "profession"])
    rank = {code: i for i, code in enumerate([*places.codes, CITY])}
    return seats.sort_values("code", key=lambda codes: codes.map(rank), kind="stable")


def _deal(members: int, city_wide: int, profession: str, profile: pd.DataFrame) -> list[str]:
    """The codes that the members of one profession serve."""
    lacking = profile["lacks"].str.split("|").map(lambda lacks: profession in lacks)
    served = list(profile.index[~lacking])
    local = [served[i % len(served)] for i in range(members - city_wide)]
    return [*local, *[CITY] * city_wide]
