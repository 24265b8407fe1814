from dataclasses import FrozenInstanceError

import numpy as np
import pandas as pd
import pytest

from lk3.counts import Filter, Period
from lk3.disclosure import release, release_table
from lk3.disclosure.suppression import hidden_ranges, is_small, suppress
from lk3.indicators import compute_all
from lk3.indicators.measure import NUMBERS
from tests.tables_for_tests import PLACES, A, B, C, case_table, context_of, member_table

IN_2023 = Filter(Period.year(2023))
CODES = PLACES.codes


def measures(counts, *, filter=IN_2023, **more):
    """Measures of so many cases by area code."""
    rows = [{"kelurahan_code": code, "cases": n} for code, n in counts.items() if n]
    return compute_all(context_of(case_table(*rows), filter, **more))


def hidden_in(frame):
    return set(frame.index[frame["note"] == "suppressed"])


def table(counts, dimensions=("kelurahan_code", "problem")):
    rows = [(*key, n) for key, n in counts.items()]
    return pd.DataFrame(rows, columns=[*dimensions, "cases"])


class TestThreshold:
    @pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (4, True), (5, False)])
    def test_one_to_four_are_small(self, count, small):
        assert is_small(np.array([float(count)]), threshold=5).tolist() == [small]

    @pytest.mark.parametrize(("count", "shown"), [(0, True), (1, False), (4, False), (5, True)])
    def test_a_count_outside_is_judged_by_itself(self, count, shown):
        counts = dict.fromkeys(CODES, 10) | {"outside": count}
        row = release(measures(counts), audience="public").measures["cases"].loc["outside"]
        assert bool(row["value"] == count) is shown
        assert (row["note"] == "suppressed") is not shown

    def test_the_setting_moves_the_threshold(self, monkeypatch):
        counts = dict.fromkeys(CODES, 10) | {A: 7, B: 8}
        assert hidden_in(release(measures(counts), audience="public").measures["cases"]) == set()
        monkeypatch.setenv("LK3_SUPPRESS_BELOW", "8")
        hidden = hidden_in(release(measures(counts), audience="public").measures["cases"])
        assert hidden == {A, B}


