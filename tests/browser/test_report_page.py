"""The HTML report opened from a disk: it asks nobody, meets no error, and can be read by all."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from lk3.reports.page import write_html
from tests.browser.harness import LAPTOP, Traffic, new_page
from tests.reports_for_tests import sample_report, wordy_report


@pytest.fixture(scope="module", params=["internal", "public"])
def file(tmp_path_factory, request):
    target = tmp_path_factory.mktemp("laporan") / "laporan.html"
    target.write_bytes(write_html(sample_report(audience=request.param)))
    return target


@pytest.fixture
def opened(browser, file):
    """The file in a fresh page, and what it asked for and met."""
    traffic = Traffic()
    page = new_page(browser, LAPTOP, traffic)
    page.goto(file.as_uri())
    yield page, traffic
    page.context.close()


def test_the_file_is_drawn_without_asking_anybody_and_passes_axe(opened, file):
    page, traffic = opened
    page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot').length >= 6")

    assert traffic.abroad() == [file.as_uri()]
    assert traffic.errors == []
    drawn = page.locator(".js-plotly-plot .main-svg").count()
    assert drawn >= 6
    serious = [rule for rule in Axe().run(page).response["violations"]
               if rule["impact"] in ("serious", "critical")]  # fmt: skip
    assert serious == []


def test_figures_side_by_side_keep_to_their_places(opened):
    """Each is drawn when the browser reads it, before it has read what will stand beside it."""
    page, _traffic = opened
    page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot').length >= 6")
    pairs = page.evaluate(
        "[...document.querySelectorAll('.pair > div')].map((place) => "
        "[place.clientWidth, place.querySelector('.main-svg').clientWidth])"
    )
    assert len(pairs) >= 4
    assert [drawn for place, drawn in pairs if drawn > place] == []
    assert max(place for place, _drawn in pairs) < LAPTOP["width"] / 2


def test_a_word_that_no_line_holds_does_not_widen_the_page(browser, tmp_path):
    target = tmp_path / "laporan.html"
    target.write_bytes(write_html(wordy_report(("X" * 300,))))
    page = new_page(browser, LAPTOP, Traffic())
    page.goto(target.as_uri())
    assert "X" * 300 in page.inner_text("h2")
    assert page.evaluate("document.documentElement.scrollWidth") <= LAPTOP["width"]
    page.context.close()


def test_contents_lead_to_their_sections_by_keyboard(opened):
    page, _traffic = opened
    links = page.locator("nav a")
    assert links.count() >= 10
    links.nth(3).focus()
    page.keyboard.press("Enter")

    target = links.nth(3).get_attribute("href").removeprefix("#")
    assert page.url.endswith(f"#{target}")
    assert page.locator(f"#{target}").count() == 1
