"""What would saving change? Rows held and rows of a file -> which are new, changed and gone.

In: two states of the tables. Out: the rows in which they differ, and how many of each by kelurahan
and month, so that a person can decide before anything is saved. A case or member is known by its
digest. Rows without one (recaps, registers without numbers) are compared by what they say: what is
left over on both sides in the same kelurahan and month counts as changed, the rest as new or gone.
A row whose digest alone differs is the same to every number, and counts as unchanged.
"""

from dataclasses import dataclass

import pandas as pd

from lk3.tables import CASES, MEMBERS, POPULATION, Column, Schema, Tables

NEW, CHANGED, GONE = "new", "changed", "gone"
CELLS = Schema(
    "change_cells",
    (
        Column("kelurahan_code", "text", "code of a kelurahan, 'outside', 'unknown' or 'city'"),
        Column("month", "date", "first day of the month, quarter or year; NaT for members"),
        Column("precision", "text", "month, quarter or year; '' for members"),
        Column("before", "int", "as it is held"),
        Column("new", "int", "not held yet"),
        Column("changed", "int", "held with other content; counted where it is to be"),
        Column("gone", "int", "held, and no longer there"),
        Column("after", "int", "as it would be"),
    ),
)
_PLACE = ["kelurahan_code", "month", "precision"]
_NOT_CONTENT = {"case_id", "member_id", "block", "cases", "source", "sheet", "row"}
_MARKS = (
    Column("n", "int", "cases, members or records that the row stands for"),
    Column("change", "text", "new, changed or gone"),
    Column("moved", "int", "1 when a changed row had another kelurahan or month, else 0"),
)


def _rows_of(schema: Schema) -> Schema:
    content = tuple(c for c in schema.columns if c.name not in _NOT_CONTENT)
    return Schema(f"changed_{schema.name}", (*content, *_MARKS))


CHANGED_CASES, CHANGED_MEMBERS, CHANGED_POPULATION = map(_rows_of, (CASES, MEMBERS, POPULATION))


@dataclass(frozen=True, eq=False)
class TableChanges:
    """What is different in one table: the held rows without `removed` and with `added` are the new
    ones.

    added: rows as they are to be (new or changed); removed: rows as they are held (gone or
    changed); both by `CHANGED_CASES`, `CHANGED_MEMBERS` or `CHANGED_POPULATION`. cells: by `CELLS`,
    every kelurahan and month of either state; only rows that count (no other breakdown of cases
    that are counted already).
    """

    added: pd.DataFrame
    removed: pd.DataFrame
    cells: pd.DataFrame

    @property
    def is_empty(self) -> bool:
        """Whether nothing is different."""
        return self.added.empty and self.removed.empty

    def count(self, change: str) -> int:
        """How many are "new", "changed" or "gone"."""
        return int(self.cells[change].sum())

    @property
    def before(self) -> int:
        """How many are held."""
        return int(self.cells["before"].sum())

    @property
    def after(self) -> int:
        """How many there would be."""
        return int(self.cells["after"].sum())

    @property
    def moved(self) -> int:
        """How many changed ones have another kelurahan or month than before."""
        return int(self.added.loc[self.added["moved"] == 1, "n"].sum())

    def by(self, *columns: str) -> pd.DataFrame:
        """`cells` summed by some of kelurahan_code, month and precision; those that differ only."""
        sums = self.cells.groupby(list(columns), sort=True, dropna=False)
        frame = sums[["before", NEW, CHANGED, GONE, "after"]].sum().reset_index()
        differs = (frame[[NEW, CHANGED, GONE]] > 0).any(axis=1)
        return frame[differs | (frame["before"] != frame["after"])].reset_index(drop=True)


