"""Which land a map shows, and where the names stand."""

import dataclasses

import pytest
from shapely.geometry import box, shape

from lk3.figures.geography import View, label_places, leaders, name_lines, view_of
from lk3.places import load_places

PLACES = load_places()
SHAPES = {f["id"]: shape(f["geometry"]) for f in PLACES.geojson["features"]}


def without_labels(places):
    areas = places.areas.drop(columns=["label_lon", "label_lat"])
    return dataclasses.replace(places, areas=areas)


def test_all_land_is_in_view_but_for_the_one_vast_kelurahan():
    view = view_of(PLACES)
    window = box(view.west, view.south, view.east, view.north)
    cut = [PLACES.label(code) for code, land in SHAPES.items() if not window.covers(land)]
    assert cut == ["Bontang Lestari"]


def test_the_place_of_every_name_is_in_view():
    view, names = view_of(PLACES), label_places(PLACES)
    assert names["x"].between(view.west, view.east).all()
    assert names["y"].between(view.south, view.north).all()


def test_a_name_stands_on_its_own_area_or_on_nobody_s():
    for code, name in label_places(PLACES).iterrows():
        on = [other for other, land in SHAPES.items() if land.covers(shape(point(name)))]
        assert on in ([code], []), name["name"]
        assert (name["position"] == "middle center") == (on == [code])


def point(name):
    return {"type": "Point", "coordinates": [name["x"], name["y"]]}


def test_a_line_leads_from_an_area_to_its_name_outside_and_from_no_other():
    names = label_places(PLACES)
    lon, lat = leaders(names)
    out = names[names["position"] != "middle center"]
    assert len(lon) == len(lat) == 3 * len(out) > 0
    starts = zip(out.index, lon[::3], lat[::3], strict=True)
    assert all(SHAPES[c].covers(shape(point({"x": x, "y": y}))) for c, x, y in starts)


def test_without_places_for_names_each_stands_in_the_middle_of_its_area():
    names = label_places(without_labels(PLACES))
    assert set(names["position"]) == {"middle center"}
    assert leaders(names) == ([], [])


def test_names_are_broken_on_an_area_and_whole_beside_it():
    assert name_lines("Tanjung Laut Indah", "middle center") == ["Tanjung", "Laut Indah"]
    assert name_lines("Tanjung Laut Indah", "middle right") == ["Tanjung Laut Indah"]


@pytest.mark.parametrize(
    ("width", "height", "zoom"), [(512, 512, 0), (1024, 1024, 1), (1024, 512, 0)]
)
def test_the_zoom_fits_the_whole_equator_into_the_tiles_of_the_web_mercator(width, height, zoom):
    # zoom 0 is one tile of 512 pixels for 360 degrees; near the equator a degree is square
    assert View(-180, -180, 180, 180).zoom(width=width, height=height) == pytest.approx(zoom)
