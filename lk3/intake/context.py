"""What a sheet says about all of its rows: its name and titles may hold a period, a kelurahan."""

from dataclasses import dataclass

from lk3.intake.answers import Answers
from lk3.intake.cleaning.periods import Span, parse_period
from lk3.intake.layout import Header
from lk3.intake.sheets import Sheet
from lk3.places import Places

_FINEST_FIRST = ("day", "month", "quarter", "year")


@dataclass(frozen=True)
class Context:
    """A sheet's name, its period and its kelurahan as it is written, from its name or its titles;
    None where it says none. `signature`: what tells its layout; `answers`: what somebody answered.
    """

    sheet: str
    period: Span | None
    kelurahan: str | None
    signature: str = ""
    answers: Answers = Answers()

    @property
    def year(self) -> int | None:
        """The year of the period."""
        return self.period.first.year if self.period else None

    def month_first(self, field: str) -> bool | None:
        """Whether somebody has answered that this field's dates have the month first."""
        return self.answers.month_first(self.signature, field)


def context_of(
    sheet: Sheet,
    header: Header,
    *,
    places: Places,
    filename: str = "",
    signature: str = "",
    answers: Answers | None = None,
) -> Context:
    """The period and the kelurahan that the sheet's name, its titles or the file's name say.

    A month in the sheet's name and a year in the title or the file's name belong together.
    """
    texts = [sheet.name, *header.titles, filename]
    years = [found.first.year for text in texts if (found := parse_period(text))]
    year = years[0] if years else None
    periods = [found for text in texts if (found := parse_period(text, context_year=year))]
    named = [sheet.name, *(_after_colon(title) for title in header.titles)]
    areas = [text for text in named if text and places.code_for(text) in places.areas.index]
    area = areas[0] if areas else None
    return Context(sheet.name, _finest(periods), area, signature, answers or Answers())


def _finest(periods: list[Span]) -> Span | None:
    return min(periods, key=lambda found: _FINEST_FIRST.index(found.precision), default=None)


def _after_colon(title: str) -> str:
    """KELURAHAN : LOKTUAN -> LOKTUAN."""
    return title.rsplit(":", 1)[-1].strip()
