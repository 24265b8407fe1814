"""Remarks and baselines: kept, changed, removed, and refused when they look personal."""

from datetime import date

import pytest

from lk3.errors import UserError
from lk3.indicators.annotations import (
    Annotation,
    Baseline,
    annotations_in,
    baselines_in,
    keep_annotation,
    keep_baseline,
    remove_annotation,
    remove_baseline,
)
from lk3.store.notes import Notes

DAY = date(2023, 7, 26)


@pytest.fixture
def notes(tmp_path):
    return Notes(tmp_path)


def test_a_remark_is_kept_by_day_with_single_blanks(notes):
    keep_annotation(notes, Annotation(date(2024, 1, 1), "kedua"))
    keep_annotation(notes, Annotation(DAY, "  pelantikan   70 anggota "), user="perencana")
    first, second = annotations_in(notes)
    assert (first.day, first.text, first.user) == (DAY, "pelantikan 70 anggota", "perencana")
    assert second.text == "kedua"


def test_a_remark_can_be_changed_and_removed(notes):
    id = keep_annotation(notes, Annotation(DAY, "pelantikan"))
    keep_annotation(notes, Annotation(date(2023, 7, 27), "pelantikan anggota", id))
    (changed,) = annotations_in(notes)
    assert (changed.day.day, changed.text) == (27, "pelantikan anggota")
    remove_annotation(notes, id)
    assert annotations_in(notes) == ()


def test_a_baseline_needs_a_reason_and_can_be_removed(notes):
    with pytest.raises(UserError, match="Isi keterangannya"):
        keep_baseline(notes, Baseline(DAY, "  "))
    id = keep_baseline(notes, Baseline(DAY, "register baru"))
    assert [(each.day, each.reason) for each in baselines_in(notes)] == [(DAY, "register baru")]
    remove_baseline(notes, id)
    assert baselines_in(notes) == ()


@pytest.mark.parametrize(
    "text",
    ["lapor 6474010203040005", "hubungi 0812-3456-7890", "+62 812 3456 7890", "surel a@b.go.id"],
)
def test_what_looks_like_a_number_of_a_person_is_refused_and_not_kept(notes, text):
    with pytest.raises(UserError, match="mirip NIK, nomor telepon, atau alamat surel"):
        keep_annotation(notes, Annotation(DAY, text))
    assert notes.version() == -1


@pytest.mark.parametrize(
    "text", ["70 anggota dilantik 26-07-2023", "anggaran 1.250.000", "x" * 120]
)
def test_dates_amounts_and_120_letters_are_kept(notes, text):
    keep_annotation(notes, Annotation(DAY, text))
    assert annotations_in(notes)[0].text == text


def test_a_longer_text_is_refused(notes):
    with pytest.raises(UserError, match="paling panjang 120 huruf"):
        keep_annotation(notes, Annotation(DAY, "x" * 121))
