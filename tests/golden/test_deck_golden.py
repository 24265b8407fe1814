"""All text of the deck of the sample, slide by slide, as it was last read by a person.

The committed texts are `deck_id.txt` and `deck_en.txt`. After a wanted change write them anew,
and read the difference before it is committed:

    python -m tests.golden.test_deck_golden
"""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from lk3 import language
from lk3.reports.deck import write_pptx
from tests.reports_for_tests import sample_report

FOLDER = Path(__file__).parent
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def deck_text(spoken: str) -> str:
    """Every paragraph, chart text and note of the public deck, in the order of the file."""
    with language.speaking(spoken):
        content = write_pptx(sample_report(audience="public"))
    with ZipFile(BytesIO(content)) as deck:
        said = []
        for number in range(1, 1 + sum(bool(_number(name)) for name in deck.namelist())):
            said += [f"=== {number}", *_said(deck, f"ppt/slides/slide{number}.xml")]
            for part in _related(deck, number):
                said += [f"--- {_kind(part)}", *_said(deck, part)]
    return "\n".join(said) + "\n"


def _number(name: str) -> int:
    found = re.fullmatch(r"ppt/slides/slide(\d+)\.xml", name)
    return int(found[1]) if found else 0


def _related(deck: ZipFile, number: int) -> list[str]:
    """The charts of a slide in the order of its relations, then its notes."""
    relations = etree.fromstring(deck.read(f"ppt/slides/_rels/slide{number}.xml.rels"))
    targets = [each.get("Target").removeprefix("..") for each in relations]
    charts = [f"ppt{t}" for t in targets if re.match(r"/charts/chart", t)]
    return charts + [f"ppt{t}" for t in targets if t.startswith("/notesSlides/")]


def _kind(part: str) -> str:
    return "chart" if "/charts/" in part else "notes"


def _said(deck: ZipFile, part: str) -> list[str]:
    root = etree.fromstring(deck.read(part))
    paragraphs = ("".join(p.itertext(f"{_A}t")).strip() for p in root.iter(f"{_A}p"))
    values = (each.text or "" for each in root.iter(f"{_C}v"))
    return [text for text in (*paragraphs, *values) if text]


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_the_deck_says_what_it_said_when_it_was_last_read(spoken):
    expected = (FOLDER / f"deck_{spoken}.txt").read_text(encoding="utf-8")

    assert deck_text(spoken).splitlines() == expected.splitlines()


def test_both_decks_say_as_much_slide_by_slide():
    """A text that is missing in one language would show here; the words themselves differ."""
    counts = []
    for spoken in language.LANGUAGES:
        slides = (FOLDER / f"deck_{spoken}.txt").read_text(encoding="utf-8").split("=== ")
        counts.append([len(slide.splitlines()) for slide in slides])

    assert counts[0] == counts[1]


if __name__ == "__main__":
    for each in language.LANGUAGES:
        (FOLDER / f"deck_{each}.txt").write_text(deck_text(each), encoding="utf-8")
