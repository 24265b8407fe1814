"""Values and containers as real files have them: one workbook per pattern, counted by hand."""

import io
import zipfile
from datetime import datetime

import pytest

from tests.golden.test_intake_golden import as_html, as_ods, as_xls
from tests.unit.intake.test_containers import xml_of
from tests.workbooks import (
    GUNTUNG,
    KANAAN,
    LOK_TUAN,
    account,
    by_kelurahan,
    check,
    csv_bytes,
    everything_said,
    rules,
    xlsx,
)

HEAD = ["No. Reg", "Tanggal", "Kelurahan", "Masalah", "L/P", "Umur", "Status"]
USUAL = {
    "No. Reg": None, "Tanggal": "15/01/2023", "Kelurahan": "Loktuan", "Masalah": "KDRT",
    "L/P": "P", "Umur": 34, "Status": "Selesai",
}  # fmt: skip


def column(name, values):
    """A register of which one column holds these values and the others are without a flaw."""
    rows = [list((USUAL | {"No. Reg": f"{n:03d}", name: v}).values()) for n, v in enumerate(values)]
    return check([HEAD, *rows])


KELURAHAN = {
    "TANJUNG LAUT": "Tanjung Laut", "Tanjung laut ": "Tanjung Laut",
    "tanjung_laut": "Tanjung Laut", "Tanjung_laut": "Tanjung Laut", "lok tuan": "Lok Tuan",
    "Lok  Tuan": "Lok Tuan", "Kel. Guntung": "Guntung", "Kelurahan Guntung": "Guntung",
    "Kel- Guntung": "Guntung", "Keluarahan Guntung": "Guntung",
    "64.74.01.1003": "Lok Tuan", "6474011003": "Lok Tuan", 6474011003: "Lok Tuan",
    "Tanjung Laut Indah": "Tanjung Laut Indah", "Luar Bontang": "outside", "LUAR KOTA": "outside",
    "Samarinda": "outside",
}  # fmt: skip
NOBODYS = ["Bontang Barat", "berbas lestari", "Loktuan Raya", "Telihan Indah"]


def test_kelurahan_as_they_are_written():
    from lk3.places import load_places

    names = dict(load_places().areas["name"].items()) | {"outside": "outside"}
    cases = column("Kelurahan", KELURAHAN).tables.cases.sort_values("row")
    assert [names[code] for code in cases["kelurahan_code"]] == list(KELURAHAN.values())


def test_the_code_of_the_statistics_office_numbers_the_districts_otherwise():
    """BPS 6474020005 lies in its district 020, the ministry's 64.74.02 is another one."""
    from lk3.places import load_places

    areas = load_places().areas
    code = areas.index[areas["bps_code"] == "6474020005"].item()
    assert by_kelurahan(column("Kelurahan", ["6474020005"])) == {code: 1}
    assert not code.startswith("64.74.02.1005")


def test_names_that_look_like_another_kelurahan_are_set_aside_with_a_question():
    checked = column("Kelurahan", [*NOBODYS, "Loktuan"])
    assert account(checked) == (6, 1, 4, 1)
    assert rules(checked) == ["area_is_district", *["area_unknown"] * 3]
    assert [question.written for question in checked.questions] == NOBODYS


DATES = {
    "26 Juli 2023": "2023-07-26 day", "12 Agst 2023": "2023-08-12 day",
    "5 Nop 2023": "2023-11-05 day", "5 Pebruari 2023": "2023-02-05 day",
    "10 Okt 23": "2023-10-10 day", "Jum'at, 5 Mei 2023": "2023-05-05 day",
    "26/7/23": "2023-07-26 day", "12-01-2024": "2024-01-12 day", "2024-01-12": "2024-01-12 day",
    "5/1/2026 9:25": "2026-01-05 day", 45133: "2023-07-26 day", 41747.4167: "2014-04-18 day",
    datetime(2023, 7, 26, 9, 30): "2023-07-26 day", "TW II 2024": "2024-04-01 quarter",
    "Triwulan II 2024": "2024-04-01 quarter", "12 August 2023": "2023-08-12 day",
    "03/04/2023": "2023-04-03 day", "Agustus 2023": "2023-08-01 month", "2024": "2024-01-01 year",
}  # fmt: skip


def test_dates_as_they_are_written():
    checked = column("Tanggal", DATES)
    cases = checked.tables.cases.sort_values("row")
    read = cases["reported_on"].dt.strftime("%Y-%m-%d") + " " + cases["reported_precision"]
    assert list(read) == list(DATES.values())
    assert rules(checked) == []


