"""The cases of one version, and sums of them that are made once and answer for every filter.

In: the pandas rows of a version. Out: the same rows, which know for a count by some columns a much
shorter frame with the same answer: rows alike in these columns summed, and days of a month as one.
Only `aggregation` and `cases` ask; to everyone else it is a frame like any other, and whatever is
made from it (filtered, with other codes) is a plain frame again, which has no such sums.
"""

from collections.abc import Callable, Hashable, Iterable
from threading import RLock
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd

_DAYS = ("reported_on", "reported_precision")
_NOT_SUMMED = {"case_id", "closed_on", "closed_precision", "row", *_DAYS}
_WORTH = 2  # a sum that is not this many times shorter than the rows is no help
T = TypeVar("T")


class Prepared(pd.DataFrame):
    """Cases (`tables.CASES`) with what is worked out of them when it is first asked for."""

    _made: dict[Hashable, Any]
    _turn: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in (("_made", {}), ("_turn", RLock())):
            object.__setattr__(self, name, value)  # pandas would look for a column

    @property
    def _constructor(self) -> Any:
        return pd.DataFrame

    def by_month(self, columns: Iterable[str]) -> pd.DataFrame:
        """Cases summed by these columns, period and precision: [*columns, reported_on,
        reported_precision, cases]. A day is its month, so this answers only for whole months. The
        rows themselves when they cannot be summed so, or are hardly fewer then.
        """
        wanted = frozenset(columns) - set(_DAYS)
        if wanted & _NOT_SUMMED or not wanted <= set(self.columns):
            return self
        return self.once(("sum", wanted), lambda: self._shorter(sorted(wanted)))

    def _shorter(self, columns: list[str]) -> pd.DataFrame:
        summed = _sum_by_month(self, columns)
        return summed if _WORTH * len(summed) <= len(self) else self

    def clients(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Rows whose sum of `cases` is their number of clients, and the rows that have to be told
        apart by `case_id`, because it occurs again or lies in a block.
        """
        return self.once("clients", lambda: _split_clients(self))

    def recaps(self) -> pd.DataFrame:
        """The rows that lie in a block."""
        return self.once("recaps", lambda: Prepared(self[self["block"] != ""]))

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What the rows alone decide, whatever a filter asks for: made once."""
        with self._turn:
            if key not in self._made:
                self._made[key] = make()
            return cast("T", self._made[key])


def once(cases: Any, key: Hashable, make: Callable[[], T]) -> T:
    """What the cases alone decide: of prepared ones made once, of others each time."""
    return cases.once(key, make) if isinstance(cases, Prepared) else make()


def _sum_by_month(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    day, precision = rows["reported_on"], rows["reported_precision"].astype("category")
    kinds = precision.cat.categories.union(["month"], sort=False)
    is_day = day.notna() & (precision == "day")
    first = day.dt.to_period("M").dt.to_timestamp().astype(day.dtype)
    known = {name: rows[name] for name in columns}
    known["reported_on"] = day.mask(is_day, first)
    known["reported_precision"] = precision.cat.set_categories(kinds).mask(is_day, "month")
    every = pd.DataFrame({**known, "cases": rows["cases"]})
    return every.groupby(list(known), observed=True, dropna=False, sort=False, as_index=False).sum()


def _split_clients(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A register number in a block makes the whole table one that is told apart row by row: which
    rows of a block count depends on all of its rows.
    """
    named = rows["case_id"] != ""
    if (named & (rows["block"] != "")).any():
        return rows.iloc[:0], rows.iloc[:]
    again = named & rows["case_id"].duplicated(keep=False)
    clients = np.where(named, 1, rows["cases"])
    alone = rows.drop(columns="case_id").assign(cases=clients)[~again]
    return Prepared(alone), rows[again]
