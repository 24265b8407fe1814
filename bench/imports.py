"""From workbooks to the first sight of their numbers: what an import of any size takes.

    python bench/imports.py [--rows 300000 1000000] [--runs 1]

A register of about so many rows, one workbook for each year, generated once per machine. Each
measurement is a process of its own with a fresh store, by turns, and does what the Data page does:

    check     read, clean and check each workbook
    answers   answer what it asks (the first choice), keep the answers, check it again
    save      each workbook as a new version of the store
    load      the newest version, its workbooks compared with one another, made ready to be counted
    measures  every indicator of Ringkasan for all that is held

Printed are seconds by the clock, processor seconds and the peak of the memory (VmHWM, libraries
included) after each stage, and the time for a row at each size against that at the smallest.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
STAGES = ("check", "answers", "save", "load", "measures")


class Watch:
    """Seconds, processor seconds and peak memory by stage."""

    def __init__(self) -> None:
        self.stages = {name: {"clock": 0.0, "processor": 0.0, "peak_mib": 0.0} for name in STAGES}
        self._since = time.perf_counter(), time.process_time()

    def lap(self, stage: str) -> None:
        """What has passed since the last lap belongs to this stage."""
        now = time.perf_counter(), time.process_time()
        found = self.stages[stage]
        found["clock"] += now[0] - self._since[0]
        found["processor"] += now[1] - self._since[1]
        found["peak_mib"] = max(found["peak_mib"], peak_memory())
        self._since = now


def peak_memory() -> float:
    """The most that this process has held at once, in MiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def one(folder: Path) -> dict[str, Any]:
    """One measurement, in this process: every workbook of a folder into a fresh store."""
    from lk3.counts import Filter, prepare
    from lk3.dataset import load_dataset, save_checked
    from lk3.indicators import Context, compute_all
    from lk3.places import load_places
    from lk3.store import open_store

    places, store = load_places(), open_store()
    store.digest_key()
    watch = Watch()
    questions = sum(_import(path, store, places, watch, save_checked) for path in books(folder))
    data = load_dataset(store, places)
    tables = replace(data.tables, cases=prepare(data.tables.cases))
    watch.lap("load")
    measures = compute_all(Context(tables, Filter(), places, data.as_of))
    watch.lap("measures")
    return {
        "stages": watch.stages,
        "rows": data.rows("rows_read"),
        "used": data.rows("rows_used"),
        "set_aside": data.rows("rows_set_aside"),
        "cases": int(measures["cases"].loc["city", "value"]),
        "questions": questions,
    }


def _import(path: Path, store: Any, places: Any, watch: Watch, save: Any) -> int:
    """Check, answer, save one workbook; how many questions it had."""
    from lk3.dataset import answers_in, remember
    from lk3.intake import check_file

    def check() -> Any:
        answers = answers_in(store)
        content = path.read_bytes()
        key = store.digest_key()
        return check_file(content, path.name, places=places, key=key, answers=answers)

    checked = check()
    watch.lap("check")
    asked = len(checked.questions)
    for question in checked.questions:
        remember(store, question.answer(question.choices[0][0]))
    if asked:
        checked = check()
    watch.lap("answers")
    save(store, checked)
    watch.lap("save")
    return asked


def measure(folder: Path) -> dict[str, Any]:
    """One measurement, in a fresh process with a fresh store."""
    with tempfile.TemporaryDirectory() as store:
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            cwd=ROOT,
            env=os.environ | {"LK3_STORE": store, "LK3_ENGINE": "pandas"},
        )
    return dict(json.loads(done.stdout))


def books(folder: Path) -> list[Path]:
    """The workbooks of a folder, the oldest year first."""
    return sorted(folder.glob("*.xlsx"))


def generated(rows: int) -> Path:
    """A folder with a register of about so many rows, one workbook for each year."""
    folder = Path(tempfile.gettempdir()) / f"lk3-imports-{rows}"
    if not (folder / "ready").is_file():
        print(f"writing {rows:,} rows ...", file=sys.stderr)
        _generate(rows, folder)
        (folder / "ready").touch()
    return folder


def _generate(rows: int, folder: Path) -> None:
    from lk3 import sample
    from lk3.places import load_places

    folder.mkdir(exist_ok=True)
    years, places = sample.recipe.years(rows), load_places()
    first, as_of = 1, years[-1].last_day
    for year in years:
        sheets = sample._register_sheets([year], True, first, as_of, sample.SEED, places)
        sample.write_workbook(folder / f"register_{year.year}.xlsx", sheets)
        first += year.cases


def show(rows: int, runs: list[dict[str, Any]]) -> None:
    """The table of one size."""
    facts = runs[0]
    size = sum(path.stat().st_size for path in books(generated(rows))) / 1e6
    print(
        f"\n{facts['rows']:,} rows read in {len(books(generated(rows)))} workbooks ({size:.0f} MB):"
        f" {facts['used']:,} used, {facts['set_aside']:,} set aside, {facts['cases']:,} cases,"
        f" {facts['questions']} questions; {len(runs)} runs"
    )
    for stage in (*STAGES, "all"):
        clock, processor = (_seconds(runs, stage, what) for what in ("clock", "processor"))
        peak = max(run["stages"][name]["peak_mib"] for run in runs for name in _parts(stage))
        print(f"{stage:9} {_told(clock)}  processor {_told(processor)}  peak {peak:6,.0f} MiB")


def show_ratios(results: dict[int, list[dict[str, Any]]]) -> None:
    """The time for a row against that at the smallest size."""
    smallest, *larger = sorted(results)
    for rows in larger:
        for stage in (*STAGES, "all"):
            told = [
                f"{what} {_per_row(results[rows], stage, what):6.1f} us a row"
                f" = {_ratio(results[rows], results[smallest], stage, what):.2f} x"
                for what in ("clock", "processor")
            ]
            print(f"{rows:,} : {smallest:,}  {stage:9} {'   '.join(told)}")


def _parts(stage: str) -> tuple[str, ...]:
    return STAGES if stage == "all" else (stage,)


def _seconds(runs: list[dict[str, Any]], stage: str, what: str) -> list[float]:
    return [sum(run["stages"][name][what] for name in _parts(stage)) for run in runs]


def _per_row(runs: list[dict[str, Any]], stage: str, what: str) -> float:
    return 1e6 * statistics.median(_seconds(runs, stage, what)) / int(runs[0]["rows"])


def _ratio(
    runs: list[dict[str, Any]], others: list[dict[str, Any]], stage: str, what: str
) -> float:
    return _per_row(runs, stage, what) / max(_per_row(others, stage, what), 1e-9)


def _told(values: list[float]) -> str:
    return f"{statistics.median(values):7.2f} s ({min(values):.2f} to {max(values):.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[300_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one)))
        return
    folders = {rows: generated(rows) for rows in options.rows}
    results: dict[int, list[dict[str, Any]]] = {rows: [] for rows in folders}
    for _ in range(options.runs):
        for rows, folder in folders.items():
            results[rows].append(measure(folder))
    for rows, runs in results.items():
        show(rows, runs)
    show_ratios(results)


if __name__ == "__main__":
    main()
