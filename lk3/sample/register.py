"""The case registers: what a clerk writes in a year, row by row, with what is wrong in it.

In: the plan of a year. Out: the rows of its sheet, as lists of cells. The personal columns hold
plainly artificial values ("Klien 0001"); they are there because real registers have them and the
reader has to drop them.
"""

import numpy as np
import pandas as pd

from lk3.places import Places
from lk3.sample import recipe, wording
from lk3.sample.recipe import Flaw
from lk3.sample.wording import Cell

FEWEST_CASES_FOR_FLAWS = 20
FIELDS = (
    "case_id",
    "reported_on",
    "name",
    "nik",
    "sex",
    "age",
    "address",
    "kelurahan",
    "problem",
    "service",
    "profession",
    "status",
    "closed_on",
    "referral",
    "phone",
)
_RUNNING = {"status": "Dalam proses", "closed_on": ""}


def register_rows(
    plan: pd.DataFrame, *, year: int, first_client: int, seed: int, places: Places
) -> list[list[Cell]]:
    """The rows of one year's sheet, each with a counter and then a cell per field of `FIELDS`.

    `first_client` numbers the artificial clients on from the years before.
    """
    cells = _cells(plan, year=year, first_client=first_client, seed=seed, places=places)
    order = list(range(len(cells)))
    if len(cells) >= FEWEST_CASES_FOR_FLAWS:
        for flaw in recipe.flaws(year):
            cells, order = _spoil(cells, order, flaw, places)
    table = cells.to_numpy(dtype=object)
    counter = _counter(order)
    return [[number, *table[at]] for number, at in zip(counter, order, strict=True)]


def _cells(
    plan: pd.DataFrame, *, year: int, first_client: int, seed: int, places: Places
) -> pd.DataFrame:
    random = np.random.default_rng([seed, year, 1])
    clients = [f"{first_client + i:04d}" for i in range(len(plan))]
    texts: dict[str, list] = {
        "case_id": [f"{number:03d}/LK3/{year}" for number in plan["number"]],
        "reported_on": wording.write_days(random, plan["reported_on"]),
        "name": [f"Klien {client}" for client in clients],
        "nik": [client.zfill(16) for client in clients],
        "sex": wording.write_as(random, plan["sex"], wording.sex_variants()),
        "age": _write_ages(random, plan["age"]),
        "address": [f"Jl. Contoh No. {client}" for client in clients],
        "kelurahan": wording.write_as(random, plan["place"], wording.place_variants(places)),
        "problem": wording.write_problems(random, plan["problem"], plan["second_problem"]),
        "closed_on": wording.write_days(random, plan["closed_on"]),
        "referral": list(plan["referral"]),
        "phone": [f"0800-{client.zfill(8)}" for client in clients],
    }
    for field, name in (
        ("service", "services"),
        ("profession", "professions"),
        ("status", "statuses"),
    ):
        texts[field] = wording.write_as(random, plan[field], wording.term_variants(name))
    return pd.DataFrame({field: pd.Series(texts[field], dtype=object) for field in FIELDS})


def _write_ages(random: np.random.Generator, ages: pd.Series) -> list[Cell]:
    in_words = random.random(len(ages)) < 0.1
    return [f"{age} th" if words else int(age) for age, words in zip(ages, in_words, strict=True)]


def _counter(order: list[int]) -> list[int]:
    """The running number: a row that stands twice in a row was pasted with its number."""
    numbers: list[int] = []
    for i, at in enumerate(order):
        pasted = i > 0 and order[i - 1] == at
        numbers.append(numbers[-1] if pasted else (numbers[-1] if numbers else 0) + 1)
    return numbers


def _spoil(
    cells: pd.DataFrame, order: list[int], flaw: Flaw, places: Places
) -> tuple[pd.DataFrame, list[int]]:
    """The same register with one more thing wrong. `order` says which row of `cells` stands where
    in the sheet; rows of `cells` keep their place.
    """
    at = int(flaw.at * cells["case_id"].nunique())
    if flaw.flaw == "copied":
        return cells, [*order[: order.index(at) + 1], at, *order[order.index(at) + 1 :]]
    if flaw.flaw == "continued":
        return _continue(cells, order, at)
    written = flaw.written.format(nobody=wording.nobodys_name(places))
    spoiled = cells.copy()
    spoiled.at[at, flaw.flaw] = written
    return spoiled, order


def _continue(cells: pd.DataFrame, order: list[int], at: int) -> tuple[pd.DataFrame, list[int]]:
    """The first closed case from row `at` on is written as running there, and once more with its
    end as the last row: a continuing client.
    """
    closed = cells.index[(cells.index >= at) & (cells["closed_on"] != "")]
    if closed.empty:
        return cells, order
    again = cells.loc[[closed[0]]]
    running = cells.copy()
    running.loc[closed[0], list(_RUNNING)] = list(_RUNNING.values())
    return pd.concat([running, again], ignore_index=True), [*order, len(cells)]
