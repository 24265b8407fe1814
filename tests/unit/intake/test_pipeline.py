"""From bytes to tables: duplicates, dates, the account, and the sentences of what is refused."""

import json
from datetime import date, datetime

import pytest

from lk3.intake.findings import finding_sentence
from tests.workbooks import (
    GUNTUNG,
    KANAAN,
    LOK_TUAN,
    REGISTER,
    account,
    by_kelurahan,
    check,
    csv_bytes,
    everything_said,
    rules,
    xlsx,
)


def case(number, day, kelurahan="Loktuan", problem="KDRT", status="Proses"):
    return [1, number, day, kelurahan, problem, status]


def test_a_clean_register_is_read_without_a_finding():
    rows = [REGISTER, case("001", datetime(2024, 1, 5)), case("002", "6 Februari 2024", "Kanaan")]
    checked = check(rows)
    assert (checked.kind, checked.format, account(checked)) == ("cases", "xlsx", (3, 2, 0, 1))
    assert rules(checked) == []
    assert by_kelurahan(checked) == {LOK_TUAN: 1, KANAAN: 1}
    first = checked.tables.cases.iloc[0]
    assert (str(first["reported_on"].date()), first["reported_precision"]) == ("2024-01-05", "day")
    assert (first["problem"], first["status"], first["row"]) == ("kdrt", "proses", 2)
    assert (first["sheet"], first["source"]) == ("Data", "buku.xlsx")


def test_the_period_runs_from_the_first_to_the_last_day_that_is_covered():
    rows = [REGISTER, case("001", "05/01/2024"), case("002", "Maret 2024")]
    assert check(rows).period == (date(2024, 1, 5), date(2024, 3, 31))


def test_a_list_of_members_is_read_with_terms_and_the_city_as_a_place():
    rows = [
        ["Nama", "Kelurahan", "Unsur", "Mulai", "Berakhir"],
        ["Anggota Uji 1", "Guntung", "Babinsa", datetime(2023, 7, 26), None],
        ["Anggota Uji 2", "Kota Bontang", "Psikolog", 2020, 2023],
        ["Anggota Uji 3", None, "PKH", None, None],
    ]
    checked = check(rows)
    members = checked.tables.members
    assert (checked.kind, account(checked)) == ("members", (4, 3, 0, 1))
    assert list(members["kelurahan_code"]) == [GUNTUNG, "city", "unknown"]
    assert list(members["profession"]) == ["babinsa", "psikolog", "pkh"]
    assert str(members["ended_on"].iloc[1].date()) == "2023-12-31"
    assert members["started_on"].isna().tolist() == [False, False, True]
    assert members["member_id"].nunique() == 3
    assert rules(checked) == ["area_missing", "member_start_missing"]


def test_a_population_table_is_read_as_official():
    rows = [["Kelurahan", "Tahun", "Jumlah Penduduk", "Jumlah KK"], ["Loktuan", 2023, 23247, 7000]]
    checked = check(rows)
    found = checked.tables.population.iloc[0]
    assert (checked.kind, found["code"], found["year"]) == ("population", LOK_TUAN, 2023)
    assert (found["population"], found["households"], found["status"]) == (23247, 7000, "official")


def test_sheets_of_two_kinds_make_a_mixed_file():
    members = [["Nama", "Kelurahan", "Unsur", "Mulai"], ["Uji", "Kanaan", "PKH", 2023]]
    checked = check({"Kasus": [REGISTER, case("001", "05/01/2024")], "Anggota": members})
    assert (checked.kind, len(checked.tables.cases), len(checked.tables.members)) == ("mixed", 1, 1)


def test_a_blank_kelurahan_is_used_as_unknown_and_said():
    checked = check([REGISTER, case("001", "05/01/2024", None)])
    assert by_kelurahan(checked) == {"unknown": 1}
    assert rules(checked) == ["area_missing"]


@pytest.mark.parametrize("written", ["berbas lestari", "loktuan raya", "Bontang Barat"])
def test_an_unrecognised_kelurahan_is_set_aside_with_its_row(written):
    checked = check([REGISTER, case("001", "05/01/2024"), case("002", "05/01/2024", written)])
    assert account(checked) == (3, 1, 1, 1)
    found = checked.tables.findings.iloc[0]
    assert (found["row"], found["column"], found["value"]) == (3, "Kelurahan", written)
    assert found["set_aside"] == 1


