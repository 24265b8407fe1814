"""A real provider of OpenID Connect on this computer, and how a person signs in with it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import urlopen

from playwright.sync_api import Page

from run import free_port
from tests.browser.harness import open_page, settle

SECRETS = """[auth]
redirect_uri = "{url}/oauth2callback"
cookie_secret = "a secret that only this test knows, long enough to sign"
client_id = "lk3"
client_secret = "only for this test"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""


@contextmanager
def running_provider(*addresses: str) -> Iterator[str]:
    """A process of its own, as a provider is, that knows these addresses; gives the issuer."""
    port = free_port(50_000 + os.getpid() % 10_000)
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    for address in addresses:
        claims = {"sub": address, "email": address, "email_verified": True}
        command += ["--user-claims", json.dumps(claims)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://localhost:{port}"
    try:
        _wait_for(f"{issuer}/.well-known/openid-configuration")
        yield issuer
    finally:
        server.terminate()
        server.wait(timeout=10)


def sign_in(page: Page, url: str, address: str) -> None:
    """As a person does: the button, the provider's page, and back."""
    open_page(page, url)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_placeholder("sub").fill(address)
    page.get_by_role("button", name="Authorize", exact=True).click()
    page.wait_for_url(f"{url}/**")
    settle(page)


def _wait_for(url: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            with urlopen(url, timeout=5):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