class TestMeasures:
    def test_staff_see_everything_unchanged(self):
        found = measures({A: 1, B: 9})
        released = release(found, audience="internal")
        for key, frame in found.items():
            pd.testing.assert_frame_equal(released.measures[key], frame)

    @pytest.mark.parametrize("key", ["smoothed_rate_per_10k", "member_shortfall"])
    @pytest.mark.parametrize("small", [A, "unknown"])
    def test_a_value_that_rests_on_all_areas_goes_when_any_count_is_hidden(self, key, small):
        found = measures(dict.fromkeys(CODES, 20) | {B: 12, C: 9} | {small: 3})
        shown = release(found, audience="public").measures[key]
        assert shown[["value", "lower", "upper", "n"]].isna().all(axis=None)
        assert set(CODES) <= hidden_in(shown)

    @pytest.mark.parametrize("key", ["smoothed_rate_per_10k", "member_shortfall"])
    def test_a_value_that_rests_on_all_areas_stays_when_no_count_is_hidden(self, key):
        found = measures(dict.fromkeys(CODES, 20) | {B: 12, C: 9, "outside": 2})
        shown = release(found, audience="public").measures[key]
        pd.testing.assert_frame_equal(shown, found[key])

    def test_the_smallest_other_count_is_hidden_so_that_the_total_gives_nothing_back(self):
        counts = dict.fromkeys(CODES, 20) | {A: 3, C: 12}
        public = release(measures(counts), audience="public").measures["cases"]
        assert hidden_in(public) == {A, C}
        assert public.loc[A, list(NUMBERS)].isna().all()
        assert public.at["city", "value"] == 13 * 20 + 15

    def test_two_small_counts_that_make_a_small_sum_need_a_third(self):
        counts = dict.fromkeys(CODES, 20) | {A: 1, B: 2}
        public = release(measures(counts), audience="public").measures["cases"]
        assert len(hidden_in(public)) == 3

    def test_nothing_small_nothing_hidden(self):
        counts = dict.fromkeys(CODES, 20) | {A: 0, B: 5}
        for frame in release(measures(counts), audience="public").measures.values():
            assert hidden_in(frame) & {"city"} == set()
        assert hidden_in(release(measures(counts), audience="public").measures["cases"]) == set()

    def test_rates_clients_problems_and_changes_go_with_the_cases_they_rest_on(self):
        counts = dict.fromkeys(CODES, 20) | {A: 3, C: 12}
        public = release(measures(counts), audience="public").measures
        for key in ("case_rate_per_10k", "clients", "problems", "cases_change"):
            frame = public[key]
            assert {A, C} <= hidden_in(frame), key
            assert frame.loc[[A, C], ["value", "lower", "upper", "n"]].isna().all(axis=None), key
            assert (frame.loc[[A, C], "verdict"] == "").all(), key

    def test_a_city_without_a_large_count_hides_its_total_too(self):
        public = release(measures({A: 3}), audience="public").measures["cases"]
        assert {A, "city"} <= hidden_in(public)

    def test_the_rate_of_the_city_does_not_give_the_unknown_away(self):
        counts = dict.fromkeys(CODES, 20) | {"unknown": 2}
        public = release(measures(counts), audience="public").measures
        city_in_rate = public["case_rate_per_10k"].loc["city"]
        assert public["cases"].at["city", "value"] == 302
        assert np.isnan(public["cases"].at["unknown", "value"])
        assert np.isnan(city_in_rate["n"])
        people = city_in_rate["denominator"]
        assert not np.isclose(city_in_rate["value"] * people / 10_000, 300)

    def test_a_share_hides_when_few_were_or_few_were_not_closed_in_time(self):
        rows = []
        for code in CODES:
            late = 2 if code == A else 10
            for n, end in ((20, "2023-06-20"), (late, "2023-12-20")):
                rows.append({"kelurahan_code": code, "cases": n, "closed_on": end})
        found = compute_all(context_of(case_table(*rows), IN_2023))
        public = release(found, audience="public").measures["closed_within_30_pct"]
        assert A in hidden_in(public)
        assert len(hidden_in(public)) == 2
        assert public.loc[A, list(NUMBERS)].isna().all()

    def test_members_are_officials_and_are_shown(self):
        team = member_table({"member_id": "1"})
        public = release(measures({A: 3}, members=team), audience="public").measures
        assert public["active_members"].at[A, "value"] == 1
        caseload = public["open_cases_per_member"].loc[A]
        assert np.isnan(caseload["value"])
        assert (caseload["denominator"], caseload["note"]) == (1, "suppressed")

    def test_no_data_and_hidden_look_different(self):
        nobody = release(measures({A: 30}), audience="public").measures["open_cases_per_member"]
        assert nobody.at[A, "note"] == "no_members"

    def test_the_same_period_hides_the_same_whatever_leaves_with_it(self):
        counts = dict.fromkeys(CODES, 20) | {A: 3, C: 12}
        found = measures(counts)
        alone = release({"cases": found["cases"]}, audience="public").measures["cases"]
        together = release(found, audience="public").measures["cases"]
        pd.testing.assert_frame_equal(alone, together)

    def test_the_measures_given_are_not_changed(self):
        found = measures({A: 3})
        before = {key: frame.copy() for key, frame in found.items()}
        release(found, audience="public")
        for key, frame in before.items():
            pd.testing.assert_frame_equal(found[key], frame)

    def test_an_unknown_audience_or_measure_does_not_leave(self):
        with pytest.raises(ValueError, match="unknown audience 'press'"):
            release({}, audience="press")
        with pytest.raises(KeyError, match="shoe_size"):
            release({"shoe_size": pd.DataFrame()}, audience="public")
        with pytest.raises(FrozenInstanceError):
            release({}, audience="public").audience = "internal"

    @pytest.mark.parametrize("seed", range(6))
    def test_no_equation_over_the_released_counts_pins_a_hidden_one(self, seed):
        random = np.random.default_rng(seed)
        counts = dict(
            zip([*CODES, "unknown"], random.poisson(random.choice([1, 4, 8]), 16), strict=True)
        )
        found = measures(counts)
        public = release(found, audience="public").measures
        areas = [*CODES, "unknown"]
        rate_n = public["case_rate_per_10k"].at["city", "n"]
        true = np.array([*found["cases"].loc[areas, "n"], found["cases"].at["city", "n"], 0.0])
        true[-1] = found["case_rate_per_10k"].at["city", "n"]
        shown = np.array(
            [*public["cases"].loc[areas, "n"], public["cases"].at["city", "n"], rate_n]
        )
        equations = np.array([[1.0] * 16 + [-1, 0], [1.0] * 15 + [0, 0, -1]])
        low, high = hidden_ranges(true, equations, np.isnan(shown))
        assert (np.isnan(shown) | (shown == 0) | (shown >= 5)).all()
        assert np.nanmin(high - low, initial=99) >= 4


