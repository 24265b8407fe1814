"""Recaps. The numbers of the published file were counted by hand from its pages' figures."""

import json

import pandas as pd
import pytest

from lk3.intake.findings import finding_sentence
from lk3.settings import REFERENCE_DIR
from tests.workbooks import (
    API_API,
    BELIMBING,
    GUNTUNG,
    KANAAN,
    LOK_TUAN,
    account,
    by_kelurahan,
    check,
    rules,
    xlsx,
)

PUBLISHED = "uptd_ppa_bontang_published.csv"
# kelurahan: cases in 2021, 2022, 2023, 2024 as the agency's pages name them; 0: not named.
BY_HAND = {
    "Lok Tuan": (12, 10, 0, 8),
    "Api-api": (5, 6, 7, 0),
    "Berbas Tengah": (9, 8, 0, 15),
    "Tanjung Laut": (9, 7, 7, 9),
    "Belimbing": (12, 0, 0, 0),
    "Kanaan": (7, 0, 0, 0),
    "Gunung Telihan": (6, 0, 0, 10),
    "Gunung Elai": (0, 0, 12, 0),
    "Tanjung Laut Indah": (0, 0, 8, 8),
    "Bontang Baru": (0, 0, 0, 8),
    "Bontang Lestari": (0, 0, 0, 8),
    "Bontang Kuala": (0, 0, 0, 0),
    "Guntung": (0, 0, 0, 0),
    "Berbas Pantai": (0, 0, 0, 0),
    "Satimpo": (0, 0, 0, 0),
}
YEARS = (2021, 2022, 2023, 2024)


@pytest.fixture(scope="module")
def published():
    return check((REFERENCE_DIR / PUBLISHED).read_bytes(), PUBLISHED)


def counted(checked):
    cases = checked.tables.cases
    return cases[cases["breakdown"] == ""]


@pytest.mark.parametrize("year", YEARS)
def test_the_published_counts_of_each_kelurahan_stand_under_their_year(published, year):
    from tests.workbooks import PLACES

    base = counted(published)
    of_year = base[base["reported_on"].dt.year == year].groupby("kelurahan_code")["cases"].sum()
    got = {PLACES.label(code): int(of_year.get(code, 0)) for code in PLACES.codes}
    assert got == {name: numbers[YEARS.index(year)] for name, numbers in BY_HAND.items()}


def test_every_published_body_counts_as_many_cases_as_were_announced(published):
    """66, 66, 80 + 48 and 101 announced, however the breakdowns differ."""
    base = counted(published)
    by_year = base.groupby(base["reported_on"].dt.year)["cases"].sum()
    assert by_year.to_dict() == {2021: 66, 2022: 66, 2023: 128, 2024: 101}
    assert set(base["reported_precision"]) == {"year"}


def test_cases_from_outside_are_outside_whichever_breakdown_mentions_them(published):
    """By kelurahan 2 (2021); by kecamatan 9 (2022), 5 and 2 (2023), 9 (2024)."""
    base = counted(published)
    outside = base[base["kelurahan_code"] == "outside"]
    by_year = outside.groupby(outside["reported_on"].dt.year)["cases"].sum()
    assert by_year.to_dict() == {2021: 2, 2022: 9, 2023: 7, 2024: 9}


def test_alternative_breakdowns_are_kept_apart_and_never_added(published):
    cases = published.tables.cases
    sums = cases[cases["breakdown"] != ""].groupby([cases["reported_on"].dt.year, "breakdown"])
    assert sums["cases"].sum().to_dict() == {
        (2021, "problem"): 91, (2021, "sex"): 91,
        (2022, "problem"): 66, (2022, "sex"): 66,
        (2023, "problem"): 80 + 48, (2023, "sex"): 80, (2023, "age_band"): 39,
        (2024, "problem"): 101, (2024, "sex"): 101,
    }  # fmt: skip


def test_the_totals_that_do_not_agree_with_their_parts_are_findings(published):
    found = published.tables.findings
    differing = found[found["rule"] == "breakdown_differs"]
    said = [json.loads(details) for details in differing["details"]]
    assert sorted((d["printed"], d["parts"], d["breakdown"]) for d in said) == [
        (48, 39, "age_band"),
        (66, 91, "problem"),
        (66, 91, "sex"),
        (80, 81, "kecamatan"),
    ]


