"""What planners read: sentences that claim no more than the numbers allow."""

import pandas as pd
import pytest

from lk3.indicators.planning_words import explain, headline_ranks, headline_underserved
from lk3.indicators.underserved import Supply
from lk3.places import load_places

PLACES = load_places()
A, B, C = PLACES.codes[:3]
ROW = {
    "cases": 24.0, "expected": 9.2, "members": 2.0, "shortfall": 3.14, "lower": 1.0, "upper": 5.5,
    "rank": 1.0, "rank_lower": 1.0, "rank_upper": 2.0, "group": 1.0, "state": "underserved",
}  # fmt: skip


def supply_of(**rows):
    frame = pd.DataFrame([ROW | row for row in rows.values()], index=[A, B, C][: len(rows)])
    return Supply(frame, 0.2, 50.0, True)


def test_the_headline_names_the_kelurahan_by_how_sure_it_is():
    supply = supply_of(a={}, b={"state": "maybe"}, c={"state": "no_member"})
    names = [PLACES.label(code) for code in (A, B, C)]
    assert headline_underserved(supply, PLACES) == (
        f"Tanpa anggota: {names[2]}; kurang terlayani: {names[0]}; "
        f"mungkin kurang terlayani: {names[1]}."
    )


def test_the_headline_says_that_none_can_be_told():
    supply = supply_of(a={"state": "enough"}, b={"state": "unjudged"})
    said = headline_underserved(supply, PLACES)
    assert said == "Tidak ada kelurahan yang dapat dipastikan kurang terlayani."


def test_the_headline_says_when_nothing_can_be_computed():
    nothing = {"shortfall": float("nan"), "state": ""}
    said = headline_underserved(supply_of(a=nothing), PLACES)
    assert said.startswith("Kekurangan anggota belum dapat dihitung")


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ((1, 1, 1), "semuanya satu kelompok"),
        ((1, 2, 2), "Hanya urutan pertama"),
        ((1, 1, 2), "2 kelurahan teratas tidak dapat dibedakan"),
    ],
)
def test_the_order_is_called_meaningless_where_ranks_cannot_be_told_apart(groups, expected):
    rows = {name: {"group": float(g)} for name, g in zip("abc", groups, strict=True)}
    assert expected in headline_ranks(supply_of(**rows))


def test_the_explanation_goes_number_by_number():
    said = explain(supply_of(a={}), PLACES, A)
    parts = (
        "24 kasus",
        "9,2 diharapkan",
        "2 anggota aktif",
        "5,1 menurut",
        "kurang 3,1 orang",
        "1,0 s.d. 5,5",
        "urutan 1, dengan selang 1–2",
        "Disebut kurang terlayani",
    )
    for part in parts:
        assert part in said


def test_more_members_than_the_city_s_ratio_are_not_called_too_many():
    said = explain(supply_of(a={"shortfall": -1.5, "state": "enough"}), PLACES, A)
    assert "lebih 1,5 orang daripada perbandingan kota" in said
    assert said.endswith("Anggotanya tidak lebih sedikit daripada perbandingan kota.")


def test_a_shortfall_without_more_cases_than_chance_gives_is_not_called_underserved():
    said = explain(supply_of(a={"state": "enough"}), PLACES, A)
    assert "tidak disebut kurang terlayani" in said
