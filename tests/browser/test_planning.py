"""Planning in a real browser: tiles by mouse and keyboard, no WebGL, and the printed sheet."""

import re
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe

from lk3.places import load_places
from run import find_browser
from tests.browser.harness import BROWSER_OPTIONS, open_page, settle

PLACES = load_places()
WITHOUT_WEBGL = [*(each for each in BROWSER_OPTIONS if "swiftshader" not in each),
                 "--disable-3d-apis"]  # fmt: skip


def chosen(page):
    return parse_qs(urlsplit(page.url).query).get("kelurahan", [None])[0]


def explained(page):
    return page.locator(".st-key-alasan").inner_text()


def tile(page, code):
    return page.locator(f'.tiles [data-code="{code}"]')


def show_tiles(page):
    page.get_by_role("radio", name="Peta ubin").or_(
        page.get_by_role("button", name="Peta ubin")
    ).first.click()
    settle(page)


def test_on_one_screen_a_tile_is_chosen_by_click_and_by_keyboard_and_explained(page, dashboard):
    """From Bontang Kuala one tile down lies Tanjung Laut Indah, and from there Tanjung Laut."""
    start, below = "64.74.01.1001", "64.74.02.1006"
    open_page(page, dashboard.url)
    open_page(page, f"{dashboard.url}/kurang")
    for place in (".st-key-alasan", ".st-key-kurang_pencar", ".st-key-kurang_urutan"):
        box = page.locator(place).bounding_box()
        assert box["y"] + box["height"] <= 768 + 20, f"{place} is below the first screen"

    show_tiles(page)
    tile(page, start).click()
    settle(page)
    assert chosen(page) == PLACES.label(start)
    assert explained(page).startswith(f"{PLACES.label(start)}:")
    assert tile(page, start).get_attribute("aria-pressed") == "true"

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settle(page)
    assert chosen(page) == PLACES.label(below)
    assert explained(page).startswith(f"{PLACES.label(below)}:")
    for step in ("Kebutuhan:", "Anggota:", "Urutan:", "Agar setara:"):
        assert step in explained(page)

    page.keyboard.press("Escape")
    settle(page)
    assert chosen(page) is None

    serious = [rule for rule in Axe().run(page).response["violations"]
               if rule["impact"] in ("serious", "critical")]  # fmt: skip
    assert serious == []


def test_a_browser_without_webgl_gets_the_tiles_and_is_told_why(browser, dashboard):
    blind = browser.browser_type.launch(executable_path=str(find_browser()), args=WITHOUT_WEBGL)
    page = blind.new_page(viewport={"width": 1366, "height": 768})
    open_page(page, f"{dashboard.url}/?periode=Semua+data")
    page.wait_for_selector(".tiles [data-code]")
    settle(page)
    assert page.locator(".tiles [data-code]").count() == len(PLACES.codes)
    assert "WebGL tidak tersedia" in page.locator('[data-testid="stMain"]').inner_text()
    page.get_by_role("radio", name="Peta", exact=True).or_(
        page.get_by_role("button", name="Peta", exact=True)
    ).first.click()
    settle(page)
    assert page.locator(".js-plotly-plot .maplibregl-map").count() == 0
    assert page.locator(".js-plotly-plot").count() > 0
    blind.close()


def test_the_profile_prints_on_exactly_one_sheet(page, dashboard):
    """Satimpo has the most neighbours, so the longest sheet."""
    open_page(page, dashboard.url)
    open_page(page, f"{dashboard.url}/profil?kelurahan=Satimpo")
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    page.emulate_media(media="print")
    for hidden in ('[data-testid="stSidebar"]', '[data-testid="stDownloadButton"]'):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator("table.spine").is_visible()
