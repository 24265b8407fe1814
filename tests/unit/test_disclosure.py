import itertools
from dataclasses import FrozenInstanceError
from datetime import date

import numpy as np
import pandas as pd
import pytest

from lk3.counts import Filter, Period
from lk3.disclosure import public_limits, release, release_table, require_whole_months
from lk3.disclosure.lattice import lattice_of
from lk3.disclosure.suppression import hidden_ranges, is_small, suppress
from lk3.errors import UserError
from lk3.places.reading import read_places
from tests.cities_for_tests import write_city
from tests.leaks_for_tests import Attack, attack, fact, facts_of, random_dataset, usual_exports
from tests.tables_for_tests import (
    PLACES,
    A,
    B,
    C,
    case_table,
    context_of,
    member_table,
    public_measures,
)

IN_2023 = Filter(Period.year(2023))
CODES = PLACES.codes


def public(counts, filter=IN_2023):
    rows = [{"kelurahan_code": code, "cases": n} for code, n in counts.items() if n]
    return public_measures(context_of(case_table(*rows), filter))


def hidden_in(frame):
    return set(frame.index[frame["note"] == "suppressed"])


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (4, True), (5, False)])
def test_one_to_four_are_small(count, small):
    assert is_small(np.array([float(count)]), threshold=5).tolist() == [small]


