"""Counts as real sheets write them; unknown is never zero."""

from datetime import datetime

import pandas as pd
import pytest

from lk3.intake.cleaning.numbers import clean_counts


def clean(*cells):
    return clean_counts(pd.Series(list(cells), dtype="object"))


def read(cell):
    number, rule, _ = clean(cell).iloc[0]
    return (None if number is pd.NA else number), rule


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (12, 12),
        (12.0, 12),
        ("12", 12),
        (" 12 ", 12),
        ("1.234", 1234),
        ("1.234.567", 1234567),
        ("1,234", 1234),
        ("1 234", 1234),
        ("1\xa0234", 1234),
        ("1.234,00", 1234),
        ("1,234.00", 1234),
        ("12,0", 12),
        ("Rp420.032,00", 420032),
        ("Rp. 1.500", 1500),
        ("12 orang", 12),
        ("3 kasus", 3),
        ("1E+05", 100000),
        (0, 0),
        ("0", 0),
        ("nihil", 0),
        (" -   ", 0),  # Excel's accounting format shows zero so
        ("\xa0-\xa0\xa0", 0),
        (" Rp -   ", 0),
    ],
)
def test_a_count_is_read(written, number):
    assert read(written) == (number, "")


@pytest.mark.parametrize(
    "blank", [None, float("nan"), "", " ", "-", "–", "...", "…", "NA", "N/A", "NULL", "#N/A"]
)
def test_no_data_is_unknown_and_not_zero(blank):
    assert read(blank) == (None, "number_missing")


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        (-3, "number_negative"),
        ("-5", "number_negative"),
        ("41,11", "number_not_whole"),
        (2.5, "number_not_whole"),
        ("5.19", "number_not_whole"),
        ("abc", "number_broken"),
        ("12-15", "number_broken"),
        ("#REF!", "number_broken"),
        (True, "number_broken"),
        (datetime(2024, 1, 5), "number_broken"),
        ("9.99E+11", "number_broken"),
        (float("inf"), "number_broken"),
    ],
)
def test_what_is_no_count_is_not_bent_into_one(written, rule):
    assert read(written) == (None, rule)


def test_a_lost_thousand_is_suggested_beside_numbers_as_large_and_not_taken():
    cleaned = clean(5.19, 5203, 4810)
    assert cleaned["number"].isna().tolist() == [True, False, False]
    assert list(cleaned["rule"]) == ["number_not_whole", "", ""]
    assert list(cleaned["suggestion"]) == ["5190", "", ""]


def test_no_thousand_is_suggested_among_small_numbers():
    assert list(clean(2.5, 3, 4)["suggestion"]) == ["", "", ""]


def test_a_point_divides_thousands_unless_the_column_writes_decimals_with_it():
    assert list(clean("1.234", "1.567", "12")["number"]) == [1234, 1567, 12]
    mixed = clean("1.234", "41.5", "12")
    assert list(mixed["rule"]) == ["number_not_whole", "number_not_whole", ""]


def test_one_slip_does_not_spoil_a_column_of_thousands():
    cleaned = clean("5.19", "5.203", "4.810")
    assert list(cleaned["rule"]) == ["number_not_whole", "", ""]
    assert list(cleaned["number"][1:]) == [5203, 4810]


def test_rows_keep_their_numbers_and_type():
    cleaned = clean_counts(pd.Series([3, None], index=[7, 9], dtype="object"))
    assert list(cleaned.index) == [7, 9]
    assert cleaned["number"].dtype == "Int64"
