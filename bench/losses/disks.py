"""A disk that is full, and folders that may not be read or written: both for real.

The full disk is a small file system in memory; the closed folder belongs to another user than the
child that asks for it, who has given up being root.
"""

import ctypes
import os
import random
import shutil
import subprocess
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from bench.losses.held import (
    PLACES,
    Ledger,
    checked_register,
    expected,
    is_sentence,
    notes_of,
    outcome,
    state,
)
from bench.losses.kills import FORKS
from lk3 import audit
from lk3.dataset import load_dataset, save_checked
from lk3.store import Store
from lk3.store.backup import back_up
from lk3.store.retention import purge

_NOBODY = 65534
_KB = 1024
CLOSED = {
    "store": ("", 0o700),
    "store, reading only": ("", 0o555),
    "tables": ("records", 0o700),
    "log of the tables": ("records/_delta_log", 0o700),
    "one commit": ("records/_delta_log/*1.json", 0o600),
    "one data file": ("records/kind=cases/*.parquet", 0o600),
    "notes": ("notes", 0o700),
    "key": ("digest.key", 0o600),
    "access log": ("audit", 0o700),
}


def try_full_disk(folder: Path, ledger: Ledger, seed: int) -> None:
    """Every writing act with less and less room, until there is enough."""
    folder.mkdir(parents=True)
    size = ["-o", "size=6m"]
    mounted = subprocess.run(["mount", "-t", "tmpfs", *size, "tmpfs", folder], check=False)
    if mounted.returncode:
        ledger.counts["NOT TRIED: no right to mount a small file system"] += 1
        return
    try:
        for turn, room in enumerate(range(0, 400 * _KB, 8 * _KB)):
            _with_room(folder / f"{turn}", ledger, room, random.Random(seed + turn))
    finally:
        subprocess.run(["umount", folder], check=False)


def _with_room(folder: Path, ledger: Ledger, room: int, chance: random.Random) -> None:
    store = Store(folder / "store")
    save_checked(store, checked_register("a", 0, 60), source="a")
    store.notes.put("decisions", {"text": "awal"}, id="awal")
    before, notes, versions = state(store), notes_of(store), store.versions()
    filler = folder / "filler"
    _fill(filler, leave=room)
    acts: dict[str, Callable[[], object]] = {
        "import": lambda: save_checked(store, checked_register("b", 0, 400), source="b"),
        "note": lambda: store.notes.put("decisions", {"text": "baru"}, id="baru"),
        "backup": lambda: back_up(store, folder / "b.zip"),
        "key": lambda: Store(folder / "other").digest_key() and "",
        "restore": lambda: store.restore(1),
        "purge": lambda: purge(store, days=0, do=True),
    }
    order = list(acts)
    chance.shuffle(order)
    for name in order:
        kind, value = outcome(acts[name])
        told = kind == "sentence" and is_sentence(value)
        ledger.must(told or kind == "value", f"full disk: {name} with {room} bytes: {value}")
        ledger.counts[f"full disk: {name}: {'one sentence' if told else 'done'}"] += 1
        if name == "import" and kind == "value":
            before = before | {"b": expected("b", 0, 400)}
        if name == "restore" and kind == "value":
            before = {"a": before["a"]}
        if name == "note" and kind == "value":
            notes = notes | {"baru": "baru"}
        _still_there(store, ledger, before, notes, f"full disk: after {name} with {room} bytes")
    filler.unlink()
    save_checked(store, checked_register("c", 0, 60), source="c")
    full = before | {"c": expected("c", 0, 60)}
    ledger.must(state(store) == full, f"full disk: the import after {room} bytes")
    ledger.must(len(store.versions()) > len(versions), "full disk: versions are lost")
    shutil.rmtree(folder)


def _still_there(store: Store, ledger: Ledger, before: dict, notes: dict, label: str) -> None:
    for what, look, truth in (("rows", state, before), ("notes", notes_of, notes)):
        kind, value = outcome(lambda look=look: look(Store(store.url)))
        ledger.must(kind == "value" and value == truth, f"{label}: {what}: {kind} {value}")


def _fill(path: Path, *, leave: int) -> None:
    """Write until the file system has only so much room."""
    path.touch()
    free = shutil.disk_usage(path.parent).free
    with path.open("wb") as file:
        file.write(b"\0" * max(0, free - leave))


def ask_as_nobody(url: str, target: str, log: str, say: Connection) -> None:
    """In a child that is no longer root: everything that reads or writes, and what came of it."""
    os.environ["LK3_AUDIT"] = log
    ctypes.CDLL(None).setgroups(0, None)
    os.setgid(_NOBODY)
    os.setuid(_NOBODY)
    acts: dict[str, Callable[[], object]] = {
        "newest": lambda: Store(url).latest(),
        "rows": lambda: state(Store(url)),
        "versions": lambda: len(Store(url).versions()),
        "notes": lambda: notes_of(Store(url)),
        "dataset": lambda: load_dataset(Store(url), PLACES).sample,
        "key": lambda: len(Store(url).digest_key()),
        "log": lambda: len(audit.entries()),
        "log line": lambda: audit.record(audit.EXPORT),
        "import": lambda: save_checked(Store(url), checked_register("b", 0, 5), source="b"),
        "note": lambda: Store(url).notes.put("decisions", {"text": "x"}),
        "restore": lambda: Store(url).restore(1),
        "backup": lambda: back_up(Store(url), Path(target)).files,
        "purge": lambda: purge(Store(url), days=0, do=True).files,
    }
    say.send({name: outcome(act) for name, act in acts.items()})


def try_closed_folders(folder: Path, ledger: Ledger) -> None:
    """Each part of a store closed to the one who asks."""
    if os.geteuid() != 0:
        ledger.counts["NOT TRIED: no right to become another user"] += 1
        return
    for number, (name, (part, mode)) in enumerate(CLOSED.items()):
        _closed(folder / str(number), ledger, name, part, mode)


def _closed(folder: Path, ledger: Ledger, name: str, part: str, mode: int) -> None:
    store = Store(folder / "store")
    os.environ["LK3_AUDIT"] = str(Path(store.url) / "audit")
    store.digest_key()
    for seed in range(2):
        save_checked(store, checked_register("a", seed, 60), source="a")
        audit.record(audit.IMPORT, rows=60)
    store.notes.put("decisions", {"text": "awal"}, id="awal")
    truth = {"newest": 2, "rows": state(store), "versions": 2, "notes": notes_of(store)}
    truth |= {"dataset": False, "key": len(store.digest_key()), "log": 2}
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    folder.parent.chmod(0o755)
    folder.parent.parent.chmod(0o755)
    for path in Path(store.url).glob(part) if part else [Path(store.url)]:
        path.chmod(mode)
    for what, (kind, value) in _answers(store.url, folder).items():
        told = kind == "sentence" and is_sentence(value)
        right = kind == "value" and (what not in truth or value == truth[what])
        ledger.must(told or right, f"{name} closed: {what}: {kind} {value}")
        wrote = right and what in ("import", "note", "restore", "purge")
        ledger.must(not wrote, f"{name} closed: {what} is said to be done")
        ledger.counts[f"{name} closed: {'one sentence' if told else 'true'}"] += 1
    ledger.must(state(store) == truth["rows"], f"{name} closed: rows are lost")


def _answers(url: str, folder: Path) -> dict:
    hear, say = FORKS.Pipe(duplex=False)
    given = (url, str(folder / "b.zip"), os.environ["LK3_AUDIT"], say)
    child = FORKS.Process(target=ask_as_nobody, args=given)
    child.start()
    answers = hear.recv()
    child.join()
    return answers