@pytest.mark.parametrize("day", ["31/02/2024", "kapan-kapan", None])
def test_a_row_without_a_usable_reporting_date_is_set_aside(day):
    checked = check([REGISTER, case("001", "05/01/2024"), case("002", day)])
    assert account(checked) == (3, 1, 1, 1)
    assert checked.tables.findings["set_aside"].tolist() == [1]


def test_what_is_not_recognised_elsewhere_is_unknown_and_used():
    checked = check([REGISTER, case("001", "05/01/2024", "Loktuan", "entah", "entah")])
    found = checked.tables.cases.iloc[0]
    assert (found["problem"], found["status"]) == ("unknown", "unknown")
    assert account(checked) == (2, 1, 0, 1)
    assert len(checked.tables.findings) == 2


def test_an_exact_copy_is_set_aside_and_names_the_row_it_copies():
    checked = check([REGISTER, case("001", "05/01/2024"), case("001", "05/01/2024")])
    assert account(checked) == (3, 1, 1, 1)
    found = checked.tables.findings.iloc[0]
    assert (found["rule"], found["row"]) == ("row_duplicate", 3)
    assert json.loads(found["details"])["first_row"] == 2


def test_two_alike_cases_of_different_people_are_two_cases():
    head = [*REGISTER[2:], "Nama"]
    day = ["05/01/2024", "Loktuan", "KDRT", "Proses"]
    checked = check([head, [*day, "Klien Uji 1"], [*day, "Klien Uji 2"]])
    assert by_kelurahan(checked) == {LOK_TUAN: 2}


def test_a_case_that_a_later_month_has_open_again_is_open():
    head = [*REGISTER, "Tanggal Selesai"]
    sheets = {
        "Januari 2024": [head, [*case("001", "05/01/2024", status="Selesai"), "20/01/2024"]],
        "Februari 2024": [head, [*case("001", "05/01/2024", status="Lanjutan"), None]],
    }
    for order in (list(sheets), list(sheets)[::-1]):
        found = check({name: sheets[name] for name in order}).tables.cases
        assert found["status"].tolist() == ["proses"]
        assert found["closed_on"].isna().all()
        assert found["closed_precision"].tolist() == [""]


def test_within_a_month_the_status_that_is_further_on_wins_in_any_order():
    rows = [case("001", "05/01/2024", status=status) for status in ("Selesai", "Proses", "Baru")]
    assert check([REGISTER, *rows]).tables.cases["status"].tolist() == ["selesai"]


def test_a_continuing_client_is_one_case_with_the_latest_status():
    head = [*REGISTER, "Tanggal Selesai"]
    sheets = {
        "Januari 2024": [head, [*case("001", "05/01/2024"), None]],
        "Februari 2024": [head, [*case("001", "05/01/2024", status="Selesai"), "09/02/2024"]],
    }
    for order in (list(sheets), list(sheets)[::-1]):
        checked = check({name: sheets[name] for name in order})
        assert account(checked) == (4, 2, 0, 2)
        assert rules(checked) == ["case_continued"]
        found = checked.tables.cases.iloc[0]
        assert (len(checked.tables.cases), found["status"]) == (1, "selesai")
        assert str(found["closed_on"].date()) == "2024-02-09"


def test_one_number_with_contradicting_dates_is_two_cases_and_a_finding():
    checked = check([REGISTER, case("001", "05/01/2024"), case("001", "08/03/2024")])
    assert len(checked.tables.cases) == checked.tables.cases["case_id"].nunique() == 2
    assert rules(checked) == ["case_number_conflict"]


def test_a_day_inside_the_month_that_another_row_says_contradicts_nothing():
    checked = check([REGISTER, case("001", "05/03/2024"), case("001", "Maret 2024", None)])
    found = checked.tables.cases.iloc[0]
    assert (len(checked.tables.cases), found["kelurahan_code"]) == (1, LOK_TUAN)
    assert (str(found["reported_on"].date()), found["reported_precision"]) == ("2024-03-05", "day")


def test_a_month_that_does_not_hold_the_day_of_another_row_contradicts_it():
    checked = check([REGISTER, case("001", "05/03/2024"), case("001", "April 2024")])
    assert rules(checked) == ["case_number_conflict"]


def test_one_number_with_contradicting_sexes_is_two_cases_and_a_finding():
    rows = [
        [*REGISTER, "L/P"],
        [*case("001", "05/01/2024"), "L"],
        [*case("001", "05/01/2024"), "P"],
    ]
    assert rules(check(rows)) == ["case_number_conflict"]


