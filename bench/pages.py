"""What a run of a page costs the server, at the sample and at any number of cases.

    python bench/pages.py [--rows 3000 300000] [--runs 3] [--pages ringkasan peta ...]

A server for each size, in one run, asked by turns by a visitor who speaks Streamlit's protocol.
Measured for each page is the time until the server has said that the run has ended, and the
processor time of the whole server process for it: script, messages, serialising, sending.

    first    the page is opened for the first time, a filter that was seen on another page
    again    nothing has changed
    unseen   a period that nobody has looked at
    seen     a period that somebody has looked at
    click    a click on a bar of a page that has one, an area that nobody has chosen

Printed are medians and ranges in milliseconds, and the ratio of the largest to the smallest number
of cases. The workbooks are made and read once, into --store.
"""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from visiting import ROOT, Cost, Server, Visitor, serving

sys.path.insert(0, str(ROOT))
PAGES = {
    "ringkasan": "ringkasan_kasus",
    "peta": "peta_batang",
    "tren": "",
    "profil": "",
    "kurang": "kurang_urutan",
    "profesi": "profesi_kasus",
    "penempatan": "",
    "rapat": "",
    "ekspor": "",
    "data": "",
    "mutu": "",
    "metode": "",
}
STEPS = ("first", "again", "unseen", "seen", "click")
Costs = dict[tuple[str, str, str], list[Cost]]  # page, step, size


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the servers end with it
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[3_000, 300_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pages", nargs="+", default=list(PAGES), choices=list(PAGES))
    parser.add_argument("--store", type=Path, default=Path(tempfile.gettempdir()) / "lk3-pages")
    wishes = parser.parse_args()
    stores = {"sample": wishes.store / "none"}
    stores |= {f"{n:,}": filled_store(wishes.store / f"store-{n}", n) for n in sorted(wishes.rows)}
    costs: Costs = defaultdict(list)
    with ExitStack() as stack:
        servers = {
            size: stack.enter_context(serving(LK3_STORE=str(store)))
            for size, store in stores.items()
        }
        visitors = {size: Visitor(server) for size, server in servers.items()}
        for visitor in visitors.values():
            visitor.open("ringkasan" if "ringkasan" not in wishes.pages else "metode")
        months = {size: unseen_months() for size in servers}
        for page in wishes.pages:
            for size, visitor in visitors.items():
                measure(page, size, visitor, costs, runs=wishes.runs, months=months[size])
        print_table(costs, wishes.pages, list(servers))
        print_memory(servers)


def unseen_months() -> Callable[[], str]:
    """Each call gives a choice of the filter that has not been made before."""
    choices = iter(
        f"{year}-{month:02d}-01" for year in (2023, 2024, 2025) for month in range(1, 13)
    )
    return lambda: next(choices)


def measure(
    page: str, size: str, visitor: Visitor, costs: Costs, *, runs: int, months: Callable[[], str]
) -> None:
    """All steps on one page."""
    costs[page, "first", size].append(visitor.open(page))
    for _run in range(runs):
        costs[page, "again", size].append(visitor.again())
    visitor.choose("periode", string_value=_CUSTOM)
    chosen = [months() for _run in range(runs)]
    for month in chosen:
        costs[page, "unseen", size].append(visitor.choose("dari", string_value=_label(month)))
    for month in chosen:
        costs[page, "seen", size].append(visitor.choose("dari", string_value=_label(month)))
    chart = PAGES[page]
    if chart and visitor.fragments.get(chart) is not None:
        for code in islice(_codes(), runs):
            costs[page, "click", size].append(visitor.click(chart, code))


def _codes() -> list[str]:
    from lk3.places import load_places

    return load_places().codes


_CUSTOM = "Pilih bulan sendiri"


def _label(month: str) -> str:
    from datetime import date

    from lk3 import language

    return language.month(date.fromisoformat(month))


def filled_store(folder: Path, cases: int) -> Path:
    """A store with the sample's workbooks at that size, made unless it is there."""
    if not (folder / "ready").is_file():
        run = [sys.executable, "-m", "lk3"]
        with tempfile.TemporaryDirectory() as made:
            quiet = {"cwd": ROOT, "check": True, "stdout": subprocess.DEVNULL}
            subprocess.run([*run, "sample", made, "--cases", str(cases)], **quiet)  # type: ignore
            books = sorted(map(str, Path(made).glob("*.xlsx")))
            there = os.environ | {"LK3_STORE": str(folder)}
            done = subprocess.run([*run, "import", *books], env=there, cwd=ROOT, check=False)
            if done.returncode > 1:
                raise SystemExit(done.returncode)
        (folder / "ready").touch()
    return folder


def print_table(costs: Costs, pages: list[str], sizes: list[str]) -> None:
    """Processor and wall milliseconds: median (range); and the ratio of the outer sizes."""
    print("| page | step | " + " | ".join(sizes) + " | ratio |")
    print("|---|---|" + "---|" * (len(sizes) + 1))
    for page in pages:
        for step in STEPS:
            found = [costs.get((page, step, size), []) for size in sizes]
            if not all(found):
                continue
            medians = [statistics.median(each.processor for each in cost) for cost in found]
            ratio = f"{medians[-1] / medians[1]:.2f}" if len(sizes) > 2 else ""
            cells = " | ".join(map(_cell, found))
            print(f"| {page} | {step} | {cells} | {ratio} |")


def _cell(costs: list[Cost]) -> str:
    cpu = [1000 * cost.processor for cost in costs]
    wall = statistics.median(1000 * cost.wall for cost in costs)
    return f"{statistics.median(cpu):.0f} ({min(cpu):.0f} to {max(cpu):.0f}), clock {wall:.0f}"


def print_memory(servers: dict[str, Server], more: int = 10) -> None:
    """Of a server after all this, and for each further session that opens the first page."""
    print("\n| cases | MiB | per further session |\n|---|---|---|")
    for size, server in servers.items():
        before = server.memory()
        visitors = [Visitor(server) for _each in range(more)]
        for visitor in visitors:
            visitor.open("ringkasan")
            visitor.again()
        each = (server.memory() - before) / more
        print(f"| {size} | {before:.0f} | {each:.2f} |")
        for visitor in visitors:
            visitor.close()


if __name__ == "__main__":
    main()
