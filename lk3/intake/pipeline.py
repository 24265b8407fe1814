"""The stages of a sheet in order: each a plain function, each named after what it does.

draft (header, columns, roles) -> take (fields, personal columns gone) -> expand (recaps) -> clean
(values, findings) -> reconcile (announced totals). What comes out are clean rows of one sheet with
the role of every row; `assemble` compares the sheets with one another and counts.
"""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from lk3.intake.asking import ask_dates
from lk3.intake.bodies import DATA
from lk3.intake.cases import Cleaned, clean_cases
from lk3.intake.cleaning.cells import squash_all
from lk3.intake.drafts import Draft
from lk3.intake.kinds import CASES, MEMBERS
from lk3.intake.members import clean_members, clean_population
from lk3.intake.questions import Question
from lk3.intake.recap import (
    Expanded,
    expand_counted,
    expand_matrix,
    expand_population,
    expand_register,
)
from lk3.intake.reconcile import reconcile
from lk3.intake.taking import Taken, kelurahan_of_sections, take_columns
from lk3.intake.told import Told, nothing_in, together, written_noughts
from lk3.intake.totals import compare_people, compare_row_totals, compare_totals
from lk3.places import Places

USED, SET_ASIDE, NOT_DATA = "used", "set_aside", "not_data"


@dataclass(frozen=True)
class CleanSheet:
    """The clean rows of a sheet.

    `rows`: clean values and the helpers at, row, sheet, sheet_from (the first day of the sheet's
    own period), born, number (the register number by its letters and digits, "" without).
    `fate`: per row of data (by position), "used", "set_aside" or "not_data". `questions`: what its
    values leave to ask. `told`: its totals, and the months of which it says that there was no case.
    """

    draft: Draft
    rows: pd.DataFrame
    fate: pd.Series
    findings: tuple[dict, ...]
    questions: tuple[Question, ...] = ()
    told: Told = Told()


def clean_sheet(draft: Draft, *, places: Places, file_digest: str) -> CleanSheet:
    """One sheet from its draft to clean rows."""
    taken = take_columns(
        draft.data,
        draft.columns,
        sections=kelurahan_of_sections(draft.roles, draft.body, places=places)[draft.roles == DATA],
        merged=draft.sheet.merged,
    )
    if draft.columns.kind == CASES:
        sheet = _clean_cases(draft, taken, places=places, file_digest=file_digest)
    else:
        sheet = _clean_others(draft, taken, places=places)
    questions, notes = ask_dates(taken.fields, draft.columns, draft.context)
    sheet = replace(
        sheet,
        findings=(*sheet.findings, *notes),
        questions=(*draft.questions, *questions, *sheet.questions),
    )
    return _with_helpers(sheet, taken)


def _clean_others(draft: Draft, taken: Taken, *, places: Places) -> CleanSheet:
    if draft.columns.kind == MEMBERS:
        rows = taken.fields.assign(at=taken.fields.index)
        cleaned = clean_members(rows, draft.columns, draft.context, places=places)
        return _settle(draft, taken, cleaned)
    name = draft.sheet.name
    rows = expand_population(taken.fields, taken.counts, draft.columns)
    cleaned = clean_population(rows, draft.columns, draft.context, places=places)
    by_sex, by_row = compare_people(taken.fields, taken.counts, draft.columns, sheet=name)
    printed, by_column = compare_totals(draft.body, draft.roles, draft.columns, sheet=name)
    cleaned = replace(cleaned, findings=(*cleaned.findings, *by_sex, *printed))
    return replace(_settle(draft, taken, cleaned), told=Told((*by_row, *by_column)))


def _clean_cases(draft: Draft, taken: Taken, *, places: Places, file_digest: str) -> CleanSheet:
    name = draft.sheet.name
    expanded = expand(draft, taken)
    lacking, row_notes, by_row = compare_row_totals(
        taken.fields, taken.counts, expanded.rows, draft.columns, sheet=name
    )
    rows = _with_rest(expanded.rows, taken.fields, lacking)
    cleaned = clean_cases(rows, draft.columns, draft.context, births=taken.births, places=places)
    printed, by_column = compare_totals(draft.body, draft.roles, draft.columns, sheet=name)
    sheet = _settle(
        draft,
        taken,
        replace(
            cleaned,
            findings=(*expanded.findings, *cleaned.findings, *row_notes, *printed),
            set_aside=cleaned.set_aside | expanded.set_aside,
        ),
    )
    told = Told((*by_row, *by_column), _noughts_of_an_empty_sheet(draft))
    sheet = replace(sheet, told=told)
    if not draft.columns.is_recap:
        return sheet
    return _settle_bodies(sheet, rows, places=places, prefix=f"{file_digest[:8]}/{name}")


