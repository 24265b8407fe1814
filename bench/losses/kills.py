"""Processes that are killed (SIGKILL) at any moment of what they do to a store.

Children are forked from a server that has loaded the libraries and never used them. Each says what
it begins and what it has done; the parent kills it at a random moment of the usual time of such an
act, and then looks, in a process of its own, what the store holds.
"""

import multiprocessing as mp
import random
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from bench.losses.held import (
    PLACES,
    ROWS,
    SOURCES,
    Ledger,
    State,
    checked_register,
    expected,
    is_sentence,
    notes_of,
    outcome,
    register,
    state,
)
from lk3.dataset import import_file, save_checked
from lk3.store import Store
from lk3.store.backup import back_up, bring_back
from lk3.store.retention import purge

FORKS = mp.get_context("forkserver")
ACTS = ("import", "import", "import", "restore", "remove", "purge", "note", "backup", "bring_back")
_LIFE = 30  # kills that one store lives through
_WAIT = 60.0


def preload() -> None:
    """What the server that forks the children has loaded."""
    FORKS.set_forkserver_preload(["bench.losses.kills"])


def perform(act: str, url: str, given: dict, say: Connection) -> None:
    """In the child: one act, told before and after."""
    store = Store(url)
    say.send("begin")
    say.send(_DO[act](store, given))


def _import(store: Store, given: dict) -> int | None:
    name = given["source"]
    return import_file(store, PLACES, given["content"], f"{name}.csv", source=name)[1]


def _purge(store: Store, _given: dict) -> None:
    purge(store, days=0, do=True, now=datetime.now(UTC) + timedelta(days=1))


def _note(store: Store, given: dict) -> None:
    store.notes.put("decisions", {"text": given["text"]}, id=given["id"])


_DO: dict[str, Callable[[Store, dict], object]] = {
    "import": _import,
    "restore": lambda store, given: store.restore(given["version"]),
    "remove": lambda store, given: store.remove(given["source"]),
    "purge": _purge,
    "note": _note,
    "backup": lambda store, given: back_up(store, Path(given["file"])) and None,
    "bring_back": lambda store, given: bring_back(store, Path(given["file"]), replace=True) and 1,
}


