"""The same counts on pandas, Dask and Spark, over one store."""

import random
import shutil
import warnings
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from importlib.util import find_spec

import pandas as pd
import pytest

from lk3.counts import (
    Filter,
    Period,
    aggregate,
    clients_counted_again,
    count_clients,
    held_period,
    left_out,
    open_cases,
)
from lk3.counts.cases import codes_of
from lk3.counts.levels import tables_at
from lk3.counts.listing import LISTED
from lk3.dataset import load_dataset
from lk3.errors import UserError
from lk3.places import Places
from lk3.places.levels import LevelPlaces
from lk3.store import engines, open_store
from lk3.tables import CASES, FINDINGS, MEMBERS, POPULATION, Tables
from tests.tables_for_tests import PLACES, A, B, case_table

WITHOUT = {
    "dask": "dask is not installed: pip install -r requirements-engines.txt",
    "spark": "pyspark or Java 17 is missing: pip install -r requirements-engines.txt, and a JRE",
}
DISTRICT = PLACES.areas["district"].iloc[0]
LEVEL = LevelPlaces(**{f.name: getattr(PLACES, f.name) for f in fields(Places)}, groups={A: B})
SOME_DAYS = Filter(Period(date(2022, 2, 3), date(2023, 5, 31)))
CHOSEN = Filter(
    Period.year(2022), problems=("kdrt",), professions=("pkh", "polisi"), districts=(DISTRICT,)
)
BASE_ROWS = ("quarter", "year", "problem", "profession", "status", "service", "age_band")
EITHER_ROWS = ("kelurahan_code", "month", "sex")  # those that break a recap down by sex, or base


def is_here(engine):
    if engine == "spark":
        return find_spec("pyspark") is not None and shutil.which("java") is not None
    return find_spec("distributed") is not None


