"""Collects the findings of one sheet while its fields are cleaned."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lk3.intake.findings import finding
from lk3.intake.headers import meaning_of


class Notes:
    """The findings of a sheet: `rows` holds the row of each position as Excel shows it."""

    def __init__(self, sheet: str, rows: pd.Series, headers: Mapping[str, str]) -> None:
        self._sheet, self._rows, self._headers = sheet, rows, headers
        self._found: dict[tuple, dict] = {}

    def add(
        self,
        rules: pd.Series,
        name: str,
        values: pd.Series,
        *,
        suggestion: pd.Series | None = None,
        set_aside: pd.Series | None = None,
    ) -> None:
        """A finding for each position with a rule. A row that was expanded to many is said once."""
        header = self._headers.get(name, "")
        meaning = meaning_of(header)  # a header that may mean a free note is never quoted
        quoted = meaning is None or not meaning.by_values
        ruled = rules.fillna("") != ""
        hit = rules[ruled]
        nothing = pd.Series("", index=hit.index)
        no = pd.Series(False, index=hit.index)
        for rule, row, value, meant, aside in zip(
            hit.tolist(),
            self._rows[ruled].tolist(),
            values[ruled].tolist(),
            (nothing if suggestion is None else suggestion[ruled]).tolist(),
            (no if set_aside is None else set_aside[ruled]).tolist(),
            strict=True,
        ):
            said = (rule, row, name, str(value))
            if said not in self._found:
                self._found[said] = finding(
                    rule,
                    sheet=self._sheet,
                    row=row,
                    column=header,
                    value=value if quoted else None,
                    suggestion=meant,
                    set_aside=bool(aside),
                )

    def add_known(self, name: str, values: pd.Series, cleaned: pd.DataFrame) -> None:
        """Findings for what is written but not recognised; a blank cell is no mistake, and neither
        is one that says so (`-`, `tidak ada`).

        `cleaned`: as `cleaning` returns it, with rule and perhaps suggestion.
        """
        blank = values.isna() | is_blank_rule(cleaned["rule"])
        rules = cleaned["rule"].where(~blank, "")
        self.add(rules, name, values, suggestion=cleaned.get("suggestion"))

    def add_for_sheet(self, rule: str) -> None:
        """A finding about the whole sheet."""
        self._found[(rule,)] = finding(rule, sheet=self._sheet)

    def all(self) -> tuple[dict, ...]:
        """The findings so far, in the order in which they were made."""
        return tuple(self._found.values())


def is_blank_rule(rules: pd.Series) -> pd.Series:
    """Where the cleaning says that a cell holds no value: blank, `-`, `tidak ada`."""
    return rules.fillna("").astype("str").str.endswith("_missing")


def row_numbers(frame: pd.DataFrame) -> dict[Any, int]:
    """The row as Excel shows it of each position."""
    return dict(zip(frame.index.tolist(), frame["row"].tolist(), strict=True))
