"""From the start of the process to the end of the first visitor's run.

    python bench/startup.py [--runs 3] [--waits 0 1.5] [--store FOLDER] [--trees . ../before]

Servers by turns, one at a time: started, waited for until somebody listens, then visited by one who
speaks Streamlit's protocol. `--waits`: seconds that pass between the server's listening and the
first message, as a browser takes them to load and run the page's own files; in them a server can
make itself ready. `--trees`: working trees to be compared. Printed are seconds from the start of
the process until the first run has ended, less the wait, and the processor seconds of the server.
"""

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from visiting import ROOT, Server, Visitor, _free_port


def started(tree: Path, store: Path, wait: float) -> tuple[float, float, float]:
    """Seconds until somebody listens, until the first run has ended, and of the processor."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    options = ["--server.headless", "true", "--server.port", str(port)]
    since = time.perf_counter()
    process = subprocess.Popen(
        [*command, *options],
        cwd=tree,
        env=os.environ | {"LK3_STORE": str(store)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        listening = time.perf_counter() - since
        time.sleep(wait)
        server = Server(port, process)
        visitor = Visitor(server)
        visitor.open()
        ended = time.perf_counter() - since
        return listening, ended, server.processor_seconds()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def wait_for(port: int, seconds: float = 60) -> None:
    """Until somebody listens on a port."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for host in ("127.0.0.1", "::1"):
            with suppress(OSError):
                socket.create_connection((host, port), timeout=5).close()
                return
        time.sleep(0.01)
    raise TimeoutError(port)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--waits", type=float, nargs="+", default=[0.0, 1.5])
    parser.add_argument("--store", type=Path, default=Path(tempfile.gettempdir()) / "lk3-empty")
    parser.add_argument("--trees", type=Path, nargs="+", default=[ROOT])
    wishes = parser.parse_args()
    found: dict[tuple[Path, float], list[tuple[float, float, float]]] = {}
    for _ in range(wishes.runs):
        for wait in wishes.waits:
            for tree in wishes.trees:
                found.setdefault((tree, wait), []).append(started(tree, wishes.store, wait))
    for wait in wishes.waits:
        first = statistics.median(run[1] for run in found[wishes.trees[0], wait])
        for tree in wishes.trees:
            runs = found[tree, wait]
            listening, ended, processor = ([run[i] for run in runs] for i in range(3))
            middle = statistics.median(ended)
            print(
                f"{tree!s:24} wait {wait:.1f} s: listens {statistics.median(listening):.2f} s,"
                f" first run ended {middle:.2f} s ({min(ended):.2f} to {max(ended):.2f},"
                f" n={len(runs)}), processor {statistics.median(processor):.2f} s,"
                f" {middle / first:.2f} x"
            )


if __name__ == "__main__":
    main()
