"""What a server costs: processor time and memory of a process with all its children (Linux)."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from lk3.settings import ROOT

_STOP_SECONDS = 10
_SCHED = 2  # the clock of a process that counts in nanoseconds, threads that have ended included


@dataclass(frozen=True)
class Server:
    """A running server: its address and its first process."""

    url: str
    process: subprocess.Popen
    log: Path

    def family(self) -> list[int]:
        """The ids of the process and of all that it has started."""
        parents = {int(p.name): _parent(p) for p in Path("/proc").iterdir() if p.name.isdigit()}
        found = [self.process.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def processor(self) -> float:
        """Seconds of processor that they have used."""
        return sum(_clock(pid) for pid in self.family())

    def memory(self) -> dict[str, float]:
        """Resident (rss) and proportional (pss) memory in MiB."""
        return {
            name.lower(): sum(_rollup(pid, name) for pid in self.family()) / 1024
            for name in ("Rss", "Pss")
        }


@contextmanager
def running(
    command: Sequence[str], *, port: int, environment: Mapping[str, str], log: Path
) -> Iterator[tuple[Server, int]]:
    """Start a server, give it and its port while it runs, and end it and its children."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://localhost:{port}/", process, log)
    try:
        yield server, port
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for_port(server: Server, port: int, *, seconds: float = 60) -> None:
    """Until somebody listens. Raises RuntimeError with the server's words when nobody does."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.process.poll() is None:
        for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            with suppress(OSError), socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.connect((host, port))
                return
        time.sleep(0.02)
    raise RuntimeError(f"No server: {server.log.read_text(errors='replace')[-2000:]}")


def _parent(process: Path) -> int:
    with suppress(OSError):
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    return 0


def _clock(pid: int) -> float:
    with suppress(OSError):
        return time.clock_gettime((~pid << 3) | _SCHED)
    return 0.0


def _rollup(pid: int, name: str) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
    return 0
