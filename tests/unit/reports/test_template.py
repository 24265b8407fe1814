"""The template: every choice that its lists offer is one that the intake knows."""

from datetime import datetime
from io import BytesIO

import openpyxl
import pytest

from lk3.intake import check_file
from lk3.places import load_places, read_places
from lk3.reports.template import LISTS, write_template
from tests.cities_for_tests import write_city

PLACES = load_places()


def filled(**sheets):
    """The template with rows below the header of some sheets, as bytes."""
    book = openpyxl.load_workbook(BytesIO(write_template(PLACES)))
    for name, rows in sheets.items():
        for row in rows:
            book[name].append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def check(content):
    return check_file(content, "templat.xlsx", places=PLACES, key=b"kunci")


def choices(name):
    """The entries of a list of the template."""
    sheet = openpyxl.load_workbook(BytesIO(write_template(PLACES)))[LISTS]
    column = next(c for c in sheet.iter_cols(values_only=True) if c[0] == name)
    return [entry for entry in column[1:] if entry]


def case(number, **values):
    usual = {
        "area": "Lok Tuan", "problem": "KDRT", "service": "Konseling", "profession": "Babinsa",
        "sex": "Perempuan", "age": 34, "status": "Selesai",
    }  # fmt: skip
    row = usual | values
    return [f"{number:03d}/2024", datetime(2024, 5, 6), *row.values(), datetime(2024, 6, 6)]


def test_a_filled_in_template_is_used_wholly_and_without_a_finding():
    checked = check(
        filled(
            Kasus=[case(1), case(2)],
            Anggota=[[1, "Kota Bontang", "Tenaga profesi psikolog", datetime(2023, 7, 26), None]],
            Penduduk=[["Satimpo", 2024, 7000, 2200]],
        )
    )
    assert checked.tables.findings.empty
    assert (checked.rows_used, checked.rows_set_aside, checked.rows_not_data) == (4, 0, 3)
    assert checked.kind == "mixed"


def test_two_members_of_one_kelurahan_and_profession_are_two_people():
    alike = ["Satimpo", "Pendamping PKH", datetime(2023, 7, 26), None]

    checked = check(filled(Anggota=[[1, *alike], [2, *alike]]))

    assert checked.tables.findings.empty
    assert checked.tables.members["member_id"].nunique() == 2


def test_sheets_that_are_left_empty_do_not_matter():
    checked = check(filled(Kasus=[case(1)]))
    assert checked.kind == "cases"
    assert checked.tables.findings.empty


def test_a_template_that_nobody_filled_in_is_refused_in_a_sentence():
    checked = check(filled())
    assert checked.refused
    assert list(checked.tables.findings["rule"]) == ["no_rows"]


@pytest.mark.parametrize(
    ("name", "field", "column"),
    [
        ("areas", "area", "kelurahan_code"),
        ("problems", "problem", "problem"),
        ("services", "service", "service"),
        ("professions", "profession", "profession"),
        ("sexes", "sex", "sex"),
        ("statuses", "status", "status"),
    ],
)
def test_every_choice_of_a_list_is_known_and_none_twice(name, field, column):
    entries = choices(name)
    rows = [case(i, **{field: entry}) for i, entry in enumerate(entries, start=1)]
    checked = check(filled(Kasus=rows))
    found = checked.tables.cases[column]
    assert checked.tables.findings.empty
    assert "unknown" not in set(found)
    assert found.nunique() == len(entries)


def test_lists_are_offered_as_drop_downs_in_every_row():
    book = openpyxl.load_workbook(BytesIO(write_template(PLACES)))
    rules = {str(r.sqref): r for r in book["Kasus"].data_validations.dataValidation}
    assert rules["C2:C2001"].type == "list"
    assert rules["C2:C2001"].formula1 == f"'{LISTS}'!$A$2:$A${len(PLACES.codes) + 2}"
    assert rules["B2:B2001"].type == "date"


def test_names_of_areas_are_neither_links_nor_formulas(tmp_path):
    places = read_places(str(write_city(tmp_path, names=("http://x/y", "=1+1", "{=2+2}"))))
    sheet = openpyxl.load_workbook(BytesIO(write_template(places)))[LISTS]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {"http://x/y", "=1+1", "{=2+2}"} <= {cell.value for cell in cells}
    assert [cell.value for cell in cells if cell.hyperlink or cell.data_type == "f"] == []
