"""Cases that stand in several active files: counted once, told apart, and said."""

import itertools

import pandas as pd
import pytest

from lk3.counts import Filter, count_cases, count_clients
from lk3.dataset import import_file, load_dataset
from lk3.intake.duplicates import scope_of
from lk3.intake.findings import finding_sentence
from lk3.merging import merge_sources
from lk3.merging.repeats import spans
from lk3.places import load_places
from lk3.store import open_store
from lk3.tables import FINDINGS, MEMBERS, POPULATION, Tables
from tests.tables_for_tests import A, B, case_table, population_table
from tests.workbooks import xlsx

PLACES = load_places()
HEADER = ["No. Reg", "Tgl Masuk", "Kelurahan", "Jenis Masalah", "Status", "L/P", "Tgl Selesai"]
JANUARY = [
    ["001", "05/01/2024", "Loktuan", "KDRT", "proses", "P", None],
    ["002", "06/01/2024", None, "KDRT", "proses", "L", None],
    ["003", "07/01/2024", "Kanaan", "KDRT", "proses", "L", None],
]
FEBRUARY = [
    ["001", "05/01/2024", "Loktuan", "KDRT", "selesai", "P", "20/02/2024"],
    ["002", "06/01/2024", "Guntung", "KDRT", "proses", "L", None],
    ["004", "01/02/2024", "Kanaan", "KDRT", "proses", "L", None],
]


def bring(files):
    """Files by name, saved in this order, and the data that are then active."""
    store = open_store()
    for name, rows in files.items():
        _checked, version = import_file(store, PLACES, xlsx([HEADER, *rows]), name)
        assert version is not None
    return load_dataset(store, PLACES)


def tables(cases, population=None):
    return Tables(
        cases, MEMBERS.empty(), POPULATION.empty() if population is None else population,
        FINDINGS.empty(),
    )  # fmt: skip


def merge(cases, population=None, **saved):
    """The merged tables; every source was saved at once unless `saved` says when."""
    both = [cases["source"], (population if population is not None else cases)["source"]]
    names = sorted(set(pd.concat(both)))
    sources = pd.DataFrame({"source": names, "file": [f"{name}.xlsx" for name in names]}).assign(
        saved_at=[saved.get(name, "2024-12-01") for name in names]
    )
    return merge_sources(tables(cases, population), sources)


def rules_of(merged):
    return sorted(merged.tables.findings["rule"])


# --- One case, the latest status -----------------------------------------------------------------


@pytest.mark.parametrize("order", [("Januari", "Februari"), ("Februari", "Januari")])
def test_case_in_two_months_files_counts_once_with_the_later_months_status(order):
    rows = {"Januari": JANUARY, "Februari": FEBRUARY}

    data = bring({f"Register LK3 {month} 2024.xlsx": rows[month] for month in order})

    cases = data.tables.cases.set_index("reported_on").sort_index()
    assert len(cases) == 4, "three of January, one new in February"
    assert cases["status"].tolist() == ["selesai", "proses", "proses", "proses"]
    assert str(cases["closed_on"].iloc[0].date()) == "2024-02-20"
    assert cases["kelurahan_code"].iloc[1] == PLACES.code_for("Guntung")
    assert data.repeated_cases == 2


def test_account_of_every_file_still_holds_and_names_what_was_merged():
    data = bring({"Register Januari 2024.xlsx": JANUARY, "Register Februari 2024.xlsx": FEBRUARY})

    assert data.rows("rows_used") == len(JANUARY) + len(FEBRUARY)
    parts = ("rows_used", "rows_set_aside", "rows_not_data")
    assert data.rows("rows_read") == sum(data.rows(part) for part in parts)
    assert data.rows("rows_used") - data.repeated_cases == len(data.tables.cases)


def test_finding_names_both_files_and_the_rows_of_both():
    files = {"Register LK3 Jan 2024.xlsx": JANUARY, "Register LK3 2024-2025 Feb.xlsx": FEBRUARY}
    data = bring(files)

    findings = data.tables.findings
    (row,) = findings[findings["rule"] == "case_in_other_file"].to_dict("records")
    assert row["file"] == "Register LK3 Jan 2024.xlsx"
    assert finding_sentence(row).startswith(
        "Lembar Data: 2 kasus (baris 2–3) juga ada di berkas Register LK3 2024-2025 Feb.xlsx "
        "(baris 2–3), sehingga dihitung satu kali dengan status terakhir."
    )


def test_revised_copy_of_a_register_counts_nothing_twice():
    data = bring({"Register 2024.xlsx": JANUARY, "Register 2024 revisi (1).xlsx": JANUARY})

    assert len(data.tables.cases) == 3
    assert data.repeated_cases == 3


