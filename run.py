"""Jalankan dasbor, atau uji dasbor. / Start the dashboard, or test it.

    python3 run.py [OPTIONS]          start the dashboard; OPTIONS go on to `streamlit run`
    python3 run.py test [--fast] [OPTIONS]
                                      run every check and test; OPTIONS go on to pytest;
                                      --fast leaves out the tests that need a browser
    python3 run.py screenshots        make the pictures of the README anew

What is missing is set up first: the environment `.venv`, the pinned libraries and, for the tests,
a browser with fonts. Only the standard library is used here, so that a bare Python is enough. pip
and apt-get find their servers by their own configuration.
"""

from __future__ import annotations  # lets an older Python come as far as check_python

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from urllib.request import ProxyHandler, build_opener

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BROWSERS = ROOT / ".browser"  # where Playwright's own browser goes, if no other can be had
OLDEST_PYTHON = (3, 11)
FIRST_PORT = 8501

PINS = ("requirements.txt",)
TEST_PINS = ("requirements.txt", "requirements-dev.txt")

BROWSER_COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
)
OFFICE_COMMANDS = ("soffice", "libreoffice")
MAC_BROWSERS = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS_BROWSERS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
PLAYWRIGHT_BROWSERS = ("chromium-*/chrome-*/chrome*", "chromium-*/*/*.app/Contents/MacOS/*")


class SetupError(Exception):
    """Something that the user has to put right; its text is the one sentence that says how."""


def main(arguments: list[str]) -> int:
    """Do what the arguments ask; returns the exit code."""
    try:
        check_python()
        if arguments[:1] == ["test"]:
            return test(arguments[1:])
        if arguments[:1] == ["screenshots"]:
            return screenshots(arguments[1:])
        return start(arguments)
    except SetupError as error:
        print(error, file=sys.stderr, flush=True)
        return 2
    except KeyboardInterrupt:
        return 130


def say(text: str) -> None:
    """One line for the user, at once."""
    print(text, flush=True)


# --- What can be asked for -----------------------------------------------------------------------


def start(options: list[str]) -> int:
    """Start the dashboard and stay until it is stopped with Ctrl-C."""
    provide_libraries(PINS)
    command = [str(venv_python()), "-m", "streamlit", "run", "dashboard.py"]
    chosen = default_options(options)
    command += [*chosen, *options, "--server.scriptHealthCheckEnabled", "true"]
    if port := port_in([*chosen, *options]):
        Thread(target=open_once, args=(f"http://localhost:{port}",), daemon=True).start()
    say("Dasbor dijalankan. Hentikan dengan Ctrl-C. / Dashboard started. Stop it with Ctrl-C.")
    try:
        return run_to_the_end(command)
    except KeyboardInterrupt:
        return 0


def port_in(options: list[str]) -> str:
    """The port that the options name, else the environment; "" where it stands in a file."""
    joined = " ".join(options).replace("=", " ").split()
    if "--server.port" in joined[:-1]:
        return joined[joined.index("--server.port") + 1]
    return os.environ.get("STREAMLIT_SERVER_PORT", "")


def open_once(url: str, seconds: float = 60) -> None:
    """Let the server run the entry point once, as its own health check does.

    Until then it does not know the pages, and who opens the address of one would be told that there
    is none.
    """
    opener = build_opener(ProxyHandler({}))
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            opener.open(f"{url}/_stcore/script-health-check", timeout=seconds).close()
            return
        except OSError:
            time.sleep(0.02)


def test(options: list[str]) -> int:
    """Run the checks and tests; the last line printed is the summary of pytest."""
    fast = "--fast" in options
    options = [option for option in options if option != "--fast"]
    provide_libraries(TEST_PINS)
    if fast:
        options = ["-m", "not browser and not office", *options]
    else:
        provide_fonts()
        provide_browser()
        provide_office()
        provide_proxy()
    # One more than there are processors: tests in a browser wait much and compute little.
    workers = ["-n", str(min((os.cpu_count() or 1) + 1, 5)), "--dist", "loadfile"]
    workers += ["--no-loadscope-reorder"]  # tests/conftest.py has put the files in order
    return run_to_the_end([str(venv_python()), "-m", "pytest", *workers, *options])