@dataclass(frozen=True, eq=False)
class Changes:
    """What is different in the tables."""

    cases: TableChanges
    members: TableChanges
    population: TableChanges

    @property
    def tables(self) -> tuple[TableChanges, TableChanges, TableChanges]:
        """Cases, members and population."""
        return (self.cases, self.members, self.population)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is different."""
        return all(table.is_empty for table in self.tables)

    @property
    def gone(self) -> int:
        """Cases, members and records of population that would no longer be there."""
        return sum(table.count(GONE) for table in self.tables)


def changes_by(held: Tables, file: Tables, *, source: str) -> Changes:
    """What saving a file in the place of a source would change. `file`: the tables as checked."""
    return changes_between(rows_of_source(held, source), file)


def changes_between(before: Tables, after: Tables, *, several_sources: bool = False) -> Changes:
    """What is different between two states. `several_sources`: the same digest in two sources is
    two rows, as when versions of everything are compared.
    """
    apart = several_sources
    return Changes(
        cases=_compare(
            _cases(before.cases, apart=apart), _cases(after.cases, apart=apart), CHANGED_CASES
        ),
        members=_compare(
            _members(before.members, apart=apart),
            _members(after.members, apart=apart),
            CHANGED_MEMBERS,
        ),
        population=_compare(
            _population(before.population, apart=apart),
            _population(after.population, apart=apart),
            CHANGED_POPULATION,
        ),
    )


def rows_of_source(held: Tables, source: str) -> Tables:
    """What is held of one source."""
    frames = (held.cases, held.members, held.population, held.findings)
    return Tables(*(frame[frame["source"] == source] for frame in frames))


def overlapping_sources(held: Tables, file: Tables, *, source: str) -> list[str]:
    """Other sources that hold cases of the time that a file covers, where they may count twice."""
    if file.cases.empty:
        return []
    others = held.cases[held.cases["source"] != source]
    first, last = file.cases["reported_on"].min(), file.cases["reported_on"].max()
    return sorted(set(others.loc[others["reported_on"].between(first, last), "source"]))


# --- The tables in one form: id, n, where they count, and what they say ---------------------------


def _cases(rows: pd.DataFrame, *, apart: bool) -> pd.DataFrame:
    precision = rows["reported_precision"].where(rows["reported_precision"] != "day", "month")
    return rows.assign(
        id=_id(rows["case_id"], rows, apart=apart),
        n=rows["cases"],
        month=_first_of_month(rows["reported_on"]),
        precision=precision,
        counts=rows["breakdown"] == "",
    )


def _members(rows: pd.DataFrame, *, apart: bool) -> pd.DataFrame:
    return rows.assign(
        id=_id(rows["member_id"], rows, apart=apart),
        n=1,
        month=pd.Series(pd.NaT, index=rows.index, dtype="datetime64[s]"),
        precision="",
        counts=True,
    )


def _population(rows: pd.DataFrame, *, apart: bool) -> pd.DataFrame:
    year = rows["year"].astype("str")
    return rows.assign(
        id=_id(rows["code"] + "/" + year, rows, apart=apart),
        n=1,
        kelurahan_code=rows["code"],
        month=pd.to_datetime(year + "-01-01", errors="coerce").astype("datetime64[s]"),
        precision="year",
        counts=True,
    )


def _id(digests: pd.Series, rows: pd.DataFrame, *, apart: bool) -> pd.Series:
    if not apart:
        return digests
    return (rows["source"] + "/" + digests).where(digests != "", "")


def _first_of_month(days: pd.Series) -> pd.Series:
    return days.dt.to_period("M").dt.start_time.astype("datetime64[s]")


# --- The comparison -------------------------------------------------------------------------------


def _compare(old: pd.DataFrame, new: pd.DataFrame, schema: Schema) -> TableChanges:
    if old.empty and new.empty:
        return TableChanges(schema.empty(), schema.empty(), CELLS.empty())
    content = [c.name for c in schema.columns[: -len(_MARKS)]]
    old, new = (_keyed(rows, content) for rows in (old, new))
    if not set(old["id"]) & set(new["id"]) - {""}:  # numbered in another way: ids tell nothing
        old, new = old.assign(id=""), new.assign(id="")
    old_known, new_known, old_rest, new_rest = _changed_by_id(old, new)
    old_rest, new_rest = _without_same(old_rest, new_rest)
    old_paired, new_paired, old_rest, new_rest = _changed_in_place(old_rest, new_rest)
    added = [new_known, new_paired, new_rest.assign(change=NEW, moved=0)]
    removed = [old_known, old_paired, old_rest.assign(change=GONE, moved=0)]
    added_rows, removed_rows = (pd.concat(rows, ignore_index=True) for rows in (added, removed))
    return TableChanges(
        added=schema.conform(added_rows[schema.names]),
        removed=schema.conform(removed_rows[schema.names]),
        cells=_cells(old, new, added_rows, removed_rows),
    )


def _keyed(rows: pd.DataFrame, content: list[str]) -> pd.DataFrame:
    """Rows with a hash of what they say, of where they count, and the how-manieth of its id."""
    says = _hash(rows[content])
    place = _hash(rows[[*_PLACE, "breakdown"] if "breakdown" in rows else _PLACE])
    keyed = rows.assign(says=says, place=place).reset_index(drop=True)
    if keyed["id"].duplicated().any():
        keyed = keyed.sort_values(["id", "says", "n"], ignore_index=True)
    return keyed.assign(nth=keyed.groupby("id").cumcount())


def _hash(frame: pd.DataFrame) -> pd.Series:
    return pd.util.hash_pandas_object(frame, index=False)


def _changed_by_id(
    old: pd.DataFrame, new: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Rows of the same id that say something else, before and after; and the rows without one of
    their id on the other side, or without an id.
    """
    columns = ["id", "nth"]
    left, right = old[old["id"] != ""], new[new["id"] != ""]
    both = left.reset_index().merge(right.reset_index(), on=columns, suffixes=("_old", "_new"))
    differs = (both["says_old"] != both["says_new"]) | (both["n_old"] != both["n_new"])
    moved = (both["place_old"] != both["place_new"])[differs].astype("int64").to_numpy()
    return (
        old.loc[both.loc[differs, "index_old"]].assign(change=CHANGED, moved=moved),
        new.loc[both.loc[differs, "index_new"]].assign(change=CHANGED, moved=moved),
        old[~old.index.isin(both["index_old"])],
        new[~new.index.isin(both["index_new"])],
    )