@contextmanager
def quietly():
    """Dask and Spark of today warn of the pandas of today, and of their sockets when they end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


class OnPandas:
    """An engine that reads in this process."""

    def read(self, files, schema):
        return schema.conform(pd.concat(map(pd.read_parquet, files))[schema.names])

    def frame(self, rows, schema):
        return schema.conform(rows)


def account(file):
    return {"file": file, "digest": file, "kind": "cases", "rows_used": 1, "sheets": []}


def random_cases(seed, n=200):
    """Rows of every precision, with blanks, repeated clients, recaps and their breakdowns."""
    rng = random.Random(seed)
    rows = []
    for i in range(n):
        day = f"202{rng.randint(1, 3)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        precision = rng.choice(["day", "day", "month", "quarter", "year"])
        start = {
            "month": f"{day[:7]}-01",
            "quarter": f"{day[:4]}-04-01",
            "year": f"{day[:4]}-01-01",
        }
        closed = pd.Timestamp(day) + pd.Timedelta(days=rng.randint(0, 90))
        block = rng.choice(["", "", "r1", "r2"])
        rows.append(
            {
                "case_id": rng.choice(["", f"k{seed % 2}{i % 90}", f"shared{i % 9}"]),
                "reported_on": rng.choice([None] + 9 * [start.get(precision, day)]),
                "reported_precision": precision,
                "closed_on": closed.isoformat() if rng.random() < 0.3 else None,
                "kelurahan_code": rng.choice([A, B, "unknown", "outside"]),
                "problem": rng.choice(["kdrt", "ekonomi", "unknown"]),
                "profession": rng.choice(["pkh", "polisi", ""]),
                "status": rng.choice(["baru", "selesai", "unknown"]),
                "sex": rng.choice(["L", "P", "unknown"]),
                "cases": rng.randint(1, 4) if block else 1,
                "block": block,
                "breakdown": rng.choice(["", "problem", "sex"]) if block else "",
                "row": i,
            }
        )
    return case_table(*rows)


def saved(sources):
    store = open_store()
    for number, cases in enumerate(sources):
        tables = Tables(cases, MEMBERS.empty(), POPULATION.empty(), FINDINGS.empty())
        store.save(f"office {number}", tables, accounting=account(f"{number}.xlsx"))
    return store


@pytest.fixture(params=["dask", "spark"])
def engine(request, monkeypatch):
    if not is_here(request.param):
        pytest.skip(WITHOUT[request.param])
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    with quietly():
        yield request.param


def answers(dataset):
    """What the pages ask: each dimension, each kind of filter and each kind of count once."""
    cases = dataset.tables.cases
    level = tables_at(dataset.tables, LEVEL).cases
    found = [
        dataset.repeats,
        aggregate(cases, SOME_DAYS, EITHER_ROWS),
        aggregate(cases, CHOSEN, BASE_ROWS, codes=codes_of(CHOSEN, PLACES)),
        aggregate(level, Filter(), ("kelurahan_code", LISTED)),
        count_clients(cases, CHOSEN, by=("kelurahan_code",), places=PLACES),
        open_cases(cases, Filter(), on=date(2023, 1, 15), places=PLACES),
    ]
    numbers = (
        left_out(cases, SOME_DAYS, by=("month",)),
        clients_counted_again(cases, Filter(), places=PLACES),
        held_period(cases),
    )
    return found, numbers


def test_every_count_is_the_same_on_every_engine(engine, monkeypatch):
    store = saved([random_cases(1), random_cases(2)])
    store.save("office 1", Tables.empty(), accounting=account("1b.xlsx"))
    store.restore(2)  # files that a later version has replaced are read no more, nor twice
    expected = answers(load_dataset(store, PLACES))
    monkeypatch.setenv("LK3_ENGINE", engine)
    monkeypatch.setenv("LK3_ENGINE_FROM", "0")
    dataset = load_dataset(store, PLACES)
    assert not isinstance(dataset.tables.cases, pd.DataFrame)
    found = answers(dataset)
    assert found[1] == expected[1]
    for one, other in zip(found[0], expected[0], strict=True):
        assert len(other)
        pd.testing.assert_frame_equal(one, other)
    assert dataset.repeated_cases > 0  # a case of two offices is one
    assert A in set(found[0][3][LISTED]) - set(found[0][3]["kelurahan_code"])


@pytest.mark.parametrize(("least", "asked"), [("20", False), ("10", True), ("", False)])
def test_an_engine_is_asked_only_where_the_cases_are_many(least, asked, monkeypatch):
    store, started = saved([random_cases(3, n=5), random_cases(4, n=5)]), []
    monkeypatch.setattr(engines, "_engine", lambda *given: started.append(given) or OnPandas())
    monkeypatch.setenv("LK3_ENGINE", "dask")
    monkeypatch.setenv("LK3_ENGINE_FROM", least)
    assert not load_dataset(store, PLACES).tables.cases.empty
    assert bool(started) == asked


def test_an_engine_that_nobody_knows_is_said(monkeypatch):
    monkeypatch.setenv("LK3_ENGINE", "ray")
    with pytest.raises(UserError, match="LK3_ENGINE berisi 'ray'"):
        engines.chosen_engine()


def test_an_engine_that_is_not_installed_is_said(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(engines, "import_module", missing)
    monkeypatch.setenv("LK3_ENGINE", "spark")
    monkeypatch.setenv("LK3_ENGINE_ADDRESS", "spark://nobody:7077")
    with pytest.raises(UserError, match=r"pip install -r requirements-engines\.txt"):
        engines.chosen_engine()


def test_only_the_files_of_the_version_and_of_cases_are_read():
    store = saved([random_cases(3, n=5), random_cases(4, n=5)])
    files = engines.data_files(store, store.latest())
    rows = pd.concat([pd.read_parquet(f, columns=["case_id"]) for f in files])
    assert len(rows) == 10
    assert engines.tables_beside(store, 1).cases.empty
    assert CASES.name in files[0]
