"""What is active: the store's tables, or the sample while it holds nothing."""

from datetime import date

import pandas as pd
import pytest

from lk3.dataset import import_file, load_dataset, save_checked, source_name
from lk3.places import load_places, read_places
from lk3.settings import SAMPLE_DIR
from lk3.store import open_store
from tests.cities_for_tests import write_city
from tests.workbooks import GUNTUNG, LOK_TUAN, REGISTER, check, xlsx

PLACES = load_places()
HEADER = REGISTER
ROWS = [
    [1, "001", "05/01/2024", "Loktuan", "KDRT", "proses"],
    [2, "002", "06/01/2024", "Guntung", "KDRT", "selesai"],
    [3, "003", "bukan tanggal", "Guntung", "KDRT", "selesai"],
]
REGISTER_BOOK = xlsx([HEADER, *ROWS])
POPULATION_BOOK = xlsx(
    [["Kelurahan", "Jumlah Penduduk", "Jumlah KK", "Tahun"], ["Loktuan", 23_000, 7_000, 2023]]
)


@pytest.fixture
def store():
    return open_store()


def bring(store, content=REGISTER_BOOK, name="register 2024.xlsx", **options):
    return import_file(store, PLACES, content, name, **options)


# --- The sample ----------------------------------------------------------------------------------


def test_empty_store_serves_the_sample_and_says_so(store):
    dataset = load_dataset(store, PLACES)

    assert dataset.sample
    assert dataset.version is None
    files = {account["file"] for account in dataset.accounting}
    assert files == {path.name for path in SAMPLE_DIR.glob("*.xlsx")}
    assert dataset.as_of == dataset.tables.cases["reported_on"].max().date()


def test_sample_accounts_for_every_row(store):
    dataset = load_dataset(store, PLACES)

    parts = ("rows_used", "rows_set_aside", "rows_not_data")
    assert dataset.rows("rows_read") == sum(dataset.rows(name) for name in parts) > 0


def test_sample_is_the_same_every_time(store):
    first, second = load_dataset(store, PLACES), load_dataset(store, PLACES)

    pd.testing.assert_frame_equal(first.tables.cases, second.tables.cases)


def test_sample_stores_nothing(store):
    load_dataset(store, PLACES)

    assert store.latest() is None


def test_another_city_gets_a_sample_of_its_own_areas(store, tmp_path):
    (tmp_path / "population.csv").write_text(
        "code,year,population,households,status\n"
        "99.01.01.1001,2023,1000,300,official\n"
        "99.01.01.1002,2023,2000,600,official\n"
    )
    places = read_places(str(write_city(tmp_path)))

    dataset = load_dataset(store, places)

    codes = set(dataset.tables.cases["kelurahan_code"])
    assert dataset.sample
    assert set(places.codes) <= codes <= {*places.codes, "outside", "unknown"}
    assert set(dataset.tables.population["code"]) == set(places.codes)


# --- What is imported ----------------------------------------------------------------------------


def test_imported_file_takes_the_place_of_the_sample(store):
    checked, version = bring(store)

    dataset = load_dataset(store, PLACES)

    assert not dataset.sample
    assert dataset.version == version == store.latest()
    assert dataset.accounting == (checked.accounting(),)
    assert sorted(dataset.tables.cases["kelurahan_code"]) == sorted([LOK_TUAN, GUNTUNG])
    assert dataset.rows("rows_used") == 2
    assert dataset.rows("rows_set_aside") == 1


def test_findings_are_kept_with_the_version_that_they_belong_to(store):
    _checked, flawed = bring(store)
    bring(store, xlsx([HEADER, *ROWS[:2]]))

    assert set(load_dataset(store, PLACES, version=flawed).tables.findings["set_aside"]) == {1}
    assert load_dataset(store, PLACES).tables.findings["set_aside"].sum() == 0


def test_every_row_carries_the_name_of_its_source(store):
    bring(store)

    tables = load_dataset(store, PLACES).tables

    assert set(tables.cases["source"]) == {"register 2024"}
    assert set(tables.findings["source"]) == {"register 2024"}
    assert set(tables.findings["file"]) == {"register 2024.xlsx"}


def test_same_file_twice_is_held_once(store):
    bring(store)
    bring(store)

    dataset = load_dataset(store, PLACES)

    assert len(dataset.tables.cases) == 2
    assert len(dataset.accounting) == 1


def test_source_may_be_named_so_that_a_renamed_file_replaces_the_old_one(store):
    bring(store, name="versi lama.xlsx", source="register")
    bring(store, name="versi baru.xlsx", source="register", user="petugas")

    assert list(store.sources()["file"]) == ["versi baru.xlsx"]
    assert store.versions()[0].user == "petugas"


def test_checked_file_can_be_saved_later(store):
    checked = check(REGISTER_BOOK, "register.xlsx")

    version = save_checked(store, checked, user="petugas")

    assert list(store.load(version).cases["source"].unique()) == ["register"]


def test_refused_file_saves_nothing(store):
    checked, version = bring(store, b"%PDF-1.7", "surat.pdf")

    assert checked.refused
    assert version is None
    assert store.latest() is None


def test_numbers_of_the_register_are_digested_with_the_key_of_the_store(store, monkeypatch):
    bring(store)
    first = set(store.load().cases["case_id"])
    monkeypatch.setenv("LK3_DIGEST_KEY", "kunci lain")
    bring(store)

    assert first.isdisjoint(set(store.load().cases["case_id"]))
    assert "001" not in first


def test_data_are_as_of_the_day_of_the_newest_import(store):
    today = date.today()
    bring(store)

    assert load_dataset(store, PLACES).as_of == today


def test_restored_first_version_is_what_is_active(store):
    _checked, first = bring(store)
    bring(store, xlsx([HEADER, *ROWS[:1]]), "lain.xlsx")
    store.restore(first)

    dataset = load_dataset(store, PLACES)

    assert [account["file"] for account in dataset.accounting] == ["register 2024.xlsx"]


def test_sample_comes_back_when_the_last_source_is_removed(store):
    bring(store)
    store.remove("register 2024")

    assert load_dataset(store, PLACES).sample


# --- Population ----------------------------------------------------------------------------------


def test_population_is_the_built_in_one_until_one_is_imported(store):
    bring(store)

    population = load_dataset(store, PLACES).tables.population

    assert list(population["population"]) == list(PLACES.population["population"])
    assert list(population["status"]) == list(PLACES.population["status"])


def test_imported_population_takes_the_place_of_the_built_in_one(store):
    bring(store, POPULATION_BOOK, "penduduk.xlsx")

    population = load_dataset(store, PLACES).tables.population

    assert population[["code", "year", "population"]].to_numpy().tolist() == [
        [LOK_TUAN, 2023, 23_000]
    ]


# --- Names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Register LK3 2024.xlsx", "Register LK3 2024"),
        ("rekap jan-mar.v2.csv", "rekap jan-mar.v2"),
        (r"C:\Data\Rekap Jum'at.xls", "Rekap Jum'at"),
        ("folder/buku.ods", "buku"),
        ("tanpa akhiran", "tanpa akhiran"),
    ],
)
def test_source_is_called_as_its_file(file, name):
    assert source_name(file) == name
