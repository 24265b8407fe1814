"""The nation: the one aggregation on pandas, Dask and Spark over one Delta table, cell by cell.

    python bench/engines.py [--cases 10000000] [--areas 84000] [--folder DIR] [--engines dask,spark]

Makes a store of that many cases (always the same for one size), counts several sets of dimensions
under several filters, each engine in a process of its own: pandas with the rows in memory, Dask
with two worker processes, Spark with two threads. Printed are the seconds of each query, the peak
memory of the engine with all its processes (the sum of what each holds for itself, PSS), and
whether all cells are equal to those of pandas. Needs requirements-engines.txt and Java 17.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
CHUNK = 1_000_000
QUERIES = {
    "total": ((), {}),
    "area": (("kelurahan_code",), {}),
    "area x problem, 2023": (("kelurahan_code", "problem"), {"period": 2023}),
    "month x problem": (("month", "problem"), {}),
    "quarter x profession, two problems": (("quarter", "profession"), {"problems": True}),
    "area x year": (("kelurahan_code", "year"), {}),
    "sex x age band, 2022": (("sex", "age_band"), {"period": 2022}),
}


def make(folder: Path, *, cases: int, areas: int) -> None:
    """The table `records` in the store's own form, written piece by piece."""
    from deltalake import write_deltalake

    from lk3.store import open_store

    store = open_store(str(folder))
    for start in range(0, cases, CHUNK):
        rows = _rows(start, min(CHUNK, cases - start), areas)
        write_deltalake(store._table(), rows, mode="append")


def _rows(start: int, size: int, areas: int):
    import numpy as np
    import pyarrow as pa

    from lk3.store.records import RECORDS

    rng = np.random.default_rng([7, start])
    texts = {
        "problem": [f"problem_{i:02d}" for i in range(12)],
        "profession": [f"profession_{i}" for i in range(8)],
        "status": ["baru", "proses", "selesai"],
        "sex": ["L", "P", "unknown"],
        "age_band": ["0-5", "6-12", "13-17", "18-24", "25-44", "45-59", "60+"],
        "service": ["konseling", "rujukan"],
    }
    columns = {name: np.array(words)[rng.integers(len(words), size=size)]
               for name, words in texts.items()}  # fmt: skip
    columns["problems"] = columns["problem"]
    codes = np.array([f"{i:010d}" for i in range(areas)])
    columns["kelurahan_code"] = codes[rng.integers(areas, size=size)]
    days = np.datetime64("2020-01-01") + rng.integers(0, 365 * 5, size).astype("timedelta64[D]")
    precision = np.array(["day", "month"])[(rng.random(size) < 0.1).astype(int)]
    monthly = precision == "month"
    days[monthly] = days[monthly].astype("datetime64[M]").astype("datetime64[D]")
    columns |= {"reported_on": days, "reported_precision": precision}
    columns["case_id"] = np.char.add("k", np.arange(start, start + size).astype("str"))
    columns["cases"] = np.ones(size, dtype="int64")
    columns["row"] = np.arange(size)
    for name in ("block", "breakdown", "referred_to", "closed_precision"):
        columns[name] = np.full(size, "")
    columns |= {"kind": np.full(size, "cases"), "source": np.full(size, f"office {start}")}
    columns["sheet"] = np.full(size, "register")
    arrays = [
        pa.array(columns[field.name], type=field.type)
        if field.name in columns
        else pa.nulls(size, field.type)
        for field in RECORDS
    ]
    return pa.table(arrays, schema=RECORDS)


def count(engine: str, folder: Path, out: Path) -> None:
    """One engine, all queries; the results as Parquet, the seconds on standard output."""
    from lk3.counts import Filter, Period, aggregate, prepare
    from lk3.store import open_store
    from lk3.store.engines import cases_on, chosen_engine

    started = time.perf_counter()
    store = open_store(str(folder))
    chosen = chosen_engine()
    version = store.latest()
    ready = time.perf_counter()
    frame = prepare(store.load().cases) if chosen is None else cases_on(chosen, store, version)
    seconds = {"start": ready - started, "open": time.perf_counter() - ready}
    for number, (name, (by, wishes)) in enumerate(QUERIES.items()):
        filter = Filter(
            Period.year(wishes["period"]) if "period" in wishes else None,
            problems=("problem_01", "problem_07") if "problems" in wishes else (),
        )
        began = time.perf_counter()
        found = aggregate(frame, filter, by)
        seconds[name] = time.perf_counter() - began
        found.to_parquet(out / f"{engine}-{number}.parquet")
    print(json.dumps(seconds))


def measured(engine: str, folder: Path, out: Path) -> tuple[dict[str, float], float]:
    """Seconds by query and the peak memory in GB of one engine."""
    env = {**os.environ, "LK3_ENGINE": engine, "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [sys.executable, __file__, "--one", engine, "--folder", str(folder)]
    process = subprocess.Popen(
        [*command, "--out", str(out)], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    watcher.start()
    said, wrong = process.communicate()
    watcher.join()
    if process.returncode:
        sys.exit(f"{engine}: {wrong.decode()[-3000:]}")
    return json.loads(said.splitlines()[-1]), peak[0]


def _watch(process: subprocess.Popen, peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(map(_own, _tree(process.pid))) / 1e6)
        time.sleep(0.2)


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += _tree(int(child))
        except OSError:
            continue
    return found


def _own(pid: int) -> int:
    """Kilobytes that a process holds, what it shares counted by its share."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000_000)
    parser.add_argument("--areas", type=int, default=84_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--engines", default="dask,spark")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        count(given.one, given.folder, given.out)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch) / "store"
        out = Path(scratch)
        if not (folder / "records").is_dir():
            began = time.perf_counter()
            make(folder, cases=given.cases, areas=given.areas)
            print(f"made {given.cases:,} cases in {time.perf_counter() - began:.0f} s", flush=True)
        held = sum(f.stat().st_size for f in (folder / "records").rglob("*.parquet")) / 1e6
        print(f"{given.cases:,} cases, {given.areas:,} areas, {held:.0f} MB of Parquet", flush=True)
        report(folder, out, given.engines.split(","))


def report(folder: Path, out: Path, engines: list[str]) -> None:
    import pandas as pd

    told = {}
    for engine in ("pandas", *engines):
        told[engine] = measured(engine, folder, out)
        print(f"{engine}: {sum(told[engine][0].values()):.1f} s in all, "
              f"{told[engine][1]:.2f} GB at most", flush=True)  # fmt: skip
    names = ["start", "open", *QUERIES]
    print(pd.DataFrame({e: [told[e][0][n] for n in names] for e in told}, index=names).round(2))
    for engine in engines:
        for number, name in enumerate(QUERIES):
            pair = [pd.read_parquet(out / f"{e}-{number}.parquet") for e in ("pandas", engine)]
            pd.testing.assert_frame_equal(*pair)
            print(f"{engine}: {name}: {len(pair[0]):,} cells equal", flush=True)


if __name__ == "__main__":
    main()
