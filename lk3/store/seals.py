"""Are the files of a table as they were written? Their digests, kept beside them, say so.

In: the folder of a Delta table. Out: nothing, or a DamagedError. Neither the data files nor the log
carry a checksum that their readers look at, so a turned bit would be shown as a number, and a log
whose end is gone as an older version. Each commit appends the digests of its files to `_seals`;
whatever a killed process has left unsealed is sealed with the next commit. A file without a digest
is taken as it is: tables that were written before there were seals have none.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Iterable
from pathlib import Path

LOG = "_delta_log"
SEALS = "_seals"  # readers of Delta tables leave out what begins with _
_MOST_REMEMBERED = 50_000
_seen_whole: dict[str, tuple[int, int, str]] = {}  # path -> time, size and digest when it was read


class DamagedError(OSError):
    """A file is not what was written, or is gone."""


def seal(table: Path) -> None:
    """Write down the digests of what the commits name and nobody has sealed yet."""
    known, lines = _sealed(table), []
    for log in _logs(table):
        name = f"{LOG}/{log.name}"
        if name in known:
            continue
        lines.append(_line(name, _digest(log)))
        if log.suffix == ".json":
            added = [path for path in named_in(log, "add") if path not in known]
            lines += [_line(n, _digest(table / n)) for n in added if (table / n).exists()]
    if lines:
        opened = os.open(table / SEALS, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(opened, ("\n" + "\n".join(lines) + "\n").encode())
        finally:
            os.close(opened)


def check_log(table: Path) -> None:
    """The whole log is there and as it was. Raises DamagedError."""
    lost = _unlike(table, _names_of_log(table))
    if lost and set(lost) & set(_unlike(table, _names_of_log(table))):  # no purge in between
        raise DamagedError(lost[0])


def check_data(table: Path, names: Iterable[str]) -> None:
    """These data files (paths below the table) are as they were. Raises DamagedError."""
    lost = _unlike(table, names)
    if lost:
        raise DamagedError(lost[0])


def stamp(table: Path, version: int) -> str:
    """The digest of the commit of a version, or of the checkpoint in its place; "" without both."""
    logs = (f"{version:020d}{end}" for end in (".json", ".checkpoint.parquet"))
    return next(filter(None, (_whole(table / LOG / name) for name in logs)), "")


def unseal(table: Path, paths: Iterable[Path]) -> None:
    """Forget files that are about to be removed."""
    gone = {path.relative_to(table).as_posix() for path in paths if path.is_relative_to(table)}
    held = _sealed(table)
    if gone & held.keys():
        own = table / f"{SEALS}.{os.getpid()}.tmp"
        own.touch(mode=0o600)
        own.write_text("".join(f"{_line(n, d)}\n" for n, d in held.items() if n not in gone))
        own.replace(table / SEALS)


def _names_of_log(table: Path) -> list[str]:
    return [name for name in _sealed(table) if name.startswith(f"{LOG}/")]


def _unlike(table: Path, names: Iterable[str]) -> list[str]:
    """Of these the sealed ones that are gone or not as they were."""
    held = _sealed(table)
    return [n for n in names if n in held and _whole(table / n) != held[n]]


def _whole(path: Path) -> str:
    """The digest of a file, "" when it is gone. What has not been written to is not read again."""
    try:
        now = path.stat()
    except FileNotFoundError:
        return ""
    seen = _seen_whole.get(str(path))
    if seen is not None and seen[:2] == (now.st_mtime_ns, now.st_size):
        return seen[2]
    if len(_seen_whole) > _MOST_REMEMBERED:
        _seen_whole.clear()
    digest = _digest(path)
    _seen_whole[str(path)] = (now.st_mtime_ns, now.st_size, digest)
    return digest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _logs(table: Path) -> list[Path]:
    """The commits and checkpoints; both appear whole or not at all."""
    ends = (".json", ".checkpoint.parquet")
    return sorted(
        path
        for path in (table / LOG).iterdir()
        if path.name[:20].isdigit() and path.name[20:] in ends
    )


def named_in(log: Path, action: str) -> list[str]:
    """Paths of the data files that a commit "add"s or "remove"s, as the commit writes them.

    Only a line feed ends a line of JSON: other signs that end lines of text may stand inside it.
    """
    said = map(json.loads, filter(None, log.read_text(encoding="utf-8").split("\n")))
    return [line[action]["path"] for line in said if action in line]


def _line(name: str, digest: str) -> str:
    """A line that tells whether it is whole itself: one that is not is as good as none."""
    text = f"{digest} {name}"
    return f"{zlib.crc32(text.encode()):08x} {text}"


def _sealed(table: Path) -> dict[str, str]:
    """Name -> digest."""
    try:
        text = (table / SEALS).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return {}
    parts = [line.split(" ", 2) for line in text.splitlines()]
    whole = [p for p in parts if len(p) == 3 and _line(p[2], p[1]) == " ".join(p)]
    return {name: digest for _sum, digest, name in whole}
