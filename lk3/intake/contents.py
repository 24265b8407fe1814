"""What the cells of a column look like, whatever its header says: dates, kelurahan, terms.

In: raw cells. Out: shares between 0 and 1 and counts, never a cell. Only the first rows are looked
at: they tell a column apart as well as all of them do.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pandas as pd

from lk3.intake.cleaning.cells import cell_text, is_missing
from lk3.intake.cleaning.date_texts import DAY, MONTH, read_date
from lk3.intake.columns import share_of_terms
from lk3.intake.headers import VOCABULARIES
from lk3.intake.rendered import as_objects
from lk3.places import Places

ROWS_LOOKED_AT = 500
ENOUGH = 0.5  # of the filled cells
DATE, NUMBER, TEXT = "date", "number", "text"
_SHORTEST_PERSONAL = 9  # digits of a number that may be somebody's
_TERMS = ("problem", "profession", "status", "service", "sex")


def type_of(values: pd.Series) -> str:
    """Date, number or text: what most filled cells are. The coarse type tells a layout."""
    cells = _filled(values)
    if _share(cells, _is_date) >= ENOUGH:
        return DATE
    return NUMBER if _share(cells, _is_number) >= ENOUGH else TEXT


def likely_fields(values: pd.Series, places: Places) -> dict[str, float]:
    """The fields that a column may hold by what stands in it, the likeliest first, with the share
    of its cells that say so.
    """
    cells = _filled(values)
    if counts_up(cells):
        return {}  # 1 and 2 are sexes too, and a column of numbers that rise is a counter
    found = {"kelurahan": _share(cells, lambda cell: places.knows(cell_text(cell)))}
    found |= {name: share_of_terms(cells, name) for name in _TERMS if name in VOCABULARIES}
    found["reported_on"] = _share(cells, _is_date)
    likely = {name: share for name, share in found.items() if share >= ENOUGH}
    return dict(sorted(likely.items(), key=lambda item: -item[1]))


def looks_personal(values: pd.Series) -> bool:
    """Whether most cells are numbers as long as those of persons are."""
    return _share(_filled(values), _is_long_number) >= ENOUGH


def counts_up(values: pd.Series) -> bool:
    """Whether a column numbers its rows."""
    cells = _filled(values)
    numbers = [int(cell_text(cell)) for cell in cells if cell_text(cell).isdecimal()]
    return bool(numbers) and len(numbers) == len(cells) and numbers == sorted(set(numbers))


def distinct_count(values: pd.Series) -> int:
    """How many different cells a column holds, blanks aside."""
    return len({cell_text(cell).casefold() for cell in values.dropna() if not is_missing(cell)})


def _filled(values: pd.Series) -> pd.Series:
    cells = as_objects(values.dropna().head(ROWS_LOOKED_AT).to_frame()).iloc[:, 0]
    return cells[[not is_missing(cell) for cell in cells]]


def _share(cells: pd.Series, test: Callable[[Any], bool]) -> float:
    return sum(map(test, cells)) / len(cells) if len(cells) else 0.0


def _is_date(cell: Any) -> bool:
    if isinstance(cell, datetime | date):
        return True
    reading = read_date(cell) if isinstance(cell, str) else None
    return reading is not None and reading.year is not None and reading.precision in (DAY, MONTH)


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float) or cell_text(cell).isdecimal()


def _is_long_number(cell: Any) -> bool:
    digits = [letter for letter in cell_text(cell) if letter.isdigit()]
    letters = any(letter.isalpha() for letter in cell_text(cell))
    return len(digits) >= _SHORTEST_PERSONAL and not letters and not _is_date(cell)
