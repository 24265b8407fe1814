from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from lk3 import language
from lk3.counts import (
    Filter,
    Period,
    active_people,
    aggregate,
    closing_times,
    count_cases,
    count_clients,
    count_members,
    count_open_since,
    count_over_time,
    count_problems,
    held_period,
    left_out,
    open_cases,
    prepare,
)
from lk3.errors import UserError
from tests.tables_for_tests import PLACES, A, B, case_table, member_table

IN_2023 = Filter(Period.year(2023))


def total(cases, filter):
    return count_cases(cases, filter, places=PLACES)["cases"].iloc[0]


def by_one(counted):
    key, value = counted.columns
    return dict(zip(counted[key], counted[value], strict=True))


class TestPeriod:
    def test_a_year_has_all_its_days(self):
        assert Period.year(2024) == Period(date(2024, 1, 1), date(2024, 12, 31))
        assert Period.year(2024).days == 366
        assert Period.year(2024).years == 1

    def test_length_in_years_is_the_sum_of_the_shares_of_each_year(self):
        # July to December 2023 is 184 of 365 days; January to June 2024 is 182 of 366.
        period = Period(date(2023, 7, 1), date(2024, 6, 30))
        assert period.shares() == {2023: pytest.approx(184 / 365), 2024: pytest.approx(182 / 366)}
        assert period.years == pytest.approx(184 / 365 + 182 / 366)

    @pytest.mark.parametrize(
        ("period", "before"),
        [
            (("2023", "2023"), ("2022-01-01", "2022-12-31")),
            (("2023-03", "2023-03"), ("2023-02-01", "2023-02-28")),
            (("2024-01", "2024-03"), ("2023-10-01", "2023-12-31")),
            (("2023-01-10", "2023-01-19"), ("2022-12-31", "2023-01-09")),
        ],
    )
    def test_the_period_before_is_as_long_and_ends_the_day_before(self, period, before):
        found = Period.parse(*period).previous()
        assert (found.start.isoformat(), found.end.isoformat()) == before

    def test_a_period_cannot_end_before_it_starts(self):
        with pytest.raises(ValueError, match="before it starts"):
            Period(date(2023, 2, 1), date(2023, 1, 1))

    def test_a_reversed_period_is_said_in_one_sentence(self):
        with pytest.raises(
            UserError, match=r"Periode berakhir \(2022\) sebelum dimulai \(2023\)\."
        ):
            Period.parse("2023", "2022")

    @pytest.mark.parametrize("text", ["Juni", "2023-13", "2023-02-30", "23", "", "0000"])
    def test_what_is_no_date_is_said_with_how_to_write_one(self, text):
        with pytest.raises(UserError, match="Tulis seperti 2023, 2023-01, atau 2023-01-15"):
            Period.parse(text, "2023")

    @pytest.mark.parametrize(
        ("period", "indonesian", "english"),
        [
            (("2023", "2023"), "2023", "2023"),
            (("2021", "2023"), "2021–2023", "2021–2023"),
            (("2023-04", "2023-06"), "Triwulan II 2023", None),
            (("2023-05", "2023-05"), "Mei 2023", "May 2023"),
            (("2023-01", "2023-06"), "Jan–Jun 2023", "Jan–Jun 2023"),
            (("2022-12", "2023-01"), "Des 2022–Jan 2023", "Dec 2022–Jan 2023"),
            (("2023-01-02", "2023-01-03"), "2 Januari 2023 – 3 Januari 2023", None),
        ],
    )
    def test_its_label_is_how_people_say_it(self, period, indonesian, english):
        assert Period.parse(*period).label() == indonesian
        if english:
            with language.speaking("en"):
                assert Period.parse(*period).label() == english

    def test_months_and_quarters_that_it_touches(self):
        period = Period.parse("2023-02-10", "2023-05-01")
        assert [d.month for d in period.months()] == [2, 3, 4, 5]
        assert period.units("quarter") == [date(2023, 1, 1), date(2023, 4, 1)]

    def test_the_part_that_has_run(self):
        assert Period.year(2023).cut(date(2023, 3, 31)) == Period.parse("2023-01", "2023-03")
        assert Period.year(2023).cut(date(2022, 12, 31)) is None
        assert Period.year(2022).first_days(90) == Period.parse("2022-01-01", "2022-03-31")
        assert Period.year(2022).first_days(900) == Period.year(2022)


