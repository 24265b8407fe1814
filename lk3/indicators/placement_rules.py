"""Which area gets the next person: three rules on plain arrays, with their ties and doubts.

In: need and people already there, (areas,). Out: one `Step` for each person placed. Nothing here
knows a kelurahan; `placement` brings the names.

Every rule first fills areas under the floor, then adds people one at a time where the priority of
the next one is highest:

- largest_shortfall: yardstick x need - people. No other way of placing as many people leaves a
  smaller largest shortfall, nor among those a smaller second largest, and so on.
- webster (Sainte-Laguë): need / (2 people + 1). Least sum of people^2 / need, that is of the
  squared distances from a proportional share (Balinski & Young 1975).
- huntington_hill: need / sqrt(people (people + 1)). Least sum of need^2 / people: equal
  proportions, as the seats of the United States' House are given (Huntington 1921).

People already there count as seats already held and are never taken away.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lk3.indicators.ranking import TOLD_APART_FROM

LARGEST_SHORTFALL, WEBSTER, HUNTINGTON_HILL = "largest_shortfall", "webster", "huntington_hill"
RULES = (LARGEST_SHORTFALL, WEBSTER, HUNTINGTON_HILL)
_NOBODY_YET = 1e9  # in the place of 1 / sqrt(0): who has nobody goes before all who have somebody
_EQUAL = 1e-9
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Step:
    """One person placed in an area (its place in the arrays).

    tied: areas where this person would have served the rule just as well, as the people stand in
    the end. alike: further ones that the data cannot tell apart from it (the area comes before
    them in fewer than 90 % of the draws). to_floor: whether the area was under the floor.
    """

    area: int
    tied: tuple[int, ...]
    alike: tuple[int, ...]
    to_floor: bool


def allocate(
    need: ArrayLike,
    seats: ArrayLike,
    people: int,
    *,
    rule: str,
    floor: ArrayLike = 0,
    yardstick: float | None = None,
    draws: Floats | None = None,
) -> list[Step]:
    """Place people one at a time. Of equal areas the first in order gets the person.

    need: (areas,), above 0. floor: people that an area should have before any other gets more.
    yardstick: people per need of the rule largest_shortfall (default: `yardstick_of`). draws:
    (draws, areas) of the need; without them nothing is said of what the data can tell apart.
    Raises ValueError for an unknown rule.
    """
    wanted = np.asarray(need, dtype="float64")
    held = np.array(seats, dtype="float64")
    least = np.broadcast_to(np.asarray(floor, dtype="float64"), wanted.shape)
    measure = yardstick_of(wanted, held, people) if yardstick is None else yardstick
    taken: list[tuple[int, float, bool]] = []
    for _person in range(people if wanted.size else 0):
        open_areas, to_floor = _candidates(held, least)
        worth = np.where(open_areas, priority(wanted, held, rule=rule, yardstick=measure), -np.inf)
        area = int(np.flatnonzero(_as_good(worth, worth.max()))[0])
        taken.append((area, float(held[area]), to_floor))
        held[area] += 1
    judge = _Judge(wanted, held, least, rule, measure, draws)
    return [judge.step(area, before, to_floor) for area, before, to_floor in taken]


def priority(need: Floats, seats: Floats, *, rule: str, yardstick: float) -> Floats:
    """What the next person is worth in each area by the rule; need may be draws (draws, areas)."""
    if rule == LARGEST_SHORTFALL:
        return yardstick * need - seats
    if rule == WEBSTER:
        return need / (2 * seats + 1)
    if rule == HUNTINGTON_HILL:
        product = np.sqrt(seats * (seats + 1))
        weight = np.divide(1, product, out=np.full(product.shape, _NOBODY_YET), where=product > 0)
        return need * weight
    raise ValueError(f"{rule} is not one of {RULES}")


def yardstick_of(need: ArrayLike, seats: ArrayLike, people: int) -> float:
    """People per need by which shortfalls are measured: the areas' own ratio as it is now.

    Where the new people are more than all that is lacking, or nobody serves yet, that ratio would
    call everybody well served; then it is the ratio with the new people.
    """
    wanted, held = np.asarray(need, dtype="float64"), np.asarray(seats, dtype="float64")
    total = wanted.sum()
    if total <= 0:
        return float("nan")
    now = held.sum() / total
    lacking = np.clip(now * wanted - held, 0, None).sum()
    is_enough = now > 0 and people <= np.ceil(lacking - _EQUAL)  # people come whole
    return float(now if is_enough else (held.sum() + max(people, 0)) / total)


@dataclass(frozen=True, eq=False)
class _Judge:
    """Says of each person placed where else they could be, once all are placed."""

    need: Floats
    seats: Floats
    floor: Floats
    rule: str
    yardstick: float
    draws: Floats | None

    def step(self, area: int, before: float, to_floor: bool) -> Step:
        """`before`: the people that the area had when it got this one."""
        rivals = self.seats < self.floor if to_floor else np.ones(self.seats.shape, dtype=bool)
        rivals[area] = False
        held = self.seats.copy()
        held[area] = before
        worth = priority(self.need, held, rule=self.rule, yardstick=self.yardstick)
        tied = rivals & _as_good(worth, worth[area])
        alike = rivals & ~tied & self._not_told_apart(area, held)
        return Step(area, _places(tied), _places(alike), to_floor)

    def _not_told_apart(self, area: int, held: Floats) -> NDArray[np.bool_]:
        if self.draws is None:
            return np.zeros(held.shape, dtype=bool)
        worth = priority(self.draws, held, rule=self.rule, yardstick=self.yardstick)
        return np.asarray((worth[:, [area]] > worth).mean(axis=0) < TOLD_APART_FROM)


def _candidates(seats: Floats, floor: Floats) -> tuple[NDArray[np.bool_], bool]:
    """The areas under the floor, or all when none is; and whether it is the floor that decides."""
    under = seats < floor
    return (under, True) if under.any() else (np.ones(seats.shape, dtype=bool), False)


def _as_good(worth: Floats, best: float) -> NDArray[np.bool_]:
    return np.isclose(worth, best, rtol=_EQUAL, atol=_EQUAL)


def _places(chosen: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(place) for place in np.flatnonzero(chosen))
