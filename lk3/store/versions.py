"""Versions of the one table: each save, removal and restore is one atomic commit.

One Delta table, `records`, holds the rows of all tables, told apart by its partition `kind`; so a
source (one workbook with its cases, members, population and findings) is replaced in one commit,
and a version is one number. The account of the file and its digest travel in the commit and as a
row of the kind "source". Readers always see a whole version, whoever is writing.
"""

import json
import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import CommitProperties, DeltaTable, Transaction, write_deltalake
from deltalake.exceptions import CommitFailedError

from lk3 import settings
from lk3.errors import UserError
from lk3.language import _
from lk3.store.failures import busy, in_words
from lk3.store.key import key_in
from lk3.store.notes import Notes
from lk3.store.records import RECORDS, SOURCES, to_records
from lk3.store.sealed import SealedTable
from lk3.store.swapping import finish
from lk3.tables import SCHEMAS, Schema, Tables

# Versions stay readable until somebody asks for their removal.
_KEEP = {
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
}
_TRIES = 40
_NEWEST = 200  # commits of others that may come between a commit and the look for its number
_METADATA = "lk3"


@dataclass(frozen=True)
class Version:
    """One saved state. `action`: import, remove or restore; `accounting`: of the file imported, or
    {"version": n} for a restore.
    """

    number: int
    saved_at: datetime
    source: str
    action: str
    user: str
    accounting: dict[str, Any]


class AlreadySavedError(UserError):
    """The file has been saved before, by whomever."""


def open_store(url: str | None = None) -> "Store":
    """The store at a folder or URL; by default where LK3_STORE says."""
    return Store(url or settings.get("LK3_STORE"))


