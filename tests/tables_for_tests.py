"""Tables by their schemas from a few words, for the tests of counts, indicators and disclosure."""

from datetime import date
from typing import Any

import pandas as pd

from lk3 import tables
from lk3.counts import Filter
from lk3.disclosure import release
from lk3.indicators import Context, compute_all
from lk3.places import load_places

PLACES = load_places()
A, B, C = PLACES.codes[:3]


def case_table(*rows: dict[str, Any]) -> pd.DataFrame:
    """Cases reported to the day on 15 June 2023 in kelurahan A unless a row says otherwise."""
    usual = {
        "reported_on": "2023-06-15",
        "reported_precision": "day",
        "kelurahan_code": A,
        "problem": "kdrt",
        "status": "baru",
        "sex": "P",
        "age_band": "25-44",
        "cases": 1,
        "profession": "pkh",
    }
    full = [usual | row for row in rows]
    for row in full:
        row.setdefault("problems", row["problem"])
        row.setdefault("closed_precision", "day" if row.get("closed_on") else "")
    frame = pd.DataFrame(full, columns=None if full else list(usual))
    for column in ("reported_on", "closed_on"):
        if column in frame:
            frame[column] = pd.to_datetime(frame[column])
    return tables.CASES.conform(frame)


def member_table(*rows: dict[str, Any]) -> pd.DataFrame:
    """Members of kelurahan A, PKH companions, who serve from 2020 on."""
    usual = {"kelurahan_code": A, "profession": "pkh", "started_on": "2020-03-09"}
    frame = pd.DataFrame([usual | row for row in rows], columns=None if rows else list(usual))
    for column in ("started_on", "ended_on"):
        if column in frame:
            frame[column] = pd.to_datetime(frame[column])
    return tables.MEMBERS.conform(frame)


def population_table(people: dict[tuple[str, int], int], *, status: str = "official") -> Any:
    """Population by (code, year)."""
    rows = [
        {"code": code, "year": year, "population": number, "status": status}
        for (code, year), number in people.items()
    ]
    return tables.POPULATION.conform(
        pd.DataFrame(rows, columns=["code", "year", "population", "status"])
    )


def same_population(number: int = 10_000, *, year: int = 2023) -> pd.DataFrame:
    """The same number of people in every kelurahan."""
    return population_table({(code, year): number for code in PLACES.codes})


def context_of(
    cases: pd.DataFrame,
    filter: Filter | None = None,
    *,
    members: pd.DataFrame | None = None,
    population: pd.DataFrame | None = None,
    as_of: date = date(2024, 12, 31),
) -> Context:
    """A context with every kelurahan of 10,000 people and no members unless given."""
    held = tables.Tables(
        cases,
        member_table() if members is None else members,
        same_population() if population is None else population,
        tables.FINDINGS.empty(),
    )
    return Context(held, filter or Filter(), PLACES, as_of)


def public_measures(context: Context) -> dict[str, pd.DataFrame]:
    """Every measure of a context as the public may see it."""
    return dict(release(compute_all(context), audience="public", context=context).measures)
