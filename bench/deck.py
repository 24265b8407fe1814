"""How long a deck of 14 slides takes on one core, beside the other files of a report.

    python bench/deck.py [--runs N] [--audience public]

Each file is made in the same process, after one round to warm up, so that only the making counts;
for the public, what may be seen is decided anew in each round. Start-up is measured apart, as the
whole command `python -m lk3 report`.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from lk3.counts import Filter, Period
from lk3.dataset import Dataset, sample_dataset
from lk3.disclosure import AUDIENCES
from lk3.places import load_places
from lk3.reports import FORMATS, write_report
from lk3.reports.material import Choice
from lk3.reports.slides import build_report

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--audience", choices=AUDIENCES, default="internal")
    options = parser.parse_args()
    runs = options.runs
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    data, places = sample_dataset(load_places()), load_places()
    wishes = {"audience": options.audience, "prepared_on": date(2026, 1, 1)}
    choice = Choice(Filter(Period.year(2024)), **wishes)
    times: dict[str, list[float]] = {"content": [], **{name: [] for name in FORMATS}}
    for _run in range(runs + 1):
        data = with_other_rows(data)
        started = time.process_time()
        report = build_report(data, places, choice)
        times["content"].append(time.process_time() - started)
        for name in FORMATS:
            started = time.process_time()
            write_report(report, name)
            times[name].append(time.process_time() - started)
    print(f"{len(report.slides)} slides, one core, seconds of processor time, {runs} runs")
    for name, each in times.items():
        kept = each[1:]
        print(f"{name:>8}: median {statistics.median(kept):.2f}  ({min(kept):.2f}-{max(kept):.2f})")
    deck = [a + b for a, b in zip(times["content"][1:], times["pptx"][1:], strict=True)]
    print(f"    deck: median {statistics.median(deck):.2f}  goal at most 3.00")
    print(f" command: {whole_command():.2f} from start to file")


def with_other_rows(data: Dataset) -> Dataset:
    """The same data as if just read: nothing decided for them before is found again."""
    return replace(data, tables=replace(data.tables, cases=data.tables.cases.copy()))


def whole_command() -> float:
    """Processor time of `python -m lk3 report`, libraries loaded and data read included."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "lk3", "report", f"{folder}/deck.pptx"]
        before = os.times()
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        after = os.times()
    return (after.children_user + after.children_system) - (
        before.children_user + before.children_system
    )


if __name__ == "__main__":
    main()
