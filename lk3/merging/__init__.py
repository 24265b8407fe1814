"""The active sources against one another: one case, counted once, whoever hands it in.

In: the tables of all active sources under one another, as the store holds them. Out: the same
tables in which a case that stands in several files is one row, a table of the rows that were such,
and findings, also for what cannot be told apart by itself (recaps beside registers). It happens
when the data are loaded, not when a file is saved: what a file says does not depend on what else is
active, and taking a file away brings its cases back to what the others say.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from lk3.intake.findings import findings_frame
from lk3.merging.clusters import merged_cases, overlaps
from lk3.merging.overlaps import different_populations, overlapping_recaps, registers_alike
from lk3.merging.repeats import REPEATS, Found, merge_repeats, repeat_findings
from lk3.tables import Tables

__all__ = ["REPEATS", "Merged", "merge_on_cluster", "merge_sources", "no_repeats"]


@dataclass(frozen=True, eq=False)
class Merged:
    """The tables with each case once and the findings of the comparison added, and the rows that
    stand in several files (`REPEATS`).
    """

    tables: Tables
    repeats: pd.DataFrame


def no_repeats() -> pd.DataFrame:
    """The table of rows that stand in several files, without any."""
    return pd.DataFrame({name: pd.Series(dtype=type_) for name, type_ in REPEATS.items()})


def merge_sources(tables: Tables, sources: pd.DataFrame) -> Merged:
    """Compare the active sources.

    sources: one row each, with source, file and saved_at (ISO 8601; "" when not known). Costs next
    to nothing where no case stands in two sources.
    """
    if len(sources) < 2:  # noqa: PLR2004 one source has nothing to be compared with
        return Merged(tables, no_repeats())
    cases, repeats = merge_repeats(tables.cases, sources)
    files = dict(zip(sources["source"], sources["file"], strict=True))
    found = [
        *repeat_findings(repeats, files),
        *overlapping_recaps(cases, sources),
        *registers_alike(cases, sources),
        *different_populations(tables.population, sources),
    ]
    return Merged(_with_findings(replace(tables, cases=cases), found, files), repeats)


def merge_on_cluster(
    cases: Any, tables: Tables, sources: pd.DataFrame, put: Callable[[pd.DataFrame], Any]
) -> Merged:
    """`merge_sources` for cases that lie on another engine. tables: the others, without cases; put:
    makes a frame of that engine.
    """
    if len(sources) < 2:  # noqa: PLR2004 one source has nothing to be compared with
        return Merged(replace(tables, cases=cases), no_repeats())
    merged, repeats = merged_cases(cases, sources, put)
    files = dict(zip(sources["source"], sources["file"], strict=True))
    found = [*repeat_findings(repeats, files), *overlaps(merged, tables, sources)]
    return Merged(_with_findings(replace(tables, cases=merged), found, files), repeats)


def _with_findings(tables: Tables, found: list[Found], files: dict[str, str]) -> Tables:
    findings = pd.concat([tables.findings, *_frames(found, files)], ignore_index=True)
    return replace(tables, findings=findings)


def _frames(found: list[Found], files: dict[str, str]) -> list[pd.DataFrame]:
    """The findings of each source as `tables.FINDINGS`."""
    named = dict.fromkeys(source for source, _finding in found)
    return [
        findings_frame([f for own, f in found if own == source], file=files[source], source=source)
        for source in named
    ]
