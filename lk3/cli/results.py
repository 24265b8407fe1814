"""What the commands found, as values that JSON can hold."""

from typing import Any

import pandas as pd

from lk3.counts import Period
from lk3.dataset import Dataset
from lk3.disclosure import Released
from lk3.indicators.measure import NUMBERS, WORDS
from lk3.places import CITY, OUTSIDE, Places
from lk3.store import Version
from lk3.vocabulary import UNKNOWN


def version_json(version: Version) -> dict[str, Any]:
    """A version: number, saved_at (ISO 8601), source, action, user, accounting."""
    return version.__dict__ | {"saved_at": version.saved_at.isoformat()}


def indicators_json(
    released: Released, places: Places, dataset: Dataset, *, period: Period | None
) -> dict[str, Any]:
    """Every measure by kelurahan, then of the city, outside and unknown; null where there is no
    number, with the reason in `note`.
    """
    areas = {code: _area(released, code, places) for code in places.codes}
    return {
        "period": {
            "from": period.start.isoformat() if period else None,
            "to": period.end.isoformat() if period else None,
        },
        "audience": released.audience,
        "sample": dataset.sample,
        "version": dataset.version,
        "as_of": dataset.as_of.isoformat(),
        "kelurahan": areas,
        **{code: _area(released, code, places) for code in (CITY, OUTSIDE, UNKNOWN)},
    }


def _area(released: Released, code: str, places: Places) -> dict[str, Any]:
    measures = {key: _measure(frame, code) for key, frame in released.measures.items()}
    return {"name": places.label(code), **measures}


def _measure(frame: pd.DataFrame, code: str) -> dict[str, Any]:
    numbers = {name: _number(frame.at[code, name]) for name in NUMBERS}
    return numbers | {name: str(frame.at[code, name]) for name in WORDS}


def _number(value: Any) -> float | int | None:
    if pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else float(value)
