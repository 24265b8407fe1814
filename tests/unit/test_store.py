"""What the store holds, version by version, and what it says when it cannot."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pandas as pd
import pyarrow as pa
import pytest
from deltalake import DeltaTable
from deltalake.exceptions import CommitFailedError, DeltaError

from lk3 import language
from lk3.errors import UserError
from lk3.settings import ROOT
from lk3.store import Store, open_store
from lk3.store import versions as module
from lk3.tables import CASES, FINDINGS, MEMBERS, POPULATION, Tables

ACCOUNT = {
    "file": "register.xlsx",
    "digest": "ab" * 32,
    "kind": "cases",
    "rows_read": 9,
    "rows_used": 5,
    "rows_set_aside": 1,
    "rows_not_data": 3,
    "sheets": [],
}


def tables(*case_ids, findings=()):
    """One case for each id, with the rules of some findings; the other tables are empty."""
    reported = pd.to_datetime(["2023-07-26"] * len(case_ids))
    cases = pd.DataFrame({"case_id": list(case_ids), "reported_on": reported}, dtype=None)
    return Tables(
        CASES.conform(cases),
        MEMBERS.empty(),
        POPULATION.empty(),
        FINDINGS.conform(pd.DataFrame({"rule": list(findings), "row": 12})),
    )


def full_tables():
    """A row in each of the four tables."""
    day = pd.to_datetime(["2023-07-26"])
    return Tables(
        CASES.conform(pd.DataFrame({"case_id": ["k1"], "reported_on": day, "cases": [3]})),
        MEMBERS.conform(pd.DataFrame({"member_id": ["m1"], "started_on": day})),
        POPULATION.conform(pd.DataFrame({"code": ["x"], "year": [2023], "population": [7]})),
        FINDINGS.conform(pd.DataFrame({"rule": ["date_broken"], "value": ["31/02"]})),
    )


@pytest.fixture
def store():
    return open_store()


def ids(store, version=None):
    return sorted(store.load(version).cases["case_id"])


# --- Nothing held --------------------------------------------------------------------------------


def test_new_store_holds_nothing_and_writes_nothing(store, tmp_path):
    empty = Store(tmp_path / "not-yet")

    assert empty.latest() is None
    assert empty.versions() == []
    assert empty.load().cases.empty
    assert empty.sources().empty
    assert not (tmp_path / "not-yet").exists()


def test_store_is_where_the_setting_says(monkeypatch, tmp_path):
    monkeypatch.setenv("LK3_STORE", str(tmp_path / "elsewhere"))

    open_store().save("a", tables("1"), accounting=ACCOUNT)

    assert DeltaTable.is_deltatable(str(tmp_path / "elsewhere" / "records"))


# --- Saving --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["cases", "members", "population", "findings"])
def test_saved_rows_are_loaded_with_the_types_of_their_schema(store, name):
    saved = full_tables()

    store.save("buku", saved, accounting=ACCOUNT)

    loaded = getattr(store.load(), name)
    pd.testing.assert_frame_equal(loaded, getattr(saved, name).assign(source="buku"))


def test_saving_a_source_again_replaces_all_its_rows(store):
    store.save("buku", full_tables(), accounting=ACCOUNT)
    store.save("buku", tables("2", "3"), accounting=ACCOUNT)

    held = store.load()

    assert ids(store) == ["2", "3"]
    assert held.members.empty
    assert held.population.empty
    assert held.findings.empty


def test_saving_a_source_leaves_the_others_alone(store):
    store.save("a", tables("1"), accounting=ACCOUNT)
    store.save("b", tables("2"), accounting=ACCOUNT)
    store.save("a", tables("3"), accounting=ACCOUNT)

    assert ids(store) == ["2", "3"]


@pytest.mark.parametrize(
    "odd", ["Rekap Jum'at", "''", "' OR '1'='1", 'a"b', "a\\b", "é kasus 😀", ""]
)
def test_any_name_of_a_source_is_only_a_name(store, odd):
    store.save("lain", tables("kept"), accounting=ACCOUNT)
    store.save(odd, tables("old"), accounting=ACCOUNT)
    store.save(odd, tables("new"), accounting=ACCOUNT)

    assert ids(store) == ["kept", "new"]
    assert sorted(store.sources()["source"]) == sorted([odd, "lain"])


def test_column_that_no_schema_knows_is_never_stored(store):
    named = tables("1")
    with_name = Tables(
        named.cases.assign(nama="Klien Uji 7"), named.members, named.population, named.findings
    )

    with pytest.raises(ValueError, match="unknown columns"):
        store.save("buku", with_name, accounting=ACCOUNT)
    assert store.latest() is None


def test_a_source_without_rows_is_held_by_its_account_alone(store):
    store.save("kosong", Tables.empty(), accounting=ACCOUNT)

    assert store.load().cases.empty
    assert list(store.sources()["source"]) == ["kosong"]


def test_save_is_one_commit(store):
    first = store.save("a", full_tables(), accounting=ACCOUNT)

    assert store.save("a", full_tables(), accounting=ACCOUNT) == first + 1


# --- Versions ------------------------------------------------------------------------------------


def test_versions_tell_who_saved_what_and_when_newest_first(store):
    before = datetime.now(UTC) - timedelta(seconds=1)
    store.save("a", tables("1"), accounting=ACCOUNT, user="petugas")
    store.save("b", tables("2"), accounting={**ACCOUNT, "file": "lain.xlsx"})

    newest, oldest = store.versions()

    assert (newest.source, newest.action, newest.user) == ("b", "import", "")
    assert (oldest.source, oldest.action, oldest.user) == ("a", "import", "petugas")
    assert newest.number == store.latest() == oldest.number + 1
    assert oldest.accounting == ACCOUNT
    assert newest.accounting["file"] == "lain.xlsx"
    assert before <= oldest.saved_at <= newest.saved_at <= datetime.now(UTC)


def test_earlier_version_can_be_read_with_its_own_findings(store):
    first = store.save("a", tables("1", findings=["date_broken"]), accounting=ACCOUNT)
    store.save("a", tables("2", findings=["date_missing", "copied_row"]), accounting=ACCOUNT)

    assert ids(store, first) == ["1"]
    assert list(store.load(first).findings["rule"]) == ["date_broken"]
    assert sorted(store.load().findings["rule"]) == ["copied_row", "date_missing"]


def test_sources_tell_file_kind_rows_and_account_of_what_is_active(store):
    store.save("b", tables("1"), accounting=ACCOUNT, user="petugas")
    store.save("a", tables("2"), accounting={**ACCOUNT, "kind": "members", "rows_used": 70})

    held = store.sources()

    assert list(held["source"]) == ["a", "b"]
    assert list(held["kind"]) == ["members", "cases"]
    assert list(held["rows"]) == [70, 5]
    assert list(held["user"]) == ["", "petugas"]
    assert json.loads(held["accounting"][1]) == ACCOUNT
    assert datetime.fromisoformat(held["saved_at"][0]).tzinfo is not None


def test_removed_source_is_gone_now_but_not_from_its_version(store):
    store.save("a", tables("1"), accounting=ACCOUNT)
    kept = store.save("b", tables("2"), accounting=ACCOUNT)

    store.remove("b", user="petugas")

    assert ids(store) == ["1"]
    assert ids(store, kept) == ["1", "2"]
    assert (store.versions()[0].action, store.versions()[0].source) == ("remove", "b")


# --- Restoring -----------------------------------------------------------------------------------


def test_restored_version_is_the_newest_and_says_which_it_was(store):
    first = store.save("a", tables("1"), accounting=ACCOUNT)
    second = store.save("a", tables("2"), accounting=ACCOUNT)

    number = store.restore(first, user="petugas")

    assert number == store.latest() == second + 1
    assert ids(store) == ["1"]
    newest = store.versions()[0]
    assert (newest.number, newest.action, newest.user) == (number, "restore", "petugas")
    assert newest.accounting == {"version": first}


def test_restoring_the_newest_version_is_told_to_be_needless(store):
    version = store.save("a", tables("k1"), accounting=ACCOUNT)

    with pytest.raises(UserError, match=f"Versi {version} sudah yang terbaru"):
        store.restore(version)


def test_restoring_can_itself_be_undone(store):
    first = store.save("a", tables("1"), accounting=ACCOUNT)
    second = store.save("a", tables("2"), accounting=ACCOUNT)
    store.restore(first)

    store.restore(second)

    assert ids(store) == ["2"]


@pytest.mark.parametrize("wrong", [0, 99, -1])
def test_restoring_what_is_not_there_names_what_is(store, wrong):
    store.save("a", tables("1"), accounting=ACCOUNT)
    sentence = f"Versi {wrong} tidak ada; yang tersimpan: 1. Pilih salah satunya."

    with pytest.raises(UserError, match=f"^{re.escape(sentence)}$"):
        store.restore(wrong)
    assert ids(store) == ["1"]


def test_restoring_in_an_empty_store_says_that_nothing_is_held(store):
    with pytest.raises(UserError, match=r"^Versi 1 tidak ada; yang tersimpan: –\."):
        store.restore(1)


# --- What can go wrong ---------------------------------------------------------------------------


def break_files(store, pattern, change):
    for path in (ROOT / store.url / "records").rglob(pattern):
        change(path)


@pytest.mark.parametrize(
    "change",
    [lambda path: path.unlink(), lambda path: path.write_bytes(b"not a table")],
    ids=["missing", "damaged"],
)
def test_lost_rows_are_said_in_a_sentence(store, change):
    store.save("a", tables("1"), accounting=ACCOUNT)
    break_files(store, "*.parquet", change)

    with pytest.raises(UserError, match="tidak dapat dibaca atau ditulisi, mungkin karena berkas"):
        store.load()


def test_damaged_log_is_said_in_a_sentence(store):
    store.save("a", tables("1"), accounting=ACCOUNT)
    break_files(store, "*1.json", lambda path: path.write_text("{nonsense"))

    for act in (store.load, store.latest, store.versions):
        with pytest.raises(UserError, match=r"Periksa folder itu, atau pulihkan dari cadangan\.$"):
            act()


def test_a_file_in_the_place_of_the_folder_is_said_in_a_sentence(tmp_path):
    (tmp_path / "store").write_text("a file")
    blocked = Store(tmp_path / "store")

    with pytest.raises(UserError, match="Periksa folder itu"):
        blocked.save("a", tables("1"), accounting=ACCOUNT)
    with pytest.raises(UserError, match="Periksa folder itu"):
        blocked.digest_key()


def test_missing_permission_is_said_in_a_sentence(store, monkeypatch):
    """Tests may run as a user who may do all, so the system's answer is played."""

    def refuse(*_given, **_named):
        raise PermissionError(13, "Permission denied", store.url)

    store.save("a", tables("1"), accounting=ACCOUNT)
    monkeypatch.setattr("lk3.store.versions.write_deltalake", refuse)

    with pytest.raises(UserError, match="tidak boleh dibaca atau ditulisi oleh pengguna ini"):
        store.save("a", tables("2"), accounting=ACCOUNT)
    assert ids(store) == ["1"]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(28, "Tidak ada ruang"), "Ruang untuk penyimpanan"),
        (DeltaError("Generic error: (os error 28)"), "Ruang untuk penyimpanan"),
        (DeltaError("Generic error: Izin ditolak (os error 13)"), "tidak boleh dibaca"),
        (DeltaError("something else"), "mungkin karena berkasnya rusak"),
    ],
)
def test_cause_is_told_by_its_number_whatever_language_the_system_speaks(
    store, monkeypatch, error, sentence
):
    def fail(*_given, **_named):
        raise error

    monkeypatch.setattr("lk3.store.versions.write_deltalake", fail)

    with pytest.raises(UserError, match=sentence):
        store.save("a", tables("1"), accounting=ACCOUNT)


