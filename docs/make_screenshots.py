"""Make the pictures of the README from the running dashboard: `python3 run.py screenshots`.

A real server with an empty store shows the synthetic sample; the browser of the tests takes the
pictures. They are small, because every clone of the repository carries them.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.harness import (  # noqa: E402  the folder above has to be known first
    LAPTOP,
    Traffic,
    go_to,
    launch_browser,
    new_page,
    open_page,
    running_dashboard,
    settle,
)

IMAGES = ROOT / "docs" / "images"
PICTURES = {
    "ringkasan": "Ringkasan",
    "peta": "Peta cakupan",
    "kurang": "Kurang terlayani",
}
WORKBOOK = ROOT / "data" / "sample" / "register_kasus_2024-2026.xlsx"


def main() -> None:
    """Write every picture anew."""
    IMAGES.mkdir(exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        running_dashboard(Path(folder)) as board,
        sync_playwright() as playwright,
    ):
        browser = launch_browser(playwright)
        page = new_page(browser, LAPTOP, Traffic())
        open_page(page, board.url)
        for name, title in PICTURES.items():
            go_to(page, title)
            take(page, name)
        go_to(page, "Data")
        page.locator('input[type="file"]').first.set_input_files(WORKBOOK)
        settle(page)
        take(page, "data")
        browser.close()


def take(page: Page, name: str) -> None:
    """One picture of what a laptop shows, without the mouse hovering over anything."""
    page.mouse.move(0, 0)
    settle(page, quiet_ms=1000)  # maps fade in
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
