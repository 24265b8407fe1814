"""What saving would change, counted by hand for small tables."""

import pandas as pd
import pytest

from lk3.changes import CELLS, CHANGED_CASES, changes_between, changes_by, overlapping_sources
from lk3.tables import Tables
from tests.tables_for_tests import A, B, case_table, member_table, population_table
from tests.workbooks import REGISTER, check, xlsx

EMPTY = Tables.empty()


def tables(*, cases=None, members=None, population=None):
    return Tables(
        EMPTY.cases if cases is None else cases,
        EMPTY.members if members is None else members,
        EMPTY.population if population is None else population,
        EMPTY.findings,
    )


def case(number, **fields):
    return {"case_id": number, **fields}


def changes_of_cases(before, after, **options):
    old, new = tables(cases=case_table(*before)), tables(cases=case_table(*after))
    return changes_between(old, new, **options).cases


def counts(changes):
    return tuple(changes.count(name) for name in ("new", "changed", "gone"))


# --- Cases of a register ------------------------------------------------------------------------


def test_case_that_is_not_held_is_new_and_one_that_is_no_longer_there_is_gone():
    before = [case("1", problem="penelantaran"), case("2")]

    changes = changes_of_cases(before, [case("2"), case("3"), case("4")])

    assert counts(changes) == (2, 0, 1)
    assert (changes.before, changes.after) == (2, 3)


def test_same_number_with_other_content_is_changed():
    before = [case("1", status="baru"), case("2")]
    after = [case("1", status="selesai", closed_on="2023-07-01"), case("2")]

    changes = changes_of_cases(before, after)

    assert counts(changes) == (0, 1, 0)
    assert changes.removed["status"].tolist() == ["baru"]
    assert changes.added["status"].tolist() == ["selesai"]
    assert changes.moved == 0


def test_case_that_moves_to_another_kelurahan_is_counted_where_it_goes():
    changes = changes_of_cases(
        [case("1", kelurahan_code=A), case("2", kelurahan_code=A)],
        [case("1", kelurahan_code=B), case("2", kelurahan_code=A)],
    )

    rows = changes.by("kelurahan_code").set_index("kelurahan_code")
    assert rows.loc[A].to_dict() == {"before": 2, "new": 0, "changed": 0, "gone": 0, "after": 1}
    assert rows.loc[B].to_dict() == {"before": 0, "new": 0, "changed": 1, "gone": 0, "after": 1}
    assert changes.moved == 1


def test_where_a_row_stands_in_the_sheet_is_no_change():
    changes = changes_of_cases(
        [case("1", row=5, sheet="Januari"), case("2", row=6, block="a")],
        [case("2", row=2, block="b"), case("1", row=9, sheet="Jan", source="other")],
    )

    assert changes.is_empty


def test_new_cases_are_counted_by_month():
    changes = changes_of_cases(
        [case("1", reported_on="2023-01-05")],
        [
            case("1", reported_on="2023-01-05"),
            case("2", reported_on="2023-01-31"),
            case("3", reported_on="2023-02-01"),
            case("4", reported_on="2023-01-01", reported_precision="year"),
        ],
    )

    rows = changes.by("month", "precision")
    assert rows["month"].dt.strftime("%Y-%m").tolist() == ["2023-01", "2023-01", "2023-02"]
    assert rows["precision"].tolist() == ["month", "year", "month"]
    assert rows["new"].tolist() == [1, 1, 1]
    assert rows["before"].tolist() == [1, 0, 0]


def test_register_numbered_in_another_way_is_told_by_what_it_says():
    """001 has become 001/2023 in every row: no number is shared, the cases are the same."""
    before = [case("1", sex="L"), case("2", sex="P", status="baru")]
    after = [case("x", sex="L"), case("y", sex="P", status="selesai")]

    assert counts(changes_of_cases(before, after)) == (0, 1, 0)


def test_corrected_number_of_one_case_is_no_change():
    before = [case("1"), case("2", sex="L")]

    assert changes_of_cases(before, [case("1"), case("3", sex="L")]).is_empty


# --- Recaps and rows without a number -----------------------------------------------------------


def test_recap_is_compared_by_its_counts():
    before = [{"cases": 5, "kelurahan_code": A}, {"cases": 4, "kelurahan_code": B}]
    after = [{"cases": 7, "kelurahan_code": A}, {"cases": 1, "kelurahan_code": B}]

    changes = changes_of_cases(before, after)

    assert counts(changes) == (2, 0, 3)
    rows = changes.by("kelurahan_code").set_index("kelurahan_code")
    assert rows["new"].to_dict() == {A: 2, B: 0}
    assert rows["gone"].to_dict() == {A: 0, B: 3}


def test_counts_that_only_move_to_another_problem_have_changed():
    before = [{"cases": 5, "problem": "kdrt"}]
    after = [{"cases": 3, "problem": "kdrt"}, {"cases": 3, "problem": "penelantaran"}]

    changes = changes_of_cases(before, after)

    assert counts(changes) == (1, 2, 0)
    assert changes.added.groupby(["problem", "change"])["n"].sum().to_dict() == {
        ("penelantaran", "changed"): 2,
        ("penelantaran", "new"): 1,
    }


