"""Which kelurahan does an incomplete recap leave unsaid? A kelurahan that is not named is not zero.

A recap is incomplete where it announces more cases than its kelurahan account for: the rest is kept
in its block as kelurahan unknown, and may belong to any kelurahan that the recap does not name.
"""

from typing import Any

import narwhals as nw

from lk3.counts.aggregation import aggregate
from lk3.counts.filter import Filter
from lk3.counts.prepared import Prepared
from lk3.frames import collected, lazy
from lk3.places import Places
from lk3.vocabulary import UNKNOWN

LISTED = "listed_code"  # the kelurahan itself, where kelurahan_code is the code of another level


def unlisted_areas(
    cases: Any, filter: Filter, *, dimensions: tuple[str, ...] = (), places: Places
) -> tuple[str, ...]:
    """Codes of the kelurahan that at least one incomplete recap of the filter's period leaves out,
    in the order of the places; of all kecamatan. At another level: of the areas of which any
    kelurahan is left out.

    cases: `tables.CASES` in any engine that narwhals knows. dimensions: what the cases are counted
    by beside the kelurahan: a recap's rows by problem, say, name no kelurahan at all. What the
    filter asks of problem or profession decides which recaps count, never who is named in one.
    """
    frame = nw.from_native(cases)
    groups = getattr(places, "groups", {}) or {code: code for code in places.codes}
    code = LISTED if LISTED in frame.collect_schema().names() else "kelurahan_code"
    if isinstance(cases, Prepared):
        recaps: Any = cases.recaps()
        if recaps.empty:
            return ()
    else:
        recaps = frame.filter(nw.col("block") != "").to_native()
    asked = (*dimensions, *(("problem",) if filter.problems else ()))
    everywhere = Filter(filter.period, filter.problems, filter.professions)
    counted = aggregate(recaps, everywhere, ("block", code), dimensions=asked)
    rest = counted[(counted[code] == UNKNOWN) & (counted["cases"] > 0)]
    if rest.empty:
        return ()
    named = aggregate(recaps, Filter(filter.period), ("block", code), dimensions=asked)
    incomplete = named[named["block"].isin(rest["block"])]
    blocks = incomplete.groupby(code)["block"].nunique()
    in_all = blocks.reindex(list(groups), fill_value=0) == rest["block"].nunique()
    unlisted = {groups[each] for each in in_all.index[~in_all]}
    return tuple(each for each in places.codes if each in unlisted)


def has_recaps(cases: Any) -> bool:
    """Whether any row comes from a recap."""
    recaps = lazy(cases).filter(nw.col("block") != "").select("block").head(1)
    return not collected(recaps).empty
