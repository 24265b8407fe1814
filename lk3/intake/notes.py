"""Collects the findings and the questions of one sheet while its fields are cleaned."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lk3.intake.answers import VALUE_FIELDS, spelling
from lk3.intake.cleaning.cells import ANSWERED, cell_text
from lk3.intake.findings import finding
from lk3.intake.headers import VOCABULARIES, meaning_of
from lk3.intake.masking import LONGEST, may_be_quoted
from lk3.intake.questions import Question, value_question
from lk3.places import Places
from lk3.vocabulary import vocabulary

_ASKED = (
    "area_unknown", "area_is_district", "category_unknown", "category_partly_unknown",
)  # fmt: skip
_Met = dict[tuple[str, str], tuple[Any, str, set[int]]]  # by field and spelling: cell, label, rows


class Notes:
    """The findings of a sheet: `rows` holds the row of each position as Excel shows it."""

    def __init__(self, sheet: str, rows: pd.Series, headers: Mapping[str, str]) -> None:
        self._sheet, self._rows, self._headers = sheet, rows, headers
        self._found: dict[tuple, dict] = {}
        self._asked: _Met = {}
        self._answered: _Met = {}

    def add(
        self,
        rules: pd.Series,
        name: str,
        values: pd.Series,
        *,
        suggestion: pd.Series | None = None,
        set_aside: pd.Series | None = None,
        unread: pd.Series | None = None,
    ) -> None:
        """A finding for each position with a rule. A row that was expanded to many is said once,
        and a spelling that somebody has answered once for the sheet. `unread`: the part of each
        cell that nobody knows, where that may be less than the cell.
        """
        header = self._headers.get(name, "")
        quoted = self._is_quoted(name)
        ruled = rules.fillna("") != ""
        hit = rules[ruled]
        nothing = pd.Series("", index=hit.index)
        no = pd.Series(False, index=hit.index)
        for rule, row, value, meant, aside, part in zip(
            hit.tolist(),
            self._rows[ruled].tolist(),
            values[ruled].tolist(),
            (nothing if suggestion is None else suggestion[ruled]).tolist(),
            (no if set_aside is None else set_aside[ruled]).tolist(),
            (values if unread is None else unread)[ruled].tolist(),
            strict=True,
        ):
            if rule == ANSWERED:
                _meet(self._answered, name, value, meant, row)
                continue
            if rule in _ASKED and quoted:
                _meet(self._asked, name, part, meant, row)
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

    def _is_quoted(self, name: str) -> bool:
        """Whether a field may be quoted: never one whose header may mean a free note."""
        meaning = meaning_of(self._headers.get(name, ""))
        return meaning is None or not meaning.by_values

    def add_known(self, name: str, values: pd.Series, cleaned: pd.DataFrame) -> None:
        """Findings for what is written but not recognised; a blank cell is no mistake, and neither
        is one that says so (`-`, `tidak ada`).

        `cleaned`: as `cleaning` returns it, with rule and perhaps suggestion and unread.
        """
        blank = values.isna() | is_blank_rule(cleaned["rule"])
        rules = cleaned["rule"].where(~blank, "")
        self.add(
            rules, name, values, suggestion=cleaned.get("suggestion"), unread=cleaned.get("unread")
        )

    def add_for_sheet(self, rule: str) -> None:
        """A finding about the whole sheet."""
        self._found[(rule,)] = finding(rule, sheet=self._sheet)

    def all(self) -> tuple[dict, ...]:
        """The findings so far, in the order in which they were made."""
        answered = tuple(
            finding(
                ANSWERED,
                sheet=self._sheet,
                row=min(rows),
                column=self._headers.get(name, ""),
                value=value if self._is_quoted(name) else None,
                suggestion=meant,
                others=len(rows) - 1 or None,
            )
            for (name, _spelt), (value, meant, rows) in self._answered.items()
        )
        return (*self._found.values(), *answered)

    def questions(
        self, places: Places, answered: Mapping[str, Mapping[str, str]], *, of_members: bool = False
    ) -> tuple[Question, ...]:
        """What the sheet asks about its spellings. Not asked: what may not be quoted, and what is
        answered (a kelurahan that is to stay set aside).
        """
        return tuple(
            value_question(
                name,
                cell_text(part),
                written=cell_text(part),
                sheet=self._sheet,
                column=self._headers.get(name, ""),
                suggestion=_key_of(name, meant, places),
                rows=len(rows),
                places=places,
                of_members=of_members,
            )
            for (name, spelt), (part, meant, rows) in self._asked.items()
            if name in VALUE_FIELDS
            and spelt not in answered.get(name, {})
            and may_be_quoted(part)
            and len(cell_text(part)) <= LONGEST
        )


def _meet(met: _Met, name: str, cell: Any, meant: str, row: int) -> None:
    spelt = spelling(name, cell_text(cell))
    if spelt:
        met.setdefault((name, spelt), (cell, meant, set()))[2].add(int(row))


def _key_of(name: str, label: str, places: Places) -> str:
    """The key of a suggested label, "" without one and where several are meant."""
    found = places.code_for(label) if name == "kelurahan" else None
    if name in VOCABULARIES:
        found = vocabulary(VOCABULARIES[name]).key_for(label)
    return (found or "") if label else ""


def is_blank_rule(rules: pd.Series) -> pd.Series:
    """Where the cleaning says that a cell holds no value: blank, `-`, `tidak ada`."""
    return rules.fillna("").astype("str").str.endswith("_missing")


def row_numbers(frame: pd.DataFrame) -> dict[Any, int]:
    """The row as Excel shows it of each position."""
    return dict(zip(frame.index.tolist(), frame["row"].tolist(), strict=True))
