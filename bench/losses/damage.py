"""Files of a store that are damaged: a bit, half of a file, the whole of it, one file at a time.

After each, everything that reads is asked. The truth, or one sentence: anything else is a breach.
"""

import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.losses.held import (
    PLACES,
    ROWS,
    SOURCES,
    Ledger,
    checked_register,
    files_of,
    is_sentence,
    notes_of,
    outcome,
    state,
)
from lk3 import audit
from lk3.dataset import load_dataset, save_checked
from lk3.store import Store
from lk3.store.backup import back_up, bring_back
from lk3.store.retention import purge

DAMAGES = ("bit", "half", "empty", "zeros", "gone")


def filled(folder: Path, seed: int) -> Store:
    """A store with some versions, notes, a key and a log of accesses."""
    chance, store = random.Random(seed), Store(folder)
    store.digest_key()
    for turn in range(4):
        source = SOURCES[turn % len(SOURCES)]
        checked = checked_register(source, chance.randrange(4), chance.choice(ROWS[:2]))
        number = save_checked(store, checked, source=source)
        audit.record(audit.IMPORT, user="petugas@contoh.id", version=number, rows=60 + turn)
        if turn == 1:  # the log then begins with a checkpoint
            purge(store, days=0, do=True, now=datetime.now(UTC) + timedelta(days=1))
    for turn in range(3):
        store.notes.put("decisions", {"text": f"keputusan {turn}"})
    return store


def _looks(store: Store) -> dict[str, Callable[[], object]]:
    """Everything that reads, by name."""
    first = 3
    return {
        "newest": lambda: store.latest(),
        "versions": lambda: store.versions(),
        "rows": lambda: state(store),
        "older rows": lambda: state(store, first),
        "dataset": lambda: _facts(store),
        "notes": lambda: notes_of(store),
        "key": lambda: store.digest_key(),
        "log": lambda: audit.entries().to_dict("records"),
    }


def _facts(store: Store) -> tuple[bool, int | None, int]:
    held = load_dataset(store, PLACES)
    return held.sample, held.version, len(held.tables.cases)


def damage(content: bytes, how: str, chance: random.Random) -> bytes | None:
    """The content with something wrong in it; None for a file that is gone."""
    if how == "bit" and content:
        at, held = chance.randrange(len(content)), bytearray(content)
        held[at] ^= 1 << chance.randrange(8)
        return bytes(held)
    if how == "zeros":  # a block that a disk could not read
        at = chance.randrange(len(content) or 1)
        return content[:at] + b"\0" * len(content[at : at + 512]) + content[at + 512 :]
    return {"half": content[: len(content) // 2], "empty": b"", "gone": None}.get(how, content)


def try_damage(folder: Path, ledger: Ledger, *, rounds: int, seed: int) -> None:
    """Each file of a store in each way, several times; and a damaged backup."""
    chance, store = random.Random(seed), filled(folder, seed)
    truth = {name: look() for name, look in _looks(store).items()}
    good = files_of(folder)
    for turn in range(rounds):
        for name, content in good.items():
            how = DAMAGES[(turn + chance.randrange(2)) % len(DAMAGES)] if turn else "bit"
            bad = damage(content, how, chance)
            if bad != content:
                _one(folder, name, bad, truth, ledger, f"{_kind(name)}: {how}")
                (folder / name).write_bytes(content)
    _backups(folder, ledger, chance)


def _one(
    folder: Path, name: str, bad: bytes | None, truth: dict, ledger: Ledger, label: str
) -> None:
    path = folder / name
    path.unlink() if bad is None else path.write_bytes(bad)
    said = 0
    for what, look in _looks(Store(folder)).items():
        kind, value = outcome(look)
        if kind == "sentence":
            said += 1
            ledger.must(is_sentence(value), f"{label}: {what}: no sentence: {value}")
        elif kind == "traceback":
            ledger.breach(f"{label}: {what}: {value}")
        elif value != truth[what] and what == "log" and _is_only_less(value, truth[what]):
            shown = audit.broken_lines()
            ledger.counts[
                f"{label}: {'less, and said' if shown else 'less, and none can know'}"
            ] += 1
        elif value != truth[what]:
            ledger.breach(f"{label}: {what}: something else is shown")
    ledger.counts[f"{label}: {'said' if said else 'no harm'}"] += 1


def _is_only_less(shown: object, truth: list) -> bool:
    """The access log is plain lines: what is shown is true, and a file that is cut between two
    lines or removed looks like a shorter one.
    """
    return isinstance(shown, list) and all(line in truth for line in shown)


def _kind(name: str) -> str:
    if "_delta_log" in name:
        return f"log of {name.split('/')[0]}"
    return name if name.endswith(".key") else name.split("/")[0]


def _backups(folder: Path, ledger: Ledger, chance: random.Random) -> None:
    """A backup with a bit turned is refused, and the store stays as it is."""
    file = folder.with_name("b.zip")
    store = Store(folder)
    back_up(store, file)
    whole, before = file.read_bytes(), files_of(folder)
    for how in DAMAGES[:3] * 5:
        bad = damage(whole, how, chance)
        file.write_bytes(bad or b"")
        kind, value = outcome(lambda: bring_back(store, file, replace=True))
        now = files_of(folder)
        for path in folder.parent.glob("here.*"):
            shutil.rmtree(path)
        ok = kind == "sentence" and is_sentence(value) and now == before
        same = kind == "value" and now == before  # a bit of a date or a name that nobody reads
        ledger.must(ok or same, f"backup: {how}: {kind} {value}")
        ledger.counts[f"backup: {how}: {'refused' if ok else 'no harm'}"] += 1