def test_a_breakdown_that_differs_says_what_counts_and_where_it_shows(published):
    found = published.tables.findings
    sentences = [finding_sentence(row) for row in found.to_dict("records")]
    by_type = next(s for s in sentences if "berjumlah 91" in s and "jenis masalah" in s)
    assert (
        "adalah 66, sedangkan rinciannya menurut jenis masalah berjumlah 91; yang dihitung adalah "
        "66, dan rincian itu hanya tampil bila kasus dibagi menurut jenis masalah."
    ) in by_type
    by_district = next(s for s in sentences if "berjumlah 81" in s)
    assert "berjumlah 81; yang dihitung adalah 80. Periksa" in by_district


def test_every_row_of_the_published_file_is_accounted_for(published):
    """96 lines: a header and 95 rows, of which 16 are by kecamatan; the 4 of these that are from
    outside count, and so do the 5 announced totals, each with what no kelurahan accounts for."""
    assert account(published) == (96, 95 - (16 - 4), 0, 1 + (16 - 4))


MATRIX = [
    ["REKAPITULASI KASUS TAHUN 2023"],
    ["No", "Kelurahan", "KDRT", "Perceraian", "NAPZA", "Jumlah"],
    [1, "Loktuan", 3, 1, 0, 4],
    [2, "Guntung", 1, 1, 1, 3],
    [3, "Kanaan", 0, 0, 0, 0],
    [None, "JUMLAH", 4, 2, 1, 7],
]


def test_a_matrix_counts_its_cells_and_a_row_of_it_is_one_row():
    checked = check(MATRIX)
    assert by_kelurahan(checked) == {LOK_TUAN: 4, GUNTUNG: 3}
    assert account(checked) == (6, 3, 0, 3)
    problems = checked.tables.cases.groupby("problem")["cases"].sum().to_dict()
    assert problems == {"kdrt": 4, "perceraian": 2, "napza": 1}


def test_a_matrix_takes_its_period_from_the_title():
    cases = check(MATRIX).tables.cases
    assert set(cases["reported_on"]) == {pd.Timestamp("2023-01-01")}
    assert set(cases["reported_precision"]) == {"year"}


def test_the_other_way_round_gives_the_same_counts():
    turned = [
        ["REKAPITULASI KASUS TAHUN 2023"],
        ["No", "Jenis Masalah", "Loktuan", "Guntung", "Kanaan", "Jumlah"],
        [1, "KDRT", 3, 1, 0, 4],
        [2, "Perceraian", 1, 1, 0, 2],
        [3, "NAPZA", 0, 1, 0, 1],
        [None, "JUMLAH", 4, 3, 0, 7],
    ]
    keep = ["kelurahan_code", "problem", "cases"]
    left, right = (check(rows).tables.cases[keep] for rows in (MATRIX, turned))
    assert sorted(map(tuple, left.to_numpy())) == sorted(map(tuple, right.to_numpy()))


def test_months_in_the_columns_are_the_reporting_months():
    rows = [
        ["REKAP KASUS TAHUN 2024"],
        ["No", "Kelurahan", "Januari", "Februari", "Maret"],
        [1, "Loktuan", 2, 0, 1],
        [2, "Kanaan", 0, 3, None],
    ]
    cases = check(rows).tables.cases
    assert set(cases["reported_precision"]) == {"month"}
    by_month = cases.groupby(cases["reported_on"].dt.month)["cases"].sum().to_dict()
    assert by_month == {1: 2, 2: 3, 3: 1}


