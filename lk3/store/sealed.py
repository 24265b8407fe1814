"""A Delta table of the store: opened, made, and held against the seals of its files.

In: the address of the store and the name of a table. Out: the table as deltalake has it, or a
DamagedError. In an object store nothing is sealed: it keeps checksums of its own.
"""

import logging
import random
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import TableNotFoundError

from lk3.store.seals import check_data, check_log, seal, stamp

logger = logging.getLogger(__name__)
_TRIES = 100


class SealedTable:
    """The table of a name in the store at an address."""

    def __init__(self, url: str, name: str) -> None:
        self.url = f"{url.rstrip('/')}/{name}"
        self._folder = None if "://" in url else Path(self.url)

    def open(self, version: int | None = None) -> DeltaTable | None:
        """The table at a version, None when there is none. Raises DamagedError when a part of its
        log is gone or is not what was written.
        """
        try:
            table = DeltaTable(self.url, version=version)
        except TableNotFoundError:
            table = None
        if self._folder is not None:
            check_log(self._folder)
        return table

    def made(self, schema: pa.Schema, **options: Any) -> DeltaTable:
        """The table, made when it is not there yet. Raises DamagedError as `open`."""
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            check_log(self._folder)
        return DeltaTable.create(self.url, schema, mode="ignore", **options)

    def check(self, table: DeltaTable) -> None:
        """Raises DamagedError unless the data files of this version are as they were written."""
        if self._folder is not None:
            names = table.get_add_actions(flatten=True)["path"].to_pylist()
            check_data(self._folder, map(unquote, names))

    def stamp(self, table: DeltaTable) -> str:
        """What tells the state of a table from any other of the same number: the folder may have
        come back from a backup, and been written to in another way since. The cost is one look
        at a file that was read before; in an object store, one small read.
        """
        if self._folder is not None:
            return stamp(self._folder, table.version())
        newest = table.history(1)
        return f"{table.metadata().id} {newest[0] if newest else ''}"

    def history(self, limit: int | None = None) -> list[dict[str, Any]]:
        """The commits, the newest first, each with its "version". deltalake counts them down from
        the newest that it finds at that moment, which is a wrong start when somebody has committed
        since it read them; so it is asked until nobody has. Raises DamagedError as `open`.
        """
        for attempt in range(_TRIES):
            table = self.open()
            if table is None:
                return []
            commits = table.history(limit)
            if DeltaTable(self.url).version() == table.version():
                return commits
            time.sleep(random.uniform(0, 0.01 * (attempt + 1)))  # noqa: S311 no secret
        raise OSError("the history never stood still")

    def seal(self) -> None:
        """Write down the digests of what was just committed. A seal that cannot be written is
        written with the next commit: what was saved is saved.
        """
        try:
            if self._folder is not None:
                seal(self._folder)
        except OSError as error:
            logger.warning("files could not be sealed (%s)", type(error).__name__)
