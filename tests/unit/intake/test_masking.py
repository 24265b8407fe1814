"""What may be shown of a cell: never a name, never a number of a person."""

import pytest

from lk3.intake.masking import mask

# All names and numbers here are made up.


@pytest.mark.parametrize(
    "number",
    [
        "6474011203900001",
        6474011203900001,
        6.474011203900001e15,
        "'6474011203900001",
        "6474011203900001\xa0",
        "6474 0112 0390 0001",
        "6474-0112-0390-0001",
        "6474_0112_0390_0001",
        "6,474,011,203,900,001",
        "6.474.011.203.900.001",
        "64.74.01.120390.0001",
        "081234567890",
        "0812-3456-7890",
        "0812-34-5678",
        "+62 812 3456 7890",
        "(0548) 123456",
        81234567890,
        "197001011990031001",
        "klien@contoh.id",
    ],
)
def test_a_number_or_address_of_a_person_is_hidden(number):
    assert mask(number) == "***"


def test_a_number_inside_a_text_is_hidden():
    assert "647401" not in mask("KDRT 6474011203900001")
    assert "647401" not in mask("x6474011203900001y")
    assert mask("KDRT 6474011203900001") == "KDRT ***"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Budi Contoh", "*** ***"),
        ("SITI CONTOHWATI", "*** ***"),
        ("siti binti contoh", "*** *** ***"),
        ("dr. Andi Contoh", "dr. *** ***"),
        ("Babinsa Budi", "Babinsa ***"),
        ("Bpk. Ahmad Contoh", "***. *** ***"),
        ("Indah Lestari", "*** ***"),  # both stand in names of kelurahan, behind others
        ("Mei Lestari", "*** ***"),
        ("Budi", "***"),
        ("SITI", "***"),
        ("agus", "***"),
        ("Juli", "***"),
        ("Lestari", "***"),
        ("Harianto", "***"),  # near to harian
        ("Marita", "***"),
        ("Medina", "***"),  # near to media
        ("Klien Uji 7", "Klien *** 7"),
        ("Perselisihan Siti Contoh", "Perselisihan *** ***"),
        ("Sengketa Warisman", "Sengketa ***"),  # near to warisan
    ],
)
def test_what_may_be_a_name_is_hidden(written, shown):
    assert mask(written) == shown


@pytest.mark.parametrize(
    "written",
    [
        "berbas lestari",
        "Loktuan Raya",
        "Telihan Indah",
        "Lok Tuann",
        "Bontang Barat",
        "Sangatta",
        "64.74.09.1001",
        "26 Juli",
        "Agustus 2023",
        "Prosess",
        "Selesei",
        "Guntungg",
        "31/02/2024",
        "Jum'at, 31 Februari 2024",
        "2024-13-01 08:30:00",
        "5.19",
        "Rp420.032,00",
        "123.456.789",
        "5-11",
        "KDRTT",
        "Babinkamtibsa",
        "Perceraiann, KDRT",
        "18 tahun ke atas",
        "Pelanggaran hak anak",
        "Tawuran pelajar",
        "Sengketa warisan dalam keluarga",
        "9.99E+11",
        "#REF!",
        "...",
    ],
)
def test_what_helps_to_find_the_cell_is_shown(written):
    assert mask(written) == written


def test_a_fraction_is_shown_short():
    assert mask(41747.416666666664) == "41747"
    assert mask(0.00012345678) == "0.00012346"
    assert mask(5.19) == "5.19"


def test_free_text_is_hidden_as_a_whole():
    assert mask("klien datang bersama suami dan menceritakan kejadian semalam di rumah") == "***"


def test_a_long_value_is_cut():
    assert mask("x" * 41) == "x" * 39 + "…"
    assert mask("x" * 40) == "x" * 40


@pytest.mark.parametrize("blank", [None, "", " ", float("nan")])
def test_a_blank_stays_blank(blank):
    assert mask(blank) == ""
