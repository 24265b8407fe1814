"""What the names and titles of sheets say of the period that they cover."""

from datetime import date

import pytest

from lk3.intake.cleaning.dates import parse_period

YEAR_2023 = (date(2023, 1, 1), date(2023, 12, 31), "year")


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("PERIODE : JANUARI - DESEMBER 2023", YEAR_2023),
        ("REKAPITULASI DATA KASUS LK3 TAHUN 2023", YEAR_2023),
        ("2023", YEAR_2023),
        ("Tahun 2023", YEAR_2023),
        ("Semester I 2023", YEAR_2023),
        ("Januari s.d. Mei 2023", YEAR_2023),
        ("Januari 2024", (date(2024, 1, 1), date(2024, 1, 31), "month")),
        ("BULAN : FEBRUARI 2024", (date(2024, 2, 1), date(2024, 2, 29), "month")),
        ("Jan-24", (date(2024, 1, 1), date(2024, 1, 31), "month")),
        ("Rekap bulan Nopember tahun 2023", (date(2023, 11, 1), date(2023, 11, 30), "month")),
        ("TW II 2024", (date(2024, 4, 1), date(2024, 6, 30), "quarter")),
        ("LAPORAN TRIWULAN IV TAHUN 2024", (date(2024, 10, 1), date(2024, 12, 31), "quarter")),
        ("Januari s.d. Maret 2024", (date(2024, 1, 1), date(2024, 3, 31), "quarter")),
        ("PERIODE : 1 JANUARI S/D 31 MARET 2024", (date(2024, 1, 1), date(2024, 3, 31), "quarter")),
        ("5 Mei 2024", (date(2024, 5, 5), date(2024, 5, 5), "day")),
        ("LK3_2024_01.xlsx", (date(2024, 1, 1), date(2024, 1, 31), "month")),
    ],
)
def test_a_title_says_its_period(title, period):
    assert parse_period(title) == period


@pytest.mark.parametrize(
    "title",
    ["Keadaan 31 Desember 2023", "Bontang, 31 Desember 2023", "Data per 30 Juni 2023"],
)
def test_a_day_inside_a_longer_title_says_the_year_and_not_the_month(title):
    assert parse_period(title) == YEAR_2023


@pytest.mark.parametrize(
    "title",
    [
        "register_kasus_2021-2023.xlsx",
        "Desember 2023 - Januari 2024",
        "Rekap",
        "NIP. 197001011990031001",
        "Sheet1",
        "",
        None,
        "31 Februari 2023",
    ],
)
def test_no_period_or_several_years_say_none(title):
    assert parse_period(title) is None


def test_a_sheet_named_after_a_month_takes_the_year_of_the_workbook():
    assert parse_period("Januari") is None
    assert parse_period("Januari", context_year=2024) == (
        date(2024, 1, 1),
        date(2024, 1, 31),
        "month",
    )
    assert parse_period("TW II", context_year=2024) == (
        date(2024, 4, 1),
        date(2024, 6, 30),
        "quarter",
    )
    assert parse_period("Daftar", context_year=2024) is None


def test_a_year_of_its_own_goes_before_the_workbooks():
    assert parse_period("Januari 2023", context_year=2024).first == date(2023, 1, 1)
