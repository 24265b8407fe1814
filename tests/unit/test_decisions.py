"""Decisions of meetings: kept whole, changed in place, late only while open, never personal."""

from dataclasses import replace
from datetime import date

import pytest

from lk3 import language
from lk3.decisions import STATUSES, Decision, decisions_in, keep_decision, remove_decision
from lk3.errors import UserError
from lk3.store import open_store

ADD = Decision("Tambah psikolog di Berbas Pantai", "Dinas Sosial", "2025-06-30", about="coverage")
DAY = date(2025, 6, 30)


@pytest.fixture
def notes():
    return open_store().notes


def test_a_decision_comes_back_as_it_was_kept_with_who_wrote_it(notes):
    id = keep_decision(notes, ADD, user="petugas")

    assert decisions_in(notes) == (replace(ADD, id=id, user="petugas"),)


def test_decisions_keep_the_order_in_which_they_were_taken(notes):
    for text in ("b", "c", "a"):
        keep_decision(notes, replace(ADD, text=text))

    assert [each.text for each in decisions_in(notes)] == ["b", "c", "a"]


def test_a_changed_status_takes_the_place_of_the_old_one(notes):
    keep_decision(notes, ADD)
    (kept,) = decisions_in(notes)

    keep_decision(notes, replace(kept, status="done"))

    assert [(each.id, each.status) for each in decisions_in(notes)] == [(kept.id, "done")]


def test_a_removed_decision_is_gone(notes):
    remove_decision(notes, keep_decision(notes, ADD))

    assert decisions_in(notes) == ()


@pytest.mark.parametrize("missing", [{"text": "  "}, {"office": ""}])
def test_what_says_nothing_or_names_nobody_is_refused(notes, missing):
    with pytest.raises(UserError) as told:
        keep_decision(notes, replace(ADD, **missing))

    assert str(told.value) == (
        "Keputusan belum lengkap: isi apa yang diputuskan dan perangkat yang bertanggung jawab."
    )
    assert decisions_in(notes) == ()


@pytest.mark.parametrize("field", ["text", "office"])
@pytest.mark.parametrize("digits", ["6474011203850001", "0812-3456-7890"])
def test_numbers_of_persons_are_refused_and_not_kept(notes, field, digits):
    with pytest.raises(UserError, match="deretan angka seperti NIK atau nomor telepon") as told:
        keep_decision(notes, replace(ADD, **{field: f"Hubungi {digits}"}))

    assert digits not in str(told.value)
    assert decisions_in(notes) == ()


def test_a_decision_of_300_letters_is_kept_and_one_more_is_told_the_limit(notes):
    keep_decision(notes, replace(ADD, text="a" * 300))

    with pytest.raises(UserError, match="paling panjang 300 huruf"):
        keep_decision(notes, replace(ADD, text="a" * 301))


def test_a_status_that_does_not_exist_is_a_mistake_of_the_program(notes):
    with pytest.raises(ValueError, match="soon is not one of"):
        keep_decision(notes, replace(ADD, status="soon"))


@pytest.mark.parametrize(
    ("status", "until", "on", "late"),
    [
        ("planned", "2025-06-29", DAY, True),
        ("ongoing", "2025-06-29", DAY, True),
        ("planned", "2025-06-30", DAY, False),  # its own day is not over
        ("done", "2025-06-29", DAY, False),
        ("dropped", "2025-06-29", DAY, False),
        ("planned", "", DAY, False),
    ],
)
def test_only_an_open_decision_can_be_late_and_only_after_its_day(status, until, on, late):
    assert replace(ADD, status=status, until=until).is_late(on) is late


def test_every_status_has_a_word_in_each_language():
    said = {}
    for spoken in language.LANGUAGES:
        with language.speaking(spoken):
            said[spoken] = [replace(ADD, status=key).status_label for key in STATUSES]

    assert said["id"] == ["belum mulai", "berjalan", "selesai", "dibatalkan"]
    assert len(set(said["en"])) == len(STATUSES)