class TestWhichRowsCount:
    @pytest.mark.parametrize(
        ("day", "precision", "counts"),
        [
            ("2023-01-01", "day", True),
            ("2023-12-31", "day", True),
            ("2022-12-31", "day", False),
            ("2024-01-01", "day", False),
            ("2023-12-01", "month", True),
            ("2023-10-01", "quarter", True),
            ("2023-01-01", "year", True),
            ("2022-01-01", "year", False),
        ],
    )
    def test_a_row_counts_when_its_own_period_lies_inside(self, day, precision, counts):
        cases = case_table({"reported_on": day, "reported_precision": precision})
        assert total(cases, IN_2023) == int(counts)

    def test_a_row_that_only_touches_the_period_is_left_out_and_counted_as_such(self):
        june = Filter(Period.parse("2023-06-10", "2023-06-20"))
        cases = case_table(
            {"reported_on": "2023-06-12"},
            {"reported_on": "2023-06-01", "reported_precision": "month", "cases": 3},
            {"reported_on": "2023-04-01", "reported_precision": "quarter", "cases": 5},
            {"reported_on": "2023-01-01", "reported_precision": "year", "cases": 7},
            {"reported_on": "2022-01-01", "reported_precision": "year", "cases": 11},
            {"reported_on": "2023-06-09"},
        )
        assert total(cases, june) == 1
        assert left_out(cases, june) == 3 + 5 + 7

    def test_a_row_without_a_date_is_left_out_of_every_period(self):
        cases = case_table({"reported_on": None, "cases": 2}, {})
        assert total(cases, IN_2023) == 1
        assert left_out(cases, IN_2023) == 2

    def test_a_year_has_no_month_and_is_left_out_of_months(self):
        cases = case_table(
            {"reported_on": "2023-01-01", "reported_precision": "year", "cases": 9},
            {"reported_on": "2023-02-01", "reported_precision": "month", "cases": 2},
        )
        monthly = count_cases(cases, IN_2023, by=("month",), places=PLACES)
        assert by_one(monthly) == {pd.Timestamp("2023-02-01"): 2}
        assert left_out(cases, IN_2023, by=("month",)) == 9
        assert by_one(count_cases(cases, IN_2023, by=("year",), places=PLACES)) == {2023: 11}

    def test_problem_profession_and_district_are_all_asked_for(self):
        district = PLACES.areas.at[A, "district"]
        other = next(c for c in PLACES.codes if PLACES.areas.at[c, "district"] != district)
        cases = case_table(
            {}, {"problem": "napza"}, {"profession": "medis"}, {"kelurahan_code": other}
        )
        assert total(cases, Filter(problems=("napza", "tppo"))) == 1
        assert total(cases, Filter(professions=("medis",))) == 1
        assert total(cases, Filter(districts=(district,))) == 3

    def test_an_empty_table_has_no_cases(self):
        assert total(case_table(), IN_2023) == 0
        assert count_cases(case_table(), IN_2023, by=("month",), places=PLACES).empty
        assert left_out(case_table(), IN_2023) == 0
        assert held_period(case_table()) is None


class TestBreakdownsOfTheSameCases:
    """The published recap of 2021: 66 announced, 91 by type, so the two must not be added."""

    cases = case_table(
        *(
            row | {"reported_on": "2021-01-01", "reported_precision": "year", "block": "anak-2021"}
            for row in (
                {"kelurahan_code": A, "problem": "unknown", "cases": 40, "sex": "unknown"},
                {"kelurahan_code": B, "problem": "unknown", "cases": 26, "sex": "unknown"},
                {"kelurahan_code": "unknown", "cases": 91, "breakdown": "problem"},
                {"kelurahan_code": "unknown", "sex": "L", "cases": 32, "breakdown": "sex"},
                {"kelurahan_code": "unknown", "sex": "P", "cases": 59, "breakdown": "sex"},
            )
        ),
        {"reported_on": "2021-05-05", "problem": "napza", "sex": "L"},
    )
    filter = Filter(Period.year(2021))

    def count(self, *by, **choice):
        return count_cases(self.cases, Filter(Period.year(2021), **choice), by=by, places=PLACES)

    def test_the_total_is_of_the_base_rows_alone(self):
        assert self.count()["cases"].iloc[0] == 67
        assert by_one(self.count("kelurahan_code")) == {A: 41, B: 26}

    def test_one_dimension_takes_its_own_breakdown_of_the_block(self):
        assert by_one(self.count("problem")) == {"kdrt": 91, "napza": 1}
        assert by_one(self.count("sex")) == {"L": 33, "P": 59}

    def test_a_dimension_that_the_block_does_not_break_down_takes_its_base_rows(self):
        assert by_one(self.count("age_band")) == {"25-44": 67}

    def test_two_dimensions_at_once_take_the_base_rows(self):
        found = self.count("problem", "sex")
        assert found["cases"].sum() == 67

    def test_a_filter_by_problem_is_such_a_dimension_too(self):
        assert self.count(problems=("kdrt",))["cases"].iloc[0] == 91


