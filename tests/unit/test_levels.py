"""A province by kabupaten/kota, kecamatan and kelurahan."""

from dataclasses import replace
from datetime import date

import pytest
import shapely
from scipy import stats
from shapely.geometry import shape

from lk3 import language
from lk3.counts import Filter, count_cases
from lk3.counts.levels import tables_at
from lk3.indicators import Context, compute
from lk3.places import load_places, read_places
from lk3.places.level_words import level_words
from lk3.places.levels import at_level, drawn, hierarchy
from tests.province_for_tests import province_areas, province_tables, write_province

LEVELS = ("regency", "district", "kelurahan")


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    return read_places(str(write_province(tmp_path_factory.mktemp("province"))))


@pytest.fixture(scope="module")
def tables():
    return province_tables(province_areas(), cases=9_000)


def test_a_province_is_seen_by_kabupaten_first_and_each_step_leads_further_down(province):
    tree = hierarchy(province)
    assert tree.levels == LEVELS
    assert (tree.first(), tree.first("98.02"), tree.first("98.02.03")) == LEVELS
    assert [key for key, _name in tree.path("98.02.03")] == ["", "98.02", "98.02.03"]


def test_a_city_of_few_kelurahan_has_no_levels():
    assert hierarchy(load_places()).levels == ()
    assert level_words(load_places()) == {}


@pytest.mark.parametrize("level", LEVELS)
def test_no_case_person_or_land_is_lost_at_any_level(province, tables, level):
    places = at_level(province, level)
    held = tables_at(tables, places)
    counts = count_cases(held.cases, Filter(), by=("kelurahan_code",), places=places)
    assert counts["cases"].sum() == 9_000
    assert set(counts["kelurahan_code"]) - {"outside", "unknown"} <= set(places.codes)
    assert held.population["population"].sum() == tables.population["population"].sum()
    assert places.areas["area_km2"].sum() == pytest.approx(province.areas["area_km2"].sum())
    before = {r: (tables.cases["kelurahan_code"] == r).sum() for r in ("outside", "unknown")}
    assert {r: (held.cases["kelurahan_code"] == r).sum() for r in before} == before


def test_the_rate_of_a_kabupaten_is_its_cases_over_its_people_with_the_exact_interval(
    province, tables
):
    places = at_level(province, "regency")
    rate = compute(
        "case_rate_per_10k",
        Context(tables_at(tables, places), Filter(), places, date(2024, 12, 31)),
    )
    code = places.codes[0]
    inside = [area for area in province.codes if area.startswith(f"{code}.")]
    n = tables.cases["kelurahan_code"].isin(inside).sum()
    people = tables.population.loc[tables.population["code"].isin(inside), "population"].sum()
    assert rate.at[code, "value"] == pytest.approx(10_000 * n / (2 * people), rel=1e-3)
    low = stats.chi2.ppf(0.025, 2 * n) / 2  # Byar's bound is this within a thousandth
    assert rate.at[code, "lower"] == pytest.approx(10_000 * low / (2 * people), rel=2e-3)
    assert rate.at[code, "verdict"] == "strongly_above"  # twice the others' rate was planted


def test_a_kabupaten_without_the_people_of_one_kelurahan_has_no_rate(province, tables):
    lacking = tables.population[tables.population["code"] != province.codes[0]]
    places = at_level(province, "regency")
    held = tables_at(replace(tables, population=lacking), places)
    assert set(places.codes) - set(held.population["code"]) == {places.codes[0]}


@pytest.mark.parametrize("level", LEVELS)
def test_the_drawn_boundaries_are_light_and_leave_no_gap(province, level):
    shown = drawn(at_level(province, level))
    shapes = [shape(each["geometry"]) for each in shown.geojson["features"]]
    whole = shapely.union_all([shape(each["geometry"]) for each in province.geojson["features"]])
    assert shapely.union_all(shapes).symmetric_difference(whole).area < 0.01 * whole.area
    assert len(str(shown.geojson)) < 400_000


def test_texts_speak_of_the_areas_that_are_looked_at(province):
    with language.naming(level_words(at_level(province, "district"))):
        assert language._("Kelurahan yang disorot") == "Kecamatan yang disorot"
        assert language._("Dibanding kota") == "Dibanding provinsi"
        assert language._("Kecamatan") == "Kabupaten/kota"
    assert language._("Kelurahan yang disorot") == "Kelurahan yang disorot"
