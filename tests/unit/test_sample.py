import re
from datetime import date, datetime
from functools import lru_cache

import numpy as np
import openpyxl
import pandas as pd
import pytest

from lk3.errors import UserError
from lk3.places import OUTSIDE, read_places
from lk3.sample import recipe, write_sample
from lk3.sample.plan import plan_year
from lk3.sample.recipe import Year
from lk3.sample.wording import nobodys_name
from lk3.settings import ROOT, SAMPLE_DIR
from lk3.vocabulary import vocabulary
from tests.cities_for_tests import write_city
from tests.province_for_tests import write_province

BONTANG = read_places(str(ROOT / "geo"))
FILES = ["register_kasus_2021-2023.xlsx", "register_kasus_2024-2026.xlsx", "anggota_lk3.xlsx"]
AS_OF = date(2026, 10, 31)


@lru_cache(maxsize=16)
def load(path):
    return openpyxl.load_workbook(path)


def cells(folder):
    """Every cell that holds something: file, sheet, address, value."""
    return {
        (path.name, sheet.title, cell.coordinate): cell.value
        for path in sorted(folder.glob("*.xlsx"))
        for sheet in load(path)
        for row in sheet
        for cell in row
        if cell.value is not None
    }


def read_table(folder, file, sheet):
    """The rows of one sheet below its header, without the row of column numbers."""
    rows = list(load(folder / file)[sheet].values)
    at = next(i for i, row in enumerate(rows) if {"No", "NO"} & set(row))
    table = pd.DataFrame(rows[at + 2 :], columns=rows[at], dtype=object)
    return table[table["No" if "No" in table else "NO"].notna()]


def register(folder):
    """All rows of the registers with the columns that these tests look at."""
    parts = []
    for file in FILES[:2]:
        for sheet in load(folder / file).sheetnames:
            table = read_table(folder, file, sheet)
            first = 1 if None in table.columns else 0
            part = table.iloc[:, [first + at for at in (1, 2, 3, 4, 7, 8, 9, 12, 13, 15)]]
            part.columns = ["id", "day", "name", "nik", "address", "kelurahan", "problem",
                            "status", "closed", "phone"]  # fmt: skip
            parts.append(part.assign(sheet=sheet))
    return pd.concat(parts, ignore_index=True)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    return write_sample(folder, places=BONTANG)[0].parent


@pytest.fixture(scope="module")
def rows(fresh):
    return register(fresh)


def test_the_committed_sample_is_what_the_generator_writes(fresh):
    committed = cells(SAMPLE_DIR)
    assert len(committed) > 8_000
    assert committed == cells(fresh)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_sample(fresh, tmp_path):
    again = write_sample(tmp_path / "again", places=BONTANG)
    assert [path.name for path in again] == FILES
    assert all(path.read_bytes() == (fresh / path.name).read_bytes() for path in again)
    other = write_sample(tmp_path / "other", seed=7, places=BONTANG)
    assert other[0].read_bytes() != (fresh / other[0].name).read_bytes()


def test_case_numbers_begin_again_every_january(rows):
    for year, numbers in rows.groupby("sheet")["id"]:
        assert numbers.iloc[0] == f"001/LK3/{year}"
        assert numbers.nunique() == int(numbers.str[:3].max())


def test_a_year_has_60_to_150_cases_and_the_last_is_current(rows):
    assert rows.groupby("sheet")["id"].nunique().between(60, 150).all()
    days = pd.to_datetime(rows["day"].where(rows["day"].map(lambda day: isinstance(day, datetime))))
    assert days.min() > pd.Timestamp(2021, 1, 1)
    assert pd.Timestamp(2026, 10, 20) <= days.max() <= pd.Timestamp(AS_OF)


def test_personal_columns_hold_plainly_artificial_values(rows):
    assert rows["name"].str.fullmatch(r"Klien \d{4}").all()
    assert rows["nik"].str.fullmatch(r"0{12}\d{4}").all()
    assert rows["address"].str.fullmatch(r"Jl\. Contoh No\. \d{4}").all()
    assert rows["phone"].str.fullmatch(r"0800-0000\d{4}").all()


def test_two_days_cannot_be_read_and_one_kelurahan_is_nobodys(rows):
    ways = r"\d{1,2} [A-Z][a-z]+ (20)?2\d|\d{2}[-/](0\d|1[0-2])[-/]202\d"
    texts = [day for day in rows["day"] if isinstance(day, str)]
    broken = [day for day in texts if not re.fullmatch(ways, day) or day == "31/02/2022"]
    assert broken == ["31/02/2022", "26 Juli"]
    places = rows["kelurahan"].dropna()
    assert list(places[places.map(BONTANG.code_for).isna()]) == ["Berbas Lestari"]
    assert rows["kelurahan"].isna().sum() == 3