def test_file_that_is_taken_away_leaves_the_others_as_they_were():
    store = open_store()
    bring({"Register Januari 2024.xlsx": JANUARY, "Register Februari 2024.xlsx": FEBRUARY})
    store.remove("Register Februari 2024")

    data = load_dataset(store, PLACES)

    assert len(data.tables.cases) == 3
    assert set(data.tables.cases["status"]) == {"proses"}
    assert data.repeated_cases == 0


# --- Two cases, and a finding --------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        ["001", "05/01/2024", "Loktuan", "KDRT", "proses", "L", None],
        ["001", "09/01/2024", "Loktuan", "KDRT", "proses", "P", None],
    ],
    ids=["sex", "reporting date"],
)
def test_number_that_contradicts_is_two_cases_and_two_clients(other):
    data = bring({"Register A 2024.xlsx": JANUARY[:1], "Register A 2024 revisi.xlsx": [other]})

    cases = data.tables.cases
    assert int(count_cases(cases, Filter(), places=PLACES)["cases"].iloc[0]) == 2
    assert int(count_clients(cases, Filter(), places=PLACES)["clients"].iloc[0]) == 2
    assert "case_conflict_other_file" in set(data.tables.findings["rule"])
    assert data.repeated_cases == 0


def of(source, **more):
    return {"case_id": "x", "source": source, "sheet": "S", "row": 2} | more


def test_ages_two_bands_apart_contradict_and_neighbouring_ones_do_not():
    near = case_table(of("a", age_band="18-24"), of("b", age_band="25-44"))
    far = case_table(of("a", age_band="6-12"), of("b", age_band="25-44"))

    assert len(merge(near).tables.cases) == 1
    assert len(merge(far).tables.cases) == 2


def test_month_agrees_with_a_day_inside_it_and_the_day_is_kept():
    cases = case_table(
        of("a", reported_on="2024-03-17"),
        of("b", reported_on="2024-03-01", reported_precision="month", status="selesai"),
    )

    (row,) = merge(cases, b="2025").tables.cases.to_dict("records")

    assert (str(row["reported_on"].date()), row["reported_precision"]) == ("2024-03-17", "day")


def test_third_file_is_merged_with_the_one_that_it_agrees_with():
    cases = case_table(of("a", sex="P"), of("b", sex="L"), of("c", sex="P"))

    merged = merge(cases)

    assert sorted(merged.tables.cases["sex"]) == ["L", "P"]
    assert merged.tables.cases["case_id"].is_unique
    assert sorted(merged.repeats["fate"]) == ["apart", "merged"]


def test_what_the_latest_file_does_not_know_comes_from_the_one_before():
    cases = case_table(
        of("a", kelurahan_code=A, problem="napza", status="proses"),
        of("b", kelurahan_code="unknown", problem="unknown", status="selesai"),
    )

    (row,) = merge(cases, a="2024-01", b="2024-02").tables.cases.to_dict("records")

    assert (row["kelurahan_code"], row["problem"], row["status"]) == (A, "napza", "selesai")


def test_case_that_a_later_file_has_open_again_is_open():
    cases = case_table(of("a", status="selesai", closed_on="2023-07-01"), of("b", status="proses"))

    opened = merge(cases, a="2024-01", b="2024-02").tables.cases
    settled = merge(cases.assign(status="selesai"), a="2024-01", b="2024-02").tables.cases

    assert opened["closed_on"].isna().all()
    assert opened["closed_precision"].tolist() == [""]
    assert settled["closed_on"].notna().all()


def test_order_of_rows_changes_nothing():
    rows = [of(s, status=t, row=r, case_id=i) for s, t, r, i in [
        ("a", "proses", 2, "x"), ("b", "selesai", 9, "x"), ("c", "baru", 4, "x"),
        ("a", "proses", 3, "y"), ("b", "proses", 5, "y"), ("c", "baru", 6, "z"),
    ]]  # fmt: skip
    columns = ["case_id", "status", "source", "row"]
    expected = merge(case_table(*rows)).tables.cases[columns].sort_values("case_id")

    for shuffled in itertools.islice(itertools.permutations(rows), 0, 720, 47):
        found = merge(case_table(*shuffled)).tables.cases[columns].sort_values("case_id")
        assert found.to_numpy().tolist() == expected.to_numpy().tolist()


def test_rows_without_a_number_are_never_merged():
    merged = merge(case_table(of("a", case_id=""), of("b", case_id="")))

    assert len(merged.tables.cases) == 2
    assert merged.repeats.empty


