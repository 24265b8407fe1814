"""The way of a workbook in a real browser: asked about, compared, saved, corrected, restored."""

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from lk3.store import open_store
from tests.browser.harness import WAIT_MS, go_to, open_page, settle
from tests.browser.test_journeys import serious

HEADER = ["No", "No. Register", "Tgl Pengaduan", "Nama Klien", "Kelurahan", "Jenis Masalah",
          "L/P", "Umur", "Status"]  # fmt: skip
UNKNOWN = "Berbas Lestari"


def case(number, day, kelurahan, status="Baru"):
    name = f"Klien Uji {number}"
    return [number, f"{number:03d}/2025", day, name, kelurahan, "KDRT", "P", 30, status]


FIRST = [
    case(1, "14/01/2025", "Loktuan"),
    case(2, "15/01/2025", UNKNOWN),
    case(3, "16/01/2025", UNKNOWN),
    case(4, "20/01/2025", "Kel. Guntung"),
]
# one case more, one with another status, one that is not there any longer
CORRECTED = [
    case(1, "14/01/2025", "Loktuan", "Selesai"),
    *FIRST[1:3],
    case(5, "21/02/2025", "Satimpo"),
]


@pytest.fixture
def workbook(tmp_path):
    """A register as an office writes it, with what stands above and below the table."""

    def write(rows, folder):
        book = Workbook()
        sheet = book.active
        sheet.title = "Register"
        above = [["PEMERINTAH KOTA"], ["REGISTER KASUS LK3"], [], HEADER]
        below = [["", "", "", "JUMLAH", len(rows)], [], ["", "", "", "", "Mengetahui,"]]
        for line in (*above, *rows, *below):
            sheet.append(line)
        path = tmp_path / folder / "Register LK3.xlsx"
        path.parent.mkdir()
        book.save(path)
        return path

    return write


def send(page, path):
    page.locator('input[type="file"]').first.set_input_files(path)
    settle(page)


def click(page, name, *, exact=False):
    page.get_by_role("button", name=name, exact=exact).last.click()
    settle(page)


def expect_step(page, name):
    """A file is checked beside the page, so that its step may come a while after it was sent."""
    expect(page.locator('ol.langkah [aria-current="step"]')).to_contain_text(name, timeout=WAIT_MS)
    settle(page)


def expect_text(page, words):
    expect(page.locator('[data-testid="stMain"]')).to_contain_text(words, timeout=WAIT_MS)


def cases_held(dashboard):
    cases = open_store(str(dashboard.store)).load().cases
    return cases["cases"].sum(), set(cases["status"])


def test_a_workbook_is_asked_about_compared_saved_corrected_and_restored(page, dashboard, workbook):
    open_page(page, dashboard.url)
    go_to(page, "Data")
    send(page, workbook(FIRST, "a"))
    expect_step(page, "Yang perlu dijawab")
    assert serious(page) == []

    # answered with the keyboard; what it would change is shown before it is given
    page.get_by_placeholder("Pilih jawaban").focus()
    page.keyboard.type("saran")
    page.get_by_role("option").first.wait_for()  # the list opens late on a busy machine
    page.keyboard.press("Enter")
    settle(page)
    expect_text(page, "baris dipakai 2 → 4, disisihkan 2 → 0")
    click(page, "Jawab", exact=True)
    expect_text(page, "Diingat")
    expect_step(page, "Simpan")
    expect_text(page, "Kasus: 4 baru; yang tersimpan 0 menjadi 4.")
    assert open_store(str(dashboard.store)).latest() is None

    click(page, "Simpan 1 berkas")
    expect_text(page, "tersimpan sebagai versi 1")
    assert cases_held(dashboard)[0] == 4

    # the corrected workbook: nobody asks again, and what would be gone needs a tick
    send(page, workbook(CORRECTED, "b"))
    expect_step(page, "Yang berubah")
    expect_text(page, "Kasus: 1 baru, 1 berubah, 1 hilang; yang tersimpan 4 menjadi 4.")
    expect_text(page, "Guntung Jan 2025 (1)")
    assert page.get_by_role("button", name="Simpan 1 berkas").is_disabled()
    assert serious(page) == []
    page.get_by_text("Ya, 1 kasus itu memang harus hilang").click()
    settle(page)
    click(page, "Simpan 1 berkas")
    assert cases_held(dashboard) == (4, {"baru", "selesai"})

    # back to the first version, after a look at what that changes
    click(page, "Lihat perubahannya")
    expect_text(page, "Yang akan hilang dari dasbor: Satimpo Feb 2025 (1).")
    assert serious(page) == []
    click(page, "Ya, pulihkan")
    assert cases_held(dashboard) == (4, {"baru"})
