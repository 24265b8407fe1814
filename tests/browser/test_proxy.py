"""Two dashboard processes behind a real nginx with the documented configuration, in a real browser.

Each process listens on loopback, as it would on a server; both share a store and the secrets.
"""

import os
import re
import ssl
import threading
from contextlib import ExitStack
from http.client import RemoteDisconnected
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
from openpyxl import Workbook

from lk3.settings import SETTINGS
from lk3.store import open_store
from run import free_port
from tests.browser.harness import (
    LAPTOP,
    NOTE_MESSAGES,
    WAIT_MS,
    all_text,
    go_to,
    open_page,
    running_dashboard,
    settle,
)
from tests.browser.provider import SECRETS, running_provider, sign_in
from tests.browser.proxies import CONFIGURATION, NAME, find_nginx, running_nginx

pytestmark = pytest.mark.skipif(
    find_nginx() is None, reason="nginx is not installed (in Debian and Ubuntu: package nginx)"
)
PLANTED = re.findall(r'(?:cookie|client)_secret = "(.+)"', SECRETS)
CLERK, PLANNER = "petugas@contoh.id", "perencana@contoh.id"
SENT_ALWAYS = (
    "strict-transport-security",
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "x-frame-options",
    "permissions-policy",
)
NOTE_VIOLATIONS = """() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', e =>
        window.violations.push(e.violatedDirective + ' ' + e.blockedURI));
}"""
ROWS = [
    ["No", "No. Register", "Tgl Pengaduan", "Nama Klien", "Kelurahan", "Jenis Masalah", "Status"],
    *([i, f"{i:03d}/2025", "14/01/2025", f"Klien Uji {i}", "Satimpo", "KDRT", "Baru"]
      for i in range(1, 38)),
]  # fmt: skip


@pytest.fixture(scope="module")
def offices(tmp_path_factory):
    """The proxy and its two processes, a and b; `stop_a` ends the first of them."""
    folder = tmp_path_factory.mktemp("proxy")
    base = 12_000 + os.getpid() % 2_000  # below the ports that systems give to connections
    https, http, a, b = (free_port(base + 2_000 * i) for i in range(4))
    secrets = folder / "secrets.toml"
    with ExitStack() as stack, ExitStack() as first:
        issuer = stack.enter_context(running_provider(CLERK, PLANNER))
        url = f"https://{NAME}:{https}"
        secrets.write_text(SECRETS.format(url=url, issuer=issuer), encoding="utf-8")
        settings = {
            "STREAMLIT_SECRETS_FILES": str(secrets),
            "LK3_STORE": str(folder / "store"),
            "LK3_ROLES": f"{CLERK}=petugas; {PLANNER}=perencana",
            "LK3_ALLOWED_HOSTS": NAME,
        }
        for name, port, whose in (("a", a, first), ("b", b, stack)):
            (folder / name).mkdir()
            whose.enter_context(running_dashboard(folder / name, port=port, **settings))
        (folder / "nginx").mkdir()
        proxy = stack.enter_context(
            running_nginx(folder / "nginx", nodes=(a, b), https=https, http=http)
        )
        yield SimpleNamespace(proxy=proxy, store=folder / "store", stop_a=first.close)


