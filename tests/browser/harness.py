"""A real server and a real browser: what the browser tests and the screenshots share."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, Playwright, ViewportSize

from lk3.settings import ROOT
from run import SetupError, find_browser, free_port

LAPTOP: ViewportSize = {"width": 1366, "height": 768}
PROJECTOR: ViewportSize = {"width": 1920, "height": 1080}
PHONE: ViewportSize = {"width": 390, "height": 844}

BROWSER_OPTIONS = [
    "--no-sandbox",  # a test machine may be root, and shows only our own pages
    "--enable-unsafe-swiftshader",  # WebGL without a graphics card, for the maps
    "--use-angle=swiftshader",
    "--disable-gpu-compositing",  # everything else is drawn without that detour: a third less work
    "--disable-gpu-rasterization",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
POLL_MS = 30
WAIT_MS = 60_000

# Streamlit says on its root element whether the script runs, but only once the server has answered.
# So the page also keeps a note of what it has sent and has no answer to yet (some messages get
# none, hence the limit), and counts as settled when nothing has moved for a while.
NOTE_MESSAGES = """() => {
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (message) {
        if (!this.noted) {
            this.noted = true;
            this.addEventListener('message', () => { window.unanswered = 0; });
        }
        window.unanswered = performance.now();
        return send.call(this, message);
    };
}"""
SETTLED = """([quietMs, since]) => {
    const now = performance.now();
    const app = document.querySelector('[data-testid="stApp"]');
    const unfinished = '[data-testid="stSkeleton"], [data-testid="stAppSkeleton"], '
        + '[data-stale="true"], [aria-busy="true"]';
    const busy = !app
        || app.getAttribute('data-test-connection-state') !== 'CONNECTED'
        || app.getAttribute('data-test-script-state') !== 'notRunning'
        || document.querySelector(unfinished)
        || (window.unanswered && now - window.unanswered < 3000);
    const elements = document.querySelectorAll('*').length;
    const seen = window.settling;
    if (busy || !seen || seen.since !== since || seen.elements !== elements) {
        window.settling = {since, elements, at: now};
        return false;
    }
    return now - seen.at >= quietMs;
}"""

DRAWN_AT = """([plot, place]) => {
    const map = plot._fullLayout.map?._subplot?.map;
    return map && map.loaded() && map.areTilesLoaded()
        && map.queryRenderedFeatures(map.project(place)).length > 0;
}"""


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_words: object) -> None:
        pass


@contextmanager
def serving_folder(folder: Path) -> Iterator[str]:
    """The files of a folder on a port of this computer; gives their address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class Dashboard:
    """A running server: its address, its store and what it has written to the console."""

    url: str
    store: Path
    log: Path

    def output(self) -> str:
        """Everything the server has printed until now."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@dataclass
class Traffic:
    """What a page asked for and what went wrong in it."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Record every request, web socket and uncaught error of a page."""
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def abroad(self) -> list[str]:
        """The requests that left this computer."""
        inside = {"localhost", "127.0.0.1"}
        internal = {"data", "blob", "about"}
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme not in internal and urlsplit(url).hostname not in inside
        ]


@contextmanager
def running_dashboard(
    folder: Path,
    *,
    script: Path = ROOT / "dashboard.py",
    port: int | None = None,
    **settings: str,
) -> Iterator[Dashboard]:
    """Start a real server on a free port with a store of its own in `folder`; stop it at the end.

    `settings` are environment variables (LK3_LANGUAGE="en"); port: one that is free. If the server
    dies, its output is in the error.
    """
    port = port or free_port(20_000 + os.getpid() % 10_000)
    board = Dashboard(f"http://localhost:{port}", folder / "store", folder / "server.log")
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    environment = {**os.environ, "LK3_STORE": str(board.store), **settings}
    with board.log.open("wb") as log:
        server = subprocess.Popen(
            [*command, "--server.headless", "true"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(server, board)
            yield board
            if server.poll() is not None:
                raise RuntimeError(f"The server died during the test:\n{board.output()}")
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_for(server: subprocess.Popen, board: Dashboard, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"The server died before it answered:\n{board.output()}")
        try:
            with urlopen(f"{board.url}/_stcore/health", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"The server did not answer within {seconds} s:\n{board.output()}")


def launch_browser(playwright: Playwright) -> Browser:
    """Start the browser that `run.py` finds or provides."""
    path = find_browser()
    if path is None:
        raise SetupError("Tidak ada peramban untuk pengujian: jalankan python3 run.py test")
    return playwright.chromium.launch(executable_path=str(path), args=BROWSER_OPTIONS)


def new_page(browser: Browser, viewport: ViewportSize, traffic: Traffic) -> Page:
    """A page in a context of its own, without cookies, whose traffic is recorded."""
    context = browser.new_context(viewport=viewport, locale="id-ID", reduced_motion="reduce")
    context.set_default_timeout(WAIT_MS)
    context.add_init_script(f"({NOTE_MESSAGES})()")
    page = context.new_page()
    traffic.watch(page)
    return page


def open_page(page: Page, url: str) -> None:
    """Go to an address and wait until the page has finished."""
    page.goto(url)
    settle(page)


def go_to(page: Page, title: str) -> None:
    """Go to a page by its entry in the navigation, as a user does; keeps the session."""
    page.get_by_role("link", name=title, exact=True).first.click()
    settle(page)


def settle(page: Page, *, quiet_ms: int = 200) -> None:
    """Wait until the script has run and nothing on the page has changed for `quiet_ms`."""
    page.wait_for_function(
        SETTLED, arg=[quiet_ms, time.monotonic()], polling=POLL_MS, timeout=WAIT_MS
    )


def all_text(page: Page) -> str:
    """What the page says, without the joiners that keep names and addresses from being links."""
    return page.inner_text("body").replace("\N{WORD JOINER}", "")


def click_on_map(page: Page, lon: float, lat: float) -> None:
    """Click the place on the map that is drawn on a canvas, where nothing has a role or a label."""
    plot = page.locator(".js-plotly-plot:has(.maplibregl-map)").first
    plot.scroll_into_view_if_needed()
    page.wait_for_function(
        DRAWN_AT, arg=[plot.element_handle(), [lon, lat]], polling=POLL_MS, timeout=WAIT_MS
    )
    x, y = plot.evaluate(
        """(plot, place) => {
            const map = plot._fullLayout.map._subplot.map;
            const box = map.getContainer().getBoundingClientRect();
            const at = map.project(place);
            return [box.left + at.x, box.top + at.y];
        }""",
        [lon, lat],
    )
    for shift in range(40):  # Plotly clicks what it hovers over, and a busy machine hovers late
        page.mouse.move(x + shift % 2, y)
        page.wait_for_timeout(POLL_MS)
        if plot.evaluate("plot => plot._hoverdata?.length > 0"):
            break
    page.mouse.click(x, y)
    settle(page)
