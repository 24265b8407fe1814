"""A real nginx with the configuration of `deploy/nginx/lk3.conf`, filled in for one test.

In: the ports of the dashboard's processes and a folder. Out: a proxy with TLS on this computer.
Only the values that an office fills in itself are replaced: names, ports and paths.
"""

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path

from lk3.settings import ROOT

CONFIGURATION = ROOT / "deploy" / "nginx" / "lk3.conf"
DOCUMENTED_NAME = "dasbor.contoh.go.id"
NAME = "dasbor.localhost"  # browsers find every name under localhost on this computer
_AROUND = """daemon off;
master_process on;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{ worker_connections 512; }}
http {{
    include {types};
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/lk3.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers (lower-case names; cookies apart) and body."""

    status: int
    headers: dict[str, str]
    cookies: list[str] = field(default_factory=list)
    body: bytes = b""


@dataclass(frozen=True)
class Proxy:
    """A running nginx: its ports and its folder."""

    https: int
    http: int
    folder: Path

    @property
    def url(self) -> str:
        """The one address of the dashboard."""
        return f"https://{NAME}:{self.https}"

    def get(
        self, path: str, *, headers: dict[str, str] | None = None, method: str = "GET",
        body: bytes | None = None,
    ) -> Answer:  # fmt: skip
        """Ask over TLS as a browser does, by the name of the dashboard."""
        return _answered(
            _Named(self.https, NAME), path, {"Host": NAME, **(headers or {})}, method, body
        )

    def get_plain(self, path: str, *, host: str = NAME) -> Answer:
        """Ask over plain http under any name."""
        return _answered(HTTPConnection("127.0.0.1", self.http, timeout=30), path, {"Host": host})

    def handshake(self, name: str) -> None:
        """Offer TLS under a name. Raises ssl.SSLError where nginx does not know it."""
        with socket.create_connection(("127.0.0.1", self.https), timeout=30) as plain:
            _trusting().wrap_socket(plain, server_hostname=name).close()


class _Named(HTTPSConnection):
    """A connection to this computer that offers another name in TLS."""

    def __init__(self, port: int, name: str) -> None:
        super().__init__("127.0.0.1", port, timeout=60, context=_trusting())
        self._name = name

    def connect(self) -> None:
        plain = socket.create_connection((self.host, self.port), timeout=self.timeout)
        self.sock = _trusting().wrap_socket(plain, server_hostname=self._name)


def _answered(
    connection: HTTPConnection, path: str, headers: dict[str, str], method: str = "GET",
    body: bytes | None = None,
) -> Answer:  # fmt: skip
    try:
        connection.request(method, path, body=body, headers=headers)
        answer: HTTPResponse = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        cookies = answer.headers.get_all("Set-Cookie") or []
        return Answer(answer.status, named, cookies, answer.read())
    finally:
        connection.close()


def _trusting() -> ssl.SSLContext:
    """The certificate was made a moment ago by the test itself."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def find_nginx() -> str | None:
    """Where nginx is; Debian keeps it out of the way of users."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def running_nginx(
    folder: Path, *, nodes: tuple[int, int], https: int, http: int
) -> Iterator[Proxy]:
    """Start nginx before two processes; end it afterwards. Raises RuntimeError with what nginx says
    of the configuration when it does not start.
    """
    nginx = find_nginx()
    if nginx is None:
        raise RuntimeError("nginx is not installed")
    proxy = Proxy(https, http, folder)
    write_certificate(folder)
    (folder / "lk3.conf").write_text(filled_in(proxy, nodes=nodes), encoding="utf-8")
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    types = next(p for p in _types_of(nginx) if p.is_file())
    main = folder / "nginx.conf"
    main.write_text(_AROUND.format(folder=folder, user=user, types=types), encoding="utf-8")
    server = subprocess.Popen(
        [nginx, "-c", str(main), "-e", str(folder / "error.log")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(server, proxy)
        yield proxy
    finally:
        server.terminate()
        server.wait(timeout=20)


def filled_in(proxy: Proxy, *, nodes: tuple[int, int]) -> str:
    """The documented configuration with the values of a test. Raises AssertionError when a value
    that is to be filled in is not there.
    """
    text = CONFIGURATION.read_text(encoding="utf-8")
    values = {
        f"https://{DOCUMENTED_NAME}": proxy.url,
        f"wss://{DOCUMENTED_NAME}": f"wss://{NAME}:{proxy.https}",
        f"Host {DOCUMENTED_NAME};": f"Host {NAME}:{proxy.https};",
        DOCUMENTED_NAME: NAME,
        "listen 443 ": f"listen 127.0.0.1:{proxy.https} ",
        "listen 80": f"listen 127.0.0.1:{proxy.http}",
        ":8501": f":{nodes[0]}",
        ":8502": f":{nodes[1]}",
        "/etc/ssl/lk3": str(proxy.folder),
        "/var/log/nginx": str(proxy.folder),
    }
    for documented, own in values.items():
        assert documented in text, f"{documented} is not in {CONFIGURATION.name}"
        text = text.replace(documented, own)
    return text


def write_certificate(folder: Path) -> None:
    """A certificate that nobody signed, and its key."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
         "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")],
        check=True,
        capture_output=True,
    )  # fmt: skip


def _types_of(nginx: str) -> list[Path]:
    beside = Path(nginx).resolve().parent.parent
    return [Path("/etc/nginx/mime.types"), beside / "etc/nginx/mime.types"]


def _wait_for(server: subprocess.Popen, proxy: Proxy, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.poll() is not None:
            said = (proxy.folder / "error.log").read_text(encoding="utf-8")
            raise RuntimeError(f"nginx did not start:\n{said}")
        try:
            socket.create_connection(("127.0.0.1", proxy.https), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("nginx does not answer")