@pytest.fixture
def visit(browser):
    """Open the browser of one more person, whom the proxy has sent to node a or b before."""
    contexts = []

    def opened(offices, node):
        context = browser.new_context(viewport=LAPTOP, locale="id-ID", ignore_https_errors=True)
        contexts.append(context)
        context.set_default_timeout(WAIT_MS)
        context.add_init_script(f"({NOTE_MESSAGES})()")
        context.add_init_script(f"({NOTE_VIOLATIONS})()")
        context.add_cookies([{"name": "lk3_node", "value": node, "url": offices.proxy.url}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def sent_to_sign_in(page):
    """A list that gets what the provider hands over in the address: code and state."""
    handed = []

    def note(request):
        if "/oauth2callback?" in request.url:
            handed.extend(value for _name, value in parse_qsl(urlsplit(request.url).query))

    page.on("request", note)
    return handed


def cookies_of(page):
    return {cookie["name"]: cookie for cookie in page.context.cookies()}


def test_only_the_name_of_the_dashboard_is_served_and_only_with_tls(offices):
    proxy = offices.proxy
    moved = proxy.get_plain("/peta?periode=semua")
    assert (moved.status, moved.headers["location"]) == (301, f"{proxy.url}/peta?periode=semua")
    with pytest.raises(RemoteDisconnected):
        proxy.get_plain("/", host="lain.contoh.id")
    with pytest.raises(ssl.SSLError, match="UNRECOGNIZED_NAME"):
        proxy.handshake("lain.localhost")
    with pytest.raises(RemoteDisconnected):  # the right name in TLS, another one in the request
        proxy.get("/", headers={"Host": "lain.contoh.id"})


def test_every_answer_carries_the_headers_that_browsers_obey(offices):
    html = offices.proxy.get("/").body.decode()
    script = re.search(r'src="\.(/static/js/[^"]+)"', html)[1]
    for path, status in (("/", 200), (script, 200), ("/media/none", 404), ("/_stcore/health", 200)):
        answer = offices.proxy.get(path)
        assert answer.status == status, path
        assert [name for name in SENT_ALWAYS if name not in answer.headers] == [], path
    for path in ("metrics", "script-health-check", "agent/interact", "agent/openapi.json"):
        assert offices.proxy.get(f"/_stcore/{path}").body.count(b"nginx"), path


def test_a_process_is_kept_by_cookie_and_a_cookie_that_names_none_is_replaced(offices):
    given = [offices.proxy.get("/").cookies[0][:10] for _ in range(4)]
    assert set(given) == {"lk3_node=a", "lk3_node=b"}  # all from one address
    for node in "ab":
        assert offices.proxy.get("/", headers={"Cookie": f"lk3_node={node}"}).cookies == []
    assert offices.proxy.get("/", headers={"Cookie": "lk3_node=evil"}).cookies[0][:9] == "lk3_node="


def test_the_proxy_takes_as_large_a_file_as_the_dashboard(offices):
    largest = next(int(s.default) for s in SETTINGS if s.name == "LK3_MAX_UPLOAD_MB")
    assert f"client_max_body_size {largest + 1}m;" in CONFIGURATION.read_text(encoding="utf-8")
    size = {"Content-Length": str((largest + 1) * 1024 * 1024 + 1)}  # refused before it is sent
    answer = offices.proxy.get("/_stcore/upload_file/x/y", method="PUT", headers=size)
    assert answer.status == 413


def test_what_a_visitor_says_about_where_he_is_does_not_reach_the_dashboard(tmp_path):
    class Echo(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(str(self.headers).encode())

        def log_message(self, *_):
            pass

    echo = HTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=echo.serve_forever, daemon=True).start()
    port = echo.server_address[1]
    https, http = free_port(38_000), free_port(39_000)
    claims = dict.fromkeys(("X-Forwarded-For", "X-Real-IP"), "192.0.2.7")
    claims |= {"X-Forwarded-Host": "localhost", "Forwarded": "for=localhost;host=localhost"}
    claims |= {"X-Forwarded-Proto": "http"}
    try:
        with running_nginx(tmp_path, nodes=(port, port), https=https, http=http) as proxy:
            said = proxy.get("/", headers=claims).body.decode()
    finally:
        echo.shutdown()
        echo.server_close()
    assert "192.0.2.7" not in said
    passed_on = dict(re.findall(r"^(X-[\w-]+|Forwarded|Host): (.*?)\r?$", said, re.MULTILINE))
    assert passed_on == {
        "Host": f"{NAME}:{https}",
        "X-Forwarded-For": "127.0.0.1",
        "X-Forwarded-Proto": "https",
    }


def test_the_code_of_a_sign_in_is_in_no_log_when_no_process_answers(tmp_path):
    ports = [free_port(start) for start in (15_000, 15_500, 16_000, 16_500)]  # nobody listens
    with running_nginx(tmp_path, nodes=ports[:2], https=ports[2], http=ports[3]) as proxy:
        answer = proxy.get("/oauth2callback?code=kode-rahasia&state=keadaan-rahasia")
        assert proxy.get("/peta").status == answer.status == 502
    written = {path.name: path.read_text() for path in tmp_path.glob("*.log")}
    assert "GET /oauth2callback" in written["lk3.access.log"]
    assert "/peta" in written["lk3.error.log"]  # other failures are told in full
    assert "rahasia" not in "".join(written.values())


def test_what_one_process_saves_the_other_shows_and_takes_over_when_the_first_ends(
    offices, visit, tmp_path
):
    clerk, planner = visit(offices, "a"), visit(offices, "b")
    handed = sent_to_sign_in(planner)
    sign_in(planner, offices.proxy.url, PLANNER)
    assert "119 kasus" in planner.inner_text("h1")
    planner.wait_for_selector(".maplibregl-canvas")  # drawn by a worker that is a blob
    assert planner.locator(".js-plotly-plot").count() >= 2
    held = cookies_of(planner)
    assert all(held[name]["secure"] for name in ("_streamlit_user", "_streamlit_xsrf"))
    assert held["_streamlit_user"]["httpOnly"]
    assert held["lk3_node"]["value"] == "b"

    sign_in(clerk, offices.proxy.url, CLERK)
    go_to(clerk, "Data")
    clerk.locator('input[type="file"]').first.set_input_files(workbook(tmp_path))
    settle(clerk)
    clerk.get_by_role("button", name="Simpan 1 berkas").last.click()
    clerk.get_by_text("tersimpan sebagai versi 1").first.wait_for()
    assert open_store(str(offices.store)).load().cases["cases"].sum() == 37
    assert cookies_of(clerk)["lk3_node"]["value"] == "a"

    go_to(planner, "Tren")  # the next click on a page that was open before
    body = all_text(planner)
    assert "dipakai: 37;" in body
    assert "DATA CONTOH" not in body

    offices.stop_a()
    open_page(clerk, offices.proxy.url)  # as somebody does whose page has lost its server
    assert "dipakai: 37;" in all_text(clerk)
    assert CLERK in all_text(clerk)  # nobody had to sign in again
    assert cookies_of(clerk)["lk3_node"]["value"] == "b"
    for page in (clerk, planner):
        # long integers would like WebAssembly, and do without it
        assert set(page.evaluate("window.violations")) <= {"script-src wasm-eval"}

    written = {path.name: path.read_text() for path in offices.proxy.folder.glob("*.log")}
    assert "/oauth2callback" in written["lk3.access.log"]
    cookies = [cookie["value"] for page in (clerk, planner) for cookie in page.context.cookies()]
    secrets = [*handed, *(each for each in cookies if len(each) > 8), *PLANTED]
    assert len(handed) >= 2
    assert [
        (name, secret) for name, text in written.items() for secret in secrets if secret in text
    ] == []


def workbook(folder):
    book = Workbook()
    book.active.title = "Register"
    for row in ROWS:
        book.active.append(row)
    path = folder / "Register LK3.xlsx"
    book.save(path)
    return path