class TestDimensions:
    def test_kecamatan_sum_their_kelurahan_and_keep_outside_and_unknown_apart(self):
        cases = case_table(
            *({"kelurahan_code": code} for code in [*PLACES.codes, "outside", "unknown"])
        )
        expected = PLACES.areas["district"].value_counts().to_dict() | {"outside": 1, "unknown": 1}
        assert by_one(count_cases(cases, IN_2023, by=("district",), places=PLACES)) == expected

    def test_quarters_are_named_by_their_first_day(self):
        cases = case_table({"reported_on": "2023-05-31"}, {"reported_on": "2023-12-31"})
        quarters = count_cases(cases, IN_2023, by=("quarter",), places=PLACES)
        assert list(quarters["quarter"]) == [pd.Timestamp("2023-04-01"), pd.Timestamp("2023-10-01")]

    def test_a_series_over_time_has_a_zero_where_nothing_was_reported(self):
        cases = case_table({"reported_on": "2023-01-05"}, {"reported_on": "2023-03-05"})
        quarter = Filter(Period.parse("2023-01", "2023-04"))
        series = count_over_time(cases, quarter, unit="month", places=PLACES)
        assert list(series["cases"]) == [1, 0, 1]  # April lies beyond the last report
        until = date(2023, 4, 30)
        series = count_over_time(cases, quarter, unit="month", until=until, places=PLACES)
        assert list(series["cases"]) == [1, 0, 1, 0]

    def test_a_series_by_problem_has_every_problem_in_every_unit(self):
        cases = case_table({"reported_on": "2022-01-05"}, {"problem": "napza"})
        series = count_over_time(cases, Filter(), unit="year", by=("problem",), places=PLACES)
        assert series.to_dict("list") == {
            "year": [2022, 2022, 2023, 2023],
            "problem": ["kdrt", "napza", "kdrt", "napza"],
            "cases": [1, 0, 0, 1],
        }

    def test_what_is_held_ends_where_the_coarsest_last_row_ends(self):
        cases = case_table(
            {"reported_on": "2021-02-20"},
            {"reported_on": "2023-07-01", "reported_precision": "quarter"},
        )
        assert held_period(cases) == Period(date(2021, 2, 1), date(2023, 9, 30))


class TestClientsAndProblems:
    def test_the_same_register_number_is_one_client(self):
        cases = case_table({"case_id": "x"}, {"case_id": "x"}, {"case_id": "y"})
        assert count_clients(cases, IN_2023, places=PLACES)["clients"].iloc[0] == 2

    def test_rows_without_a_number_are_clients_of_their_own_and_recaps_as_many_as_they_count(self):
        cases = case_table({}, {}, {"cases": 5})
        assert count_clients(cases, IN_2023, places=PLACES)["clients"].iloc[0] == 7

    def test_each_problem_of_a_case_is_a_mention(self):
        cases = case_table(
            {"problem": "kdrt", "problems": "kdrt|napza|ekonomi"},
            {"problem": "napza", "problems": "napza", "cases": 2},
            {"problem": "unknown"},
        )
        assert count_problems(cases, IN_2023, places=PLACES)["problems"].iloc[0] == 5
        by_problem = count_problems(cases, IN_2023, by=("problem",), places=PLACES)
        assert by_one(by_problem) == {"ekonomi": 1, "kdrt": 1, "napza": 3}


