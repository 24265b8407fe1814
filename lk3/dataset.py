"""The active data: what the store holds, or the built-in sample while it holds nothing.

In: a store and a city. Out: one `Dataset` that the pages and the command line read alike.
"""

import tempfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from json import loads
from pathlib import Path
from typing import Any

import pandas as pd

from lk3 import settings
from lk3.intake import Answer, Answers, CheckedFile, check_file
from lk3.merging import Merged, merge_on_cluster, merge_sources, no_repeats
from lk3.places import Places, read_places
from lk3.sample import write_sample
from lk3.store import Store
from lk3.store.engines import cases_on, chosen_engine, held_cases, tables_beside
from lk3.tables import CASES, POPULATION, Tables

# The sample is public: its digests protect nobody, and a fixed key keeps them the same everywhere.
_SAMPLE_KEY = b"sample"
_ANSWERS = "answers"  # topic of the notes


@dataclass(frozen=True, eq=False)
class Dataset:
    """The tables at one version.

    version: number in the store, None for the sample. accounting: one dict per active source, as
    `CheckedFile.accounting` made it. as_of: the last day that the data cover. repeats: rows whose
    case stands in another active file as well, by `merging.REPEATS`; they are used rows of their
    file, and the case counts once.
    """

    tables: Tables
    version: int | None
    sample: bool
    accounting: tuple[dict[str, Any], ...]
    as_of: date
    repeats: pd.DataFrame = field(default_factory=no_repeats)

    @property
    def repeated_cases(self) -> int:
        """Rows that were not counted again, because their case stands in another active file."""
        return int((self.repeats["fate"] == "merged").sum())

    def rows(self, name: str) -> int:
        """Sum of rows_read, rows_used, rows_set_aside or rows_not_data over the sources."""
        return sum(int(account[name]) for account in self.accounting)


def load_dataset(store: Store, places: Places, *, version: int | None = None) -> Dataset:
    """What is active now (or was at a version): the store's tables, else the sample's.

    Population is the store's where it has any, else the built-in one. With LK3_ENGINE the cases,
    where they are many, are a frame of that engine, which `counts` takes like one of pandas.
    """
    number = version if version is not None else store.latest()
    sources = pd.DataFrame() if number is None else store.sources(number)
    if number is None or sources.empty:
        return _on_engine(sample_dataset(places))
    merged = _merged(store, number, sources)
    accounting = tuple(loads(text) for text in sources["accounting"])
    saved = datetime.fromisoformat(sources["saved_at"].max()).astimezone().date()
    return Dataset(
        tables=_with_population(merged.tables, places),
        version=number,
        sample=False,
        accounting=accounting,
        as_of=saved,
        repeats=merged.repeats,
    )


def _merged(store: Store, version: int, sources: pd.DataFrame) -> Merged:
    engine = chosen_engine(cases=held_cases(store, version))
    if engine is None:
        return merge_sources(store.load(version), sources)
    cases = cases_on(engine, store, version)
    beside = tables_beside(store, version)
    return merge_on_cluster(cases, beside, sources, lambda rows: engine.frame(rows, CASES))


def _on_engine(dataset: Dataset) -> Dataset:
    """The same data, counted by the engine of LK3_ENGINE."""
    engine = chosen_engine(cases=len(dataset.tables.cases))
    if engine is None:
        return dataset
    cases = engine.frame(dataset.tables.cases, CASES)
    return replace(dataset, tables=replace(dataset.tables, cases=cases))


def _sample_files(places: Places) -> list[tuple[str, bytes]]:
    """The committed workbooks, or for another city such as are made for its areas."""
    if places.codes == read_places(str(settings.ROOT / "geo")).codes:
        paths = sorted(settings.SAMPLE_DIR.glob("*.xlsx"))
        return [(path.name, path.read_bytes()) for path in paths]
    with tempfile.TemporaryDirectory() as folder:
        made = write_sample(Path(folder), places=places)
        return [(path.name, path.read_bytes()) for path in sorted(made)]


def sample_dataset(places: Places) -> Dataset:
    """The synthetic workbooks, read by the same intake as anybody's."""
    files = [
        check_file(content, name, places=places, key=_SAMPLE_KEY)
        for name, content in _sample_files(places)
    ]
    tables = Tables.concat([checked.tables for checked in files])
    last = tables.cases["reported_on"].max()
    return Dataset(
        tables=_with_population(tables, places),
        version=None,
        sample=True,
        accounting=tuple(checked.accounting() for checked in files),
        as_of=last.date() if pd.notna(last) else date.today(),
    )


def import_file(
    store: Store,
    places: Places,
    content: bytes,
    filename: str,
    *,
    source: str | None = None,
    user: str = "",
) -> tuple[CheckedFile, int | None]:
    """Check a file by the answers in the store and save it as a new version; (checked, None) when
    it is refused.
    """
    checked = check_file(
        content, filename, places=places, key=store.digest_key(), answers=answers_in(store)
    )
    if checked.refused:
        return checked, None
    return checked, save_checked(store, checked, source=source, user=user)


def save_checked(
    store: Store,
    checked: CheckedFile,
    *,
    source: str | None = None,
    user: str = "",
    once: bool = False,
) -> int:
    """Save a checked file under the name of its source (default: the file's name). `once`: raises
    AlreadySavedError when the same file has been saved before.
    """
    name = source or source_name(checked.file)
    return store.save(name, checked.tables, accounting=checked.accounting(), user=user, once=once)


def answers_in(store: Store) -> Answers:
    """What has been answered about columns and spellings. Raises UserError: the store is broken."""
    return Answers.from_notes(store.notes.all(_ANSWERS))


def remember(store: Store, answer: Answer, *, user: str = "") -> str:
    """Keep an answer, in the place of the one before to the same question; returns its id."""
    return store.notes.put(_ANSWERS, answer.to_row(), id=answer.id, user=user)


def forget(store: Store, answer_id: str, *, user: str = "") -> None:
    """Take an answer away: what it settled is asked again."""
    store.notes.remove(_ANSWERS, answer_id, user=user)


def source_of(store: Store, filename: str) -> str:
    """Under which name a file is kept unless somebody says otherwise: that of the source which a
    file of this name was saved as before, else its own.
    """
    sources = store.sources()
    before = sources.loc[sources["file"] == filename, "source"]
    return str(before.iloc[-1]) if len(before) else source_name(filename)


def source_name(filename: str) -> str:
    """The name under which a file is kept: its own, without folder and extension."""
    return Path(filename.replace("\\", "/")).stem.strip()


def _with_population(tables: Tables, places: Places) -> Tables:
    if not tables.population.empty:
        return tables
    return Tables(
        cases=tables.cases,
        members=tables.members,
        population=POPULATION.conform(places.population),
        findings=tables.findings,
    )
