"""Who saw and took what: one line of JSON for each sign-in, import, restore, export and refusal.

In: what happened, as facts of a fixed list. Out: lines in one file per month (`2024-09.jsonl`) in
the folder LK3_AUDIT, and tables of them. Lines are only ever appended, each in one write, so that
several processes may write at once; each carries a check of itself, so that a damaged one is not
shown as if it were true, but counted. No personal value of a sheet gets in: the facts are listed in
`DETAILS`, and words go through the masking of the intake. A log that cannot be written does not
stop the work; the failure is in the program's own log.
"""

import json
import logging
import os
import re
import zlib
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pandas as pd

from lk3 import settings
from lk3.errors import UserError
from lk3.intake.masking import mask
from lk3.language import _
from lk3.places import load_places

SIGN_IN, SIGN_OUT, IMPORT, RESTORE = "sign_in", "sign_out", "import", "restore"
EXPORT, VIEW_INTERNAL, REFUSED = "export", "view_internal", "refused"
ACTIONS = (SIGN_IN, SIGN_OUT, IMPORT, RESTORE, EXPORT, VIEW_INTERNAL, REFUSED)
# What a line may say beside who and when. The names of files are not in it: they may name people.
DETAILS = ("filter", "version", "digest", "rows", "format", "page", "audience", "reason")
COLUMNS = ("at", "user", "role", "action", "detail")
logger = logging.getLogger(__name__)
_NUMBERS = ("version", "rows")
_KEYS = ("digest", "format", "page", "audience", "reason")
_KEY = re.compile(r"[0-9a-z_-]{1,64}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_LONGEST_USER = 200
_CHECK = "check"


def folder() -> Path | None:
    """Where the lines are: LK3_AUDIT, by default the folder `audit` beside the tables of a folder
    store. None means that nothing is logged: the store is an object store and LK3_AUDIT is empty.
    """
    given, store = settings.get("LK3_AUDIT"), settings.get("LK3_STORE")
    if given:
        return Path(given)
    return None if "://" in store else Path(store) / "audit"


def record(action: str, *, user: str = "", role: str = "", **detail: Any) -> None:
    """Append one line. `user`: "" without a sign-in; `detail`: of `DETAILS` only.

    Raises ValueError for an action or a detail that is not listed; never because of the disk.
    """
    unknown = sorted(set(detail) - set(DETAILS))
    if action not in ACTIONS or unknown:
        raise ValueError(f"{action} {unknown} is not one of {ACTIONS} {DETAILS}")
    try:
        at = _now()
        said = {name: _fact(name, value) for name, value in detail.items() if value is not None}
        who = {"user": user[:_LONGEST_USER], "role": role}
        line = {"at": at.isoformat(timespec="seconds"), **who, "action": action, "detail": said}
        _append(at, json.dumps(line | {_CHECK: _check(line)}, ensure_ascii=False))
    except (OSError, UserError) as error:
        logger.error("the access log cannot be written (%s)", type(error).__name__)


def entries(
    since: date | None = None,
    until: date | None = None,
    user: str | None = None,
    action: str | None = None,
) -> pd.DataFrame:
    """The lines of a period (both days included), the newest first: `COLUMNS`; `at` is the city's
    time without an offset, `detail` a dict. What is damaged is left out (`broken_lines`). Raises
    UserError: a file cannot be read.
    """
    rows = [row for path in _files(since, until) for row in _read(path)[0]]
    frame = pd.DataFrame(rows, columns=pd.Index(COLUMNS))
    local = frame["at"].astype("str").str.slice(0, 19)
    frame["at"] = pd.to_datetime(local, format="%Y-%m-%dT%H:%M:%S", errors="coerce")
    kept = frame["at"].notna()
    if since is not None:
        kept &= frame["at"] >= pd.Timestamp(since)
    if until is not None:
        kept &= frame["at"] < pd.Timestamp(until) + pd.Timedelta(days=1)
    for name, wanted in (("user", user), ("action", action)):
        if wanted is not None:
            kept &= frame[name] == wanted
    return frame[kept].sort_values("at", ascending=False, kind="stable", ignore_index=True)


def broken_lines(since: date | None = None, until: date | None = None) -> int:
    """Lines of these months that are not as they were written, and files without a line."""
    return sum(count for _rows, count in map(_read, _files(since, until)))


def monthly_summary(entries: pd.DataFrame) -> pd.DataFrame:
    """How often each user did what, by month. In: `COLUMNS`. Out: month (text, 2024-09), user, then
    a count for each of `ACTIONS`; the newest month first.
    """
    month = entries["at"].dt.strftime("%Y-%m").rename("month")
    counts = pd.crosstab([month, entries["user"]], entries["action"])
    counts = counts.reindex(columns=list(ACTIONS), fill_value=0).reset_index()
    counts.columns.name = None
    return counts.sort_values(["month", "user"], ascending=[False, True], ignore_index=True)


def prune(today: date) -> int:
    """Remove the files of months that ended more than LK3_AUDIT_MONTHS ago; how many."""
    months = today.year * 12 + today.month - 1 - settings.get_int("LK3_AUDIT_MONTHS")
    first = f"{months // 12:04d}-{months % 12 + 1:02d}"
    old = [path for path in _files(None, None) if path.stem < first]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def today() -> date:
    """The day it is in the city."""
    return _now().date()


def _now() -> datetime:
    hours = load_places().utc_hours
    return datetime.now().astimezone(None if hours is None else timezone(timedelta(hours=hours)))


def _fact(name: str, value: Any) -> Any:
    """The value in the form that its name allows; "" or words with stars for anything else."""
    if name in _NUMBERS:
        return int(value)
    if name in _KEYS:
        return str(value) if _KEY.fullmatch(str(value)) else ""
    return " · ".join(mask(part) for part in str(value).split(" · "))


def _append(at: datetime, line: str) -> None:
    held = folder()
    if held is None:
        return
    path = held / f"{at:%Y-%m}.jsonl"
    if not path.exists():  # a new month
        held.mkdir(parents=True, exist_ok=True)
        prune(at.date())
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(opened, f"{line}\n".encode())
    finally:
        os.close(opened)


def _files(since: date | None, until: date | None) -> list[Path]:
    held = folder()
    first = f"{since:%Y-%m}" if since else ""
    last = f"{until:%Y-%m}" if until else "9999"
    try:
        found = sorted(held.iterdir()) if held is not None else []
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unreadable(held) from error
    found = [path for path in found if path.suffix == ".jsonl"]
    return [path for path in found if _MONTH.fullmatch(path.stem) and first <= path.stem <= last]


def _read(path: Path) -> tuple[list[dict[str, Any]], int]:
    """The lines of a file that are whole, and how many are not; a file is made with its first."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise _unreadable(path) from error
    texts = text.removesuffix("\n").split("\n")
    lines = [line for line in map(_line, texts) if line is not None]
    return lines, len(texts) - len(lines)


def _unreadable(path: Path | None) -> UserError:
    return UserError(
        _(
            "Jejak akses {file} tidak dapat dibaca. Minta izin baca atas berkas itu, atau pulihkan "
            "dari cadangan."
        ).format(file=path)
    )


def _line(text: str) -> dict[str, Any] | None:
    """A line as it was written; None for one that a power cut has torn or a disk has changed."""
    try:
        row = json.loads(text)
    except ValueError:
        return None
    if not isinstance(row, dict) or not set(COLUMNS) <= set(row):
        return None
    line = {name: row[name] for name in COLUMNS}
    extra = set(row) - {*COLUMNS, _CHECK}
    if extra or row.get(_CHECK, _check(line)) != _check(line):  # older lines have no check
        return None
    return line


def _check(line: dict[str, Any]) -> str:
    return f"{zlib.crc32(json.dumps(line, ensure_ascii=False).encode()):08x}"
