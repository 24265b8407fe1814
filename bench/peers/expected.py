"""What the charts have to show in the end, counted from the rows by hand: the judge of all pages.

In: the folder of the bench. Out: per state (year, problem, kelurahan) plain numbers. It shares no
line with what the contenders compute, so it also proves that they agree.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lk3.language import number


@dataclass(frozen=True)
class State:
    """What is chosen. problem: "" for all; code: the kelurahan that was clicked, "" for none."""

    year: int = 2025
    problem: str = ""
    code: str = ""


class Judge:
    """Knows the right numbers of every state."""

    def __init__(self, folder: Path) -> None:
        self._cases = pd.read_parquet(folder / "cases.parquet")
        self.areas = pd.read_csv(folder / "areas.csv").set_index("code")

    def problems(self) -> list[str]:
        """The problems, the most frequent first."""
        return list(self._cases["problem"].value_counts().index)

    def expected(self, state: State) -> dict:
        """Rates, cases and cross table by kelurahan, and the twelve months, for the page."""
        day = self._cases["reported_on"]
        rows = self._cases[day.dt.year == state.year]
        if state.problem:
            rows = rows[rows["problem"] == state.problem]
        codes = list(self.areas.index)
        counted = {code: int((rows["kelurahan_code"] == code).sum()) for code in codes}
        people = self.areas[str(state.year)]
        rates = {code: 10_000 * n / int(people[code]) for code, n in counted.items()}
        city = rows[rows["kelurahan_code"] != "outside"]
        of_trend = rows[rows["kelurahan_code"] == state.code] if state.code else city
        months = of_trend["reported_on"].dt.month
        return {
            "names": self.areas["name"].to_dict(),
            "rates": rates,
            "said": {code: number(rate, 1) for code, rate in rates.items()},
            "cases": counted,
            "months": [int((months == month).sum()) for month in range(1, 13)],
            "code": state.code,
        }
