"""One family of counts: categories over time with all their totals, and what of it is hidden.

In: counts by category and unit of time, and which of them add up to which. Out: a mask. All that a
family publishes is decided at once, so that no two exports of it can be put against each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lk3.disclosure.suppression import Equations, is_small, suppress
from lk3.disclosure.times import Unit

Mask = pd.DataFrame
_MOST_CELLS = 600  # above: years are decided one by one, and windows show what they all show


@dataclass(frozen=True, eq=False)
class Family:
    """Counts with their totals.

    counts: categories and totals of them (rows) by units of time (columns). rows: of each total
    row, its parts; columns: of each unit, the units that make it up.
    """

    counts: pd.DataFrame
    rows: Mapping[str, tuple[str, ...]]
    columns: Mapping[Unit, tuple[Unit, ...]]

    def equations(self) -> Equations:
        """One row per equation over the cells, which are counted row by row."""
        cells = np.arange(self.counts.size).reshape(self.counts.shape)
        row, column = self.counts.index, self.counts.columns
        places: Any = {name: at for at, name in enumerate(row)}
        down = [
            (cells[[places[part] for part in parts], at], cells[places[total], at])
            for total, parts in self.rows.items()
            for at in range(cells.shape[1])
        ]
        across = [
            (cells[at, _places(column, parts)], cells[at, _places(column, (whole,))[0]])
            for whole, parts in self.columns.items()
            for at in range(cells.shape[0])
        ]
        matrix = np.zeros((len(down) + len(across), self.counts.size))
        for line, (parts, total) in enumerate([*down, *across]):
            matrix[line, parts], matrix[line, total] = 1, -1
        return matrix

    def hide(self, *, threshold: int, hidden: Mask | None = None, kept: Mask | None = None) -> Mask:
        """Which cells are hidden, in the shape of `counts`. hidden, kept: see `suppress`."""
        if self.counts.empty:
            return self.counts.astype("bool")
        if self.counts.size > _MOST_CELLS and len(self.rows) > 0:
            return self._hide_apart(threshold=threshold, hidden=hidden, kept=kept)
        mask = suppress(
            self.counts.to_numpy(dtype="float64").ravel(),
            self.equations(),
            threshold=threshold,
            hidden=None if hidden is None else hidden.to_numpy(dtype="bool").ravel(),
            kept=None if kept is None else kept.to_numpy(dtype="bool").ravel(),
        )
        values = mask.reshape(self.counts.shape)
        return pd.DataFrame(values, index=self.counts.index, columns=self.counts.columns)

    def _hide_apart(self, *, threshold: int, hidden: Mask | None, kept: Mask | None) -> Mask:
        """Each column by itself; a sum of columns is shown where all of them are, and says no more
        than they.
        """
        mask = pd.DataFrame(False, index=self.counts.index, columns=self.counts.columns)
        for column in [each for each in self.counts if each not in self.columns]:
            counts = self.counts[column].to_numpy(dtype="float64")
            mask[column] = suppress(
                counts,
                Family(self.counts[[column]], self.rows, {}).equations(),
                threshold=threshold,
                hidden=None if hidden is None else hidden[column].to_numpy(dtype="bool"),
                kept=None if kept is None else kept[column].to_numpy(dtype="bool"),
            )
        for whole, parts in self.columns.items():
            mask[whole] = mask[list(parts)].any(axis=1)
        return mask


def open_rows(
    parts: pd.DataFrame, shown: "pd.Series[bool]", *, threshold: int
) -> "pd.Series[bool]":
    """Which categories may show the parts of a year (its quarters) beside the year itself.

    parts: categories that make a total, by the parts of the year; shown: whose year is published.
    A category is open when none of its parts is small. What stays closed is one block, of which
    nothing but the sums of its rows and of its columns can be known; no column's sum, and nothing
    that a row or a column leaves of the block, may be small. Then each cell of the block could be
    any of at least `threshold` values: with row sum r, column sum c and n altogether its range is
    min(r, c, n - r, n - c) wide.
    """
    values = parts.to_numpy(dtype="float64")
    is_open = shown.to_numpy(dtype="bool") & ~is_small(values, threshold=threshold).any(axis=1)
    while is_open.any():
        block = values[~is_open]
        across, down, n = block.sum(axis=0), block.sum(axis=1), block.sum()
        left = np.concatenate([across, n - across, n - down[down > 0]])
        if not is_small(left, threshold=threshold).any():
            break
        is_open[int(np.where(is_open, values.sum(axis=1), np.inf).argmin())] = False
    return pd.Series(is_open, index=parts.index)


def _places(index: pd.Index, wanted: tuple[Unit, ...]) -> list[int]:
    """Positions by identity of the unit: an index of periods does not look them up itself."""
    at = {unit: place for place, unit in enumerate(index)}
    return [at[unit] for unit in wanted]
