"""The key of the digests that replace register numbers: made once, kept beside the tables."""

import os
import secrets
from pathlib import Path


def key_in(folder: Path) -> bytes:
    """The key in a folder; the first of several processes to make one wins."""
    path = folder / "digest.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        own = folder / f".digest.{os.getpid()}.{secrets.token_hex(4)}"
        own.touch(mode=0o600)
        own.write_bytes(secrets.token_hex(32).encode())
        try:
            os.link(own, path)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return path.read_bytes()
