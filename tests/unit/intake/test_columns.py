from datetime import datetime

import pytest

from lk3.intake.columns import map_columns
from lk3.intake.layout import find_header
from lk3.intake.sheets import sheet_of
from lk3.intake.taking import take_columns
from lk3.intake.telling import people_of
from tests.workbooks import KEY, PLACES, check, everything_said


def columns_of(*rows, name="Data"):
    sheet = sheet_of(rows, name=name)
    header = find_header(sheet, places=PLACES)
    body = sheet.cells.loc[sheet.cells.index > header.rows[-1]]
    return map_columns(header, body, sheet=name, places=PLACES)


def fields_of(*rows):
    found = columns_of(*rows)
    return {name: found.header(name) for name in found.fields}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Kel.", "kelurahan"),
        ("Desa/Kelurahan", "kelurahan"),
        ("KELURAHAN\n(Domisili)", "kelurahan"),
        ("Tgl\nMasuk", "reported_on"),
        ("Tanggal  Pengaduan", "reported_on"),
        ("Tgl.\xa0Lapor", "reported_on"),
        ("Jenis PPKS", "problem"),
        ("Klasifikasi", "problem"),
        ("N0", "row_number"),
        ("J.K", "sex"),
        ("Di kelurahan mana klien tinggal sekarang?", "kelurahan"),
    ],
)
def test_a_header_is_known_by_its_letters(header, field):
    other = "Kelurahan" if field != "kelurahan" else "Permasalahan"
    found = columns_of([header, other, "Status", "Umur"], ["x", "y", "Selesai", 3])
    assert found.fields[field] == 0


def test_the_day_of_the_incident_is_not_the_reporting_date():
    found = fields_of(["Tgl Kejadian", "Tanggal Lapor", "Kelurahan"], ["1/1/2024", "2/1/2024", "x"])
    assert found["reported_on"] == "Tanggal Lapor"


def test_of_two_columns_for_one_field_the_better_name_wins():
    found = fields_of(["Domisili", "Kelurahan", "Masalah"], ["Loktuan", "Kanaan", "KDRT"])
    assert found["kelurahan"] == "Kelurahan"


def test_of_two_equal_headers_the_fuller_column_wins():
    found = columns_of(["Kelurahan", "Masalah", "Kelurahan"], [None, "KDRT", "Loktuan"])
    assert found.fields["kelurahan"] == 2


def test_ket_is_the_status_when_its_values_are():
    rows = [["Kelurahan", "Masalah", "Ket."], *[["Kanaan", "KDRT", "Selesai"]] * 3]
    assert fields_of(*rows)["status"] == "Ket."


def test_ket_is_a_note_when_its_values_are_and_that_is_said():
    rows = [["Kelurahan", "Masalah", "Ket."], *[["Kanaan", "KDRT", "datang bersama ibu"]] * 3]
    found = columns_of(*rows)
    assert "status" not in found.fields
    assert found.undecided == ("Ket.",)


def test_jabatan_is_the_profession_only_when_its_values_are():
    head = ["Nama", "Kelurahan", "Jabatan", "Mulai"]
    office = columns_of(
        head, ["Uji 1", "Kanaan", "Ketua", 2023], ["Uji 2", "Kanaan", "Anggota", 2023]
    )
    job = columns_of(head, ["Uji 1", "Kanaan", "Babinsa", 2023], ["Uji 2", "Kanaan", "PKH", 2023])
    assert "profession" not in office.fields
    assert job.header("profession") == "Jabatan"


def test_the_order_of_profession_columns_is_profesi_unsur_instansi_jabatan():
    head = ["Jabatan", "Instansi", "Unsur", "Profesi", "Kelurahan", "Mulai"]
    row = ["Babinsa", "TNI", "Babinsa", "Babinsa", "Kanaan", 2023]
    for first in ("Profesi", "Unsur", "Instansi", "Jabatan"):
        found = columns_of(head, row)
        assert found.header("profession") == first
        position = head.index(first)
        head, row = head[:position] + head[position + 1 :], row[:position] + row[position + 1 :]


