import math
from datetime import UTC, datetime
from itertools import combinations

import pandas as pd
import pytest
from shapely import unary_union
from shapely.geometry import Point, shape

from lk3 import language
from lk3.errors import UserError
from lk3.places import CITY, OUTSIDE, load_places, population_in, read_places
from lk3.settings import ROOT
from lk3.tables import POPULATION
from lk3.vocabulary import read_csv, squash
from tests.cities_for_tests import write_city, write_csv

BONTANG = read_places(str(ROOT / "geo"))

# Ministry code and BPS code of each kelurahan: Kepmendagri 300.2.2-2430/2025; HDX 2020.
CODES = {
    "64.74.01.1001": ("6474020001", "Bontang Kuala"),
    "64.74.01.1002": ("6474020002", "Bontang Baru"),
    "64.74.01.1003": ("6474020005", "Lok Tuan"),
    "64.74.01.1004": ("6474020006", "Guntung"),
    "64.74.01.1005": ("6474020004", "Gunung Elai"),
    "64.74.01.1006": ("6474020003", "Api-api"),
    "64.74.02.1001": ("6474010005", "Tanjung Laut"),
    "64.74.02.1002": ("6474010004", "Berbas Tengah"),
    "64.74.02.1003": ("6474010003", "Berbas Pantai"),
    "64.74.02.1004": ("6474010002", "Satimpo"),
    "64.74.02.1005": ("6474010001", "Bontang Lestari"),
    "64.74.02.1006": ("6474010006", "Tanjung Laut Indah"),
    "64.74.03.1001": ("6474030003", "Belimbing"),
    "64.74.03.1002": ("6474030002", "Gunung Telihan"),
    "64.74.03.1003": ("6474030001", "Kanaan"),
}


def code_of(name):
    return next(code for code, (_bps, known) in CODES.items() if known == name)


def shapes():
    return {feature["id"]: shape(feature["geometry"]) for feature in BONTANG.geojson["features"]}


def km2(geometry):
    """Area in the UTM grid, as the published areas are: square degrees times the lengths of a
    degree along the meridian and the parallel of the WGS 84 ellipsoid at the middle latitude, times
    the grid's scale of 0.9996 both ways (the city lies within 60 km of the central meridian)."""
    a, e2 = 6378.137, 0.00669437999014
    latitude = math.radians((geometry.bounds[1] + geometry.bounds[3]) / 2)
    w = 1 - e2 * math.sin(latitude) ** 2
    along_meridian = a * (1 - e2) / w**1.5
    along_parallel = a / math.sqrt(w) * math.cos(latitude)
    return geometry.area * math.radians(1) ** 2 * along_meridian * along_parallel * 0.9996**2


def test_the_fifteen_codes_have_their_names():
    assert {code: BONTANG.label(code) for code in BONTANG.codes} == {
        code: name for code, (_bps, name) in CODES.items()
    }


@pytest.mark.parametrize(("code", "bps", "name"), [(c, b, n) for c, (b, n) in CODES.items()])
def test_a_kelurahan_is_found_by_name_and_by_both_systems_of_codes(code, bps, name):
    written = (code, code.replace(".", ""), int(code.replace(".", "")), bps, float(bps))
    names = (name, name.upper(), f"Kel. {name}", f"KELURAHAN {name}", f"Keluarahan {name}")
    sloppy = (f"Kel-{name}", name.lower().replace(" ", "_"), f" {name}\u00a0", f"{name}\n")
    for text in (*written, *names, *sloppy):
        assert BONTANG.code_for(text) == code, text


def test_the_two_systems_number_the_kecamatan_differently():
    """The same digits 64740100 begin another kecamatan in each system: no deciding by prefix."""
    assert BONTANG.code_for("6474010001") == code_of("Bontang Lestari")
    assert BONTANG.code_for("6474011001") == code_of("Bontang Kuala")


def test_every_published_spelling_resolves_to_its_owner():
    rows = read_csv(ROOT / "geo" / "spellings.csv")
    assert len(rows) > 40
    wrong = [row for row in rows if BONTANG.code_for(row["spelling"]) != row["code"]]
    assert wrong == []


