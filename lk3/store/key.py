"""The key of the digests that replace register numbers: made once, kept beside the tables.

Another key would make every case a new one, so its own digest lies beside it: a key that is damaged
or gone is not quietly replaced.
"""

import hashlib
import os
import secrets
from pathlib import Path

from lk3.store.seals import DamagedError

KEY, CHECK = "digest.key", "digest.key.sha256"


def key_in(folder: Path) -> bytes:
    """The key in a folder; the first of several processes to make one wins. Raises DamagedError."""
    path, check = folder / KEY, folder / CHECK
    said = check.read_bytes() if check.exists() else b""
    if not path.exists() and not said:
        folder.mkdir(parents=True, exist_ok=True)
        _put(path, secrets.token_hex(32).encode(), over=False)
    if not path.exists():
        raise DamagedError(KEY)
    key = path.read_bytes()
    digest = hashlib.sha256(key).hexdigest().encode()
    if said and said != digest:
        raise DamagedError(KEY)
    if not said:
        _put(check, digest, over=True)
    return key


def _put(path: Path, content: bytes, *, over: bool) -> None:
    """The whole file at once; without `over` not in the place of one that is there."""
    own = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    own.touch(mode=0o600)
    try:
        own.write_bytes(content)
        if over:
            own.replace(path)
        else:
            os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink(missing_ok=True)