class TestTables:
    def test_staff_see_all_cells_with_the_empty_ones_as_nought(self):
        released = release_table(table({(A, "kdrt"): 1, (B, "napza"): 9}), audience="internal")
        assert released.frame["cases"].tolist() == [1, 0, 0, 9]
        assert released.totals[""]["cases"].tolist() == [10]
        assert released.totals["problem"]["cases"].tolist() == [1, 9]
        assert released.dimensions == ("kelurahan_code", "problem")

    def test_a_single_small_cell_takes_three_others_with_it(self):
        counts = {(a, p): 20 for a in (A, B, C) for p in ("kdrt", "napza", "tppo")} | {
            (A, "kdrt"): 2
        }
        released = release_table(table(counts), audience="public")
        hidden = released.frame[released.frame["cases"].isna()]
        assert len(hidden) == 4
        assert set(hidden["note"]) == {"suppressed"}
        assert hidden.groupby("kelurahan_code").size().tolist() == [2, 2]
        assert hidden.groupby("problem").size().tolist() == [2, 2]

    def test_one_dimension(self):
        one = pd.DataFrame({"problem": list("abc"), "cases": [3, 30, 9]})
        released = release_table(one, audience="public")
        assert released.frame["cases"].isna().tolist() == [True, False, True]
        assert released.totals[""]["cases"].tolist() == [42]

    def test_outside_is_in_no_total_over_areas(self):
        counts = {(A, "kdrt"): 20, (B, "kdrt"): 20, ("outside", "kdrt"): 7}
        released = release_table(table(counts), audience="public")
        assert released.totals["kelurahan_code"]["cases"].tolist() == [40]

    def test_a_combination_that_occurs_twice_is_refused(self):
        twice = pd.concat([table({(A, "kdrt"): 1})] * 2)
        with pytest.raises(ValueError, match="occurs twice"):
            release_table(twice, audience="public")

    def test_an_empty_table_stays_empty(self):
        released = release_table(table({}), audience="public")
        assert released.frame.empty
        assert released.totals[""]["cases"].tolist() == [0]

    @pytest.mark.parametrize("seed", range(25))
    def test_a_linear_programme_cannot_pin_a_hidden_cell(self, seed):
        """The attack: all equations of cells and totals, and that a count is never negative."""
        random = np.random.default_rng(seed)
        shape = (random.integers(1, 9), random.integers(1, 7))
        counts = random.poisson(random.choice([0.3, 1, 3, 9]), shape)
        areas = [*CODES[: shape[0] - 1], random.choice(["unknown", "outside"])]
        problems = ["kdrt", "napza", "tppo", "ekonomi", "odgj", "hiv"][: shape[1]]
        cells = {(a, p): counts[i, j] for i, a in enumerate(areas) for j, p in enumerate(problems)}
        released = release_table(table(cells), audience="public")
        true, shown, equations = attack(counts, areas, released)
        hidden = np.isnan(shown)
        assert (hidden | (shown == true)).all()
        assert not ((true > 0) & (true < 5) & ~hidden).any()
        low, high = hidden_ranges(true, equations, hidden)
        assert np.nanmin(high - low, initial=99) >= 4 - 1e-6

    def test_three_dimensions_hold_too(self):
        random = np.random.default_rng(1)
        counts = {
            (a, p, s): int(random.poisson(6))
            for a in (A, B, C)
            for p in ("kdrt", "napza")
            for s in ("L", "P")
        }
        released = release_table(
            table(counts, ("kelurahan_code", "problem", "sex")), audience="public"
        )
        shown = released.frame["cases"]
        true = np.array(list(counts.values()))
        assert ((true >= 5) | (true == 0) | shown.isna()).all()
        left = released.totals["sex"].set_index(["kelurahan_code", "problem"])["cases"]
        by_pair = released.frame.assign(hidden=shown.isna()).groupby(["kelurahan_code", "problem"])
        for pair, group in by_pair:
            assert group["hidden"].sum() != 1 or np.isnan(left[pair])