class TestOpenCases:
    @pytest.mark.parametrize(
        ("row", "is_open"),
        [
            ({"status": "proses"}, True),
            ({"status": "dirujuk"}, True),
            ({"status": "selesai"}, False),
            ({"status": "unknown"}, False),
            ({"status": "selesai", "closed_on": "2023-07-01"}, True),
            ({"status": "selesai", "closed_on": "2023-06-30"}, False),
            ({"status": "proses", "closed_on": "2023-06-20"}, False),
            ({"reported_on": "2023-07-01"}, False),
            ({"reported_on": "2023-06-01", "reported_precision": "month"}, True),
            ({"reported_on": "2023-01-01", "reported_precision": "year"}, False),
        ],
    )
    def test_open_at_the_end_of_june(self, row, is_open):
        found = open_cases(case_table(row), Filter(), on=date(2023, 6, 30), by=(), places=PLACES)
        assert found["cases"].iloc[0] == int(is_open)

    def test_they_count_whenever_they_were_reported(self):
        cases = case_table({"reported_on": "2021-01-01"})
        found = open_cases(cases, IN_2023, on=date(2023, 12, 31), places=PLACES)
        assert by_one(found) == {A: 1}

    def test_longer_than_ninety_days_starts_with_the_ninety_first(self):
        # 2 April 2023 is 89 days before 30 June, 1 April 90, 31 March 91.
        cases = case_table(
            *({"reported_on": d} for d in ("2023-04-02", "2023-04-01", "2023-03-31"))
        )
        found = count_open_since(
            cases, Filter(), on=date(2023, 6, 30), days=90, by=(), places=PLACES
        )
        assert found["cases"].iloc[0] == 1


class TestClosingTimes:
    def test_only_days_that_are_known_are_taken(self):
        cases = case_table(
            {"reported_on": "2023-03-01", "closed_on": "2023-03-11", "status": "selesai"},
            {"reported_on": "2023-03-01"},
            {"reported_on": "2023-03-01", "status": "selesai"},
            {"reported_on": "2023-03-01", "closed_on": "2023-04-01", "closed_precision": "month"},
            {"reported_on": "2023-03-01", "reported_precision": "month", "closed_on": "2023-04-01"},
            {"reported_on": "2023-03-11", "closed_on": "2023-03-01"},
        )
        times = closing_times(cases, IN_2023, ("kelurahan_code",), places=PLACES)
        assert times["days"].dropna().tolist() == [10]
        assert times["days"].isna().sum() == 1

    def test_they_can_be_told_by_kecamatan_and_filtered(self):
        cases = case_table({"closed_on": "2023-06-20"}, {"problem": "napza"})
        times = closing_times(cases, Filter(problems=("kdrt",)), ("district",), places=PLACES)
        assert times[["district", "days"]].to_numpy().tolist() == [
            [PLACES.areas.at[A, "district"], 5]
        ]


class TestMembers:
    def test_active_from_the_first_to_the_last_day_of_the_term(self):
        members = member_table({"started_on": "2023-07-26", "ended_on": "2024-07-25"})
        active = {
            day: len(active_people(members, on=date.fromisoformat(day)))
            for day in ("2023-07-25", "2023-07-26", "2024-07-25", "2024-07-26")
        }
        assert active == {"2023-07-25": 0, "2023-07-26": 1, "2024-07-25": 1, "2024-07-26": 0}

    def test_a_term_without_a_first_day_counts_as_begun(self):
        assert len(active_people(member_table({"started_on": None}), on=date(1990, 1, 1))) == 1

    def test_one_person_in_two_kelurahan_counts_in_both_and_once_in_all(self):
        members = member_table(
            {"member_id": "x"}, {"member_id": "x", "kelurahan_code": B}, {"member_id": ""}, {}
        )
        on = date(2023, 1, 1)
        assert by_one(count_members(members, on=on)) == {A: 3, B: 1}
        assert count_members(members, on=on, by=())["members"].iloc[0] == 3


class TestEngines:
    cases = case_table(
        {"reported_on": "2023-01-31"},
        {"kelurahan_code": B, "cases": 4, "block": "x"},
        {"cases": 9, "block": "x", "breakdown": "problem"},
        {"reported_on": "2023-01-01", "reported_precision": "year"},
    )

    @pytest.mark.parametrize(
        "by", [(), ("kelurahan_code", "month"), ("problem", "quarter", "year")]
    )
    def test_arrow_and_categories_give_the_same_as_pandas(self, by):
        expected = aggregate(self.cases, IN_2023, by)
        arrow = pa.Table.from_pandas(self.cases, preserve_index=False)
        pd.testing.assert_frame_equal(aggregate(arrow, IN_2023, by), expected)
        pd.testing.assert_frame_equal(aggregate(prepare(self.cases), IN_2023, by), expected)
        assert left_out(arrow, IN_2023, by=by) == left_out(self.cases, IN_2023, by=by)
