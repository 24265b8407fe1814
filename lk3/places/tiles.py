"""Peta ubin laid out by itself: one square per area, no two on one place, as the areas lie.

In: a point of each area and who borders whom. Out: row and column of each. The areas are shared
out to the squares of a grid so that the sum of squared moves is least; of a few grids the one that
keeps most neighbours together is taken. The same areas give the same layout.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from lk3.places.measuring import metres_per_degree

_BLOCK = 600  # areas that are shared out at once; more are first parted, for it costs n³
_SLACK = (1.0, 1.15, 1.35)  # squares per area: some stay empty, as bays do
_EVENNESS = (0.3, 0.6, 0.9)  # how far crowded parts are pulled apart before
_LONGEST = 2.5  # sides of the grid: nothing longer fits beside the bars
_EPSILON = 1e-9


@dataclass(frozen=True)
class Quality:
    """`neighbours`: the share of true neighbours whose tiles touch, corners included; `north`: of
    those that lie clearly north and south of one another, the share whose tiles do not lie the
    other way round; `west` likewise.
    """

    neighbours: float
    north: float
    west: float


def layout(points: pd.DataFrame, neighbours: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    """Places on the tile map. points: [lon, lat] by code. Out, by the same index: tile_row (0 in
    the north), tile_col (0 in the west).
    """
    flat = _flattened(points)
    choices = [
        _lay_out(flat, slack=slack, evenness=even, index=points.index)
        for slack, even in (product(_SLACK, _EVENNESS) if len(points) <= _BLOCK else [(1.15, 0.6)])
    ]
    pairs = _pairs(points.index, neighbours)
    return max(choices, key=lambda tiles: _score(tiles, flat, pairs))


def quality(
    tiles: pd.DataFrame, points: pd.DataFrame, neighbours: Mapping[str, tuple[str, ...]]
) -> Quality:
    """How well a layout tells where the areas lie; 1 where there is nothing to compare."""
    return _quality(tiles, _flattened(points), _pairs(points.index, neighbours))


def _score(tiles: pd.DataFrame, flat: np.ndarray, pairs: np.ndarray) -> float:
    found = _quality(tiles, flat, pairs)
    return found.neighbours + found.north + found.west


def _quality(tiles: pd.DataFrame, flat: np.ndarray, pairs: np.ndarray) -> Quality:
    if not len(pairs):
        return Quality(1.0, 1.0, 1.0)
    at = tiles[["tile_col", "tile_row"]].to_numpy(dtype=float) * [1, -1]
    moved, true = at[pairs[:, 1]] - at[pairs[:, 0]], flat[pairs[:, 1]] - flat[pairs[:, 0]]
    touching = float((np.abs(moved).max(axis=1) <= 1).mean())
    kept = [_share_kept(moved[:, axis], true[:, axis], other=true[:, 1 - axis]) for axis in (1, 0)]
    return Quality(touching, *kept)


def _share_kept(moved: np.ndarray, true: np.ndarray, *, other: np.ndarray) -> float:
    """Of the pairs that lie more along this axis than across it, those not turned round."""
    clear = np.abs(true) > np.abs(other)
    return float((moved * np.sign(true) >= 0)[clear].mean()) if clear.any() else 1.0


def _pairs(index: pd.Index, neighbours: Mapping[str, tuple[str, ...]]) -> np.ndarray:
    at = {code: i for i, code in enumerate(index)}
    found = [
        (at[code], at[other])
        for code, others in neighbours.items()
        for other in others
        if code in at and other in at and at[code] < at[other]
    ]
    return np.array(found, dtype=int).reshape(-1, 2)


def _flattened(points: pd.DataFrame) -> np.ndarray:
    """Points in metres, eastward and northward."""
    lon, lat = points["lon"].to_numpy(dtype=float), points["lat"].to_numpy(dtype=float)
    east, north = metres_per_degree(float(lat.mean()))
    return np.column_stack([(lon - lon.min()) * east, (lat - lat.min()) * north])


def _lay_out(flat: np.ndarray, *, slack: float, evenness: float, index: pd.Index) -> pd.DataFrame:
    n = len(flat)
    width, height = np.ptp(flat, axis=0) + _EPSILON
    aspect = float(np.clip(width / height, 1 / _LONGEST, _LONGEST))
    columns = max(1, round((n * slack * aspect) ** 0.5))
    rows = -(-max(n, round(n * slack)) // columns)
    wanted = _evened(flat, evenness) * [max(columns - 1, 0), max(rows - 1, 0)]
    grid = np.array([(column, row) for row in range(rows) for column in range(columns)], float)
    chosen = grid[_shared_out(wanted, grid)]
    tiles = pd.DataFrame(
        {"tile_row": rows - 1 - chosen[:, 1], "tile_col": chosen[:, 0]}, index=index
    ).astype(int)
    return tiles - tiles.min()


def _evened(flat: np.ndarray, evenness: float) -> np.ndarray:
    """Points between 0 and 1 on both axes, partly by their rank: a crowded centre gets room."""
    span = np.ptp(flat, axis=0)
    place = (flat - flat.min(axis=0)) / np.where(span > 0, span, 1)
    rank = flat.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    return (1 - evenness) * place + evenness * rank / max(len(flat) - 1, 1)


def _shared_out(wanted: np.ndarray, grid: np.ndarray) -> np.ndarray:
    """For each point the number of its square. Many points are parted in two along the longer side
    of the grid, and the squares with them.
    """
    from scipy.optimize import linear_sum_assignment  # a slow import, for folders without tiles

    if len(wanted) <= _BLOCK:
        cost = ((wanted[:, None, :] - grid[None, :, :]) ** 2).sum(axis=2)
        return np.asarray(linear_sum_assignment(cost)[1])
    axis = int(np.argmax(np.ptp(grid, axis=0)))
    points = wanted[:, axis].argsort(kind="stable")
    squares = np.lexsort((grid[:, 1 - axis], grid[:, axis]))
    half = len(points) // 2
    cut = len(squares) * half // len(points)
    found = np.empty(len(wanted), dtype=int)
    for of_points, of_squares in (
        (points[:half], squares[:cut]),
        (points[half:], squares[cut:]),
    ):
        found[of_points] = of_squares[_shared_out(wanted[of_points], grid[of_squares])]
    return found
