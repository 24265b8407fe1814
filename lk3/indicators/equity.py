"""How evenly are members shared out over need?"""

import numpy as np
from numpy.typing import ArrayLike


def gini(supply: ArrayLike, need: ArrayLike) -> float:
    """Gini coefficient of supply per unit of need over areas, times n / (n - 1) for few areas.

    supply, need: (areas,). 0: every area has the same ratio; 1: one area has all. Each area
    weighs the same. Those without a positive need take no part; NaN with
    fewer than two, or without any supply.
    """
    people = np.asarray(supply, dtype="float64")
    wanted = np.asarray(need, dtype="float64")
    usable = (wanted > 0) & ~np.isnan(people)
    ratio = np.sort(people[usable] / wanted[usable])
    size = ratio.size
    if size < 2 or ratio.sum() == 0:
        return float("nan")
    places = np.arange(1, size + 1)
    uncorrected = ((2 * places - size - 1) * ratio).sum() / (size * ratio.sum())
    return float(uncorrected * size / (size - 1))