def screenshots(options: list[str]) -> int:
    """Make the pictures of the README from the running dashboard."""
    provide_libraries(TEST_PINS)
    provide_fonts()
    provide_browser()
    return run_to_the_end([str(venv_python()), "docs/make_screenshots.py", *options])


def default_options(options: list[str]) -> list[str]:
    """The options of Streamlit that the user left open: a free port, and no window where none is.

    Without a screen, Streamlit itself finds that there is none to open a window on.
    """
    chosen = []
    given = {option.split("=")[0] for option in options}
    if "--server.port" not in given and "STREAMLIT_SERVER_PORT" not in os.environ:
        chosen += ["--server.port", str(free_port())]
    if os.environ.get("CI") and "--server.headless" not in given:
        chosen += ["--server.headless", "true"]
    return chosen


def free_port(first: int = FIRST_PORT) -> int:
    """The first port from `first` on that nobody listens on, so that the address stays familiar."""
    for port in range(first, first + 100):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if os.name != "nt":  # there it would allow a port that is in use
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SetupError(
        f"Porta {first} sampai {first + 99} semuanya terpakai: tutup program lain, atau pilih "
        "sendiri dengan --server.port. / No free port: close other programs or choose one."
    )


# --- The environment -----------------------------------------------------------------------------


def check_python() -> None:
    """Refuse a Python that is too old, in one sentence."""
    if sys.version_info < OLDEST_PYTHON:
        wanted, found = (".".join(map(str, v[:2])) for v in (OLDEST_PYTHON, sys.version_info))
        raise SetupError(
            f"Diperlukan Python {wanted} atau lebih baru, sedangkan ini Python {found}: pasang "
            "versi baru dari python.org atau Microsoft Store, lalu jalankan lagi. / "
            f"Python {wanted} or newer is needed; this is {found}."
        )


