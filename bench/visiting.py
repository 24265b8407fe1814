"""One visitor of a running dashboard: speaks Streamlit's protocol as a browser does, draws nothing.

In: the port of a server. Out: seconds until a run has ended, the server's processor seconds for it,
and the bytes that were sent. Everything that a visitor would wait for on the server's side is in
it: the script, the messages made from it, their serialising and sending.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

ROOT = Path(__file__).resolve().parent.parent
_ENDED = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
)
_TRIGGERS = "$$STREAMLIT_INTERNAL_KEY"  # begins the ids of what is true for one run
_WIDGETS = ("selectbox", "multiselect", "button_group", "bidi_component", "button")


@dataclass(frozen=True)
class Server:
    """A dashboard in a process of its own."""

    port: int
    process: "subprocess.Popen[bytes]"

    def processor_seconds(self) -> float:
        """Processor time that the process has had, its ended threads included, in nanoseconds'
        steps (Linux: the clock of another process).
        """
        return time.clock_gettime(~self.process.pid << 3 | 2)

    def memory(self) -> float:
        """MiB that belong to the process alone, or that it holds in all where that is not told."""
        lines = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()
        kept = [line.split() for line in lines if line.startswith("Private_")]
        return sum(int(parts[1]) for parts in kept) / 1024


@dataclass
class Cost:
    """What one run took."""

    wall: float
    processor: float
    sent: int
    messages: list[ForwardMsg] = field(repr=False, default_factory=list)


@contextmanager
def serving(**environment: str) -> Iterator[Server]:
    """A server with these settings, ready to be visited; ended at the end."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    options = ["--server.headless", "true", "--server.port", str(port)]
    options += ["--server.scriptHealthCheckEnabled", "true"]
    process = subprocess.Popen(
        [*command, *options],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield Server(port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


class Visitor:
    """A session, with the choices of its widgets."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.query, self.page_hash = "", ""
        self.ids: dict[str, str] = {}
        self.fragments: dict[str, str] = {}
        self.page_hashes: dict[str, str] = {}
        self.states: dict[str, WidgetState] = {}
        self.known: dict[str, None] = {}
        self._leaving = ExitStack()
        self._socket = self._leaving.enter_context(
            connect(
                f"ws://127.0.0.1:{server.port}/_stcore/stream",
                subprotocols=["streamlit"],  # type: ignore[list-item]
                max_size=None,
                compression=None,
                proxy=None,
                ping_interval=None,  # browsers do not ask; the server does
            )
        )

    def close(self) -> None:
        """Leave."""
        self._leaving.close()

    def open(self, page: str = "", query: str = "") -> Cost:
        """Come to a page by its address, or go to it: the choices of the last one are left."""
        self.query = query
        self.states.clear()
        return self._run(page_name=page, page_script_hash=self.page_hashes.get(page, ""))

    def again(self, fragment: str = "") -> Cost:
        """Run the same page, or one fragment of it, with the choices as they are."""
        return self._run(page_script_hash=self.page_hash, fragment_id=fragment)

    def choose(self, key: str, **value: Any) -> Cost:
        """Make a choice with the widget of a key: a field of Streamlit's WidgetState."""
        state = WidgetState(id=self.ids[key], **value)
        self.states[key] = state
        return self.again(self.fragments.get(key, ""))

    def click(self, key: str, code: str) -> Cost:
        """Click the area of a code in a figure: a trigger, which is over with the run."""
        name = f"{_TRIGGERS}_{self.ids[key]}__events"
        happened = json.dumps([{"event": "chosen", "value": code}])
        self.states[name] = WidgetState(id=name, json_trigger_value=happened)
        try:
            return self.again(self.fragments.get(key, ""))
        finally:
            del self.states[name]

    def _run(self, **wanted: str) -> Cost:
        message = BackMsg()
        message.rerun_script.query_string = self.query
        for name, value in wanted.items():
            setattr(message.rerun_script, name, value)
        message.rerun_script.widget_states.widgets.extend(self.states.values())
        message.rerun_script.cached_message_hashes.extend(self.known)
        message.rerun_script.context_info.timezone = "Asia/Makassar"
        message.rerun_script.context_info.url = f"http://localhost:{self.server.port}/"
        before, started = self.server.processor_seconds(), time.perf_counter()
        self._socket.send(message.SerializeToString())
        raw = list(self._until_the_end())
        wall = time.perf_counter() - started
        time.sleep(0.01)  # the server puts away what is left of the run
        cost = Cost(wall, self.server.processor_seconds() - before, sum(map(len, raw)))
        cost.messages = [ForwardMsg.FromString(each) for each in raw]
        self._learn(cost.messages)
        return cost

    def _until_the_end(self) -> Iterator[bytes]:
        while True:
            raw = self._socket.recv(timeout=120)
            assert isinstance(raw, bytes)
            yield raw
            if len(raw) > 200:  # the last message is a short one
                continue
            message = ForwardMsg.FromString(raw)
            if message.WhichOneof("type") == "script_finished" and (
                message.script_finished in _ENDED
            ):
                return

    def _learn(self, messages: list[ForwardMsg]) -> None:
        for message in messages:
            kind = message.WhichOneof("type")
            if message.metadata.cacheable and message.hash:
                self.known[message.hash] = None
            if kind == "new_session":
                self.page_hash = message.new_session.page_script_hash
            elif kind == "navigation":
                pages = message.navigation.app_pages
                self.page_hashes = {each.url_pathname: each.page_script_hash for each in pages}
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self._learn_widget(message.delta)

    def _learn_widget(self, delta: Any) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        found = getattr(element, kind).id if kind in _WIDGETS else ""
        if found:
            key = found.rsplit("-", 1)[-1]
            self.ids[key], self.fragments[key] = found, delta.fragment_id


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, seconds: float = 60) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            opener.open(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(url)