def test_sexes_beside_problems_break_the_same_cases_down_and_do_not_add():
    rows = [
        ["REKAPITULASI KASUS TAHUN 2023"],
        ["NO", "KELURAHAN", "JENIS MASALAH", None, "JUMLAH KLIEN", None, None],
        [None, None, "KDRT", "NAPZA", "L", "P", "JML"],
        [1, 2, 3, 4, 5, 6, 7],
        [1, "Loktuan", 3, 1, 1, 3, 4],
    ]
    checked = check(rows)
    assert by_kelurahan(checked) == {LOK_TUAN: 4}
    beside = checked.tables.cases[checked.tables.cases["breakdown"] == "sex"]
    assert dict(zip(beside["sex"], beside["cases"], strict=True)) == {"L": 1, "P": 3}
    assert account(checked) == (5, 1, 0, 4)


def test_problems_divided_by_sex_keep_both():
    rows = [
        ["REKAPITULASI KASUS TAHUN 2023"],
        ["NO", "KELURAHAN", "KDRT", None, None, "NAPZA", None, None],
        [None, None, "L", "P", "Jumlah", "L", "P", "Jumlah"],
        [1, "Loktuan", 0, 3, 3, 2, 0, 2],
    ]
    cases = check(rows).tables.cases
    assert sorted(cases[["problem", "sex", "cases"]].itertuples(index=False, name=None)) == [
        ("kdrt", "P", 3),
        ("napza", "L", 2),
    ]


def test_a_row_total_that_is_larger_than_its_cells_leaves_a_rest_and_a_finding():
    rows = [*MATRIX[:2], [1, "Loktuan", 3, 1, 0, 6]]
    checked = check(rows)
    assert by_kelurahan(checked) == {LOK_TUAN: 6}
    said = finding_sentence(checked.tables.findings.iloc[0])
    assert (
        "kolom Jumlah: jumlah yang tertulis adalah 6, sedangkan rinciannya berjumlah 4; yang "
        "dihitung adalah rinciannya, ditambah 2 yang dicatat sebagai “tidak diketahui”."
    ) in said
    rest = checked.tables.cases[checked.tables.cases["problem"] == "unknown"]
    assert rest["cases"].tolist() == [2]


def test_a_printed_total_that_does_not_equal_the_sum_is_a_finding():
    wrong = [*MATRIX[:-1], [None, "JUMLAH", 4, 2, 1, 66]]
    found = check(wrong).tables.findings
    said = json.loads(found.loc[found["rule"] == "total_differs", "details"].iloc[0])
    assert (said["printed"], said["parts"]) == (66, 7)


def test_subtotals_and_a_grand_total_that_are_right_are_no_findings():
    rows = [
        *MATRIX[:2],
        ["KECAMATAN BONTANG UTARA"],
        [1, "Loktuan", 3, 1, 0, 4],
        [2, "Guntung", 1, 1, 1, 3],
        [None, "Jumlah", 4, 2, 1, 7],
        ["KECAMATAN BONTANG BARAT"],
        [3, "Kanaan", 1, 0, 0, 1],
        [None, "Jumlah", 1, 0, 0, 1],
        [None, "TOTAL", 5, 2, 1, 8],
    ]
    checked = check(rows)
    assert rules(checked) == []
    assert account(checked) == (10, 3, 0, 7)


def test_a_row_without_any_readable_count_is_set_aside_not_zero():
    rows = [*MATRIX[:3], [2, "Kanaan", None, None, None, None]]
    checked = check(rows)
    assert account(checked) == (4, 1, 1, 2)
    assert "count_missing" in rules(checked)


def test_a_column_of_counts_makes_each_row_stand_for_as_many_cases():
    rows = [
        ["Tahun", "Kelurahan", "Jenis Masalah", "Jumlah Kasus"],
        [2023, "Api-api", "KDRT", 5],
        [2023, "Belimbing", "KDRT", 0],
        [2024, "Belimbing", "Napza", "7"],
        [2024, "Kanaan", "Napza", None],
    ]
    checked = check(rows)
    assert by_kelurahan(checked) == {API_API: 5, BELIMBING: 7}
    assert account(checked) == (5, 3, 1, 1)
    assert KANAAN not in by_kelurahan(checked)


