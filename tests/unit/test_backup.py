"""Backup, its return, and the removal of what is no longer kept, on real stores."""

import json
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from lk3.dataset import import_file
from lk3.errors import UserError
from lk3.places import load_places
from lk3.store import AlreadySavedError, Store
from lk3.store.backup import back_up, bring_back
from lk3.store.retention import purge
from tests.workbooks import csv_bytes

PLACES = load_places()
HEADER = ("No. Reg", "Tanggal Lapor", "Kelurahan", "Jenis Masalah", "Status")
OLD, NEW = "Guntung", "Loktuan"


def register(kelurahan, day):
    return csv_bytes([HEADER, ("001/2025", day, kelurahan, "KDRT", "Baru")])


@pytest.fixture
def store(tmp_path):
    """Two versions of one source, and a note that was reworded and one that was removed."""
    made = Store(tmp_path / "store")
    for place, day in ((OLD, "2021-03-04"), (NEW, "2025-03-04")):
        _checked, version = import_file(made, PLACES, register(place, day), "register.csv")
        assert version is not None
    made.notes.put("decisions", {"text": "tanaman lama"}, id="a")
    made.notes.put("decisions", {"text": "kedua"}, id="b")
    made.notes.put("decisions", {"text": "pertama"}, id="a")
    made.notes.put("decisions", {"text": "tanaman hapus"}, id="c")
    made.notes.remove("decisions", "c")
    return made


def where(store, text):
    """Files under the store that hold a text, or a value of a column (data files are packed)."""
    found = []
    for path in (path for path in store_path(store).rglob("*") if path.is_file()):
        content = path.read_bytes()
        if path.suffix == ".parquet":
            content += pd.read_parquet(path).to_json(date_format="iso").encode()
        if text.encode() in content:
            found.append(path)
    return found


def store_path(store):
    return Path(store.url)


def later(days):
    return datetime.now(UTC) + timedelta(days=days)


def same(one, other):
    for name, frame in vars(one).items():
        pd.testing.assert_frame_equal(frame, getattr(other, name))


def test_old_values_are_in_no_file_after_a_purge(store):
    code = PLACES.code_for(OLD)
    assert where(store, "2021-03-04")
    assert where(store, code)
    assert where(store, "tanaman lama")
    assert where(store, "tanaman hapus")
    before = store.load()

    done = purge(store, days=0, do=True, now=later(1))

    assert done.versions == (1,)
    for planted in ("2021-03-04", code, "tanaman lama", "tanaman hapus"):
        assert where(store, planted) == [], planted
    same(store.load(), before)
    assert [version.number for version in store.versions()] == [2]
    assert [note.body["text"] for note in store.notes.all("decisions")] == ["pertama", "kedua"]


def test_store_goes_on_after_a_purge(store):
    purge(store, days=0, do=True, now=later(1))

    accounting = {"file": "x", "digest": "d1"}
    assert store.save("lain", store.load(), accounting=accounting, once=True) == 3
    purge(store, days=0, do=True, now=later(1))
    with pytest.raises(AlreadySavedError):
        store.save("lain", store.load(), accounting=accounting, once=True)
    store.notes.put("decisions", {"text": "ketiga"})
    assert len(store.notes.all("decisions")) == 3
    assert purge(store, days=0, do=False, now=later(1)).files == 0


def test_purge_removes_nothing_that_is_young_and_nothing_unless_told(store):
    assert purge(store, days=1, do=True).files == 0
    told = purge(store, days=0, do=False, now=later(1))

    assert (told.versions, told.notes) == ((1,), 3)
    assert told.files > 0
    assert len(store.load(1).cases) == 1
    assert where(store, "tanaman hapus")


def test_store_comes_back_from_its_backup_as_it_was(store, tmp_path):
    before, notes, key = store.load(1), store.notes.all("decisions"), store.digest_key()
    back_up(store, tmp_path / "b.zip")
    shutil.rmtree(store_path(store))

    assert bring_back(store, tmp_path / "b.zip") is None

    same(store.load(1), before)
    assert store.notes.all("decisions") == notes
    assert store.digest_key() == key
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "store"]


def test_old_store_is_moved_aside_only_when_told(store, tmp_path):
    back_up(store, tmp_path / "b.zip")
    store.notes.put("decisions", {"text": "kemudian"})
    with pytest.raises(UserError, match="--replace"):
        bring_back(store, tmp_path / "b.zip")

    aside = bring_back(store, tmp_path / "b.zip", replace=True)

    assert len(store.notes.all("decisions")) == 2
    assert len(Store(aside).notes.all("decisions")) == 3


def tampered(source, target, *, change=None, add=None, drop=None):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name != drop:
                new.writestr(name, content + b" " if name == change else content)
        if add:
            new.writestr(add, "x")


@pytest.mark.parametrize("how", ["change", "drop", "add", "outside", "cut", "text"])
def test_changed_or_broken_backup_changes_nothing(store, tmp_path, how):
    good, bad = tmp_path / "b.zip", tmp_path / "bad.zip"
    back_up(store, good)
    if how in ("change", "drop"):
        tampered(good, bad, **{how: "digest.key"})
    elif how == "add":
        tampered(good, bad, add="records/more.parquet")
    elif how == "outside":
        with zipfile.ZipFile(bad, "w") as archive:
            archive.writestr("../evil", "")
            nothing = {"sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
            files = {"../evil": nothing | {"bytes": 0}}
            archive.writestr("manifest.json", json.dumps({"files": files}))
    else:
        bad.write_bytes(good.read_bytes()[:-200] if how == "cut" else b"no zip")
    before = sorted(store_path(store).rglob("*"))

    with pytest.raises(UserError, match="rusak atau pernah diubah"):
        bring_back(store, bad, replace=True)

    assert sorted(store_path(store).rglob("*")) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "bad.zip", "store"]


def test_backup_inside_the_store_and_of_nothing_is_refused(store, tmp_path):
    with pytest.raises(UserError, match="di dalam folder"):
        back_up(store, store_path(store) / "b.zip")
    with pytest.raises(UserError, match="kosong"):
        back_up(Store(tmp_path / "none"), tmp_path / "b.zip")
    with pytest.raises(UserError, match="bukan folder"):
        back_up(Store("s3://bucket/x"), tmp_path / "b.zip")
