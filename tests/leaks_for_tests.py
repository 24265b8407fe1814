"""An attack on public exports: everything that left is put together, to work hidden counts out.

It knows nothing of how numbers are hidden. It reads the numbers of many exports of a data set (what
`python -m lk3 indicators --json` writes, and the tables of reports), writes each as "the sum of
these atoms is so many", an atom being the cases of one kelurahan, problem, profession and month,
and asks a linear programme for the smallest and the largest value of every count that is hidden.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_array

from lk3 import tables
from lk3.cli.results import indicators_json
from lk3.counts import Filter, Period
from lk3.dataset import Dataset
from lk3.disclosure import release
from lk3.indicators import Context, compute
from lk3.indicators.activity import comparison_period
from lk3.places import load_places
from lk3.reports.frames import tables_of
from lk3.reports.material import Choice
from lk3.reports.slides import build_report
from lk3.vocabulary import vocabulary
from tests.tables_for_tests import case_table, member_table, same_population

PLACES = load_places()
AS_OF = date(2023, 12, 31)
PROBLEMS, PROFESSIONS = ("kdrt", "napza", "ekonomi", "odgj"), ("pkh", "peksos")
AREAS = (*PLACES.codes[:4], *PLACES.codes[12:14], "unknown", "outside")
DAYS = tuple(date(year, month, 15) for year in (2022, 2023) for month in range(1, 13))
THRESHOLD = 5
_READ = ("cases", "case_rate_per_10k", "cases_change")
DIMENSIONS = ("kelurahan_code", "problem", "profession", "reported_on")


@dataclass(frozen=True)
class Fact:
    """A number that has left: of which atoms it is the sum, by dimension (an empty one: any)."""

    atoms: tuple[tuple[str, frozenset[object]], ...]
    value: float


def fact(value: float, **atoms: Iterable[object]) -> Fact:
    """A fact from the values of each dimension."""
    return Fact(tuple((name, frozenset(kept)) for name, kept in atoms.items()), value)


def random_dataset(seed: int, *, mean: float | None = None) -> Dataset:
    """Cases of two years in six kelurahan, without one and from outside; sizes differ much."""
    random = np.random.default_rng(seed)
    each = random.choice([3.0, 8.0, 20.0, 60.0]) if mean is None else mean  # a kelurahan and year
    weights = [random.gamma(2, 0.5, len(names)) for names in (AREAS, PROBLEMS, PROFESSIONS)]
    weights[0][-2:] *= 0.3
    shares = np.einsum("a,p,f->apf", *weights)
    shares /= shares.sum()
    counts = random.poisson(shares[..., None] * each * len(AREAS) / 12, (*shares.shape, len(DAYS)))
    rows = [
        {"kelurahan_code": AREAS[a], "problem": PROBLEMS[p], "profession": PROFESSIONS[f],
         "reported_on": str(DAYS[d]), "cases": int(counts[a, p, f, d])}
        for a, p, f, d in np.argwhere(counts)
    ]  # fmt: skip
    held = tables.Tables(
        case_table(*rows),
        member_table({"member_id": "1"}),
        same_population(year=2023),
        tables.FINDINGS.empty(),
    )
    return Dataset(held, 1, False, (), AS_OF)


def usual_exports() -> list[Filter]:
    """What an office would send out: years, quarters, a half year, a month, and each with one
    problem, profession or kecamatan.
    """
    years = [Period.year(2022), Period.year(2023)]
    quarters = [
        Period.parse(f"{y}-{3 * q + 1:02}", f"{y}-{3 * q + 3:02}")
        for y in (2022, 2023)
        for q in range(4)
    ]
    odd = [
        Period.parse("2022-07", "2023-06"),
        Period.parse("2023-01", "2023-09"),
        Period.parse("2023-02", "2023-02"),
        Period.parse("2023-02-10", "2023-12-31"),
    ]
    chosen = [
        {"problems": ("kdrt",)},
        {"problems": ("kdrt", "napza")},
        {"professions": ("pkh",)},
        {"districts": (PLACES.districts[0],)},
        {"problems": ("kdrt",), "districts": (PLACES.districts[0],)},
    ]
    return [
        *(Filter(period) for period in (None, *years, *quarters, *odd)),
        *(Filter(period, **more) for period in (None, *years, quarters[0]) for more in chosen),
    ]


def facts_of(data: Dataset, filter: Filter) -> list[Fact]:
    """All counts of cases that one public export of a filter gives."""
    context = Context(data.tables, filter, PLACES, data.as_of)
    measures = {key: compute(key, context) for key in _READ}
    released = release(measures, audience="public", context=context)
    written = indicators_json(released, PLACES, data, period=filter.period)
    areas = written["kelurahan"] | {c: written[c] for c in ("city", "outside", "unknown")}
    found = []
    for code, measures in areas.items():
        found += _facts_of_area(code, measures, context)
    return found + _facts_of_report(data, filter)


def _facts_of_area(code: str, measures: Mapping[str, dict], context: Context) -> list[Fact]:
    here = _atoms(context.filter, code)
    found = [(measures["cases"][key], here) for key in ("value", "n")]
    rate, inside = measures["case_rate_per_10k"], here
    if code == "city" and "with_unknown" not in rate["note"]:
        inside = here | {"kelurahan_code": set(here["kelurahan_code"]) - {"unknown"}}
    found.append((rate["n"], inside))
    if rate["value"] is not None and rate["denominator"]:
        found.append((round(rate["value"] * rate["denominator"] / 10_000, 6), inside))
    change = measures["cases_change"]
    found.append((change["n"], here))
    if change["denominator"] is not None:
        earlier = replace(context.filter, period=comparison_period(context))
        found.append((change["denominator"], _atoms(earlier, code)))
    return [fact(value, **atoms) for value, atoms in found if value is not None]


def _facts_of_report(data: Dataset, filter: Filter) -> list[Fact]:
    """Bars by problem, and the trend in each unit."""
    found = []
    labels = {label: key for key, label in vocabulary("problems").labels().items()}
    for unit in ("year", "quarter", "month") if filter.period is None else ("quarter",):
        wishes = Choice(filter, slides=("problems", "trend"), unit=unit, prepared_on=AS_OF)
        report = build_report(data, PLACES, wishes)
        here = _atoms(filter, "city")
        for bars in tables_of(report.slide("problems"), PLACES):
            for label, value in bars.frame.itertuples(index=False):
                if pd.notna(value):
                    found.append(fact(value, **(here | {"problem": {labels[label]}})))
        trend = report.slide("trend").blocks[0].frame
        for start, value in trend[["start", "cases"]].itertuples(index=False):
            if pd.notna(value):
                days = {d for d in DAYS if _same_unit(d, start.date(), unit)}
                if filter.period is not None:
                    days = {d for d in days if d <= filter.period.end}
                found.append(fact(value, **(here | {"reported_on": days})))
    return found


def _same_unit(day: date, start: date, unit: str) -> bool:
    size = {"month": 1, "quarter": 3, "year": 12}[unit]
    return day.year == start.year and (day.month - 1) // size == (start.month - 1) // size


def _atoms(filter: Filter, code: str) -> dict[str, set]:
    areas = {code} if code != "city" else set(AREAS) - {"outside"}
    if code == "city" and filter.districts:
        areas &= set(PLACES.codes_in(filter.districts))
    atoms: dict[str, set] = {"kelurahan_code": areas}
    if filter.problems:
        atoms["problem"] = set(filter.problems)
    if filter.professions:
        atoms["profession"] = set(filter.professions)
    if filter.period:
        atoms["reported_on"] = {d for d in DAYS if filter.period.start <= d <= filter.period.end}
    return atoms


class Attack:
    """All facts as equations over the atoms; hidden counts are asked for one after another."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._axes = (AREAS, PROBLEMS, PROFESSIONS, DAYS)
        unique = {each.atoms: each.value for each in facts}
        rows = np.array([self.row(dict(atoms)) for atoms in unique])
        values = np.array(list(unique.values()))
        zero = rows[values == 0].any(axis=0) if len(rows) else np.zeros(self.size, dtype=bool)
        self._free = ~zero
        self._equations = csr_array(rows[:, self._free][values != 0])
        self._values = values[values != 0]
        self._solutions: list[np.ndarray] = []

    @property
    def size(self) -> int:
        """How many atoms there are."""
        return int(np.prod([len(axis) for axis in self._axes]))

    def row(self, atoms: Mapping[str, Iterable[object]]) -> np.ndarray:
        """1 for the atoms of a count, 0 for the others."""
        masks = [
            np.array([each in atoms[name] if name in atoms else True for each in axis])
            for name, axis in zip(DIMENSIONS, self._axes, strict=True)
        ]
        return np.einsum("a,p,f,d->apfd", *[m.astype(float) for m in masks]).ravel()

    def width(self, row: np.ndarray, *, enough: float) -> float:
        """How far apart the values are that a count could have; at least `enough` is not told
        apart.
        """
        goal = row[self._free]
        seen = [float(goal @ each) for each in self._solutions]
        for direction in (-goal, goal):
            if seen and max(seen) - min(seen) >= enough - 1e-6:
                break
            answer = linprog(direction, A_eq=self._equations, b_eq=self._values, bounds=(0, 10_000))
            assert answer.status == 0, answer.message
            self._solutions.append(answer.x)
            seen.append(float(goal @ answer.x))
        return max(seen) - min(seen)


