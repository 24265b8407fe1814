"""What is looked at: the choice that every page and export shares."""

from dataclasses import dataclass

from lk3.counts.period import Period


@dataclass(frozen=True)
class Filter:
    """Period, main problems, professions and kecamatan; an empty choice means all.

    Hashable, so that it can be part of the key of a cache.
    """

    period: Period | None = None
    problems: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
