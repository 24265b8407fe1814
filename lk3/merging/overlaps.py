"""What no register number can settle: sources that may hold the same cases, said and left as it is.

A recap beside a register (or beside another recap) of the same months and kelurahan; registers with
the same rows under different numbers; two figures for the population of one year. Each is a finding
that names both files; what to do is for a person to decide.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd

from lk3.merging.repeats import Found, beside
from lk3.vocabulary import UNKNOWN

_MONTHS = {"day": 1, "month": 1, "quarter": 3, "year": 12}
_ALIKE_AT_LEAST = 5  # rows; fewer may be alike by chance
_ALIKE_SHARE = 0.5  # of the rows of the smaller register in the time that both cover
_LIKENESS = ["reported_on", "kelurahan_code", "problem", "sex", "age_band"]


def overlapping_recaps(cases: pd.DataFrame, sources: pd.DataFrame) -> list[Found]:
    """A finding per recap and other source with cases of the same months and kelurahan.

    In: `tables.CASES`; sources with source, file, saved_at. A recap's cases without a kelurahan may
    be anybody's, so they meet every kelurahan; cases from outside meet only such.
    """
    if (cases["block"] == "").all():
        return []
    rows = _by_month(cases)
    order = sources.sort_values(["saved_at", "source"], ascending=False)
    files = dict(zip(order["source"], order["file"], strict=True))
    recaps = set(rows.loc[rows["recap"], "source"])
    found: list[Found] = []
    for own, other in combinations([s for s in files if s in set(rows["source"])], 2):
        if own not in recaps and other in recaps:
            own, other = other, own  # noqa: PLW2901 the finding is about the recap
        if own in recaps:
            found += _overlap(rows, own, other, files[other])
    return found


def _by_month(cases: pd.DataFrame) -> pd.DataFrame:
    """Cases that count by source, month (whole number) and kelurahan; a quarter and a year stand in
    each of their months, under one `unit`.
    """
    base = cases[cases["breakdown"] == ""]
    units = pd.DataFrame(
        {
            "source": base["source"].astype("str"),
            "recap": base["block"] != "",
            "month": base["reported_on"].dt.year * 12 + base["reported_on"].dt.month - 1,
            "length": base["reported_precision"].astype("str").map(_MONTHS),
            "code": base["kelurahan_code"].astype("str"),
            "cases": base["cases"],
        }
    )
    by = ["source", "recap", "month", "length", "code"]
    units = units.groupby(by, sort=True)["cases"].sum().reset_index()
    units["unit"] = np.arange(len(units))
    months = units.loc[units.index.repeat(units["length"].astype("int64"))]
    return months.assign(month=months["month"] + months.groupby("unit").cumcount())


def _overlap(rows: pd.DataFrame, own: str, other: str, file: str) -> Iterator[Found]:
    mine = rows[(rows["source"] == own) & rows["recap"]]
    pairs = mine.merge(rows[rows["source"] == other], on="month", suffixes=("", "_other"))
    anybodys = (pairs["code"] == UNKNOWN) & (pairs["code_other"] != "outside")
    theirs = (pairs["code_other"] == UNKNOWN) & pairs["recap_other"] & (pairs["code"] != "outside")
    pairs = pairs[(pairs["code"] == pairs["code_other"]) | anybodys | theirs]
    if pairs.empty:
        return
    yield (
        own,
        beside(
            "recap_overlaps",
            file,
            cases=int(pairs.drop_duplicates("unit")["cases"].sum()),
            other_cases=int(pairs.drop_duplicates("unit_other")["cases_other"].sum()),
            months=_month_spans(pairs["month"]),
        ),
    )


def _month_spans(months: pd.Series) -> list[list[str]]:
    """Months as runs of ISO months: [["2024-01", "2024-03"]]."""
    numbers = pd.Series(sorted(set(months.astype("int64"))))
    runs = numbers.groupby((numbers.diff() != 1).cumsum())
    return [[_iso(run.iloc[0]), _iso(run.iloc[-1])] for _n, run in runs]


def _iso(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def registers_alike(cases: pd.DataFrame, sources: pd.DataFrame) -> list[Found]:
    """A finding per pair of registers of which half the rows have a twin in the other: same day,
    kelurahan, problem, sex and age band, but no number in common that would tell.
    """
    registers = cases[(cases["block"] == "") & (cases["reported_precision"] == "day")]
    order = sources.sort_values(["saved_at", "source"], ascending=False)
    files = dict(zip(order["source"], order["file"], strict=True))
    held = [source for source in files if (registers["source"] == source).any()]
    found: list[Found] = []
    for own, other in combinations(held, 2):
        parts = [registers[registers["source"] == source] for source in (own, other)]
        smaller, alike = _twins(*parts)
        if alike >= max(_ALIKE_AT_LEAST, _ALIKE_SHARE * smaller):
            said = beside("registers_alike", files[other], cases=alike)
            found.append((own, said))
    return found


def _twins(mine: pd.DataFrame, theirs: pd.DataFrame) -> tuple[int, int]:
    """Rows of the smaller register in the time that both cover, and how many have a twin."""
    start = max(part["reported_on"].min() for part in (mine, theirs))
    end = min(part["reported_on"].max() for part in (mine, theirs))
    parts = [part[part["reported_on"].between(start, end)] for part in (mine, theirs)]
    smaller = min(len(part) for part in parts)
    if smaller < _ALIKE_AT_LEAST:
        return smaller, 0
    sizes = [part.groupby(_LIKENESS, observed=True).size().rename("n") for part in parts]
    both = sizes[0].to_frame("mine").join(sizes[1].rename("theirs"), how="inner")
    return smaller, int(both.min(axis=1).sum())


def different_populations(population: pd.DataFrame, sources: pd.DataFrame) -> list[Found]:
    """A finding per pair of sources that give a kelurahan different people in the same year."""
    files = dict(zip(sources["source"], sources["file"], strict=True))
    rows = population[population["source"].isin(list(files))]
    pairs = rows.merge(rows, on=["code", "year"], suffixes=("", "_other"))
    differ = pairs[
        (pairs["source"] < pairs["source_other"])
        & (pairs["population"] != pairs["population_other"])
    ]
    return [
        (
            str(own),
            beside(
                "population_differs",
                files[str(other)],
                areas=int(rows["code"].nunique()),
                years=", ".join(str(year) for year in sorted(set(rows["year"]))),
            ),
        )
        for (own, other), rows in differ.groupby(["source", "source_other"])
    ]