def attack(counts, areas, released):
    """True and shown cells with their totals as one vector, and the equations between them, built
    here anew from what a reader of the table knows.
    """
    rows, columns = counts.shape
    in_city = np.array([area != "outside" for area in areas], dtype=float)
    true = np.zeros((rows + 1, columns + 1))
    true[:-1, :-1] = counts
    true[-1, :-1] = in_city @ counts
    true[:, -1] = true[:, :-1].sum(axis=1)
    shown = np.empty_like(true)
    shown[:-1, :-1] = released.frame["cases"].to_numpy().reshape(rows, columns)
    shown[:-1, -1] = released.totals["problem"]["cases"]
    shown[-1, :-1] = released.totals["kelurahan_code"]["cases"]
    shown[-1, -1] = released.totals[""]["cases"].iloc[0]
    cell = np.arange(true.size).reshape(true.shape)
    equations = []
    for i in range(rows + 1):
        line = np.zeros(true.size)
        line[cell[i, :-1]], line[cell[i, -1]] = 1, -1
        equations.append(line)
    for j in range(columns + 1):
        line = np.zeros(true.size)
        line[cell[:-1, j]], line[cell[-1, j]] = in_city, -1
        equations.append(line)
    return true.ravel(), shown.ravel(), np.array(equations)


class TestSuppress:
    def test_what_every_single_equation_finds_safe_can_still_be_pinned_by_all_together(self):
        # Hiding what each row and column asks for leaves a hidden cell of this table with a range
        # narrower than 1 to 4; only the linear programme over all equations sees it.
        inner = np.array([[1, 1, 0, 4], [1, 9, 9, 5], [20, 6, 9, 0]], dtype=float)
        cells = {
            (a, p): n
            for a, row in zip((A, B, C), inner, strict=True)
            for p, n in zip("wxyz", row, strict=True)
        }
        released = release_table(table(cells), audience="public")
        true, shown, equations = attack(inner, [A, B, C], released)
        low, high = hidden_ranges(true, equations, np.isnan(shown))
        assert np.nanmin(high - low) >= 4 - 1e-6

    def test_ranges_without_an_equation_have_no_end(self):
        low, high = hidden_ranges(np.array([3.0]), np.zeros((1, 1)), np.array([True]))
        assert (low[0], high[0]) == (0, np.inf)

    def test_zeros_that_are_hidden_elsewhere_need_no_more(self):
        mask = suppress(
            np.array([0.0, 9.0, 9.0]),
            np.array([[1.0, 1, -1]]),
            threshold=5,
            hidden=np.array([True, False, False]),
        )
        assert mask.tolist() == [True, False, False]
