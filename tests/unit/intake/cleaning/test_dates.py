"""Every date format that was seen in a real sheet; nothing is invented that is not there."""

import time
from datetime import date, datetime
from datetime import time as clock_time

import pandas as pd
import pytest

from lk3.intake.cleaning.dates import clean_dates

TODAY = date(2026, 11, 24)


def column(*cells, index=None):
    return pd.Series(list(cells), index=index, dtype="object")


def clean(*cells, **options):
    return clean_dates(column(*cells), **{"today": TODAY} | options)


def read(cell, **options):
    row = clean(cell, **options).iloc[0]
    day = None if pd.isna(row["date"]) else row["date"].date()
    return day, row["precision"], row["rule"]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("26 Juli 2023", date(2023, 7, 26)),
        ("12 Agst 2023", date(2023, 8, 12)),
        ("5 Nop 2023", date(2023, 11, 5)),
        ("5 Pebruari 2023", date(2023, 2, 5)),
        ("10 Okt 23", date(2023, 10, 10)),
        ("Jum'at, 5 Mei 2023", date(2023, 5, 5)),
        ("Jum’at, 5 Mei 2023", date(2023, 5, 5)),
        ("Jumat/5 Mei 2023", date(2023, 5, 5)),
        ("Senin 8 Mei 2023", date(2023, 5, 8)),
        ("26/7/23", date(2023, 7, 26)),
        ("12-01-2024", date(2024, 1, 12)),
        ("2024-01-12", date(2024, 1, 12)),
        ("2024-01-12 08:30:00", date(2024, 1, 12)),
        ("2024-01-12T08:30:00Z", date(2024, 1, 12)),
        ("5/1/2026 9:25", date(2026, 1, 5)),
        ("5/1/2026 09.25 WITA", date(2026, 1, 5)),
        ("5 Mei 2023 pukul 09.25", date(2023, 5, 5)),
        ("12. 01. 2024", date(2024, 1, 12)),
        ("5-Mei-23", date(2023, 5, 5)),
        ("5 V 2023", date(2023, 5, 5)),
        ("Tgl. 5 Mei 2023", date(2023, 5, 5)),
        ("26 July 2023", date(2023, 7, 26)),
        ("July 26, 2023", date(2023, 7, 26)),
        ("5\xa0Mei\xa02023 ", date(2023, 5, 5)),
        ("'5/1/2026", date(2026, 1, 5)),
        ("29/02/2024", date(2024, 2, 29)),
        ("45133", date(2023, 7, 26)),  # Excel: 26.7.2023 formatted as a number
        (45133, date(2023, 7, 26)),
        (45133.0, date(2023, 7, 26)),
        (41747.4167, date(2014, 4, 18)),  # Excel: 18.4.2014 10:00
        ("41747,4167", date(2014, 4, 18)),
        (36526, date(2000, 1, 1)),
        (datetime(2024, 5, 1, 23, 59), date(2024, 5, 1)),
        (date(2024, 5, 1), date(2024, 5, 1)),
    ],
)
def test_a_day_is_read_as_it_is_written(written, day):
    assert read(written) == (day, "day", "")


@pytest.mark.parametrize(
    ("written", "first_day", "precision"),
    [
        ("Agustus 2023", date(2023, 8, 1), "month"),
        ("Agu-23", date(2023, 8, 1), "month"),  # as Excel shows a month
        ("Des '23", date(2023, 12, 1), "month"),
        ("08/2023", date(2023, 8, 1), "month"),
        ("2023-08", date(2023, 8, 1), "month"),
        ("Bulan Maret 2025", date(2025, 3, 1), "month"),
        ("August 2023", date(2023, 8, 1), "month"),
        ("TW II 2024", date(2024, 4, 1), "quarter"),
        ("TW.II/2024", date(2024, 4, 1), "quarter"),
        ("Triwulan IV Tahun 2024", date(2024, 10, 1), "quarter"),
        ("Triwulan ke-3 2024", date(2024, 7, 1), "quarter"),
        ("2024 Q1", date(2024, 1, 1), "quarter"),
        ("2024", date(2024, 1, 1), "year"),
        (2024, date(2024, 1, 1), "year"),
        (2025.0, date(2025, 1, 1), "year"),
        ("2025.0", date(2025, 1, 1), "year"),
        ("Tahun 2024", date(2024, 1, 1), "year"),
    ],
)
def test_a_longer_period_keeps_its_precision(written, first_day, precision):
    assert read(written) == (first_day, precision, "")


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("26 Juli", "date_no_year"),
        ("23-Agu", "date_no_year"),
        ("Agustus 23", "date_broken"),  # the 23rd or 2023?
        ("Maret", "date_no_year"),
        ("Triwulan II", "date_no_year"),
        ("Semester II", "date_no_year"),
        ("31/02/2024", "date_impossible"),
        ("29/02/2023", "date_impossible"),
        ("00/00/0000", "date_impossible"),
        ("2024-13-01", "date_impossible"),
        ("31 Juni 2023", "date_impossible"),
        ("25/11/2026", "date_future"),
        ("26 Juli 2032", "date_future"),
        (2027, "date_future"),
        ("Desember 2026", "date_future"),
        ("31/12/1999", "date_too_old"),
        ("1 Januari 1970", "date_too_old"),
        (36525, "date_too_old"),
        ("besok", "date_broken"),
        ("20240115", "date_broken"),
        (20240115, "date_broken"),
        ("1 s/d 5 Mei 2023", "date_broken"),
        ("TW V 2024", "date_broken"),
        ("Triwulan 0 2024", "date_broken"),
        ("5", "date_broken"),
        (5, "date_broken"),
        (-3, "date_broken"),
        (True, "date_broken"),
        (clock_time(3, 0), "date_broken"),
        (float("inf"), "date_broken"),
        ("12 Mai Juni 2023", "date_broken"),
        ("#REF!", "date_broken"),
    ],
)
def test_nothing_is_invented(written, rule):
    assert read(written) == (None, "", rule)


