"""What planners rely on: more need never looks like less, and more help never like less."""

import numpy as np
import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lk3.indicators.funnel import settled_verdict
from lk3.indicators.judging import judge
from lk3.indicators.ranking import posterior_rates

AREAS = 15
counts = st.lists(st.integers(0, 40), min_size=AREAS, max_size=AREAS)
people = st.lists(st.integers(2_000, 30_000), min_size=AREAS, max_size=AREAS)
helpers = st.lists(st.integers(0, 9), min_size=AREAS, max_size=AREAS)
places = st.integers(0, AREAS - 1)
ORDER = ("strongly_below", "below", "like_city", "above", "strongly_above")


def need_of(cases, exposure):
    return posterior_rates(cases, exposure).mean * np.asarray(exposure, dtype="float64")


def shortfall_of(need, members):
    given = np.asarray(members, dtype="float64")
    return need * given.sum() / need.sum() - given


@given(counts, people, places)
@settings(max_examples=60)
def test_one_more_case_never_lowers_the_need_of_its_kelurahan(cases, exposure, place):
    assume(sum(cases) > 0)
    more = [n + (i == place) for i, n in enumerate(cases)]
    assert need_of(more, exposure)[place] >= need_of(cases, exposure)[place] - 1e-9


@given(counts, people, helpers, places)
@settings(max_examples=50)
def test_one_more_member_never_raises_the_shortfall_of_their_kelurahan(
    cases, exposure, members, place
):
    assume(sum(cases) > 0)
    need = need_of(cases, exposure)
    more = [n + (i == place) for i, n in enumerate(members)]
    assert shortfall_of(need, more)[place] <= shortfall_of(need, members)[place] + 1e-9


def settled(cases, exposure, unknown):
    years = np.asarray(exposure, dtype="float64")
    rate, with_unknown = sum(cases) / years.sum(), (sum(cases) + unknown) / years.sum()
    return settled_verdict(
        cases, years * rate, expected_with_unknown=years * with_unknown, unknown=unknown
    )


@given(counts, people, st.integers(0, 60), st.data())
@settings(max_examples=50)
def test_a_verdict_that_is_given_holds_for_any_sharing_out_of_the_unknown_cases(
    cases, exposure, unknown, data
):
    verdict, _may_change = settled(cases, exposure, unknown)
    cuts = sorted(data.draw(st.lists(st.integers(0, unknown), min_size=AREAS - 1,
                                     max_size=AREAS - 1)))  # fmt: skip
    shares = np.diff([0, *cuts, unknown])
    truth, _never = settled(np.asarray(cases) + shares, exposure, 0)
    for given_, true in zip(verdict, truth, strict=True):
        if given_.endswith(("above", "below")):
            assert true.removeprefix("strongly_") == given_.removeprefix("strongly_")


@given(counts, people, st.integers(0, 60))
@settings(max_examples=50)
def test_one_more_unknown_case_never_gives_a_verdict_that_was_not_there(cases, exposure, unknown):
    fewer, more = (settled(cases, exposure, n)[0] for n in (unknown, unknown + 1))
    for before, after in zip(fewer, more, strict=True):
        if after.endswith(("above", "below")):
            distance = abs(ORDER.index(after) - 2)
            assert before.endswith(after.removeprefix("strongly_"))
            assert abs(ORDER.index(before) - 2) >= distance


@given(counts, people, helpers, st.integers(0, 60))
@settings(max_examples=50)
def test_underserved_with_unknown_cases_is_underserved_without(cases, exposure, members, unknown):
    assume(sum(cases) > 0)
    years, given_ = (np.asarray(values, dtype="float64") for values in (exposure, members))
    need = need_of(cases, exposure)
    rate, with_unknown = (n / years.sum() for n in (sum(cases), sum(cases) + unknown))
    frames = [pd.Series(values, dtype="float64") for values in (cases, years * rate)]
    told = {"members": pd.Series(given_), "shortfall": pd.Series(shortfall_of(need, members))}
    sure = judge(*frames, **told)
    unsure = judge(
        *frames,
        **told,
        unknown=unknown,
        expected_with_unknown=pd.Series(years * with_unknown),
        least_shortfall=pd.Series(need * given_.sum() / (need.sum() + unknown) - given_),
    )
    assert set(np.flatnonzero(unsure == "underserved")) <= set(
        np.flatnonzero(sure == "underserved")
    )
    assert ((sure == "no_member") == (unsure == "no_member")).all()
