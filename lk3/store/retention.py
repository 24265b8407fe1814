"""What is no longer kept is really gone: data that a later version has replaced, and removed notes.

In: a folder store and an age. Out: the files that go, and their removal. The state at the cutoff
and all later ones stay whole. Also the table's log goes up to that state, because it quotes the
smallest and largest values of every data file; a checkpoint stands in its place.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake

from lk3.store.backup import folder_of
from lk3.store.failures import in_words
from lk3.store.sealed import SealedTable
from lk3.store.seals import LOG, named_in, seal, unseal
from lk3.store.versions import Store

_WRITING = 3600  # seconds; a younger file that no log names may be one that is being written


@dataclass(frozen=True)
class Purge:
    """What a purge removes: versions that can no longer be restored, notes (removed, or an earlier
    wording), files, and their size in bytes.
    """

    versions: tuple[int, ...]
    notes: int
    files: int
    bytes: int


def purge(store: Store, *, days: int, do: bool, now: datetime | None = None) -> Purge:
    """Remove what was replaced more than `days` ago; with `do` False only say what would go.

    Raises UserError when the store is no folder or cannot be read.
    """
    folder, cutoff = folder_of(store), (now or datetime.now(UTC)) - timedelta(days=days)
    with in_words(store.url):
        _require_whole(folder)
        old_notes = _compact(folder / "notes", cutoff, do=do)
        records, keep = folder / "records", _kept_from(folder / "records", cutoff)
        gone = [v.number for v in store.versions() if v.number < keep] if keep else []
        files = _files_before(records, keep)
        if do and old_notes:
            files += _files_before(folder / "notes", _newest(folder / "notes"))
        size = sum(path.stat().st_size for path in files)
        if do:
            _drop(records, keep, files)
            if old_notes:
                _drop(folder / "notes", _newest(folder / "notes"), files)
    return Purge(tuple(gone), old_notes, len(files), size)


def _require_whole(folder: Path) -> None:
    """What is damaged is neither written anew nor made the oldest that is kept."""
    for name in ("records", "notes"):
        sealed = SealedTable(str(folder), name)
        table = sealed.open()
        if table is not None:
            sealed.check(table)


def _is_table(table: Path) -> bool:
    return (table / LOG).is_dir()


def _newest(table: Path) -> int:
    return DeltaTable(str(table)).version() if _is_table(table) else 0


def _kept_from(table: Path, cutoff: datetime) -> int:
    """The version that was the newest at the cutoff; 0 when there was none."""
    if not _is_table(table):
        return 0
    commits = SealedTable(str(table.parent), table.name).history()
    before = [c["version"] for c in commits if c["timestamp"] <= cutoff.timestamp() * 1000]
    return max(before, default=0)


def _files_before(table: Path, keep: int) -> list[Path]:
    """Data that only versions before `keep` name, what a killed process has left, and their log."""
    if not keep:
        return []
    logs = [path for path in (table / LOG).iterdir() if path.stem[:20].isdigit()]
    before = [path for path in logs if int(path.stem[:20]) < keep]
    after = [path for path in logs if int(path.stem[:20]) >= keep]
    needed = {Path(uri).name for uri in DeltaTable(str(table), version=keep).file_uris()}
    needed |= _all_named_in(after, "add")
    replaced, now = _all_named_in(before, "add") | _all_named_in(logs, "remove"), time.time()
    data = [
        path
        for path in table.rglob("*.parquet")
        if path.parent.name != LOG
        and path.name not in needed
        and (path.name in replaced or path.stat().st_mtime < now - _WRITING)
    ]
    return [*data, *before]


def _all_named_in(logs: list[Path], action: str) -> set[str]:
    """Names of the data files that the commits "add" or "remove"."""
    commits = (path for path in logs if path.suffix == ".json")
    return {Path(path).name for commit in commits for path in named_in(commit, action)}


def _drop(table: Path, keep: int, files: list[Path]) -> None:
    """First the checkpoint, by which the kept versions are read; the log last, so that a purge that
    was interrupted can be repeated.
    """
    gone = [path for path in files if path.is_relative_to(table)]
    if keep and gone:
        unseal(table, [table / LOG / f"{keep:020d}.checkpoint.parquet"])  # it may be written anew
        DeltaTable(str(table), version=keep).create_checkpoint()
        unseal(table, gone)
        for path in gone:
            path.unlink(missing_ok=True)
        seal(table)


def _compact(table: Path, cutoff: datetime, *, do: bool) -> int:
    """Write the notes anew without what was removed or reworded before the cutoff; how many rows
    lose their text. The first row of a note stays, empty, for the order in which notes were made.
    """
    if not _is_table(table):
        return 0
    held = DeltaTable(str(table))
    rows = held.to_pandas().sort_values("saved_at", kind="stable", ignore_index=True)
    later = rows.groupby(["topic", "id"])["saved_at"].shift(-1)
    is_old = later.notna() & (pd.to_datetime(later, utc=True) <= pd.Timestamp(cutoff))
    is_gone = rows["removed"].astype("bool") & (
        pd.to_datetime(rows["saved_at"], utc=True) <= pd.Timestamp(cutoff)
    )
    ends = (is_gone & later.isna()).groupby([rows["topic"], rows["id"]]).transform("any")
    is_first = ~rows.duplicated(["topic", "id"])
    kept = rows[~ends & (~is_old | is_first)]
    kept = kept.assign(body=kept["body"].mask(is_old, "{}"))
    lost = int((ends | (is_old & (rows["body"] != "{}"))).sum())
    if do and lost:
        schema = pa.schema(held.schema().to_arrow())
        data = pa.Table.from_pandas(kept, schema, preserve_index=False)
        write_deltalake(held, data, mode="overwrite")
    return lost
