"""Which cells must be hidden so that no published number gives a small count back.

A table is a vector of counts, its totals among them, and equations "the parts make the total" (one
row per equation: 1 for a part, -1 for the total). Small counts are hidden. For each of them a
linear programme then looks for the cheapest further cells that, hidden too, let it be larger by
`threshold` - 1, so that nobody can tell that it is small. This is the usual heuristic for linked
tables: Hundepool et al., Statistical Disclosure Control (2012), chapter 4.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
Equations = NDArray[np.float64]
Mask = NDArray[np.bool_]
_PART, _TOTAL, _ZERO, _KEPT = 1.0, 4.0, 8.0, 10_000.0  # what a unit of change costs in a cell
_EPSILON = 1e-6
_MANY = 16  # narrow cells from which on it pays to look at all of them together first


def is_small(counts: Counts, *, threshold: int) -> Mask:
    """Counts from 1 to threshold - 1. Zero says that there is nobody to be found."""
    return (counts > 0) & (counts < threshold)


def any_small(differences: Iterable[float], *, threshold: int) -> bool:
    """Whether one of these numbers, or one by which two others differ, is small."""
    return bool(is_small(np.abs(np.array([*differences])), threshold=threshold).any())


def suppress(
    counts: Counts,
    equations: Equations,
    *,
    threshold: int,
    hidden: Mask | None = None,
    kept: Mask | None = None,
    free: Mask | None = None,
    together: NDArray[np.int64] | None = None,
    weights: Counts | None = None,
) -> Mask:
    """Which cells to hide.

    counts: (cells,), whole numbers, totals among them. equations: (equations, cells), 1 for a part
    and -1 for the total. hidden: cells that are hidden anyway; kept: cells that are published
    elsewhere, hidden only where nothing else is left; free: cells that may be worked out; together:
    numbers of cells that are hidden all at once, -1 for one by itself; weights: how much more one
    is missed than another. Out: (cells,) mask.
    """
    small = is_small(counts, threshold=threshold)
    if free is not None:
        small &= ~free
    mask = _with_all_of(small if hidden is None else small | hidden, together)
    if not small.any() or len(equations) == 0:
        return mask
    wanted = threshold - 1.0
    costs = _costs(counts, equations, kept) * (1 if weights is None else weights)
    programme = _Programme(counts, equations, room=4 * wanted)
    ranges = _Ranges(counts, small, wanted)
    random = np.random.default_rng(0)
    while ranges.narrow.any():
        if ranges.narrow.sum() >= _MANY and _probe(programme, ranges, mask, random):
            continue
        cell = _first(counts, ranges.narrow)
        for change in programme.apart(cell, wanted, np.where(mask, 0.0, costs)):
            mask = _with_all_of(mask | (np.abs(change) > _EPSILON), together)
            ranges.widen(counts + change)
        ranges.give_up(cell)  # all is done that can be: its equations may fix it
    return mask


def hidden_ranges(counts: Counts, equations: Equations, mask: Mask) -> tuple[Counts, Counts]:
    """Smallest and largest value of each hidden cell that the published ones leave possible, by a
    linear programme (counts are never negative); NaN for published cells, inf without a limit.
    """
    low, high = np.full(len(counts), np.nan), np.full(len(counts), np.nan)
    cells = np.flatnonzero(mask)
    for place, cell in enumerate(cells):
        goal = np.zeros(len(cells))
        goal[place] = 1
        smallest = _solve(counts, equations, mask, goal)
        largest = _solve(counts, equations, mask, -goal)
        low[cell] = -np.inf if smallest is None else smallest[place]
        high[cell] = np.inf if largest is None else largest[place]
    return low, high


class _Ranges:
    """How far apart the values are that a small count is known to be able to have."""

    def __init__(self, counts: Counts, small: Mask, wanted: float) -> None:
        self._low, self._high, self._wanted = counts.copy(), counts.copy(), wanted
        self.narrow = small.copy()

    def widen(self, solution: Counts) -> None:
        """Take a further possible state of all cells into account."""
        np.minimum(self._low, solution, out=self._low)
        np.maximum(self._high, solution, out=self._high)
        self.narrow &= self._high - self._low < self._wanted - _EPSILON

    def give_up(self, cell: int) -> None:
        """Ask no more about a cell."""
        self.narrow[cell] = False


class _Programme:
    """The equations as a linear programme over the changes of the counts: up and down apart."""

    def __init__(self, counts: Counts, equations: Equations, *, room: float) -> None:
        from scipy.sparse import csc_array, hstack

        self._equations = csc_array(equations)
        self._both = hstack([self._equations, -self._equations], format="csc")
        self.counts, self._room = counts, room

    def furthest(self, goal: Counts, mask: Mask) -> Counts | None:
        """The change of the hidden cells that makes the goal smallest."""
        low = np.where(mask, -np.minimum(self.counts, self._room), 0.0)
        high = np.where(mask, self._room, 0.0)
        return _minimise(goal, self._equations, np.column_stack([low, high]))

    def apart(self, cell: int, wanted: float, costs: Counts) -> list[Counts]:
        """The cheapest changes between which a cell's values lie so far apart: up, or where that
        cannot be, up as far as it goes and then down. What is kept is touched where neither does.
        """
        unkept = np.where(costs < _KEPT, costs, np.inf)
        change = self.cheapest(cell, wanted, unkept)
        if change is not None:
            return [change]
        goal = np.zeros(len(self.counts))
        goal[cell] = -1
        most = self.furthest(goal, np.isfinite(unkept))
        up = 0.0 if most is None else float(most[cell])
        steps = [step for step in (up, up - wanted) if abs(step) > _EPSILON]
        found = [self.cheapest(cell, step, unkept) for step in steps]
        if all(each is not None for each in found):
            return [each for each in found if each is not None]
        change = self.cheapest(cell, wanted, costs)
        return [] if change is None else [change]

    def cheapest(self, cell: int, wanted: float, costs: Counts) -> Counts | None:
        """The change of a cell by so much, up or down, at the least cost; None when none does. A
        cell of infinite cost stays as it is.
        """
        size, stays = len(self.counts), np.isinf(costs)
        high = np.concatenate([np.full(size, self._room), np.minimum(self.counts, self._room)])
        high[np.tile(stays, 2)] = 0.0
        costs = np.where(stays, 0.0, costs)
        low = np.zeros(2 * size)
        at, other = (cell, size + cell) if wanted > 0 else (size + cell, cell)
        if abs(wanted) > high[at]:
            return None
        low[at], high[at], high[other] = abs(wanted), abs(wanted), 0.0
        found = _minimise(np.tile(costs, 2), self._both, np.column_stack([low, high]))
        return None if found is None else found[:size] - found[size:]


def _with_all_of(mask: Mask, together: NDArray[np.int64] | None) -> Mask:
    """The mask with all cells of every group of which one is hidden."""
    if together is None:
        return mask
    hidden: Mask = mask | ((together >= 0) & np.isin(together, together[mask]))
    return hidden


def _probe(programme: _Programme, ranges: _Ranges, mask: Mask, random: np.random.Generator) -> bool:
    """Whether what is hidden already proves to be enough for some more cells."""
    before = ranges.narrow.sum()
    goal = np.where(ranges.narrow, random.choice([-1.0, 1.0], len(mask)), 0.0)
    for direction in (goal, -goal):
        change = programme.furthest(direction, mask)
        if change is not None:
            ranges.widen(programme.counts + change)
    return bool(ranges.narrow.sum() < before)


def _first(counts: Counts, narrow: Mask) -> int:
    """The largest of the narrow cells: what it needs does for smaller ones too."""
    return int(np.argmax(np.where(narrow, counts, -1.0)))


def _costs(counts: Counts, equations: Equations, kept: Mask | None) -> Counts:
    """A part before a total, a count before a zero, what is published elsewhere last; of two alike
    the smaller one.
    """
    is_total = (equations < 0).any(axis=0)
    costs = np.where(is_total, _TOTAL, np.where(counts == 0, _ZERO, _PART))
    costs = costs * (1 + counts / (counts.max(initial=0.0) + 1))
    return costs if kept is None else np.where(kept, _KEPT, costs)


def _minimise(goal: Counts, equations: object, bounds: Counts) -> Counts | None:
    # Heavy, and needed for what leaves for the public only. Without whole numbers asked for `milp`
    # solves the same linear programme as `linprog` by the same library, with less about it.
    from scipy.optimize import Bounds, LinearConstraint, milp

    fulfilled = LinearConstraint(equations, 0, 0)
    answer = milp(goal, constraints=fulfilled, bounds=Bounds(bounds[:, 0], bounds[:, 1]))
    return answer.x if answer.status == 0 else None


def _solve(counts: Counts, equations: Equations, mask: Mask, goal: Counts) -> Counts | None:
    """Hidden cells that fulfil all equations and make the goal smallest; None if it has no end."""
    from scipy.optimize import linprog

    relevant = equations[(equations[:, mask] != 0).any(axis=1)]
    published = relevant[:, ~mask] @ counts[~mask]
    if len(relevant) == 0:
        return None if (goal < 0).any() else np.zeros(len(goal))
    answer = linprog(goal, A_eq=relevant[:, mask], b_eq=-published, bounds=(0, None))
    return answer.x if answer.status == 0 else None