def test_some_days_are_text_and_most_are_dates(rows):
    share = rows["day"].map(lambda day: isinstance(day, str)).mean()
    assert 0.03 < share < 0.2


def test_a_kelurahan_and_a_problem_are_spelled_in_several_ways(rows):
    spellings = rows["kelurahan"].dropna().drop_duplicates()
    codes = spellings.map(BONTANG.code_for).value_counts()
    assert set(codes.index) == {*BONTANG.codes, OUTSIDE}
    assert (codes >= 3).all()
    problems = rows["problem"].dropna().drop_duplicates()
    assert problems.map(vocabulary("problems").key_for).value_counts().max() >= 4
    assert problems.str.contains(", ").any()


def test_exact_copies_stand_below_their_row_and_continuing_clients_end_later(rows):
    assert rows.duplicated(keep="first").sum() == 2
    continued = rows[rows.duplicated("nik", keep=False) & ~rows.duplicated(keep=False)]
    assert continued["nik"].nunique() == 4
    for _nik, pair in continued.groupby("nik"):
        assert pair["status"].iloc[0] == "Dalam proses"
        assert pair["closed"].isna().tolist() == [True, False]


@pytest.mark.parametrize(("sheet", "members", "first", "last"), [
    ("MASA BAKTI 2020-2023", 149, "Anggota 001", "Anggota 149"),
    ("MASA BAKTI 2023-2026", 70, "Anggota 150", "Anggota 219"),
])  # fmt: skip
def test_two_terms_have_149_and_70_members_with_a_code_each(fresh, sheet, members, first, last):
    table = read_table(fresh, FILES[2], sheet)
    assert len(table) == table["Nama Anggota"].nunique() == members
    assert [table["Nama Anggota"].iloc[0], table["Nama Anggota"].iloc[-1]] == [first, last]


def test_the_first_term_ends_on_the_eve_of_the_second(fresh):
    first = read_table(fresh, FILES[2], "MASA BAKTI 2020-2023")
    second = read_table(fresh, FILES[2], "MASA BAKTI 2023-2026")
    assert set(first["TMT"]) == {datetime(2020, 3, 9)}
    assert set(first["Berakhir"]) == {datetime(2023, 7, 25)}
    assert set(second["TMT"]) == {datetime(2023, 7, 26)}
    assert set(second["Berakhir"]) == {None}


def test_the_workbooks_say_that_they_are_synthetic(fresh):
    for file in FILES:
        for sheet in load(fresh / file):
            top = [row[0] or row[1] for row in sheet.iter_rows(max_row=4, values_only=True)]
            assert "DATA CONTOH (SINTETIS), BUKAN DATA SEBENARNYA" in top


@pytest.mark.parametrize("cases", [1, 5, 60, 1_000])
def test_any_number_of_cases_can_be_had(tmp_path, cases):
    write_sample(tmp_path, cases=cases, places=BONTANG)
    numbers = register(tmp_path).drop_duplicates(["sheet", "id"])
    assert len(numbers) == cases


@pytest.mark.parametrize("cases", [0, -3, 9_000_000])
def test_a_number_of_cases_that_cannot_be_had_is_said_in_a_sentence(tmp_path, cases):
    with pytest.raises(UserError) as error:
        write_sample(tmp_path, cases=cases, places=BONTANG)
    assert str(error.value) == (
        f"Jumlah kasus contoh yang diminta adalah {cases}; seharusnya 1 sampai sekitar 5 juta. "
        "Ubah jumlahnya."
    )


def test_cases_are_shared_out_over_the_years_without_losing_one():
    for cases in (1, 7, 1_000, 300_001):
        assert sum(year.cases for year in recipe.years(cases)) == cases
    usual = [year.cases for year in recipe.years(None)]
    assert [year.cases for year in recipe.years(sum(usual))] == usual


def test_in_the_long_run_kelurahan_differ_as_the_recipe_says():
    """One year of 200,000 cases: each kelurahan within four standard errors of its share."""
    n = 200_000
    plan = plan_year(Year(2024, n, date(2024, 12, 31)), as_of=AS_OF, seed=1, places=BONTANG)
    profile = recipe.area_profile(BONTANG)
    weights = profile["population"] * profile["rate_ratio"]
    expected = 0.96 * weights / weights.sum()
    seen = plan["place"].value_counts() / n
    errors = np.sqrt(expected * (1 - expected) / n)
    assert ((seen[expected.index] - expected).abs() < 4 * errors).all()
    assert seen[OUTSIDE] == pytest.approx(0.04, abs=0.002)


