"""Do high rates lie beside high rates? Global Moran's I of rates over contiguous kelurahan.

Rates of unequal populations are standardised first (Assunção & Reis 1999), so that a small area's
chance extremes do not pass for a pattern. With some fifteen areas the test has little power, and
no local test is made: an area with one neighbour could never reach a small p.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from lk3.indicators.context import Context
from lk3.indicators.rates import rate_parts
from lk3.indicators.smoothing import empirical_bayes
from lk3.language import _, number

PERMUTATIONS = 9_999
SEED = 20230726
SIGNIFICANT = 0.05
FEWEST = 5
_MOST_NUMBERS = 2_000_000  # held at once
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Moran:
    """value: Moran's I; expected: its mean without any pattern, -1/(n-1); p: two-sided, from random
    arrangements of the same values; areas: how many took part. NaN where nothing can be computed.
    """

    value: float
    expected: float
    p: float
    areas: int


def weights(codes: Sequence[str], neighbours: Mapping[str, tuple[str, ...]]) -> Floats:
    """Weights of neighbours, (areas, areas); each row with a neighbour adds up to 1."""
    place = {code: i for i, code in enumerate(codes)}
    found = np.zeros((len(codes), len(codes)))
    for code, others in neighbours.items():
        beside = [place[other] for other in others if other in place]
        if code in place and beside:
            found[place[code], beside] = 1 / len(beside)
    return found


def standardised_rates(events: ArrayLike, exposure: ArrayLike) -> Floats:
    """Empirical Bayes standardised rates, (areas,): the distance to the overall rate in standard
    deviations of what chance and the spread between areas give (Assunção & Reis 1999). An area
    without a positive exposure or with a missing count: NaN.
    """
    count, base = (np.asarray(values, dtype="float64") for values in (events, exposure))
    smooth = empirical_bayes(count, base)
    x = np.where((base > 0) & ~np.isnan(count), base, np.nan)
    spread = smooth.variance + smooth.overall / x
    found = np.full(count.shape, np.nan)
    return np.divide(count / x - smooth.overall, np.sqrt(spread), out=found, where=spread > 0)


def moran(values: ArrayLike, weights: ArrayLike) -> float:
    """Moran's I of values, (areas,), with weights, (areas, areas): n / sum of the weights times
    the weighted products of deviations over the sum of their squares; NaN when all are equal.
    """
    apart = np.asarray(values, dtype="float64")
    apart = apart - apart.mean()
    links = np.asarray(weights, dtype="float64")
    scale = links.sum() * (apart**2).sum()
    if not scale > 0:
        return float("nan")
    return float(apart.size * (apart @ links @ apart) / scale)


def moran_of_rates(
    events: ArrayLike,
    exposure: ArrayLike,
    links: ArrayLike,
    *,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Moran:
    """Moran's I of standardised rates with its p from seeded permutations.

    events, exposure: (areas,); links: (areas, areas), see `weights`. Areas without a rate take no
    part, and the weights of the others are shared out anew among those that are left.
    """
    rates = standardised_rates(events, exposure)
    usable = ~np.isnan(rates)
    part = _rows_to_one(np.asarray(links, dtype="float64")[np.ix_(usable, usable)])
    areas = int(usable.sum())
    value = moran(rates[usable], part) if areas >= FEWEST else float("nan")
    if np.isnan(value):
        return Moran(float("nan"), float("nan"), float("nan"), areas)
    expected = -1 / (areas - 1)
    found = _permuted(rates[usable], part, permutations=permutations, seed=seed)
    as_far = (np.abs(found - expected) >= abs(value - expected) - 1e-12).sum()
    return Moran(value, expected, float((as_far + 1) / (permutations + 1)), areas)


def measure_moran(context: Context) -> Moran:
    """Moran's I of the case rates of the kelurahan that are looked at."""
    codes = context.places.codes
    cases, years = (part[codes] for part in rate_parts(context))
    return moran_of_rates(cases, years, weights(codes, context.places.neighbours))


def moran_words(found: Moran) -> str:
    """What Moran's I says, and how little fifteen areas allow it to say."""
    if np.isnan(found.value):
        return _("Pola antarkelurahan tidak dapat dihitung: angkanya terlalu sedikit atau sama.")
    if found.p >= SIGNIFICANT:
        said = _("Tidak terlihat pola antarkelurahan yang bertetangga")
    elif found.value > found.expected:
        said = _("Kelurahan yang bertetangga cenderung memiliki angka yang mirip")
    else:
        said = _("Kelurahan yang bertetangga cenderung memiliki angka yang berlawanan")
    numbers = _("I Moran {value}, p = {p}").format(
        value=number(round(found.value, 2) + 0.0, 2), p=number(max(found.p, 0.01), 2)
    )
    caveat = _(
        "Dengan {n} kelurahan, uji ini hanya menangkap pola yang kuat; tidak terlihat pola bukan "
        "bukti bahwa tidak ada."
    ).format(n=number(found.areas))
    return f"{said} ({numbers}). {caveat}"


def _rows_to_one(links: Floats) -> Floats:
    sums = links.sum(axis=1, keepdims=True)
    return np.divide(links, sums, out=np.zeros_like(links), where=sums > 0)


def _permuted(values: Floats, links: Floats, *, permutations: int, seed: int) -> Floats:
    """Moran's I of shuffled values, (permutations,); taken in blocks, which are the same numbers as
    all at once, and by the few links of each area.
    """
    random = np.random.default_rng(seed)
    apart = values - values.mean()
    block = max(_MOST_NUMBERS // apart.size, 1)
    sparse = csr_array(links)
    products = []
    for start in range(0, permutations, block):
        rows = min(block, permutations - start)
        shuffled = random.permuted(np.tile(apart, (rows, 1)), axis=1)
        products.append(((shuffled @ sparse) * shuffled).sum(axis=1))
    return apart.size * np.concatenate(products) / (links.sum() * (apart**2).sum())
