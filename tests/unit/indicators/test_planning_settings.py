"""What planners set: required professions with their minimum, targets with their source."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from lk3 import language
from lk3.counts import Filter, Period
from lk3.errors import UserError
from lk3.indicators import INDICATORS, compute
from lk3.indicators.planning import Planning, planning_in
from lk3.indicators.requirements import (
    Requirements,
    default_requirements,
    keep_requirements,
    make_requirements,
    requirements,
    reset_requirements,
)
from lk3.indicators.supply import (
    profession_coverage_by_district,
    profession_gaps,
    profession_table,
)
from lk3.indicators.targets import (
    default_targets,
    keep_target,
    problems_of,
    reset_target,
    target_value,
    targets,
    targets_of,
)
from lk3.store import Notes
from tests.tables_for_tests import (
    PLACES,
    A,
    B,
    case_table,
    context_of,
    member_table,
    public_measures,
)

IN_2023 = Filter(Period.year(2023))


@pytest.fixture
def notes(tmp_path):
    return Notes(tmp_path)


# --- Required professions ------------------------------------------------------------------------


def test_required_are_the_marked_professions_with_one_person_each():
    found = default_requirements()
    assert found.professions == ("bhabinkamtibmas", "babinsa", "medis", "psikolog", "pkh")
    assert [found.minimum(key) for key in ("medis", "peksos")] == [1, 0]


def test_a_planner_s_requirements_replace_the_default_until_they_are_reset(notes):
    keep_requirements(notes, {"peksos": 2, "medis": 0, "psikolog": 1}, user="p")
    found = requirements(notes)
    assert found.least == (("psikolog", 1), ("peksos", 2))
    assert found.is_edited
    reset_requirements(notes)
    assert requirements(notes) == default_requirements()


def test_a_profession_that_the_list_no_longer_has_is_passed_over(notes):
    notes.put("professions", {"least": {"tukang": 1, "medis": 2}}, id="requirements")
    assert requirements(notes).least == (("medis", 2),)


@pytest.mark.parametrize(
    ("least", "sentence"),
    [
        ({"tukang": 1}, "Profesi “tukang” tidak ada dalam daftar"),
        ({"medis": -1}, "Tenaga profesi medis: jumlah minimum harus bilangan bulat dari 0"),
        ({"medis": 21}, "dari 0 sampai 20"),
        ({"medis": 1.5}, "bilangan bulat"),
    ],
)
def test_wrong_requirements_are_refused_in_a_sentence_and_not_kept(notes, least, sentence):
    with language.speaking("id"), pytest.raises(UserError, match=sentence):
        keep_requirements(notes, least)
    assert notes.version() == -1


TWO_PSYCHOLOGISTS = make_requirements({"psikolog": 2, "pkh": 1})
TEAM = (
    {"member_id": "1", "profession": "psikolog"},
    {"member_id": "2", "profession": "psikolog"},
    {"member_id": "3", "profession": "pkh"},
    {"member_id": "4", "profession": "psikolog", "kelurahan_code": B},
    {"member_id": "5", "profession": "agama", "kelurahan_code": B},
    {"member_id": "6", "profession": "psikolog", "kelurahan_code": "city"},
)


def context(*members, filter=None, **options):
    made = context_of(case_table(), filter, members=member_table(*members))
    return type(made)(made.tables, made.filter, made.places, made.as_of, **options)


def test_a_profession_counts_only_with_its_minimum():
    found = compute("profession_coverage", context(*TEAM, requirements=TWO_PSYCHOLOGISTS))
    assert found.loc[[A, B], "value"].tolist() == [100, 0]
    assert (found.at["city", "n"], found.at["city", "denominator"]) == (1, len(PLACES.codes))


def test_without_a_required_profession_nothing_is_covered_or_missing():
    bare = context(*TEAM, requirements=Requirements(()))
    assert np.isnan(compute("profession_coverage", bare).at[A, "value"])
    assert profession_gaps(bare).empty


def test_the_table_says_what_each_kelurahan_has_and_lacks():
    table = profession_table(context(*TEAM, requirements=TWO_PSYCHOLOGISTS))
    assert len(table) == 3 * len(PLACES.codes)  # psychologist, PKH and the cleric who is there
    assert table["kelurahan_code"].drop_duplicates().tolist() == PLACES.codes
    here = table[table["kelurahan_code"] == B].set_index("profession")
    assert here.loc["psikolog", ["required", "minimum", "held", "missing"]].tolist() == [
        True, 2, 1, 1,
    ]  # fmt: skip
    assert here.loc["agama", ["required", "minimum", "held", "missing"]].tolist() == [
        False, 0, 1, 0,
    ]  # fmt: skip


def test_kecamatan_add_up_to_the_city_s_gaps():
    made = context(*TEAM, requirements=TWO_PSYCHOLOGISTS)
    by_district = profession_coverage_by_district(made)
    assert set(by_district["district"]) == set(PLACES.districts)
    gaps = profession_gaps(made).set_index("profession")
    for key, rows in by_district.groupby("profession"):
        assert rows[["kelurahan", "total", "missing"]].sum().tolist() == [
            gaps.at[key, name] for name in ("kelurahan", "total", "missing")
        ]
    at_home = by_district[by_district["district"] == PLACES.areas.at[A, "district"]]
    assert at_home.set_index("profession").at["psikolog", "held"] >= 2


# --- Targets -------------------------------------------------------------------------------------


def test_the_file_has_the_reference_values_with_their_source_and_no_target_of_clients():
    values = {target.key: target.value for target in default_targets()}
    assert values == {
        "families_per_worker": 100,
        "active_families_per_worker": 17,
        "members_per_kelurahan": 1,
        "clients_per_year": None,
    }
    assert all(target.source for target in default_targets() if target.value is not None)
    assert {target.indicator for target in default_targets()} <= set(INDICATORS)


def test_texts_of_a_target_come_in_both_languages():
    first = default_targets()[0]
    with language.speaking("en"):
        assert first.label == "Families per social worker"
    with language.speaking("id"):
        assert first.label == "Keluarga per pekerja sosial"


def test_lines_of_an_indicator_are_those_that_have_a_value():
    lines = targets_of("open_cases_per_counsellor", default_targets())
    assert [line.value for line in lines] == [100, 17]
    assert targets_of("service_coverage", default_targets()) == ()


def test_a_target_is_written_over_with_its_source_and_reset(notes):
    keep_target(notes, "clients_per_year", 120, source="Renja 2024", user="p")
    found = targets(notes)
    assert target_value("clients_per_year", found) == 120
    written = found[-1]
    assert (written.source, written.is_edited, written.user) == ("Renja 2024", True, "p")
    assert found[:-1] == default_targets()[:-1]
    reset_target(notes, "clients_per_year")
    assert targets(notes) == default_targets()


def test_a_reference_value_can_be_taken_away(notes):
    keep_target(notes, "families_per_worker", None, source="")
    assert [t.value for t in targets_of("open_cases_per_counsellor", targets(notes))] == [17]


@pytest.mark.parametrize(
    ("value", "source", "sentence"),
    [
        (0, "SK", "lebih dari 0"),
        (-3, "SK", "lebih dari 0"),
        (float("nan"), "SK", "lebih dari 0"),
        (5, "  ", "Sebutkan sumber"),
        (5, "x" * 201, "paling panjang 200 huruf"),
        (5, "telepon 0812-3456-7890", "NIK atau nomor telepon"),
    ],
)
def test_a_wrong_target_is_refused_in_a_sentence_and_not_kept(notes, value, source, sentence):
    with language.speaking("id"), pytest.raises(UserError, match=sentence):
        keep_target(notes, "clients_per_year", value, source=source)
    assert notes.version() == -1


def test_the_number_of_a_law_is_no_telephone_number():
    assert problems_of(1, source="Permensos 25 Tahun 2017; SK 188.45/123/2023") == []


def test_planning_is_one_key_that_changes_with_what_is_written(notes):
    before = planning_in(notes)
    keep_target(notes, "clients_per_year", 120, source="Renja 2024")
    assert before == Planning()
    assert hash(planning_in(notes)) != hash(before)


# --- Service coverage ----------------------------------------------------------------------------


def served(target, *, filter=IN_2023, as_of=date(2024, 12, 31), rows=60):
    cases = case_table(*({"case_id": str(i)} for i in range(rows)), {"kelurahan_code": "outside"})
    planned = () if target is None else (clients_target(target),)
    made = context_of(cases, filter, as_of=as_of)
    return type(made)(made.tables, made.filter, made.places, as_of, targets=planned)


def clients_target(value):
    return replace(default_targets()[-1], value=value)


def test_coverage_is_clients_of_the_target_of_the_year():
    row = compute("service_coverage", served(120)).loc["city"]
    assert (row["value"], row["n"], row["denominator"], row["note"]) == (50, 60, 120, "")


def test_more_than_the_target_is_shown_and_flagged():
    row = compute("service_coverage", served(40)).loc["city"]
    assert row["value"] == 150
    assert row["note"] == "over_target"


def test_half_a_year_is_held_against_half_the_target():
    half = served(120, as_of=date(2023, 7, 1), rows=30)
    row = compute("service_coverage", half).loc["city"]
    assert row["denominator"] == pytest.approx(120 * 182 / 365)
    assert row["note"] == "not_over"


def test_no_target_and_a_part_of_the_city_have_no_coverage():
    assert compute("service_coverage", served(None)).at["city", "note"] == "no_target"
    part = served(120, filter=Filter(Period.year(2023), problems=("kdrt",)))
    row = compute("service_coverage", part).loc["city"]
    assert (row["note"], np.isnan(row["value"])) == ("target_is_whole", True)


def test_the_public_does_not_get_few_clients_back_from_the_coverage():
    released = public_measures(served(40, rows=3))
    row = released["service_coverage"].loc["city"]
    assert row["note"] == "suppressed"
    assert np.isnan(row["n"])
    assert np.isnan(row["value"])
