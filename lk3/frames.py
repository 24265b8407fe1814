"""Frames of any engine: taken as they are, asked where they are, and only the answer fetched.

In: a pandas, Arrow, Dask or Spark frame. Out: a lazy narwhals frame, and small pandas frames of
what was worked out on it. Nothing here knows which engine is chosen or where it runs.
"""

from datetime import date, datetime
from importlib import import_module
from typing import Any, TypeAlias

import narwhals as nw
import pandas as pd
import pyarrow as pa

Lazy: TypeAlias = "nw.LazyFrame[Any]"


def lazy(frame: Any) -> Lazy:
    """The frame as narwhals speaks of it; nothing is read."""
    return nw.from_native(frame).lazy()


def collected(rows: Lazy) -> pd.DataFrame:
    """The rows as pandas. Spark hands them over as Arrow: its own way to pandas does not know the
    pandas of today.
    """
    if not rows.implementation.is_spark_like():
        return rows.collect("pandas").to_native()
    fetched = rows.collect("pyarrow").to_native()
    return fetched.to_pandas(date_as_object=False)


def beside(frame: Any, rows: pd.DataFrame) -> Lazy:
    """A few rows of text as a frame of the engine of `frame`, so that the two can be joined."""
    kind = nw.from_native(frame).implementation
    if kind.is_dask():
        return lazy(import_module("dask.dataframe").from_pandas(rows, npartitions=1))
    if kind.is_spark_like():
        table = pa.Table.from_pandas(rows, preserve_index=False)
        return lazy(frame.sparkSession.createDataFrame(table))
    return lazy(rows)


def day_in(rows: Lazy, day: date, column: str = "reported_on") -> date | datetime:
    """The day in the type that the frame keeps days in: a date or a moment. A comparison of the two
    would depend on the time zone of the cluster.
    """
    if rows.collect_schema()[column] == nw.Date:
        return day
    return datetime(day.year, day.month, day.day)


def words_in(rows: Lazy, column: str) -> tuple[str, ...]:
    """The words of a categorical column of pandas; none where only the rows would tell."""
    if not rows.implementation.is_pandas():
        return ()
    kind = rows.to_native()[column].dtype
    return tuple(kind.categories) if isinstance(kind, pd.CategoricalDtype) else ()


def is_at_hand(frame: Any) -> bool:
    """Whether the rows lie in this process, as pandas and Arrow have them."""
    return not isinstance(nw.from_native(frame), nw.LazyFrame)
