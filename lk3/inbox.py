"""The watched folder: files that are dropped there -> what waits for the clerk, or is saved.

In: a folder that may be absent, for instance one that a cloud drive keeps in step, and the store.
Out: for each spreadsheet in it, what a check of it says. The folder is looked at again and again,
for a shared or synchronised folder tells nobody of its changes. A file is read only once its size
and its time have stayed the same between two looks some seconds apart, so half a file is never
read; it is never moved, changed or deleted.

With LK3_INBOX_AUTO=1 a file is saved by itself if (1) it is not refused, (2) nothing in it is left
to ask, (3) nothing that is held of its source would be gone, (4) its source is new or came from a
file of the same name, (5) a new source covers no time of which another source holds cases, which
might then count twice. Each content is saved once, whichever process sees it first, and not again
after somebody has gone back to an earlier version.
"""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from lk3 import audit, settings
from lk3.changes import changes_by, overlapping_sources
from lk3.dataset import answers_in, save_checked, source_of
from lk3.intake import CheckedFile, check_file
from lk3.intake.findings import finding, finding_sentence, findings_frame
from lk3.language import N_, _
from lk3.places import Places, load_places
from lk3.store import AlreadySavedError, Store, open_store

PAUSE_SECONDS = 3.0  # between two looks that must find a file the same
AUTOMATIC = "otomatis"  # who has saved what was saved by itself
ARRIVING, WAITING, REFUSED, SAVED = "arriving", "waiting", "refused", "saved"
REASONS = {
    "questions": N_("ada yang harus dijawab"),
    "gone": N_("ada data yang akan hilang"),
    "other_file": N_("sumbernya berasal dari berkas lain"),
    "overlap": N_("sumber lain sudah berisi kasus pada periode yang sama"),
}
_SUFFIXES = {".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".html", ".htm", ".xml"}
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".download", ".filepart")
_MB = 1_000_000


@dataclass(frozen=True)
class Arrival:
    """A file in the folder.

    state: arriving (perhaps still being written), waiting (for a person), refused, or saved (this
    content, as `version`). questions: how many are open. reasons: keys of `REASONS`, why it is not
    saved by itself. finding: of a refused file, by `tables.FINDINGS`.
    """

    file: str
    path: Path
    state: str
    modified_at: datetime
    digest: str = ""
    rows_used: int = 0
    rows_set_aside: int = 0
    questions: int = 0
    reasons: tuple[str, ...] = ()
    version: int | None = None
    finding: dict[str, Any] | None = None

    def sentence(self) -> str:
        """Why it is refused, in the current language; "" when it is not."""
        return finding_sentence(self.finding) if self.finding else ""

    def reasons_words(self) -> str:
        """Why it waits for a person, in the current language."""
        return "; ".join(_(REASONS[key]) for key in self.reasons)

    def read(self) -> bytes:
        """The content as it is now. Raises OSError."""
        return self.path.read_bytes()


@dataclass(frozen=True)
class _Seen:
    """What is known of a file since a moment: its size and time, and what was found under the state
    of the store (versions of records and notes, whether files are saved by themselves).
    """

    mark: tuple[int, int]
    since: float
    under: tuple[Any, ...] = ()
    found: Arrival | None = None


