"""Sums that are kept with a version answer as its rows do, whatever the rows and the filter."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lk3.counts import (
    Filter,
    Period,
    aggregate,
    clients_counted_again,
    count_clients,
    count_problems,
    left_out,
    prepare,
    prepared,
    unlisted_areas,
)
from lk3.counts.period import unit_end
from tests.properties.test_counts import PLACES, case_rows, case_table, dimensions, periods


@st.composite
def whole_months(draw):
    first, last = sorted(draw(st.tuples(*[st.dates(date(2021, 10, 1), date(2023, 3, 1))] * 2)))
    return Period(first.replace(day=1), unit_end(last, "month"))


rows_with_clients = st.lists(
    st.tuples(case_rows(), st.sampled_from(["", "", "a", "b", "c"])).map(
        lambda pair: pair[0] | {"case_id": "" if pair[0]["block"] else pair[1]}
    ),
    max_size=14,
)
filters = st.builds(
    Filter,
    period=st.none() | whole_months() | periods(),
    problems=st.sampled_from([(), ("kdrt",)]),
    professions=st.sampled_from([(), ("pkh",)]),
    districts=st.sampled_from([(), tuple(PLACES.districts[:1])]),
)


@pytest.fixture(autouse=True, scope="module")
def _sums_of_few_rows():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepared, "_WORTH", 0)
        yield


@given(rows_with_clients, filters, dimensions)
@settings(max_examples=13)
def test_sums_count_as_the_rows_do(rows, filter, by):
    plain = case_table(*rows)
    kept = prepare(plain)
    for _twice in range(2):
        pd.testing.assert_frame_equal(aggregate(kept, filter, by), aggregate(plain, filter, by))
    assert left_out(kept, filter, by=by) == left_out(plain, filter, by=by)


@given(rows_with_clients, filters)
@settings(max_examples=6)
def test_clients_and_problems_are_the_same_by_rows_and_by_sums(rows, filter):
    plain = case_table(*rows)
    kept = prepare(plain)
    for by in ((), ("kelurahan_code",), ("district",), ("month",)):
        for count in (count_clients, count_problems):
            pd.testing.assert_frame_equal(
                count(kept, filter, by=by, places=PLACES),
                count(plain, filter, by=by, places=PLACES),
            )
    again = [clients_counted_again(each, filter, places=PLACES) for each in (kept, plain)]
    assert again[0] == again[1]
    assert unlisted_areas(kept, filter, places=PLACES) == unlisted_areas(
        plain, filter, places=PLACES
    )


def test_register_numbers_in_a_block_are_told_apart_row_by_row():
    plain = case_table(
        {"case_id": "a", "block": "x", "kelurahan_code": PLACES.codes[0]},
        {"case_id": "a", "block": "x", "breakdown": "problem"},
        {"case_id": "b", "kelurahan_code": PLACES.codes[1]},
    )
    for by in ((), ("kelurahan_code",), ("problem",)):
        pd.testing.assert_frame_equal(
            count_clients(prepare(plain), Filter(), by=by, places=PLACES),
            count_clients(plain, Filter(), by=by, places=PLACES),
        )


def test_what_is_made_from_prepared_cases_keeps_no_sums():
    kept = prepare(case_table({"cases": 3}, {"cases": 4}))
    assert aggregate(kept, Filter(), ())["cases"].tolist() == [7]
    assert type(kept[kept["cases"] > 3]) is pd.DataFrame
    assert aggregate(kept[kept["cases"] > 3], Filter(), ())["cases"].tolist() == [4]
    assert type(kept.assign(cases=1)) is pd.DataFrame
