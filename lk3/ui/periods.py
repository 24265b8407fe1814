"""The periods that can be chosen, seen from the data that are held."""

from datetime import date

from lk3.counts import Period
from lk3.counts.period import add_months, last_whole_unit, unit_end
from lk3.counts.pooling import pool_label, pools
from lk3.language import N_, _

FULL_YEAR, THIS_YEAR, LAST_12, ALL, CUSTOM = "full_year", "this_year", "last_12", "all", "custom"
_LABELS = {
    FULL_YEAR: N_("Tahun penuh terakhir"),
    THIS_YEAR: N_("Tahun berjalan"),
    LAST_12: N_("12 bulan terakhir"),
    ALL: N_("Semua data"),
    CUSTOM: N_("Pilih bulan sendiri"),
}


def period_choices(held: Period | None, as_of: date) -> dict[str, Period | None]:
    """The choices and their periods (None: all that is held, or not known yet), the usual first.

    A year or month counts as full when the data reach its end, or were handed in after it.
    """
    if held is None:
        return {ALL: None}
    last = max(held.end, min(as_of, unit_end(held.end, "year")))
    full, this = last_whole_unit(last, "year").year, held.end.year
    choices: dict[str, Period | None] = {}
    if full >= held.start.year:
        choices[FULL_YEAR] = Period.year(full)
    if this != full:
        choices[THIS_YEAR] = Period.year(this)
    final = last_whole_unit(last, "month")
    choices[LAST_12] = Period(add_months(final, -11), unit_end(final, "month"))
    choices |= {pool.key: pool.period for pool in pools(held, as_of)}
    choices[ALL] = None
    years = range(this, held.start.year - 1, -1)
    return choices | {str(year): Period.year(year) for year in years} | {CUSTOM: None}


def period_label(choice: str) -> str:
    """The choice in words; a year is its own name."""
    return _(_LABELS[choice]) if choice in _LABELS else pool_label(choice) or choice


def month_choices(held: Period) -> list[date]:
    """First days of the months from which data are held."""
    return held.months()


def months_between(first: date, last: date) -> Period:
    """The whole months from one to the other, in whichever order they were chosen."""
    start, end = sorted((first, last))
    return Period(start, unit_end(end, "month"))
