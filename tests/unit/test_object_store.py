"""LK3_STORE in an object store: against a server that speaks S3, on this computer."""

import socket
import subprocess
import sys
import time
import urllib.request
from importlib.util import find_spec

import pytest

from lk3.errors import UserError
from lk3.settings import ROOT
from lk3.store import open_store
from lk3.store.backup import back_up
from lk3.store.retention import purge
from tests.unit.test_store import ACCOUNT, full_tables, tables

needs_moto = pytest.mark.skipif(
    find_spec("moto") is None, reason="moto is not installed: pip install -r requirements-dev.txt"
)
_SERVER = "import sys; from moto.server import main; main(['-H', '127.0.0.1', '-p', sys.argv[1]])"
_SAVE = """
import sys
from tests.unit import test_store as t
for i in range(2):
    t.open_store().save(sys.argv[1], t.tables(f"{sys.argv[1]}{i}"), accounting=t.ACCOUNT)
"""


@pytest.fixture(scope="module")
def server():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVER, port], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(600):
        try:
            put = urllib.request.Request(f"{url}/lk3-test", method="PUT")
            put.add_header("Host", f"127.0.0.1:{port}")
            put.add_header("Authorization", "AWS4-HMAC-SHA256 Credential=t/20240101/us-east-1/s3/x")
            opener.open(put, timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture
def store(server, monkeypatch):
    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "not-a-secret",
        "AWS_REGION": "us-east-1",
        "LK3_STORE": "s3://lk3-test/offices",
        "NO_PROXY": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)
    return open_store()


@needs_moto
def test_a_store_in_an_object_store_keeps_versions_and_notes_like_a_folder(store, monkeypatch):
    first = store.save("register", full_tables(), accounting=ACCOUNT)
    second = store.save("register", tables("k7", "k8"), accounting=ACCOUNT)
    assert sorted(store.load().cases["case_id"]) == ["k7", "k8"]
    assert store.load(first).cases["case_id"].tolist() == ["k1"]
    third = store.restore(first)
    assert [v.number for v in store.versions()] == [third, second, first]
    assert store.load().members["member_id"].tolist() == ["m1"]
    store.notes.put("answers", {"a": 1}, id="q")
    assert [note.body for note in store.notes.all("answers")] == [{"a": 1}]
    with pytest.raises(UserError, match="LK3_DIGEST_KEY"):
        store.digest_key()
    monkeypatch.setenv("LK3_DIGEST_KEY", "k")
    assert store.digest_key() == b"k"


@needs_moto
def test_processes_that_save_at_once_in_an_object_store_lose_nothing(store):
    before = store.latest() or 0
    writers = [
        subprocess.Popen([sys.executable, "-c", _SAVE, name], cwd=ROOT, stderr=subprocess.PIPE)
        for name in ("one", "two")
    ]
    for writer in writers:
        _said, wrong = writer.communicate(timeout=120)
        assert writer.returncode == 0, wrong.decode()
    held = set(store.load().cases["case_id"])
    assert {"one1", "two1"} <= held
    assert not {"one0", "two0"} & held
    assert len([v for v in store.versions() if v.number > before]) == 4


@needs_moto
def test_what_an_object_store_does_by_itself_is_refused_in_a_sentence(store, tmp_path):
    with pytest.raises(UserError, match="bukan folder"):
        back_up(store, tmp_path / "b.zip")
    with pytest.raises(UserError, match="bukan folder"):
        purge(store, days=1, do=True)