def test_counts_of_another_month_are_new_and_gone():
    before = [{"cases": 2, "reported_on": "2023-01-01", "reported_precision": "month"}]
    after = [{"cases": 2, "reported_on": "2023-02-01", "reported_precision": "month"}]

    assert counts(changes_of_cases(before, after)) == (2, 0, 2)


def test_another_breakdown_of_the_same_cases_changes_no_count():
    base = {"cases": 4}
    changes = changes_of_cases(
        [base, {"cases": 4, "breakdown": "sex", "sex": "P"}],
        [base, {"cases": 4, "breakdown": "sex", "sex": "L"}],
    )

    assert counts(changes) == (0, 0, 0)
    assert (changes.before, changes.after) == (4, 4)
    assert not changes.is_empty


# --- Members and population ---------------------------------------------------------------------


def test_members_are_told_by_their_digests():
    before = member_table({"member_id": "a"}, {"member_id": "b"}, {"member_id": "c"})
    after = member_table(
        {"member_id": "a"}, {"member_id": "b", "ended_on": "2024-01-31"}, {"member_id": "d"},
        {"member_id": "e", "kelurahan_code": B},
    )  # fmt: skip

    changes = changes_between(tables(members=before), tables(members=after)).members

    # c and d say the same, so to every number nothing has changed there
    assert counts(changes) == (1, 1, 0)


def test_population_is_told_by_kelurahan_and_year():
    before = population_table({(A, 2023): 1000, (B, 2023): 500})
    after = population_table({(A, 2023): 1100, (A, 2024): 1200})

    changes = changes_between(tables(population=before), tables(population=after)).population

    assert counts(changes) == (1, 1, 1)
    assert changes.removed.set_index("change").loc["gone", "code"] == B


# --- Sources ------------------------------------------------------------------------------------


def test_only_the_source_that_is_replaced_is_compared():
    held = case_table(case("1", source="a"), case("2", source="b"))

    changes = changes_by(tables(cases=held), tables(cases=case_table(case("1"))), source="a")

    assert changes.is_empty


def test_same_number_in_two_sources_is_two_rows_when_versions_are_compared():
    before = [case("1", source="a"), case("1", source="b", status="selesai")]

    changes = changes_of_cases(before, before[:1], several_sources=True)

    assert counts(changes) == (0, 0, 1)
    assert changes.removed["status"].tolist() == ["selesai"]


def test_source_of_the_same_time_is_named():
    held = tables(
        cases=case_table(
            case("1", source="jan", reported_on="2023-01-05"),
            case("2", source="feb", reported_on="2023-02-05"),
            case("3", source="own", reported_on="2023-02-06"),
        )
    )
    file = tables(
        cases=case_table(case("4", reported_on="2023-02-01"), case("5", reported_on="2023-02-28"))
    )

    assert overlapping_sources(held, file, source="own") == ["feb"]
    assert overlapping_sources(held, tables(), source="own") == []


# --- Frames -------------------------------------------------------------------------------------


def test_frames_have_their_declared_columns():
    changes = changes_of_cases([case("1")], [case("2", kelurahan_code=B)])

    assert len(changes.added) == len(changes.removed) == 1
    for frame, schema in (
        (changes.cells, CELLS), (changes.added, CHANGED_CASES), (changes.removed, CHANGED_CASES),
    ):  # fmt: skip
        pd.testing.assert_frame_equal(frame, schema.conform(frame))


@pytest.mark.parametrize("kind", ["register", "recap", "members", "population"])
def test_same_file_again_changes_nothing(kind):
    first, again = (check(content, "buku.xlsx").tables for content in (FILES[kind],) * 2)

    assert len(first.cases) + len(first.members) + len(first.population) > 1
    assert changes_between(first, again).is_empty


FILES = {
    "register": xlsx(
        [
            REGISTER,
            [1, "001", "05/01/2024", "Loktuan", "KDRT", "proses"],
            [2, "", "06/01/2024", "Guntung", "KDRT", "selesai"],
            [3, "", "06/01/2024", "Guntung", "Penelantaran", "selesai"],
        ]
    ),
    "recap": xlsx(
        {"Januari 2024": [["Kelurahan", "Jenis Masalah", "Jumlah Kasus"],
                          ["Loktuan", "KDRT", 4], ["Guntung", "KDRT", 2]]}
    ),
    "members": xlsx(
        [["Kelurahan", "Profesi", "Mulai"], ["Loktuan", "PKH", "09/03/2020"],
         ["Loktuan", "PKH", "09/03/2020"], ["Guntung", "Babinsa", "09/03/2020"]]
    ),
    "population": xlsx(
        [["Kelurahan", "Jumlah Penduduk", "Jumlah KK", "Tahun"], ["Loktuan", 23_000, 7_000, 2023],
         ["Guntung", 9_000, 2_000, 2023]]
    ),
}  # fmt: skip
