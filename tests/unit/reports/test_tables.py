"""A table that leaves as CSV or XLSX, opened again with other libraries than the writer's."""

from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from lk3 import language
from lk3.reports import Export, to_csv, to_xlsx

FRAME = pd.DataFrame(
    {
        "Kelurahan": ["Satu", "=HYPERLINK(1)", "-"],
        "Kasus": [3.0, float("nan"), 1200.0],
        "Angka": [1.5, 2.25, float("nan")],
    }
)
EXPORT = Export(FRAME, "Kasus menurut kelurahan", ("DATA CONTOH", "Periode: 2023"))


def rows_of(content: bytes) -> list[tuple]:
    return list(openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True))


def test_the_workbook_holds_title_notes_header_and_every_number():
    rows = rows_of(to_xlsx(EXPORT))
    assert rows[0][0] == "Kasus menurut kelurahan"
    assert [row[0] for row in rows[1:3]] == ["DATA CONTOH", "Periode: 2023"]
    assert rows[4] == ("Kelurahan", "Kasus", "Angka")
    assert rows[5] == ("Satu", 3, 1.5)
    assert rows[7] == ("-", 1200, None)


def test_a_hidden_number_is_an_empty_cell_and_not_zero():
    assert rows_of(to_xlsx(EXPORT))[6][1] is None
    assert ";;" in to_csv(EXPORT).decode("utf-8-sig").splitlines()[2]


@pytest.mark.parametrize("text", ["=1+1", "+62", "-2+3", "@SUM(A1)", "\tx", "\rx"])
def test_text_that_begins_like_a_formula_is_made_harmless(text):
    export = Export(pd.DataFrame({text: [text]}), text)
    cells = [cell for row in rows_of(to_xlsx(export)) for cell in row if cell]
    assert cells
    assert all(cell.startswith("'") for cell in cells)
    assert to_csv(export).decode("utf-8-sig").splitlines()[0].lstrip('"').startswith("'")


def test_csv_is_written_as_the_language_of_excel_expects_it():
    assert "Satu;3;1,5" in to_csv(EXPORT).decode("utf-8-sig")
    with language.speaking("en"):
        assert "Satu,3,1.5" in to_csv(EXPORT).decode("utf-8-sig")


def test_the_header_stays_in_view_and_is_repeated_in_print():
    sheet = openpyxl.load_workbook(BytesIO(to_xlsx(EXPORT))).active
    assert sheet.freeze_panes == "B6"
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.page_setup.orientation == "landscape"