def test_one_kelurahan_has_twice_the_usual_rate_and_most_have_the_usual_one():
    ratios = recipe.area_profile(BONTANG)["rate_ratio"]
    assert ratios.max() == 2.0
    assert (ratios == 1.0).sum() == len(ratios) - 3


def test_august_is_busier_than_december_and_nobody_reports_on_a_sunday():
    year = Year(2024, 50_000, date(2024, 12, 31))
    plan = plan_year(year, as_of=AS_OF, seed=1, places=BONTANG)
    by_month = plan["reported_on"].dt.month.value_counts()
    assert by_month[8] > 1.3 * by_month[12]
    assert plan["reported_on"].dt.day_of_week.max() == 4


def test_open_cases_are_mostly_recent_and_none_closes_before_it_is_reported_or_in_the_future():
    parts = [plan_year(year, as_of=AS_OF, seed=2026, places=BONTANG) for year in recipe.years(None)]
    plan = pd.concat(parts)
    closed = plan[plan["closed_on"].notna()]
    assert (closed["closed_on"] > closed["reported_on"]).all()
    assert closed["closed_on"].max() <= pd.Timestamp(AS_OF)
    still_open = plan[plan["closed_on"].isna()]
    assert 20 <= len(still_open) <= 60
    assert set(still_open["status"]) <= {"baru", "proses", "dirujuk"}
    recent = still_open["reported_on"] > pd.Timestamp(AS_OF) - pd.Timedelta(days=180)
    assert recent.mean() >= 0.4
    days = (closed["closed_on"] - closed["reported_on"]).dt.days
    assert 15 <= days.median() <= 35


def test_children_have_the_problems_of_children():
    year = Year(2024, 5_000, date(2024, 12, 31))
    plan = plan_year(year, as_of=AS_OF, seed=1, places=BONTANG)
    ages = plan.groupby("problem")["age"].agg(["min", "max"])
    assert ages.loc["perkawinan_anak"].tolist() == [14, 17]
    assert ages.loc["lansia_terlantar", "min"] == 60


def test_every_choice_of_the_recipe_is_a_term_of_its_vocabulary():
    names = {
        "problem": "problems",
        "sex": "sexes",
        "profession": "professions",
        "service": "services",
        "status_open": "statuses",
        "status_closed": "statuses",
    }
    for of, name in names.items():
        assert set(recipe.shares(of).keys) <= set(vocabulary(name).terms)
    professions = {post["profession"] for post in recipe.member_posts()}
    assert professions <= set(vocabulary("professions").terms)


def test_another_city_gets_a_sample_of_its_own(tmp_path):
    (tmp_path / "geo").mkdir()
    names = ("Mawar Merah", "Melati Putih", "Kenanga")
    places = read_places(str(write_city(tmp_path / "geo", names=names)))
    write_sample(tmp_path / "out", places=places)
    rows = register(tmp_path / "out")
    written = rows["kelurahan"].dropna()
    unknown = written[written.map(places.code_for).isna()]
    assert list(unknown) == ["Mawar Putih"]
    assert set(written.drop(unknown.index).map(places.code_for)) == {*places.codes, OUTSIDE}
    members = read_table(tmp_path / "out", FILES[2], "MASA BAKTI 2023-2026")
    assert (members["Kelurahan"] == "Kota Contoh").sum() == 2
    assert not any("Bontang" in str(value).title() for value in cells(tmp_path / "out").values())


def test_the_name_of_nobody_is_nobodys_even_where_all_names_are_alike(tmp_path):
    places = read_places(str(write_city(tmp_path, names=("Satu", "Dua"))))
    assert places.code_for(nobodys_name(places)) is None
    assert nobodys_name(BONTANG) == "Berbas Lestari"


def test_the_name_of_nobody_is_no_name_that_several_areas_share(tmp_path):
    province = read_places(str(write_province(tmp_path)))
    name = nobodys_name(province)
    assert province.candidates(name) == ()
    assert not set("()") & set(name)


@pytest.mark.parametrize(("areas", "cases", "members"), [(34, 1428, 159), (200, 5000, 934)])
def test_the_sample_of_another_city_grows_with_its_kelurahan(areas, cases, members):
    class City:
        codes = list(range(areas))

    assert recipe.usual_cases(City()) == cases
    posts = [post for post in recipe.member_posts(areas) if not post["ended_on"]]
    assert sum(int(post["members"]) for post in posts) == pytest.approx(members, abs=3)


def test_the_sample_of_fifteen_is_as_the_recipe_says():
    assert recipe.usual_cases(BONTANG) is None
    assert recipe.member_posts(15) == recipe.member_posts()
    assert recipe.member_posts()[0]["members"] == "30"