@pytest.mark.parametrize(("count", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_count_outside_is_judged_by_itself(count, shown):
    row = public(dict.fromkeys(CODES, 10) | {"outside": count})["cases"].loc["outside"]
    assert bool(row["value"] == count) is shown
    assert (row["note"] == "suppressed") is not shown


def test_another_count_is_hidden_so_that_the_total_gives_nothing_back():
    frames = public(dict.fromkeys(CODES, 20) | {A: 3})
    assert A in hidden_in(frames["cases"])
    assert len(hidden_in(frames["cases"]) & set(CODES)) == 2
    assert frames["cases"].at["city", "value"] == 14 * 20 + 3
    for key in ("case_rate_per_10k", "clients", "problems", "cases_change"):
        assert np.isnan(frames[key].at[A, "n"]), key
        assert frames[key].at[A, "verdict"] == "", key


def test_the_rate_of_the_city_does_not_give_the_unknown_away():
    frames = public(dict.fromkeys(CODES, 20) | {"unknown": 2})
    assert np.isnan(frames["cases"].at["unknown", "value"])
    row = frames["case_rate_per_10k"].loc["city"]
    assert row["n"] == 302
    assert "with_unknown" in row["note"]


def test_staff_see_everything_and_nobody_else_gets_in():
    frame = public({A: 30})["cases"]
    assert release({"cases": frame}, audience="internal").measures["cases"] is frame
    with pytest.raises(ValueError, match="unknown audience 'press'"):
        release({}, audience="press")
    with pytest.raises(ValueError, match="context"):
        release({}, audience="public")
    with pytest.raises(ValueError, match="staff"):
        release_table(pd.DataFrame({"problem": ["a"], "cases": [9]}), audience="public")
    with pytest.raises(FrozenInstanceError):
        release({}, audience="internal").audience = "public"


def test_ranges_without_an_equation_have_no_end():
    low, high = hidden_ranges(np.array([3.0]), np.zeros((1, 1)), np.array([True]))
    assert (low[0], high[0]) == (0, np.inf)


def test_a_small_part_takes_the_cheapest_other_part_with_it():
    mask = suppress(np.array([3.0, 20, 9, 32]), np.array([[1.0, 1, 1, -1]]), threshold=5)
    assert mask.tolist() == [True, False, True, False]


@pytest.mark.parametrize("seed", [0])
def test_all_exports_together_narrow_no_hidden_count(seed):
    data = random_dataset(seed)
    few = [f for f in usual_exports() if f.period is None or f.period.is_whole_months][:8]
    found = attack(data, [each for filter in few for each in facts_of(data, filter)])
    assert found.pinned == []
    assert found.small_shown == 0
    assert found.hidden > 0


def test_the_attack_finds_what_two_exports_tell():
    data = random_dataset(0, mean=20.0)
    sizes = data.tables.cases.groupby(["kelurahan_code", "problem"])["cases"].sum()
    (area, problem), _few = next((key, n) for key, n in sizes.items() if 0 < n < 5)
    whole = float(sizes[area].sum())
    rest = set(sizes[area].index) - {problem}
    told = [
        fact(whole, kelurahan_code={area}),
        fact(float(sizes[area][list(rest)].sum()), kelurahan_code={area}, problem=rest),
    ]
    assert program_width(told, area, problem) == pytest.approx(0, abs=1e-6)


def program_width(told, area, problem):
    """How far a linear programme narrows one count down."""
    program = Attack(told)
    row = program.row({"kelurahan_code": {area}, "problem": {problem}})
    return program.width(row, enough=4)


def test_the_setting_moves_the_threshold(monkeypatch):
    counts = dict.fromkeys(CODES, 20) | {A: 7, B: 8}
    assert hidden_in(public(counts)["cases"]) & set(CODES) == set()
    monkeypatch.setenv("LK3_SUPPRESS_BELOW", "8")
    assert hidden_in(public(counts)["cases"]) & set(CODES) == {A, B}


@pytest.mark.parametrize("key", ["smoothed_rate_per_10k", "member_shortfall"])
@pytest.mark.parametrize(("small", "is_hidden"), [(A, True), ("unknown", True), ("outside", False)])
def test_a_value_that_rests_on_all_areas_goes_when_one_of_them_is_hidden(key, small, is_hidden):
    shown = public(dict.fromkeys(CODES, 20) | {B: 12, C: 9} | {small: 3})[key]
    assert (set(CODES) <= hidden_in(shown)) is is_hidden
    assert shown.loc[list(CODES), "n"].isna().all() == is_hidden


def test_a_share_of_the_city_is_hidden_when_few_were_not_closed_in_time():
    def closed(late):
        rows = [
            {"kelurahan_code": code, "cases": n, "closed_on": end}
            for code in CODES
            for n, end in ((20, "2023-06-20"), (late if code == A else 0, "2023-12-20"))
            if n
        ]
        return public_measures(context_of(case_table(*rows), IN_2023))["closed_within_30_pct"]

    assert closed(2).at["city", "note"] == "suppressed"
    assert closed(2).loc["city", ["value", "n"]].isna().all()
    assert closed(20).at["city", "n"] == 15 * 20, "those closed in time"
    assert np.isnan(closed(20).at[A, "n"]), "by kelurahan for staff only"


def test_small_counts_that_make_a_small_sum_need_a_third():
    assert len(hidden_in(public(dict.fromkeys(CODES, 20) | {A: 1, B: 2})["cases"])) == 3


def cube_with_totals(inner):
    """A table of any number of dimensions with all its totals, and the equations, made here anew:
    along each axis the last place is the total of the others.
    """
    full = inner
    for axis in range(inner.ndim):
        full = np.concatenate([full, full.sum(axis=axis, keepdims=True)], axis=axis)
    cells = np.arange(full.size).reshape(full.shape)
    lines = []
    for axis in range(full.ndim):
        for line in np.moveaxis(cells, axis, -1).reshape(-1, full.shape[axis]):
            equation = np.zeros(full.size)
            equation[line[:-1]], equation[line[-1]] = 1, -1
            lines.append(equation)
    return full.ravel().astype(float), np.array(lines)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("shape", [(4, 5), (3, 3, 2)])
def test_a_linear_programme_cannot_narrow_a_hidden_cell_of_a_table(seed, shape):
    random = np.random.default_rng(seed)
    counts, equations = cube_with_totals(random.poisson(random.choice([2, 6, 12]), shape))
    mask = suppress(counts, equations, threshold=5)
    small = is_small(counts, threshold=5)
    assert mask[small].all()
    low, high = hidden_ranges(counts, equations, mask)
    assert np.nanmin((high - low)[small], initial=99) >= 4 - 1e-6


def test_a_large_city_is_decided_year_by_year_and_gives_nothing_back(tmp_path):
    """60 kelurahan over ten years are more cells than are decided together."""
    places = read_places(str(write_city(tmp_path, names=tuple(f"Desa {n:02}" for n in range(60)))))
    random = np.random.default_rng(3)
    counts = pd.DataFrame(
        random.poisson(14, (10, 60)) + 2, index=range(2014, 2024), columns=places.codes
    )
    counts.iloc[::3, ::20] = 2
    rows = [
        {"kelurahan_code": code, "cases": n, "reported_on": f"{year}-06-15"}
        for (year, code), n in counts.stack().items()
    ]
    lattice = lattice_of(case_table(*rows), places, as_of=date(2023, 12, 31), threshold=5)
    assert lattice.masks["area"].shape[0] == 64
    shown = {
        year: ~lattice.hidden("area", Period.year(year))[list(places.codes)]
        for year in counts.index
    }
    for year, is_shown in shown.items():
        small = is_small(counts.loc[year].to_numpy(), threshold=5)
        left = counts.loc[year][~is_shown]
        assert not (small & is_shown).any()
        # All that is known of what is hidden is its sum: each of it can be anything up to that.
        assert len(left) == 0 or (len(left) > 1 and left.sum() >= 5)
    assert sum(int((~each).sum()) for each in shown.values()) < 60, (
        "far more is hidden than need be"
    )
    for first, last in itertools.combinations((2014, 2016, 2021, 2023), 2):
        together = ~lattice.hidden("area", Period(date(first, 1, 1), date(last, 12, 31)))
        each = pd.DataFrame({y: shown[y] for y in range(first, last + 1)}).all(axis=1)
        assert not (together[list(places.codes)] & ~each).any()


ODD = Period.parse("2023-02-10", "2023-09-30")


@pytest.mark.parametrize(
    ("filter", "said"),
    [
        (Filter(), ""),
        (IN_2023, ""),
        (Filter(Period.year(2023), districts=(PLACES.districts[0],)), ""),
        (Filter(ODD), "bulan-bulan penuh"),
        (Filter(problems=("kdrt",)), "seluruh kota"),
        (Filter(problems=("kdrt",), professions=("pkh",)), "hanya satu"),
        (Filter(problems=("kdrt",), districts=(PLACES.districts[0],)), "hanya satu"),
    ],
)
def test_what_the_public_cannot_have_is_said(filter, said):
    cases = random_dataset(0).tables.cases
    found = " ".join(public_limits(filter, cases, as_of=date(2023, 12, 31)))
    assert said in found
    assert bool(found) is bool(said)
    hidden = public_measures(context_of(cases, filter))["cases"].loc[["city"], "note"]
    assert (hidden == "suppressed").all() == ("semua jumlah kasus" in found)


def test_a_period_of_which_nothing_may_be_seen_is_refused():
    cases = random_dataset(0).tables.cases
    require_whole_months(IN_2023, cases, as_of=date(2023, 12, 31))
    with pytest.raises(UserError, match="bulan-bulan penuh"):
        require_whole_months(Filter(ODD), cases, as_of=date(2023, 12, 31))


def city_of(rows, filter, **options):
    """The city's row of each public measure; every row of cases is 20 in kelurahan A, closed after
    10 days.
    """
    usual = {"cases": 20, "closed_on": "2023-06-25", "status": "selesai"}
    cases = case_table(*[usual | row for row in rows])
    frames = public_measures(
        context_of(cases, filter, members=member_table({"member_id": "1"}), **options)
    )
    return {key: frame.loc["city"] for key, frame in frames.items()}


def are_hidden(rows, *keys):
    return [rows[key]["note"] == "suppressed" and bool(np.isnan(rows[key]["n"])) for key in keys]


CLOSING = ("days_to_close_median", "closed_within_30_pct", "closed_within_90_pct")
STILL_OPEN = {"closed_on": None, "status": "proses"}


@pytest.mark.parametrize(("still", "is_hidden"), [(0, False), (3, True), (5, False)])
def test_cases_closed_do_not_tell_the_few_that_are_not(still, is_hidden):
    """100 cases of which 97 are closed are 3 that are open."""
    kept = [{"cases": 100 - still}, *([{"cases": still} | STILL_OPEN] if still else [])]
    city = city_of(kept, Filter())
    assert city["cases"]["n"] == 100
    assert are_hidden(city, *CLOSING, "open_cases_per_member") == [is_hidden] * 4


@pytest.mark.parametrize(("between", "is_hidden"), [(2, True), (6, False)])
def test_shares_in_30_and_in_90_days_do_not_tell_the_few_in_between(between, is_hidden):
    kept = [{"cases": 40}, {"cases": between, "closed_on": "2023-08-01"}, STILL_OPEN]
    assert any(are_hidden(city_of(kept, IN_2023), *CLOSING)) == is_hidden


def test_open_cases_do_not_tell_the_cases_of_hidden_months():
    """Where nothing is closed, open cases at the end of months would be the cases added up."""
    kept = [
        {"cases": n, "reported_on": f"2023-{month:02}-15"} | STILL_OPEN
        for month, n in zip(range(1, 7), (3, 6, 20, 20, 20, 20), strict=True)
    ]
    for month in ("2023-01", "2023-02"):
        city = city_of(kept, Filter(Period.parse(month, month)))
        assert are_hidden(city, "cases", "open_cases_per_member") == [True, True]
    assert city_of(kept, Filter())["open_cases_per_member"]["n"] == 89


@pytest.mark.parametrize(("closed", "is_hidden"), [(2, True), (8, False)])
def test_open_cases_of_two_quarters_do_not_tell_the_few_closed_in_between(closed, is_hidden):
    """With 20 cases at the end of March, and 18 in June when none came in, 2 were closed."""
    kept = [
        {"cases": 40, "reported_on": "2023-01-15", "closed_on": "2023-02-01"},
        {"cases": 60 - closed, "reported_on": "2023-01-15"} | STILL_OPEN,
        {"cases": closed, "reported_on": "2023-01-15", "closed_on": "2023-05-02"},
        {"cases": 30, "reported_on": "2023-07-15", "closed_on": "2023-08-01"},
    ]
    shown = [
        not are_hidden(
            city_of(kept, Filter(Period.parse("2023-01", end))), "open_cases_per_member"
        )[0]
        for end in ("2023-03", "2023-06")
    ]
    assert all(shown) is not is_hidden


@pytest.mark.parametrize(("young", "is_hidden"), [(3, True), (7, False)])
def test_cases_open_for_long_do_not_tell_the_few_others(young, is_hidden):
    kept = [
        {"cases": 40},
        STILL_OPEN,
        {"cases": young, "reported_on": "2024-12-02"} | STILL_OPEN,
        {"cases": 30, "reported_on": "2024-12-02", "closed_on": "2024-12-05"},
    ]
    city = city_of(kept, Filter())
    assert are_hidden(city, "open_cases_per_member", "open_over_90_days") == [False, is_hidden]


def test_open_cases_of_a_day_within_a_month_are_hidden():
    """After the last report a period may end on any day: day by day they tell each closing."""
    kept = [{}, {"closed_on": "2023-08-03"}, STILL_OPEN]
    odd = Filter(Period(date(2023, 1, 1), date(2023, 8, 2)))
    assert (
        are_hidden(city_of(kept, odd), "open_cases_per_member", "open_over_90_days") == [True] * 2
    )


@pytest.mark.parametrize(("again", "is_hidden"), [(0, False), (2, True), (6, False)])
def test_clients_do_not_tell_the_few_that_came_again(again, is_hidden):
    kept = [{}, *[{"cases": 1, "case_id": "one client"}] * (again + 1)]
    city = city_of(kept, IN_2023)
    assert are_hidden(city, "clients") == [is_hidden]
    if not is_hidden:
        assert city["clients"]["n"] == 21


@pytest.mark.parametrize(("further", "is_hidden"), [(0, False), (3, True), (6, False)])
def test_mentions_do_not_tell_the_few_further_problems(further, is_hidden):
    kept = [{}, *([{"cases": further, "problems": "kdrt|odgj"}] if further else [])]
    assert are_hidden(city_of(kept, IN_2023), "problems") == [is_hidden]


@pytest.mark.parametrize(("nameless", "is_hidden"), [(3, True), (20, False)])
def test_mentions_do_not_tell_the_cases_without_a_problem(nameless, is_hidden):
    kept = [{}, {"cases": nameless, "problem": "unknown"}, {"problem": "odgj"}]
    assert are_hidden(city_of(kept, IN_2023), "problems") == [is_hidden]


def test_a_small_part_of_a_total_that_is_kept_gets_its_range_from_both_sides():
    """3 and 3 of a kept 6 and 10 and 10 of 20: 3 cannot rise by 4, but by 3, and fall by 1."""
    counts = np.array([3.0, 3, 10, 10, 13, 13, 6, 20])
    equations = np.array(
        [
            [1.0, 1, 0, 0, 0, 0, -1, 0],
            [0, 0, 1, 1, 0, 0, 0, -1],
            [1, 0, 1, 0, -1, 0, 0, 0],
            [0, 1, 0, 1, 0, -1, 0, 0],
        ]
    )
    kept = np.array([False] * 6 + [True] * 2)
    mask = suppress(counts, equations, threshold=5, kept=kept)
    low, high = hidden_ranges(counts, equations, mask)
    assert (high - low)[:2].min() >= 4 - 1e-6
    assert not mask[kept].any()
