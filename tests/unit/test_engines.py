"""The same counts on pandas, Dask and Spark, over one store."""

import random
import shutil
import warnings
from contextlib import contextmanager
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
from lk3.dataset import load_dataset
from lk3.errors import UserError
from lk3.store import engines, open_store
from lk3.tables import CASES, FINDINGS, MEMBERS, POPULATION, Tables
from tests.tables_for_tests import PLACES, A, B, case_table

WITHOUT = {
    "dask": "dask is not installed: pip install -r requirements-engines.txt",
    "spark": "pyspark or Java 17 is missing: pip install -r requirements-engines.txt, and a JRE",
}
DISTRICT = PLACES.areas["district"].iloc[0]
FILTERS = (
    Filter(Period(date(2022, 2, 3), date(2023, 5, 31))),
    Filter(Period.year(2023), problems=("kdrt",), professions=("pkh", "polisi")),
)
DIMENSIONS = (("kelurahan_code", "month", "sex"), ("quarter", "year", "problem"))


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


def account(file):
    return {"file": file, "digest": file, "kind": "cases", "rows_used": 1, "sheets": []}


def random_cases(seed, n=300):
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


def answers(cases):
    """What the pages ask, of one frame."""
    found = [aggregate(cases, f, by) for f in FILTERS for by in DIMENSIONS]
    chosen = Filter(Period.year(2022), districts=(DISTRICT,))
    found += [
        count_clients(cases, chosen, by=("kelurahan_code",), places=PLACES),
        open_cases(cases, Filter(), on=date(2023, 1, 15), places=PLACES),
    ]
    numbers = (
        left_out(cases, FILTERS[0], by=("month",)),
        clients_counted_again(cases, Filter(), places=PLACES),
        held_period(cases),
    )
    return found, numbers


def test_every_count_is_the_same_on_every_engine(engine, monkeypatch):
    store = saved([random_cases(1), random_cases(2)])
    store.save("office 1", Tables.empty(), accounting=account("1b.xlsx"))
    store.restore(2)  # files that a later version has replaced are read no more, nor twice
    expected = answers(load_dataset(store, PLACES).tables.cases)
    monkeypatch.setenv("LK3_ENGINE", engine)
    dataset = load_dataset(store, PLACES)
    assert not isinstance(dataset.tables.cases, pd.DataFrame)
    found = answers(dataset.tables.cases)
    assert found[1] == expected[1]
    for one, other in zip(found[0], expected[0], strict=True):
        pd.testing.assert_frame_equal(one, other)
    assert any(len(frame) > 20 for frame in found[0])


def test_a_case_of_two_sources_is_one_on_every_engine(engine, monkeypatch):
    one = case_table({"case_id": "k", "status": "baru"}, {"case_id": "own"})
    two = case_table({"case_id": "k", "status": "selesai", "closed_on": "2023-07-01"})
    store = saved([one, two])
    expected = load_dataset(store, PLACES)
    monkeypatch.setenv("LK3_ENGINE", engine)
    found = load_dataset(store, PLACES)
    pd.testing.assert_frame_equal(found.repeats, expected.repeats)
    assert aggregate(found.tables.cases, Filter(), ("status",))["cases"].tolist() == [1, 1]


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
