"""Synthetic cases of any number, the same for every contender.

In: a number of cases. Out: a folder with `store/` (what the dashboard reads), `cases.parquet` (the
same rows), `areas.csv` (code, name, and the population of each year), `kelurahan.geojson`. The
cases are those of the dashboard's own sample as they are in truth, before they are written down.
"""

import json
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from lk3.intake import CheckedFile
from lk3.places import CITY, Places, load_places, population_in
from lk3.sample import SEED, recipe
from lk3.sample.plan import plan_year
from lk3.settings import REFERENCE_DIR
from lk3.store import Store
from lk3.tables import CASES, FINDINGS, MEMBERS, POPULATION, Tables
from lk3.vocabulary import read_csv, vocabulary

SOURCE = "register"


def folder_for(rows: int) -> Path:
    """The folder with so many cases, made once per machine."""
    folder = Path(tempfile.gettempdir()) / f"lk3-peers-{rows}"
    if not folder.exists():
        part = Path(tempfile.mkdtemp(prefix="lk3-peers-"))
        _fill(part, rows)
        part.rename(folder)
    return folder


def _fill(folder: Path, rows: int) -> None:
    places = load_places()
    cases = all_cases(rows, places)
    tables = Tables(
        cases=cases,
        members=_members(places),
        population=POPULATION.empty(),
        findings=FINDINGS.empty(),
    )
    checked = CheckedFile("register.xlsx", "", "xlsx", "cases", (), tables)
    Store(folder / "store").save(SOURCE, tables, accounting=checked.accounting())
    cases.to_parquet(folder / "cases.parquet", index=False)
    _areas(places, sorted(cases["reported_on"].dt.year.unique())).to_csv(
        folder / "areas.csv", index=False
    )
    (folder / "kelurahan.geojson").write_text(json.dumps(places.geojson), encoding="utf-8")


def all_cases(rows: int, places: Places) -> pd.DataFrame:
    """So many cases over the years of the sample, as `tables.CASES`."""
    years = recipe.years(rows)
    as_of = years[-1].last_day
    plans = [plan_year(year, as_of=as_of, seed=SEED, places=places) for year in years]
    plan = pd.concat(plans, ignore_index=True)
    numbers = pd.Series(np.arange(len(plan))).astype("str")
    second = plan["second_problem"]
    frame = pd.DataFrame(
        {
            "case_id": pd.util.hash_array(numbers.to_numpy(dtype=object)).astype("U20"),
            "reported_on": plan["reported_on"],
            "reported_precision": "day",
            "closed_on": plan["closed_on"],
            "closed_precision": np.where(plan["closed_on"].notna(), "day", ""),
            "kelurahan_code": plan["place"],
            "problem": plan["problem"],
            "problems": plan["problem"].where(second == "", plan["problem"] + "|" + second),
            "profession": plan["profession"],
            "status": plan["status"],
            "service": plan["service"],
            "referred_to": np.where(plan["referral"] != "", "yes", ""),
            "sex": plan["sex"],
            "age_band": _bands(plan["age"]),
            "sheet": plan["reported_on"].dt.year.astype("str"),
            "row": plan["number"] + 5,
            "source": SOURCE,
        }
    )
    return CASES.conform(frame)


def _bands(ages: pd.Series) -> pd.Series:
    rows = [row for row in read_csv(REFERENCE_DIR / "age_bands.csv") if row["from_age"]]
    bands = sorted(rows, key=lambda row: int(row["from_age"]))
    edges = [int(row["from_age"]) for row in bands]
    keys = np.array([row["key"] for row in bands], dtype=object)
    return pd.Series(keys[np.searchsorted(edges, ages, side="right") - 1], index=ages.index)


def _members(places: Places) -> pd.DataFrame:
    """Some professions in each kelurahan, so that what rests on members has numbers too."""
    professions = list(vocabulary("professions").labels())
    posts = [(c, p) for i, c in enumerate(places.codes) for p in professions[: 3 + i % 4]]
    posts.append((CITY, professions[0]))
    frame = pd.DataFrame(posts, columns=["kelurahan_code", "profession"])
    return MEMBERS.conform(
        frame.assign(
            member_id=[f"m{i:04d}" for i in range(len(frame))],
            started_on=pd.Timestamp("2021-01-01"),
            started_precision="day",
            source=SOURCE,
        )
    )


def _areas(places: Places, years: list[int]) -> pd.DataFrame:
    """Code, name, point inside and the population of each year that the rates use."""
    people = {
        str(year): population_in(places.population, int(year))["population"].reindex(places.codes)
        for year in years
    }
    areas = places.areas.loc[places.codes]
    frame = pd.DataFrame(
        {"name": areas["name"], "lon": areas["lon"], "lat": areas["lat"], **people}
    )
    return frame.rename_axis("code").reset_index()
