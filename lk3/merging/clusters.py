"""The active sources against one another, where the cases lie on a cluster.

In: cases of any engine, the other tables, the sources. Out: as `merge_sources` gives it; only the
rows of cases that stand in several sources are fetched, and put back merged. Whether two registers
hold the same rows under different numbers is not looked for: that would compare all with all.
"""

from collections.abc import Callable
from typing import Any

import narwhals as nw
import pandas as pd

from lk3.frames import Lazy, collected, lazy
from lk3.merging.overlaps import different_populations, overlapping_recaps
from lk3.merging.repeats import Found, merge_repeats
from lk3.tables import CASES, Tables


def merged_cases(
    cases: Any, sources: pd.DataFrame, put: Callable[[pd.DataFrame], Any]
) -> tuple[Any, pd.DataFrame]:
    """One row per case, and the rows that were merged or kept apart (`REPEATS`). put: makes a frame
    of the engine out of rows.
    """
    rows = lazy(cases)
    ids = _in_several_sources(rows)
    shared = CASES.conform(collected(rows.join(ids, on="case_id", how="inner")))
    last = collected(rows.group_by("source").agg(nw.col("reported_on").max()))
    merged, repeats = merge_repeats(shared, sources, last=last.set_index("source")["reported_on"])
    if shared.empty:
        return cases, repeats
    rest = rows.join(ids, on="case_id", how="anti").select(*CASES.names)
    together = nw.concat([rest, lazy(put(merged)).select(*CASES.names)])
    return together.to_native(), repeats


def _in_several_sources(rows: Lazy) -> Lazy:
    pairs = rows.filter(nw.col("case_id") != "").group_by("case_id", "source")
    named = pairs.agg(nw.col("cases").sum()).group_by("case_id")
    return named.agg(n=nw.col("cases").count()).filter(nw.col("n") > 1).select("case_id")


def overlaps(cases: Any, tables: Tables, sources: pd.DataFrame) -> list[Found]:
    """Findings about sources that may hold the same cases: recaps, and populations."""
    rows = lazy(cases).filter(nw.col("breakdown") == "")
    found = different_populations(tables.population, sources)
    if collected(rows.filter(nw.col("block") != "").select("block").head(1)).empty:
        return found
    keys = ("source", "block", "breakdown", "reported_on", "reported_precision", "kelurahan_code")
    counted = collected(rows.group_by(*keys).agg(nw.col("cases").sum()))
    return [*overlapping_recaps(counted, sources), *found]
