"""Who is measured: how each is started, and how a hand changes its filters.

All servers run as one process with threads; the peers in `.venv-bench`, which is made here.
"""

import hashlib
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from bench.peers.expected import State
from lk3.settings import ROOT
from lk3.vocabulary import vocabulary

VENV = ROOT / ".venv-bench"
PYTHON = VENV / "bin" / "python"
PINS = ROOT / "bench" / "peers" / "requirements.txt"
FOUR = ("map", "bars", "trend", "heat")
_STREAMLIT = ("--server.headless", "true", "--server.port")


@dataclass(frozen=True)
class Contender:
    """A page. command: by port; choose: changes the filter from one state to another by hand, the
    click that counts last; linked: the chart that a click on the map changes.
    """

    name: str
    command: Callable[[int], list[str]]
    choose: Callable[[Page, State, State], None]
    charts: tuple[str, ...] = FOUR
    linked: tuple[str, ...] = ("trend",)
    path: str = ""

    def environment(self, folder: Path) -> dict[str, str]:
        """Where its data are."""
        return {
            "LK3_BENCH_FOLDER": str(folder),
            "LK3_STORE": str(folder / "store"),
            "PYTHONWARNINGS": "ignore",
        }


def provide_peers() -> None:
    """Make `.venv-bench`, or bring it up to its pins."""
    mark, wanted = VENV / "installed", hashlib.sha256(PINS.read_bytes()).hexdigest()
    if mark.is_file() and mark.read_text() == wanted:
        return
    print("Installing what the peers need ...", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    subprocess.run([PYTHON, "-m", "pip", "install", "-q", "-r", str(PINS)], check=True)
    mark.write_text(wanted)


def _gunicorn(port: int) -> list[str]:
    serve = [str(PYTHON), "-m", "gunicorn", "bench.peers.dash_app:server"]
    return [
        *serve, "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "8",
        "--no-control-socket",
    ]  # fmt: skip


def _streamlit(python: str, script: str) -> Callable[[int], list[str]]:
    return lambda port: [python, "-m", "streamlit", "run", script, *_STREAMLIT, str(port)]


def _choose_dash(page: Page, before: State, after: State) -> None:
    changed = "year" if before.year != after.year else "problem"
    page.locator(f"#{changed}").click()
    wanted = str(after.year) if changed == "year" else after.problem
    page.locator("[role=option]", has_text=wanted).first.click()


def _choose_peer(page: Page, before: State, after: State) -> None:
    changed = before.year != after.year
    label, wanted = ("Periode", str(after.year)) if changed else ("Masalah", after.problem)
    page.get_by_label(label).first.click()
    page.locator("[role=option]", has_text=wanted).first.click()


def _choose_lk3(page: Page, before: State, after: State) -> None:
    changed = before.year != after.year
    words = str(after.year) if changed else vocabulary("problems").labels()[after.problem]
    field = page.get_by_label("Periode" if changed else "Masalah").first
    field.click()
    field.fill(words)  # the list is longer than its window
    page.get_by_role("option", name=words, exact=True).first.click()


def _product(port: int) -> list[str]:
    """As its users start it: `run.py` lets the server run the entry point once by itself."""
    return [sys.executable, "run.py", *_STREAMLIT, str(port)]


CONTENDERS = (
    Contender("Dash", _gunicorn, _choose_dash),
    Contender("plain Streamlit", _streamlit(str(PYTHON), "bench/peers/streamlit_app.py"),
              _choose_peer),
    Contender("lk3, same charts", _streamlit(sys.executable, "bench/peers/lk3_app.py"),
              _choose_lk3),
    Contender("lk3, Ringkasan", _product, _choose_lk3,
              charts=("map", "bars", "trend", "cases"), linked=("chosen",)),
)  # fmt: skip
DASH = CONTENDERS[0].name
