"""Where the names of points find room beside each other."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

WIDE, AROUND = 300, 60  # pixels: a plot beside another one or on a phone; its scale and margins
_COVERED = 0.35  # of a name: so much of it may lie on other names and points
_CUT = 10  # times as bad: what runs out of the plot, or lies on a caption
_MANY = 40  # points, of which only names that cover nothing help
Box = tuple[float, float, float, float]
Range = tuple[float, float]


def place_labels(
    points: pd.DataFrame,
    names: list[str],
    *,
    ranges: tuple[Range, Range],
    height: int,
    first: int | None = None,
    captions: Sequence[Box] = (),
) -> tuple[list[str], list[str]]:
    """The names that find room, "" in the place of the others, and the side of its point on which
    each covers the least.

    points: two columns, across and up; ranges: of the two axes; height: pixels of the figure, about
    as wide as a column; first: the row whose name must be written; captions: other texts, in pixels
    from the bottom left of the plot. A name that hovering alone shows is better than two that
    nobody can read.
    """
    low, high = np.array(ranges, dtype="float64").T
    at = (points.to_numpy() - low) / (high - low) * np.array([WIDE, height - AROUND])
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in at]
    walls = [*_outside(height - AROUND), *captions]
    texts, sides = [""] * len(names), ["top center"] * len(names)
    order = sorted(range(len(names)), key=lambda row: row != first)
    most = _COVERED if len(names) <= _MANY else 0.0
    for row in order:
        boxes = _boxes(*at[row], width=6 * len(names[row]) + 4)
        covered = {
            side: _covered(box, taken) + _CUT * _covered(box, walls) for side, box in boxes.items()
        }
        side = min(covered, key=lambda each: covered[each])
        if row == first or covered[side] <= most * _overlap(boxes[side], boxes[side]):
            taken.append(boxes[side])
            texts[row], sides[row] = names[row], side
    return texts, sides


def _outside(high: float) -> list[Box]:
    """What lies around a plot of so many pixels up: left, right, below and above."""
    far = 10_000.0
    return [
        (-far, -far, 0, far),
        (WIDE, -far, far, far),
        (0, -far, WIDE, 0),
        (0, high, WIDE, far),
    ]


def _boxes(x: float, y: float, *, width: float) -> dict[str, Box]:
    """Where a name may stand beside its point, by the side."""
    half = width / 2
    return {
        "top center": (x - half, y + 8, x + half, y + 22),
        "bottom center": (x - half, y - 22, x + half, y - 8),
        "middle right": (x + 9, y - 7, x + 9 + width, y + 7),
        "middle left": (x - 9 - width, y - 7, x - 9, y + 7),
    }


def _covered(box: Box, others: Sequence[Box]) -> float:
    return sum(_overlap(box, other) for other in others)


def _overlap(one: Box, other: Box) -> float:
    """The area that two boxes (left, bottom, right, top) share."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    up = min(one[3], other[3]) - max(one[1], other[1])
    return max(across, 0) * max(up, 0)