def test_no_spelling_belongs_to_two_areas():
    owners: dict[str, set[str]] = {}
    for row in read_csv(ROOT / "geo" / "spellings.csv"):
        owners.setdefault(squash(row["spelling"]), set()).add(row["code"])
    for code, (bps, name) in CODES.items():
        for text in (code, bps, name):
            owners.setdefault(squash(text), set()).add(code)
    assert {text: codes for text, codes in owners.items() if len(codes) > 1} == {}


def test_names_of_the_published_counts_resolve():
    rows = read_csv(ROOT / "data" / "reference" / "uptd_ppa_bontang_published.csv")
    names = {row["kategori"] for row in rows if row["dimensi"] == "kelurahan"}
    assert {name for name in names if BONTANG.code_for(name) is None} == set()
    assert BONTANG.code_for("Telihan") == code_of("Gunung Telihan")


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Bontang Barat", ""),  # a kecamatan that looks most like Bontang Baru
        ("Kec. Bontang Barat", ""),
        ("Kel. Bontang Barat", ""),
        ("berbas lestari", "Bontang Lestari"),
        ("Loktuan Raya", "Lok Tuan"),
        ("Telihan Indah", "Gunung Telihan"),  # begins with it, and looks like Tanjung Laut Indah
        ("Tanjung Laut Idah", "Tanjung Laut Indah"),
        ("Tanjung Laut Barat", "Tanjung Laut"),
        ("64.74.01.1009", ""),  # a digit away from six others
        ("Surabaya", ""),
        ("", ""),
    ],
)
def test_what_is_nobodys_is_not_decided_but_may_be_suggested(text, suggestion):
    assert BONTANG.code_for(text) is None
    assert BONTANG.suggest(text) == suggestion


def test_a_name_inside_another_is_not_taken_for_it():
    assert BONTANG.code_for("Tanjung Laut") == code_of("Tanjung Laut")
    assert BONTANG.code_for("Tanjung Laut Indah") == code_of("Tanjung Laut Indah")
    assert BONTANG.code_for("Guntung") == code_of("Guntung")
    assert BONTANG.code_for("Guntung Elai") == code_of("Gunung Elai")


@pytest.mark.parametrize("text", ["Luar Bontang", "LUAR KOTA", "luar_daerah", "Samarinda", "KUTIM"])
def test_elsewhere_is_outside(text):
    assert BONTANG.code_for(text) == OUTSIDE


@pytest.mark.parametrize("text", ["Kota Bontang", "Seluruh Kelurahan", "se-kota bontang"])
def test_the_whole_city_is_the_city(text):
    assert BONTANG.code_for(text) == CITY


@pytest.mark.parametrize("text", [None, "", " ", float("nan"), "-", "Kel.", 0])
def test_nothing_written_is_nowhere(text):
    assert BONTANG.code_for(text) is None


def test_a_kecamatan_is_found_with_and_without_its_prefix():
    assert BONTANG.districts == ["Bontang Utara", "Bontang Selatan", "Bontang Barat"]
    assert BONTANG.district_for("KECAMATAN BONTANG UTARA") == "Bontang Utara"
    assert BONTANG.district_for("Kec. Bontang Barat") == "Bontang Barat"
    assert BONTANG.district_for("Bontang") is None


def test_kelurahan_of_some_kecamatan_or_of_all():
    assert len(BONTANG.codes_in(("Bontang Utara",))) == 6
    assert BONTANG.codes_in(("Bontang Barat",)) == [
        "64.74.03.1001",
        "64.74.03.1002",
        "64.74.03.1003",
    ]
    assert BONTANG.codes_in(()) == BONTANG.codes


def test_labels_follow_the_language():
    assert BONTANG.label(OUTSIDE) == "Luar Bontang"
    assert BONTANG.label(CITY) == "Kota Bontang"
    assert BONTANG.label("unknown") == "Tidak diketahui"
    with language.speaking("en"):
        assert BONTANG.label(OUTSIDE) == "Outside Bontang"


def test_neighbours_are_mutual_and_nobody_neighbours_itself():
    for code, others in BONTANG.neighbours.items():
        assert code not in others
        assert all(code in BONTANG.neighbours[other] for other in others)


