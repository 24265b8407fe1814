"""How much a file may ask of the machine: bytes once unpacked, cells, seconds.

The time limit is cooperative: the stages ask, between sheets and between steps, whether there is
time left. That works in any thread and on any system, where an alarm signal would not; a single
call into a reader is never interrupted, which is why sizes are known before a reader is called.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from lk3 import settings
from lk3.intake.refusal import Refused

_ENDS_AT: ContextVar[float | None] = ContextVar("ends_at", default=None)
MB = 1_000_000


@contextmanager
def timed() -> Iterator[None]:
    """Within it, `check_time` refuses once LK3_MAX_SECONDS have passed."""
    token = _ENDS_AT.set(time.monotonic() + settings.get_int("LK3_MAX_SECONDS"))
    try:
        yield
    finally:
        _ENDS_AT.reset(token)


def check_time() -> None:
    """Raise Refused when the time of the file that is being checked is over."""
    ends_at = _ENDS_AT.get()
    if ends_at is not None and time.monotonic() > ends_at:
        raise Refused("file_takes_too_long", limit_seconds=settings.get_int("LK3_MAX_SECONDS"))


def max_unpacked() -> int:
    """Bytes that an archive may unpack to."""
    return settings.get_int("LK3_MAX_UNCOMPRESSED_MB") * MB


def check_unpacked(size: int) -> None:
    """Raise Refused for more bytes than an archive may unpack to."""
    if size > max_unpacked():
        raise Refused(
            "file_unpacks_too_large",
            size_mb=size // MB,
            limit_mb=settings.get_int("LK3_MAX_UNCOMPRESSED_MB"),
        )


def check_cells(cells: int, *, sheet: str = "") -> None:
    """Raise Refused for a table of more cells, blank ones between the others included, than may be
    held: two cells in opposite corners of a sheet are seventeen thousand million cells to a reader.
    """
    limit = settings.get_int("LK3_MAX_CELLS")
    if cells > limit:
        raise Refused("file_too_many_cells", sheet=sheet, cells=cells, limit_cells=limit)
