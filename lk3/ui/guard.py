"""No traceback reaches a user: their own mistakes as a sentence, ours as an apology.

A bug is logged by where it happened, never by its message, which may quote a cell of a sheet.
"""

import logging
import secrets
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from lk3.errors import UserError
from lk3.language import _
from lk3.ui.widgets.words import sentence

logger = logging.getLogger(__name__)
_FRAMES_LOGGED = 6


@contextmanager
def guarded() -> Iterator[None]:
    """Show what goes wrong inside the block as one sentence, and go on after it."""
    try:
        yield
    except UserError as error:
        st.error(sentence(str(error)), icon=":material/error:")
    except Exception as error:  # noqa: BLE001 the outermost edge: a page must never show a traceback
        st.error(_apology(log_bug(error)), icon=":material/error:")


def log_bug(error: Exception) -> str:
    """Log where a bug happened, without any value; returns the reference under which it is."""
    reference = secrets.token_hex(3)
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES_LOGGED:]
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))
    logger.error("%s %s in %s", reference, type(error).__name__, places)
    return reference


def _apology(reference: str) -> str:
    return _(
        "Maaf, bagian ini tidak dapat ditampilkan karena kesalahan program. Data tidak berubah. "
        "Muat ulang halaman; bila terulang, sampaikan nomor {reference} kepada pengelola."
    ).format(reference=reference)
