"""Several processes at one store, and processes that are killed: real ones, no threads."""

import os
import signal
import subprocess
import sys
import time

import pytest
from deltalake import DeltaTable

from lk3.settings import ROOT
from lk3.store import open_store
from tests.unit.test_store import ACCOUNT, tables

_SAVE = """
import sys
from tests.unit import test_store as t
source, rows, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
held = t.tables(*(f"{source}-{i}" for i in range(rows)))
store = t.open_store()
print("ready", flush=True)
sys.stdin.readline()
for _ in range(times):
    store.save(source, held, accounting=t.ACCOUNT)
    print("saved", flush=True)
"""


def start(source, *, rows=50, times=1):
    """A process that saves a source as soon as it is told to, in the store of this test."""
    return subprocess.Popen(
        [sys.executable, "-c", _SAVE, source, str(rows), str(times)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def go(*processes):
    """Let all begin at the same moment."""
    for process in processes:
        assert process.stdout.readline() == "ready\n", process.stderr.read()
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()


def end(process):
    said, wrong = process.communicate(timeout=60)
    assert process.returncode == 0, wrong
    return said


def test_two_processes_that_save_at_once_both_succeed_in_a_new_store():
    processes = [start(source, times=3) for source in ("a", "b")]
    go(*processes)
    for process in processes:
        end(process)

    store = open_store()

    assert store.load().cases["source"].value_counts().to_dict() == {"a": 50, "b": 50}
    assert len(store.versions()) == 6


def test_two_processes_that_save_the_same_source_leave_it_once():
    processes = [start("a", times=3) for _ in range(2)]
    go(*processes)
    for process in processes:
        end(process)

    store = open_store()

    assert len(store.load().cases) == 50
    assert len(store.sources()) == 1
    assert len(store.versions()) == 6


def test_every_save_is_told_its_own_number():
    """deltalake counts commits down from the newest, also from one that came in between."""
    store, table = open_store(), open_store()._records
    store.save("a", tables("1"), accounting=ACCOUNT)
    behind, late = table.open(), iter([True])
    store.save("b", tables("2"), accounting=ACCOUNT | {"digest": "cd" * 32})
    table.open = lambda version=None: behind if next(late, False) else DeltaTable(table.url)

    numbers = [(c["version"], "lk3" in c) for c in table.history()]

    assert numbers == [(2, True), (1, True), (0, False)]


def test_reader_sees_whole_versions_only():
    store = open_store()
    store.save("a", tables(*map(str, range(50))), accounting=ACCOUNT)
    writer = start("a", times=8)
    go(writer)

    seen = set()
    while writer.poll() is None:
        seen.add(len(store.load().cases))
    end(writer)

    assert seen == {50}


_KEY = "from tests.unit import test_store as t; print(t.open_store().digest_key().decode())"


def test_processes_that_make_the_key_at_once_agree_on_one():
    processes = [
        subprocess.Popen([sys.executable, "-c", _KEY], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    keys = {process.communicate(timeout=60)[0] for process in processes}

    assert keys == {open_store().digest_key().decode() + "\n"}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is Unix's own")
@pytest.mark.parametrize("after", [0.0, 0.02, 0.05, 0.1, 0.2, 0.4])
def test_killed_import_leaves_the_version_before_or_the_whole_new_one(after):
    """20,000 rows take some tenths of a second to write: the kill falls at several moments."""
    store = open_store()
    kept = store.save("kept", tables("1", "2"), accounting=ACCOUNT)
    process = start("new", rows=20_000)
    go(process)
    time.sleep(after)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)

    counts = store.load().cases["source"].value_counts().to_dict()

    assert counts in ({"kept": 2}, {"kept": 2, "new": 20_000})
    assert len(store.load(kept).cases) == 2
    assert store.save("new", tables("3"), accounting=ACCOUNT) == store.latest()
    assert sorted(store.load().cases["case_id"]) == ["1", "2", "3"]
