"""The tile map that lays itself out: no two on one place, neighbours together, north up."""

import numpy as np
import pandas as pd
import pytest

from lk3.figures import tile_buttons
from lk3.indicators.measure import area_index, make_measure
from lk3.places import read_places
from lk3.places.tiles import layout, quality
from tests.many_areas_for_tests import features, write_geojson


def points_of(grid):
    """Areas whose true places are a grid already, as codes by row: [lon, lat]."""
    rows = {
        code: (110 + column * 0.01, -7 - row * 0.01)
        for row, codes in enumerate(grid)
        for column, code in enumerate(codes)
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["lon", "lat"])


def test_areas_that_lie_in_a_grid_stay_in_it():
    tiles = layout(points_of(["abc", "def"]), {"a": ("b", "d"), "b": ("a",), "d": ("a",)})
    assert tiles["tile_row"].to_dict() == dict(zip("abcdef", [0, 0, 0, 1, 1, 1], strict=True))
    assert tiles["tile_col"].to_dict() == dict(zip("abcdef", [0, 1, 2, 0, 1, 2], strict=True))


@pytest.mark.parametrize("n", [1, 2, 34, 200])
def test_each_area_has_a_place_of_its_own_near_its_neighbours(tmp_path, n):
    write_geojson(tmp_path / "kelurahan.geojson", features(n))

    places = read_places(str(tmp_path))

    tiles, points = places.areas[["tile_row", "tile_col"]], places.areas[["lon", "lat"]]
    assert not tiles.duplicated().any()
    assert tiles.min().tolist() == [0, 0]
    assert tiles.prod(axis=1).max() < 4 * n + 4
    assert tiles.equals(layout(points, places.neighbours))
    found = quality(tiles, points, places.neighbours)
    assert min(found.north, found.west) > 0.97
    assert found.neighbours > 0.75


def test_what_is_turned_round_counts_as_turned_round():
    points, pairs = points_of(["ab", "cd"]), {"a": ("b", "c"), "b": ("d",), "c": ("d",)}
    upright = pd.DataFrame({"tile_row": [0, 0, 1, 1], "tile_col": [0, 1, 0, 1]}, index=list("abcd"))
    upside_down = upright.assign(tile_row=[5, 5, 0, 0])
    assert quality(upright, points, pairs).__dict__ == {"neighbours": 1, "north": 1, "west": 1}
    assert quality(upside_down, points, pairs).__dict__ == {
        "neighbours": 0.5, "north": 0, "west": 1,
    }  # fmt: skip


def test_more_areas_than_are_shared_out_at_once_have_each_a_place():
    random = np.random.default_rng(3)
    points = pd.DataFrame(random.uniform(0, 1, (1500, 2)), columns=["lon", "lat"])
    tiles = layout(points, {})
    assert not tiles.duplicated().any()
    assert np.corrcoef(tiles["tile_row"], -points["lat"])[0, 1] > 0.95


def test_tiles_too_small_for_letters_have_none_and_are_still_named_for_all(tmp_path):
    write_geojson(tmp_path / "kelurahan.geojson", features(200))
    places = read_places(str(tmp_path))
    values = pd.Series(1.0, index=area_index(places))
    measure = make_measure(values.index, value=values, n=values, denominator=values)

    svg = tile_buttons(measure, places=places, label="Kasus", unit="kasus", edges=(1.0, 2.0))

    assert svg.count("<text") == 0
    assert svg.count('role="button"') == 200
    assert "Bukitmaju (Kec. Utara)" in svg
    assert "Bukitmaju (Kec. Timur)" in svg
