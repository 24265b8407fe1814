"""What both peers compute, in plain pandas: the numbers of the four charts.

In: the folder of the bench. Out: small frames. Each peer keeps the results as its own guide says.
"""

import json
import os
from pathlib import Path

import pandas as pd

FOLDER = Path(os.environ["LK3_BENCH_FOLDER"])
ALL = "semua"
COLUMNS = ["reported_on", "kelurahan_code", "problem", "profession"]
# An empty style would draw too, but Plotly drops an empty `sources`, and the clicks with it.
OFFLINE = {
    "version": 8,
    "sources": {
        "none": {"type": "geojson", "data": {"type": "Point", "coordinates": [0, 0]}},
    },
    "layers": [{"id": "sea", "type": "background", "paint": {"background-color": "#f6f9fb"}}],
}
MIDDLE, ZOOM, HEIGHT = {"lon": 117.485, "lat": 0.14}, 10.6, 440


def read_cases() -> pd.DataFrame:
    """The columns that the page needs; few values that come often, so as categories."""
    cases = pd.read_parquet(FOLDER / "cases.parquet", columns=COLUMNS)
    return cases.astype(dict.fromkeys(COLUMNS[1:], "category"))


def read_areas() -> pd.DataFrame:
    """Name and population of each year, by code."""
    return pd.read_csv(FOLDER / "areas.csv", dtype={"code": "str"}).set_index("code")


def read_map() -> dict:
    """The boundaries; each feature has its code as `id`."""
    return json.loads((FOLDER / "kelurahan.geojson").read_text(encoding="utf-8"))


def chosen(cases: pd.DataFrame, year: str, problem: str) -> pd.DataFrame:
    """The rows of a year and a problem."""
    if year != ALL:
        start = pd.Timestamp(int(year), 1, 1)
        end = pd.Timestamp(int(year) + 1, 1, 1)
        cases = cases[(cases["reported_on"] >= start) & (cases["reported_on"] < end)]
    return cases if problem == ALL else cases[cases["problem"] == problem]


def rates(rows: pd.DataFrame, areas: pd.DataFrame, year: str) -> pd.DataFrame:
    """Cases per 10,000 people per year by kelurahan, the largest last: code, name, cases, rate."""
    years = [column for column in areas if column.isdigit()] if year == ALL else [year]
    people = areas[years].sum(axis=1)
    cases = rows["kelurahan_code"].value_counts().reindex(areas.index, fill_value=0)
    found = pd.DataFrame({"name": areas["name"], "cases": cases, "rate": 10_000 * cases / people})
    return found.sort_values("rate", kind="stable").reset_index()


def city_rate(found: pd.DataFrame) -> float:
    """The rate of all kelurahan together."""
    return float(found["cases"].sum() / (found["cases"] / found["rate"]).sum())


def monthly(rows: pd.DataFrame, year: str, code: str | None = None) -> pd.DataFrame:
    """Cases by month, of the city (all rows but those from outside) or of one kelurahan."""
    of = rows["kelurahan_code"]
    rows = rows[of == code] if code else rows[of != "outside"]
    counted = rows["reported_on"].dt.to_period("M").value_counts()
    ends = (f"{year}-01", f"{year}-12") if year != ALL else (counted.index.min(), "2026-10")
    counted = counted.reindex(pd.period_range(*ends, freq="M"), fill_value=0)
    return pd.DataFrame({"month": counted.index.to_timestamp(), "cases": counted})


def crossed(rows: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Cases by kelurahan (rows, by code) and profession (columns)."""
    table = pd.crosstab(rows["kelurahan_code"], rows["profession"])
    return table.reindex(index=areas.index, fill_value=0)
