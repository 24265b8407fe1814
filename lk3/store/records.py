"""The form in which all tables lie in one: the union of their columns, told apart by `kind`."""

import pandas as pd
import pyarrow as pa

from lk3.tables import SCHEMAS, Column, Schema

SOURCES = Schema(
    "source",
    (
        Column("source", "text", "the workbook as it is named in the store"),
        Column("file", "text", "name of the file as it was sent"),
        Column("digest", "text", "SHA-256 of the file"),
        Column("saved_at", "text", "when it was saved, ISO 8601 in UTC"),
        Column("user", "text", "who saved it, '' without a sign-in"),
        Column("accounting", "text", "JSON: rows read, used, set aside and not data, by sheet"),
    ),
)
_KINDS = {**SCHEMAS, SOURCES.name: SOURCES}
_COLUMNS = {field.name: field.type for schema in _KINDS.values() for field in schema.arrow}
RECORDS = pa.schema([("kind", pa.string()), *_COLUMNS.items()])


def to_records(kind: str, frame: pd.DataFrame) -> pa.Table:
    """The rows of one table in the form of `RECORDS`. Raises ValueError for a column that the
    schema of the kind does not know.
    """
    schema = _KINDS[kind]
    rows = pa.Table.from_pandas(schema.conform(frame), schema.arrow, preserve_index=False)
    columns = {"kind": pa.array([kind] * rows.num_rows, pa.string())}
    for name, type_ in _COLUMNS.items():
        columns[name] = (
            rows.column(name) if name in schema.names else pa.nulls(rows.num_rows, type_)
        )
    return pa.table(columns, schema=RECORDS)
