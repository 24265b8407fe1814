"""An office program opens deck and workbook without repair, and no page of them is blank."""

import shutil
import subprocess

import pypdfium2
import pytest

from lk3.reports.deck import write_pptx
from lk3.reports.workbook import write_workbook
from tests.reports_for_tests import sample_report

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine"),
]


def converted(content, folder, suffix):
    """The pages of the file as pictures (arrays of pixels) and texts, made by LibreOffice."""
    source = folder / f"laporan.{suffix}"
    source.write_bytes(content)
    profile = (folder / "profile").as_uri()
    done = subprocess.run(
        [OFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), str(source)],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    file = pypdfium2.PdfDocument((folder / "laporan.pdf").read_bytes())
    pages = [(p.render(scale=0.5).to_numpy(), p.get_textpage().get_text_bounded()) for p in file]
    file.close()
    return pages


def test_the_deck_opens_with_all_its_slides(tmp_path):
    report = sample_report()
    pages = converted(write_pptx(report), tmp_path, "pptx")
    assert len(pages) == len(report.slides)
    for (picture, text), slide in zip(pages, report.slides, strict=True):
        assert (picture < 200).mean() > 0.005, slide.key
        assert slide.headline[:20] in " ".join(text.split()), slide.key


def test_the_workbook_opens_with_all_its_sheets(tmp_path):
    pages = converted(write_workbook(sample_report()), tmp_path, "xlsx")
    assert len(pages) >= 10
    for picture, text in pages:
        assert (picture < 200).mean() > 0.001
        assert "DATA CONTOH" in text
