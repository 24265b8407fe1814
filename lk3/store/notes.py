"""What people write down beside the tables: answers, targets, scenarios, remarks, decisions.

One Delta table, `notes`, to which rows are only appended: a note that is written again replaces the
one before, a removed one leaves a row that says so. Appending never collides, so nobody who takes a
decision has to wait for somebody who imports a workbook.
"""

import json
import random
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import CommitFailedError

from lk3.store.failures import busy, in_words
from lk3.store.sealed import SealedTable

TOPICS = {
    "answers": "what a column or a spelling means, as somebody answered",
    "targets": "targets and reference values, with their source",
    "professions": "which professions a kelurahan must have, and how many",
    "scenarios": "placements that a planner has saved by name",
    "annotations": "what happened on a day, shown on the trend",
    "baselines": "from which day the limits of a trend are computed anew, and why",
    "decisions": "what a meeting decided, by whom it is done, until when, and where it stands",
}
_TRIES = 40
_ROWS = pa.schema(
    [
        ("topic", pa.string()),
        ("id", pa.string()),
        ("body", pa.string()),
        ("user", pa.string()),
        ("saved_at", pa.string()),
        ("removed", pa.bool_()),
    ]
)


@dataclass(frozen=True)
class Note:
    """One note as it stands. `body`: its fields, JSON types only; `user`: "" without a sign-in."""

    topic: str
    id: str
    body: dict[str, Any]
    user: str
    saved_at: datetime


class Notes:
    """The notes in the store at one address. Nothing is written before the first note."""

    def __init__(self, url: str | Path) -> None:
        self.url = str(url)
        self._table = SealedTable(self.url, "notes")

    def version(self) -> int:
        """A number that grows with every note written or removed; -1 while there is none."""
        table = self._open()
        return -1 if table is None else table.version()

    def state(self) -> tuple[int, str]:
        """The version with what tells it from any other that ever had its number."""
        table = self._open()
        if table is None:
            return -1, ""
        with in_words(self.url):
            return table.version(), self._table.stamp(table)

    def put(
        self, topic: str, body: dict[str, Any], *, id: str | None = None, user: str = ""
    ) -> str:
        """Write a note, anew or in the place of the one with this id; returns the id.

        Raises ValueError for an unknown topic, UserError when the store cannot be written.
        """
        name = id or secrets.token_hex(6)
        self._append(topic, name, json.dumps(body, ensure_ascii=False), user, removed=False)
        return name

    def remove(self, topic: str, id: str, *, user: str = "") -> None:
        """Take a note away; without one of this id nothing changes that anybody sees."""
        self._append(topic, id, "{}", user, removed=True)

    def all(self, topic: str) -> list[Note]:
        """The notes of a topic as they stand, in the order in which they were first written.

        Raises ValueError for an unknown topic, UserError when the store cannot be read.
        """
        _known(topic)
        table = self._open()
        if table is None:
            return []
        with in_words(self.url):
            self._table.check(table)
            rows = table.to_pandas()
        rows = rows[rows["topic"] == topic].sort_values("saved_at", kind="stable")
        first = rows.groupby("id")["saved_at"].transform("min")
        last = rows.assign(first=first).drop_duplicates("id", keep="last")
        held = last[~last["removed"].astype("bool")].sort_values("first", kind="stable")
        return [_note(row) for row in held.to_dict("records")]

    def _open(self) -> DeltaTable | None:
        with in_words(self.url):
            return self._table.open()

    def _append(self, topic: str, id: str, body: str, user: str, *, removed: bool) -> None:
        _known(topic)
        saved_at = datetime.now(UTC).isoformat(timespec="microseconds")
        row = pd.DataFrame(
            [[topic, id, body, user, saved_at, removed]], columns=pd.Index(_ROWS.names)
        )
        for attempt in range(_TRIES):
            try:
                with in_words(self.url):
                    table = self._table.made(_ROWS)
                    write_deltalake(table, pa.Table.from_pandas(row, _ROWS), mode="append")
                    self._table.seal()
                    return
            except CommitFailedError:  # two who make the table at once: one of them succeeds
                time.sleep(random.uniform(0, 0.02 * (attempt + 1)))  # noqa: S311 no secret
        raise busy(self.url)


def _known(topic: str) -> None:
    if topic not in TOPICS:
        raise ValueError(f"{topic} is not one of {sorted(TOPICS)}")


def _note(row: dict[Any, Any]) -> Note:
    return Note(
        topic=row["topic"],
        id=row["id"],
        body=json.loads(row["body"]),
        user=row["user"],
        saved_at=datetime.fromisoformat(row["saved_at"]),
    )
