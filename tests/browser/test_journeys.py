"""What people do, in a real browser: look, click, send a workbook, share an address."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe
from shapely.geometry import shape

from lk3.places import load_places
from lk3.settings import REFERENCE_DIR, SAMPLE_DIR
from tests.browser.harness import click_on_map, go_to, open_page, settle

PLACES = load_places()
BELIMBING = "64.74.03.1001"
REGISTER = SAMPLE_DIR / "register_kasus_2024-2026.xlsx"
PUBLISHED = REFERENCE_DIR / "uptd_ppa_bontang_published.csv"
PAGES = {
    "id": ("Ringkasan", "Peta cakupan", "Tren", "Profil kelurahan", "Kurang terlayani", "Profesi",
           "Data", "Mutu data", "Metode"),
    "en": ("Overview", "Coverage map", "Trends", "Kelurahan profile", "Underserved", "Professions",
           "Data", "Data quality", "Methods"),
}  # fmt: skip


def headline(page):
    return page.get_by_role("heading", level=1).first.inner_text()


def text_of(page):
    return page.locator('[data-testid="stMain"]').inner_text()


def send(page, *files: Path):
    with page.expect_response(lambda answer: "/upload_file/" in answer.url):
        page.locator('input[type="file"]').first.set_input_files(list(files))
    settle(page, quiet_ms=600)


def serious(page):
    """The rules of axe-core that the page breaks seriously, with the elements."""
    found = Axe().run(page).response["violations"]
    return [
        (rule["id"], [node["target"] for node in rule["nodes"]][:3])
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


def test_a_click_on_the_map_chooses_the_kelurahan_on_every_page(page, dashboard):
    open_page(page, dashboard.url)
    go_to(page, "Peta cakupan")
    lon, lat = PLACES.areas.loc[BELIMBING, ["lon", "lat"]]
    click_on_map(page, lon, lat)
    assert parse_qs(urlsplit(page.url).query)["kelurahan"] == ["Belimbing"]
    go_to(page, "Profil kelurahan")
    assert headline(page).startswith("Belimbing:")


def test_an_address_opens_the_same_view_again(page, browser, dashboard):
    open_page(page, dashboard.url)
    go_to(page, "Peta cakupan")
    choose(page, "Periode", "Semua data")
    before = text_of(page)
    page.reload()
    settle(page)
    assert text_of(page) == before
    other = browser.new_page(viewport={"width": 1366, "height": 768})
    open_page(other, page.url)
    assert headline(other) == headline(page)
    other.close()


def test_a_value_in_the_address_that_does_not_exist_is_passed_over(page, dashboard):
    open_page(page, f"{dashboard.url}/?periode=kapan&masalah=apa&kelurahan=mana&lang=xx")
    assert "kasus dilaporkan" in headline(page)


def test_a_kelurahan_can_be_chosen_with_the_keyboard_alone(page, dashboard):
    open_page(page, dashboard.url)
    page.get_by_label("Kelurahan yang disorot").first.focus()
    page.keyboard.type("Satim")
    page.keyboard.press("Enter")
    settle(page)
    go_to(page, "Profil kelurahan")
    assert headline(page).startswith("Satimpo:")


def test_a_workbook_is_counted_and_nothing_is_saved_before_the_click(page, dashboard):
    open_page(page, dashboard.url)
    go_to(page, "Data")
    send(page, REGISTER)
    assert "Dari 372 baris, 342 dipakai dan 27 bukan data" in text_of(page)
    assert not dashboard.store.exists() or not list(dashboard.store.glob("records/*.json"))
    go_to(page, "Ringkasan")
    assert "DATA CONTOH" in text_of(page)
    go_to(page, "Data")
    send(page, REGISTER)
    page.get_by_role("button", name="Simpan", exact=False).last.click()
    settle(page)
    go_to(page, "Mutu data")
    assert "DATA CONTOH" not in text_of(page)
    assert "dipakai: 342" in text_of(page)


def test_the_published_recap_appears_on_the_map_year_by_year(page, dashboard):
    """The children's cases of 2022 by kelurahan, as the office has published them."""
    open_page(page, dashboard.url)
    go_to(page, "Data")
    send(page, PUBLISHED)
    assert "jumlah yang tertulis adalah 66" in text_of(page)
    page.get_by_role("button", name="Simpan", exact=False).last.click()
    settle(page)
    go_to(page, "Peta cakupan")
    choose(page, "Periode", "2022")
    choose(page, "Indikator pada peta", "Kasus")

    published = {"Loktuan": 10, "Api-Api": 6, "Berbas Tengah": 8, "Tanjung Laut": 7}
    expected = {PLACES.code_for(name): n for name, n in published.items()}
    bars = bars_of(page)
    named = {code: n for code, n in bars.items() if code in PLACES.codes and n and n == n}
    assert named == expected  # a kelurahan that the recap does not name has no number


def choose(page, label, option):
    page.get_by_label(label).first.click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def bars_of(page):
    """The bars beside the map: values by the code of the area."""
    chart = page.locator('[data-testid="stPlotlyChart"]', has=page.locator(".barlayer .point"))
    return chart.first.locator(".js-plotly-plot").evaluate(
        """plot => {
            const bars = plot.calcdata.find(each => each[0].trace.type === 'bar');
            return Object.fromEntries(bars.map((bar, i) => [bars[0].trace.customdata[i], bar.s]));
        }"""
    )


def test_a_picture_is_refused_in_one_sentence(page, dashboard, tmp_path):
    picture = tmp_path / "foto.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    open_page(page, dashboard.url)
    go_to(page, "Data")
    send(page, picture)
    assert "gambar PNG" in page.get_by_role("alert").first.inner_text()


def test_no_page_breaks_a_serious_rule_of_accessibility_on_a_laptop(page, dashboard):
    open_page(page, f"{dashboard.url}/?lang=en")
    for title in PAGES["en"]:
        go_to(page, title)
        assert serious(page) == [], title
        assert headline(page)


def test_all_land_but_the_vast_kelurahan_is_on_the_map_of_a_phone(phone, dashboard):
    open_page(phone, f"{dashboard.url}/peta")
    west, south, east, north = phone.evaluate(
        """() => {
            const plot = document.querySelector('.js-plotly-plot:has(.maplibregl-map)');
            const seen = plot._fullLayout.map._subplot.map.getBounds();
            return [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
        }"""
    )
    vast = PLACES.areas["area_km2"].idxmax()  # half of the city: the rest of it is a drag away
    features = [each for each in PLACES.geojson["features"] if each["id"] != vast]
    polygons = [shape(each["geometry"]).bounds for each in features]
    assert west <= min(bounds[0] for bounds in polygons)
    assert south <= min(bounds[1] for bounds in polygons)
    assert east >= max(bounds[2] for bounds in polygons)
    assert north >= max(bounds[3] for bounds in polygons)


def test_no_page_breaks_a_serious_rule_of_accessibility_on_a_phone(phone, dashboard):
    open_page(phone, dashboard.url)
    for url in ("", "peta", "tren", "profil", "kurang", "profesi", "data", "mutu", "metode"):
        open_page(phone, f"{dashboard.url}/{url}")
        assert serious(phone) == [], url
        wide = phone.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wide, f"{url} scrolls sideways"