def venv_python() -> Path:
    """The interpreter of the environment, whether it exists or not."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def provide_libraries(pin_files: tuple[str, ...]) -> None:
    """Make `.venv` if it is missing or broken, and install the pins if they changed."""
    marker = VENV / f"installed-{Path(pin_files[-1]).stem}"
    wanted = digest_of(pin_files)
    is_there = marker.is_file() and marker.read_text(encoding="ascii") == wanted
    if is_there and succeeds([venv_python(), "-S", "-c", ""]):
        return
    if not succeeds([venv_python(), "-c", "import pip"]):
        make_venv()
    say("Memasang pustaka ... (beberapa menit, sekali saja) / Installing the libraries ...")
    for old in VENV.glob("installed-*"):  # until it has gone well, nothing counts as installed
        old.unlink()
    pip: list[Path | str] = [
        venv_python(),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-compile",  # what is used is compiled when it is, half of it never
    ]
    if not succeeds([*pip, "-r", ROOT / pin_files[-1]], explain=True):
        raise SetupError(
            "Pustaka tidak dapat dipasang: periksa sambungan internet atau pengaturan proksi pip, "
            "lalu jalankan lagi. / The libraries could not be installed: check the connection."
        )
    marker.write_text(wanted, encoding="ascii")


def make_venv() -> None:
    """A fresh `.venv`; what is left of an earlier one is removed."""
    say("Menyiapkan lingkungan Python di .venv ... / Preparing the Python environment ...")
    if find_spec("ensurepip") is None:
        install_packages("python3-venv")
    base = getattr(sys, "_base_executable", None) or sys.executable  # not a venv's own
    if not succeeds([base, "-m", "venv", "--clear", VENV], explain=True):
        raise SetupError(
            "Lingkungan .venv tidak dapat dibuat: hapus folder .venv, pasang modul venv (di Debian "
            "dan Ubuntu: paket python3-venv), lalu jalankan lagi. / .venv could not be made: "
            "remove that folder, install the venv module and try again."
        )


def digest_of(pin_files: tuple[str, ...]) -> str:
    """A digest that changes when a pin or the interpreter changes."""
    digest = hashlib.sha256(sys.version.encode())
    for name in pin_files:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


# --- A browser and fonts for the tests -----------------------------------------------------------


def find_browser() -> Path | None:
    """An installed Chromium, Chrome or Edge that starts, or None."""
    return next((path for path in browser_candidates() if starts(path)), None)


def browser_candidates() -> list[Path]:
    """Where the three systems keep such a browser, and where Playwright puts its own."""
    found = [Path(p) for p in map(shutil.which, BROWSER_COMMANDS) if p]
    homes = [Path("/Applications"), Path.home() / "Applications"]
    found += [home / f"{n}.app/Contents/MacOS/{n}" for n in MAC_BROWSERS for home in homes]
    variables = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
    folders = [Path(os.environ[name]) for name in variables if name in os.environ]
    found += [folder / name for name in WINDOWS_BROWSERS for folder in folders]
    found += [path for pattern in PLAYWRIGHT_BROWSERS for path in sorted(BROWSERS.glob(pattern))]
    return [path for path in found if path.is_file() and os.access(path, os.X_OK)]


def starts(browser: Path) -> bool:
    """Whether it runs at all (Ubuntu's `chromium-browser` may be an empty shell).

    On Windows asking for the version opens a window instead, so there the file is enough.
    """
    return os.name == "nt" or succeeds([browser, "--version"])


def provide_browser() -> None:
    """See to it that `find_browser` finds one: Debian's package, or else Playwright's own."""
    if find_browser():
        return
    say("Menyiapkan peramban untuk pengujian ... / Preparing a browser for the tests ...")
    install_packages("chromium")
    if find_browser():
        return
    os.environ["PLAYWRIGHT_BROWSERS_PATH"] = str(BROWSERS)
    succeeds([venv_python(), "-m", "playwright", "install", "chromium"], explain=True)
    if not find_browser():
        raise SetupError(
            "Tidak ada peramban untuk pengujian: pasang Chromium, Chrome atau Edge, atau jalankan "
            "bagian cepat saja dengan: python3 run.py test --fast / No browser for the tests: "
            "install Chromium, Chrome or Edge, or run the fast part only."
        )


def provide_office() -> None:
    """LibreOffice where a package manager brings it; elsewhere its few tests say why they rest."""
    if not any(map(shutil.which, OFFICE_COMMANDS)):
        install_packages("libreoffice-impress-nogui", "libreoffice-calc-nogui")


def provide_proxy() -> None:
    """Nginx where a package manager brings it; elsewhere its few tests say why they rest."""
    if not (shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")):
        install_packages("nginx-light")


def provide_fonts() -> None:
    """On a bare Linux machine install a font, or every text in the browser would be boxes."""
    if sys.platform != "linux":
        return
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    if not any(next(folder.rglob("*.[to]tf"), None) for folder in folders):
        install_packages("fontconfig", "fonts-dejavu-core")


def install_packages(*names: str) -> bool:
    """Install packages of Debian or Ubuntu where that is possible without asking."""
    apt = shutil.which("apt-get")
    if not apt:
        return False
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if root and not (shutil.which("sudo") and succeeds([*root, "true"])):
        return False
    say(f"Memasang {' '.join(names)} ... / Installing ...")
    quietly = [*root, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq"]
    return succeeds([*quietly, "update"]) and succeeds(
        [*quietly, "install", "-y", "--no-install-recommends", *names]
    )


# --- Other programs ------------------------------------------------------------------------------


def succeeds(command: Sequence[Path | str], *, explain: bool = False) -> bool:
    """Run a program to its end; whether it ended well. A program that is not there does not.

    Its output is kept back; with `explain` it is shown if the program failed.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as error:
        done = subprocess.CompletedProcess(command, 127, stdout=str(error).encode())
    if explain and done.returncode:
        print(done.stdout.decode(errors="replace"), file=sys.stderr, flush=True)
    return done.returncode == 0


def run_to_the_end(command: list[str]) -> int:
    """Run a program in the foreground and return its exit code; it never outlives this one.

    Ctrl-C reaches the program too: it gets time to close by itself before it is ended.
    """
    environment = {**os.environ, "PYTHONUTF8": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or each program would compile all anew
    child = subprocess.Popen(command, cwd=ROOT, env=environment)
    before = signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        code = child.wait()
    except KeyboardInterrupt:
        wait_or_end(child)
        raise
    finally:
        signal.signal(signal.SIGTERM, before)
    return code if code >= 0 else 128 - code  # ended by a signal: as a shell says it


def wait_or_end(child: subprocess.Popen) -> None:
    """Wait for a program that was told to stop; end it if it does not."""
    for last_word in (child.terminate, child.kill):
        try:
            child.wait(timeout=5)
            return
        except subprocess.TimeoutExpired:
            last_word()
    child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
