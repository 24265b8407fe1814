"""What people write down is kept, replaced and taken away; two who write at once both are heard."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from lk3.store import Notes


@pytest.fixture
def notes(tmp_path):
    return Notes(tmp_path / "store")


def test_nothing_is_written_before_the_first_note(notes, tmp_path):
    assert notes.all("decisions") == []
    assert notes.version() == -1
    assert not (tmp_path / "store").exists()


def test_a_note_comes_back_as_it_was_written(notes):
    body = {"text": "Tambah psikolog di Berbas", "until": "2026-12-31", "count": 2}
    name = notes.put("decisions", body, user="perencana@contoh.id")
    (held,) = notes.all("decisions")
    assert (held.id, held.body, held.user) == (name, body, "perencana@contoh.id")
    assert held.saved_at.tzinfo is not None


def test_a_note_written_again_replaces_the_one_before_and_keeps_its_place(notes):
    first = notes.put("decisions", {"status": "belum"})
    notes.put("decisions", {"status": "lain"})
    notes.put("decisions", {"status": "selesai"}, id=first)
    assert [held.body["status"] for held in notes.all("decisions")] == ["selesai", "lain"]


def test_a_removed_note_is_gone_and_can_be_written_again(notes):
    name = notes.put("answers", {"means": "x"})
    notes.remove("answers", name)
    assert notes.all("answers") == []
    notes.put("answers", {"means": "y"}, id=name)
    assert [held.body["means"] for held in notes.all("answers")] == ["y"]


def test_topics_are_kept_apart(notes):
    notes.put("answers", {"a": 1}, id="same")
    notes.put("targets", {"b": 2}, id="same")
    notes.remove("answers", "same")
    assert [held.body for held in notes.all("targets")] == [{"b": 2}]


def test_the_version_grows_with_each_note_and_each_removal(notes):
    seen = [notes.version()]
    name = notes.put("annotations", {})
    seen.append(notes.version())
    notes.remove("annotations", name)
    seen.append(notes.version())
    assert seen == sorted(set(seen))


def test_several_who_write_at_once_are_all_kept(notes):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: notes.put("annotations", {"n": n}), range(12)))
    assert sorted(held.body["n"] for held in notes.all("annotations")) == list(range(12))


def test_an_unknown_topic_is_a_mistake_of_the_program(notes):
    with pytest.raises(ValueError, match="jokes is not one of"):
        notes.put("jokes", {})
