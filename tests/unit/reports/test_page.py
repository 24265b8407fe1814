"""The HTML file: complete in itself, escaped, and closed to every other host."""

import re
from html.parser import HTMLParser

import pytest

from lk3.reports.page import write_html
from tests.reports_for_tests import HOSTILE, sample_report, wordy_report


class Parsed(HTMLParser):
    """Tags with their attributes, and the text outside scripts and styles."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self._quiet = [], [], 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._quiet += tag in ("script", "style")

    def handle_endtag(self, tag):
        self._quiet -= tag in ("script", "style")

    def handle_data(self, data):
        if not self._quiet:
            self.text.append(data.strip())


@pytest.fixture(scope="module")
def report():
    return sample_report()


@pytest.fixture(scope="module")
def parsed(report):
    return Parsed(write_html(report).decode("utf-8"))


def test_nothing_is_loaded_from_anywhere(parsed):
    for tag, attrs in parsed.tags:
        assert "src" not in attrs, tag
        assert tag != "link"
        if tag == "a" and "href" in attrs:
            assert attrs["href"].startswith("#")


def test_the_policy_forbids_every_request(parsed):
    policy = next(a["content"] for t, a in parsed.tags if a.get("http-equiv"))
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy


def test_each_slide_is_a_section_with_its_headline(report, parsed):
    headlines = [slide.headline for slide in report.slides if slide.key != "title"]
    assert [t for t, _a in parsed.tags].count("section") == len(headlines)
    for headline in headlines:
        assert headline in parsed.text


def test_figures_are_described_and_have_a_table_behind(parsed):
    figures = [a for t, a in parsed.tags if a.get("role") == "img"]
    assert len(figures) == 6
    assert all(a["aria-label"] for a in figures)
    assert [t for t, _a in parsed.tags].count("table") >= len(figures) // 2


def test_the_sample_is_marked_on_top(parsed):
    assert "DATA CONTOH" in parsed.text


def test_hostile_words_are_shown_and_never_run():
    text = write_html(wordy_report(HOSTILE)).decode("utf-8")
    body = text[text.rindex("</style>") :]
    outside = re.sub(r"<script[^>]*>.*?</script>", "", body, flags=re.DOTALL)
    assert "<script>alert(1)" not in outside
    assert "<b>" not in outside
    parsed = Parsed(text)
    for word in ("<script>alert(1)</script>", "{{ 7 * 7 }}", '#panic("x")'):
        assert any(word in each for each in parsed.text), word
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", body, flags=re.DOTALL)
    assert not any("alert(1)<" in script for script in scripts)


def test_the_language_of_the_file_is_that_of_the_report(parsed):
    assert dict(parsed.tags)["html"]["lang"] == "id"
