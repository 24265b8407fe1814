"""A whole folder store in one .zip file, and back: nothing is taken over that is not as it was.

In: the folder of a store (tables, notes, key of the digests, access log). Out: a .zip with a
manifest of the SHA-256 of every member, written beside its target and renamed. A backup is unpacked
beside the store and checked wholly before it takes the store's place at once.
"""

import hashlib
import io
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
from lk3.store.key import CHECK, KEY
from lk3.store.seals import LOG, SEALS
from lk3.store.swapping import put_in_place
from lk3.store.versions import Store

_MANIFEST = "manifest.json"
_TABLES, _AUDIT = ("records", "notes"), "audit"
_PARTS = (*_TABLES, _AUDIT, KEY, CHECK)
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
            fresh_store = Store(fresh)
            fresh_store.load()
            fresh_store.notes.all("decisions")
            _keep_log(folder / _AUDIT, fresh / _AUDIT)
            return put_in_place(folder, fresh)
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


def _members(folder: Path, audit: Path | None) -> dict[str, Path | bytes]:
    """Name in the backup -> file, or what stood in it now. First what will still be written over,
    then the logs, then the rest: so whatever is named was there before and is packed too, whoever
    is saving meanwhile.
    """
    roots = {name: folder / name for name in _PARTS}
    if audit is not None:
        roots[_AUDIT] = audit
    found: dict[str, Path | bytes] = {}
    for name in _TABLES:
        for part in (SEALS, f"{LOG}/_last_checkpoint"):
            path = roots[name] / part
            if path.is_file():
                found[f"{name}/{part}"] = path.read_bytes()
        for path in _files(roots[name] / LOG):
            found.setdefault(f"{name}/{LOG}/{path.name}", path)
    for name, root in roots.items():
        for path in _files(root):
            inside = "" if path == root else f"/{path.relative_to(root).as_posix()}"
            if f"/{LOG}/" not in f"{name}{inside}":
                found.setdefault(f"{name}{inside}", path)
    return found


def _files(root: Path) -> list[Path]:
    """The files below, without what somebody is just writing."""
    paths = [root] if root.is_file() else sorted(root.rglob("*"))
    return [
        path
        for path in paths
        if path.is_file() and path.suffix != ".tmp" and not path.name.startswith("_commit_")
    ]


def _pack(members: dict[str, Path | bytes], target: Path) -> None:
    manifest = {}
    target.touch(mode=0o600)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in members.items():
            content = io.BytesIO(held) if isinstance(held, bytes) else held.open("rb")
            with content as source, archive.open(name, "w", force_zip64=True) as member:
                manifest[name] = _copy(source, member)
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        archive.writestr(_MANIFEST, json.dumps({"made_at": made_at, "files": manifest}))


def _keep_log(now: Path, fresh: Path) -> None:
    """The access log goes on: what was written since the backup stands in it too."""
    for path in sorted(now.glob("*.jsonl")) if now.is_dir() else []:
        other = fresh / path.name
        texts = [each.read_text(encoding="utf-8") for each in (other, path) if each.exists()]
        lines = dict.fromkeys(line for text in texts for line in text.split("\n") if line)
        other.parent.mkdir(parents=True, exist_ok=True)
        other.touch(mode=0o600)
        other.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


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
