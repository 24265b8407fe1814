"""Cells of a long sheet: columns of text (`columnar`) -> the objects that the other reader gives.

Numbers and dates stand in such a column in one fixed form ("12.5", "2024-01-02 00:00:00"); `typed`
turns one back into what it was. Only distinct cells are ever turned, never each cell of a column.
"""

import re
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?")
_FIRST_YEAR_OF_EXCEL = 1901  # what lies before is a time of day or a duration


def is_rendered(values: pd.Series) -> bool:
    """Whether the cells of a sheet's column are texts of the reader by columns."""
    return isinstance(values.dtype, pd.StringDtype)


def typed(text: str) -> Any:
    """The number, the date or the time that a text of this reader stands for, else the text."""
    if _NUMBER.fullmatch(text) and text != "-0":
        return float(text)
    if not _DATE.fullmatch(text):
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if moment.year < _FIRST_YEAR_OF_EXCEL:
        return moment.time()
    return moment if moment.time() != datetime.min.time() else moment.date()


def as_category(values: pd.Series) -> pd.Series:
    """The column with its distinct cells as objects; a column of objects stays as it is."""
    if not is_rendered(values):
        return values
    codes, texts = pd.factorize(values)
    cells: list[Any] = [typed(str(text)) for text in texts]
    categories = pd.Index(objects(cells), dtype="object")
    return pd.Series(pd.Categorical.from_codes(codes, categories=categories), index=values.index)


def as_objects(frame: pd.DataFrame) -> pd.DataFrame:
    """A few rows of a sheet, cell by cell; None where a cell is blank."""
    if not any(is_rendered(values) for _column, values in frame.items()):
        return frame
    cells = {column: objects(list(map(_cell, values))) for column, values in frame.items()}
    return pd.DataFrame(cells, index=frame.index, columns=frame.columns, dtype="object")


def _cell(value: Any) -> Any:
    return typed(value) if isinstance(value, str) else None


def objects(cells: list[Any]) -> np.ndarray:
    """The cells as an array of objects, whatever they are."""
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array
