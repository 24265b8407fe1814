"""What a store holds, told by digests, and the files that the losses are tried with.

A content is known before it is saved: the check of the same bytes, made in another process, says
which rows the store has to hold afterwards. So nothing is compared with what the store itself says.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd

from lk3 import settings
from lk3.errors import UserError
from lk3.intake import CheckedFile, check_file
from lk3.places import load_places
from lk3.store import Store
from lk3.tables import SCHEMAS, Tables

SOURCES = ("a", "b", "c")
ROWS = (5, 60, 400, 1500)
PLACES = load_places()
State = dict[str, tuple[int, str]]
_HEADER = "No. Reg,Tanggal Lapor,Kelurahan,Jenis Masalah,Status,Jenis Kelamin"


def register(seed: int, rows: int) -> bytes:
    """A register of cases as somebody would hand it in, another one for each seed."""
    chance = random.Random(seed)
    names = [PLACES.label(code) for code in PLACES.codes]
    lines = [
        f"{number:04d}/2024,{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/2024,"
        f"{chance.choice(names)},{chance.choice(['KDRT', 'Penelantaran Anak'])},"
        f"{chance.choice(['Baru', 'Selesai'])},{chance.choice('LP')}"
        for number in range(1, rows + 1)
    ]
    return "\n".join([_HEADER, *lines]).encode()


@cache
def checked_register(source: str, seed: int, rows: int) -> CheckedFile:
    """The check of a register as an import makes it, with the key that the bench sets."""
    key = settings.get("LK3_DIGEST_KEY").encode()
    checked = check_file(register(seed, rows), f"{source}.csv", places=PLACES, key=key)
    assert not checked.refused, "the bench's own file is refused"
    return checked


@cache
def expected(source: str, seed: int, rows: int) -> tuple[int, str]:
    """Rows and digest of what a source has to hold after the import of that register."""
    return _of_source(checked_register(source, seed, rows).tables, source)


def state(store: Store, version: int | None = None) -> State:
    """Rows and digest of each source at a version."""
    tables, sources = store.load(version), store.sources(version)["source"]
    frames = [getattr(tables, name) for name in SCHEMAS]
    named = set(sources).union(*(set(frame["source"]) for frame in frames if "source" in frame))
    return {
        source: _of_source(
            Tables(*(f[f["source"] == source] if "source" in f else f for f in frames)), source
        )
        for source in sorted(named)
    }


def _of_source(tables: Tables, source: str) -> tuple[int, str]:
    """The digest does not depend on the order of rows: the sum of a hash of each."""
    digests, rows = [], 0
    for name, schema in SCHEMAS.items():
        frame = getattr(tables, name)
        frame = frame.assign(source=source) if "source" in schema.names else frame
        hashes = pd.util.hash_pandas_object(schema.conform(frame), index=False)
        digests.append(f"{int(hashes.to_numpy().sum()):x}")
        rows += len(frame)
    return rows, "/".join(digests)


@dataclass
class Ledger:
    """What was tried and what was wrong with it."""

    counts: Counter = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)

    def breach(self, what: str) -> None:
        """Something is wrong; said at once."""
        self.breaches.append(what)
        print(f"  BREACH {what}", flush=True)

    def must(self, holds: bool, what: str) -> None:
        """A breach unless it holds."""
        if not holds:
            self.breach(what)


def outcome(act: Callable[[], object]) -> tuple[str, object]:
    """("value", it), ("sentence", text) for a UserError, ("traceback", type) for anything else."""
    try:
        return "value", act()
    except UserError as error:
        return "sentence", str(error)
    except Exception as error:  # noqa: BLE001 (what this program looks for)
        return "traceback", f"{type(error).__name__}: {str(error)[:200]}"


def is_sentence(text: object) -> bool:
    """One paragraph of Indonesian that ends like one, without the words of a library."""
    words = str(text)
    odd = ("Traceback", "Error", "error:", "os error", "Exception", "parquet", "\n")
    return words.endswith(".") and not any(part in words for part in odd)


def notes_of(store: Store) -> dict[str, str]:
    """Decisions by id."""
    return {note.id: str(note.body["text"]) for note in store.notes.all("decisions")}


def same_tables(one: Tables, other: Tables) -> bool:
    """Whether two loads give the same rows."""
    return all(
        pd.DataFrame.equals(frame, getattr(other, name)) for name, frame in vars(one).items()
    )


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
