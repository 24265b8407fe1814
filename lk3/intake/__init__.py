"""What does this sheet say? Bytes in; clean tables, findings and the account of every row out.

The story of a row, stage by stage, each a module of its own:

1. `containers`   the file is opened by its content: a workbook of sheets of cells
2. `layout`       the header is found under the titles; `drafts` decides which sheets are read
3. `bodies`       rows that are no data (totals, sections, signatures) are told from rows of data
4. `columns`      the header says which column is which field; `kinds` tells what table it is
5. `taking`       the fields are taken, the personal columns die, digests take their place
6. `recap`        rows that stand for several cases are counted out; `cases` and `members` clean
                  every value (by `cleaning`), with a finding for whatever is not clear
7. `reconcile`, `totals`   what was announced is compared with the parts
8. `duplicates`   the sheets are compared with one another: one case, kept once
9. `assembling`   tables by their schema, and the account: read = used + set aside + not data

What no stage can decide becomes one of the `questions`: `choosing` and `headless` ask about
columns, `asking` about the order of dates, `notes` about spellings. The next check reads by the
`answers`.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence

from lk3.intake.answers import Answer, Answers
from lk3.intake.assembling import (
    assemble,
    kind_of_file,
    layout_findings,
    report_of,
    tables_of,
)
from lk3.intake.checked import MIXED, REFUSED, CheckedFile, SheetReport
from lk3.intake.containers import read_workbook
from lk3.intake.drafts import Draft, draft_sheets
from lk3.intake.findings import finding, findings_frame
from lk3.intake.limits import check_time, timed
from lk3.intake.pipeline import clean_sheet
from lk3.intake.questions import Question, merged
from lk3.intake.refusal import Refused
from lk3.intake.told import together
from lk3.places import Places
from lk3.tables import Tables

__all__ = [
    "MIXED",
    "REFUSED",
    "Answer",
    "Answers",
    "CheckedFile",
    "Progress",
    "Question",
    "SheetReport",
    "check_file",
]
_NO_ANSWERS = Answers()
Progress = Callable[[str, float], None]
# What is being done, and how much of the whole is done when it begins: shares of a long register.
READING, SORTING, CLEANING, COMPARING = "reading", "sorting", "cleaning", "comparing"
_BEGINS = {READING: 0.0, SORTING: 0.25, CLEANING: 0.35, COMPARING: 0.75}


def _tell_nobody(_stage: str, _done: float) -> None:
    """The progress of a file that nobody waits for."""


def check_file(
    content: bytes,
    filename: str,
    *,
    places: Places,
    key: bytes,
    answers: Answers = _NO_ANSWERS,
    progress: Progress = _tell_nobody,
) -> CheckedFile:
    """Read, clean and check one file; save nothing.

    `key`: the key of the digests that stand for register numbers and members. `answers`: what
    somebody has decided about columns and spellings; what is left to ask is in `questions`. A file
    that cannot be used never raises: it has the kind "refused", empty tables and one finding of
    severity error. `progress`: is told the stage (reading, sorting, cleaning, comparing) and the
    share of the work that is done, 0 to 1.
    """
    digest = hashlib.sha256(content).hexdigest()
    try:
        with timed():
            return _check(
                content, filename, digest, places=places, key=key, answers=answers,
                progress=progress,
            )  # fmt: skip
    except Refused as refusal:
        return _refused(filename, digest, refusal)


def _check(
    content: bytes,
    filename: str,
    digest: str,
    *,
    places: Places,
    key: bytes,
    answers: Answers,
    progress: Progress,
) -> CheckedFile:
    progress(READING, _BEGINS[READING])
    book = read_workbook(content, by_columns=True)
    progress(SORTING, _BEGINS[SORTING])
    drafts, left_out = draft_sheets(book, places=places, filename=filename, answers=answers)
    sheets = []
    for number, draft in enumerate(drafts):
        check_time()
        share = number / len(drafts) * (_BEGINS[COMPARING] - _BEGINS[CLEANING])
        progress(CLEANING, _BEGINS[CLEANING] + share)
        sheets.append(clean_sheet(draft, places=places, file_digest=digest))
    asked = [*(sheet.questions for sheet in sheets), *(out.questions for out in left_out)]
    questions = merged(question for some in asked for question in some)
    check_time()
    progress(COMPARING, _BEGINS[COMPARING])
    sheets, tables, found = assemble(sheets, key=key, filename=filename)
    reports = [report_of(sheet) for sheet in sheets]
    if not any(report.used for report in reports):
        raise _nothing_used(drafts, found, questions)
    order = {sheet.name: position for position, sheet in enumerate(book.sheets)}
    reports += [out.report for out in left_out]
    findings = findings_frame(
        [*layout_findings(sheets, left_out), *found], file=filename, source=filename
    )
    return CheckedFile(
        file=filename,
        digest=digest,
        format=book.format,
        kind=kind_of_file(reports),
        sheets=tuple(sorted(reports, key=lambda report: order[report.name])),
        tables=tables_of(tables, findings),
        questions=questions,
        told=together(sheet.told for sheet in sheets),
    )


def _nothing_used(
    drafts: Sequence[Draft], found: Sequence[dict], questions: tuple[Question, ...]
) -> Refused:
    """Why nothing is left: the rules that stopped the rows, with the number of their findings."""
    rows = sum(len(draft.data) for draft in drafts)
    if not rows:
        return Refused("no_rows", questions=questions)
    stopped = Counter(str(one["rule"]) for one in found if one["set_aside"])
    return Refused("no_usable_rows", questions=questions, rows=rows, stopped=dict(stopped))


def _refused(filename: str, digest: str, refusal: Refused) -> CheckedFile:
    sheet = str(refusal.details.pop("sheet", ""))
    found = [finding(refusal.rule, sheet=sheet, **refusal.details)]
    empty = Tables.empty()
    tables = Tables(
        cases=empty.cases,
        members=empty.members,
        population=empty.population,
        findings=findings_frame(found, file=filename, source=filename),
    )
    return CheckedFile(filename, digest, "", REFUSED, (), tables, merged(refusal.questions))
