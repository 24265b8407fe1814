"""What is hidden from the public is in no part of any file: not in a chart's workbook, not in the
numbers behind an HTML chart, not in a note.

Every count of the data here is a number that occurs nowhere else, so a hidden one can be looked
for as text; that the shown ones are found proves that the reader reads.
"""

import base64
import json
import re
from datetime import date
from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import numpy as np
import pypdfium2
import pytest
from openpyxl import load_workbook
from plotly.offline import get_plotlyjs

from lk3 import tables
from lk3.cli.results import indicators_json
from lk3.counts import Filter, Period
from lk3.dataset import Dataset
from lk3.disclosure import release
from lk3.indicators import Context, compute_all
from lk3.reports import write_report
from lk3.reports.document import card_text
from lk3.reports.material import Choice
from lk3.reports.slides import build_report
from tests.tables_for_tests import PLACES, case_table, member_table, same_population

YEAR = Filter(Period.year(2023))
CODES = PLACES.codes
# By kelurahan: one of 3, so that the smallest of the others goes with it; all far apart.
COUNTS = {code: 6113 + 37 * place for place, code in enumerate(CODES)} | {CODES[4]: 3}
DAYS = ("2023-02-15", "2023-05-15", "2023-08-15", "2023-11-15")


@lru_cache(maxsize=1)
def data() -> Dataset:
    """A year of cases, a quarter of each kelurahan's in each quarter; 3 of them long closed."""
    rows = [
        {"kelurahan_code": code, "cases": int(n), "reported_on": day}
        for code, total in COUNTS.items()
        for day, n in zip(DAYS, np.diff(np.linspace(0, total, 5).astype(int)), strict=True)
        if n
    ]
    rows[0]["closed_on"] = "2023-03-01"
    held = tables.Tables(
        case_table(*rows),
        member_table({"member_id": "1"}),
        same_population(year=2023),
        tables.FINDINGS.empty(),
    )
    return Dataset(held, 7, False, (), date(2023, 12, 31))


@lru_cache(maxsize=1)
def report():
    return build_report(data(), PLACES, Choice(YEAR, audience="public", prepared_on=DAY))


DAY = date(2024, 1, 2)


@lru_cache(maxsize=1)
def hidden_and_shown():
    """Counts of kelurahan that the public may not see, and those that it may."""
    rows = report().slide("map").blocks[1].measure.loc[CODES, "value"]
    hidden = {COUNTS[code] for code in CODES if np.isnan(rows[code])}
    return hidden - {3}, set(COUNTS.values()) - hidden


def texts_in(content: bytes) -> str:
    """All text of a file and of the files inside it; numbers packed for charts written out; of a
    page without the library that draws it, which is full of numbers.
    """
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            return " ".join(texts_in(archive.read(name)) for name in archive.namelist())
    if content.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(content)
        return " ".join(page.get_textpage().get_text_bounded() for page in pages)
    text = content.decode("utf-8", errors="ignore").replace(get_plotlyjs(), "")
    packed = re.findall(r'"dtype":\s*"(\w+)",\s*"bdata":\s*"([^"]+)"', text)
    numbers = [
        np.frombuffer(base64.b64decode(json.loads(f'"{data}"')), dtype=kind)
        for kind, data in packed
    ]
    return " ".join([text, *(str(value) for each in numbers for value in each.tolist())])


def numbers_in(content: bytes) -> set[int]:
    """The whole parts of all numbers of four digits, however they are written."""
    plain = re.sub(r"(?<=\d)[.,](?=\d{3}(?!\d))", "", texts_in(content))
    return {int(found) for found in re.findall(r"(?<![\d.#])\d{4}(?!\d)", plain)}


def test_one_large_count_is_hidden_with_the_small_one_here():
    hidden, shown = hidden_and_shown()
    assert len(hidden) == 1
    assert len(shown) == 13


@pytest.mark.parametrize("format", ["pptx", "xlsx", "html", "pdf"])
def test_no_hidden_count_is_in_any_part_of_a_file(format):
    hidden, shown = hidden_and_shown()
    found = numbers_in(write_report(report(), format))
    assert len(found & shown) >= 13, "the reader does not read"
    assert found & hidden == set()


def test_no_hidden_count_is_in_the_text_of_the_card_or_in_the_numbers_of_the_command_line():
    hidden, shown = hidden_and_shown()
    assert numbers_in(card_text(report()).encode()) & hidden == set()
    context = Context(data().tables, YEAR, PLACES, data().as_of)
    released = release(compute_all(context), audience="public", context=context)
    told = indicators_json(released, PLACES, data(), period=YEAR.period)
    found = numbers_in(json.dumps(told).encode())
    assert found >= shown
    assert found & hidden == set()
    assert told["kelurahan"][CODES[4]]["cases"]["n"] is None


def test_one_hidden_count_in_the_workbook_of_a_chart_would_be_found():
    hidden, _shown = hidden_and_shown()
    leaked = planted(write_report(report(), "pptx"), next(iter(hidden)))
    assert numbers_in(leaked) & hidden == hidden


def planted(deck: bytes, value: int) -> bytes:
    """The deck with a number more in the workbook behind its first chart."""
    target, done = BytesIO(), False
    with ZipFile(BytesIO(deck)) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("ppt/embeddings/") and not done:
                book, changed, done = load_workbook(BytesIO(content)), BytesIO(), True
                book.active.cell(60, 9, value)
                book.save(changed)
                content = changed.getvalue()
            new.writestr(name, content)
    assert done, "no chart has a workbook"
    return target.getvalue()
