"""A whole folder store in one .zip file, and back: nothing is taken over that is not as it was.

In: the folder of a store (tables, notes, key of the digests, access log). Out: a .zip with a
manifest of the SHA-256 of every member, written beside its target and renamed. A backup is unpacked
beside the store and checked wholly before it takes the store's place at once.
"""

import hashlib
import json
import secrets
import shutil
import zipfile
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from lk3.errors import UserError
from lk3.language import _
from lk3.store.failures import in_words
from lk3.store.versions import Store

_MANIFEST = "manifest.json"
_TABLES = ("records", "notes")
_PARTS = (*_TABLES, "audit", "digest.key")
_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, TypeError,
           AttributeError, RuntimeError)  # fmt: skip


@dataclass(frozen=True)
class Backup:
    """A backup that was written: how many files it holds, and the SHA-256 of the .zip itself."""

    files: int
    digest: str


class _BrokenError(ValueError):
    """A member is not what the manifest says."""


def back_up(store: Store, target: Path, *, audit: Path | None = None) -> Backup:
    """Write the whole store into one file. `audit`: the folder of the access log, when it is not in
    the store's. Others may go on saving: what they add after the start is not in the backup.

    Raises UserError when the store is no folder or empty, or the file cannot be written.
    """
    folder = folder_of(store)
    target = target.resolve()
    if target.is_relative_to(folder):
        raise UserError(_("Cadangan tidak boleh disimpan di dalam folder penyimpanan itu sendiri."))
    own = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    with in_words(str(target)):
        members = _members(folder, audit)
        if not members:
            raise UserError(_("Penyimpanan {url} masih kosong.").format(url=store.url))
        try:
            _pack(members, own)
            with own.open("rb") as made:
                digest = hashlib.file_digest(made, "sha256").hexdigest()
            own.replace(target)
        finally:
            own.unlink(missing_ok=True)
    return Backup(len(members), digest)


def bring_back(store: Store, source: Path, *, replace: bool = False) -> Path | None:
    """Put a backup in the place of the store; where the old one is now, None without an old one.

    Raises UserError, with nothing changed, when the file is broken or was changed, or when the
    store holds data and `replace` is not given.
    """
    folder = folder_of(store)
    if not replace and any((folder / name).exists() for name in _TABLES):
        raise UserError(
            _(
                "Penyimpanan {url} sudah berisi data. Tambahkan --replace; isi yang lama "
                "dipindahkan ke folder di sebelahnya, tidak dihapus."
            ).format(url=store.url)
        )
    fresh = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        with in_words(str(folder)):
            _unpack(source, fresh)
            Store(fresh).load()
            return _swap(folder, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def folder_of(store: Store) -> Path:
    """The folder of a store. Raises UserError for an object store, which keeps its own copies."""
    if "://" in store.url:
        raise UserError(
            _(
                "Penyimpanan {url} bukan folder. Pakai cadangan dan masa simpan dari penyedia "
                "penyimpanan itu."
            ).format(url=store.url)
        )
    return Path(store.url).resolve()


def _members(folder: Path, audit: Path | None) -> dict[str, Path]:
    """Name in the backup -> file. The logs of the tables come first, so that whatever they name was
    there before and is packed too, whoever is saving meanwhile.
    """
    roots = {name: folder / name for name in _PARTS}
    if audit is not None:
        roots["audit"] = audit
    found: dict[str, Path] = {}
    for name, root in roots.items():
        paths = [root] if root.is_file() else sorted(root.rglob("*"))
        for path in paths:
            if path.is_file() and path.suffix != ".tmp" and not path.name.startswith("_commit_"):
                inside = "" if path == root else f"/{path.relative_to(root).as_posix()}"
                found[f"{name}{inside}"] = path
    return dict(sorted(found.items(), key=lambda item: _turn(item[0])))


def _turn(name: str) -> tuple[int, str]:
    if name.endswith("_last_checkpoint"):
        return 0, name
    return (1 if "/_delta_log/" in name else 2), name


def _pack(members: dict[str, Path], target: Path) -> None:
    manifest = {}
    target.touch(mode=0o600)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in members.items():
            with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as member:
                manifest[name] = _copy(source, member)
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        archive.writestr(_MANIFEST, json.dumps({"made_at": made_at, "files": manifest}))


def _copy(source: IO[bytes], target: IO[bytes], *, most: int | None = None) -> dict[str, Any]:
    """Copy and say what was copied; raises _BrokenError beyond `most` bytes."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if most is not None and size > most:
            raise _BrokenError
        digest.update(chunk)
        target.write(chunk)
    return {"sha256": digest.hexdigest(), "bytes": size}


def _unpack(source: Path, fresh: Path) -> None:
    fresh.mkdir(mode=0o700, parents=True)
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(archive.read(_MANIFEST))["files"]
            names = archive.namelist()
            if sorted(names) != sorted([*manifest, _MANIFEST]) or not all(map(_is_ours, manifest)):
                raise _BrokenError
            for name, said in manifest.items():
                path = fresh / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch(mode=0o600)
                with archive.open(name) as member, path.open("wb") as target:
                    if _copy(member, target, most=said["bytes"]) != said:
                        raise _BrokenError
    except _BROKEN as error:
        raise UserError(
            _(
                "Cadangan {file} rusak atau pernah diubah, jadi tidak dipakai. Tidak ada yang "
                "berubah; pakai cadangan yang lain."
            ).format(file=source)
        ) from error
    except FileNotFoundError as error:
        raise UserError(
            _("Berkas {files} tidak ada. Periksa nama dan foldernya.").format(files=source)
        ) from error


def _is_ours(name: str) -> bool:
    """Whether a name stays inside the store."""
    path = PurePosixPath(name)
    return path.parts[:1] != () and path.parts[0] in _PARTS and not (
        {"..", "."} & set(path.parts) or "\\" in name or ":" in name
    )  # fmt: skip


def _swap(folder: Path, fresh: Path) -> Path | None:
    """The new folder in the place of the old one; the old one back if that does not work."""
    aside = None
    if folder.exists():
        aside = folder.with_name(f"{folder.name}.{datetime.now(UTC):%Y%m%d-%H%M%S}")
        folder.rename(aside)
    try:
        fresh.rename(folder)
    except OSError:
        if aside is not None:
            aside.rename(folder)
        raise
    return aside
