"""Damage to the files of a store: the truth or a sentence, never something else."""

import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.losses.damage import damage
from bench.losses.held import outcome
from lk3.errors import UserError
from lk3.store import Store
from lk3.store.backup import back_up, bring_back
from lk3.store.retention import purge
from lk3.store.swapping import put_in_place
from tests.unit.test_store import ACCOUNT, tables

ENDS = "\x85\u2028\u2029 "  # end a line of text, and not a line of JSON
SENTENCE = "mungkin karena berkasnya rusak atau hilang"


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "store")
    made.digest_key()
    for number in range(3):
        made.save("a", tables(str(number)), accounting=ACCOUNT | {"digest": f"{number}" * 64})
        made.notes.put("decisions", {"text": f"keputusan {number}"})
    return made


def folder(store):
    return Path(store.url)


def what_is_shown(store):
    held = Store(store.url)
    shown = held.load().cases["case_id"].tolist(), held.sources()["digest"].tolist()
    saved = [(version.number, version.saved_at) for version in held.versions()]
    return shown, saved, held.notes.all("decisions"), held.digest_key()


@pytest.mark.parametrize("how", ["bit", "half", "empty", "gone"])
def test_a_damaged_file_is_said_or_does_no_harm(store, how):
    truth, chance, said = what_is_shown(store), random.Random(7), 0
    for path in sorted(p for p in folder(store).rglob("*") if p.is_file()):
        content = path.read_bytes()
        bad = damage(content, how, chance)
        path.unlink() if bad is None else path.write_bytes(bad)
        kind, value = outcome(lambda: what_is_shown(store))
        assert (kind == "value" and value == truth) or SENTENCE in str(value), path
        said += kind == "sentence"
        path.write_bytes(content)
    assert what_is_shown(store) == truth
    assert said >= 9  # each commit, what is active of both tables, the key


def test_the_newest_commit_cannot_be_taken_away_unseen(store):
    newest = max((folder(store) / "records" / "_delta_log").glob("*.json"))
    newest.unlink()

    for act in (store.latest, store.load, store.versions):
        with pytest.raises(UserError, match=SENTENCE):
            act()
    with pytest.raises(UserError, match=SENTENCE):
        store.save("b", tables("9"), accounting=ACCOUNT)


def test_a_table_without_seals_is_read_and_sealed_with_the_next_save(store):
    seals = folder(store) / "records" / "_seals"
    lines = seals.read_text().split()
    seals.unlink()

    assert store.load().cases["case_id"].tolist() == ["2"]
    store.save("b", tables("9"), accounting=ACCOUNT)

    assert set(lines) < set(seals.read_text().split())


def test_signs_that_end_a_line_of_text_are_letters_in_the_name_of_a_source(store):
    assert store.save(f"a{ENDS}b", tables("9"), accounting=ACCOUNT)

    purge(store, days=0, do=True, now=datetime.now(UTC) + timedelta(days=1))
    assert sorted(store.load().cases["case_id"]) == ["2", "9"]


def test_a_key_that_is_gone_is_not_quietly_made_anew(store):
    (folder(store) / "digest.key").unlink()

    with pytest.raises(UserError, match="pulihkan dari cadangan"):
        store.digest_key()


def test_a_swap_that_was_killed_half_way_is_ended_by_the_next_who_looks(store, tmp_path):
    back_up(store, tmp_path / "b.zip")
    before = what_is_shown(store)
    bring_back(Store(tmp_path / ".store.ready"), tmp_path / "b.zip")
    folder(store).rename(tmp_path / "aside")  # and here the process dies

    assert what_is_shown(store) == before
    assert not (tmp_path / ".store.ready").exists()


def test_a_swap_loses_nobody_who_writes_meanwhile(store, tmp_path, monkeypatch):
    fresh = tmp_path / "fresh"
    shutil.copytree(folder(store), fresh)
    rename, once = Path.rename, iter([True])

    def rename_with_a_writer(self, target):
        moved = rename(self, target)
        if self == folder(store) and next(once, False):
            folder(store).mkdir()
            (folder(store) / "written").touch()
        return moved

    monkeypatch.setattr(Path, "rename", rename_with_a_writer)
    put_in_place(folder(store), fresh)

    assert store.load().cases["case_id"].tolist() == ["2"]
    assert len(list(tmp_path.glob("store.*/written"))) == 1


def test_the_access_log_goes_on_when_a_backup_comes_back(store, tmp_path):
    log = folder(store) / "audit" / "2024-09.jsonl"
    log.parent.mkdir()
    log.write_text(f"satu{ENDS}\n", encoding="utf-8")
    back_up(store, tmp_path / "b.zip")
    log.write_text(f"satu{ENDS}\ndua\n", encoding="utf-8")
    (log.parent / "2024-10.jsonl").write_text("tiga\n")

    bring_back(store, tmp_path / "b.zip", replace=True)

    assert log.read_text(encoding="utf-8") == f"satu{ENDS}\ndua\n"
    assert (log.parent / "2024-10.jsonl").read_text() == "tiga\n"
