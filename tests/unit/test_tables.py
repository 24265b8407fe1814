from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from lk3.tables import CASES, FINDINGS, MEMBERS, POPULATION, SCHEMAS, Tables


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_an_empty_table_has_all_columns_and_their_types(schema):
    empty = schema.empty()
    assert list(empty.columns) == schema.names
    assert schema.conform(empty).dtypes.equals(empty.dtypes)


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_every_column_has_a_meaning_and_appears_once(schema):
    assert len(set(schema.names)) == len(schema.names)
    assert all(column.meaning for column in schema.columns)


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_no_table_has_a_column_for_a_person(schema):
    personal = {"nama", "name", "nik", "no_kk", "alamat", "address", "phone", "telepon", "birth"}
    assert personal.isdisjoint(schema.names)


def test_columns_come_in_the_order_of_the_schema_whatever_the_order_given():
    frame = pd.DataFrame({"population": [10], "code": ["a"], "year": [2024]})
    assert list(POPULATION.conform(frame).columns) == POPULATION.names


def test_absent_columns_are_filled_with_nothing_and_a_row_is_one_case():
    row = CASES.conform(pd.DataFrame({"problem": ["kdrt"]})).iloc[0]
    assert row["cases"] == 1
    assert row["sheet"] == ""
    assert row["row"] == 0
    assert pd.isna(row["closed_on"])


def test_a_missing_text_becomes_empty_and_stays_text():
    frame = pd.DataFrame({"problem": ["kdrt", None, pd.NA, float("nan")]})
    problems = CASES.conform(frame)["problem"]
    assert list(problems) == ["kdrt", "", "", ""]
    assert problems.dtype == "str"


def test_dates_of_any_sort_become_dates_and_none_stays_none():
    frame = pd.DataFrame({"started_on": [date(2023, 7, 26), None]})
    started_on = MEMBERS.conform(frame)["started_on"]
    assert started_on.dtype == "datetime64[s]"
    assert started_on[0] == pd.Timestamp(2023, 7, 26)
    assert pd.isna(started_on[1])


def test_an_unknown_column_is_refused_by_name():
    frame = pd.DataFrame({"problem": ["kdrt"], "nama": ["Klien Uji 7"]})
    with pytest.raises(ValueError, match=r"^cases: unknown columns \['nama'\]$"):
        CASES.conform(frame)


def test_rows_are_numbered_anew_and_the_given_table_stays_as_it_was():
    frame = pd.DataFrame({"problem": ["kdrt", "odgj"]}, index=[7, 9])
    conformed = CASES.conform(frame)
    assert list(conformed.index) == [0, 1]
    assert list(frame.index) == [7, 9]
    assert list(frame.columns) == ["problem"]


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_arrow_and_back_gives_the_same_table(schema):
    texts = {column.name: "teks" for column in schema.columns if column.type == "text"}
    dates = {column.name: date(2024, 2, 29) for column in schema.columns if column.type == "date"}
    frame = schema.conform(pd.DataFrame([texts | dates, texts]))
    table = pa.Table.from_pandas(frame, schema=schema.arrow, preserve_index=False)
    pd.testing.assert_frame_equal(schema.conform(table.to_pandas()), frame)


def test_tables_are_put_under_one_another():
    cases = CASES.conform(pd.DataFrame({"problem": ["kdrt"]}))
    one = Tables(cases, MEMBERS.empty(), POPULATION.empty(), FINDINGS.empty())
    both = Tables.concat([one, Tables.empty(), one])
    assert list(both.cases["problem"]) == ["kdrt", "kdrt"]
    assert list(both.cases.index) == [0, 1]
    assert both.cases.dtypes.equals(CASES.empty().dtypes)
    assert both.members.dtypes.equals(MEMBERS.empty().dtypes)


def test_nothing_put_together_is_the_empty_house():
    nothing = Tables.concat([])
    assert [len(getattr(nothing, name)) for name in SCHEMAS] == [0, 0, 0, 0]
