"""Which kelurahan does an incomplete recap leave unsaid? A kelurahan that is not named is not zero.

A recap is incomplete where it announces more cases than its kelurahan account for: the rest is kept
in its block as kelurahan unknown, and may belong to any kelurahan that the recap does not name.
"""

from typing import Any

import narwhals as nw

from lk3.counts.aggregation import aggregate
from lk3.counts.filter import Filter
from lk3.places import Places
from lk3.vocabulary import UNKNOWN

_BY = ("block", "kelurahan_code")


def unlisted_areas(
    cases: Any, filter: Filter, *, dimensions: tuple[str, ...] = (), places: Places
) -> tuple[str, ...]:
    """Codes of the kelurahan that at least one incomplete recap of the filter's period leaves out,
    in the order of the places; of all kecamatan.

    cases: `tables.CASES` in any engine that narwhals knows. dimensions: what the cases are counted
    by beside the kelurahan: a recap's rows by problem, say, name no kelurahan at all. What the
    filter asks of problem or profession decides which recaps count, never who is named in one.
    """
    recaps = nw.from_native(cases).filter(nw.col("block") != "").to_native()
    asked = (*dimensions, *(("problem",) if filter.problems else ()))
    everywhere = Filter(filter.period, filter.problems, filter.professions)
    counted = aggregate(recaps, everywhere, _BY, dimensions=asked)
    rest = counted[(counted["kelurahan_code"] == UNKNOWN) & (counted["cases"] > 0)]
    if rest.empty:
        return ()
    named = aggregate(recaps, Filter(filter.period), _BY, dimensions=asked)
    incomplete = named[named["block"].isin(rest["block"])]
    blocks = incomplete.groupby("kelurahan_code")["block"].nunique()
    in_all = blocks.reindex(places.codes, fill_value=0) == rest["block"].nunique()
    return tuple(code for code in places.codes if not in_all[code])
