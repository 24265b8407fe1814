"""Nothing is lost: kills, crowds, full and closed disks, damaged files; each tried for real.

    python bench/crash.py [--kills 400] [--rounds 8] [--seed N] [--only PART]

The parts: crowds, disk, closed, kills, damage. Prints what was tried and what came of it. Whatever
is wrong is a line that begins with BREACH, and then the exit code is 1. Linux; a full disk needs
the right to mount a small file system in memory, a closed folder the right to become another user.
What cannot be tried is said.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.losses import crowds, damage, disks, kills  # noqa: E402
from bench.losses.held import Ledger  # noqa: E402


def try_kills(folder: Path, ledger: Ledger, options: argparse.Namespace) -> None:
    kills.Kills(folder, ledger, options.seed).run(options.kills)


def try_crowds(folder: Path, ledger: Ledger, _options: argparse.Namespace) -> None:
    crowds.try_crowds(folder, ledger)


def try_full_disk(folder: Path, ledger: Ledger, options: argparse.Namespace) -> None:
    disks.try_full_disk(folder, ledger, options.seed)


def try_closed_folders(folder: Path, ledger: Ledger, _options: argparse.Namespace) -> None:
    disks.try_closed_folders(folder, ledger)


def try_damage(folder: Path, ledger: Ledger, options: argparse.Namespace) -> None:
    os.environ.update(LK3_STORE=str(folder), LK3_DIGEST_KEY="")  # the key is a file like the others
    damage.try_damage(folder, ledger, rounds=options.rounds, seed=options.seed)


PARTS = {
    "crowds": try_crowds,
    "disk": try_full_disk,
    "closed": try_closed_folders,
    "kills": try_kills,
    "damage": try_damage,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=8, help="of damage to every file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=PARTS)
    options = parser.parse_args()
    os.environ["LK3_DIGEST_KEY"] = (
        "a key of the bench"  # so that rows are known before they are held
    )
    kills.preload()
    breaches = 0
    for name in [options.only] if options.only else PARTS:
        folder, ledger = Path(tempfile.mkdtemp(prefix="lk3-crash-")), Ledger()
        start = time.perf_counter()
        print(f"{name} (seed {options.seed})", flush=True)
        try:
            PARTS[name](folder / "here", ledger, options)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        for what, count in sorted(ledger.counts.items()):
            print(f"  {count:6} {what}")
        print(
            f"  {len(ledger.breaches):6} breaches, {time.perf_counter() - start:.0f} s", flush=True
        )
        breaches += len(ledger.breaches)
    sys.exit(breaches > 0)


if __name__ == "__main__":
    main()
