"""Peta ubin as buttons: one for each kelurahan, said in words, placed as they lie."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from lk3 import figures
from lk3.indicators.measure import add_note, area_index, make_measure
from lk3.places import load_places

PLACES = load_places()
CODES = PLACES.codes
MEASURE = make_measure(
    area_index(PLACES), value=[*np.arange(15.0), 7.0, np.nan, np.nan], n=np.arange(18.0)
)
WORDS = {"places": PLACES, "label": "Angka", "unit": "kasus", "edges": (2.0, 4.0, 6.0, 8.0)}
SVG = "{http://www.w3.org/2000/svg}"


def buttons(measure=MEASURE, **more):
    root = ET.fromstring(figures.tile_buttons(measure, **WORDS, **more))
    return root, [g for g in root.iter(f"{SVG}g") if g.get("role") == "button"]


def test_each_kelurahan_is_a_button_with_its_name_and_value_in_words():
    _root, tiles = buttons()
    assert [tile.get("data-code") for tile in tiles] == CODES
    assert tiles[3].get("aria-label").startswith(f"{PLACES.label(CODES[3])}; Angka: 3,0 kasus")


def test_tiles_are_equal_and_none_lies_on_another():
    _root, tiles = buttons()
    boxes = [tile.find(f"{SVG}rect").attrib for tile in tiles]
    assert len({(box["width"], box["height"]) for box in boxes}) == 1
    assert len({(box["x"], box["y"]) for box in boxes}) == len(CODES)


def test_the_chosen_tile_is_pressed_and_the_one_that_tab_reaches():
    _root, tiles = buttons(selected=CODES[4])
    assert [t.get("data-code") for t in tiles if t.get("aria-pressed") == "true"] == [CODES[4]]
    assert [t.get("data-code") for t in tiles if t.get("tabindex") == "0"] == [CODES[4]]


def test_without_a_choice_tab_reaches_the_first_tile():
    _root, tiles = buttons()
    assert [t.get("data-code") for t in tiles if t.get("tabindex") == "0"] == [CODES[0]]


def test_a_missing_and_a_hidden_value_look_and_sound_different():
    hidden = add_note(MEASURE.assign(value=MEASURE["value"].mask(MEASURE["value"] < 2)),
                      MEASURE.index == CODES[1], "suppressed")  # fmt: skip
    root, tiles = buttons(hidden)
    fills = [tile.find(f"{SVG}rect").get("fill") for tile in tiles[:2]]
    assert fills[0] != fills[1]
    assert "tidak ada data" in tiles[0].get("aria-label")
    assert "disembunyikan" in tiles[1].get("aria-label")
    legend = [item.findtext("i", "") or "".join(item.itertext()) for item in root.iter("li")]
    assert legend[-2:] == ["tidak ada data", "disembunyikan"]


@pytest.mark.parametrize("name", ["A & B", "<b>Suka</b>", 'Kampung "Baru"'])
def test_a_name_is_shown_as_it_is_written(name):
    areas = PLACES.areas.copy()
    areas.loc[CODES[0], ["name", "label"]] = name
    city = replace(PLACES, areas=areas)
    root = ET.fromstring(figures.tile_buttons(MEASURE, **WORDS | {"places": city}))
    tile = next(g for g in root.iter(f"{SVG}g") if g.get("data-code") == CODES[0])
    assert tile.get("aria-label").startswith(f"{name};")


def test_the_group_is_named_by_the_highest_and_the_lowest():
    root, _tiles = buttons()
    assert root.get("role") == "group"
    assert f"Tertinggi: {PLACES.label(CODES[14])} 14,0" in root.get("aria-label")
