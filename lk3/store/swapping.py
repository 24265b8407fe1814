"""Another folder in the place of the store, so that a kill at any moment leaves one of the two.

In: the folder of the store and a whole new one beside it. Out: the new one in its place, and where
the old one is now. The new folder first gets a name by which whoever opens the store next can end
what was begun.
"""

from datetime import UTC, datetime
from pathlib import Path

_TRIES = 5


def put_in_place(folder: Path, fresh: Path) -> Path | None:
    """The fresh folder in the place of the other; where that one is now, None without one."""
    ready = _ready(folder)
    if ready.exists():  # of a swap that was killed before it moved anything
        ready.rename(ready.with_name(f"{ready.name}.{_now()}"))
    fresh.rename(ready)
    aside = None
    for _try in range(_TRIES):
        if folder.exists():
            aside = folder.with_name(f"{folder.name}.{_now()}")
            folder.rename(aside)
        try:
            ready.rename(folder)
        except FileNotFoundError:  # somebody who opened the store has ended it
            return aside
        except OSError:  # somebody who writes has made a new folder meanwhile: that moves aside too
            continue
        return aside
    raise OSError(f"{folder} cannot be replaced")


def finish(folder: Path) -> None:
    """End a swap that was killed between its two renames."""
    if folder.exists() or not _ready(folder).exists():
        return
    try:
        _ready(folder).rename(folder)
    except OSError:
        if not folder.exists():  # else somebody else was faster
            raise


def _ready(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.ready")


def _now() -> str:
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
