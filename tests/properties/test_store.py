"""Whatever is saved is what is loaded, however often and in whatever order."""

from datetime import date
from tempfile import TemporaryDirectory

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lk3.store import Store
from lk3.tables import CASES, FINDINGS, MEMBERS, POPULATION, SCHEMAS, Schema, Tables

# Text as the intake makes it: no lone surrogates, which no file format holds.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
DATES = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
VALUES = {"text": TEXTS, "date": DATES, "int": st.integers(-(2**63), 2**63 - 1)}


def rows_of(schema: Schema) -> st.SearchStrategy[pd.DataFrame]:
    """Tables of a schema with up to four rows."""
    row = st.fixed_dictionaries({c.name: VALUES[c.type] for c in schema.columns})
    return st.lists(row, max_size=4).map(lambda rows: frame_of(schema, rows))


def frame_of(schema: Schema, rows: list[dict]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=schema.names)
    for column in schema.columns:
        if column.type == "date":
            frame[column.name] = pd.to_datetime(frame[column.name]).astype("datetime64[s]")
        elif column.type == "int":
            frame[column.name] = frame[column.name].astype("int64")
    return schema.conform(frame)


TABLES = st.builds(Tables, rows_of(CASES), rows_of(MEMBERS), rows_of(POPULATION), rows_of(FINDINGS))


def bag(frame: pd.DataFrame) -> list[tuple]:
    """The rows of a table without their order; NaT is made equal to itself."""
    plain = frame.astype("object").where(frame.notna(), None)
    return sorted(plain.itertuples(index=False, name=None), key=repr)


def same(held: Tables, expected: Tables) -> bool:
    return all(bag(getattr(held, n)) == bag(getattr(expected, n)) for n in SCHEMAS)


def of_source(tables: Tables, source: str) -> Tables:
    return Tables(*(getattr(tables, name).assign(source=source) for name in SCHEMAS))


@given(tables=TABLES, source=TEXTS)
@settings(max_examples=8)
def test_what_is_saved_is_what_is_loaded(tables, source):
    with TemporaryDirectory() as folder:
        store = Store(folder)
        store.save(source, tables, accounting={})

        assert same(store.load(), of_source(tables, source))


@given(tables=TABLES, other=TABLES)
@settings(max_examples=4)
def test_saving_twice_is_saving_once_and_order_does_not_matter(tables, other):
    with TemporaryDirectory() as folder, TemporaryDirectory() as second:
        twice, once = Store(folder), Store(second)
        for source, rows in (("a", tables), ("b", other), ("a", tables)):
            twice.save(source, rows, accounting={})
        for source, rows in (("b", other), ("a", tables)):
            once.save(source, rows, accounting={})

        assert same(twice.load(), once.load())


@given(history=st.lists(st.tuples(st.sampled_from("ab"), TABLES), min_size=2, max_size=4))
@settings(max_examples=4)
def test_every_version_stays_as_it_was_and_can_be_restored(history):
    with TemporaryDirectory() as folder:
        store, states = Store(folder), {}
        for source, rows in history:
            number = store.save(source, rows, accounting={})
            states[number] = store.load()
        for number, state in states.items():
            assert same(store.load(number), state)

        store.restore(min(states))

        assert same(store.load(), states[min(states)])