def test_three_kelurahan_have_one_neighbour_each():
    lonely = {code: others for code, others in BONTANG.neighbours.items() if len(others) == 1}
    assert lonely == {
        code_of("Berbas Pantai"): (code_of("Berbas Tengah"),),
        code_of("Bontang Lestari"): (code_of("Satimpo"),),
        code_of("Guntung"): (code_of("Lok Tuan"),),
    }


def test_polygons_cover_the_city_without_overlap_or_gap():
    geometries = shapes()
    assert sorted(geometries) == sorted(CODES)
    assert all(geometry.is_valid for geometry in geometries.values())
    overlaps = [km2(one.intersection(other)) for one, other in combinations(geometries.values(), 2)]
    assert max(overlaps) < 1e-6
    whole = unary_union(list(geometries.values()))
    assert km2(whole) == pytest.approx(160.6, abs=0.1)
    parts = whole.geoms if whole.geom_type == "MultiPolygon" else [whole]
    assert sum(len(part.interiors) for part in parts) == 0


def test_areas_in_the_table_are_those_of_the_polygons():
    measured = {code: km2(geometry) for code, geometry in shapes().items()}
    for code, area in BONTANG.areas["area_km2"].items():
        assert measured[code] == pytest.approx(area, rel=0.002, abs=0.001)
    share = BONTANG.areas.at[code_of("Bontang Lestari"), "area_km2"] / 160.6
    assert share == pytest.approx(0.55, abs=0.005)


def test_every_label_lies_inside_its_kelurahan():
    for code, geometry in shapes().items():
        area = BONTANG.areas.loc[code]
        assert geometry.contains(Point(area["lon"], area["lat"])), code


def test_tiles_are_fifteen_places_with_neighbours_close_together():
    tiles = BONTANG.areas[["tile_row", "tile_col"]]
    assert not tiles.duplicated().any()
    assert (tiles >= 0).all(axis=None)
    side_by_side = [
        abs(tiles.loc[code] - tiles.loc[other]).max() <= 1
        for code, others in BONTANG.neighbours.items()
        for other in others
    ]
    assert sum(side_by_side) / len(side_by_side) >= 0.7


def test_population_adds_up_to_the_city_and_its_kecamatan():
    """BPS 2024: 191,811 people, of these 89,010 / 71,167 / 31,634 by kecamatan (a rounding of
    one person per kecamatan is left by sharing out)."""
    people = population_in(BONTANG.population, 2024)["population"]
    assert people.sum() == 191_811
    by_district = people.groupby(BONTANG.areas["district"]).sum()
    assert by_district["Bontang Utara"] == pytest.approx(89_010, abs=1)
    assert by_district["Bontang Selatan"] == pytest.approx(71_167, abs=1)
    assert by_district["Bontang Barat"] == pytest.approx(31_634, abs=1)
    assert set(BONTANG.population["status"]) == {"estimate"}


def population(*rows):
    columns = ["code", "year", "population", "status"]
    return POPULATION.conform(pd.DataFrame(rows, columns=columns))


def test_the_nearest_year_is_used_and_named():
    table = population(("a", 2020, 10, "official"), ("a", 2024, 14, "official"))
    assert population_in(table, 2021).loc["a", ["year", "population"]].tolist() == [2020, 10]
    assert population_in(table, 2030).loc["a", ["year", "population"]].tolist() == [2024, 14]


def test_of_two_equally_near_years_the_later_is_used():
    table = population(("a", 2020, 10, "official"), ("a", 2024, 14, "official"))
    assert population_in(table, 2022).at["a", "year"] == 2024


def test_an_official_figure_goes_before_an_estimate_of_the_same_year():
    table = population(("a", 2024, 14, "estimate"), ("a", 2024, 13, "official"))
    assert population_in(table, 2024).at["a", "population"] == 13
    assert population_in(table.iloc[::-1], 2024).at["a", "population"] == 13


def test_each_kelurahan_has_its_own_nearest_year():
    table = population(("a", 2020, 10, "official"), ("b", 2024, 14, "estimate"))
    assert population_in(table, 2024)["year"].to_dict() == {"a": 2020, "b": 2024}