def test_dates_of_which_a_part_is_missing_or_impossible_are_not_invented():
    written = ["26 Juli", "31/02/2024", "01/01/2999", "12/12/1999", "kapan-kapan", "15/01/2023"]
    checked = column("Tanggal", written)
    assert account(checked) == (7, 1, 5, 1)
    assert rules(checked) == [
        "date_broken", "date_future", "date_impossible", "date_no_year", "date_too_old",
    ]  # fmt: skip


def test_a_column_that_proves_the_month_first_is_read_so_and_says_so():
    checked = column("Tanggal", ["01/13/2024", "03/04/2024"])
    assert [day.month for day in checked.tables.cases["reported_on"]] == [1, 3]
    assert rules(checked) == ["date_month_first"]


@pytest.mark.parametrize("year", ["2025", 2025, 2025.0])
def test_the_month_in_one_column_and_the_year_in_another(year):
    rows = [["No. Reg", "Bulan", "Tahun", "Kelurahan", "Masalah"],
            ["001", "Maret", year, "Loktuan", "KDRT"]]  # fmt: skip
    cases = check(rows).tables.cases
    assert cases["reported_on"].dt.strftime("%Y-%m").tolist() == ["2025-03"]
    assert list(cases["reported_precision"]) == ["month"]


def test_a_case_closed_before_its_report_is_used_without_the_closing_date():
    rows = [["Tanggal", "Tgl Selesai", "Kelurahan", "Masalah"],
            ["15/01/2023", "14/01/2023", "Loktuan", "KDRT"]]  # fmt: skip
    assert rules(check(rows)) == ["closed_before_reported"]


def test_numbers_of_a_recap_as_they_are_written():
    """`-   ` in accounting format is zero; dots, NA and a bare dash are unknown, not zero."""
    written = {"1.234": 1234, 7: 7, " -   ": 0, "12 orang": 12, "...": None, "NA": None, "-": None,
               "41,11": None, "NULL": None}  # fmt: skip
    rows = [["REKAP KASUS 2023"], ["No", "Kelurahan", "Jumlah Kasus"],
            *([n, "Loktuan", cell] for n, cell in enumerate(written, 1))]  # fmt: skip
    checked = check(rows)
    assert int(checked.tables.cases["cases"].sum()) == 1234 + 7 + 12
    assert checked.rows_set_aside == 5
    found = checked.tables.findings
    assert list(found["rule"]) == [
        "number_missing", "number_missing", "number_missing", "number_not_whole", "number_missing",
    ]  # fmt: skip


def test_a_lost_point_for_thousands_is_suggested_and_never_applied():
    rows = [["PENDUDUK 2023"], ["Kelurahan", "Jumlah Penduduk"], ["Loktuan", 5203],
            ["Kanaan", 5.19]]  # fmt: skip
    checked = check(rows)
    assert list(checked.tables.population["population"]) == [5203]
    assert list(checked.tables.findings["suggestion"]) == ["5190"]


def test_numbers_of_identity_cards_however_mangled_are_dropped_without_a_word():
    ids = [6474019999888877, 6.47401999988888e15, "'6474019999888877", "6474019999888877\xa0"]
    rows = [["No. Reg", "NIK", "No. KK", "Tanggal", "Kelurahan", "Masalah"],
            *([f"{n}", nik, "6474018888777766", "15/01/2023", "Loktuan", "KDRT"]
              for n, nik in enumerate(ids))]  # fmt: skip
    checked = check(rows)
    assert (checked.rows_used, rules(checked)) == (4, [])
    assert [part for part in ("64740199", "64740188") if part in everything_said(checked)] == []


def test_sexes_as_they_are_written():
    men = ["L", "Lk", "Laki-laki", "Pria", "male", 1, "1"]
    women = ["P", "Pr", "Perempuan", "Wanita", "female", 2, "2"]
    checked = column("L/P", [*men, *women])
    assert list(checked.tables.cases.sort_values("row")["sex"]) == ["L"] * 7 + ["P"] * 7


AGES = {
    34: "25-44", "34 th": "25-44", "2,5": "0-5", "6 bln": "0-5", "<1": "0-5", 1989: "25-44",
    "13-17": "13-17", "Lansia": "60+", "5-11": "unknown", -3: "unknown", 9.99e11: "unknown",
    3400000000: "unknown", "dewasa muda": "unknown",
}  # fmt: skip


def test_ages_as_they_are_written():
    checked = column("Umur", AGES)
    assert list(checked.tables.cases.sort_values("row")["age_band"]) == list(AGES.values())
    assert rules(checked) == [
        "age_band_differs", "age_broken", "age_implausible", "age_implausible", "age_negative",
    ]  # fmt: skip


