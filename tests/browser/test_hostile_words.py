"""Words that try to be more than words: in names of files, sources, scenarios and who saved them,
in a note and in a decision.

On the page they are letters: no element of theirs, no request, no script.
"""

from datetime import date

import pytest

from lk3.counts import Filter
from lk3.decisions import Decision, keep_decision
from lk3.indicators import placement_scenarios as scenarios
from lk3.indicators.annotations import Annotation, keep_annotation
from lk3.indicators.placement import Change
from lk3.indicators.placement_rules import RULES
from lk3.reports.slides import SLIDES
from lk3.store import Store
from tests.app.boards import PLACES, register
from tests.browser.harness import (
    LAPTOP,
    Traffic,
    all_text,
    new_page,
    open_page,
    running_dashboard,
    settle,
)
from tests.workbooks import check

OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"
HOSTILE = (
    "![p](http://evil.example/a.png) [klik](http://evil.example) <img src=x onerror=evil()> "
    f":material/delete: $x^2$ **tebal** {OVERRIDE}12 kasus"
)
NAME = "[klik](javascript:evil()) <img src=x onerror=evil()> $x^2$ **tebal**.csv"
PLANTED = """() => ({
    links: [...document.querySelectorAll('a')].filter(
        (a) => /evil|javascript/.test(a.getAttribute('href') ?? '')).length,
    images: [...document.querySelectorAll('img')].filter(
        (i) => /evil|^x$/.test(i.getAttribute('src') ?? '')).length,
    formulas: document.querySelectorAll('.katex').length,
    bold: [...document.querySelectorAll('strong, b')].filter(
        (b) => b.textContent === 'tebal').length,
    handlers: document.querySelectorAll('[onerror]').length,
})"""
NOTHING = {"links": 0, "images": 0, "formulas": 0, "bold": 0, "handlers": 0}


@pytest.fixture(scope="module")
def planted_board(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    store = Store(folder / "store")
    checked = check(register(*map(PLACES.label, PLACES.codes)), "register.csv")
    accounting = checked.accounting() | {"file": HOSTILE}
    store.save(HOSTILE, checked.tables, accounting=accounting, user=HOSTILE)
    keep_annotation(store.notes, Annotation(date(2025, 3, 4), HOSTILE[:119]))
    keep_decision(store.notes, Decision(text=HOSTILE, office="**tebal** $x^2$", until="2025-01-01"))
    plant_scenario(store)
    with running_dashboard(folder) as board:
        yield board


def plant_scenario(store):
    """One whose name was not cleaned when it was saved, as an older store may hold it."""
    plan = (Change("add", "psikolog", PLACES.codes[0]),)
    tame = scenarios.Scenario("Uji", plan, RULES[0], (), Filter(), version=1)
    number = scenarios.save_scenario(store.notes, tame)
    (note,) = store.notes.all(scenarios.TOPIC)
    store.notes.put(scenarios.TOPIC, {**note.body, "name": HOSTILE}, id=number, user=HOSTILE)


def test_planted_words_are_letters_on_every_page_that_shows_them(planted_board, browser):
    traffic = Traffic()
    page = new_page(browser, LAPTOP, traffic)
    decided = 1 + list(SLIDES).index("decisions")
    shown = ("tren", "penempatan", "tindak-lanjut", "data", "ekspor")
    for path in (*shown, f"rapat?salindia={decided}"):
        open_page(page, f"{planted_board.url}/{path}")
        assert "evil.example" in all_text(page), path  # else nothing was looked at
        assert page.evaluate(PLANTED) == NOTHING, path
        assert OVERRIDE not in page.inner_text("body"), path
    assert traffic.abroad() == []
    assert traffic.errors == []
    page.context.close()


def test_the_name_of_a_file_that_is_handed_in_is_letters(planted_board, browser):
    traffic = Traffic()
    page = new_page(browser, LAPTOP, traffic)
    open_page(page, f"{planted_board.url}/data")
    content = register(PLACES.label(PLACES.codes[1]))
    page.locator('input[type="file"]').first.set_input_files(
        {"name": NAME, "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_text("javascript").first.wait_for()
    settle(page)

    assert page.evaluate(PLANTED) == NOTHING
    assert traffic.abroad() == []
    page.context.close()
