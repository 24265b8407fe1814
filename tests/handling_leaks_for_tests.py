"""What public exports tell of clients, open cases and times to closing, as facts for the attack.

An atom here is the city's cases of one day of report and one fate: closed up to a day that matters
to some number (the end of a month, 30 or 90 days after the report), open still, or closed on a day
that nobody has written down. Numbers that are read: n and values of the command line's JSON, and
the cards of the slides.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd

from lk3.counts import Period
from lk3.counts.period import unit_end
from lk3.indicators import INDICATORS
from lk3.reports.content import Numbers, Report

OPEN, UNTOLD = "open", "untold"
DELAYS = (5, 20, 40, 80, 130, 250)
SPANS = (30, 90)
READ = (
    "clients", "problems", "service_coverage", "open_cases_per_member", "open_cases_per_counsellor",
    "days_to_close_median", "closed_within_30_pct", "closed_within_90_pct", "open_over_90_days",
)  # fmt: skip
Fate = date | str
Atom = tuple[date, Fate]
_N = re.compile("n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}([\\d.]+)")


def atoms_of(days: tuple[date, ...], as_of: date) -> list[Atom]:
    """Every day of report with every fate."""
    return [(day, fate) for day in days for fate in (*_ends(day, as_of), OPEN, UNTOLD)]


@cache
def _ends(day: date, as_of: date) -> tuple[date, ...]:
    ends = {unit_end(month, "month") for month in Period(day, as_of).months()}
    ends |= {day + timedelta(days=span) for span in SPANS} | {as_of}
    return tuple(sorted(end for end in ends if day <= end <= as_of))


def fate_of(day: date, closed: object, status: str, as_of: date) -> Fate:
    """The fate of a case as it stands in a table."""
    if pd.isna(closed):
        return OPEN if status == "proses" else UNTOLD
    if closed > pd.Timestamp(as_of):
        return OPEN
    return next(end for end in _ends(day, as_of) if pd.Timestamp(end) >= closed)


def fates(random: np.random.Generator, counts: np.ndarray) -> list[tuple[int, int, Fate | int]]:
    """(row, how many, delay in days or fate) of counts of cases, some of each fate, often none."""
    options = [*DELAYS, OPEN, UNTOLD]
    shares = random.dirichlet(np.full(len(options), random.choice([0.15, 0.5])))
    if random.random() < 0.7:  # most offices write the days down
        shares[-1] = 0
    shares = shares / shares.sum()
    found = random.multinomial(counts, shares)
    return [(row, int(found[row, at]), options[at]) for row, at in np.argwhere(found)]


def open_on(atoms: list[Atom], day: date) -> frozenset[Atom]:
    """Cases open at the end of a day."""
    return frozenset(
        (d, fate)
        for d, fate in atoms
        if d <= day and (fate == OPEN or (isinstance(fate, date) and fate > day))
    )


def closed_by(atoms: list[Atom], *, within: int | None = None) -> frozenset[Atom]:
    """Cases closed, or closed within so many days of the report."""
    return frozenset(
        (d, fate)
        for d, fate in atoms
        if isinstance(fate, date) and (within is None or (fate - d).days <= within)
    )


def ripe(atoms: list[Atom], as_of: date, days: int) -> frozenset[Atom]:
    """Cases with a known fate that are old enough to have been closed within so many days."""
    return frozenset(
        (d, fate) for d, fate in atoms if fate != UNTOLD and d <= as_of - timedelta(days=days)
    )


def in_period(atoms: list[Atom], period: Period | None) -> frozenset[Atom]:
    """Cases reported in a period."""
    return frozenset(
        (d, fate) for d, fate in atoms if period is None or period.start <= d <= period.end
    )


Told = list[tuple[float, dict[str, frozenset], str]]


def told_of(
    city: Mapping[str, dict], period: Period | None, atoms: list[Atom], as_of: date
) -> Told:
    """(number, atoms, "=", ">=" or "<=") of the city's measures in an export."""
    told: Told = []
    on = min(period.end, as_of) if period else as_of
    years = {period.start.year} if period else {d.year for d, _fate in atoms}
    here, closed = in_period(atoms, period), closed_by(atoms)
    old = frozenset(a for a in open_on(atoms, on) if a[0] < on - timedelta(days=90))
    whats: dict[str, tuple[str, frozenset]] = {
        "clients": ("clients", frozenset(years)),
        "service_coverage": ("clients", frozenset(years)),
        "problems": ("mentions", frozenset(years)),
        "open_cases_per_member": ("handled", open_on(atoms, on)),
        "open_cases_per_counsellor": ("handled", open_on(atoms, on)),
        "open_over_90_days": ("handled", old),
        "days_to_close_median": ("handled", here & closed),
    }
    for span in SPANS:
        old_enough = here & ripe(atoms, as_of, span)
        key = f"closed_within_{span}_pct"
        whats[key] = ("handled", old_enough & closed_by(atoms, within=span))
        told.append((city[key]["denominator"], {"handled": old_enough}, "="))
    told += [(city[key]["n"], {name: kept}, "=") for key, (name, kept) in whats.items()]
    told += _of_quartiles(city["days_to_close_median"], here, atoms)
    return [(float(n), kept, sense) for n, kept, sense in told if n is not None]