def _without_same(old: pd.DataFrame, new: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both without what they say alike, as often as both say it."""
    shared = _shared(old, new, "says")
    rests = (rows.assign(n=rows["n"] - _share(rows, "says", shared)) for rows in (old, new))
    old_rest, new_rest = (rest[rest["n"] > 0] for rest in rests)
    return old_rest, new_rest


def _changed_in_place(
    old: pd.DataFrame, new: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Rows without an id that are left in the same kelurahan and month, as many on both sides: they
    have changed; and what is left then. A row of several cases may be divided.
    """
    nameless = [rows[rows["id"] == ""] for rows in (old, new)]
    shared = _shared(nameless[0], nameless[1], "place")
    paired, rests = [], []
    for rows, bare in zip((old, new), nameless, strict=True):
        taken = _share(bare, "place", shared).reindex(rows.index, fill_value=0)
        paired.append(rows.assign(n=taken, change=CHANGED, moved=0)[taken > 0])
        rests.append(rows.assign(n=rows["n"] - taken)[rows["n"] > taken])
    return paired[0], paired[1], rests[0], rests[1]


def _shared(old: pd.DataFrame, new: pd.DataFrame, by: str) -> pd.Series:
    """How many both sides have of each value of a column."""
    sums = [rows.groupby(by)["n"].sum() for rows in (old, new)]
    return pd.concat(sums, axis=1, join="inner").min(axis=1)


def _share(rows: pd.DataFrame, by: str, shared: pd.Series) -> pd.Series:
    """How many of each row belong to what is shared: the first rows of a value first."""
    before = rows.groupby(by)["n"].cumsum() - rows["n"]
    left = rows[by].map(shared).fillna(0).astype("int64") - before
    return left.clip(lower=0, upper=rows["n"])


def _cells(
    old: pd.DataFrame, new: pd.DataFrame, added: pd.DataFrame, removed: pd.DataFrame
) -> pd.DataFrame:
    parts = {
        "before": old,
        NEW: added[added["change"] == NEW],
        CHANGED: added[added["change"] == CHANGED],
        GONE: removed[removed["change"] == GONE],
        "after": new,
    }
    sums = [
        rows[rows["counts"].astype("bool")].groupby(_PLACE, dropna=False)["n"].sum().rename(name)
        for name, rows in parts.items()
    ]
    cells = pd.concat(sums, axis=1).fillna(0).astype("int64").reset_index()
    return CELLS.conform(cells).sort_values(_PLACE, ignore_index=True)
