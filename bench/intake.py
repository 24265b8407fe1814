"""How fast is a workbook checked, beside what others need to read it alone?

    python bench/intake.py [--rows 300000] [--runs 3] [--no-openpyxl] [--flat]

One generated register, in one run, one after the other by turns, each in a process of its own:
`check` (read, clean, check, account), pandas with openpyxl (once: it takes minutes), pandas with
calamine, and fastexcel to Arrow, which is the limit: nobody reads faster than the reader. Printed
are the median and the range of the seconds, processor seconds, and the peak memory; then the ratios
of the medians. `--flat` also checks smaller workbooks, for the time per row.

Every process imports what it needs before the clock starts.
"""

import argparse
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SMALLER = (3_000, 30_000)


def check(content: bytes) -> Callable[[], int]:
    from lk3.intake import check_file
    from lk3.places import load_places

    places = load_places()
    return lambda: check_file(content, "register.xlsx", places=places, key=b"k" * 32).rows_read


def pandas_with(engine: str) -> Callable[[bytes], Callable[[], int]]:
    def prepared(content: bytes) -> Callable[[], int]:
        import openpyxl  # noqa: F401
        import pandas as pd
        import python_calamine  # noqa: F401

        def read() -> int:
            frames = pd.read_excel(io.BytesIO(content), sheet_name=None, header=None, engine=engine)
            return sum(map(len, frames.values()))

        return read

    return prepared


def fastexcel_to_arrow(content: bytes) -> Callable[[], int]:
    import fastexcel
    import pyarrow  # noqa: F401

    def read() -> int:
        book = fastexcel.read_excel(content)
        sheets = [
            book.load_sheet(name, header_row=None, dtypes="string").to_arrow()
            for name in book.sheet_names
        ]
        return sum(sheet.num_rows for sheet in sheets)

    return read


CONTENDERS = {
    "check_file (all of it)": check,
    "pandas + openpyxl, reading": pandas_with("openpyxl"),
    "pandas + calamine, reading": pandas_with("calamine"),
    "fastexcel to Arrow, reading": fastexcel_to_arrow,
}
OURS, OPENPYXL, CALAMINE, LIMIT = CONTENDERS


def one(name: str, path: Path) -> dict:
    """One measurement, in this process."""
    job = CONTENDERS[name](path.read_bytes())
    wall, processor = time.perf_counter(), time.process_time()
    rows = job()
    seconds, used = time.perf_counter() - wall, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "processor": used, "peak_mb": peak, "rows": rows}


def measure(name: str, path: Path) -> dict:
    """One measurement, in a fresh process."""
    command = [sys.executable, __file__, "--one", name, "--path", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)


def register(rows: int) -> Path:
    """A register of about so many rows in three sheets, generated once per machine."""
    path = Path(tempfile.gettempdir()) / f"lk3-bench-{rows}.xlsx"
    if not path.exists():
        from lk3.places import load_places
        from lk3.sample import recipe, write_sample

        usual = [year.cases for year in recipe.years(None)]
        cases = round(rows * sum(usual) / sum(usual[3:]))
        with tempfile.TemporaryDirectory() as folder:
            books = write_sample(Path(folder), cases=cases, places=load_places())
            books[1].rename(path.with_suffix(".part"))
        path.with_suffix(".part").rename(path)
    return path


def told(runs: list[dict]) -> str:
    seconds = [run["seconds"] for run in runs]
    processor = statistics.median(run["processor"] for run in runs)
    peak = max(run["peak_mb"] for run in runs)
    middle = statistics.median(seconds)
    return (
        f"{middle:8.2f} s  ({min(seconds):.2f} to {max(seconds):.2f}, n={len(runs)})"
        f"  processor {processor:7.2f} s  peak {peak:6.0f} MB"
    )


def compare(rows: int, runs: int, *, with_openpyxl: bool) -> None:
    path = register(rows)
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, {os.cpu_count()} processors")
    names = [name for name in CONTENDERS if name != OPENPYXL]
    results: dict[str, list[dict]] = {name: [] for name in CONTENDERS}
    for _ in range(runs):
        for name in names:
            results[name].append(measure(name, path))
    if with_openpyxl:
        results[OPENPYXL].append(measure(OPENPYXL, path))
    for name, found in results.items():
        if found:
            print(f"{name:30}{told(found)}  rows {found[0]['rows']}")
    for what in ("seconds", "processor"):
        middle = {
            n: statistics.median(r[what] for r in found) for n, found in results.items() if found
        }
        ratios = ", ".join(
            f"{middle[OURS] / middle[name]:.2f} x {name}" for name in middle if name != OURS
        )
        print(f"check_file is, by {what}: {ratios}")


def flat(rows: int, runs: int) -> None:
    for size in (*SMALLER, rows):
        found = [measure(OURS, register(size)) for _ in range(runs)]
        read = found[0]["rows"]
        for what in ("seconds", "processor"):
            micro = 1e6 * statistics.median(run[what] for run in found) / read
            print(f"{read:9} rows: {micro:7.1f} us a row by {what}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-openpyxl", action="store_true")
    parser.add_argument("--flat", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one, options.path)))
        return
    compare(options.rows, options.runs, with_openpyxl=not options.no_openpyxl)
    if options.flat:
        flat(options.rows, options.runs)


if __name__ == "__main__":
    main()
