import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from lk3 import language
from lk3.language import LOCALE_DIR, N_, _, long_date, month, ngettext, number, percent, signed
from lk3.settings import ROOT

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
Message = str | tuple[str, ...]


def source_files() -> list[Path]:
    folders = (ROOT / "lk3", ROOT / "pages")
    scripts = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    return [path for path in (ROOT / "dashboard.py", *scripts) if path.is_file()]


def texts_in_the_code() -> Iterator[tuple[str, Message]]:
    for path in source_files():
        for line, message, _comments, _context in extract_from_file("python", path, KEYWORDS):
            yield f"{path.relative_to(ROOT)}:{line}", message


def first(message: Message) -> str:
    return message if isinstance(message, str) else message[0]


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (LOCALE_DIR / "en.po").open("rb") as source:
        return read_po(source, locale="en")


def test_every_text_in_the_code_has_an_english_translation(english):
    missing = {
        f"{where} {first(message)}"
        for where, message in texts_in_the_code()
        if first(message) not in english or not all_strings(english[first(message)].string)
    }
    assert missing == set()


def test_nothing_is_translated_that_the_code_no_longer_says(english):
    said = {first(message) for _where, message in texts_in_the_code()}
    assert {first(entry.id) for entry in english if entry.id} - said == set()


def test_no_entry_is_marked_doubtful_or_obsolete(english):
    assert [entry.id for entry in english if entry.id and entry.fuzzy] == []
    assert list(english.obsolete) == []


def test_an_entry_stands_once():
    text = (LOCALE_DIR / "en.po").read_text(encoding="utf-8")
    written = re.findall(r"^msgid (.+(?:\n\".*\")*)", text, flags=re.MULTILINE)
    assert sorted(entry for entry in set(written) if written.count(entry) > 1) == []


def test_placeholders_are_the_same_in_both_languages(english):
    for entry in english:
        if entry.id:
            wanted = set(PLACEHOLDER.findall(first(entry.id)))
            for text in all_strings(entry.string):
                assert set(PLACEHOLDER.findall(text)) == wanted, entry.id


def test_plurals_of_the_code_have_both_english_forms(english):
    for where, message in texts_in_the_code():
        if not isinstance(message, str) and first(message) in english:
            assert len(all_strings(english[first(message)].string)) == 2, where


def test_no_text_is_put_together_before_it_is_translated():
    """An f-string or a sum inside `_()` never matches its entry."""
    wrong = [
        f"{path.relative_to(ROOT)}: {found}"
        for path in source_files()
        for found in re.findall(r"\b(?:_|N_|ngettext)\(\s*f[\"'][^\n]*", path.read_text("utf-8"))
    ]
    assert wrong == []


def all_strings(string: Message) -> tuple[str, ...]:
    return tuple(text for text in ((string,) if isinstance(string, str) else string) if text)


@pytest.fixture
def catalogue_of_two(tmp_path, monkeypatch):
    (tmp_path / "en.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Wilayah"\nmsgstr "Area"\n\n'
        'msgid "{n} kasus"\nmsgid_plural "{n} kasus"\n'
        'msgstr[0] "{n} case"\nmsgstr[1] "{n} cases"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(language, "LOCALE_DIR", tmp_path)
    language._catalogue.cache_clear()
    yield
    language._catalogue.cache_clear()


@pytest.mark.usefixtures("catalogue_of_two")
def test_a_text_is_said_in_the_language_spoken():
    assert _("Wilayah") == "Wilayah"
    with language.speaking("en"):
        assert _("Wilayah") == "Area"
    assert _("Wilayah") == "Wilayah"


@pytest.mark.usefixtures("catalogue_of_two")
def test_english_tells_one_from_many():
    with language.speaking("en"):
        said = [ngettext("{n} kasus", "{n} kasus", n).format(n=n) for n in (0, 1, 2)]
    assert said == ["0 cases", "1 case", "2 cases"]
    assert ngettext("{n} kasus", "{n} kasus", 1).format(n=1) == "1 kasus"


@pytest.mark.usefixtures("catalogue_of_two")
def test_the_empty_text_is_not_the_header_of_the_catalogue():
    with language.speaking("en"):
        assert _("") == ""


@pytest.mark.usefixtures("catalogue_of_two")
def test_a_text_without_translation_stays_indonesian():
    with language.speaking("en"):
        assert _("Belum diterjemahkan") == "Belum diterjemahkan"


def test_marking_a_text_does_not_change_it():
    assert N_("Ringkasan") == "Ringkasan"


def test_an_unknown_language_means_indonesian():
    with language.speaking("fr"):
        assert language.current() == "id"


def test_the_language_returns_even_after_an_error():
    with pytest.raises(RuntimeError), language.speaking("en"):
        raise RuntimeError
    assert language.current() == "id"


def test_two_threads_do_not_disturb_each_other():
    def speak(name):
        language.use(name)
        return language.current(), number(1234.5, 1)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(speak, ["en", "id"])) == [("en", "1,234.5"), ("id", "1.234,5")]
    assert language.current() == "id"


def test_numbers_are_written_as_indonesia_writes_them():
    assert number(1234567) == "1.234.567"
    assert number(5.25, 1) == "5,2"  # half to even
    assert number(0) == "0"
    assert percent(0.625, 1) == "62,5%"
    assert percent(1.2) == "120%"
    with language.speaking("en"):
        assert number(1234567.891, 2) == "1,234,567.89"
        assert percent(0.625, 1) == "62.5%"


@pytest.mark.parametrize("write", [number, percent, signed])
def test_no_value_is_a_dash_and_never_a_zero(write):
    assert write(None) == "–"
    assert write(float("nan")) == "–"


def test_a_change_always_shows_its_sign():
    assert [signed(12), signed(-3), signed(0), signed(1234.56, 1)] == [
        "+12",
        "−3",
        "±0",
        "+1.234,6",
    ]
    assert [signed(0.3), signed(-0.3)] == ["±0", "±0"]


def test_dates_are_written_out():
    assert long_date(date(2023, 7, 26)) == "26 Juli 2023"
    assert month(date(2023, 8, 1)) == "Agu 2023"
    with language.speaking("en"):
        assert long_date(date(2023, 7, 26)) == "26 July 2023"
        assert month(date(2023, 8, 1)) == "Aug 2023"


@pytest.mark.parametrize(("value", "decimals"), [(-0.04, 1), (-0.4, 0), (-0.0, 0)])
def test_a_number_that_rounds_to_nought_has_no_sign(value, decimals):
    assert number(value, decimals) == ("0,0" if decimals else "0")
    assert number(-0.06, 1) == "-0,1"
