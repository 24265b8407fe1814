"""Whether anybody can work a hidden count out of all that leaves for the public.

    python bench/disclosure.py [--sets N] [--first SEED] [--pairs]

For each random data set every usual public export is made and read (`tests/leaks_for_tests.py` says
how), and a linear programme over all numbers together tries to narrow every small count: of a
kelurahan, a problem, a profession, by month, quarter and year. `--pairs`: also each two exports by
themselves, which can only tell less. It says how many were narrowed (none may be), and what hiding
costs: the share of kelurahan-years of 5 or more that nobody gets to see.
"""

import argparse
import itertools
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.leaks_for_tests import (  # noqa: E402
    attack,
    facts_of,
    random_dataset,
    usual_exports,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=40)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--pairs", action="store_true")
    options = parser.parse_args()
    started = time.process_time()
    exports = usual_exports()
    numbers = hidden = pinned = shown = large = lost = pairs = 0
    for seed in range(options.first, options.first + options.sets):
        data = random_dataset(seed)
        each = [facts_of(data, filter) for filter in exports]
        found = attack(data, [fact for facts in each for fact in facts])
        numbers += sum(map(len, each))
        hidden, pinned = hidden + found.hidden, pinned + len(found.pinned)
        shown += found.small_shown
        large, lost = large + found.large, lost + found.large_hidden
        for each_pinned in found.pinned[:9]:
            print(f"  data set {seed}: narrowed {each_pinned}")
        if options.pairs:
            for first, second in itertools.combinations(each, 2):
                pairs += 1
                pinned += len(attack(data, first + second).pinned)
    print(f"{options.sets} data sets, {len(exports)} exports of each, {numbers} numbers read")
    print(f"pairs of exports attacked apart: {pairs}")
    print(f"small counts hidden: {hidden}; shown: {shown}; narrowed below their range: {pinned}")
    print(f"kelurahan-years of 5 or more: {large}; hidden with the small ones: {lost}"
          f" ({lost / max(large, 1):.0%})")  # fmt: skip
    print(f"{time.process_time() - started:.0f} s of processor time")


if __name__ == "__main__":
    main()