def test_the_same_number_in_two_years_is_two_cases_without_a_finding():
    checked = check([REGISTER, case("001", "05/01/2023"), case("001", "05/01/2024")])
    assert checked.tables.cases["case_id"].nunique() == 2
    assert rules(checked) == []


def test_a_register_number_is_never_kept_and_tells_cases_the_same_way_each_time():
    rows = [REGISTER, case("REG/RAHASIA/77", "05/01/2024")]
    first, second = check(rows), check(rows)
    assert "rahasia" not in everything_said(first).casefold()
    assert list(first.tables.cases["case_id"]) == list(second.tables.cases["case_id"])
    assert len(first.tables.cases["case_id"].iloc[0]) == 32


def test_a_case_closed_before_it_was_reported_is_used_without_its_closing_date():
    rows = [[*REGISTER, "Tanggal Selesai"], [*case("001", "05/03/2024"), "01/02/2024"]]
    checked = check(rows)
    assert account(checked) == (2, 1, 0, 1)
    assert rules(checked) == ["closed_before_reported"]
    assert checked.tables.cases["closed_on"].isna().all()


def test_a_case_closed_in_the_month_of_its_report_is_no_finding():
    rows = [[*REGISTER, "Tanggal Selesai"], [*case("001", "05/03/2024"), "Maret 2024"]]
    assert rules(check(rows)) == []


def test_a_case_from_outside_is_outside():
    checked = check([REGISTER, case("001", "05/01/2024", "Luar Bontang")])
    assert by_kelurahan(checked) == {"outside": 1}


def test_month_and_year_in_two_columns_make_a_month():
    rows = [["Bulan", "Tahun", "Kelurahan", "Jenis Masalah"], ["Maret", 2025, "Kanaan", "KDRT"]]
    found = check(rows).tables.cases.iloc[0]
    assert (str(found["reported_on"].date()), found["reported_precision"]) == (
        "2025-03-01",
        "month",
    )


def test_a_birth_date_leaves_only_an_age_band_at_the_reporting_date():
    rows = [
        [*REGISTER, "Tgl Lahir"],
        [*case("001", "05/03/2024"), datetime(2006, 3, 6)],
        [*case("002", "06/03/2024"), datetime(2006, 3, 6)],
    ]
    checked = check(rows)
    assert list(checked.tables.cases["age_band"]) == ["13-17", "18-24"]
    assert "2006" not in everything_said(checked)


def test_hidden_sheets_are_left_out_and_said():
    rows = [REGISTER, case("001", "05/01/2024")]
    checked = check(xlsx({"Kasus": rows, "Lama": rows}, hidden=["Lama"]))
    assert account(checked) == (2, 1, 0, 1)
    assert [sheet.left_out_because for sheet in checked.sheets] == ["", "lembar tersembunyi"]


def test_a_table_in_the_second_sheet_is_found():
    sheets = {"Petunjuk": [["Isi lembar Data"]], "Data": [REGISTER, case("001", "05/01/2024")]}
    assert [s.used for s in check(sheets).sheets] == [0, 1]


def test_one_sheet_per_kelurahan_takes_it_from_the_name_of_the_sheet():
    rows = [["No. Reg", "Tanggal", "Jenis Masalah"], ["001", "05/01/2024", "KDRT"]]
    other = [["No. Reg", "Tanggal", "Jenis Masalah"], ["009", "05/01/2024", "KDRT"]]
    assert by_kelurahan(check({"Loktuan": rows, "Kanaan": other})) == {LOK_TUAN: 1, KANAAN: 1}


def test_columns_that_nobody_knows_are_dropped_and_named():
    rows = [[*REGISTER, "Warna Kesukaan"], [*case("001", "05/01/2024"), "biru"]]
    checked = check(rows)
    assert rules(checked) == ["columns_not_read"]
    assert "biru" not in everything_said(checked)


def test_the_account_and_the_json_agree_with_the_tables():
    rows = [["REGISTER 2024"], REGISTER, case("001", "05/01/2024"), case("002", None)]
    checked = check(rows)
    said = checked.to_json()
    assert (said["rows_read"], said["rows_used"]) == (4, 1)
    assert (said["rows_set_aside"], said["rows_not_data"]) == (1, 2)
    assert said["sheets"][0] == {
        "name": "Data", "kind": "cases", "header_rows": [2], "used": 1, "set_aside": 1,
        "not_data": 2, "left_out_because": "",
    }  # fmt: skip
    assert said["cases"] == 1
    assert said["period"] == {"from": "2024-01-05", "to": "2024-01-05"}
    assert set(said["findings"][0]) == {
        "rule", "severity", "sheet", "row", "column", "value", "message", "suggestion",
    }  # fmt: skip
    assert json.loads(json.dumps(said)) == said


