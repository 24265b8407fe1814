"""Sign-in with a real provider of OpenID Connect on this computer, in a real browser."""

import json
import os
import time
from types import SimpleNamespace

import pytest

from lk3.ui.navigation import PAGES
from run import free_port
from tests.browser.harness import (
    LAPTOP,
    Traffic,
    all_text,
    go_to,
    new_page,
    open_page,
    running_dashboard,
    settle,
)
from tests.browser.provider import SECRETS, running_provider, sign_in

PLANNER, CLERK, STRANGER, OLD = (
    f"{name}@contoh.id" for name in ("perencana", "petugas", "tamu", "lama")
)
WEIGHT = "link => Number(getComputedStyle(link.querySelector('p')).fontWeight)"
LOADED_ANEW = "() => performance.getEntriesByType('navigation')[0].type === 'reload'"
NUMBERS = ("119 kasus", "Bontang Lestari", "Satimpo")  # of the sample: nothing of it for a guest


@pytest.fixture(scope="module")
def provider():
    """A process of its own, as a provider is."""
    with running_provider(PLANNER, CLERK, STRANGER, OLD) as issuer:
        yield issuer


@pytest.fixture(scope="module")
def guarded_board(provider, tmp_path_factory):
    """A server with sign-in; a second look at it starts with the session of nobody."""
    folder, port = tmp_path_factory.mktemp("sign_in"), free_port(30_000 + os.getpid() % 10_000)
    secrets = folder / "secrets.toml"
    url = f"http://localhost:{port}"
    secrets.write_text(SECRETS.format(url=url, issuer=provider), encoding="utf-8")
    with running_dashboard(
        folder,
        port=port,
        STREAMLIT_SECRETS_FILES=str(secrets),
        LK3_ROLES=f"{PLANNER}=perencana; {CLERK}=petugas; {OLD}=admin",
    ) as board:
        yield board


@pytest.fixture
def guest(browser):
    """A fresh page whose every answer is read: what a guest is sent, on any wire."""
    traffic, received = Traffic(), []
    page = new_page(browser, LAPTOP, traffic)
    page.on(
        "websocket",
        lambda ws: ws.on("framereceived", lambda frame: received.append(frame)),
    )
    yield SimpleNamespace(page=page, received=received)
    page.context.close()


def said(guest):
    return b"".join(f if isinstance(f, bytes) else f.encode() for f in guest.received).decode(
        errors="replace"
    )


def logged(board):
    """The lines of the access log."""
    paths = sorted((board.store / "audit").glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text().splitlines()]


def came(board, address):
    """How often the access log says that somebody has signed in."""
    return sum(line["action"] == "sign_in" and line["user"] == address for line in logged(board))


def wait_until_nobody(page, seconds=30):
    """Until the cookie of the sign-in is gone."""
    until = time.monotonic() + seconds
    while any(cookie["name"] == "_streamlit_user" for cookie in page.context.cookies()):
        assert time.monotonic() < until, "the cookie is still there"
        page.wait_for_timeout(100)


def test_no_address_shows_a_guest_anything_on_a_fresh_server(guest, guarded_board):
    for path in (*(page.url_path for page in PAGES), ""):
        open_page(guest.page, f"{guarded_board.url}/{path}")
        if path == PAGES[0].url_path:  # before any script has run; later ones are found at once
            guest.page.wait_for_function(LOADED_ANEW)
            settle(guest.page)
        assert guest.page.get_by_role("button", name="Masuk").is_visible()
        assert "Masuk untuk membuka" in all_text(guest.page)
        assert guest.page.get_by_role("dialog").count() == 0
    for name in ("Penempatan", "Mutu data", *NUMBERS):  # no list of pages either
        assert name not in said(guest)