@pytest.mark.parametrize(
    "blank", [None, float("nan"), pd.NaT, "", "  ", "\xa0", "-", "...", "NA", "N/A"]
)
def test_a_blank_is_missing_not_broken(blank):
    assert read(blank) == (None, "", "date_missing")


def test_day_stands_first():
    assert read("03/04/2023") == (date(2023, 4, 3), "day", "")


def test_month_stands_first_when_the_whole_column_proves_it_and_that_is_said_once():
    cleaned = clean("03/04/2023", "01/13/2024", "5 Mei 2023", "02/28/2024")
    assert list(cleaned["date"].dt.strftime("%Y-%m-%d")) == [
        "2023-03-04",
        "2024-01-13",
        "2023-05-05",
        "2024-02-28",
    ]
    assert list(cleaned["rule"]) == ["", "date_month_first", "", ""]


def test_a_column_that_proves_both_orders_stays_day_first():
    cleaned = clean("03/04/2023", "01/13/2024", "26/07/2023")
    assert list(cleaned["rule"]) == ["", "date_impossible", ""]
    assert cleaned["date"].iloc[0] == pd.Timestamp(2023, 4, 3)


def test_dates_of_excel_prove_no_order():
    cleaned = clean(datetime(2023, 7, 26), "03/04/2023")
    assert cleaned["date"].iloc[1] == pd.Timestamp(2023, 4, 3)


@pytest.mark.parametrize("month", ["Maret", 3, "3", 3.0, "MARET ", "03", "Mar", "III"])
@pytest.mark.parametrize("year", [2025, 2025.0, "2025", "2025.0", "Tahun 2025"])
def test_a_month_and_a_year_stand_in_two_columns(month, year):
    assert read(None, months=column(month), years=column(year)) == (
        date(2025, 3, 1),
        "month",
        "",
    )


def test_day_month_and_year_stand_in_three_columns():
    beside = {"months": column("Mei"), "years": column(2023)}
    assert read(5, **beside) == (date(2023, 5, 5), "day", "")
    assert read("5", **beside) == (date(2023, 5, 5), "day", "")


def test_the_year_of_a_column_completes_a_day_and_a_quarter():
    assert read("26 Juli", years=column(2023)) == (date(2023, 7, 26), "day", "")
    assert read("TW II", years=column("2024")) == (date(2024, 4, 1), "quarter", "")


def test_a_complete_date_needs_no_column_beside_it():
    assert read("26/7/2023", years=column("x"), months=column("y"))[0] == date(2023, 7, 26)


@pytest.mark.parametrize(
    ("month", "year", "rule"),
    [
        ("Maretember", 2025, "date_no_month"),
        (13, 2025, "date_no_month"),
        ("Maret", None, "date_no_year"),
        ("Maret", "x", "date_no_year"),
        (None, None, "date_missing"),
    ],
)
def test_columns_beside_are_not_guessed_either(month, year, rule):
    assert read(None, months=column(month), years=column(year)) == (None, "", rule)


def test_a_year_alone_stays_a_year():
    assert read(None, months=column(None), years=column(2025)) == (date(2025, 1, 1), "year", "")


def test_a_month_takes_the_year_of_the_sheet_and_says_so_once():
    cleaned = clean("Maret", "April", "TW II", context_year=2024)
    assert list(cleaned["date"].dt.strftime("%Y-%m-%d")) == [
        "2024-03-01",
        "2024-04-01",
        "2024-04-01",
    ]
    assert list(cleaned["rule"]) == ["date_year_from_sheet", "", ""]


def test_a_day_never_takes_the_year_of_the_sheet():
    """A register of 2024 may hold a day of January 2025 that somebody wrote without its year."""
    assert read("26 Juli", context_year=2024) == (None, "", "date_no_year")


def test_a_half_year_becomes_its_year_with_a_note():
    assert read("Semester II 2024") == (date(2024, 1, 1), "year", "date_half_year")


def test_a_term_may_end_in_the_future_and_a_birth_may_lie_before_2000():
    assert read("26/7/2028", today=date.max) == (date(2028, 7, 26), "day", "")
    assert read("26/7/1985", earliest=date(1900, 1, 1)) == (date(1985, 7, 26), "day", "")


def test_two_digits_of_a_birth_are_of_the_century_that_has_been():
    assert read("26/7/85", earliest=date(1900, 1, 1))[0] == date(1985, 7, 26)
    assert read("26/7/15", earliest=date(1900, 1, 1))[0] == date(2015, 7, 26)
    assert read("26/7/85")[2] == "date_future"


def test_rows_keep_their_numbers_and_types():
    cleaned = clean_dates(column("26/7/2023", None, index=[7, 9]), today=TODAY)
    assert list(cleaned.index) == [7, 9]
    assert cleaned["date"].dtype == "datetime64[s]"
    assert list(cleaned.columns) == ["date", "precision", "rule"]


def test_an_empty_column_stays_empty():
    cleaned = clean_dates(column(), years=column(), months=column())
    assert cleaned.empty
    assert cleaned["date"].dtype == "datetime64[s]"


def test_three_hundred_thousand_rows_take_seconds_not_minutes():
    days = pd.date_range("2010-01-01", periods=5000).strftime("%d/%m/%Y")
    many = pd.Series(list(days) * 60, dtype="object")
    started = time.perf_counter()
    cleaned = clean_dates(many, today=TODAY)
    assert cleaned["date"].notna().all()
    assert time.perf_counter() - started < 5, "each distinct date is read once (0.3 s when idle)"