def _of_quartiles(times: dict, here: frozenset[Atom], atoms: list[Atom]) -> Told:
    """How many were closed within a span at least and at most, for the quartiles to be these."""
    told: Told = []
    if times.get("value") is not None:
        for span in SPANS:
            within = {"handled": here & closed_by(atoms, within=span)}
            for share, name in ((0.25, "lower"), (0.5, "value"), (0.75, "upper")):
                place = (times["n"] - 1) * share
                if times[name] <= span:
                    told.append((int(place) + 1, within, ">="))
                else:
                    told.append((int(np.ceil(place)), within, "<="))
    return told


def read_cards(report: Report) -> dict[str, dict]:
    """What the slides say of n, by measure, for `told_of`."""
    by_label = {INDICATORS[key].label: key for key in READ}
    found: dict[str, dict] = {key: {"n": None, "denominator": None} for key in READ}
    for slide in report.slides:
        for block in slide.blocks:
            for item in block.items if isinstance(block, Numbers) else ():
                key = by_label.get(item.label, "")
                text = _N.search(item.detail)
                if key == "open_over_90_days" and item.value.replace(".", "").isdigit():
                    found[key]["n"] = int(item.value.replace(".", ""))
                elif key and text:
                    found[key]["n"] = int(text[1].replace(".", ""))
    return found


def questions(days: tuple[date, ...], as_of: date) -> dict[str, dict[str, frozenset]]:
    """What somebody could want to know, by name: open cases at the end of each month, and the old
    and the young ones among them; closings of each quarter and year; of the cases of each quarter,
    year and of all, those closed, not closed, closed in time and not; clients that came again and
    further problems by year.
    """
    atoms = atoms_of(days, as_of)
    asked: dict[str, frozenset[Atom]] = {}
    for end in [unit_end(day, "month") for day in days]:
        still = open_on(atoms, end)
        old = frozenset(a for a in still if a[0] < end - timedelta(days=90))
        asked |= {f"open {end}": still, f"old {end}": old, f"young {end}": still - old}
    whole = Period(date(days[0].year, 1, 1), date(days[-1].year, 12, 31))
    asked |= _of_cohort("all", in_period(atoms, whole), atoms, as_of)
    for unit in ("year", "quarter"):
        for day in whole.units(unit):
            span = Period(day, unit_end(day, unit))
            asked |= _of_cohort(str(span.label()), in_period(atoms, span), atoms, as_of)
            asked[f"closings in {span.label()}"] = closings_in(atoms, span)
    years = sorted({day.year for day in days})
    found = {name: {"handled": kept} for name, kept in asked.items() if kept}
    for name in ("clients", "repeats", "further"):
        found |= {f"{name} {year}": {name: frozenset({year})} for year in years}
    return found


def _of_cohort(
    when: str, here: frozenset[Atom], atoms: list[Atom], as_of: date
) -> dict[str, frozenset[Atom]]:
    closed = here & closed_by(atoms)
    found = {f"closed of {when}": closed, f"open of {when}": here & open_on(atoms, as_of)}
    for span in SPANS:
        old_enough = here & ripe(atoms, as_of, span)
        in_time = old_enough & closed_by(atoms, within=span)
        found |= {
            f"in {span} of {when}": in_time,
            f"not in {span} of {when}": old_enough - in_time,
            f"closed but in {span} of {when}": closed - in_time,
        }
    in_90 = here & ripe(atoms, as_of, 90) & closed_by(atoms, within=90)
    return found | {f"in 31 to 90 of {when}": in_90 - closed_by(atoms, within=30)}


def closings_in(atoms: list[Atom], span: Period) -> frozenset[Atom]:
    """Cases that left the open ones in a period, as far as anybody can tell."""
    return frozenset(
        (d, fate)
        for d, fate in atoms
        if (isinstance(fate, date) and span.start <= fate <= span.end)
        or (fate == UNTOLD and span.start <= d <= span.end)
    )
