"""Thousands of workbooks with something wrong, each by its seed: every check must end soundly.

    python bench/fuzz.py [--count 3000] [--first 1000] [--seed N]

Each file ends in a result or in one sentence; rows read are rows used, set aside and no data; each
row set aside has a finding. Failing seeds are printed with what was wrong; then the exit code is 1.
`--seed` repeats one file, keeps it in the temporary folder and shows the traceback.
"""

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.mutations import mutated  # noqa: E402
from tests.oracle import checked_by, complaints  # noqa: E402


def wrong_with(seed: int, outcomes: Counter) -> list[str]:
    """What is wrong with the check of one seed's file."""
    content, name = mutated(seed)
    try:
        checked = checked_by(content, name, by_columns=seed % 3 == 0)
        rules = checked.tables.findings["rule"]
        outcomes[f"refused: {rules.iloc[0]}" if checked.refused else checked.kind] += 1
        return complaints(checked)
    except Exception as error:  # noqa: BLE001 (what this program looks for)
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(where.filename).name}:{where.lineno}"
        return [f"{type(error).__name__}: {str(error)[:120]} ({place})"]


def show(seed: int) -> None:
    content, name = mutated(seed)
    path = Path(tempfile.gettempdir()) / f"lk3-fuzz-{seed}-{name}"
    path.write_bytes(content)
    print(path)
    checked = checked_by(content, name, by_columns=seed % 3 == 0)
    print(checked.accounting(), checked.tables.findings.to_string(), complaints(checked), sep="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--first", type=int, default=1000)
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    if options.seed is not None:
        show(options.seed)
        return
    outcomes: Counter = Counter()
    failed, start = 0, time.process_time()
    for seed in range(options.first, options.first + options.count):
        wrong = wrong_with(seed, outcomes)
        if wrong:
            failed += 1
            print(f"seed {seed}: {'; '.join(wrong)}", flush=True)
    seconds = time.process_time() - start
    for outcome, count in outcomes.most_common():
        print(f"{count:6} {outcome}")
    print(f"seeds {options.first} to {seed}: {failed} failed, {seconds:.0f} s of processor time")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