def test_a_rekap_beside_the_sheets_of_its_months_is_not_counted_twice():
    month = [["No", "Kelurahan", "KDRT", "Napza"], [1, "Loktuan", 1, 2]]
    total = [["No", "Kelurahan", "KDRT", "Napza"], [1, "Loktuan", 2, 4]]
    checked = check({"Januari 2024": month, "Februari 2024": month, "REKAP 2024": total})
    assert by_kelurahan(checked) == {LOK_TUAN: 6}
    left_out = {s.name: s.left_out_because for s in checked.sheets if s.left_out_because}
    assert list(left_out) == ["REKAP 2024"]
    assert checked.rows_read == 4


def test_a_matrix_beside_the_register_that_it_adds_up_is_left_out():
    register = [
        ["No. Reg", "Tanggal", "Kelurahan", "Jenis Masalah"],
        ["001", "05/01/2024", "Loktuan", "KDRT"],
    ]
    matrix = [["TAHUN 2024"], ["Kelurahan", "KDRT", "Napza"], ["Loktuan", 1, 0]]
    checked = check(xlsx({"Register": register, "Grafik": matrix}))
    assert by_kelurahan(checked) == {LOK_TUAN: 1}


def test_population_with_a_column_per_year_has_a_row_per_year():
    rows = [
        ["JUMLAH PENDUDUK KOTA BONTANG"],
        ["No", "Kelurahan", 2022, 2023],
        [1, "Loktuan", "23.000", "23.247"],
        [2, "Kanaan", 5100, 5272],
        [None, "Jumlah", 28100, 28519],
    ]
    checked = check(rows)
    people = checked.tables.population
    assert account(checked) == (5, 2, 0, 3)
    assert sorted(people[["code", "year", "population"]].itertuples(index=False, name=None)) == [
        (LOK_TUAN, 2022, 23000),
        (LOK_TUAN, 2023, 23247),
        (KANAAN, 2022, 5100),
        (KANAAN, 2023, 5272),
    ]


def test_population_by_sex_takes_the_column_that_adds_the_sexes_up():
    rows = [
        ["DATA PENDUDUK TAHUN 2023"],
        ["No", "Kelurahan", "Jumlah Penduduk", None, None],
        [None, None, "L", "P", "JML"],
        [1, "Loktuan", 12000, 11247, 23247],
    ]
    people = check(rows).tables.population
    assert people[["year", "population", "status"]].to_numpy().tolist() == [
        [2023, 23247, "official"]
    ]


PEOPLE = [
    ["DATA PENDUDUK TAHUN 2023"],
    ["No", "Kelurahan", "Jumlah Penduduk", None, None],
    [None, None, "L", "P", "JML"],
    [1, "Loktuan", 12000, 11247, 23247],
    [2, "Kanaan", 2000, 1900, 3800],
    ["Jumlah", None, 14000, 13147, 27047],
]


def test_men_and_women_that_do_not_add_up_to_the_people_printed_are_a_finding():
    """Kanaan: 2,000 and 1,900 are 3,900, not 3,800; the columns themselves add up."""
    checked = check(PEOPLE)
    assert list(checked.tables.population["population"]) == [23247, 3800]
    assert rules(checked) == ["breakdown_differs"]
    row = checked.tables.findings.to_dict("records")[0]
    assert finding_sentence(row) == (
        "Lembar Data, baris 5, kolom Jumlah Penduduk JML: jumlah yang tertulis adalah 3.800, "
        "sedangkan rinciannya menurut jenis kelamin berjumlah 3.900; yang dihitung adalah 3.800. "
        "Periksa jumlah dan rinciannya, lalu perbaiki yang keliru."
    )


def test_a_total_of_people_that_the_rows_do_not_reach_is_a_finding():
    rows = [*PEOPLE[:4], [2, "Kanaan", 2000, 1800, 3800], ["Jumlah", None, 14000, 13047, 27407]]
    found = check(rows).tables.findings
    assert list(zip(found["rule"], found["row"], found["column"], strict=True)) == [
        ("total_differs", 6, "Jumlah Penduduk JML")
    ]


def test_people_that_add_up_are_no_finding():
    rows = [*PEOPLE[:4], [2, "Kanaan", 2000, 1800, 3800], ["Jumlah", None, 14000, 13047, 27047]]
    assert rules(check(rows)) == []
