"""The figures of one run as a table: medians with ranges, and ratios to Dash within the run."""

import os
import statistics
from dataclasses import dataclass, field

from bench.peers.contenders import DASH

SHOWN = {
    "start": ("process start to four charts", "s"),
    "filter": ("filter change to four charts", "s"),
    "click": ("click on the map to its linked chart", "s"),
    "start, processor": ("server processor: start and first page", "s"),
    "filter, processor": ("server processor: a filter change", "s"),
    "click, processor": ("server processor: a click", "s"),
    "memory, loaded": ("server memory (PSS), first page shown", "MiB"),
    "memory, 1 sessions": ("server memory, 1 session after 13 interactions", "MiB"),
    "memory, 6 sessions": ("server memory, 6 sessions", "MiB"),
    "memory, 11 sessions": ("server memory, 11 sessions", "MiB"),
    "memory, further": ("memory for each further session", "MiB"),
    "together": ("20 sessions at once: a filter change", "s"),
    "together, processor": ("20 sessions: server processor for each change", "s"),
}


@dataclass
class Figures:
    """What was measured of one contender, and what never came."""

    values: dict[str, list[float]] = field(default_factory=dict)
    timeouts: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, value: float) -> None:
        """One measurement."""
        self.values.setdefault(name, []).append(value)

    def add_timeout(self, name: str, missing: list[str]) -> None:
        """One that did not end in time, with the charts that were not right."""
        self.timeouts.setdefault(name, []).append("+".join(missing))

    def short(self) -> str:
        """The medians until now, in one line."""
        middle = {name: round(statistics.median(v), 2) for name, v in self.values.items()}
        return f"{middle} late: {self.timeouts}"

    def finish(self) -> None:
        """What follows from the others: the memory of a further session."""
        few, many = (self.values.get(f"memory, {n} sessions") for n in (1, 11))
        if few and many:
            self.values["memory, further"] = [(many[0] - few[0]) / 10]


def report(rows: int, rounds: int, found: dict[str, Figures]) -> str:
    """A table in Markdown, a line for each measure and a column for each contender."""
    for figures in found.values():
        figures.finish()
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    head = f"{rows:,} rows, {rounds} rounds, {os.cpu_count()} processors, load {load} at the end"
    lines = [head, "", f"| measure | {' | '.join(found)} |", "|---|" + "---|" * len(found)]
    for name, (words, unit) in SHOWN.items():
        if any(name in figures.values or name in figures.timeouts for figures in found.values()):
            base = found.get(DASH, Figures()).values.get(name)
            cells = [_cell(figures, name, base) for figures in found.values()]
            lines.append(f"| {words}, {unit} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _cell(figures: Figures, name: str, base: list[float] | None) -> str:
    values, late = figures.values.get(name, []), figures.timeouts.get(name, [])
    said = []
    if values:
        middle = statistics.median(values)
        said.append(_number(middle))
        if len(values) > 1:
            said.append(f"({_number(min(values))} to {_number(max(values))})")
        if base and base is not values and statistics.median(base) > 0:
            said.append(f"**{middle / statistics.median(base):.2f} x**")
    if late:
        said.append(f"{len(late)} never came ({', '.join(sorted(set(late)))})")
    return " ".join(said) or "–"


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}"
