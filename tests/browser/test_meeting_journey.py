"""A meeting held from the browser: by keyboard through the slides, a kelurahan, a decision."""

import re
from io import BytesIO
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from axe_playwright_python.sync_playwright import Axe

from lk3.places import load_places
from lk3.reports.slides import SLIDES
from tests.browser.harness import PROJECTOR, open_page, settle

SMALL = {"width": 1024, "height": 768}
LAST = len(SLIDES)
PLACES = load_places()
NAME, CODE = "Guntung", "64.74.01.1004"
# Whether anything can be scrolled, stands outside the screen, or is cut at the edge of its chart.
CUT = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    const slide = document.querySelector('.st-key-salindia') || main;
    const edge = document.querySelector('.st-key-kendali').getBoundingClientRect();
    const said = [];
    for (const each of [main, slide])
        if (each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1)
            said.push('scrolls ' + each.className);
    if (edge.bottom > innerHeight || edge.bottom < innerHeight - 40 || edge.right > innerWidth)
        said.push('controls not at the lower edge: ' + edge.bottom);
    for (const text of slide.querySelectorAll('.js-plotly-plot .main-svg text')) {
        const own = text.getBoundingClientRect();
        const plot = text.closest('.js-plotly-plot').getBoundingClientRect();
        if (own.width && (own.left < plot.left - 1 || own.right > plot.right + 1
                          || own.top < plot.top - 1 || own.bottom > plot.bottom + 1))
            said.push('cut: ' + text.textContent);
    }
    return said;
}"""


def place(page):
    """The slide that the address names."""
    return int(parse_qs(urlsplit(page.url).query)["salindia"][0])


def headline(page):
    return page.locator(".st-key-rapat h1").inner_text()


def press(page, key, *, to=None):
    """Press a key and wait for the slide `to`."""
    page.keyboard.press(key)
    if to is not None:
        page.wait_for_function(
            "n => document.querySelector('.st-key-kendali')?.innerText.includes(`${n} dari `)",
            arg=to,
        )
    settle(page)


def nothing_is_cut(page):
    """A figure is fitted to its place a moment after it is drawn."""
    page.wait_for_function(f"() => ({CUT})().length === 0")


def open_meeting(page, dashboard, slide="1"):
    open_page(page, dashboard.url)
    open_page(page, f"{dashboard.url}/rapat?salindia={slide}")


def test_arrow_keys_lead_through_all_slides_and_nothing_is_cut(page, dashboard):
    page.set_viewport_size(SMALL)
    open_meeting(page, dashboard)
    seen = [headline(page)]
    for number in range(2, LAST + 1):
        press(page, "ArrowRight", to=number)
        assert place(page) == number
        nothing_is_cut(page)
        seen.append(headline(page))
    assert len(set(seen)) == LAST

    page.set_viewport_size(PROJECTOR)
    settle(page, quiet_ms=700)
    for number in range(LAST - 1, 0, -1):
        press(page, "ArrowLeft", to=number)
        nothing_is_cut(page)
        assert headline(page) == seen[number - 1]


def test_remote_home_end_and_escape(page, dashboard):
    open_meeting(page, dashboard)
    for key, number in (("End", LAST), ("PageUp", LAST - 1), ("PageDown", LAST), ("Home", 1)):
        press(page, key, to=number)
        assert place(page) == number

    page.get_by_role("button", name="Untuk umum: ya").click()
    settle(page)
    assert "untuk kalangan sendiri" in page.locator(".st-key-rapat").inner_text()
    press(page, "ArrowRight", to=2)  # although the button has the focus
    assert place(page) == 2

    press(page, "Escape")
    page.locator('[data-testid="stSidebar"]').wait_for(state="visible")
    settle(page)
    assert urlsplit(page.url).path in ("/", "/ringkasan")


@pytest.mark.parametrize(("written", "opened"), [("99", LAST), ("empat", 1)])
def test_an_address_opens_its_slide_and_nonsense_the_nearest(page, dashboard, written, opened):
    open_meeting(page, dashboard, written)

    assert f"{opened} dari {LAST}" in page.locator(".st-key-kendali").inner_text()


def test_a_clicked_kelurahan_is_marked_on_map_and_bars_and_keys_still_move(page, dashboard):
    open_meeting(page, dashboard, "5")
    bar = page.locator(".st-key-rapat_coverage_1")
    names = bar.locator(".ytick text")
    box = names.filter(has_text=NAME).first.bounding_box()
    plot = bar.locator(".nsewdrag").first.bounding_box()

    page.mouse.move(plot["x"] + 20, box["y"] + box["height"] / 2)
    page.wait_for_timeout(100)
    page.mouse.click(plot["x"] + 21, box["y"] + box["height"] / 2)
    page.wait_for_function(
        "() => [...document.querySelectorAll('.st-key-rapat_coverage_1 .ytick text')]"
        ".some(each => getComputedStyle(each.querySelector('tspan') || each).fontWeight >= 600)"
    )
    settle(page)

    bold = names.evaluate_all(
        "all => all.filter(t => getComputedStyle(t.querySelector('tspan') || t).fontWeight >= 600)"
        ".map(t => t.textContent)"
    )
    assert bold == [NAME]
    lines = page.locator(".st-key-rapat_coverage_0 .scatterlayer .js-line")
    widths = lines.evaluate_all("all => all.map(t => parseFloat(t.style.strokeWidth))")
    assert sum(width > 3 for width in widths) == 1, "the outline of one kelurahan"

    press(page, "ArrowRight", to=6)
    assert place(page) == 6


def test_a_decision_is_on_its_slide_at_once_on_its_page_and_in_the_deck(page, dashboard):
    open_meeting(page, dashboard, "6")
    page.get_by_role("button", name="Catat keputusan").click()
    page.get_by_label("Apa yang diputuskan").fill("Tambah psikolog di Kelurahan Uji")
    page.get_by_label("Penanggung jawab (perangkat)").fill("Dinas Uji")
    page.get_by_label("Penanggung jawab (perangkat)").press("Tab")
    settle(page)
    page.get_by_role("button", name="Simpan keputusan").click()
    settle(page)
    page.keyboard.press("Escape")  # closes the form, or leaves: so the slide is opened by address
    open_page(page, f"{dashboard.url}/rapat?salindia={1 + list(SLIDES).index('decisions')}")
    assert headline(page).startswith("1 dari 1 keputusan belum selesai")
    shown = page.locator(".st-key-salindia").inner_text()
    assert "Tambah psikolog di Kelurahan Uji" in shown
    assert "Dinas Uji" in shown
    serious = [rule for rule in Axe().run(page).response["violations"]
               if rule["impact"] in ("serious", "critical")]  # fmt: skip
    assert [node["html"] for rule in serious for node in rule["nodes"]] == []

    open_page(page, f"{dashboard.url}/tindak-lanjut")
    page.get_by_role("link", name="Buka salindia Kurang terlayani").click()
    page.wait_for_url(re.compile(r"salindia=6\b"))
    settle(page)

    open_page(page, f"{dashboard.url}/ekspor")
    with page.expect_download() as download:
        page.get_by_role("button", name="PowerPoint").click()
    assert re.fullmatch(r"laporan_[\w–-]+_publik\.pptx", download.value.suggested_filename)
    with ZipFile(BytesIO(download.value.path().read_bytes())) as deck:
        names = [name for name in deck.namelist() if name.startswith("ppt/slides/slide")]
        assert any("Tambah psikolog di Kelurahan Uji" in deck.read(n).decode() for n in names)