def _noughts_of_an_empty_sheet(draft: Draft) -> tuple[tuple[str, str, str], ...]:
    """The sheet `Maret 2024` without a row says that March had no case; one of a year says less."""
    period = draft.context.period
    if len(draft.data) or period is None or period.precision not in ("month", "quarter"):
        return ()
    return nothing_in(period.first, period.precision)


def expand(draft: Draft, taken: Taken) -> Expanded:
    """Rows with a count each: of a register one, of a recap what its column or its cells say."""
    if draft.columns.matrix:
        return expand_matrix(taken.fields, taken.counts, draft.columns, sheet=draft.sheet.name)
    if draft.columns.is_recap:
        return expand_counted(taken.fields, draft.columns, sheet=draft.sheet.name)
    return expand_register(taken.fields)


def _with_rest(rows: pd.DataFrame, fields: pd.DataFrame, lacking: pd.DataFrame) -> pd.DataFrame:
    """Rows and, for each printed row total that its cells do not reach, the rest."""
    if lacking.empty:
        return rows
    rest = fields.loc[lacking["at"]].drop(columns=["cases", "problem"], errors="ignore")
    rest = rest.assign(
        number=lacking["number"].astype("Int64").to_numpy(),
        breakdown="",
        body="base",
        at=lacking["at"].to_numpy(),
    )
    return pd.concat([rows, rest], ignore_index=True)


def _settle(draft: Draft, taken: Taken, cleaned: Cleaned) -> CleanSheet:
    """The rows that are used, and the fate of each row of data."""
    fate = pd.Series(USED, index=taken.fields.index, dtype="object")
    fate[sorted(cleaned.set_aside)] = SET_ASIDE
    rows = cleaned.rows[~cleaned.rows["at"].isin(cleaned.set_aside)]
    return CleanSheet(draft, rows, fate, cleaned.findings, cleaned.questions)


def _settle_bodies(
    sheet: CleanSheet, raw: pd.DataFrame, *, places: Places, prefix: str
) -> CleanSheet:
    """A recap's rows by their bodies of cases. Without alternative breakdowns all of them count."""
    rows = sheet.rows
    if "dimension" in raw:
        rows, found, not_data, compared = reconcile(
            rows, raw.loc[rows.index], sheet=sheet.draft.sheet.name, places=places
        )
        fate = sheet.fate.copy()
        fate[sorted(not_data)] = NOT_DATA
        told = together([sheet.told, Told(tuple(compared))])
        sheet = replace(sheet, fate=fate, findings=(*sheet.findings, *found), told=told)
    else:
        rows = rows[rows["body"] == "base"].assign(block="")
    noughts = Told(noughts=written_noughts(rows))
    sheet = replace(sheet, told=together([sheet.told, noughts]))
    rows = rows[rows["cases"] > 0]
    return replace(sheet, rows=rows.assign(block=prefix + "/" + rows["block"].astype("str")))


def _first_day(draft: Draft, index: pd.Index) -> pd.Series:
    """The first day of the sheet's own period (its month), NaT without one."""
    period = draft.context.period
    return pd.Series(period.first if period else pd.NaT, index=index, dtype="datetime64[s]")


def _with_helpers(sheet: CleanSheet, taken: Taken) -> CleanSheet:
    """Rows with what the comparison of the sheets needs."""
    at = sheet.rows["at"]
    numbers = squash_all(taken.fields.get("case_id", pd.Series(None, index=taken.fields.index)))
    helpers: dict[str, Any] = {
        "sheet": sheet.draft.sheet.name,
        "sheet_from": _first_day(sheet.draft, at.index),
        "born": taken.births.loc[at].to_numpy(),
        "number": numbers.loc[at].array,
    }
    return replace(sheet, rows=sheet.rows.assign(**helpers))
