"""Every page with another city: two hundred areas with names that occur twice, and boundaries alone
without population. What is said of fifteen kelurahan must be sayable of them.
"""

import pytest

from lk3.dataset import import_file
from lk3.places import read_places
from lk3.store import open_store
from lk3.ui.navigation import PAGES
from tests.app.boards import go_to, open_board, register, texts
from tests.many_areas_for_tests import features, write_geojson

# The pages that draw or list every area; the others are walked through with 34.
_OF_MANY = ("overview", "map", "profile", "underserved", "professions", "data", "methods")
SHARED = "Bukitmaju"  # the name of the ninth and the tenth area


@pytest.fixture
def city(tmp_path, monkeypatch):
    """A folder with the boundaries of as many areas as asked for, and nothing else."""

    def make(n):
        write_geojson(tmp_path / "geo" / "kelurahan.geojson", features(n))
        monkeypatch.setenv("LK3_GEO_DIR", str(tmp_path / "geo"))
        return read_places(str(tmp_path / "geo"))

    return make


def save(places, *names):
    checked, version = import_file(open_store(), places, register(*names), "register.csv")
    assert version is not None
    return checked


def walk(session, keys=()):
    said = {}
    for page in PAGES:
        if keys and page.key not in keys:
            continue
        go_to(session, page.path)
        assert not session.exception, page.key
        assert not session.error, f"{page.key}: {session.error[0].value}"
        assert session.title[0].value.strip(), page.key
        said[page.key] = texts(session)
    return said


def test_two_hundred_areas_with_names_that_occur_twice_go_through_the_pages_of_areas(city):
    places = city(200)
    checked = save(places, *(places.label(code) for code in places.codes[:60]), SHARED)
    assert (checked.rows_used, checked.rows_set_aside) == (60, 1)

    said = walk(open_board(kelurahan=places.codes[8]), _OF_MANY)

    assert "Bukitmaju (Kec. Utara)" in said["profile"]
    assert "Kota Rekaan dibaca sebagai 200 kelurahan, 8 kecamatan." in said["methods"]
    assert "Bontang" not in "".join(said.values())


def test_boundaries_alone_serve_with_the_sample_and_without_population(city):
    city(34)

    said = walk(open_board())

    assert "DATA CONTOH" in said["overview"]
    assert "tanpa data penduduk" in said["map"]
    assert "jumlah penduduk tidak ada" in said["overview"]
