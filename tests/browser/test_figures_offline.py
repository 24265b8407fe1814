"""Figures in a real browser, served by nothing but this computer: what they draw and ask for."""

import numpy as np
import pytest

from lk3 import figures
from lk3.indicators.measure import area_index, make_measure
from lk3.places import load_places
from tests.browser.harness import WAIT_MS

PLACES = load_places()
MEASURE = make_measure(
    area_index(PLACES), value=[*np.arange(15.0), 5.0, 3.0, 2.0], n=np.arange(18), note=""
)
WORDS = {"places": PLACES, "label": "Angka", "unit": "kasus", "edges": (2.0, 4.0, 6.0, 8.0)}
MAP = "document.querySelector('.js-plotly-plot')._fullLayout.map._subplot.map"


@pytest.fixture
def show(page, tmp_path, address):
    """Serve a figure and open it; gives the page and the paths it has asked for."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    def open_figure(figure):
        figure.checked.write_html(tmp_path / "figure.html", include_plotlyjs=True)
        page.goto(f"{address}/figure.html")
        page.wait_for_selector(".js-plotly-plot .main-svg", state="attached")
        return asked

    return open_figure


def wait_for_map(page):
    page.wait_for_function(f"{MAP} && {MAP}.loaded() && {MAP}.areTilesLoaded()", timeout=WAIT_MS)
    page.wait_for_function(f"{MAP}.queryRenderedFeatures().length > 15", timeout=WAIT_MS)


def test_the_map_asks_for_nothing_but_its_own_page_not_even_for_letters(page, show):
    asked = show(figures.choropleth_map(MEASURE, **WORDS))
    wait_for_map(page)
    fetched = [url for url in asked if not url.startswith(("blob:", "data:"))]
    assert [url.rsplit("/", 1)[1] for url in fetched if "favicon" not in url] == ["figure.html"]


def test_every_name_has_room_on_a_map_of_half_a_laptop(page, show):
    page.set_viewport_size({"width": 485, "height": 460})
    show(figures.choropleth_map(MEASURE, height=440, **WORDS))
    wait_for_map(page)
    names = set(PLACES.areas["name"])
    page.wait_for_function(f"({DRAWN_NAMES})().length >= {len(names)}", timeout=WAIT_MS)
    assert set(page.evaluate(DRAWN_NAMES)) == names


DRAWN_NAMES = f"""() => [...new Set({MAP}.queryRenderedFeatures()
    .filter(each => each.layer.type === 'symbol')
    .map(each => each.properties.text.replace(/<br>|\\n/g, ' ')))]"""


def test_a_click_on_an_area_gives_its_code(page, show):
    show(figures.choropleth_map(MEASURE, **WORDS))
    wait_for_map(page)
    page.evaluate(
        "document.querySelector('.js-plotly-plot')"
        ".on('plotly_click', event => { window.clicked = event.points[0].location; })"
    )
    code = PLACES.codes[3]
    lon, lat = PLACES.areas.loc[code, ["lon", "lat"]]
    x, y = page.evaluate(
        f"""place => {{
            const box = {MAP}.getContainer().getBoundingClientRect(), at = {MAP}.project(place);
            return [box.left + at.x, box.top + at.y];
        }}""",
        [lon, lat],
    )
    page.mouse.move(x - 3, y - 3)
    page.mouse.move(x, y, steps=3)
    page.mouse.click(x, y)
    page.wait_for_function("window.clicked", timeout=WAIT_MS)
    assert page.evaluate("window.clicked") == code


@pytest.mark.parametrize("draw", [figures.outline_map, figures.tile_map])
def test_the_maps_of_svg_need_neither_server_nor_webgl(page, draw):
    page.set_content(draw(MEASURE, **WORDS).checked.to_html(include_plotlyjs=True))
    page.wait_for_selector(".js-plotly-plot .main-svg", state="attached")
    texts = page.locator(".textpoint text").all_text_contents()
    said = " ".join(texts).replace(" ", "")
    for name in PLACES.areas["name"]:
        assert name.replace(" ", "") in said
    assert page.locator("canvas").count() == 0
