"""What every test gets: default settings, a store of its own that is still empty, Indonesian."""

from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings

from lk3 import language
from lk3.settings import SETTINGS

BROWSER = Path(__file__).parent / "browser"
_DONE_BY = 0.7  # of the files

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_modifyitems(items):
    """Files that need a browser are spread over the run and done before its end, so that browsers
    do not wait for one another and no processor waits for the last of them.
    """
    files = dict.fromkeys(item.path for item in items)
    slow = [path for path in files if path.is_relative_to(BROWSER)]
    fast = [path for path in files if path not in slow]
    place = {path: _DONE_BY * n / len(slow) for n, path in enumerate(slow)}
    place |= {path: n / len(fast) for n, path in enumerate(fast)}
    items.sort(key=lambda item: place[item.path])


@pytest.fixture(autouse=True)
def clean_settings(tmp_path_factory, monkeypatch):
    """No setting of the machine and no data of a user reaches a test."""
    for setting in SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    base, name = tmp_path_factory.getbasetemp(), uuid4().hex
    monkeypatch.setenv("LK3_STORE", str(base / "stores" / name))
    monkeypatch.setenv("LK3_INBOX", str(base / "inboxes" / name))
    with language.speaking("id"):
        yield
