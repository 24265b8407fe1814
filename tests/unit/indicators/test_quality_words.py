"""What should be mended first: totals before pictures, and nothing when nothing weighs."""

import pandas as pd

from lk3.indicators.quality import FIELDS, compared_totals
from lk3.indicators.quality_words import headline_quality, tasks_in_order
from lk3.intake.findings import finding, findings_frame
from lk3.places import CITY
from tests.tables_for_tests import A

GAPS = pd.DataFrame(columns=["kelurahan_code", "start", "end", "months", "chance"])
MARCH, MAY = pd.Timestamp("2024-03-01"), pd.Timestamp("2024-05-01")


def shares(**missing):
    """Every field fully known but for these shares."""
    known = [1 - missing.get(field, 0.0) for field in FIELDS]
    return pd.DataFrame({"field": list(FIELDS), "cases": 100, "known": 100, "share": known})


def tasks(*found, aside=0, gaps=GAPS, by_field=None, totals=None):
    held = compared_totals(()) if totals is None else totals
    return tasks_in_order(
        findings_frame(found, file="rekap.xlsx"),
        rows_set_aside=aside,
        gaps=gaps,
        by_field=shares() if by_field is None else by_field,
        totals=held,
    )


def overlap(cases, other_cases):
    told = {"cases": cases, "other_cases": other_cases, "other": "register.xlsx"}
    return finding("recap_overlaps", months=[["2024-01", "2024-03"]], **told)


UNREAD = [finding("area_unknown", sheet="Jan", row=row, set_aside=True) for row in range(4, 11)]


def test_nothing_weighs_and_nothing_is_urgent():
    assert headline_quality(tasks(), rows_read=10) == "Tidak ada yang mendesak untuk diperbaiki."
    assert headline_quality(tasks(), rows_read=0) == "Belum ada baris yang dibaca."


def test_rows_that_do_not_count_are_named_with_their_most_frequent_cause():
    found = tasks(*UNREAD, finding("date_broken", row=3, set_aside=True), aside=8)

    assert headline_quality(found, rows_read=20) == (
        "Perbaiki lebih dulu: 8 baris belum ikut dihitung, "
        "terbanyak karena kelurahan tidak dikenal (7)."
    )


def test_what_changes_the_total_by_more_comes_first():
    small, large = overlap(3, 90), overlap(40, 9)

    assert [task.key for task in tasks(*UNREAD, small, aside=7)] == ["aside", "twice"]
    both = tasks(*UNREAD, small, large, aside=7)
    assert [task.key for task in both] == ["twice", "aside"]
    assert both[0].problem.startswith("9 kasus mungkin terhitung dua kali, di rekap.xlsx dan")


def test_gap_of_the_city_weighs_only_where_it_is_hardly_without_cases():
    rows = [(CITY, MARCH, MAY, 3, 0.001), (A, MARCH, MARCH, 1, 0.0001), (CITY, MAY, MAY, 1, 0.4)]
    gaps = pd.DataFrame(rows, columns=GAPS.columns)

    (task,) = tasks(gaps=gaps)

    assert task.problem == "tidak ada laporan pada Mar 2024–Mei 2024"


def test_blank_kelurahan_weighs_more_than_another_blank_field():
    found = tasks(by_field=shares(kelurahan_code=0.06, sex=0.5, status=0.1))

    assert [task.key for task in found] == ["areas", "field"]
    assert found[0].problem.startswith("6% kasus tanpa kelurahan")
    assert found[1].problem == "50% kasus tanpa isian “Jenis kelamin”"


def test_little_that_is_blank_does_not_weigh():
    assert tasks(by_field=shares(kelurahan_code=0.04, sex=0.19)) == []


def test_totals_that_differ_are_counted():
    totals = pd.DataFrame({"difference": [3, 0, -1]})

    assert tasks(totals=totals)[0].problem.startswith("2 jumlah yang tertulis")


def test_every_task_says_what_to_do():
    conflict = finding("case_conflict_other_file", cases=2, other="lama.xlsx")
    found = tasks(*UNREAD, overlap(4, 4), conflict, aside=7, by_field=shares(sex=0.9))

    assert [task.key for task in found] == ["aside", "twice", "conflict", "field"]
    assert all(task.action.endswith(".") for task in found)
