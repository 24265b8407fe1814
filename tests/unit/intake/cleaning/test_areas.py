"""Spellings of kelurahan as they stand in real sheets, and the traps where likeness misleads."""

import pandas as pd
import pytest

from lk3.intake.cleaning.areas import clean_areas
from lk3.places import load_places

TANJUNG_LAUT, TANJUNG_LAUT_INDAH = "64.74.02.1001", "64.74.02.1006"
LOK_TUAN, GUNTUNG, API_API = "64.74.01.1003", "64.74.01.1004", "64.74.01.1006"


def look_up(cell):
    return tuple(clean_areas(pd.Series([cell], dtype="object"), places=load_places()).iloc[0])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("tanjung_laut", TANJUNG_LAUT),
        ("Tanjung_laut", TANJUNG_LAUT),
        ("TANJUNG LAUT", TANJUNG_LAUT),
        ("Tanjung Laut", TANJUNG_LAUT),
        ("Tanjung Laut Indah", TANJUNG_LAUT_INDAH),
        ("lok tuan", LOK_TUAN),
        ("Loktuan", LOK_TUAN),
        ("Lok Tuan", LOK_TUAN),
        ("Kel. Loktuan", LOK_TUAN),
        ("Kelurahan Loktuan", LOK_TUAN),
        ("Kel-Loktuan", LOK_TUAN),
        ("Keluarahan Loktuan", LOK_TUAN),
        ("Loktuan  ", LOK_TUAN),
        ("64.74.01.1003", LOK_TUAN),
        ("6474011003", LOK_TUAN),
        (6474011003, LOK_TUAN),
        (6474011003.0, LOK_TUAN),
        ("6474020005", LOK_TUAN),  # the statistics office's code, whose kecamatan is another
        (6474020005, LOK_TUAN),
        ("Api\xa0-\xa0api", API_API),
        ("Kel. Guntung, Kec. Bontang Utara", GUNTUNG),
        ("Guntung Kec. Bontang Utara", GUNTUNG),
        ("Guntung, Kota Bontang", GUNTUNG),
        ("Luar Bontang", "outside"),
        ("LUAR KOTA", "outside"),
        ("Samarinda", "outside"),
        ("Kota Bontang", "city"),
        ("Seluruh kelurahan", "city"),
    ],
)
def test_a_spelling_is_looked_up(written, code):
    assert look_up(written) == (code, "", "")


@pytest.mark.parametrize(
    "written", ["Bontang Barat", "Kec. Bontang Barat", "KECAMATAN BONTANG BARAT"]
)
def test_a_kecamatan_is_no_kelurahan_and_gets_no_suggestion(written):
    """`Bontang Barat` looks most like Bontang Baru, which is another place."""
    assert look_up(written) == ("unknown", "area_is_district", "")


@pytest.mark.parametrize("written", ["berbas lestari", "Loktuan Raya", "Telihan Indah"])
def test_a_name_that_is_nobodys_is_unknown_with_a_suggestion(written):
    code, rule, suggestion = look_up(written)
    assert (code, rule) == ("unknown", "area_unknown")
    assert suggestion in set(load_places().areas["name"])


def test_two_kelurahan_in_one_cell_are_neither():
    assert look_up("Guntung/Loktuan") == ("unknown", "area_unknown", "Guntung / Lok Tuan")


def test_a_kelurahan_in_the_wrong_kecamatan_is_left_to_a_person():
    assert look_up("Guntung, Kec. Bontang Selatan") == ("unknown", "area_unknown", "Guntung")


@pytest.mark.parametrize("written", ["Jalan Contoh", "Xyz", 12, True])
def test_what_is_near_to_nothing_gets_no_suggestion(written):
    assert look_up(written) == ("unknown", "area_unknown", "")


@pytest.mark.parametrize(
    "blank", [None, float("nan"), "", " ", "-", "...", "NA", "tidak diketahui"]
)
def test_a_blank_is_missing(blank):
    assert look_up(blank) == ("unknown", "area_missing", "")


def test_rows_keep_their_numbers():
    cleaned = clean_areas(pd.Series(["Guntung", None], index=[5, 9]), places=load_places())
    assert list(cleaned.index) == [5, 9]
    assert list(cleaned["code"]) == [GUNTUNG, "unknown"]
