"""Several importers at one store at the same moment, with readers beside them and backups of it."""

import multiprocessing as mp
import time
from multiprocessing.connection import Connection
from pathlib import Path

from bench.losses.held import (
    Ledger,
    checked_register,
    expected,
    notes_of,
    outcome,
    state,
)
from bench.losses.kills import FORKS
from lk3.dataset import save_checked
from lk3.store import Store
from lk3.store.backup import back_up, bring_back

_SAVES = 12
_ROWS = 60


def write(url: str, who: int, same: bool, start: mp.Event, say: Connection) -> None:
    """An importer: saves and notes one after another; tells what was acknowledged, and what not."""
    store, done = Store(url), []
    source = "a" if same else f"s{who}"
    held = [checked_register(source, seed, _ROWS) for seed in range(4)]
    say.send("ready")
    start.wait()
    for turn in range(_SAVES):
        kind, value = outcome(lambda turn=turn: save_checked(store, held[turn % 4], source=source))
        done.append((kind, value, source, turn % 4))
        outcome(lambda turn=turn: store.notes.put("decisions", {"text": "x"}, id=f"{who}-{turn}"))
    say.send(done)


def read(url: str, start: mp.Event, stop: mp.Event, say: Connection) -> None:
    """A reader: every state that it sees, by version, and whether versions ever went back."""
    store, seen, wrong, last = Store(url), {}, [], 0
    say.send("ready")
    start.wait()
    while not stop.is_set():
        kind, newest = outcome(store.latest)
        if kind != "value":
            wrong.append(f"{kind} {newest}")
        elif newest is not None:
            if newest < last:
                wrong.append(f"version {newest} after {last}")
            last = newest
            kind, value = outcome(lambda newest=newest: state(store, newest))
            if kind != "value":
                wrong.append(f"{kind} {value}")
            elif seen.setdefault(newest, value) != value:
                wrong.append(f"version {newest} looks different the second time")
    say.send((seen, wrong))


def try_crowds(folder: Path, ledger: Ledger) -> None:
    """Two and four importers, of sources of their own and of the same one."""
    for writers in (2, 4):
        for same in (False, True):
            _crowd(folder / f"{writers}-{same}", ledger, writers=writers, same=same)


def _crowd(folder: Path, ledger: Ledger, *, writers: int, same: bool) -> None:
    folder.mkdir(parents=True)
    store, label = Store(folder / "store"), f"{writers} importers{' of one source' * same}"
    start, stop = FORKS.Event(), FORKS.Event()
    importers = [_begin(write, store.url, who, same, start) for who in range(writers)]
    readers = [_begin(read, store.url, start, stop) for _reader in range(2)]
    for _child, hear in [*importers, *readers]:
        assert hear.recv() == "ready"
    begun = time.perf_counter()
    start.set()
    backups = _backups(store, folder, ledger, label, until=[hear for _child, hear in importers])
    done = [hear.recv() for _child, hear in importers]
    seconds = time.perf_counter() - begun
    stop.set()
    looks = [hear.recv() for _child, hear in readers]
    for child, _hear in [*importers, *readers]:
        child.join()
    _judge(store, ledger, label, done, looks)
    saves = sum(kind == "value" for each in done for kind, *_rest in each)
    ledger.counts[f"{label}: saves acknowledged"] += saves
    ledger.counts[f"{label}: saves told to try again"] += writers * _SAVES - saves
    ledger.counts[f"{label}: versions seen whole by readers"] += sum(len(s) for s, _w in looks)
    ledger.counts[f"{label}: backups made meanwhile that came back whole"] += backups
    ledger.counts[f"{label}: milliseconds for a save"] = round(1000 * seconds / max(saves, 1))


def _begin(target: object, *given: object) -> tuple[mp.Process, Connection]:
    hear, say = FORKS.Pipe(duplex=False)
    child = FORKS.Process(target=target, args=(*given, say))
    child.start()
    say.close()
    return child, hear


def _backups(
    store: Store, folder: Path, ledger: Ledger, label: str, *, until: list[Connection]
) -> int:
    """Backups while the importers are at work; each has to come back."""
    made = []
    while not all(hear.poll() for hear in until) and len(made) < 6:
        file = folder / f"{len(made)}.zip"
        kind, value = outcome(lambda file=file: back_up(store, file))
        if kind == "value":
            made.append(file)
        elif "kosong" not in str(value):
            ledger.breach(f"{label}: backup: {kind} {value}")
        time.sleep(0.1)
    whole = 0
    for file in made:
        copy = Store(folder / f"copy-{file.stem}")
        kind, value = outcome(lambda c=copy, f=file: (bring_back(c, f), state(c), c.versions()))
        ledger.must(kind == "value", f"{label}: a backup made meanwhile: {kind} {value}")
        whole += kind == "value"
    return whole


def _judge(store: Store, ledger: Ledger, label: str, done: list, looks: list) -> None:
    acknowledged = {}
    for kind, value, source, seed in (each for writer in done for each in writer):
        if kind == "value":
            ledger.must(value not in acknowledged, f"{label}: version {value} given twice")
            acknowledged[value] = (source, expected(source, seed, _ROWS))
        else:
            ledger.must(kind == "sentence", f"{label}: {value}")
    numbers = {version.number for version in store.versions()}
    ledger.must(numbers == set(acknowledged), f"{label}: versions are not those acknowledged")
    truth, by_version = {}, {}
    for number in sorted(acknowledged):
        source, content = acknowledged[number]
        truth = truth | {source: content}
        by_version[number] = truth
    ledger.must(state(store) == truth, f"{label}: the end is not the last save of each")
    for number in sorted(by_version)[:: max(1, len(by_version) // 8)]:
        ledger.must(state(store, number) == by_version[number], f"{label}: version {number}")
    for seen, wrong in looks:
        for what in wrong:
            ledger.breach(f"{label}: a reader: {what}")
        for number, value in seen.items():
            ledger.must(value == by_version.get(number), f"{label}: a reader saw half of {number}")
    ledger.must(len(notes_of(store)) == len(done) * _SAVES, f"{label}: notes are lost")