def test_the_job_of_a_client_is_never_the_profession():
    found = columns_of(["Tanggal", "Kelurahan", "Masalah", "Pekerjaan"], ["x", "y", "z", "Polisi"])
    assert "profession" not in found.fields


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (["Tanggal Lapor", "Kelurahan", "Jenis Masalah"], "cases"),
        (["Nama Klien", "Kelurahan", "Jenis Masalah", "Profesi Petugas"], "cases"),
        (["Nama", "Kelurahan", "Unsur", "TMT"], "members"),
        (["Nama", "Kelurahan", "Profesi"], "members"),
        (["Kelurahan", "Jumlah Penduduk", "Jumlah KK"], "population"),
        (["Kelurahan", "Kecamatan"], None),
    ],
)
def test_cases_members_and_population_are_told_apart_by_their_columns(headers, kind):
    found = columns_of(headers, ["x"] * len(headers))
    assert (found.kind if found else None) == kind


def test_columns_of_values_are_counts_in_a_recap():
    found = columns_of(["Kelurahan", "KDRT", "Napza", "Jumlah"], ["Kanaan", 1, 2, 3])
    assert [c.dims for c in found.matrix] == [(("problem", "KDRT"),), (("problem", "Napza"),)]
    assert found.is_recap


def test_columns_of_values_are_ticks_in_a_register():
    found = columns_of(
        ["No. Reg", "Tanggal", "Kelurahan", "L", "P", "Masalah"],
        ["001", "1/2/2024", "Kanaan", None, "v", "KDRT"],
    )
    assert [c.header for c in found.ticks] == ["L", "P"]
    assert not found.is_recap


def test_ticks_become_the_field_that_their_headers_name():
    rows = [
        ["No. Reg", "Tanggal", "Kelurahan", "L", "P", "Masalah"],
        ["001", "01/02/2024", "Kanaan", None, "v", "KDRT"],
        ["002", "01/02/2024", "Kanaan", 1, None, "KDRT"],
        ["003", "01/02/2024", "Kanaan", None, None, "KDRT"],
    ]
    assert list(check(rows).tables.cases["sex"]) == ["P", "L", "unknown"]


def test_a_merged_cell_is_filled_down_and_a_blank_one_is_not():
    from lk3.intake.taking import fill_merged

    rows = [["Tanggal", "Kelurahan", "Masalah"], *[["1/2/2024", None, "KDRT"]] * 3]
    rows[1] = ["1/2/2024", "Kanaan", "KDRT"]
    sheet = sheet_of(rows, name="Data", merged=[(2, 1, 3, 1)])
    found = columns_of(*rows)
    filled = fill_merged(sheet.cells.loc[2:], found, sheet.merged)
    assert filled[1].tolist() == ["Kanaan", "Kanaan", None]


SECRETS = {
    "Nama Klien": "Klien Uji Rahasia",
    "NIK": 6474019999888877,
    "No. KK": "6474018888777766",
    "Alamat": "Jalan Uji Rahasia 99",
    "RT/RW": "098/076",
    "No HP": "081299998888",
    "Tgl Lahir": datetime(1987, 6, 5),
    "Pekerjaan": "Pekerjaan Rahasia",
    "Kronologi": "Kronologi yang rahasia",
    "Petugas": "Petugas Uji Rahasia",
    "Nama Ibu Kandung": "Ibu Uji Rahasia",
}
TRACES = [
    "rahasia", "6474019999888877", "6474018888777766", "098/076", "081299998888", "1987-06-05",
    "05/06/1987",
]  # fmt: skip


def rows_with_secrets():
    usual = ["No", "Tanggal", "Kelurahan", "Jenis Masalah", "Status", "L/P"]
    right = [1, "05/02/2024", "Loktuan", "KDRT", "Selesai", "P"]
    wrong = [2, "31/02/2024", "Antah Berantah", "???", "???", "???"]
    again = [3, "05/02/2024", "Loktuan", "KDRT", "Selesai", "P"]
    return [
        usual + list(SECRETS),
        *([*row, *SECRETS.values()] for row in (right, wrong, again)),
    ]


def test_personal_values_appear_in_nothing_that_a_check_says_or_keeps():
    said = everything_said(check(rows_with_secrets())).casefold()
    assert [trace for trace in TRACES if trace in said] == []


def test_personal_values_end_in_the_function_that_takes_the_columns():
    sheet = sheet_of(rows_with_secrets(), name="Data")
    found = columns_of(*rows_with_secrets())
    body = sheet.cells.loc[2:]
    nothing = body[0].where(body[0].isna(), None)
    taken = take_columns(body, found, sections=nothing, merged=())
    who = people_of(body, found, key=KEY, scope="Data")
    said = (taken.fields.to_csv() + taken.counts.to_csv() + " ".join(who)).casefold()
    assert [trace for trace in TRACES if trace in said] == []
    assert len(set(who)) == 1