@dataclass(frozen=True)
class Found:
    """What an attack has brought: small counts looked at, those pinned, and how much is hidden of
    the counts of kelurahan by year that are 5 or more.
    """

    hidden: int
    pinned: list[dict[str, object]]
    large: int
    large_hidden: int
    small_shown: int


def attack(data: Dataset, facts: list[Fact]) -> Found:
    """Try to narrow every small count of these data below the range of a small count."""
    program = Attack(facts)
    told = {each.atoms for each in facts}
    hidden, pinned, shown = 0, [], 0
    for atoms in _questions():
        true = _true(data, atoms)
        if not 0 < true < THRESHOLD:
            continue
        if fact(0, **atoms).atoms in told:
            shown += 1
            continue
        hidden += 1
        width = program.width(program.row(atoms), enough=THRESHOLD - 1)
        if width < THRESHOLD - 1 - 1e-6:
            pinned.append(atoms | {"true": true, "width": round(width, 3)})
    large = [
        atoms
        for code in AREAS[:-2]
        for year in (2022, 2023)
        if _true(data, atoms := _atoms(Filter(Period.year(year)), code)) >= THRESHOLD
    ]
    missing = sum(fact(0, **atoms).atoms not in told for atoms in large)
    return Found(hidden, pinned, len(large), missing, shown)


