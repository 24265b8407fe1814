"""What a sheet tells besides the rows that count: totals that it prints, and months with no case.

In: numbers printed and added up; the clean rows of a recap. Out: small facts for the account of the
file, numbers and headers only. A nought that was written is a report, an empty month is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

_MOST_TOTALS = 500  # per file: all that differ first
_MOST_NOUGHTS = 5000


@dataclass(frozen=True)
class Total:
    """A printed total beside the sum of its parts. row: as Excel shows it; column: the header, ""
    for a long recap; breakdown: by what its parts break it down, "" for rows or cells.
    """

    sheet: str
    row: int
    column: str
    printed: int
    parts: int
    breakdown: str = ""


@dataclass(frozen=True)
class Told:
    """The totals that were compared, and the noughts that were written: first day (ISO), precision
    and kelurahan code each, "city" for a sheet of a month that holds no row at all.
    """

    totals: tuple[Total, ...] = field(default=())
    noughts: tuple[tuple[str, str, str], ...] = field(default=())

    def accounting(self) -> dict[str, Any]:
        """For the account of the file: totals that differ first, then those that agree, and how
        many were compared in all.
        """
        ordered = sorted(self.totals, key=lambda total: total.printed == total.parts)
        return {
            "totals_compared": len(self.totals),
            "totals": [total.__dict__ for total in ordered[:_MOST_TOTALS]],
            "noughts": [list(nought) for nought in self.noughts[:_MOST_NOUGHTS]],
        }


def together(parts: Iterable[Told]) -> Told:
    """What several sheets tell."""
    held = list(parts)
    return Told(
        tuple(total for part in held for total in part.totals),
        tuple(nought for part in held for nought in part.noughts),
    )


def written_noughts(rows: pd.DataFrame) -> tuple[tuple[str, str, str], ...]:
    """Periods and kelurahan of which a recap writes that there was no case.

    In: clean rows of a recap with their counts, the noughts still among them.
    """
    base = rows[rows["breakdown"] == ""]
    sums = base.groupby(["reported_on", "reported_precision", "kelurahan_code"])["cases"].sum()
    return tuple(
        (day.date().isoformat(), str(precision), str(code))
        for day, precision, code in sums[sums == 0].index
    )


def nothing_in(first: Any, precision: str) -> tuple[tuple[str, str, str], ...]:
    """The nought of a sheet that is named after a period and holds no row."""
    return ((first.isoformat(), precision, "city"),)
