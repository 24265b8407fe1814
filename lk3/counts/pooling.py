"""Several years together: with few cases a year, one year seldom tells two kelurahan apart.

In: the period from which data are held. Out: the last full years, and the terms of the board that
the data touch, as periods with a name. Rates over them take the population of each year.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from lk3 import settings
from lk3.counts.period import Period, last_whole_unit, unit_end
from lk3.language import _, number
from lk3.vocabulary import read_csv

YEARS = (3, 5)


@dataclass(frozen=True)
class Pool:
    """A period to pool. key: "years_3", or "term_2023" by the year in which the term began."""

    key: str
    period: Period

    @property
    def label(self) -> str:
        """The name, in the current language."""
        return pool_label(self.key)


def pools(held: Period | None, as_of: date) -> tuple[Pool, ...]:
    """The pools that the data fill: the last full years, of which all must be held, then the terms
    that they touch, the running one first, cut to the days from which data are held.
    """
    if held is None:
        return ()
    return (*_years(held, as_of), *_terms(held, max(held.end, as_of)))


def pool_label(key: str) -> str:
    """A pool's key in words; "" for one that is none, or for a term that nobody knows."""
    kind, _separator, text = key.partition("_")
    if kind == "years":
        return _("{n} tahun penuh terakhir").format(n=number(int(text)))
    if kind != "term":
        return ""
    end = next((last for first, last in board_terms() if str(first.year) == text), None)
    if end is None:
        return _("Masa bakti {since}–sekarang").format(since=text)
    return _("Masa bakti {since}–{until}").format(since=text, until=end.year)


def board_terms() -> tuple[tuple[date, date | None], ...]:
    """First and last day of each term of the board, the running one without a last: of
    `terms.csv` in the folder of the city, or for the built-in city of `data/reference/`.
    """
    return _read_terms(settings.get("LK3_GEO_DIR"))


@lru_cache(maxsize=4)
def _read_terms(geo_dir: str) -> tuple[tuple[date, date | None], ...]:
    path = Path(geo_dir) / "terms.csv"
    if not path.is_file() and Path(geo_dir).resolve() == (settings.ROOT / "geo").resolve():
        path = settings.REFERENCE_DIR / "terms.csv"
    if not path.is_file():
        return ()
    rows = read_csv(path)
    return tuple((date.fromisoformat(row["start"]), _day(row["end"])) for row in rows)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _years(held: Period, as_of: date) -> tuple[Pool, ...]:
    final = max(held.end, min(as_of, unit_end(held.end, "year")))
    last = last_whole_unit(final, "year").year
    return tuple(
        Pool(f"years_{n}", Period(date(last - n + 1, 1, 1), date(last, 12, 31)))
        for n in YEARS
        if last - n + 1 >= held.start.year
    )


def _terms(held: Period, last: date) -> tuple[Pool, ...]:
    cut = [
        (start, max(start, held.start), min(end or last, last))
        for start, end in sorted(board_terms(), reverse=True)
    ]
    return tuple(
        Pool(f"term_{start.year}", Period(first, final))
        for start, first, final in cut
        if first <= final
    )
