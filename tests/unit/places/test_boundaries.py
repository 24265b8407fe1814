"""Boundaries of any origin: recognised, repaired and said, or refused with a sentence."""

import json

import pytest
import shapely
from shapely.geometry import box, mapping

from lk3.errors import UserError
from lk3.places import CITY, OUTSIDE, read_places, repair_words
from tests.many_areas_for_tests import features, write_geojson

BOW_TIE = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]  # two triangles of 0.25 each


def feature(code, geometry, **more):
    return {
        "type": "Feature",
        "properties": {"KDEPUM": code, "WADMKD": f"Desa {code}"} | more,
        "geometry": geometry,
    }


def square(at=0):
    return mapping(box(110 + at, -7, 111 + at, -6))


def read(folder, found, name="kelurahan.geojson"):
    write_geojson(folder / name, found)
    return read_places(str(folder))


@pytest.mark.parametrize(
    "keys",
    [
        ("KDEPUM", "WADMKD", "WADMKC", "WADMKK"),
        ("KODE_DESA", "DESA", "KECAMATAN", "KAB_KOTA"),
        ("kd_kelurahan", "nm_kelurahan", "nm_kecamatan", "nm_kabupaten"),
        ("ADM4_PCODE", "ADM4_EN", "ADM3_EN", "ADM2_EN"),
        ("ADM3_PCODE", "ADM3_EN", "ADM2_EN", "ADM1_EN"),
        ("GID_4", "NAME_4", "NAME_3", "NAME_2"),
        ("code", "name", "district", "regency"),
    ],
)
def test_the_properties_of_known_sources_are_recognised(tmp_path, keys):
    places = read(tmp_path, features(12, keys=keys), name="areas.geojson")

    first = places.areas.loc["99.71.01.1001"]
    assert (first["name"], first["district"], first["regency"]) == (
        "Sukamaju", "Utara", "Kota Rekaan",
    )  # fmt: skip
    assert (places.title, places.name, places.institute) == ("Kota Rekaan", "Rekaan", "LK3 Rekaan")
    assert (places.code_for("Kota Rekaan"), places.code_for("Luar Rekaan")) == (CITY, OUTSIDE)
    assert places.repairs == ()


def test_properties_of_any_name_are_read_where_city_csv_names_them(tmp_path):
    rows = "key,value\nproperty_code,a\nproperty_name,b\nproperty_district,c\ntitle,Kota Uji\n"
    (tmp_path / "city.csv").write_text(rows, encoding="utf-8")

    places = read(tmp_path, features(5, keys=("a", "b", "c", "d")))

    assert places.title == "Kota Uji"
    assert places.areas["district"].tolist() == ["Utara", "Timur", "Selatan", "Barat", "Tengah"]
    assert set(places.areas["regency"]) == {""}


def test_without_names_the_code_is_the_name_and_the_folder_the_title(tmp_path):
    folder = tmp_path / "kota_kecil"
    found = [
        {"type": "Feature", "properties": {"id": 10 + i}, "geometry": square(i)} for i in range(3)
    ]

    places = read(folder, found)

    assert [places.label(code) for code in places.codes] == ["10", "11", "12"]
    assert (places.title, places.districts, places.regencies) == ("Kota Kecil", [], [])
    assert repair_words(places) == [
        "3 wilayah tidak bernama, sehingga kodenya yang ditulis: 10, 11, 12."
    ]


def test_names_in_capitals_are_written_as_names(tmp_path):
    found = [feature("1", square(), WADMKD="TANJUNG LAUT II", WADMKC="BARAT")]
    places = read(tmp_path, found)
    assert places.areas.loc["1", ["name", "district"]].tolist() == ["Tanjung Laut II", "Barat"]


def test_what_was_broken_is_repaired_and_said(tmp_path):
    tie = {"type": "Polygon", "coordinates": [BOW_TIE]}
    found = [
        feature("1", tie),
        feature("2", mapping(box(1, 0, 2, 1))),
        feature("2", mapping(box(2, 0, 3, 1))),
        feature("", square()),
        feature("4", None),
    ]

    places = read(tmp_path, found)

    assert places.codes == ["1", "2"]
    shapes = {each["id"]: shapely.geometry.shape(each["geometry"]) for each in
              places.geojson["features"]}  # fmt: skip
    assert all(shape.is_valid for shape in shapes.values())
    assert (shapes["1"].area, shapes["2"].area) == (pytest.approx(0.5), pytest.approx(2))
    assert repair_words(places) == [
        "1 wilayah tersimpan dalam beberapa potong dan digabungkan: Desa 2.",
        "1 poligon tidak berkode dan tidak dipakai.",
        "1 wilayah tidak mempunyai poligon dan tidak dipakai: 4.",
        "Batas 1 wilayah rusak (memotong dirinya sendiri) dan diperbaiki: Desa 1.",
    ]


def test_overlaps_are_said_because_neighbours_rest_on_the_borders(tmp_path):
    places = read(tmp_path, [feature("1", square()), feature("2", square(0.5))])
    assert [repair.what for repair in places.repairs] == ["uneven"]
    assert places.neighbours["1"] == ("2",)


def test_longitude_and_latitude_the_wrong_way_round_are_turned(tmp_path):
    turned = {
        "type": "Polygon",
        "coordinates": [[[-7, 110], [-7, 111], [-6, 111], [-6, 110], [-7, 110]]],
    }
    places = read(tmp_path, [feature("1", turned)])
    assert places.areas.loc["1", ["lon", "lat"]].tolist() == [110.5, -6.5]
    assert [repair.what for repair in places.repairs] == ["swapped"]


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (
            [feature("1", mapping(box(5e5, 1e4, 6e5, 2e4)))],
            "Koordinat kelurahan.geojson tidak dalam derajat (EPSG:4326). Ubah dahulu proyeksinya, "
            "misalnya dengan QGIS: Ekspor, GeoJSON, EPSG:4326.",
        ),
        (
            [feature("1", square()), feature("1", square(1), WADMKD="Lain")],
            "Kode 1 dipakai oleh dua wilayah, Desa 1 dan Lain. Beri kode yang berbeda, atau "
            "sebutkan properti kode yang benar.",
        ),
        (
            [{"type": "Feature", "properties": {"luas": 3}, "geometry": square()}],
            "Tidak ada properti GeoJSON yang dikenal sebagai kode wilayah; yang ada: luas. "
            "Sebutkan namanya dengan --code, atau di city.csv pada baris property_code.",
        ),
        (
            [feature("1", {"type": "Point", "coordinates": [110, -7]})],
            "kelurahan.geojson tidak berisi satu pun wilayah yang berkode dan berpoligon.",
        ),
    ],
)
def test_what_cannot_be_repaired_is_refused_with_a_sentence(tmp_path, found, sentence):
    with pytest.raises(UserError) as error:
        read(tmp_path, found)
    assert str(error.value) == sentence


@pytest.mark.parametrize("text", ["{", "[]", json.dumps({"type": "Topology"})])
def test_what_is_no_geojson_is_refused(tmp_path, text):
    (tmp_path / "kelurahan.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"^kelurahan\.geojson (tidak terbaca|bukan GeoJSON)"):
        read_places(str(tmp_path))