def test_a_planner_sees_the_pages_of_a_planner_and_nobody_else_does(guest, guarded_board, browser):
    sign_in(guest.page, guarded_board.url, PLANNER)
    links = guest.page.get_by_role("link").all_inner_texts()
    assert any("Penempatan" in link for link in links)
    assert not any(link.endswith("Mutu data") for link in links)
    assert "Perencana" in guest.page.inner_text('[data-testid="stSidebar"]')
    assert "kasus" in guest.page.inner_text("h1")

    open_page(guest.page, f"{guarded_board.url}/data")
    assert guest.page.locator('[data-testid="stFileUploader"]').count() == 0
    assert guest.page.inner_text("h1") == "Halaman Data tidak dibuka untuk peran Perencana."
    assert "Petugas data dan Pengelola" in guest.page.inner_text('[data-testid="stMain"]')
    go_to(guest.page, "Buka Ringkasan")
    assert "kasus" in guest.page.inner_text("h1")
    assert "halaman Data" not in guest.page.inner_text('[data-testid="stMain"]')
    open_page(guest.page, f"{guarded_board.url}/tidak-ada")
    assert guest.page.inner_text("h1") == "Halaman ini tidak ada."
    open_page(guest.page, f"{guarded_board.url}/ringkasan")
    assert "kasus" in guest.page.inner_text("h1")
    links = guest.page.get_by_test_id("stPageLink-NavLink").all()
    bold = [link.inner_text() for link in links if link.evaluate(WEIGHT) > 400]
    assert [name.splitlines()[-1] for name in bold] == ["Ringkasan"]
    assert guest.page.get_by_role("dialog").count() == 0

    other, frames = browser.new_page(), []  # the same server at the same time, without the cookie
    other.on("websocket", lambda ws: ws.on("framereceived", lambda frame: frames.append(frame)))
    open_page(other, guarded_board.url)
    sent = b"".join(f if isinstance(f, bytes) else f.encode() for f in frames)
    assert b"Satimpo" not in sent
    other.close()


def test_somebody_without_a_role_is_told_so_and_sees_nothing(guest, guarded_board):
    sign_in(guest.page, guarded_board.url, STRANGER)
    text = all_text(guest.page)
    assert "Akun ini belum memiliki peran" in text
    assert STRANGER in text
    for number in NUMBERS:
        assert number not in said(guest)


def test_signing_out_ends_it(guest, guarded_board):
    sign_in(guest.page, guarded_board.url, CLERK)
    guest.page.get_by_role("button", name="Keluar").click()
    wait_until_nobody(guest.page)
    left = [line for line in logged(guarded_board) if line["action"] == "sign_out"]
    assert [line["user"] for line in left] == [CLERK]
    assert came(guarded_board, CLERK) == 1
    again = guest.page.context.new_page()  # the first one is on its way to the provider's own page
    open_page(again, guarded_board.url)
    assert again.get_by_role("button", name="Masuk").is_visible()

    sign_in(again, guarded_board.url, CLERK)
    assert came(guarded_board, CLERK) == 2
    open_page(again, guarded_board.url)  # a reload is a new session of the same sign-in
    assert "kasus" in again.inner_text("h1")
    assert came(guarded_board, CLERK) == 2


def test_a_cookie_that_was_tampered_with_is_nobody(guest, guarded_board):
    sign_in(guest.page, guarded_board.url, PLANNER)
    context = guest.page.context
    for cookie in context.cookies():
        if cookie["name"].startswith("_streamlit_user"):
            broken = cookie["value"][:-4] + ("AAAA" if cookie["value"][-4:] != "AAAA" else "BBBB")
            context.add_cookies([{**cookie, "value": broken}])
    guest.received.clear()
    open_page(guest.page, guarded_board.url)
    assert guest.page.get_by_role("button", name="Masuk").is_visible()
    assert NUMBERS[0] not in said(guest)


def test_an_old_session_has_to_sign_in_again(browser, provider, tmp_path):
    port = free_port(41_000 + os.getpid() % 10_000)
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(SECRETS.format(url=f"http://localhost:{port}", issuer=provider))
    with running_dashboard(
        tmp_path,
        port=port,
        STREAMLIT_SECRETS_FILES=str(secrets),
        LK3_ROLES=f"{OLD}=admin",
        LK3_SESSION_HOURS="0",
    ) as board:
        page = new_page(browser, LAPTOP, Traffic())
        sign_in(page, board.url, OLD)
        assert "Sesi Anda sudah berakhir" in all_text(page)
        page.context.close()


def test_a_server_for_everybody_without_sign_in_serves_no_data(browser, tmp_path):
    with running_dashboard(tmp_path, STREAMLIT_SERVER_ADDRESS="0.0.0.0") as board:
        page = new_page(browser, LAPTOP, Traffic())
        open_page(page, board.url)
        text = all_text(page)
        assert "tanpa pengaturan masuk" in text
        assert "LK3_ROLES" in text
        assert "kasus" not in text
        page.context.close()


def test_a_request_on_behalf_of_another_is_not_this_computer(browser, dashboard):
    page = new_page(browser, LAPTOP, Traffic())
    page.set_extra_http_headers({"X-Forwarded-For": "192.0.2.7"})
    open_page(page, dashboard.url)
    assert "tanpa pengaturan masuk" in all_text(page)
    page.context.close()
