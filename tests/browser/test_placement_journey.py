"""A planner places people, overrules one, keeps two plans, compares them and takes one along."""

from io import BytesIO
from pathlib import Path

import openpyxl

from tests.browser.harness import go_to, open_page, settle
from tests.browser.test_journeys import headline, serious, text_of


def fill(page, role, name, text):
    field = page.get_by_role(role, name=name)
    field.fill(text)
    field.press("Enter")
    settle(page)


def pick(page, name, text):
    """Choose in a box with the keyboard alone."""
    page.get_by_role("combobox", name=name).focus()
    page.keyboard.type(text)
    settle(page)
    page.keyboard.press("Enter")
    settle(page)


def save(page, name):
    fill(page, "textbox", "Nama skenario", name)
    page.get_by_role("button", name="Simpan skenario").click()
    settle(page)


def test_five_people_are_placed_overruled_saved_compared_and_exported(page, dashboard):
    open_page(page, dashboard.url)
    go_to(page, "Penempatan")
    pick(page, "Di antaranya harus berprofesi", "psikolog")
    page.keyboard.press("Escape")  # the list stays open for a further one
    fill(page, "spinbutton", "Berapa Tenaga profesi psikolog?", "2")
    assert headline(page).startswith("Tenaga profesi psikolog di ")
    assert "3 orang lainnya di " in headline(page)
    save(page, "Menurut aturan")

    pick(page, "Tempat orang ke-1", "Kanaan")
    assert "1. Tenaga profesi psikolog di Kanaan" in text_of(page)
    assert headline(page).startswith("Tenaga profesi psikolog di Kanaan")
    save(page, "Menurut lapangan")
    assert "Skenario “Menurut lapangan” disimpan." in text_of(page)

    pick(page, "dengan", "Menurut lapangan")
    assert "“Menurut aturan” menyisakan kekurangan terbesar" in text_of(page)
    settle(page, quiet_ms=800)  # the note on saving fades out, and what fades has no contrast
    assert serious(page) == []

    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh Excel").first.click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    cells = [[cell for cell in row if cell] for row in book.active.iter_rows(values_only=True)]
    said = "\n".join(str(row[0]) for row in cells if row)
    assert "DATA CONTOH" in said
    assert "Aturan: Kekurangan terbesar." in said
    (head,) = [i for i, row in enumerate(cells) if row[:1] == ["Perubahan"]]
    assert cells[head + 1][1:3] == ["Tenaga profesi psikolog", "Kanaan"]
    assert cells[head + 1][4] == "perencana"
    assert len(cells) == head + 1 + 5
