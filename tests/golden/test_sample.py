"""The committed sample, read by the intake, against numbers written down from its recipe by hand.

The recipe (`data/reference/sample_*.csv`): cases a year 84, 92, 108, 118, 121, 104. On top of them
stand a continuing client's second row in 2021, 2022, 2023 and 2025 and a row pasted twice in 2023
and 2025. Nobody can place the day `31/02/2022`, the day `26 Juli` and the kelurahan
`Berbas Lestari`.
"""

from datetime import date
from functools import cache

import pandas as pd
import pytest

from lk3.intake import CheckedFile, check_file
from lk3.places import CITY, OUTSIDE, read_places
from lk3.settings import ROOT, SAMPLE_DIR

BONTANG = read_places(str(ROOT / "geo"))
EARLY, LATE = "register_kasus_2021-2023.xlsx", "register_kasus_2024-2026.xlsx"
MEMBERS = "anggota_lk3.xlsx"

# Members by kelurahan and term, dealt out by hand from the recipe: each profession goes round the
# kelurahan from the most populous down, passing over those that lack it.
MEMBERS_BY_KELURAHAN = {
    "Lok Tuan": (14, 6),
    "Api-api": (14, 6),
    "Gunung Elai": (13, 6),
    "Tanjung Laut": (12, 6),
    "Tanjung Laut Indah": (11, 5),
    "Gunung Telihan": (10, 5),
    "Berbas Tengah": (11, 5),
    "Bontang Baru": (10, 4),
    "Belimbing": (11, 5),
    "Guntung": (9, 5),
    "Berbas Pantai": (8, 5),
    "Bontang Lestari": (4, 2),
    "Bontang Kuala": (7, 4),
    "Satimpo": (5, 2),
    "Kanaan": (7, 2),
    "Kota Bontang": (3, 2),
}


@cache
def check(name: str) -> CheckedFile:
    content = (SAMPLE_DIR / name).read_bytes()
    return check_file(content, name, places=BONTANG, key=b"a key for tests only, 32 bytes..")


def all_cases() -> pd.DataFrame:
    return pd.concat([check(EARLY).tables.cases, check(LATE).tables.cases], ignore_index=True)


@pytest.mark.parametrize(
    ("name", "kind", "sheets", "used", "set_aside"),
    [
        (EARLY, "cases", 3, (84 + 1) + (92 + 1 - 1) + (108 + 1), 1 + 1),
        (LATE, "cases", 3, (118 - 1) + (121 + 1 - 1) + 104, 1 + 1 + 1),
        (MEMBERS, "members", 2, 149 + 70, 0),
    ],
)
def test_every_row_is_accounted_for(name, kind, sheets, used, set_aside):
    """Not data: on each sheet three titles, the header, the column numbers, four lines signed."""
    checked = check(name)
    not_data = sheets * (3 + 1 + 1 + 4)
    assert checked.kind == kind
    assert (checked.rows_used, checked.rows_set_aside) == (used, set_aside)
    assert checked.rows_not_data == not_data
    assert checked.rows_read == used + set_aside + not_data
    assert [sheet.left_out_because for sheet in checked.sheets] == [""] * sheets


def test_the_flaws_of_the_recipe_are_found_and_nothing_else():
    found = pd.concat([check(name).tables.findings for name in (EARLY, LATE, MEMBERS)])
    assert found["rule"].value_counts().to_dict() == {
        "date_impossible": 1,
        "date_no_year": 1,
        "area_unknown": 1,
        "area_missing": 3,
        "row_duplicate": 2,
        "case_continued": 4,
    }
    set_aside = {"date_impossible", "date_no_year", "area_unknown", "row_duplicate"}
    assert set(found.loc[found["set_aside"] == 1, "rule"]) == set_aside


def test_cases_of_each_year_are_those_of_the_recipe_less_the_rows_that_nobody_can_place():
    cases = all_cases()
    by_year = cases.groupby(cases["reported_on"].dt.year)["cases"].sum()
    assert by_year.to_dict() == {
        2021: 84,
        2022: 92 - 1,
        2023: 108,
        2024: 118 - 1,
        2025: 121 - 1,
        2026: 104,
    }


