"""Names that several areas bear: told apart for the reader, decided for nobody."""

import pandas as pd
import pytest

from lk3.intake.cleaning.areas import clean_areas
from lk3.places import read_places
from tests.many_areas_for_tests import features, write_geojson

# code -> name, kecamatan, kabupaten or kota
AREAS = {
    "1": ("Sukamaju", "Barat", "Kota A"),
    "2": ("Sukamaju", "Timur", "Kota A"),
    "3": ("Sukamaju", "Barat", "Kota B"),
    "4": ("Mawar", "Barat", "Kota A"),
    "5": ("Melati", "Timur", "Kota A"),
    "6": ("Melati", "Timur", "Kota A"),
}


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    found = features(len(AREAS))
    for feature, (code, facts) in zip(found, AREAS.items(), strict=True):
        feature["properties"] = dict(
            zip(("code", "name", "district", "regency"), (code, *facts), strict=True)
        )
    folder = tmp_path_factory.mktemp("geo")
    write_geojson(folder / "kelurahan.geojson", found)
    return read_places(str(folder))


def test_a_label_says_as_much_as_tells_areas_apart(places):
    assert {code: places.label(code) for code in places.codes} == {
        "1": "Sukamaju (Kec. Barat, Kota A)",
        "2": "Sukamaju (Kec. Timur)",
        "3": "Sukamaju (Kec. Barat, Kota B)",
        "4": "Mawar",
        "5": "Melati (5)",
        "6": "Melati (6)",
    }


def test_a_kecamatan_of_two_regencies_is_two_kecamatan(places):
    assert places.districts == ["Barat (Kota A)", "Timur", "Barat (Kota B)"]
    assert places.codes_in(("Barat (Kota A)",)) == ["1", "4"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Sukamaju (Kec. Timur)", "2"),
        ("Sukamaju, Kec. Timur", "2"),
        ("Kel. Sukamaju Kecamatan Timur", "2"),
        ("Timur / Sukamaju", "2"),
        ("SUKAMAJU - TIMUR", "2"),
        ("Sukamaju, Barat, Kota B", "3"),
        ("Sukamaju, Kec. Barat, B", "3"),
        ("3", "3"),
        ("Mawar, Kec. Barat", "4"),
    ],
)
def test_a_name_with_its_kecamatan_is_understood(places, written, code):
    found = clean_areas(pd.Series([written], dtype="object"), places=places).iloc[0]
    assert (found["code"], found["rule"]) == (code, "")


@pytest.mark.parametrize(
    ("written", "rule", "suggestion"),
    [
        (
            "Sukamaju",
            "area_ambiguous",
            "Sukamaju (Kec. Barat, Kota A) / Sukamaju (Kec. Timur) / Sukamaju (Kec. Barat, Kota B)",
        ),
        (
            "kel. suka maju, kec. barat",
            "area_ambiguous",
            "Sukamaju (Kec. Barat, Kota A) / Sukamaju (Kec. Barat, Kota B)",
        ),
        ("Melati, Kec. Timur", "area_ambiguous", "Melati (5) / Melati (6)"),
        ("Sukamaju, Kec. Tengah", "area_unknown", ""),
        ("Mawar, Kec. Timur", "area_unknown", "Mawar"),
    ],
)
def test_a_name_that_several_bear_is_never_guessed(places, written, rule, suggestion):
    assert places.code_for(written) is None
    found = clean_areas(pd.Series([written], dtype="object"), places=places).iloc[0]
    assert (found["code"], found["rule"]) == ("unknown", rule)
    assert found["suggestion"] == suggestion or not suggestion


def test_the_kecamatan_in_the_column_beside_it_decides(places):
    written = pd.Series(["Sukamaju", "Sukamaju", "Sukamaju", "Mawar"], dtype="object")
    beside = pd.Series(["Kec. Timur", "Barat", None, "Timur"], dtype="object")

    found = clean_areas(written, places=places, districts=beside)

    assert found["code"].tolist() == ["2", "unknown", "unknown", "4"]
    assert found["rule"].tolist() == ["", "area_ambiguous", "area_ambiguous", ""]
