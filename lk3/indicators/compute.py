"""Counts -> measures: one indicator, all of the registry, or each when it is first asked for."""

from collections.abc import Callable, Iterator, Mapping
from threading import RLock

import pandas as pd

from lk3.indicators.context import Context
from lk3.indicators.registry import INDICATORS

__all__ = ["Context", "LazyMeasures", "compute", "compute_all"]


def compute(key: str, context: Context) -> pd.DataFrame:
    """The measure frame (see `measure`) of one indicator. Raises KeyError for an unknown key."""
    return INDICATORS[key].compute(context)


def compute_all(context: Context) -> dict[str, pd.DataFrame]:
    """Every indicator's measure frame by key, in the registry's order."""
    return {key: indicator.compute(context) for key, indicator in INDICATORS.items()}


class LazyMeasures(Mapping[str, pd.DataFrame]):
    """What `compute_all` gives, each measure made when it is first asked for: a page shows a few of
    them. Those who ask at once wait for one making. Raises KeyError for an unknown key.

    context: asked for when something is made and not held on to, since it may hold many rows.
    """

    def __init__(self, context: Callable[[], Context]) -> None:
        self._context = context
        self._made: dict[str, pd.DataFrame] = {}
        self._turn = RLock()

    def __getitem__(self, key: str) -> pd.DataFrame:
        with self._turn:
            if key not in self._made:
                self._made[key] = compute(key, self._context())
            return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in INDICATORS  # asking whether there is one makes none

    def __iter__(self) -> Iterator[str]:
        return iter(INDICATORS)

    def __len__(self) -> int:
        return len(INDICATORS)
