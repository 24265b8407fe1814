"""First map of a province of 1,000 kelurahan beside that of the city of 15, interleaved.

    .venv/bin/python -m bench.province [--cases N] [--rounds N]

Each round starts a fresh process for either place: the script of the first page is run to its map,
then once more by a second session. Printed: medians with ranges, the ratio, and peak memory.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_CHILD = """
import json, logging, resource, time
logging.disable(logging.WARNING)
from streamlit.testing.v1 import AppTest
import lk3.ui.page, lk3.figures, lk3.indicators.underserved
def first():
    start = time.perf_counter()
    board = AppTest.from_file("dashboard.py", default_timeout=600).run()
    assert not board.error and board.get("bidi_component"), [e.value for e in board.error]
    return time.perf_counter() - start
found = {"cold_s": first(), "next_session_s": first()}
found["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(found))
"""


def main() -> None:
    wishes = argparse.ArgumentParser()
    wishes.add_argument("--cases", type=int, default=30_000)
    wishes.add_argument("--rounds", type=int, default=3)
    asked = wishes.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        places = _places(Path(folder), asked.cases)
        runs = {name: [] for name in places}
        for _round in range(asked.rounds):
            for name, env in places.items():
                runs[name].append(_measured(env))
    for what in ("cold_s", "next_session_s", "peak_mib"):
        values = {name: [each[what] for each in found] for name, found in runs.items()}
        middle = {name: statistics.median(each) for name, each in values.items()}
        said = ", ".join(
            f"{name} {middle[name]:.2f} ({min(each):.2f}-{max(each):.2f})"
            for name, each in values.items()
        )
        print(f"{what}: {said}; ratio {middle['province'] / middle['city']:.2f}")


def _places(folder: Path, cases: int) -> dict[str, dict[str, str]]:
    """The two places, each with a store of as many cases."""
    from lk3.places import read_places
    from lk3.store import open_store
    from tests.province_for_tests import province_areas, province_tables, write_province

    geo = folder / "geo"
    geo.mkdir()
    city = read_places(str(ROOT / "geo"))
    people = city.population.drop_duplicates("code").set_index("code")["population"]
    small = city.areas.reset_index()[["code"]].assign(
        regency=city.areas["district"].to_numpy(),
        population=people.reindex(city.codes).to_numpy(),
    )
    rows = {"rows_read": cases, "rows_used": cases, "rows_set_aside": 0, "rows_not_data": 0}
    account = {"file": "uji.xlsx", "kind": "cases", **rows, "findings": []}
    found = {}
    for name, where, areas in (
        ("city", ROOT / "geo", small),
        ("province", write_province(geo), province_areas()),
    ):
        env = {"LK3_GEO_DIR": str(where), "LK3_STORE": str(folder / name)}
        os.environ.update(env)
        open_store().save("uji", province_tables(areas, cases=cases), accounting=account, user="")
        found[name] = env
    return found


def _measured(env: dict[str, str]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD], cwd=ROOT, env=os.environ | env,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.strip().splitlines()[-1])


if __name__ == "__main__":
    main()