def _questions() -> list[dict[str, set]]:
    """The counts that somebody could want to know: of a kelurahan, a problem, a profession, by
    month, quarter, year and altogether, and of a kelurahan's problems by year.
    """
    spans = [set(DAYS)]
    for unit in ("year", "quarter"):
        spans += [{d for d in DAYS if _same_unit(d, day, unit)} for day in DAYS]
    spans = [set(each) for each in dict.fromkeys(frozenset(span) for span in spans)]
    inside = set(AREAS) - {"outside"}
    asked = []
    for span in spans:
        when = {} if span == set(DAYS) else {"reported_on": span}
        asked += [{"kelurahan_code": {area}, **when} for area in AREAS]
        for name, keys in (("problem", PROBLEMS), ("profession", PROFESSIONS)):
            asked += [{"kelurahan_code": inside, name: {key}, **when} for key in keys]
        if len(span) == 12:
            asked += [
                {"kelurahan_code": {a}, "problem": {p}, **when} for a in AREAS for p in PROBLEMS
            ]
    asked += [{"kelurahan_code": inside, "reported_on": {day}} for day in DAYS]
    return asked


def _true(data: Dataset, atoms: Mapping[str, Iterable[object]]) -> float:
    cases = data.tables.cases
    kept = pd.Series(True, index=cases.index)
    for name, values in atoms.items():
        column = cases[name].dt.date if name == "reported_on" else cases[name].astype("str")
        kept &= column.isin(list(values))
    return float(cases.loc[kept, "cases"].sum())
