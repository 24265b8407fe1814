"""Seventh stage: the rows of one workbook against one another. One case, kept once.

An exact copy of a row is set aside. The same register number within a year is one case whose later
rows are used: the latest status wins. Where sex, birth or reporting date contradict one another
under one number, they are two cases and a finding.
"""

import re

import pandas as pd

from lk3.intake.cases import last_days
from lk3.intake.digests import digest_all, texts_of_rows
from lk3.intake.findings import finding
from lk3.intake.words import says
from lk3.vocabulary import UNKNOWN, vocabulary

_SCOPE_WORDS = re.compile(r"[^a-z]+")
_FINEST_FIRST = ("day", "month", "quarter", "year")
_MERGED = (
    "reported_on",
    "reported_precision",
    "kelurahan_code",
    "problem",
    "problems",
    "profession",
    "service",
    "referred_to",
    "sex",
    "age_band",
)


def set_copies_aside(
    rows: pd.DataFrame, by: list[str]
) -> tuple[pd.DataFrame, pd.Series, list[dict]]:
    """Rows without the exact copies, which rows of the input are copies, and their findings.

    `by`: columns that are equal in copies; all sheets of the workbook are looked at together.
    """
    copies = rows.duplicated(by)
    originals = rows[~copies].drop_duplicates(by).set_index(by)[["sheet", "row"]]
    first = (
        originals.loc[pd.MultiIndex.from_frame(rows.loc[copies, by])] if copies.any() else rows[:0]
    )
    found = [
        finding(
            "row_duplicate",
            sheet=sheet,
            row=row,
            set_aside=True,
            first_sheet=first_sheet,
            first_row=first_row,
        )
        for (sheet, row), (first_sheet, first_row) in zip(
            _places_of(rows[copies]), _places_of(first), strict=True
        )
    ]
    return rows[~copies], copies, found


def _places_of(rows: pd.DataFrame) -> list[tuple[str, int]]:
    """Sheet and row of each row."""
    return list(zip(rows["sheet"].tolist(), rows["row"].tolist(), strict=True))


def scope_of(filename: str) -> str:
    """The register that a file belongs to: the letters of its name without numbers, months and what
    only tells one copy from another. So `Register LK3 Januari 2024.xlsx`, `Register LK3 Feb
    2024.xlsx` and `Register LK3 2024 revisi (1).xlsx` are one register.
    """
    stem = filename.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold()
    words = [word for word in _SCOPE_WORDS.split(stem) if word]
    return "".join(word for word in words if not _is_of_one_copy(word))


def _is_of_one_copy(word: str) -> bool:
    """Whether a word of a file's name tells a month or a copy, and not the register."""
    is_month = len(word) > 2 and vocabulary("months").key_for(word) is not None
    return is_month or says(word, "file_copy")


def identify_cases(rows: pd.DataFrame, *, key: bytes, scope: str) -> pd.DataFrame:
    """The rows with `case_id`: digest of the register number within the year of reporting.

    In: `number` (the register number by its letters and digits, "" without), reported_on. The
    number itself is dropped.
    """
    year = rows["reported_on"].dt.year.astype("Int64").astype("str")
    plain = (year + "/" + rows["number"]).where(rows["number"] != "", "")
    case_id = digest_all(key, f"case/{scope}", plain)
    return rows.drop(columns="number").assign(case_id=case_id)


def merge_continued(rows: pd.DataFrame, *, key: bytes) -> tuple[pd.DataFrame, list[dict]]:
    """Rows of one case become one row with the latest status; contradicting rows stay apart.

    In: identified rows of registers in the order of the workbook, with `born` (date or NaT), sheet
    and row. Out: one row per case, and a finding for each row that was merged or contradicts.
    """
    shared = (rows["case_id"] != "") & rows.duplicated("case_id", keep=False)
    if not shared.any():
        return rows, []
    parts, conflicts = _split_contradictions(rows[shared], key=key)
    later = parts.duplicated("case_id")
    found = conflicts + [
        finding("case_continued", sheet=sheet, row=row) for sheet, row in _places_of(parts[later])
    ]
    merged = _merge(parts)
    return pd.concat([rows[~shared], merged]).sort_index(), found


def _split_contradictions(parts: pd.DataFrame, *, key: bytes) -> tuple[pd.DataFrame, list[dict]]:
    known = pd.DataFrame(
        {
            "case_id": parts["case_id"],
            "sex": parts["sex"].where(parts["sex"] != UNKNOWN),
            "born": parts["born"],
            "first_day": parts["reported_on"],
            "last_day": last_days(
                parts.rename(columns={"reported_on": "date", "reported_precision": "precision"})
            ),
        }
    )
    groups = known.groupby("case_id")
    apart_in_time = groups["first_day"].transform("max") > groups["last_day"].transform("min")
    differing = (
        apart_in_time
        | (groups["sex"].transform("nunique") > 1)
        | (groups["born"].transform("nunique") > 1)
    )
    if not differing.any():
        return parts, []
    marks = texts_of_rows(known)
    apart = parts.copy()
    apart.loc[differing, "case_id"] = digest_all(key, "case/apart", marks[differing])
    repeated = known.duplicated("case_id") & differing & ~apart.duplicated("case_id")
    found = [
        finding("case_number_conflict", sheet=sheet, row=row)
        for sheet, row in _places_of(parts[repeated])
    ]
    return apart, found


def _merge(parts: pd.DataFrame) -> pd.DataFrame:
    """One row per case_id: the status of the sheet of the latest month, and within a month the one
    that stands last in the vocabulary; the last closing date, unless a later month has the case
    open again; of the other fields the known value of the row with the finest date. The order of
    the rows and sheets does not matter, so that a workbook may be sorted any way.
    """
    ranks = {key: rank for rank, key in enumerate(vocabulary("statuses").terms)}
    precisions = parts["reported_precision"].map(_FINEST_FIRST.index)
    ordered = parts.assign(_finest=precisions, _rank=parts["status"].map(ranks).fillna(-1))
    known = ordered.replace({UNKNOWN: None, "": None})
    best = known.sort_values(["_finest", "content"]).groupby("case_id").first()
    told = known[known["status"].notna()].sort_values(["sheet_from", "_rank"], na_position="first")
    latest = told.groupby("case_id")[["status", "sheet_from"]].last()
    closing = known[known["closed_on"].notna()].sort_values(["closed_on", "closed_precision"])
    closed = closing.groupby("case_id")[["closed_on", "closed_precision", "sheet_from"]].last()
    reopened = _reopened(latest, closed)
    merged = parts[~parts.duplicated("case_id")].set_index("case_id", drop=False)
    for name in [*_MERGED, "status", "closed_on", "closed_precision"]:
        source = next(frame for frame in (latest, closed, best) if name in frame)
        values = source[name].reindex(merged.index)
        merged[name] = values.where(values.notna(), merged[name])
    merged.loc[reopened, "closed_on"] = pd.NaT
    merged.loc[reopened, "closed_precision"] = ""
    return merged.set_axis(parts.index[~parts.duplicated("case_id")])


def _reopened(latest: pd.DataFrame, closed: pd.DataFrame) -> pd.Index:
    """Cases that a later month than that of the closing date has open again."""
    both = latest.assign(closed_in=closed["sheet_from"].reindex(latest.index))
    terms = vocabulary("statuses").terms
    still_open = [key for key, term in terms.items() if term.extra["is_open"] == "1"]
    return both.index[both["status"].isin(still_open) & (both["closed_in"] < both["sheet_from"])]
