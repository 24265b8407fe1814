"""Words, numbers and dates in the reader's language.

The texts in the code are Indonesian and are the keys of the catalogue; `locale/en.po` holds the
English of each (a test fails when one is missing). The language is a context variable: one value
per thread and task, so that two sessions never disturb each other.
"""

import gettext
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale, dates, numbers
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
LOCALE_DIR = Path(__file__).parent / "locale"
Words = tuple[tuple[str, str], ...]
_current: ContextVar[str] = ContextVar("language", default="id")
_words: ContextVar[Words] = ContextVar("words", default=())


@lru_cache(maxsize=4)
def _catalogue(language: str) -> gettext.NullTranslations:
    path = LOCALE_DIR / f"{language}.po"
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as source:
        messages = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def use(language: str) -> None:
    """Speak `language` ("id" or "en"; anything else means "id") from here on in this context."""
    _current.set(language if language in LANGUAGES else "id")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` inside the block only."""
    token = _current.set(language if language in LANGUAGES else "id")
    try:
        yield
    finally:
        _current.reset(token)


def current() -> str:
    """The language spoken now: "id" or "en"."""
    return _current.get()


def name_things(words: Mapping[str, str]) -> None:
    """Call things otherwise from here on in this context: {"kelurahan": "kecamatan"} where the
    areas that are looked at are kecamatan. Holds for the texts, never for what is put into them.
    """
    _words.set(tuple(words.items()))


@contextmanager
def naming(words: Mapping[str, str]) -> Iterator[None]:
    """Call things otherwise inside the block only."""
    token = _words.set(tuple(words.items()))
    try:
        yield
    finally:
        _words.reset(token)


def named() -> dict[str, str]:
    """What is called otherwise now."""
    return dict(_words.get())


def _(text: str) -> str:
    """The text in the current language ("" stays "": a catalogue keeps its own header there)."""
    return _renamed(_catalogue(current()).gettext(text), _words.get()) if text else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """The text for n things in the current language (Indonesian has one form for both)."""
    return _renamed(_catalogue(current()).ngettext(singular, plural, n), _words.get())


@lru_cache(maxsize=4096)
def _renamed(text: str, words: Words) -> str:
    """The text with other words for some things, large letters and "antar-" and "-nya" kept."""
    said = dict(words)
    if not said:
        return text
    return _pattern(words).sub(lambda found: _like(found[0], said[found[0].lower()]), text)


@lru_cache(maxsize=64)
def _pattern(words: Words) -> re.Pattern[str]:
    either = "|".join(re.escape(word) for word, _other in words)
    return re.compile(rf"(?:(?<=\bantar)|(?<![a-z/{{]))(?:{either})(?=nya\b|\b)", re.IGNORECASE)


def _like(before: str, word: str) -> str:
    return word[:1].upper() + word[1:] if before[:1].isupper() else word


def N_(text: str) -> str:
    """Mark a text for the catalogue without translating it yet."""
    return text


def number(value: float | None, decimals: int = 0) -> str:
    """1234.5 -> "1.234,5" (id), "1,234.5" (en); no value -> "–"."""
    if value is None or value != value:
        return "–"
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    if -0.5 < value * 10**decimals < 0:
        value = 0.0  # what rounds to nought has no sign
    return _decimal(value + 0, pattern, _locale())


@lru_cache(maxsize=4096)  # a page writes the same few numbers over and over
def _decimal(value: float, pattern: str, locale: Locale) -> str:
    return numbers.format_decimal(value, format=pattern, locale=locale)


def percent(share: float | None, decimals: int = 0) -> str:
    """0.625 with one decimal -> "62,5%" (id), "62.5%" (en); no value -> "–"."""
    if share is None or share != share:
        return "–"
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + "%"
    return numbers.format_percent(share, format=pattern, locale=_locale())


def signed(value: float | None, decimals: int = 0) -> str:
    """+12 / −3 with the sign always shown, ±0 for what rounds to zero; no value -> "–"."""
    if value is None or value != value:
        return "–"
    value = round(value, decimals)
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return sign + number(abs(value), decimals)


def listed(names: Sequence[str]) -> str:
    """A, B, dan C / A, B and C."""
    return format_list(names, locale="id" if current() == "id" else "en_GB")


def long_date(day: date) -> str:
    """26 Juli 2023 / 26 July 2023."""
    return dates.format_date(day, "d MMMM y", locale=_locale())


def month(day: date) -> str:
    """Jul 2023."""
    return dates.format_date(day, "MMM y", locale=_locale())


def _locale() -> Locale:
    return _parsed("id_ID" if current() == "id" else "en_GB")


@lru_cache(maxsize=4)
def _parsed(name: str) -> Locale:
    return Locale.parse(name)
