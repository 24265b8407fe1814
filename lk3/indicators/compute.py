"""Counts -> measures: one indicator, or all of the registry."""

import pandas as pd

from lk3.indicators.context import Context
from lk3.indicators.registry import INDICATORS

__all__ = ["Context", "compute", "compute_all"]


def compute(key: str, context: Context) -> pd.DataFrame:
    """The measure frame (see `measure`) of one indicator. Raises KeyError for an unknown key."""
    return INDICATORS[key].compute(context)


def compute_all(context: Context) -> dict[str, pd.DataFrame]:
    """Every indicator's measure frame by key, in the registry's order."""
    return {key: indicator.compute(context) for key, indicator in INDICATORS.items()}
