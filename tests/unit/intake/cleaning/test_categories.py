"""Categories are looked up; likeness suggests and never decides."""

import pandas as pd
import pytest

from lk3.intake.cleaning.categories import clean_categories_multi, clean_category


def one(cell, vocabulary):
    return tuple(clean_category(pd.Series([cell], dtype="object"), vocabulary=vocabulary).iloc[0])[
        :3
    ]


def several(cell, vocabulary="problems"):
    cells = pd.Series([cell], dtype="object")
    return tuple(clean_categories_multi(cells, vocabulary=vocabulary).iloc[0])[:4]


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("KDRT", "kdrt"),
        ("KDRT, perceraian", "kdrt|perceraian"),
        ("perceraian, KDRT", "perceraian|kdrt"),
        ("Fisik/Psikis", "kekerasan_fisik|kekerasan_psikis"),
        ("KDRT; napza", "kdrt|napza"),
        ("KDRT + napza", "kdrt|napza"),
        ("KDRT & napza", "kdrt|napza"),
        ("KDRT dan perceraian", "kdrt|perceraian"),
        ("PERCERAIAN DAN KDRT", "perceraian|kdrt"),
        ("KDRT\nPerceraian", "kdrt|perceraian"),
        ("KDRT, KDRT", "kdrt"),
        ("1. KDRT", "kdrt"),
        ("1) KDRT, 2) Perceraian", "kdrt|perceraian"),
        ("KDRT (fisik)", "kdrt"),
        ("  Penganiayaan", "kekerasan_fisik"),
        ("PENGANIAYAAN", "kekerasan_fisik"),
        ("Kekerasan \nseksual", "kekerasan_seksual"),
        ("Perilaku sosial menyimpang", "kenakalan_remaja"),
        ("TPPO/trafficking", "tppo"),
        ("TPPO/trafficking, KDRT", "tppo|kdrt"),
        ("Hak asuh/nafkah anak, KDRT", "hak_asuh|kdrt"),
        ("WIL/PIL/KDRT", "konflik_perkawinan|kdrt"),
        ("KDRT/WIL/PIL", "kdrt|konflik_perkawinan"),
    ],
)
def test_the_first_of_several_problems_is_the_main_one(written, keys):
    assert several(written) == (keys.split("|")[0], keys, "", "")


def test_codes_of_a_list_that_nobody_knows_are_unknown():
    assert several("1,2,6") == ("unknown", "unknown", "category_unknown", "")


def test_an_unknown_main_problem_is_not_replaced_by_the_next():
    assert several("Perceraiann, KDRT") == (
        "unknown",
        "unknown|kdrt",
        "category_unknown",
        "Perceraian",
    )


def test_an_unknown_further_problem_leaves_the_main_one():
    assert several("KDRT, apa saja") == ("kdrt", "kdrt", "category_partly_unknown", "")


@pytest.mark.parametrize("blank", [None, float("nan"), "", "\n", "-", "...", "NULL"])
def test_a_blank_is_missing(blank):
    assert several(blank) == ("unknown", "unknown", "category_missing", "")
    assert one(blank, "professions") == ("unknown", "category_missing", "")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Babinkamtibmas", "bhabinkamtibmas"),  # the police
        ("Babinsa", "babinsa"),  # the army
        ("babinsa ", "babinsa"),
        ("dr.", "medis"),
        ("PKH", "pkh"),
        ("Pendamping PKH", "pkh"),
        ("TNI/Babinsa", "babinsa"),
    ],
)
def test_a_profession_is_looked_up(written, key):
    assert one(written, "professions") == (key, "", "")


@pytest.mark.parametrize("written", ["Babinkamtibsa", "Babinsakamtibmas"])
def test_a_word_between_two_professions_is_neither(written):
    key, rule, _ = one(written, "professions")
    assert (key, rule) == ("unknown", "category_unknown")


def test_two_professions_in_one_cell_give_the_first_and_say_so():
    assert one("Babinsa/Bhabinkamtibmas", "professions") == ("babinsa", "category_several", "")


@pytest.mark.parametrize(
    ("written", "vocabulary", "key"),
    [
        ("Pendampingan ", "services", "pendampingan"),
        ("SELESAI", "statuses", "selesai"),
        ("Klien binaan lanjutan", "statuses", "proses"),
        ("N/A", "statuses", "tidak_diketahui"),
    ],
)
def test_blanks_and_case_never_matter(written, vocabulary, key):
    assert one(written, vocabulary) == (key, "", "")


def test_a_suggestion_is_the_label_to_write():
    assert one("Selesaai", "statuses") == ("unknown", "category_unknown", "Selesai")


def test_rows_keep_their_numbers():
    cells = pd.Series(["KDRT", None, "KDRT"], index=[4, 8, 9])
    assert list(clean_categories_multi(cells, vocabulary="problems").index) == [4, 8, 9]
    assert list(clean_category(cells, vocabulary="problems").index) == [4, 8, 9]