@pytest.fixture
def other_city(tmp_path):
    return write_city(tmp_path)


def test_another_city_is_served_from_its_folder(other_city, monkeypatch):
    monkeypatch.setenv("LK3_GEO_DIR", str(other_city))
    places = load_places()
    assert places.name == "Contoh"
    assert places.codes == ["99.01.01.1001", "99.01.01.1002"]
    assert places.neighbours["99.01.01.1001"] == ("99.01.01.1002",)
    assert places.code_for("Kel. Mawr") == "99.01.01.1001"
    assert places.code_for("Lok Tuan") is None
    assert places.population.empty


def test_another_city_knows_its_own_name_and_its_outside_without_writing_them_down(other_city):
    places = read_places(str(other_city))
    assert places.code_for("KOTA CONTOH") == CITY
    assert places.code_for("Luar Contoh") == OUTSIDE


def test_another_city_brings_its_own_population(other_city):
    row = {
        "code": "99.01.01.1001",
        "year": 2025,
        "population": 5000,
        "households": 1500,
        "status": "official",
    }
    write_csv(other_city / "population.csv", [row])
    places = read_places(str(other_city))
    assert places.population.to_dict("records") == [row]


def test_a_folder_without_a_file_is_said_in_a_sentence(other_city):
    (other_city / "kelurahan.geojson").unlink()
    with pytest.raises(UserError) as error:
        read_places(str(other_city))
    assert str(error.value) == (
        f"Folder peta {other_city} tidak berisi kelurahan.geojson. Lengkapi folder itu menurut "
        "geo/README.md atau perbaiki pengaturan LK3_GEO_DIR."
    )


def test_a_code_without_polygon_is_said_in_a_sentence(other_city):
    rows = read_csv(other_city / "kelurahan.csv")
    rows[1]["code"] = "99.01.01.1007"
    write_csv(other_city / "kelurahan.csv", rows)
    with pytest.raises(UserError) as error:
        read_places(str(other_city))
    assert str(error.value) == (
        "Kode 99.01.01.1002, 99.01.01.1007 hanya ada di salah satu dari kelurahan.csv dan "
        "kelurahan.geojson. Samakan kode di kedua berkas itu."
    )


def test_a_spelling_of_a_code_that_is_no_area_is_said_in_a_sentence(other_city):
    row = {"code": "99.01.01.1099", "spelling": "Anyelir", "evidence": "seen"}
    write_csv(other_city / "spellings.csv", [row])
    with pytest.raises(UserError) as error:
        read_places(str(other_city))
    assert str(error.value) == (
        "spellings.csv menyebut kode 99.01.01.1099 yang tidak ada di kelurahan.csv. "
        "Perbaiki kode itu atau hapus barisnya."
    )


def test_a_city_without_bps_codes_takes_no_blank_for_a_kelurahan(other_city):
    rows = [row | {"bps_code": ""} for row in read_csv(other_city / "kelurahan.csv")]
    write_csv(other_city / "kelurahan.csv", rows)
    assert read_places(str(other_city)).code_for("") is None


def test_a_list_of_spellings_may_be_empty(other_city):
    (other_city / "spellings.csv").write_text("code,spelling,evidence\n", encoding="utf-8")
    places = read_places(str(other_city))
    assert places.code_for("Mawr") is None
    assert places.code_for("mawar") == "99.01.01.1001"


def test_a_moment_is_told_by_the_clock_of_the_city():
    """Central Indonesia is eight hours ahead of UTC, all year."""
    when = datetime(2026, 12, 31, 16, 5, tzinfo=UTC)

    assert BONTANG.moment(when) == "1 Januari 2027 00.05 WITA"
    with language.speaking("en"):
        assert BONTANG.moment(when) == "1 January 2027 00:05 WITA"


def test_a_city_without_a_clock_uses_that_of_the_machine(tmp_path):
    when = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)

    places = read_places(str(write_city(tmp_path)))

    assert places.moment(when) == f"{when.astimezone():%-d} Juni 2026 {when.astimezone():%H.%M}"
