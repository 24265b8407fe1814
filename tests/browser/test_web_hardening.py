"""What the server refuses on the wire, asked by a client that is no browser and obeys nothing.

One server with sign-in set up and a real provider; its session, cookies and uploads as they are.
"""

import http.client
import os
from contextlib import contextmanager
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from run import free_port
from tests.browser.harness import running_dashboard
from tests.browser.provider import SECRETS, running_provider

CLERK = "petugas@contoh.id"
ABROAD = "http://lain.contoh.id"
PLANTED = ("a secret that only this test knows", "only for this test")
MEGABYTE = 1024 * 1024
LIMIT = 1  # MB
INSIDE = ("cookie_secret", "root:", "showErrorDetails", "choose_language")
FAILING = """import streamlit as st
st.title("Sebelum")
raise ValueError("Klien Uji 7, NIK 6474010101010007")
"""


@pytest.fixture(scope="module")
def board(tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("wire"), free_port(26_000 + os.getpid() % 4_000)
    secrets = folder / "secrets.toml"
    with running_provider(CLERK) as issuer:
        secrets.write_text(SECRETS.format(url=f"http://localhost:{port}", issuer=issuer))
        with running_dashboard(
            folder,
            port=port,
            STREAMLIT_SECRETS_FILES=str(secrets),
            LK3_ROLES=f"{CLERK}=petugas",
            LK3_ALLOWED_HOSTS="localhost",
            STREAMLIT_SERVER_MAX_UPLOAD_SIZE=str(LIMIT),
        ) as server:
            yield SimpleNamespace(
                port=port, folder=folder, secrets=secrets, output=server.output, issuer=issuer
            )


def cookie_line(cookies):
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def ask(port, path, *, method="GET", body=None, cookies=None, headers=None):
    """One request; its status, headers (the last of a name) and body. Follows nothing."""
    connection = http.client.HTTPConnection("localhost", port, timeout=30)
    named = dict(headers or {})
    if cookies:
        named["Cookie"] = cookie_line(cookies)
    try:
        connection.request(method, path, body=body, headers=named)
        answer = connection.getresponse()
        if cookies is not None:
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = line.split(";")[0].partition("=")
                cookies[name] = value
        return SimpleNamespace(status=answer.status, headers=answer.headers, body=answer.read())
    finally:
        connection.close()


@contextmanager
def session(port, *, cookies=None, origin=None, host="localhost"):
    """A session that lasts as long as its web socket, after its first run."""
    subprotocols, headers = ["streamlit"], {}
    if cookies:
        headers["Cookie"] = cookie_line(cookies)
        subprotocols.append(cookies["_streamlit_xsrf"])
    with connect(
        f"ws://{host}:{port}/_stcore/stream",
        origin=origin,
        subprotocols=subprotocols,
        additional_headers=headers,
        max_size=None,
        proxy=None,
        address=("localhost", port),
    ) as socket:
        visitor = SimpleNamespace(socket=socket, id="", text="")
        visitor.messages = run(visitor)
        yield visitor


def run(visitor, *pressed):
    """One run of the dashboard, with buttons that were pressed; what it sent."""
    wanted, messages = BackMsg(), []
    wanted.rerun_script.query_string = ""
    for button in pressed:
        wanted.rerun_script.widget_states.widgets.add(id=button, trigger_value=True)
    visitor.socket.send(wanted.SerializeToString())
    while True:
        raw = visitor.socket.recv(timeout=60)
        visitor.text += raw.decode(errors="replace")
        messages.append(message := ForwardMsg.FromString(raw))
        kind = message.WhichOneof("type")
        if kind == "new_session":
            visitor.id = message.new_session.initialize.session_id
        if kind == "script_finished" and message.script_finished == 0:
            return messages


def sign_in(port, cookies):
    """As a browser does: the button, the provider's form, and back. What the last answer said."""
    ask(port, "/_stcore/health", cookies=cookies)
    with session(port, cookies=cookies, origin=f"http://localhost:{port}") as guest:
        button = next(
            message.delta.new_element.button.id
            for message in guest.messages
            if message.delta.new_element.WhichOneof("type") == "button"
            and message.delta.new_element.button.label == "Masuk"
        )
        url = next(m.auth_redirect.url for m in run(guest, button) if m.HasField("auth_redirect"))
    answer = ask(port, url, cookies=cookies)
    provider = urlsplit(answer.headers["Location"])
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = ask(
        provider.port, f"{provider.path}?{provider.query}", method="POST",
        body=urlencode({"sub": CLERK}), headers=form,
    )  # fmt: skip
    back = urlsplit(answer.headers["Location"])
    return ask(port, f"{back.path}?{back.query}", cookies=cookies)


def upload(port, visitor, content, *, cookies=None, token=None, method="PUT", **headers):
    """Hand a file in as the uploader of a page does; the answer."""
    border = "grenze"
    body = (
        (
            f'--{border}\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'
        ).encode()
        + content
        + f"\r\n--{border}--\r\n".encode()
    )
    named = {"Content-Type": f"multipart/form-data; boundary={border}", **headers}
    if token:
        named["X-Xsrftoken"] = token
    path = f"/_stcore/upload_file/{visitor.id}/0"
    return ask(port, path, method=method, body=body, cookies=cookies, headers=named)


def test_a_file_is_taken_with_the_token_of_the_page_only_and_only_up_to_the_limit(board):
    cookies = {}
    ask(board.port, "/_stcore/health", cookies=cookies)
    token = cookies["_streamlit_xsrf"]
    other = {}
    ask(board.port, "/_stcore/health", cookies=other)
    with session(board.port) as guest:
        foreign = other["_streamlit_xsrf"]
        for method in ("PUT", "DELETE"):
            for held, sent in (
                ({}, None),
                (cookies, None),
                ({}, token),
                (cookies, foreign),
                (cookies, "palsu"),
            ):
                answer = upload(
                    board.port, guest, b"a", cookies=dict(held), token=sent, method=method
                )
                assert answer.status == 403, (method, bool(held), sent)
        assert upload(board.port, guest, b"a", cookies=cookies, token=token).status == 204
        large = b"0" * (LIMIT * MEGABYTE + 1)
        assert upload(board.port, guest, large, cookies=cookies, token=token).status == 413
        length = {"Content-Length": str((LIMIT + 1) * MEGABYTE)}  # said, and not sent
        answer = upload(board.port, guest, b"a", cookies=cookies, token=token, **length)
        assert answer.status == 413
        assert (
            upload(
                board.port, SimpleNamespace(id="00000000-keine"), b"a", cookies=cookies, token=token
            ).status
            == 400
        )


def test_another_site_is_told_nothing_and_gets_no_web_socket(board):
    for path in ("/", "/_stcore/health", "/_stcore/host-config", "/media/none.csv"):
        answer = ask(board.port, path, headers={"Origin": ABROAD})
        allowed = answer.headers.get("Access-Control-Allow-Origin")
        assert allowed not in ("*", ABROAD, "null"), path
    for method in ("OPTIONS", "PUT"):
        answer = ask(
            board.port, "/_stcore/upload_file/x/0", method=method, headers={"Origin": ABROAD}
        )
        assert answer.headers.get("Access-Control-Allow-Origin") not in ("*", ABROAD, "null")
    for origin in (ABROAD, "null", f"http://localhost.lain.contoh.id:{board.port}"):
        with pytest.raises(InvalidStatus, match="403"), session(board.port, origin=origin):
            pass


def test_under_another_name_the_dashboard_says_so_and_nothing_else(board):
    with session(board.port, host="lain.contoh.id") as visitor:
        assert "tidak dilayani pada alamat ini" in visitor.text
        assert "Masuk untuk membuka" not in visitor.text
    with session(board.port) as visitor:
        assert "Masuk untuk membuka" in visitor.text


def test_no_path_leads_out_of_the_folders_that_are_served(board):
    (board.folder / "secrets.toml").stat()  # what is asked for is there
    inside = str(board.secrets).lstrip("/")
    for start in (
        "/media/",
        "/static/",
        "/component/",
        "/app/static/",
        "/_stcore/bidi-components/",
    ):
        for up in (
            "../" * 12,
            "..%2f" * 12,
            "%2e%2e/" * 12,
            "..%5c" * 12,
            "..%252f" * 12,
            "/",
            "%2f",
        ):
            for target in (inside, "etc/passwd", ".streamlit/config.toml", "dashboard.py"):
                answer = ask(board.port, start + up + target)
                said = answer.body.decode(errors="replace")
                assert [word for word in INSIDE if word in said] == [], start + up + target


def test_the_secrets_of_the_sign_in_are_in_no_log_and_in_no_answer(board):
    cookies = {}
    sign_in(board.port, cookies)
    here = f"http://localhost:{board.port}"
    with session(board.port, cookies=cookies, origin=here) as clerk:
        assert "Keluar" in clerk.text  # else nobody signed in
    said = clerk.text
    with session(board.port, cookies=cookies) as nobody:  # no browser leaves the origin out
        assert "Masuk untuk membuka" in nobody.text
    failed = ask(board.port, "/oauth2callback?code=palsu&state=palsu", cookies={})
    broken = cookies | {"_streamlit_user": cookies["_streamlit_user"][:-4] + "AAAA"}
    with session(board.port, cookies=broken, origin=here) as nobody:
        assert "Masuk untuk membuka" in nobody.text
    said += nobody.text + failed.body.decode(errors="replace") + board.output()
    kept = [path for path in board.folder.rglob("*") if path.is_file() and path != board.secrets]
    assert any("audit" in str(path) for path in kept)
    said += "".join(path.read_text(encoding="utf-8", errors="replace") for path in kept)
    for secret in PLANTED:
        assert secret not in said
    assert cookies["_streamlit_user"] not in said  # whoever has it is signed in


def test_an_error_in_a_page_shows_none_of_its_detail(tmp_path):
    script = tmp_path / "fails.py"
    script.write_text(FAILING, encoding="utf-8")
    with running_dashboard(tmp_path, script=script) as server:
        port = urlsplit(server.url).port
        with session(port) as visitor:
            assert "Sebelum" in visitor.text
            assert any(m.delta.new_element.HasField("exception") for m in visitor.messages)
            for detail in (
                "Klien Uji 7",
                "6474010101010007",
                "ValueError",
                "Traceback",
            ):
                assert detail not in visitor.text
