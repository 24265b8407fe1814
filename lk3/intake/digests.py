"""Keyed digests: what tells two rows apart without saying who they are."""

import hmac
from collections.abc import Iterable

import pandas as pd

_BYTES = 16


def digest(key: bytes, scope: str, value: str) -> str:
    """HMAC-SHA256 of scope and value as 32 hexadecimal digits. Without the key nobody can try out
    names or numbers until one fits.
    """
    message = f"{scope}\x1f{value}".encode()
    return hmac.digest(key, message, "sha256")[:_BYTES].hex()


def digest_all(key: bytes, scope: str, values: Iterable[str]) -> list[str]:
    """The digest of each value, "" where there is none; each distinct value once."""
    known: dict[str, str] = {"": ""}
    result = []
    for value in values:
        if value not in known:
            known[value] = digest(key, scope, value)
        result.append(known[value])
    return result


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
