"""What holds for every table of cases, whatever it contains."""

from collections import Counter
from datetime import date, timedelta

import pandas as pd
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from lk3.counts import (
    DIMENSIONS,
    Filter,
    Period,
    aggregate,
    count_cases,
    left_out,
    open_cases,
    prepare,
)
from lk3.counts.period import PRECISIONS, unit_end, unit_start
from tests.tables_for_tests import PLACES, case_table

AREAS = [*PLACES.codes[:3], "unknown", "outside"]
PROBLEMS = ["kdrt", "napza", "unknown"]


@st.composite
def case_rows(draw):
    precision = draw(st.sampled_from(PRECISIONS))
    day = draw(st.dates(date(2021, 11, 1), date(2023, 3, 1)))
    block = draw(st.sampled_from(["", "x", "y"]))
    return {
        "reported_on": unit_start(day, precision).isoformat(),
        "reported_precision": precision,
        "kelurahan_code": draw(st.sampled_from(AREAS)),
        "problem": draw(st.sampled_from(PROBLEMS)),
        "sex": draw(st.sampled_from(["L", "P", "unknown"])),
        "profession": draw(st.sampled_from(["pkh", "medis"])),
        "status": draw(st.sampled_from(["baru", "selesai"])),
        "cases": draw(st.integers(1, 9)),
        "block": block,
        "breakdown": draw(st.sampled_from(["", "problem", "sex"])) if block else "",
    }


@st.composite
def periods(draw):
    start = draw(st.dates(date(2021, 10, 1), date(2023, 3, 1)))
    return Period(start, start + timedelta(days=draw(st.integers(0, 500))))


filters = st.builds(
    Filter,
    period=st.none() | periods(),
    problems=st.sampled_from([(), ("kdrt",), ("kdrt", "napza")]),
    professions=st.sampled_from([(), ("pkh",)]),
    districts=st.sampled_from([(), tuple(PLACES.districts[:1])]),
)
tables = st.lists(case_rows(), max_size=12)
dimensions = st.lists(
    st.sampled_from(["kelurahan_code", "problem", "sex", "profession", "month", "year"]),
    max_size=2,
    unique=True,
).map(tuple)


def counted_by_loop(rows, filter, by):
    """The counting rules written as a plain loop over the rows."""
    dims = set(by) | ({"problem"} if filter.problems else set())
    asked = dims & {"problem", "sex", "age_band"}
    stand_in = asked.pop() if len(asked) == 1 else None
    replaced = {r["block"] for r in rows if stand_in and r["breakdown"] == stand_in}
    inside = set(PLACES.codes_in(filter.districts)) if filter.districts else set(AREAS)
    result = Counter()
    for row in rows:
        start = date.fromisoformat(row["reported_on"])
        end = unit_end(start, row["reported_precision"])
        base = row["breakdown"] == "" and row["block"] not in replaced
        if not (base or (stand_in and row["breakdown"] == stand_in)):
            continue
        if filter.period and not (filter.period.start <= start and end <= filter.period.end):
            continue
        if filter.problems and row["problem"] not in filter.problems:
            continue
        if filter.professions and row["profession"] not in filter.professions:
            continue
        if row["kelurahan_code"] not in inside:
            continue
        if "month" in by and row["reported_precision"] not in ("day", "month"):
            continue
        values = row | {"month": pd.Timestamp(start).replace(day=1), "year": start.year}
        result[tuple(values[d] for d in by)] += row["cases"]
    return result


@given(tables, filters, dimensions)
@settings(max_examples=50)
def test_the_aggregation_equals_a_plain_loop(rows, filter, by):
    counted = count_cases(case_table(*rows), filter, by=by, places=PLACES)
    found = {
        tuple(record[:-1]): record[-1] for record in counted.itertuples(index=False, name=None)
    }
    expected = dict(counted_by_loop(rows, filter, by))
    assert found == (expected if by else {(): expected.get((), 0)})


@given(tables, filters, dimensions)
@settings(max_examples=20)
def test_every_engine_gives_the_same(rows, filter, by):
    cases = case_table(*rows)
    expected = aggregate(cases, filter, by)
    for other in (prepare(cases), pa.Table.from_pandas(cases, preserve_index=False)):
        pd.testing.assert_frame_equal(aggregate(other, filter, by), expected)


@given(tables, filters, st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_the_order_of_the_rows_changes_nothing(rows, filter, random):
    shuffled = random.sample(rows, len(rows))
    for by in ((), ("kelurahan_code",), ("problem", "year")):
        first, second = (
            count_cases(case_table(*order), filter, by=by, places=PLACES)
            for order in (rows, shuffled)
        )
        pd.testing.assert_frame_equal(first, second)


@given(tables, filters, st.sampled_from(DIMENSIONS))
@settings(max_examples=20)
def test_the_parts_of_any_dimension_sum_to_the_total(rows, filter, dimension):
    """Registers, that is: a recap's breakdowns do not always agree with its total."""
    register = case_table(*(row | {"breakdown": "", "block": ""} for row in rows))
    total = count_cases(register, filter, places=PLACES)["cases"].iloc[0]
    parts = count_cases(register, filter, by=(dimension,), places=PLACES)["cases"].sum()
    unplaced = left_out(register, filter, by=(dimension,)) - left_out(register, filter)
    if filter.districts:
        inside = register[register["kelurahan_code"].isin(PLACES.codes_in(filter.districts))]
        unplaced = left_out(inside, filter, by=(dimension,)) - left_out(inside, filter)
    assert parts + unplaced == total


@given(tables, periods())
@settings(max_examples=20)
def test_a_case_is_inside_left_out_or_wholly_elsewhere(rows, period):
    register = case_table(*(row | {"breakdown": "", "block": ""} for row in rows))
    elsewhere = 0
    for row in rows:
        start = date.fromisoformat(row["reported_on"])
        if unit_end(start, row["reported_precision"]) < period.start or start > period.end:
            elsewhere += row["cases"]
    inside = count_cases(register, Filter(period), places=PLACES)["cases"].iloc[0]
    total = sum(row["cases"] for row in rows)
    assert inside + left_out(register, Filter(period)) + elsewhere == total


@given(tables, case_rows(), filters)
@settings(max_examples=13)
def test_one_more_case_never_lowers_a_count(rows, row, filter):
    row = row | {"breakdown": "", "block": ""}
    for by in ((), ("kelurahan_code",)):
        before = count_cases(case_table(*rows), filter, by=by, places=PLACES)
        after = count_cases(case_table(*rows, row), filter, by=by, places=PLACES)
        assert after["cases"].sum() >= before["cases"].sum()
        assert len(after) >= len(before)


@given(tables, st.dates(date(2021, 1, 1), date(2024, 1, 1)))
@settings(max_examples=15)
def test_open_cases_are_never_more_than_the_cases_reported(rows, day):
    cases = case_table(*rows)
    found = open_cases(cases, Filter(), on=day, by=(), places=PLACES)["cases"].iloc[0]
    assert 0 <= found <= count_cases(cases, Filter(), places=PLACES)["cases"].iloc[0]


@given(periods())
def test_the_period_before_touches_and_is_as_long(period):
    before = period.previous()
    assert before.end + timedelta(days=1) == period.start
    if period.is_whole_months:
        assert len(before.months()) == len(period.months())
    else:
        assert before.days == period.days
    assert sum(period.shares().values()) == period.years