class Kills:
    """A store, what has been acknowledged of it, and the kills that it goes through."""

    def __init__(self, folder: Path, ledger: Ledger, seed: int) -> None:
        self.folder, self.ledger, self.chance = folder, ledger, random.Random(seed)
        self.usual: dict[str, float] = {}
        self.held: State = {}
        self.versions: dict[int, State] = {}
        self.notes: dict[str, str] = {}
        self._new_store(0)

    def run(self, count: int) -> None:
        """Each act once to its end, then so many kills."""
        for act in dict.fromkeys(ACTS):  # how long each takes when nobody kills it
            self.once(act, kill=False)
        for turn in range(count):
            if turn and turn % _LIFE == 0:
                self._new_store(turn)
            self.once(self.chance.choice(ACTS), kill=True)

    def once(self, act: str, *, kill: bool) -> None:
        """One act, killed or not, and a look at all that is held."""
        given, after = self._plan(act)
        before = (dict(self.held), dict(self.versions), dict(self.notes))
        done = self._child(act, given, kill=kill)
        self.ledger.counts[f"{act}: {'done before the kill' if done else 'killed'}"] += 1
        label = f"{act} {'done' if done else 'killed'}"
        held = self._look(label)
        if held is None:
            return
        self.ledger.must(held in ((after,) if done else (self.held, after)), f"{label}: other rows")
        self._look_at_versions(label, act, changed=held != self.held)
        self._look_at_notes(label, act, given, done)
        if act == "backup":
            self._look_at_backup(label, Path(given["file"]), before)
        self.held = held
        self._go_on(label)

    def _new_store(self, turn: int) -> None:
        root = self.folder / f"s{turn}"
        shutil.rmtree(self.folder, ignore_errors=True)
        root.mkdir(parents=True)
        self.root, self.store = root, Store(root / "store")
        self.held, self.versions, self.notes = {}, {}, {}
        for source in SOURCES:
            self._save(source)
        self.store.notes.put("decisions", {"text": "awal"}, id="awal")
        self.notes["awal"] = "awal"
        back_up(self.store, root / "good.zip")
        self.good = dict(self.held), dict(self.versions), dict(self.notes)

    def _save(self, source: str) -> None:
        seed, rows = self.chance.randrange(4), self.chance.choice(ROWS)
        checked = checked_register(source, seed, rows)
        number = save_checked(self.store, checked, source=source)
        self.held = self.held | {source: expected(source, seed, rows)}
        self.versions[number] = self.held

    def _plan(self, act: str) -> tuple[dict, State]:
        """What the child is given, and what the store holds once it is done."""
        source, seed = self.chance.choice(SOURCES), self.chance.randrange(10**9)
        if act == "import":
            pick, rows = seed % 4, self.chance.choice(ROWS)
            new = {source: expected(source, pick, rows)}
            return {"source": source, "content": register(pick, rows)}, self.held | new
        if act == "remove":
            return {"source": source}, {s: v for s, v in self.held.items() if s != source}
        if act == "restore":
            older = sorted(v.number for v in self.store.versions())[:-1]
            number = self.chance.choice([n for n in older if n in self.versions] or [0])
            return {"version": number}, self.versions.get(number, self.held)
        if act == "bring_back":
            return {"file": str(self.root / "good.zip")}, self.good[0]
        note = f"n{seed}"
        return {"id": note, "text": f"teks {seed}", "file": str(self.root / "b.zip")}, self.held

    def _child(self, act: str, given: dict, *, kill: bool) -> bool:
        """Whether the act was done, and said to be, before the kill."""
        if given.get("version") == 0:
            return False
        hear, say = FORKS.Pipe(duplex=False)
        child = FORKS.Process(target=perform, args=(act, self.store.url, given, say))
        child.start()
        say.close()
        done = False
        try:
            assert hear.poll(_WAIT), "no word from the child"
            hear.recv()
            start = time.perf_counter()
            moment = self.chance.uniform(0, 1.15) * self.usual.get(act, 0) if kill else _WAIT
            done = hear.poll(moment)
            if done:
                hear.recv()
                self.usual.setdefault(act, time.perf_counter() - start)
        except EOFError:
            done = False
            self.ledger.must(child.exitcode in (None, -9), f"{act}: the child ended by itself")
        finally:
            child.kill()
            child.join()
            hear.close()
        return done

    def _look(self, label: str) -> State | None:
        """What a new reader sees; nothing but the rows is good enough."""
        kind, value = outcome(lambda: state(Store(self.store.url)))
        self.ledger.must(kind == "value", f"{label}: {kind} {value}")
        return value if isinstance(value, dict) else None

    def _look_at_versions(self, label: str, act: str, *, changed: bool) -> None:
        listed = [v.number for v in self.store.versions()]
        for number in self.chance.sample(listed, min(1, len(listed))):
            if number not in self.versions:
                continue
            kind, value = outcome(lambda number=number: state(self.store, number))
            if kind != "value" and act == "purge":  # half of an old version is gone, and it says so
                self.ledger.must(kind == "sentence", f"{label}: version {number}: {value}")
                self.versions.pop(number)
            elif act != "bring_back":
                self.ledger.must(
                    value == self.versions[number], f"{label}: version {number} differs"
                )
        newest = self.store.latest()
        if act == "bring_back" and changed:
            self.versions = dict(self.good[1])
        elif changed and newest is not None:
            self.ledger.must(newest not in self.versions, f"{label}: a version was written over")
            self.versions[newest] = state(self.store)
        self.versions = {n: s for n, s in self.versions.items() if n in set(listed) | {newest}}

    def _look_at_notes(self, label: str, act: str, given: dict, done: bool) -> None:
        seen = notes_of(self.store)
        if act == "bring_back" and seen != self.notes:
            self.ledger.must(seen == self.good[2], f"{label}: notes neither old nor of the backup")
            if self.store.latest() == max(self.good[1]):
                self.versions = dict(self.good[1])
        elif act == "note":
            with_new = self.notes | {given["id"]: given["text"]}
            allowed = (with_new,) if done else (self.notes, with_new)
            self.ledger.must(seen in allowed, f"{label}: other notes")
        else:
            self.ledger.must(seen == self.notes, f"{label}: other notes")
        self.notes = seen

    def _look_at_backup(self, label: str, file: Path, before: tuple[State, dict, dict]) -> None:
        """Whatever lies under the name of the backup is whole."""
        if not file.exists():
            return
        copy = Store(self.root / "copy")
        kind, value = outcome(lambda: bring_back(copy, file, replace=True))
        self.ledger.must(kind == "value", f"{label}: the backup does not come back: {value}")
        file.unlink()
        self.ledger.must(state(copy) == before[0], f"{label}: the backup holds other rows")
        self.ledger.must(notes_of(copy) == before[2], f"{label}: the backup holds other notes")
        for path in self.root.glob("copy*"):
            shutil.rmtree(path)

    def _go_on(self, label: str) -> None:
        """The next import works, in the same store, whatever was left lying about."""
        kind, value = outcome(lambda: self._save(self.chance.choice(SOURCES)))
        self.ledger.must(kind == "value", f"{label}: the next import: {kind} {value}")
        if kind != "value":
            self.ledger.must(is_sentence(value), f"{label}: no sentence")
            return
        self.ledger.must(state(self.store) == self.held, f"{label}: rows after the next import")
        self.ledger.counts["imports after a kill that worked"] += 1