@pytest.mark.parametrize(
    ("name", "sheet", "values"),
    [
        (EARLY, "2022", {"31/02/2022"}),
        (LATE, "2024", {"26 Juli"}),
        (LATE, "2025", {"Berbas Lestari"}),
    ],
)
def test_what_cannot_be_placed_is_quoted_with_its_sheet_and_row(name, sheet, values):
    findings = check(name).tables.findings.query("set_aside == 1 and value in @values")
    assert set(findings["value"]) == values
    assert set(findings["sheet"]) == {sheet}
    assert (findings["row"] > 6).all()


def test_the_unknown_kelurahan_comes_with_a_suggestion():
    findings = check(LATE).tables.findings.query("value == 'Berbas Lestari'")
    assert list(findings["suggestion"]) == ["Bontang Lestari"]


def test_blank_kelurahan_are_used_as_unknown_and_elsewhere_is_outside():
    codes = all_cases()["kelurahan_code"].value_counts()
    assert codes["unknown"] == 3
    assert set(codes.index) == {*BONTANG.codes, OUTSIDE, "unknown"}


def test_periods_are_those_of_the_titles():
    first, last = check(EARLY).period
    assert (first.year, last.year) == (2021, 2023)
    assert check(LATE).period[1] <= date(2026, 10, 31)


def test_a_continuing_client_is_one_case_with_the_latest_status():
    cases = all_cases()
    assert cases["case_id"].ne("").all()
    assert not cases.duplicated(["case_id", "sheet"]).any()
    still_open = cases["status"].isin(["baru", "proses", "dirujuk"])
    assert cases.loc[still_open, "closed_on"].isna().all()
    assert cases.loc[~still_open, "closed_on"].notna().all()


def test_every_word_of_the_sample_is_understood():
    """Two problems, one profession and two ages are blank in the recipe, all else is known."""
    cases = all_cases()
    assert cases["problem"].isin(["unknown", ""]).sum() == 2
    assert cases["profession"].isin(["unknown", ""]).sum() == 1
    assert cases["age_band"].isin(["unknown", ""]).sum() == 2
    for field in ("status", "service", "sex"):
        assert not cases[field].isin(["unknown", ""]).any()


def test_members_of_each_kelurahan_and_term_are_those_dealt_out_by_hand():
    members = check(MEMBERS).tables.members
    by_term = members.groupby(["kelurahan_code", "started_on"]).size().unstack(fill_value=0)
    by_term.index = [BONTANG.label(code) for code in by_term.index]
    assert list(by_term.columns) == [pd.Timestamp(2020, 3, 9), pd.Timestamp(2023, 7, 26)]
    assert {name: tuple(row) for name, row in by_term.iterrows()} == MEMBERS_BY_KELURAHAN
    assert by_term.sum().tolist() == [149, 70]


def test_psychologists_for_the_whole_city_are_counted_once_for_the_city():
    members = check(MEMBERS).tables.members
    city_wide = members[members["kelurahan_code"] == CITY]
    assert city_wide.groupby("started_on").size().tolist() == [3, 2]
    assert set(city_wide["profession"]) == {"psikolog"}


def test_the_first_term_has_ended_and_the_second_runs():
    members = check(MEMBERS).tables.members
    ends = members.groupby("started_on")["ended_on"].agg(lambda days: set(days.dropna()))
    assert ends.tolist() == [{pd.Timestamp(2023, 7, 25)}, set()]
    assert members["member_id"].nunique() == 219


def test_nothing_personal_is_left_in_the_tables():
    for name in (EARLY, LATE, MEMBERS):
        tables = check(name).tables
        for frame in (tables.cases, tables.members, tables.findings):
            text = frame.to_csv()
            for personal in ("Klien 0", "Anggota 0", "000000000000", "Jl. Contoh", "0800-"):
                assert personal not in text