ONLY_BROKEN = [REGISTER, case("001", "31/02/2024"), case("002", "kapan")]
NO_KELURAHAN = [["No. Reg", "Tanggal", "Jenis Masalah"], ["001", "05/01/2024", "KDRT"]]
NO_DATE = [["No. Reg", "Kelurahan", "Jenis Masalah"], ["001", "Loktuan", "KDRT"]]
WRONG_SHEET = [["Menu makan siang"], ["Nasi goreng", 15000]]


@pytest.mark.parametrize(
    ("content", "rule", "words"),
    [
        (b"", "file_empty", ["kosong"]),
        (b"\x89PNG\r\n\x1a\n", "file_not_a_table", ["gambar", "xlsx"]),
        (xlsx(WRONG_SHEET), "no_table", ["kelurahan"]),
        (xlsx(NO_KELURAHAN), "no_kelurahan_column", ["kelurahan"]),
        (xlsx(NO_DATE), "no_date_column", ["tanggal"]),
        (
            xlsx(ONLY_BROKEN),
            "no_usable_rows",
            ["2 baris", "tanggal tidak ada di kalender (1)", "tanggal tidak terbaca (1)"],
        ),
        (csv_bytes([case("001", "05/01/2024")], delimiter=";"), "no_table", ["kelurahan"]),
        (xlsx([REGISTER, case("1", "05/01/2024")])[:700], "file_broken", ["rusak"]),
    ],
)
def test_what_cannot_be_used_is_refused_with_one_sentence(content, rule, words):
    checked = check(content)
    assert checked.refused
    assert checked.tables.cases.empty
    found = checked.tables.findings
    assert (found["rule"].tolist(), found["severity"].tolist()) == ([rule], ["error"])
    sentence = finding_sentence(found.iloc[0])
    assert [word for word in words if word.casefold() not in sentence.casefold()] == []
    assert "{" not in sentence


def test_a_file_over_the_limit_is_refused_with_the_limit(monkeypatch):
    monkeypatch.setenv("LK3_MAX_UPLOAD_MB", "1")
    checked = check(b"a,b\n" * 400_000)
    assert "1 MB" in finding_sentence(checked.tables.findings.iloc[0])


def test_a_dash_is_a_blank_cell_wherever_a_blank_is_no_mistake():
    head = ["Tanggal", "Kelurahan", "Jenis Masalah", "Layanan", "Status", "Umur", "Tgl Selesai"]
    checked = check([head, ["05/01/2024", "Loktuan", "KDRT", "-", "tidak ada", "-", "-"]])
    assert rules(checked) == []
    found = checked.tables.cases.iloc[0]
    assert (found["service"], found["status"], found["age_band"]) == ("", "unknown", "unknown")


def test_a_row_of_three_cells_with_a_dash_is_read():
    checked = check(
        [["Tanggal", "Kelurahan", "Umur"], ["05/01/2024", "Loktuan", "-"]], "kasus.xlsx"
    )
    assert account(checked) == (2, 1, 0, 1)


def test_a_dash_in_the_term_of_a_member_is_a_blank_date():
    head = ["Nama", "Kelurahan", "Unsur", "Mulai", "Berakhir"]
    checked = check([head, ["Anggota Uji 1", "Guntung", "Babinsa", "-", "-"]])
    assert rules(checked) == ["member_start_missing"]


def test_a_date_that_says_it_is_not_there_yet_is_quoted():
    checked = check([REGISTER, case("001", "belum ada"), case("002", "05/01/2024")])
    said = finding_sentence(checked.tables.findings.iloc[0])
    assert "tanggal kosong (“belum ada”). Isi tanggal" in said


def test_a_header_without_rows_is_refused_for_what_it_is():
    refused = check([REGISTER])
    assert finding_sentence(refused.tables.findings.iloc[0]) == (
        "Berkas buku.xlsx: judul kolom ditemukan, tetapi tidak ada baris data di bawahnya. Isi "
        "datanya di bawah judul kolom, simpan, lalu kirim ulang."
    )


def test_text_without_a_header_is_refused_and_says_what_to_add():
    refused = check(csv_bytes([[1, "03/01/2024", "Loktuan", "KDRT"]], delimiter=";"), "a.csv")
    said = finding_sentence(refused.tables.findings.iloc[0])
    assert said.startswith("Berkas a.csv: tidak ditemukan tabel kasus, anggota, atau penduduk. Pas")
