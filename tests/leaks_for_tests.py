"""An attack on public exports: everything that left is put together, to work hidden counts out.

It knows nothing of how numbers are hidden. It reads the numbers of many exports of a data set (what
`python -m lk3 indicators --json` writes, and the tables of reports), writes each as "the sum of
these atoms is so many", an atom being the cases of one kelurahan, problem, profession and month,
and asks a linear programme for the smallest and the largest value of every count that is hidden.
Clients, open cases and times to closing have atoms of their own (`handling_leaks_for_tests`), which
make the city's cases of each month, as those do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

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
from lk3.language import _
from lk3.places import load_places
from lk3.reports.frames import tables_of
from lk3.reports.material import Choice
from lk3.reports.slides import build_report
from lk3.vocabulary import UNKNOWN, vocabulary
from tests import handling_leaks_for_tests as handling
from tests.tables_for_tests import case_table, member_table, same_population

PLACES = load_places()
AS_OF = date(2023, 12, 31)
PROBLEMS, PROFESSIONS = ("kdrt", "napza", "ekonomi", UNKNOWN), ("pkh", "peksos")
AREAS = (*PLACES.codes[:4], *PLACES.codes[12:14], "unknown", "outside")
INSIDE = frozenset(AREAS) - {"outside"}
DAYS = tuple(date(year, month, 15) for year in (2022, 2023) for month in range(1, 13))
YEARS = (2022, 2023)
HANDLED = handling.atoms_of(DAYS, AS_OF)
THRESHOLD = 5
_READ = ("cases", "case_rate_per_10k", "cases_change", *handling.READ)
DIMENSIONS = ("kelurahan_code", "problem", "profession", "reported_on")
_OF_YEARS = ("repeats", "further")


@dataclass(frozen=True)
class Fact:
    """A number that has left: of which atoms it is the sum, by dimension (an empty one: any); or,
    with another sense than "=", what that sum is at least or at most.
    """

    atoms: tuple[tuple[str, frozenset[object]], ...]
    value: float
    sense: str = "="


def fact(value: float, sense: str = "=", **atoms: Iterable[object]) -> Fact:
    """A fact from the values of each dimension."""
    return Fact(tuple((name, frozenset(kept)) for name, kept in atoms.items()), value, sense)


def random_dataset(seed: int, *, mean: float | None = None) -> Dataset:
    """Cases of two years in six kelurahan, without one and from outside; sizes differ much."""
    random = np.random.default_rng(seed)
    each = random.choice([3.0, 8.0, 20.0, 60.0]) if mean is None else mean  # a kelurahan and year
    weights = [random.gamma(2, 0.5, len(names)) for names in (AREAS, PROBLEMS, PROFESSIONS)]
    weights[0][-2:] *= 0.3
    shares = np.einsum("a,p,f->apf", *weights)
    shares /= shares.sum()
    counts = random.poisson(shares[..., None] * each * len(AREAS) / 12, (*shares.shape, len(DAYS)))
    found = np.argwhere(counts)
    rows = [
        {"kelurahan_code": AREAS[a], "problem": PROBLEMS[p], "profession": PROFESSIONS[f],
         "reported_on": str(DAYS[d]), "cases": n, **_handled(random, PROBLEMS[p], DAYS[d], fate)}
        for row, n, fate in handling.fates(random, counts[tuple(found.T)])
        for a, p, f, d in [found[row]]
    ]  # fmt: skip
    held = tables.Tables(
        case_table(*rows),
        member_table({"member_id": "1"}),
        same_population(year=2023),
        tables.FINDINGS.empty(),
    )
    return Dataset(held, 1, False, (), AS_OF)


def _handled(
    random: np.random.Generator, problem: str, day: date, fate: object
) -> dict[str, object]:
    """How a case goes on: its closing, the client it belongs to and further problems, if any."""
    row: dict[str, object] = {"status": "proses" if fate == handling.OPEN else "selesai"}
    if isinstance(fate, int):
        row["closed_on"] = str(day + timedelta(days=fate))
    if random.random() < 0.05:
        row["case_id"] = f"client {random.integers(8)}"
    if random.random() < 0.05 and problem != UNKNOWN:
        row["problems"] = f"{problem}|odgj"
    return row


def usual_exports() -> list[Filter]:
    """What an office would send out: years, quarters, a half year, some months, and each with one
    problem, profession or kecamatan.
    """
    years = [Period.year(2022), Period.year(2023)]
    quarters = [
        Period.parse(f"{y}-{3 * q + 1:02}", f"{y}-{3 * q + 3:02}")
        for y in (2022, 2023)
        for q in range(4)
    ]
    odd = [
        *(Period.parse(month, month) for month in ("2022-11", "2022-12", "2023-01", "2023-03")),
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
    found = _facts_of_handling(written["city"], context.filter)
    for code, measures in areas.items():
        found += _facts_of_area(code, measures, context)
    return found + _facts_of_report(data, filter)


def _facts_of_handling(city: Mapping[str, dict], filter: Filter) -> list[Fact]:
    told = handling.told_of(city, filter.period, HANDLED, AS_OF)
    assert not told or not (filter.problems or filter.professions or filter.districts)
    return [fact(value, sense, **kept) for value, kept, sense in told]


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
    labels.setdefault(_("Tidak diketahui"), UNKNOWN)
    for unit in ("year", "quarter", "month") if filter.period is None else ("quarter",):
        slides = ("summary", "problems", "trend", "handling")
        wishes = Choice(filter, slides=slides, unit=unit, prepared_on=AS_OF)
        report = build_report(data, PLACES, wishes)
        found += _facts_of_handling(handling.read_cards(report), filter)
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
    """All facts as equations over the atoms; hidden counts are asked for one after another.

    The unknowns are the atoms of the cases, those of their handling, and for each year the cases
    that make no further client and the further problems mentioned.
    """

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._axes = (AREAS, PROBLEMS, PROFESSIONS, DAYS)
        self._cube = int(np.prod([len(axis) for axis in self._axes]))
        self.size = self._cube + len(HANDLED) + 2 * len(YEARS)
        unique = {(each.atoms, each.sense): each.value for each in facts}
        known = {key[0]: value for key, value in unique.items() if key[1] == "="}
        made = [self.row(dict(atoms)) for atoms in known]
        rows = np.array([*made, *self._links()])
        values = np.array([*known.values(), *[0.0] * (len(rows) - len(known))])
        nothing = (values == 0) & (rows >= 0).all(axis=1)
        self._free = ~(rows[nothing] > 0).any(axis=0)
        self._equations = csr_array(rows[~nothing][:, self._free])
        self._values = values[~nothing]
        self._bounded(unique)
        self._solutions: list[np.ndarray] = []

    def _links(self) -> list[np.ndarray]:
        """The cases of each month are the same, however they are told apart."""
        return [
            self.row({"kelurahan_code": INSIDE, "reported_on": {day}})
            - self.row({"handled": {atom for atom in HANDLED if atom[0] == day}})
            for day in DAYS
        ]

    def _bounded(self, unique: Mapping[tuple, float]) -> None:
        """What sums are at most; a year has no fewer cases than clients, and those not below 0."""
        rows, most = [], []
        for (atoms, sense), value in unique.items():
            if sense != "=":
                sign = 1.0 if sense == "<=" else -1.0
                rows.append(sign * self.row(dict(atoms)))
                most.append(sign * value)
        rows += [-self.row({"clients": {year}}) for year in YEARS]
        most += [0.0] * len(YEARS)
        self._most_rows, self._most = csr_array(np.array(rows)[:, self._free]), np.array(most)

    def row(self, atoms: Mapping[str, Iterable[object]]) -> np.ndarray:
        """1 for the atoms of a count, 0 for the others."""
        row = np.zeros(self.size)
        own = next((n for n in ("handled", "clients", "mentions", *_OF_YEARS) if n in atoms), "")
        if own == "":
            row[: self._cube] = self._row_of_cases(atoms)
        elif own == "handled":
            kept = atoms["handled"]
            row[self._cube : -2 * len(YEARS)] = [atom in kept for atom in HANDLED]
        elif own in _OF_YEARS:
            for year in atoms[own]:
                row[self._place(own, year)] = 1
        elif own == "clients":
            row = self._years(atoms[own]) - self.row({"repeats": atoms[own]})
        else:
            known = {"problem": set(PROBLEMS) - {UNKNOWN}}
            row = self._years(atoms[own], **known) + self.row({"further": atoms[own]})
        return row

    def _place(self, name: str, year: object) -> int:
        return self.size + (_OF_YEARS.index(name) - 2) * len(YEARS) + YEARS.index(year)

    def _years(self, years: Iterable[object], **more: Iterable[object]) -> np.ndarray:
        days = {day for day in DAYS if day.year in set(years)}
        return self.row({"kelurahan_code": INSIDE, "reported_on": days} | more)

    def _row_of_cases(self, atoms: Mapping[str, Iterable[object]]) -> np.ndarray:
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
            answer = linprog(
                direction,
                A_ub=self._most_rows,
                b_ub=self._most,
                A_eq=self._equations,
                b_eq=self._values,
                bounds=(0, 10_000),
            )
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
    truth = _Truth(data)
    if not truth({"handled": _UNTOLD}):  # everybody knows that this office writes all days down
        facts = [*facts, fact(0, handled=_UNTOLD)]
    program = Attack(facts)
    told = {each.atoms for each in facts if each.sense == "="}
    hidden, pinned, shown = 0, [], 0
    for name, atoms in _questions().items():
        true = truth(atoms)
        if not 0 < true < THRESHOLD:
            continue
        if fact(0, **atoms).atoms in told:
            shown += 1
            continue
        hidden += 1
        width = program.width(program.row(atoms), enough=THRESHOLD - 1)
        if width < THRESHOLD - 1 - 1e-6:
            pinned.append({"count": name, "true": true, "width": round(width, 3)})
    large = [
        atoms
        for code in AREAS[:-2]
        for year in YEARS
        if truth(atoms := _atoms(Filter(Period.year(year)), code)) >= THRESHOLD
    ]
    missing = sum(fact(0, **atoms).atoms not in told for atoms in large)
    return Found(hidden, pinned, len(large), missing, shown)


def _questions() -> dict[str, dict]:
    """The counts that somebody could want to know, by name: of a kelurahan, a problem, a
    profession, by month, quarter, year and altogether, of a kelurahan's problems by year, and of
    the handling.
    """
    spans = [set(DAYS)]
    for unit in ("year", "quarter"):
        spans += [{d for d in DAYS if _same_unit(d, day, unit)} for day in DAYS]
    spans = [set(each) for each in dict.fromkeys(frozenset(span) for span in spans)]
    inside = INSIDE
    asked: list[dict] = []
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
    return {_name(atoms): atoms for atoms in asked} | handling.questions(DAYS, AS_OF)


def _name(atoms: Mapping[str, set]) -> str:
    days = sorted(atoms.get("reported_on", DAYS))
    what = ["city" if kept == INSIDE else str(*kept) for name, kept in atoms.items()
            if name != "reported_on"]  # fmt: skip
    return f"{' '.join(what)} {days[0]:%Y-%m} to {days[-1]:%Y-%m}"


_UNTOLD = frozenset(atom for atom in HANDLED if atom[1] == handling.UNTOLD)


class _Truth:
    """What a count really is."""

    def __init__(self, data: Dataset) -> None:
        cases = data.tables.cases
        self._cases = cases.assign(
            reported_on=cases["reported_on"].dt.date,
            handled=[
                (day.date(), handling.fate_of(day.date(), closed, status, AS_OF))
                for day, closed, status in zip(
                    cases["reported_on"], cases["closed_on"], cases["status"], strict=True
                )
            ],
        )
        self._inside = self._cases[self._cases["kelurahan_code"] != "outside"]

    def __call__(self, atoms: Mapping[str, Iterable[object]]) -> float:
        name = next(iter(atoms))
        if name in ("clients", *_OF_YEARS):
            return sum(self._of_year(name, year) for year in atoms[name])
        kept = self._inside if name == "handled" else self._cases
        for column, values in atoms.items():
            kept = kept[kept[column].isin(list(values))]
        return float(kept["cases"].sum())

    def _of_year(self, name: str, year: object) -> float:
        rows = self._inside[[day.year == year for day in self._inside["reported_on"]]]
        if name == "further":
            return float(rows.loc[rows["problems"].str.contains("|", regex=False), "cases"].sum())
        named = rows["case_id"] != ""
        clients = rows.loc[named, "case_id"].nunique() + float(rows.loc[~named, "cases"].sum())
        return clients if name == "clients" else float(rows["cases"].sum()) - clients
