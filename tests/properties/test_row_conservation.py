"""Whatever a sheet holds: no row is lost, no row counts twice, and its place changes nothing."""

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workbooks import account, check, csv_bytes

HEADER = ["No", "No. Reg", "Tanggal", "Kelurahan", "Jenis Masalah", "Status", "Umur"]
DAYS = ["05/01/2024", "6 Februari 2024", "Maret 2024", "31/02/2024", "kapan", None, "2023"]
PLACES_WRITTEN = ["Loktuan", "kel. kanaan", "Bontang Barat", "antah", None, "Luar Bontang"]
data_rows = st.tuples(
    st.integers(1, 99),
    st.sampled_from(["001", "002", "003", "004", None]),
    st.sampled_from(DAYS),
    st.sampled_from(PLACES_WRITTEN),
    st.sampled_from(["KDRT", "Napza, KDRT", "???", None]),
    st.sampled_from(["Selesai", "Proses", "entah", None]),
    st.sampled_from(["34", "5 bln", "-3", None]),
).map(list)
other_rows = st.sampled_from(
    [
        ["Jumlah", None, None, 7],
        [None, None, None, "TOTAL", 12],
        HEADER,
        [1, 2, 3, 4, 5, 6, 7],
        [88],
        ["KECAMATAN BONTANG UTARA"],
        [None, None, None, "Mengetahui,"],
        ["Catatan: sementara"],
        ["###"],
        [None, None, None, None, None, None, None],
    ]
)
sheets = st.lists(st.one_of(data_rows, other_rows), max_size=12)
RELAXED = settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
USABLE = [9, "900", "07/01/2024", "Guntung", "KDRT", "Proses", "40"]
TITLES = [["REGISTER KASUS"], ["DINAS SOSIAL"], ["SEMUA BIDANG"]]
SIGNATURE = [
    [None, None, None, "Bontang, 31 Desember 2023"],
    [None, None, None, "Mengetahui,"],
    [None, None, None, "Pejabat Uji"],
]


def rows_with_values(rows):
    return sum(any(cell is not None for cell in row) for row in rows)


def contents(checked):
    """The cases without their place in the sheet, in one order."""
    frame = checked.tables.cases.drop(columns=["row", "sheet", "source"])
    return frame.sort_values(list(frame.columns)).reset_index(drop=True)


@RELAXED
@given(sheets)
def test_rows_read_are_rows_used_set_aside_and_no_data(rows):
    whole = [HEADER, USABLE, *rows]
    checked = check(csv_bytes(whole, delimiter=";"))
    read, used, set_aside, not_data = account(checked)
    assert read == used + set_aside + not_data == rows_with_values(whole)
    assert used >= 1
    assert checked.tables.cases["cases"].sum() <= used


@RELAXED
@given(sheets)
def test_every_row_that_is_set_aside_has_a_finding_of_its_own(rows):
    checked = check(csv_bytes([HEADER, USABLE, *rows], delimiter=";"))
    found = checked.tables.findings
    assert found.loc[found["set_aside"] == 1, "row"].nunique() == checked.rows_set_aside


@RELAXED
@given(sheets, st.integers(1, 3))
def test_a_title_block_changes_no_table(rows, titles):
    whole = [HEADER, USABLE, *rows]
    plain = check(csv_bytes(whole, delimiter=";"))
    titled = check(csv_bytes([*TITLES[:titles], *whole], delimiter=";"))
    pd.testing.assert_frame_equal(contents(plain), contents(titled))
    assert titled.rows_not_data == plain.rows_not_data + titles


@RELAXED
@given(sheets)
def test_a_signature_block_changes_no_table(rows):
    whole = [HEADER, *rows, USABLE]
    plain = check(csv_bytes(whole, delimiter=";"))
    signed = check(csv_bytes([*whole, *SIGNATURE], delimiter=";"))
    pd.testing.assert_frame_equal(contents(plain), contents(signed))
    assert signed.rows_not_data == plain.rows_not_data + len(SIGNATURE)


@RELAXED
@given(
    st.lists(data_rows, max_size=10).flatmap(lambda r: st.tuples(st.just(r), st.permutations(r)))
)
def test_the_order_of_the_rows_changes_no_table(both):
    rows, shuffled = both
    first = check(csv_bytes([HEADER, USABLE, *rows], delimiter=";"))
    second = check(csv_bytes([HEADER, *shuffled, USABLE], delimiter=";"))
    pd.testing.assert_frame_equal(contents(first), contents(second))
    assert account(first) == account(second)


@RELAXED
@given(st.lists(data_rows, min_size=1, max_size=10))
def test_sending_the_same_sheet_twice_in_one_workbook_counts_it_once(rows):
    whole = [HEADER, USABLE, *rows]
    once = check({"A": whole})
    twice = check({"A": whole, "B": whole})
    assert contents(once)["cases"].sum() == contents(twice)["cases"].sum()
    assert twice.rows_read == 2 * once.rows_read
