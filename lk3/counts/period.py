"""Periods: days from a first to a last one, both inside, and the units in which reports come."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from lk3 import language
from lk3.errors import UserError
from lk3.language import _

PRECISIONS = ("day", "month", "quarter", "year")
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
_WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, order=True)
class Period:
    """The days from `start` to `end`, both inside. Raises ValueError when reversed."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period that ends ({self.end}) before it starts ({self.start})")

    @classmethod
    def year(cls, year: int) -> "Period":
        """The calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def parse(cls, start: str, end: str) -> "Period":
        """From text such as "2023", "2023-01" or "2023-01-15": the first day of the first to the
        last day of the second. Raises UserError.
        """
        first, last = _parse_unit(start).start, _parse_unit(end).end
        if last < first:
            raise UserError(
                _(
                    "Periode berakhir ({end}) sebelum dimulai ({start}). "
                    "Tukar kedua tanggal itu atau perbaiki salah satunya."
                ).format(start=start, end=end)
            )
        return cls(first, last)

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.end - self.start).days + 1

    @property
    def years(self) -> float:
        """Length in years: the sum of the shares of the calendar years."""
        return sum(self.shares().values())

    def shares(self) -> dict[int, float]:
        """Share of each calendar year that lies inside: {2023: 0.5, 2024: 1.0}."""
        return {
            year: Period(max(self.start, whole.start), min(self.end, whole.end)).days / whole.days
            for year in range(self.start.year, self.end.year + 1)
            for whole in [Period.year(year)]
        }

    def previous(self) -> "Period":
        """The period of the same length just before: as many months for a period of whole months,
        as many days for any other.
        """
        end = self.start - timedelta(days=1)
        if not self.is_whole_months:
            return Period(end - timedelta(days=self.days - 1), end)
        return Period(add_months(self.start, -len(self.months())), end)

    def cut(self, last: date) -> "Period | None":
        """The part up to and with `last`; None when nothing of it has begun."""
        return Period(self.start, min(self.end, last)) if last >= self.start else None

    def first_days(self, days: int) -> "Period":
        """The first `days` days, at most all."""
        return self if days >= self.days else Period(self.start, _plus(self.start, days - 1))

    @property
    def is_whole_months(self) -> bool:
        """Whether it starts with a month and ends with one."""
        return self.start.day == 1 and _plus(self.end, 1).day == 1

    def months(self) -> list[date]:
        """First day of each month that the period touches."""
        return self.units("month")

    def units(self, precision: str) -> list[date]:
        """First day of each "month", "quarter" or "year" that the period touches."""
        step, day, days = _MONTHS_IN[precision], unit_start(self.start, precision), []
        while day <= self.end:
            days.append(day)
            day = add_months(day, step)
        return days

    def label(self) -> str:
        """In words: "2023", "2021–2023", "Triwulan I 2023", "Jan–Jun 2023" or the two dates."""
        if not self.is_whole_months:
            return f"{language.long_date(self.start)} – {language.long_date(self.end)}"
        if self.start.month == 1 and self.end.month == 12:
            same = self.start.year == self.end.year
            return str(self.start.year) if same else f"{self.start.year}–{self.end.year}"
        months = len(self.months())
        if months == 3 and self.start.month % 3 == 1:
            return quarter_label(self.start)
        first, last = language.month(self.start), language.month(self.end)
        if months == 1:
            return first
        if self.start.year == self.end.year:
            first = first.rsplit(" ", 1)[0]
        return f"{first}–{last}"


def quarter_label(day: date, *, short: bool = False) -> str:
    """A quarter as government writes it: "Triwulan I 2023", short "TW I 2023"."""
    number = ("I", "II", "III", "IV")[(day.month - 1) // 3]
    text = _("TW {number} {year}") if short else _("Triwulan {number} {year}")
    return text.format(number=number, year=day.year)


def unit_start(day: date, precision: str) -> date:
    """First day of the day, month, quarter or year in which `day` lies."""
    if precision == "day":
        return day
    step = _MONTHS_IN[precision]
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def unit_end(day: date, precision: str) -> date:
    """Last day of the day, month, quarter or year in which `day` lies."""
    if precision == "day":
        return day
    return _plus(add_months(unit_start(day, precision), _MONTHS_IN[precision]), -1)


def last_whole_unit(end: date, precision: str) -> date:
    """First day of the latest unit that is over by `end`. A unit that starts on or before that day
    ends on or before `end`: so no row's own end needs to be worked out.
    """
    start = unit_start(end, precision)
    if unit_end(end, precision) == end:
        return start
    return unit_start(_plus(start, -1), precision)


def add_months(day: date, months: int) -> date:
    """The first of the month that lies `months` months from the month of `day`."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _plus(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _parse_unit(text: str) -> Period:
    match = _WRITTEN.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError(text)
        year, month, day = (int(part) if part else None for part in match.groups())
        if year is not None and month is None:
            return Period.year(year)
        if day is None:
            last = calendar.monthrange(year or 0, month or 0)[1]
            return Period(date(year or 0, month or 0, 1), date(year or 0, month or 0, last))
        return Period(date(year or 0, month or 0, day), date(year or 0, month or 0, day))
    except ValueError:
        raise UserError(
            _(
                "'{text}' bukan tahun, bulan, atau tanggal. "
                "Tulis seperti 2023, 2023-01, atau 2023-01-15."
            ).format(text=text[:40])
        ) from None
