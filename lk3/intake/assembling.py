"""Last stage: clean sheets -> checked file. Duplicates, tables by their schema, the account."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from lk3.intake.checked import MIXED, SheetReport
from lk3.intake.digests import digest_all
from lk3.intake.drafts import Draft, LeftOut
from lk3.intake.duplicates import identify_cases, merge_continued, scope_of, set_copies_aside
from lk3.intake.findings import finding
from lk3.intake.kinds import CASES, MEMBERS, POPULATION
from lk3.intake.pipeline import SET_ASIDE, USED, CleanSheet
from lk3.intake.telling import with_contents, with_people
from lk3.tables import SCHEMAS, Tables

_COPY_OF = {
    CASES: ["content", "kelurahan_code", "reported_on"],
    MEMBERS: ["content", "kelurahan_code", "started_on"],
    POPULATION: ["content", "code", "year"],
}


def assemble(
    sheets: Sequence[CleanSheet], *, key: bytes, filename: str
) -> tuple[list[CleanSheet], dict[str, pd.DataFrame], list[dict]]:
    """The sheets with the fate of every row, the tables by name, and the findings."""
    settled = list(sheets)
    tables: dict[str, pd.DataFrame] = {}
    found = [note for sheet in sheets for note in sheet.findings]
    for kind in (CASES, MEMBERS, POPULATION):
        own = [n for n, sheet in enumerate(settled) if sheet.draft.columns.kind == kind]
        if not own:
            tables[kind] = SCHEMAS[kind].empty()
            continue
        rows = pd.concat(
            [settled[n].rows.assign(part=n) for n in own if len(settled[n].rows)]
            or [settled[own[0]].rows.assign(part=own[0])],
            ignore_index=True,
        )
        drafts = {n: settled[n].draft for n in own}
        rows = with_contents(rows, drafts, kind, key=key)
        rows, settled, copies = _without_copies(rows, settled, _COPY_OF[kind])
        rows = with_people(rows, drafts, key=key) if kind == MEMBERS else rows
        rows, notes = _identify(rows, kind, key=key, scope=scope_of(filename))
        tables[kind] = _conform(rows.assign(source=filename), kind)
        found += [*copies, *notes]
    return settled, tables, found


def _without_copies(
    rows: pd.DataFrame, settled: list[CleanSheet], by: list[str]
) -> tuple[pd.DataFrame, list[CleanSheet], list[dict]]:
    """Rows without exact copies. A recap's row stands for several rows here: it goes as a whole."""
    one_each = rows[rows["doubtful"]].drop_duplicates(["part", "at"])
    if one_each.empty:
        return rows, settled, []
    _kept, copies, found = set_copies_aside(one_each, by)
    if not copies.any():
        return rows, settled, []
    result = list(settled)
    gone = one_each[copies]
    for part in set(gone["part"].tolist()):
        fate = result[part].fate.copy()
        fate[gone.loc[gone["part"] == part, "at"]] = SET_ASIDE
        result[part] = replace(result[part], fate=fate)
    goes = pd.MultiIndex.from_frame(rows[["part", "at"]]).isin(
        pd.MultiIndex.from_frame(gone[["part", "at"]])
    )
    return rows[~goes], result, found


def _identify(
    rows: pd.DataFrame, kind: str, *, key: bytes, scope: str
) -> tuple[pd.DataFrame, list[dict]]:
    if kind == CASES:
        identified = identify_cases(rows, key=key, scope=scope)
        return merge_continued(identified, key=key)
    if kind == MEMBERS:
        who = rows["who"].where(rows["who"] != "", rows["content"] + rows["row"].astype("str"))
        return rows.assign(member_id=digest_all(key, "member", who)), []
    return rows, []


def _conform(rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    schema = SCHEMAS[kind]
    return schema.conform(rows[[name for name in schema.names if name in rows]])


def report_of(sheet: CleanSheet) -> SheetReport:
    """The account of a sheet: every row with any value is used, set aside or no data."""
    fates = sheet.fate.value_counts()
    used, aside = int(fates.get(USED, 0)), int(fates.get(SET_ASIDE, 0))
    return SheetReport(
        name=sheet.draft.sheet.name,
        kind=sheet.draft.columns.kind,
        header_rows=sheet.draft.header.rows,
        used=used,
        set_aside=aside,
        not_data=sheet.draft.rows_read - used - aside,
    )


def layout_findings(sheets: Sequence[CleanSheet], left_out: Sequence[LeftOut]) -> list[dict]:
    """What the clerk should know about columns and sheets that were not read."""
    found = [finding(out.rule, sheet=out.report.name) for out in left_out if out.rule]
    for sheet in sheets:
        name, columns = sheet.draft.sheet.name, sheet.draft.columns
        if columns.unread:
            found.append(
                finding("columns_not_read", sheet=name, columns=", ".join(columns.unread[:10]))
            )
        found += [finding("column_is_note", sheet=name, column=c) for c in columns.undecided]
        found += _chosen_findings(sheet.draft)
        found += _valueless_findings(sheet.draft)
    return found


def _chosen_findings(draft: Draft) -> list[dict]:
    """One note per column that is read as somebody has answered."""
    columns = draft.columns
    return [
        finding("answer_column", sheet=draft.sheet.name, column=columns.header(name), field=name)
        for name in columns.chosen
    ]


def _valueless_findings(draft: Draft) -> list[dict]:
    """One finding per kept column in which Excel shows something and the file holds no value."""
    columns, rows = draft.columns, set(draft.data.index)
    kept = {column: columns.header(name) for name, column in columns.fields.items()}
    kept |= {c.column: c.header for c in (*columns.matrix, *columns.ticks)}
    found = []
    for column, header in sorted(kept.items()):
        hit = sorted(row for row, at in draft.sheet.valueless if at == column and row in rows)
        if hit:
            found.append(
                finding(
                    "cell_without_value",
                    sheet=draft.sheet.name,
                    row=hit[0],
                    column=header,
                    others=len(hit) - 1 or None,
                )
            )
    return found


def kind_of_file(reports: Sequence[SheetReport]) -> str:
    """The kind that all sheets with rows share, or "mixed"."""
    kinds = {report.kind for report in reports if report.kind and report.used}
    return kinds.pop() if len(kinds) == 1 else MIXED


def tables_of(tables: dict[str, pd.DataFrame], findings: pd.DataFrame) -> Tables:
    """The four tables together."""
    return Tables(
        cases=tables[CASES],
        members=tables[MEMBERS],
        population=tables[POPULATION],
        findings=findings,
    )