def test_several_problems_in_a_cell_the_first_being_the_main_one():
    checked = column("Masalah", ["KDRT, perceraian", "Fisik/Psikis", "Napza\nKDRT"])
    assert list(checked.tables.cases.sort_values("row")["problems"]) == [
        "kdrt|perceraian", "kekerasan_fisik|kekerasan_psikis", "napza|kdrt",
    ]  # fmt: skip


def test_categories_by_letters_alone_and_near_namesakes_kept_apart():
    statuses = ["Selesai ", "  SELESAI", "DALAM \nPROSES", "proses"]
    assert list(column("Status", statuses).tables.cases.sort_values("row")["status"]) == [
        "selesai", "selesai", "proses", "proses",
    ]  # fmt: skip
    members = check([
        ["Nama", "Instansi", "Kelurahan", "TMT"],
        *([f"Anggota Uji {n}", text, "Loktuan", "2023"]
          for n, text in enumerate(["Babinkamtibmas", "Babinsa", "PKH"])),
    ])  # fmt: skip
    assert list(members.tables.members["profession"]) == ["bhabinkamtibmas", "babinsa", "pkh"]


def test_a_continuing_client_a_row_pasted_twice_and_a_copy_of_a_sheet():
    usual = list(USUAL.values())[1:]
    january = [
        ["No", *HEAD],
        [1, "001", *usual[:5], "Proses"],
        [2, "002", *usual],
        [3, "002", *usual],
    ]
    february = [["No", *HEAD], [1, "001", *usual[:5], "Selesai"]]
    checked = check({"Januari": january, "Februari": february, "Februari (2)": february})
    assert by_kelurahan(checked) == {LOK_TUAN: 2}
    assert set(checked.tables.cases["status"]) == {"selesai"}
    assert rules(checked) == ["case_continued", "row_duplicate", "row_duplicate"]


# --- containers ----------------------------------------------------------------------------------

ROWS = [
    ["No. Reg", "Tanggal", "Kelurahan", "Masalah"],
    ["001", "15/01/2023", "Loktuan", "KDRT, perceraian"],
    ["002", "16/01/2023", "Kanaan", "“Napza”\xa0dan KDRT"],
    ["003", "17/01/2023", "Guntung", "Bullying"],
]
ASCII = [*ROWS[:2], ["002", "16/01/2023", "Kanaan", "Napza dan KDRT"], ROWS[3]]


def with_an_external_link(content):
    """The same workbook with a part that points to a file elsewhere."""
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Type="x" Target="file:///C:/rahasia.xlsx"/></Relationships>',
        )
    return target.getvalue()


CONTAINERS = {
    "semicolon csv with commas inside": csv_bytes(ROWS, delimiter=";"),
    "tab": csv_bytes(ROWS, delimiter="\t"),
    "pipe": csv_bytes(ROWS, delimiter="|"),
    "utf-8 with a mark": csv_bytes(ROWS, delimiter=";", encoding="utf-8-sig"),
    "windows-1252 with hard blanks and curly quotes": csv_bytes(
        ROWS, delimiter=";", encoding="cp1252"
    ),
    "utf-16 unicode text": csv_bytes(ROWS, delimiter="\t", encoding="utf-16"),
    "html saved as xls": as_html(ASCII),
    "xml 2003 saved as xls": xml_of(ASCII),
    "an xlsx named xls": xlsx(ROWS),
    "biff": as_xls(ROWS),
    "open document": as_ods(ROWS),
    "external links": with_an_external_link(xlsx(ROWS)),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_container(name):
    checked = check(CONTAINERS[name], "register.xls")
    assert account(checked) == (4, 3, 0, 1)
    assert by_kelurahan(checked) == {LOK_TUAN: 1, KANAAN: 1, GUNTUNG: 1}
    assert list(checked.tables.cases["problems"]) == [
        "kdrt|perceraian", "napza|kdrt", "perundungan",
    ]  # fmt: skip


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_errors_of_formulas_are_said_and_their_rows_kept(error):
    rows = [ROWS[0], ROWS[1], ["002", "16/01/2023", error, "KDRT"]]
    checked = check(rows)
    assert by_kelurahan(checked) == {LOK_TUAN: 1, "unknown": 1}
    assert rules(checked) == ["area_missing", "cell_without_value"]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (xlsx(ROWS)[:1500], "file_broken"),
        (b"", "file_empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "file_not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
         "file_password"),
    ],
    ids=["truncated", "empty", "a picture renamed", "a password"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(content, rule):
    checked = check(content, "register.xlsx")
    assert (checked.kind, rules(checked)) == ("refused", [rule])