class Inbox:
    """One folder and one store. Looks are made by one thread at a time; anybody may read."""

    def __init__(
        self, folder: Path, store: Store, places: Places, *, pause: float = PAUSE_SECONDS
    ) -> None:
        self.folder, self.pause = folder, pause
        self._store, self._places = store, places
        self._seen: dict[str, _Seen] = {}
        self._arrivals: tuple[Arrival, ...] = ()
        self._lock = Lock()

    def arrivals(self) -> tuple[Arrival, ...]:
        """What the last look has found, the newest file first."""
        return self._arrivals

    def look(self) -> tuple[Arrival, ...]:
        """Look at the folder, check what has become whole and save what may be saved by itself.

        Raises UserError when the store cannot be read or written.
        """
        with self._lock:
            found = {path.name: self._look_at(path) for path in spreadsheets_in(self.folder)}
            self._seen = {name: seen for name, seen in self._seen.items() if name in found}
            newest = sorted(
                (arrival for arrival in found.values() if arrival is not None),
                key=lambda arrival: arrival.modified_at,
                reverse=True,
            )
            self._arrivals = tuple(newest)
            return self._arrivals

    def _look_at(self, path: Path) -> Arrival | None:
        try:
            stat = path.stat()
        except OSError:  # gone since the folder was listed
            return None
        now, mark = time.monotonic(), (stat.st_size, stat.st_mtime_ns)
        seen = self._seen.get(path.name)
        if seen is None or seen.mark != mark:
            seen = self._seen[path.name] = _Seen(mark, now)
        modified = datetime.fromtimestamp(stat.st_mtime, UTC)
        arriving = Arrival(path.name, path, ARRIVING, modified)
        if now - seen.since < self.pause or not stat.st_size:
            return arriving
        auto = settings.get("LK3_INBOX_AUTO") == "1"
        under = (self._store.latest(), self._store.notes.version(), auto)
        if seen.found is None or seen.under != under:
            try:
                found = self._whole(arriving, stat.st_size, auto=auto)
            except OSError:  # held by the program that writes it
                return arriving
            seen = self._seen[path.name] = replace(seen, under=under, found=found)
        return seen.found

    def _whole(self, arriving: Arrival, size: int, *, auto: bool) -> Arrival:
        limit = settings.get_int("LK3_MAX_UPLOAD_MB")
        if size > limit * _MB:
            large = finding("file_too_large", size_mb=round(size / _MB, 1), limit_mb=limit)
            return _refused(arriving, [large])
        content = arriving.read()
        found = replace(arriving, digest=hashlib.sha256(content).hexdigest())
        version = self._saved_as(found.digest)
        if version is not None:
            return replace(found, state=SAVED, version=version)
        checked = self._check(content, arriving.file)
        if checked.refused and not checked.questions:
            return _refused(found, checked.tables.findings.to_dict("records"))
        waiting = replace(
            found,
            state=WAITING,
            rows_used=checked.rows_used,
            rows_set_aside=checked.rows_set_aside,
            questions=len(checked.questions),
            reasons=self.reasons_to_ask(checked),
        )
        return self._save(waiting, checked) if auto and not waiting.reasons else waiting

    def _check(self, content: bytes, name: str) -> CheckedFile:
        store = self._store
        return check_file(
            content, name, places=self._places, key=store.digest_key(), answers=answers_in(store)
        )

    def reasons_to_ask(self, checked: CheckedFile) -> tuple[str, ...]:
        """Why a person should look before a file is saved: keys of `REASONS`."""
        source = source_of(self._store, checked.file)
        sources, held = self._store.sources(), self._store.load()
        files = set(sources.loc[sources["source"] == source, "file"])
        overlap = not files and overlapping_sources(held, checked.tables, source=source)
        told = {
            "questions": bool(checked.questions) or checked.refused,
            "gone": changes_by(held, checked.tables, source=source).gone > 0,
            "other_file": bool(files - {checked.file}),
            "overlap": bool(overlap),
        }
        return tuple(key for key, holds in told.items() if holds)

    def _save(self, waiting: Arrival, checked: CheckedFile) -> Arrival:
        source = source_of(self._store, checked.file)
        try:
            version: int | None = save_checked(
                self._store, checked, source=source, user=AUTOMATIC, once=True
            )
            facts: dict[str, Any] = {"digest": checked.digest, "rows": checked.rows_used}
            audit.record(audit.IMPORT, user=AUTOMATIC, version=version, **facts)
        except AlreadySavedError:  # another process was faster
            version = self._saved_as(waiting.digest)
        return replace(waiting, state=SAVED, version=version)

    def _saved_as(self, digest: str) -> int | None:
        """The latest version that a file of this content was saved as, if it ever was."""
        return next(
            (
                version.number
                for version in self._store.versions()
                if version.action == "import" and version.accounting.get("digest") == digest
            ),
            None,
        )


def spreadsheets_in(folder: Path) -> Iterator[Path]:
    """The files directly in a folder that may be spreadsheets: not hidden, not a program's lock or
    half a download. Nothing while there is no folder.
    """
    try:
        paths = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError:  # a share that is not there just now
        return
    for path in paths:
        name = path.name.casefold()
        if name.startswith((".", "~")) or name.endswith(_UNFINISHED):
            continue
        if path.suffix.casefold() in _SUFFIXES and path.is_file():
            yield path


def inbox_here() -> Inbox:
    """The one of this process for the folder, the store and the city of the settings."""
    names = ("LK3_INBOX", "LK3_STORE", "LK3_GEO_DIR")
    return _inbox(*(settings.get(name) for name in names))


@lru_cache(maxsize=4)
def _inbox(folder: str, store: str, _geo_dir: str) -> Inbox:
    return Inbox(Path(folder).expanduser(), open_store(store), load_places())


def _refused(arriving: Arrival, found: list[Any]) -> Arrival:
    named = findings_frame(found[:1], file=arriving.file, source=arriving.file)
    row = {str(name): value for name, value in named.to_dict("records")[0].items()}
    return replace(arriving, state=REFUSED, finding=row)
