"""What a sheet says about all of its rows: its name and titles may hold a period, a kelurahan."""

from dataclasses import dataclass
from datetime import date

from lk3.intake.cleaning.dates import parse_period
from lk3.intake.layout import Header
from lk3.intake.sheets import Sheet
from lk3.places import Places


@dataclass(frozen=True)
class Context:
    """A sheet's name, its period (first day, precision) and its kelurahan as it is written, from
    its name or its titles; None where it says none.
    """

    sheet: str
    period: tuple[date, str] | None
    kelurahan: str | None

    @property
    def year(self) -> int | None:
        """The year of the period."""
        return self.period[0].year if self.period else None


def context_of(sheet: Sheet, header: Header, *, places: Places, filename: str = "") -> Context:
    """The period and the kelurahan that the sheet's name, its titles or the file's name say.

    A month in the sheet's name and a year in the title belong together.
    """
    texts = [sheet.name, *header.titles, filename]
    periods = [found for text in texts if (found := parse_period(text)) is not None]
    named = [sheet.name, *(_after_colon(title) for title in header.titles)]
    areas = [t for t in named if t and places.code_for(t) in places.areas.index]
    return Context(sheet.name, _finest(periods), areas[0] if areas else None)


def _finest(periods: list[tuple[date, str]]) -> tuple[date, str] | None:
    order = ("day", "month", "quarter", "year")
    return min(periods, key=lambda found: order.index(found[1]), default=None)


def _after_colon(title: str) -> str:
    """KELURAHAN : LOKTUAN -> LOKTUAN."""
    return title.rsplit(":", 1)[-1].strip()
