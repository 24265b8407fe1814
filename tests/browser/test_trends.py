"""Somebody writes a remark beside the trend, by keyboard, and sees its number on the chart."""

from axe_playwright_python.sync_playwright import Axe

from tests.browser.harness import go_to, open_page, settle


def marks(page):
    """The signs that stand over the large chart."""
    chart = page.locator(".js-plotly-plot").first
    return chart.locator(".annotation-text-g").all_text_contents()


def test_a_remark_written_by_keyboard_stands_on_the_chart(page, dashboard):
    open_page(page, dashboard.url)
    go_to(page, "Tren")
    assert "1" not in marks(page)

    page.locator("summary", has_text="Tambah catatan").press("Enter")
    field = page.get_by_label("Apa yang terjadi (paling panjang 120 huruf)")
    field.fill("Sosialisasi di 15 kelurahan")
    page.get_by_role("button", name="Simpan catatan").press("Enter")
    settle(page)

    assert page.get_by_text("Sosialisasi di 15 kelurahan", exact=False).first.is_visible()
    assert "1" in marks(page)
    serious = [
        rule["id"]
        for rule in Axe().run(page).response["violations"]
        if rule["impact"] in ("serious", "critical")
    ]
    assert serious == []
