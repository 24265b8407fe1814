"""What tells rows and people apart without saying who they are: digests of the cells as written.

Names, identity numbers, addresses and phone numbers are used here, for digests, and nowhere else.
A register's rows are compared only where their clean values leave a doubt: most rows differ in
something that is known already.
"""

import numpy as np
import pandas as pd

from lk3.intake.columns import ColumnMap
from lk3.intake.digests import digest_all, texts_of_rows
from lk3.intake.drafts import Draft
from lk3.intake.kinds import CASES
from lk3.intake.rendered import as_objects, objects
from lk3.intake.taking import fill_merged
from lk3.vocabulary import squash

_APART = ("nik", "name", "phone", "family_card", "address")
_SAME_IN_COPIES = (
    "number", "kelurahan_code", "reported_on", "problems", "profession", "status", "service", "sex",
)  # fmt: skip


def contents_of(rows: pd.DataFrame, columns: ColumnMap, *, key: bytes) -> list[str]:
    """A digest of all cells of each row; of all but the counter where something else tells equal
    rows apart.
    """
    counter = columns.fields.get("row_number")
    identified = "case_id" in columns.fields or bool(columns.personal) or bool(columns.matrix)
    others = rows[[column for column in rows.columns if column != counter]]
    return digest_all(key, "row", texts_of_rows(others if identified else rows))


def people_of(rows: pd.DataFrame, columns: ColumnMap, *, key: bytes, scope: str) -> list[str]:
    """A digest of what tells people apart in each row, "" without it: the identity number, else the
    name and so on; last the counter, which is unique within `scope`, a sheet.
    """
    counter = columns.fields.get("row_number")
    who = pd.Series("", index=rows.index, dtype="object")
    for name in _APART:
        present = [p for p in columns.personal.get(name, ()) if p in rows.columns]
        if name in columns.personal:
            written = texts_of_rows(rows[present]).str.replace("\x1f", "")
            who = who.where(who != "", written.map(squash))
    if counter in rows.columns:
        numbered = scope + texts_of_rows(rows[[counter]])
        who = who.where(who != "", numbered.where(rows[counter].notna(), ""))
    return digest_all(key, "person", who)


def with_contents(
    rows: pd.DataFrame, drafts: dict[int, Draft], kind: str, *, key: bytes
) -> pd.DataFrame:
    """The clean rows of all sheets with `content`, equal only in rows of equal cells, and
    `doubtful`.

    In: `part` (which draft) and `at` (which of its rows of data) of each row, and for cases
    `number`. A row that no other can be a copy of, nor another part of the same case, is not
    doubtful and has no content.
    """
    contents = np.full(len(rows), "", dtype=object)
    doubtful = _doubtful(rows) if kind == CASES else np.ones(len(rows), dtype=bool)
    for part, draft in drafts.items():
        here = doubtful & (rows["part"] == part).to_numpy()
        if here.any():
            at = rows.loc[here, "at"].to_numpy()
            cells = _rows_of(draft, at)
            contents[here] = contents_of(cells, draft.columns, key=key)
    return rows.assign(content=contents, doubtful=doubtful)


def with_people(rows: pd.DataFrame, drafts: dict[int, Draft], *, key: bytes) -> pd.DataFrame:
    """The clean rows of all sheets with `who`, the digest of the person, "" where nothing tells."""
    who = pd.Series("", index=rows.index, dtype="object")
    for part, draft in drafts.items():
        here = rows["part"] == part
        cells = _rows_of(draft, rows.loc[here, "at"].to_numpy())
        told = people_of(cells, draft.columns, key=key, scope=draft.sheet.name)
        who[here] = objects(told)
    return rows.assign(who=who)


def _rows_of(draft: Draft, at: np.ndarray) -> pd.DataFrame:
    filled = fill_merged(draft.data, draft.columns, draft.sheet.merged)
    return as_objects(filled.iloc[at])


def _doubtful(rows: pd.DataFrame) -> np.ndarray:
    """Rows that agree with another in all that copies have in common, or share its number."""
    shared = [name for name in _SAME_IN_COPIES if name in rows]
    is_recap = bool((rows["body"] != "base").any() or (rows["cases"] != 1).any())
    apart = rows.drop_duplicates(["part", "at"]) if is_recap else rows
    alike = apart.duplicated(shared, keep=False)
    in_year = apart[["number"]].assign(year=apart["reported_on"].dt.year)
    same_number = in_year.duplicated(keep=False) & (apart["number"] != "")
    doubtful = apart.loc[alike | same_number, ["part", "at"]]
    if len(apart) == len(rows):
        return (alike | same_number).to_numpy()
    places = pd.MultiIndex.from_frame(rows[["part", "at"]])
    return places.isin(pd.MultiIndex.from_frame(doubtful))
