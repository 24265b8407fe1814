"""Keyed digests: what tells two rows apart without saying who they are."""

import hashlib
from collections.abc import Callable, Iterable

import pandas as pd

_BYTES, _BLOCK = 16, 64
_INNER, _OUTER = bytes(i ^ 0x36 for i in range(256)), bytes(i ^ 0x5C for i in range(256))


def digest(key: bytes, scope: str, value: str) -> str:
    """HMAC-SHA256 of scope and value as 32 hexadecimal digits. Without the key nobody can try out
    names or numbers until one fits.
    """
    return _digester(key, scope)(value)


def _digester(key: bytes, scope: str) -> Callable[[str], str]:
    """The digest of values of one scope. By RFC 2104 from two states that are made once: `hmac`
    sets itself up anew for each value, which takes twice as long as the digest itself.
    """
    block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    inner = hashlib.sha256(block.translate(_INNER) + f"{scope}\x1f".encode())
    outer = hashlib.sha256(block.translate(_OUTER))

    def digested(value: str) -> str:
        first, second = inner.copy(), outer.copy()
        first.update(value.encode())
        second.update(first.digest())
        return second.hexdigest()[: 2 * _BYTES]

    return digested


def digest_all(key: bytes, scope: str, values: Iterable[str]) -> list[str]:
    """The digest of each value, "" where there is none; each distinct value once."""
    made = _digester(key, scope)
    texts = values.tolist() if isinstance(values, pd.Series) else list(values)
    known = {text: made(text) if text else "" for text in dict.fromkeys(texts)}
    return [known[text] for text in texts]


def texts_of_rows(frame: pd.DataFrame) -> pd.Series:
    """All cells of a row as one text, blanks and case aside, to compare rows with one another."""
    columns = [[_plain(value) for value in frame[column]] for column in frame.columns]
    rows = ["\x1f".join(cells) for cells in zip(*columns, strict=True)]
    return pd.Series(rows or [""] * len(frame), index=frame.index, dtype="object")


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(value.split()).casefold()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
