import pytest
from babel.messages.pofile import read_po

from lk3 import language
from lk3.indicators import INDICATORS, compute_all
from lk3.indicators.measure import NOTES, NUMBERS, WORDS
from lk3.indicators.registry import TEXTS
from lk3.indicators.words import WORDS as REGISTRY_WORDS
from tests.tables_for_tests import PLACES, case_table, context_of, member_table

KEYS = [
    "cases",
    "cases_change",
    "clients",
    "problems",
    "case_rate_per_10k",
    "smoothed_rate_per_10k",
    "member_shortfall",
    "active_members",
    "members_per_10k",
    "area_coverage",
    "profession_coverage",
    "service_coverage",
    "open_cases_per_member",
    "open_cases_per_counsellor",
    "days_to_close_median",
    "closed_within_30_pct",
    "closed_within_90_pct",
    "open_over_90_days",
]


def test_the_registry_holds_the_indicators_in_order():
    assert list(INDICATORS) == KEYS
    assert all(key == indicator.key for key, indicator in INDICATORS.items())
    assert set(REGISTRY_WORDS) == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_is_there_in_both_languages(key, text):
    indonesian = getattr(INDICATORS[key], text)
    assert len(indonesian) > 2
    with language.speaking("en"):
        english = getattr(INDICATORS[key], text)
    with (language.LOCALE_DIR / "en.po").open("rb") as source:
        catalogue = read_po(source)
    assert indonesian in catalogue, f"no English for {indonesian!r}"
    assert english == catalogue[indonesian].string


@pytest.mark.parametrize("key", KEYS)
def test_a_number_that_counts_cases_says_so(key):
    indicator = INDICATORS[key]
    if indicator.is_count_of_cases:
        assert indicator.case_columns == ("n",)
    members_only = ("active_members", "members_per_10k", "area_coverage", "profession_coverage")
    assert bool(indicator.case_columns) != (key in members_only)


@pytest.mark.parametrize(
    "cases", [case_table(), case_table({}), case_table({"reported_on": None}, {"cases": 50})]
)
def test_every_measure_has_the_same_form_whatever_is_held(cases):
    for key, frame in compute_all(context_of(cases, members=member_table({}))).items():
        assert list(frame.columns) == [*NUMBERS, *WORDS], key
        assert list(frame.index) == [*PLACES.codes, "city", "outside", "unknown"], key
        bounded = frame[frame["lower"].notna()]
        assert bounded["confidence"].notna().all(), key
        assert (bounded["lower"] <= bounded["value"]).all(), key
        assert (bounded["value"] <= bounded["upper"]).all(), key
        valued = frame["value"].notna()
        assert (frame.loc[valued, "method"] != "").all(), key
        assert (frame.loc[~valued, "note"] != "").all(), key
        assert {note for notes in frame["note"] for note in notes.split("|") if note} <= set(NOTES)
