"""The PDF and the picture, opened again by another library than the one that made them."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from lk3.language import number
from lk3.places import load_places
from lk3.reports.content import AreaBars
from lk3.reports.document import card_text, write_card, write_pdf
from tests.reports_for_tests import HOSTILE, sample_report, wordy_report


@pytest.fixture(scope="module")
def report():
    return sample_report()


def texts_of(content):
    """The text of each page, blanks and line breaks made one."""
    file = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in file]
    finally:
        file.close()


@pytest.fixture(scope="module")
def pages(report):
    return texts_of(write_pdf(report))


def test_the_pdf_holds_every_headline(report, pages):
    said = squeezed(" ".join(pages))
    for slide in report.slides:
        if slide.key != "title":
            assert squeezed(slide.headline) in said


def squeezed(text):
    """Without blanks and hyphens, which a typesetter may add at the end of a line."""
    return re.sub(r"[\s\x00-\x1f\u00ad\ufffe-]", "", text)


def test_the_pdf_holds_the_numbers_of_the_indicators(report, pages):
    measure = next(b for b in report.slide("map").blocks if isinstance(b, AreaBars)).measure
    page = next(p for p in pages if "per 10.000 penduduk per tahun" in p)
    for code in load_places().codes:
        assert number(measure.loc[code, "value"], 1) in page


def test_each_page_has_its_number_the_footer_and_the_mark_of_the_sample(report, pages):
    for place, page in enumerate(pages, start=1):
        assert f"{place} / {len(pages)}" in page
        assert squeezed(report.footer) in squeezed(page)
        assert "DATA CONTOH" in page


def test_the_last_page_has_a_place_for_the_signature(report):
    signed = replace(report, signed_by="Pejabat Uji", position="Kepala Dinas Sosial")
    last = texts_of(write_pdf(signed))[-1]
    assert "Bontang, 24 November 2026" in last
    assert "Kepala Dinas Sosial" in last
    assert "Pejabat Uji" in last


def test_charts_and_map_are_vectors(report):
    file = pypdfium2.PdfDocument(write_pdf(report))
    kinds = [each.type for page in file for each in page.get_objects(max_depth=6)]
    file.close()
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_PATH) > 100


def test_hostile_words_are_typeset_as_they_are():
    said = squeezed(" ".join(texts_of(write_pdf(wordy_report(HOSTILE)))))
    for word in HOSTILE:
        assert squeezed(word.replace("\x0b", "")) in said, word


def test_the_picture_has_the_size_that_fits_a_telephone(report):
    content = write_card(report)
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(content[16:20]) == 1080
    assert int.from_bytes(content[20:24]) == 1350


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_the_text_for_the_picture_holds_the_same_sentences_and_numbers(audience):
    report = sample_report(audience=audience)
    said = card_text(report)
    assert said.startswith("DATA CONTOH\n")
    assert report.slide("summary").headline in said
    assert report.slide("map").headline in said
    assert report.footer in said
    write_card(report)


def test_a_picture_needs_summary_and_map():
    with pytest.raises(KeyError, match="map"):
        write_card(sample_report(slides=("summary",)))
