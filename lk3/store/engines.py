"""The cases as a frame of another engine: pandas in this process, Dask or Spark on a cluster.

In: a version of the store and LK3_ENGINE. Out: a lazy frame of the data files that the log of Delta
Lake names for that version; no row is read before a count is asked for. The cases alone lie on the
cluster, all other tables are small. Dask and Spark are installed by `requirements-engines.txt`.
"""

import os
import warnings
from functools import lru_cache
from importlib import import_module
from typing import Any, Protocol

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from lk3 import settings
from lk3.errors import UserError
from lk3.language import _
from lk3.store.failures import in_words
from lk3.store.versions import Store
from lk3.tables import CASES, SCHEMAS, Schema, Tables

ENGINES = ("pandas", "dask", "spark")
_NO_DIALECT = ("deletionVectors", "columnMapping")  # features that files alone do not tell


class Engine(Protocol):
    """Where the cases are counted."""

    def read(self, files: list[str], schema: Schema) -> Any:
        """A frame of Parquet files, one or more."""

    def frame(self, rows: pd.DataFrame, schema: Schema) -> Any:
        """A frame of rows that are at hand."""


def chosen_engine(*, cases: int | None = None) -> Engine | None:
    """The engine of LK3_ENGINE; None for pandas, which needs none, and where there are fewer cases
    than LK3_ENGINE_FROM (cases None: not known, so many). Raises UserError for another word, for an
    engine that is not installed, and when its cluster does not answer.
    """
    name, address = settings.get("LK3_ENGINE"), settings.get("LK3_ENGINE_ADDRESS")
    if name not in ENGINES:
        raise UserError(
            _("Pengaturan LK3_ENGINE berisi '{name}'. Pilih salah satu: {known}.").format(
                name=name, known=", ".join(ENGINES)
            )
        )
    few = cases is not None and cases < settings.get_int("LK3_ENGINE_FROM")
    return None if name == "pandas" or few else _engine(name, address)


def cases_on(engine: Engine, store: Store, version: int) -> Any:
    """`tables.CASES` of a version, on the engine."""
    files = data_files(store, version)
    return engine.read(files, CASES) if files else engine.frame(CASES.empty(), CASES)


def tables_beside(store: Store, version: int) -> Tables:
    """The tables of a version without its cases."""
    table = store._open(version)
    if table is None:
        return Tables.empty()
    held = {name: store._read(table, SCHEMAS[name]) for name in SCHEMAS if name != CASES.name}
    return Tables(cases=CASES.empty(), **held)


def held_cases(store: Store, version: int) -> int | None:
    """Rows of cases in a version, as the log tells them without reading any; None: it does not."""
    table = store._open(version)
    if table is None:
        return 0
    with in_words(store.url):
        files = pa.table(table.get_add_actions(flatten=True))
    told = files.select(["partition.kind", "num_records"]).to_pandas()
    rows = told.loc[told["partition.kind"] == CASES.name, "num_records"]
    return None if rows.isna().any() else int(rows.sum())


def data_files(store: Store, version: int) -> list[str]:
    """Addresses of the Parquet files that hold the cases of a version, and nothing else.

    Raises UserError when rows of these files are deleted or renamed in the log alone.
    """
    table = store._open(version)
    if table is None:
        return []
    with in_words(store.url):
        features = set(table.protocol().reader_features or ())
        if features & set(_NO_DIALECT):
            raise UserError(
                _(
                    "Tabel di {url} memakai fitur Delta Lake yang tidak dapat dibaca berkas demi "
                    "berkas ({features}). Tulis ulang tabel itu tanpa fitur tersebut."
                ).format(url=store.url, features=", ".join(sorted(features)))
            )
        return sorted(table.file_uris(file_pruning_predicate=[("kind", "=", CASES.name)]))


