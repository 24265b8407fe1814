"""The thread that looks at the watched folder, one for each server process.

It asks every few seconds instead of being told: folders that are shared or kept in step by a cloud
drive tell nobody of their changes. It knows no session and draws nothing.
"""

import logging
import time
from threading import Thread

import streamlit as st

from lk3.errors import UserError
from lk3.inbox import PAUSE_SECONDS, inbox_here
from lk3.ui.guard import log_bug

logger = logging.getLogger(__name__)


@st.cache_resource(show_spinner=False)
def watch_inbox() -> Thread:
    """Start looking, once; later calls give the same thread."""
    thread = Thread(target=_look_for_ever, name="inbox", daemon=True)
    thread.start()
    return thread


def _look_for_ever() -> None:
    while True:
        look_once()
        time.sleep(PAUSE_SECONDS)


def look_once() -> None:
    """One look. What goes wrong is logged without any value, and the next look tries again."""
    try:
        inbox_here().look()
    except UserError:
        logger.warning("the watched folder could not be looked at")
    except Exception as error:  # noqa: BLE001 the outermost edge of the thread, which must go on
        log_bug(error)