def test_single_source_is_passed_on_as_it_is():
    held = tables(case_table(of("a"), of("a", case_id="y")))
    sources = pd.DataFrame({"source": ["a"], "file": ["a.xlsx"], "saved_at": [""]})

    assert merge_sources(held, sources).tables is held


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Register LK3 2024.xlsx", "Register LK3 2024 revisi.xlsx", True),
        ("Register LK3 2024.xlsx", "Copy of Register LK3 2024 (2) FINAL.xlsx", True),
        ("Register Januari 2024.xls", "register_feb_2024_v2.xlsx", True),
        ("Register TW II 2024.xls", "Register TW III 2024.xlsx", True),
        ("Register Klien Baru.xlsx", "Register Klien Lanjutan.xlsx", False),
        ("Register Dinsos 2024.xlsx", "Register LK3 2024.xlsx", False),
    ],
)
def test_register_is_known_by_its_name_without_months_years_and_words_of_copies(one, other, same):
    assert (scope_of(one) == scope_of(other)) is same


def test_runs_of_rows_are_named_by_their_ends():
    assert spans(pd.Series([9, 5, 6, 7, 6])) == [[5, 7], [9, 9]]


# --- What is said and left as it is --------------------------------------------------------------


def recap(source, code=A, on="2024-01-01", precision="month", cases=3, **more):
    return {
        "source": source, "kelurahan_code": code, "reported_on": on, "cases": cases,
        "reported_precision": precision, "block": f"{source}/1", "case_id": "",
        "sheet": "S", "row": 2, **more,
    }  # fmt: skip


def overlaps(*rows):
    """Sentences about recaps that overlap."""
    findings = merge(case_table(*rows)).tables.findings
    found = findings[findings["rule"] == "recap_overlaps"]
    return [finding_sentence(row) for row in found.to_dict("records")]


def test_recap_beside_a_register_of_the_same_months_names_both_and_the_months():
    (said,) = overlaps(
        recap("rekap", on="2024-01-01", precision="quarter", cases=7),
        of("register", reported_on="2024-02-10"),
        of("register", reported_on="2024-03-10", case_id="y"),
        of("register", reported_on="2024-03-10", case_id="z", kelurahan_code=B),
    )

    assert said.startswith(
        "Berkas rekap.xlsx merekap 7 kasus pada Feb 2024–Mar 2024, sedangkan berkas "
        "register.xlsx juga memuat 2 kasus pada bulan dan kelurahan yang sama; keduanya dihitung"
    )


def test_two_recaps_of_the_same_year_and_kelurahan_are_said_once():
    assert len(overlaps(recap("a", precision="year"), recap("b", on="2024-05-01"))) == 1


def test_recap_without_kelurahan_may_hold_anybodys_cases():
    assert len(overlaps(recap("a", "unknown"), recap("b", B))) == 1
    assert len(overlaps(recap("a", "unknown"), of("b", reported_on="2024-01-09"))) == 1


@pytest.mark.parametrize(
    "rows",
    [
        (recap("a"), recap("b", on="2024-02-01")),
        (recap("a"), recap("b", B)),
        (recap("a", "unknown"), recap("b", "outside")),
        (recap("a"), recap("a")),
        (recap("a"), recap("b", breakdown="sex")),
        (of("a"), of("b", case_id="y")),
    ],
    ids=["months", "kelurahan", "outside", "one file", "breakdown", "registers"],
)
def test_what_does_not_overlap_is_not_said(rows):
    assert overlaps(*rows) == []


def test_register_sent_again_under_other_numbers_is_noticed():
    days = [f"2024-01-{day:02d}" for day in range(1, 11)]
    twins = [
        of(source, case_id=f"{source}{day}", reported_on=day) for source in "ab" for day in days
    ]
    strangers = [
        of(source, case_id=f"{source}{day}", reported_on=day, problem=problem)
        for source, problem in (("a", "kdrt"), ("b", "napza"))
        for day in days
    ]

    assert "registers_alike" in rules_of(merge(case_table(*twins)))
    assert rules_of(merge(case_table(*strangers))) == []


def test_two_figures_for_the_same_population_are_said():
    same = population_table({(A, 2024): 900, (B, 2024): 500}).assign(source="a")
    other = population_table({(A, 2024): 950, (B, 2024): 500}).assign(source="b")
    both = pd.concat([same, other], ignore_index=True)

    merged = merge(case_table().assign(source="a"), both)

    (row,) = merged.tables.findings.to_dict("records")
    assert (row["rule"], row["source"]) == ("population_differs", "a")
    assert "1 kelurahan pada tahun 2024" in finding_sentence(row)
