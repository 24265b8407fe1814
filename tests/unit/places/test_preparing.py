"""`python -m lk3 place`: a plain GeoJSON becomes a folder that serves as a city."""

import json

import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon, box, mapping, shape

from lk3.cli import main
from lk3.places import read_places
from lk3.places.measuring import area_km2
from lk3.places.preparing import prepare
from tests.many_areas_for_tests import features, write_geojson


def jagged(found, *, step=0.0002, swing=0.0002):
    """The same features with a wave on every edge, the same on both sides, as surveys have."""

    def wave(xy):
        x, y = xy[:, 0], xy[:, 1]
        return np.column_stack([x + swing * np.sin(2500 * y), y + swing * np.sin(2500 * x)])

    for each in found:
        dense = shapely.segmentize(shape(each["geometry"]), step)
        each["geometry"] = mapping(shapely.transform(dense, wave))
    return found


def shapes_of(places):
    return [shape(each["geometry"]) for each in places.geojson["features"]]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("place")
    found = jagged(features(24, keys=("kd", "nm", "kec", "kab")))
    source = write_geojson(folder / "batas.geojson", found)
    given = {"code": "kd", "name": "nm", "district": "kec", "regency": "kab"}
    done = prepare(source, folder / "kota", given=given)
    return found, done, read_places(str(folder / "kota"))


def test_simplifying_opens_no_gap_and_keeps_the_land(prepared):
    found, done, places = prepared
    before = [shape(each["geometry"]) for each in found]
    after = shapes_of(places)

    assert done.simplified.vertices_after < done.simplified.vertices_before / 5
    assert shapely.coverage_is_valid(after, gap_width=0.00005)
    assert sum(each.area for each in after) == pytest.approx(shapely.union_all(after).area)
    assert area_km2(after).sum() == pytest.approx(area_km2(before).sum(), rel=0.005)
    assert done.simplified.largest_change_percent < 5
    assert places.repairs == ()


def test_what_bordered_still_borders(prepared):
    """Neighbours by the dense boundaries, each pair tried on its own."""
    found, _done, places = prepared
    before = [shape(each["geometry"]) for each in found]
    codes = [each["properties"]["kd"] for each in found]
    for code, own in zip(codes, before, strict=True):
        true = {
            other
            for other, its in zip(codes, before, strict=True)
            if other != code and own.intersection(its).length > 0.0005
        }
        assert true <= set(places.neighbours[code]), code


def test_facts_and_measures_come_back_from_the_folder(prepared):
    found, done, places = prepared
    facts = [tuple(each["properties"].values()) for each in found]
    areas = places.areas.reset_index()
    columns = ["code", "name", "district_name", "regency"]
    assert [tuple(row) for row in areas[columns].values.tolist()] == facts
    measured = area_km2([shape(each["geometry"]) for each in found])
    assert areas["area_km2"].to_numpy() == pytest.approx(measured, abs=0.0006)
    assert (places.title, done.areas, done.districts, done.regencies) == ("Kota Rekaan", 24, 8, 1)


def test_an_area_in_km2_is_that_of_the_ellipsoid():
    """A square degree at the equator: 12,308.7 km² (Snyder's table of the WGS 84 ellipsoid:
    110.574 km along the meridian; along the parallel of 0.5° 111.316 km)."""
    assert area_km2([box(110, 0, 111, 1)])[0] == pytest.approx(110.574 * 111.316, rel=1e-4)


def test_overlaps_and_slits_are_closed_and_said(tmp_path, capsys):
    found = [
        {"type": "Feature", "properties": {"kode": i, "nama": f"N{i}"}, "geometry": mapping(each)}
        for i, each in enumerate(
            [box(110, -7, 110.02, -6.98), box(110.019, -7, 110.04, -6.98),
             Polygon([(110.04, -7), (110.06, -7), (110.06, -6.98), (110.04, -6.98),
                      (110.04002, -6.99)])]
        )
    ]  # fmt: skip
    source = write_geojson(tmp_path / "a.geojson", found)

    assert main(["place", str(source), str(tmp_path / "kota")]) == 0

    said = capsys.readouterr().out
    assert "3 wilayah, luas" in said
    assert "Properti yang dibaca: kode = kode, nama = nama, kecamatan = –" in said
    assert "Batas dirapatkan: tumpang tindih 0,24" in said
    places = read_places(str(tmp_path / "kota"))
    assert shapely.coverage_is_valid(shapes_of(places))
    assert places.neighbours == {"0": ("1",), "1": ("0", "2"), "2": ("1",)}


def test_the_account_is_one_json_object(tmp_path, capsys):
    source = write_geojson(tmp_path / "a.geojson", features(12))
    assert main(["place", str(source), str(tmp_path / "kota"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["areas"], told["properties"]["code"], told["shared"]) == (12, "KDEPUM", 2)
    assert set(told["files"]) == {
        "kelurahan.geojson", "kelurahan.csv", "city.csv", "spellings.csv", "README.md",
    }  # fmt: skip
    assert 0.5 < told["tiles"]["neighbours"] <= 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["tidak_ada.geojson", "kota"], "tidak_ada.geojson tidak ada"),
        (["a.geojson", "isi"], "sudah berisi kelurahan.csv. Pilih folder lain"),
        (["a.geojson", "kota", "--code", "x"], "Properti x tidak ada di GeoJSON; yang ada: KDEPUM"),
        (["a.geojson", "a.geojson/kota"], "tidak dapat ditulisi"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_code_two(
    tmp_path, capsys, monkeypatch, words, sentence
):
    monkeypatch.chdir(tmp_path)
    write_geojson(tmp_path / "a.geojson", features(5))
    (tmp_path / "isi").mkdir()
    (tmp_path / "isi" / "kelurahan.csv").write_text("code\n", encoding="utf-8")

    assert main(["place", *words]) == 2

    output = capsys.readouterr()
    assert sentence in output.err
    assert output.out == ""
    assert "Traceback" not in output.err
    assert not (tmp_path / "kota").exists()