class Store:
    """The versioned tables and the notes at one address; written at the first save."""

    def __init__(self, url: str | Path) -> None:
        self.url = str(url)
        if "://" not in self.url:
            with in_words(self.url):
                finish(Path(self.url))
        self._records = SealedTable(self.url, "records")
        self.notes = Notes(self.url)

    def latest(self) -> int | None:
        """The number of the newest version, None while nothing is held."""
        table = self._open()
        return None if table is None or table.version() == 0 else table.version()

    def state(self) -> tuple[int, str] | None:
        """The newest version with what tells it from any other that ever had its number, for what
        is kept in memory; None while nothing is held.
        """
        table = self._open()
        if table is None or table.version() == 0:
            return None
        with in_words(self.url):
            return table.version(), self._records.stamp(table)

    def save(
        self,
        source: str,
        tables: Tables,
        *,
        accounting: dict[str, Any],
        user: str = "",
        once: bool = False,
    ) -> int:
        """Replace all rows of a source in one atomic commit; returns the new version.

        The `source` column of every row is set. Raises UserError when the store cannot be written;
        with `once`, AlreadySavedError when a file of this digest has ever been saved, also by
        another process at this very moment.
        """
        saved_at = datetime.now(UTC).isoformat(timespec="seconds")
        account = pd.DataFrame(
            {
                "source": [source],
                "file": [accounting.get("file", "")],
                "digest": [accounting.get("digest", "")],
                "saved_at": [saved_at],
                "user": [user],
                "accounting": [json.dumps(accounting, ensure_ascii=False)],
            }
        )
        frames = {name: getattr(tables, name) for name in SCHEMAS} | {SOURCES.name: account}
        rows = pa.concat_tables(
            to_records(name, frame.assign(source=source)) for name, frame in frames.items()
        )
        said = _metadata("import", source, user, accounting)
        digest = str(accounting.get("digest", ""))
        return self._commit(
            lambda mark: self._replace(source, rows, said | mark, digest=digest, once=once)
        )

    def remove(self, source: str, *, user: str = "") -> int:
        """Remove all rows of a source in a new version; earlier versions still hold them."""
        said = _metadata("remove", source, user, {})
        return self._commit(lambda mark: self._replace(source, RECORDS.empty_table(), said | mark))

    def restore(self, version: int, *, user: str = "") -> int:
        """Make an earlier version the newest again; returns the number that it gets.

        Raises UserError when there is no such version.
        """
        numbers = [held.number for held in self.versions()]
        if version not in numbers:
            raise UserError(
                _(
                    "Versi {version} tidak ada; yang tersimpan: {numbers}. Pilih salah satunya."
                ).format(version=version, numbers=", ".join(map(str, numbers[:10])) or "–")
            )
        if version == self.latest():
            raise UserError(
                _("Versi {version} sudah yang terbaru. Pilih versi yang lebih lama.").format(
                    version=version
                )
            )
        said = _metadata("restore", "", user, {"version": version})
        return self._commit(
            lambda mark: self._table().restore(version, commit_properties=_properties(said | mark))
        )

    def versions(self) -> list[Version]:
        """All saved states, the newest first."""
        with in_words(self.url):
            commits = self._records.history()
        return [_version(commit) for commit in commits if _METADATA in commit]

    def load(self, version: int | None = None) -> Tables:
        """The four tables at a version (default: the newest); empty ones while nothing is held."""
        table = self._open(version)
        if table is None:
            return Tables.empty()
        return Tables(*(self._read(table, schema) for schema in SCHEMAS.values()))

    def sources(self, version: int | None = None) -> pd.DataFrame:
        """What is active, one row per source: the columns of `SOURCES`, then kind (of the file) and
        rows (used).
        """
        table = self._open(version)
        held = SOURCES.empty() if table is None else self._read(table, SOURCES)
        accounts = [json.loads(text) for text in held["accounting"]]
        return held.assign(
            kind=pd.Series([account.get("kind", "") for account in accounts], dtype="str"),
            rows=pd.Series([account.get("rows_used", 0) for account in accounts], dtype="int64"),
        ).sort_values("source", ignore_index=True)

    def digest_key(self) -> bytes:
        """The key of the digests: LK3_DIGEST_KEY, else one made once and kept beside the tables.

        Raises UserError when the store is no folder and no key is set.
        """
        given = settings.get("LK3_DIGEST_KEY")
        if given:
            return given.encode()
        if "://" in self.url:
            raise UserError(
                _(
                    "Penyimpanan {url} bukan folder, jadi kuncinya tidak dapat dibuat di sana. "
                    "Isi pengaturan LK3_DIGEST_KEY."
                ).format(url=self.url)
            )
        with in_words(self.url):
            return key_in(Path(self.url))

    def _open(self, version: int | None = None) -> DeltaTable | None:
        with in_words(self.url):
            return self._records.open(version)

    def _table(self) -> DeltaTable:
        """The table, made when it is not there yet: version 0 is empty."""
        return self._records.made(RECORDS, partition_by=["kind"], configuration=_KEEP)

    def _replace(
        self,
        source: str,
        rows: pa.Table,
        said: dict[str, Any],
        *,
        digest: str = "",
        once: bool = False,
    ) -> None:
        """The table keeps the digest as a mark of its own (a transaction of Delta Lake): of two
        who write the same one at once, the second fails, looks again and finds it.
        """
        table, quoted = self._table(), source.replace("'", "''")
        if once and digest and table.transaction_version(f"import/{digest}") is not None:
            raise AlreadySavedError(_("Berkas ini sudah pernah disimpan."))
        marks = [Transaction(f"import/{digest}", 1)] if digest else None
        write_deltalake(
            table,
            rows,
            mode="overwrite",
            predicate=f"source = '{quoted}'",
            commit_properties=_properties(said, marks),
        )

    def _commit(self, act: Callable[[dict[str, str]], object]) -> int:
        """Do it; when somebody else has saved in between, do it again on what they saved.

        The commit carries a mark of its own, by which its number is found among those of others.
        """
        mark = {"mark": secrets.token_hex(8)}
        for attempt in range(_TRIES):
            try:
                with in_words(self.url):
                    act(mark)
                    self._records.seal()
                    commits = self._records.history(_NEWEST)
                return next(c["version"] for c in commits if mark["mark"] in c.get(_METADATA, ""))
            except CommitFailedError:
                time.sleep(random.uniform(0, 0.02 * (attempt + 1)))  # noqa: S311 no secret
        raise busy(self.url)

    def _read(self, table: DeltaTable, schema: Schema) -> pd.DataFrame:
        with in_words(self.url):
            self._records.check(table)
            rows = table.to_pyarrow_dataset().to_table(
                columns=schema.names, filter=ds.field("kind") == schema.name
            )
        return schema.conform(rows.to_pandas(date_as_object=False))


def _metadata(action: str, source: str, user: str, accounting: dict[str, Any]) -> dict[str, Any]:
    return {"action": action, "source": source, "user": user, "accounting": accounting}


def _properties(
    said: dict[str, Any], transactions: list[Transaction] | None = None
) -> CommitProperties:
    metadata = {_METADATA: json.dumps(said, ensure_ascii=False)}
    return CommitProperties(custom_metadata=metadata, app_transactions=transactions)


def _version(commit: dict[str, Any]) -> Version:
    said = json.loads(commit[_METADATA])
    return Version(
        number=int(commit["version"]),
        saved_at=datetime.fromtimestamp(commit["timestamp"] / 1000, UTC),
        source=said["source"],
        action=said["action"],
        user=said["user"],
        accounting=said["accounting"],
    )