_FILL = """
import resource, signal
from tests.unit import test_store as t
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
try:
    t.open_store().save("b", t.tables(*map(str, range(50_000))), accounting=t.ACCOUNT)
except t.UserError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the limit of file sizes is Unix's own")
def test_a_full_disk_is_said_in_a_sentence_and_loses_nothing(store):
    store.save("a", tables("1"), accounting=ACCOUNT)

    run = subprocess.run(
        [sys.executable, "-c", _FILL], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert run.stdout.startswith(f"Ruang untuk penyimpanan {store.url} habis.")
    assert ids(store) == ["1"]


def test_conflict_that_never_ends_is_said_in_a_sentence(store, monkeypatch):
    def conflict(*_given, **_named):
        raise CommitFailedError("somebody else was first")

    store.save("a", tables("1"), accounting=ACCOUNT)
    monkeypatch.setattr("lk3.store.versions.write_deltalake", conflict)
    monkeypatch.setattr("lk3.store.versions.time.sleep", lambda _seconds: None)

    with pytest.raises(UserError, match="sedang ditulisi proses lain. Tidak ada yang berubah"):
        store.save("a", tables("2"), accounting=ACCOUNT)
    assert ids(store) == ["1"]


def test_conflict_that_ends_is_never_noticed(store, monkeypatch):
    write, failures = module.write_deltalake, iter(range(3))

    def late(*given, **named):
        if next(failures, None) is not None:
            raise CommitFailedError("somebody else was first")
        write(*given, **named)

    monkeypatch.setattr(module, "write_deltalake", late)

    store.save("a", tables("1"), accounting=ACCOUNT)

    assert ids(store) == ["1"]


def test_errors_are_said_in_the_language_of_the_reader(store):
    with (
        language.speaking("en"),
        pytest.raises(UserError, match="^There is no version 5; held are"),
    ):
        store.restore(5)


# --- The key of the digests ----------------------------------------------------------------------


def test_key_is_made_once_and_kept_for_its_owner_alone(store):
    key = store.digest_key()

    assert len(key) >= 32
    assert open_store().digest_key() == key
    (path,) = (ROOT / store.url).glob("digest.key")
    assert path.read_bytes() == key
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_stores_have_keys_of_their_own(store, tmp_path):
    assert Store(tmp_path).digest_key() != store.digest_key()


def test_key_of_the_setting_goes_before_and_leaves_no_file(store, monkeypatch):
    monkeypatch.setenv("LK3_DIGEST_KEY", "kunci uji")

    assert store.digest_key() == b"kunci uji"
    assert not (ROOT / store.url).exists()


def test_object_store_needs_a_key_in_the_settings():
    with pytest.raises(UserError, match=r"Isi pengaturan LK3_DIGEST_KEY\.$"):
        Store("s3://ember/lk3").digest_key()


# --- Others may read it --------------------------------------------------------------------------


def test_table_is_plain_delta_that_other_tools_read(store):
    store.save("a", tables("1", "2"), accounting=ACCOUNT)

    rows = DeltaTable(f"{store.url}/records").to_pyarrow_table(
        filters=[("kind", "=", "cases")], columns=["case_id", "reported_on"]
    )

    assert sorted(rows["case_id"].to_pylist()) == ["1", "2"]
    assert rows.schema.field("reported_on").type == pa.date32()
