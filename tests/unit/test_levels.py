"""A province by kabupaten/kota, kecamatan and kelurahan."""

from dataclasses import replace
from datetime import date

import pytest
import shapely
from scipy import stats
from shapely.geometry import shape

from lk3 import language
from lk3.counts import Filter, Period, count_cases
from lk3.counts.levels import tables_at
from lk3.figures.scales import _decimals, class_edges, needs_usual
from lk3.indicators import Context, compute
from lk3.indicators.usual import usual_rate
from lk3.places import load_places, read_places
from lk3.places.drawn import drawn
from lk3.places.level_words import level_words
from lk3.places.levels import at_level, hierarchy
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


@pytest.mark.parametrize(("level", "parent"), [("kelurahan", "district"), ("district", "regency")])
def test_inside_one_part_a_label_says_no_more_than_tells_its_areas_apart(province, level, parent):
    whole, part = at_level(province, level).areas, at_level(province, level, parent=parent).areas
    assert whole["label"].is_unique
    assert part.groupby("district")["label"].apply(lambda each: each.is_unique).all()
    longer = part["label"].str.contains(r" \(")
    if level == "kelurahan":
        assert whole["label"].str.contains(r" \(").mean() > 0.8
    told = part["label"].str.partition(" (")[0]
    twice = part.assign(told=told).duplicated(["district", "told"], keep=False)
    assert (longer == twice).all()


@pytest.mark.parametrize("rate", [0.34, 3.1, 9.4, 16.5, 88.0])
def test_the_middle_class_of_another_city_holds_its_usual_rate(tmp_path, monkeypatch, rate):
    monkeypatch.setenv("LK3_GEO_DIR", str(tmp_path))
    edges = class_edges("case_rate_per_10k", usual=rate)
    assert len(edges) == 4
    assert edges[1] <= rate < edges[2]
    assert edges == tuple(pytest.approx(edges[0] * n) for n in (1, 2, 3, 4))


def test_only_a_city_without_classes_of_its_own_gets_them_from_its_rate(tmp_path, monkeypatch):
    assert not needs_usual("case_rate_per_10k")
    monkeypatch.setenv("LK3_GEO_DIR", str(tmp_path))
    assert needs_usual("case_rate_per_10k")
    assert not needs_usual("closed_within_30_pct")
    (tmp_path / "map_classes.csv").write_text("indicator,edges,reason\n", encoding="utf-8")
    assert not needs_usual("case_rate_per_10k")
    assert _decimals(0.125, 1) == 3


def test_the_usual_rate_is_the_same_for_any_period_and_level(province, tables):
    day, found = date(2024, 12, 31), []
    for level in ("regency", "district"):
        places = at_level(province, level)
        for period in (None, Period.parse("2024-01", "2024-03")):
            context = Context(tables_at(tables, places), Filter(period), places, day)
            found.append(usual_rate("case_rate_per_10k", context))
    people = province_areas()["population"].sum()
    cases = tables.cases["kelurahan_code"].ne("outside").sum()
    known = cases - tables.cases["kelurahan_code"].eq("unknown").sum()
    low, high = (each / people * 10_000 / 2 for each in (known, cases))
    assert low * 0.99 <= found[0] <= high * 1.01
    assert found == [pytest.approx(found[0])] * 4
