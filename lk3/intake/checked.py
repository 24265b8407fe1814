"""What a check of a file ends in: the tables, the findings and the account of every row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from lk3.intake.cases import last_days
from lk3.intake.findings import finding_sentence
from lk3.intake.questions import Question
from lk3.intake.told import Told
from lk3.tables import Tables

REFUSED, MIXED = "refused", "mixed"


@dataclass(frozen=True)
class SheetReport:
    """The account of one sheet: its kind, the rows of its header as Excel shows them, and how many
    rows were used, set aside or no data. A sheet that was not read says why, and counts nothing.
    """

    name: str
    kind: str = ""
    header_rows: tuple[int, ...] = ()
    used: int = 0
    set_aside: int = 0
    not_data: int = 0
    left_out_because: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The report for JSON."""
        return self.__dict__ | {"header_rows": list(self.header_rows)}


@dataclass(frozen=True)
class CheckedFile:
    """A file after all stages, saved by nobody yet.

    `rows_read` are the rows with any value in the used range of the sheets that were read, titles
    and signatures included, blank separators not: rows_read = rows_used + rows_set_aside +
    rows_not_data. `questions`: what nothing in the file decides and nobody has answered yet.
    `told`: totals that its sheets print, and months of which they say that there was no case.
    """

    file: str
    digest: str
    format: str
    kind: str
    sheets: tuple[SheetReport, ...]
    tables: Tables
    questions: tuple[Question, ...] = ()
    told: Told = Told()

    @property
    def rows_used(self) -> int:
        """Rows that the tables rest on; a recap's row counts once, however many cells it has."""
        return sum(sheet.used for sheet in self.sheets)

    @property
    def rows_set_aside(self) -> int:
        """Rows that somebody should mend; each has a finding that says why."""
        return sum(sheet.set_aside for sheet in self.sheets)

    @property
    def rows_not_data(self) -> int:
        """Titles, headers, totals, section labels, signatures, notes and blank form rows."""
        return sum(sheet.not_data for sheet in self.sheets)

    @property
    def rows_read(self) -> int:
        """All rows with any value of the sheets that were read."""
        return self.rows_used + self.rows_set_aside + self.rows_not_data

    @property
    def refused(self) -> bool:
        """Whether nothing of the file can be used."""
        return self.kind == REFUSED

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last day that the cases (or else the population) cover."""
        cases = self.tables.cases
        if not cases.empty:
            dates = cases.rename(columns={"reported_on": "date", "reported_precision": "precision"})
            return (cases["reported_on"].min().date(), last_days(dates).max().date())
        years = self.tables.population["year"]
        return None if years.empty else (date(years.min(), 1, 1), date(years.max(), 12, 31))

    def accounting(self) -> dict[str, Any]:
        """What the store keeps beside the rows: no cell of the sheet, numbers only."""
        return {
            "file": self.file,
            "digest": self.digest,
            "format": self.format,
            "kind": self.kind,
            "rows_read": self.rows_read,
            "rows_used": self.rows_used,
            "rows_set_aside": self.rows_set_aside,
            "rows_not_data": self.rows_not_data,
            "sheets": [sheet.to_dict() for sheet in self.sheets],
            **self.told.accounting(),
        }

    def to_json(self) -> dict[str, Any]:
        """The accounting with the size of the tables, the period and the findings in words."""
        period = self.period
        sizes = {
            "cases": int(
                self.tables.cases.loc[self.tables.cases["breakdown"] == "", "cases"].sum()
            ),
            "members": len(self.tables.members),
            "records": len(self.tables.population),
        }
        kinds = {"cases": ["cases"], "members": ["members"], "population": ["records"]}
        wanted = kinds.get(self.kind, list(sizes) if self.kind == MIXED else [])
        return {
            **self.accounting(),
            **{name: sizes[name] for name in wanted},
            "period": {"from": period[0].isoformat(), "to": period[1].isoformat()}
            if period
            else None,
            "questions": [question.to_json() for question in self.questions],
            "findings": [_finding_json(row) for row in _records(self.tables.findings)],
        }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]


def _finding_json(row: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: row[name] for name in ("rule", "severity", "sheet", "row", "column", "value")}
    return said | {"message": finding_sentence(row), "suggestion": row["suggestion"]}
