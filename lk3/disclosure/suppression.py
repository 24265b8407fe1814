"""Which cells must be hidden so that no published total gives a small count back.

A table is a vector of counts, its totals among them, and equations "the parts make the total" (one
row per equation: 1 for a part, -1 for the total). Small counts are hidden first; then further ones,
the smallest first, until by all equations together every hidden count could be any of at least
`threshold` values. See Hundepool et al., Statistical Disclosure Control (2012), chapter 4.
"""

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
Mask = NDArray[np.bool_]
_PROBES = 8
_EPSILON = 1e-6


def is_small(counts: Counts, *, threshold: int) -> Mask:
    """Counts from 1 to threshold - 1. Zero says that there is nobody to be found."""
    return (counts > 0) & (counts < threshold)


def suppress(
    counts: Counts, equations: Counts, *, threshold: int, hidden: Mask | None = None
) -> Mask:
    """Which cells to hide.

    counts: (cells,), whole numbers, totals among them. equations: (equations, cells), 1 for a part
    and -1 for the total. hidden: cells that are hidden anyway. Out: (cells,) mask.
    """
    mask = is_small(counts, threshold=threshold)
    if hidden is not None:
        mask = mask | hidden
    while True:
        mask = _close_equations(counts, equations, mask, threshold=threshold)
        pinned = _pinned(counts, equations, mask, threshold=threshold)
        wider = _hide_beside(counts, equations, mask, pinned)
        if not pinned.any() or (wider == mask).all():
            return mask
        mask = wider


def hidden_ranges(counts: Counts, equations: Counts, mask: Mask) -> tuple[Counts, Counts]:
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


def _close_equations(counts: Counts, equations: Counts, mask: Mask, *, threshold: int) -> Mask:
    """Hide further cells until no equation by itself gives one back.

    An equation with one hidden member gives it back. If its total is published, the hidden parts
    together are a published count too, and that must not be a small one either.
    """
    closed, before = mask.copy(), None
    while before is None or (closed != before).any():
        before = closed.copy()
        for equation in equations:
            while not _is_safe(counts, equation, closed, threshold=threshold):
                closed[_cheapest(counts, equations, equation, closed)] = True
    return closed


def _is_safe(counts: Counts, equation: Counts, mask: Mask, *, threshold: int) -> bool:
    members = equation != 0
    hidden = members & mask
    if not hidden.any() or hidden.sum() == members.sum():
        return True
    total_hidden = mask[equation < 0].any()
    together = counts[hidden].sum()
    if together == 0:  # hidden elsewhere; that nobody is there may be known
        return True
    return bool(hidden.sum() > 1 and (total_hidden or together >= threshold))


def _cheapest(counts: Counts, equations: Counts, equation: Counts, mask: Mask) -> int:
    """The published member that costs the least: a part before the total, a count before a zero,
    one whose other equations have hidden cells already, and the smallest of those.
    """
    members = np.flatnonzero((equation != 0) & ~mask)
    crossed = [(equations[equations[:, m] != 0][:, mask] != 0).any(axis=1).sum() for m in members]
    costs = [
        (counts[m] == 0, equation[m] < 0, -hidden_lines, counts[m], m)
        for m, hidden_lines in zip(members, crossed, strict=True)
    ]
    return int(min(costs)[-1])


def _pinned(counts: Counts, equations: Counts, mask: Mask, *, threshold: int) -> Mask:
    """Hidden cells whose possible range is narrower than that of a small count.

    Any two solutions of the equations bound a cell's range from inside. A few random goals show
    most ranges to be wide enough; only the others need a programme of their own.
    """
    pinned = np.zeros(len(counts), dtype=bool)
    cells = np.flatnonzero(mask)
    if len(cells) == 0 or len(equations) < 2:
        return pinned
    low, high = counts[cells].copy(), counts[cells].copy()
    random = np.random.default_rng(0)
    goals = [random.normal(size=len(cells)) for _ in range(_PROBES)]
    for goal in goals:
        _widen(low, high, _solve(counts, equations, mask, goal))
    for place, cell in enumerate(cells):
        goal = np.zeros(len(cells))
        goal[place] = 1
        for direction in (goal, -goal):
            if high[place] - low[place] >= threshold - 1 - _EPSILON:
                break
            solution = _solve(counts, equations, mask, direction)
            if solution is None:
                high[place] = np.inf
            _widen(low, high, solution)
        pinned[cell] = high[place] - low[place] < threshold - 1 - _EPSILON
    return pinned


def _widen(low: Counts, high: Counts, solution: Counts | None) -> None:
    if solution is not None:
        np.minimum(low, solution, out=low)
        np.maximum(high, solution, out=high)


def _hide_beside(counts: Counts, equations: Counts, mask: Mask, pinned: Mask) -> Mask:
    """Hide the cheapest published neighbour of the pinned cells, one per equation they are in."""
    wider = mask.copy()
    for equation in equations:
        if (pinned & (equation != 0)).any() and (~wider & (equation != 0)).any():
            wider[_cheapest(counts, equations, equation, wider)] = True
    return wider


def _solve(counts: Counts, equations: Counts, mask: Mask, goal: Counts) -> Counts | None:
    """Hidden cells that fulfil all equations and make the goal smallest; None if it has no end."""
    from scipy.optimize import linprog  # heavy, and needed for what leaves for the public only

    relevant = equations[(equations[:, mask] != 0).any(axis=1)]
    published = relevant[:, ~mask] @ counts[~mask]
    if len(relevant) == 0:
        return None if (goal < 0).any() else np.zeros(len(goal))
    answer = linprog(goal, A_eq=relevant[:, mask], b_eq=-published, bounds=(0, None))
    return answer.x if answer.status == 0 else None