@lru_cache(maxsize=1)
def _engine(name: str, address: str) -> Engine:
    """One cluster per process; it ends with the process."""
    try:
        return _Dask(address) if name == "dask" else _Spark(address)
    except ImportError as error:
        raise UserError(
            _(
                "Mesin {name} belum terpasang. Jalankan: pip install -r requirements-engines.txt"
            ).format(name=name)
        ) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise UserError(
            _(
                "Mesin {name} tidak dapat dihubungi ({reason}). Periksa LK3_ENGINE_ADDRESS, dan "
                "untuk Spark apakah Java terpasang."
            ).format(name=name, reason=type(error).__name__)
        ) from error


class _Dask:
    """A Dask cluster: that of the address, else one on this computer, a process per processor."""

    def __init__(self, address: str) -> None:
        # The pinned narwhals still speaks to Dask itself; its successor cannot be installed yet.
        warnings.filterwarnings("ignore", message="Dask support is moving", category=FutureWarning)
        self._dd = import_module("dask.dataframe")
        distributed = import_module("distributed")
        # What is shuffled here are sums, not rows: for those the plain way is the quick one.
        import_module("dask").config.set({"dataframe.shuffle.method": "tasks"})
        where = address or distributed.LocalCluster(
            n_workers=os.cpu_count() or 1, threads_per_worker=1, dashboard_address=None
        )
        self.client = distributed.Client(where)

    def read(self, files: list[str], schema: Schema) -> Any:
        parts = [part for file in files for part in _row_groups(file)]
        return self._dd.from_map(
            _read_part, parts, columns=schema.names, meta=schema.empty(), label="lk3-cases"
        )

    def frame(self, rows: pd.DataFrame, schema: Schema) -> Any:
        return self._dd.from_pandas(schema.conform(rows), npartitions=1)


class _Spark:
    """A Spark cluster: master or sc:// of the address, else Spark on this computer."""

    def __init__(self, address: str) -> None:
        builder = import_module("pyspark.sql").SparkSession.builder.appName("lk3")
        if address.startswith("sc://"):
            self.session = builder.remote(address).getOrCreate()
            return
        builder = builder.config("spark.ui.showConsoleProgress", "false")
        if not address:
            parts = str(2 * (os.cpu_count() or 1))
            builder = builder.config("spark.ui.enabled", "false")
            builder = builder.config("spark.sql.shuffle.partitions", parts)
            builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
            builder = builder.config("spark.driver.host", "127.0.0.1")
        self.session = builder.master(address or "local[*]").getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")

    def read(self, files: list[str], schema: Schema) -> Any:
        # Hadoop knows S3 under a scheme of its own.
        named = [f"s3a://{file[5:]}" if file.startswith("s3://") else file for file in files]
        return self.session.read.parquet(*named).select(*schema.names)

    def frame(self, rows: pd.DataFrame, schema: Schema) -> Any:
        table = pa.Table.from_pandas(schema.conform(rows), schema.arrow, preserve_index=False)
        return self.session.createDataFrame(table)


def _row_groups(file: str) -> list[tuple[str, int]]:
    system, path = _filesystem(file)
    with pq.ParquetFile(path, filesystem=system) as opened:
        return [(file, number) for number in range(opened.num_row_groups)]


def _read_part(part: tuple[str, int], columns: list[str]) -> pd.DataFrame:
    """A row group as pandas, on whichever computer it is needed."""
    file, number = part
    system, path = _filesystem(file)
    with pq.ParquetFile(path, filesystem=system) as opened:
        rows = opened.read_row_group(number, columns=columns).to_pandas(date_as_object=False)
    dates = [c.name for c in CASES.columns if c.type == "date" and c.name in columns]
    return rows[columns].astype(dict.fromkeys(dates, "datetime64[s]"))


def _filesystem(file: str) -> tuple[Any, str]:
    """The file system of an address and the path in it. Keys come from the environment of the
    computer that reads, never with the work.
    """
    if file.startswith("s3://"):
        endpoint = os.environ.get("AWS_ENDPOINT_URL")
        region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
        return fs.S3FileSystem(endpoint_override=endpoint, region=region), file[5:]
    if "://" in file:
        return fs.FileSystem.from_uri(file)
    return fs.LocalFileSystem(), file
