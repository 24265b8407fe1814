"""Sex and age as real sheets write them; bands that do not nest are kept apart."""

from datetime import date, datetime

import pandas as pd
import pytest

from lk3.intake.cleaning.people import clean_age_bands, clean_sex

REPORTED = datetime(2024, 6, 15)


def sex_of(cell):
    return tuple(clean_sex(pd.Series([cell], dtype="object")).iloc[0])


def dates(*days):
    return pd.Series(list(days)).astype("datetime64[s]")


def bands(*cells, births=None, at=REPORTED):
    values = pd.Series(list(cells), dtype="object")
    born = None if births is None else dates(*births)
    cleaned = clean_age_bands(values, births=born, at=dates(*[at] * len(cells)))
    return list(zip(cleaned["key"], cleaned["rule"], strict=True))


@pytest.mark.parametrize(
    "written",
    [
        "L",
        "l",
        " L",
        "Lk",
        "LK",
        "Laki-laki",
        "LAKI-LAKI",
        "Laki laki",
        "Pria",
        "male",
        1,
        "1",
        1.0,
    ],
)
def test_male(written):
    assert sex_of(written) == ("L", "")


@pytest.mark.parametrize(
    "written", ["P", "p", "P ", "Pr", "PR", "Perempuan", "Wanita", "female", 2, "2", 2.0]
)
def test_female_and_p_is_never_pria(written):
    assert sex_of(written) == ("P", "")


@pytest.mark.parametrize("written", ["X", "L, P", "L/P", 3, True, "Anak"])
def test_a_sex_that_cannot_be_read_is_unknown(written):
    assert sex_of(written) == ("unknown", "sex_unknown")


@pytest.mark.parametrize("blank", [None, "", "-", "NA"])
def test_a_blank_sex_is_missing(blank):
    assert sex_of(blank) == ("unknown", "sex_missing")


@pytest.mark.parametrize(
    ("written", "band"),
    [
        (34, "25-44"),
        ("34", "25-44"),
        ("34 th", "25-44"),
        ("34 thn.", "25-44"),
        ("34 tahun", "25-44"),
        ("34,5 th", "25-44"),
        (5.9, "0-5"),
        ("2,5", "0-5"),
        ("6 bln", "0-5"),
        ("71 bln", "0-5"),
        ("72 bln", "6-12"),
        ("1 tahun 6 bulan", "0-5"),
        ("10 hari", "0-5"),
        ("3 minggu", "0-5"),
        ("<1", "0-5"),
        ("< 5", "0-5"),
        (0, "0-5"),
        (6, "6-12"),
        (12, "6-12"),
        (13, "13-17"),
        (17, "13-17"),
        (18, "18-24"),
        (24, "18-24"),
        (25, "25-44"),
        (44, "25-44"),
        (45, "45-59"),
        (59, "45-59"),
        (60, "60+"),
        (120, "60+"),
        ("60+", "60+"),
        (">60", "60+"),
        ("≥ 60", "60+"),
        ("60 tahun ke atas", "60+"),
        ("Lansia", "60+"),
        ("13-17", "13-17"),
        ("13 – 17 tahun", "13-17"),
        ("13 s/d 17", "13-17"),
        ("25-30 th", "25-44"),  # lies inside one of ours
        (1990, "25-44"),
        ("1990", "25-44"),
        ("1990.0", "25-44"),
        (datetime(1990, 1, 1), "25-44"),
        (date(1990, 1, 1), "25-44"),
        ("15/06/2006", "18-24"),  # eighteen on the day of the report
        ("16/06/2006", "13-17"),  # seventeen until tomorrow
        ("29 Februari 2004", "18-24"),
    ],
)
def test_an_age_becomes_its_band(written, band):
    assert bands(written) == [(band, "")]


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("5-11", "age_band_differs"),
        ("12-16", "age_band_differs"),
        ("18 tahun ke atas", "age_band_differs"),
        ("<18", "age_band_differs"),
        (2006, "age_band_differs"),  # 17 or 18, as the birthday falls
        (-3, "age_negative"),
        ("-3", "age_negative"),
        (1234567890, "age_implausible"),  # a decimal point was lost
        ("9.99E+11", "age_implausible"),
        (9.99e11, "age_implausible"),
        (200, "age_implausible"),
        ("200 th", "age_implausible"),
        ("2030", "age_before_birth"),
        (datetime(2024, 6, 16), "age_before_birth"),
        ("Dewasa", "age_broken"),
        ("17-13", "age_broken"),
        ("31/02/1990", "age_broken"),
        (True, "age_broken"),
        (None, "age_missing"),
        ("-", "age_missing"),
    ],
)
def test_an_age_that_fits_no_band_is_unknown(written, rule):
    assert bands(written) == [("unknown", rule)]


def test_a_birth_stands_in_for_a_blank_or_unreadable_age():
    born = [datetime(1990, 1, 1), datetime(2010, 6, 16), pd.NaT, datetime(1990, 1, 1)]
    assert bands(None, "x", None, 50, births=born) == [
        ("25-44", ""),
        ("13-17", "age_broken"),
        ("unknown", "age_missing"),
        ("45-59", ""),
    ]


def test_a_birth_without_a_reporting_date_gives_no_age():
    assert bands(1990, "1/1/1990", 34, at=pd.NaT) == [
        ("unknown", "age_missing"),
        ("unknown", "age_missing"),
        ("25-44", ""),
    ]


def test_a_date_among_bands_is_what_excel_made_of_a_band():
    """Seen wherever `6-12` is typed: Excel turns it into 6 December of the current year."""
    assert bands("13-17", datetime(2023, 12, 6)) == [("13-17", ""), ("unknown", "age_broken")]


def test_ages_without_births_and_dates_keep_their_rows():
    cleaned = clean_age_bands(pd.Series([3, 34], index=[5, 6], dtype="object"))
    assert list(cleaned.index) == [5, 6]
    assert list(cleaned["key"]) == ["0-5", "25-44"]
