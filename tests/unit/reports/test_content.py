"""What a report says: the numbers of the pages, hidden for the public, in the order chosen."""

import numpy as np
import pytest

from lk3.counts import Filter, Period, count_cases
from lk3.decisions import Decision
from lk3.indicators import Context, compute
from lk3.places import CITY, OUTSIDE, load_places
from lk3.reports.content import AreaBars, AreaMap, CategoryBars, Numbers, Points, Table, Trend
from lk3.reports.slides import SLIDES
from tests.reports_for_tests import DAY, YEAR, sample, sample_report


def block(report, key, kind):
    return next(b for b in report.slide(key).blocks if isinstance(b, kind))


@pytest.fixture(scope="module")
def report():
    return sample_report()


@pytest.fixture(scope="module")
def public():
    return sample_report(audience="public")


def cases_of_the_city():
    found = count_cases(sample().tables.cases, YEAR, by=("kelurahan_code",), places=load_places())
    return int(found.loc[found["kelurahan_code"] != OUTSIDE, "cases"].sum())


def test_a_deck_has_the_slides_of_the_meeting_in_their_order(report):
    assert [slide.key for slide in report.slides] == list(SLIDES)
    assert len(report.slides) == 14


def test_slides_come_as_they_are_chosen():
    report = sample_report(slides=("trend", "title"))
    assert [slide.key for slide in report.slides] == ["trend", "title"]


def test_a_slide_that_does_not_exist_is_a_mistake_of_the_program():
    with pytest.raises(KeyError, match="weather"):
        sample_report(slides=("weather",))


def test_the_card_of_the_cases_equals_the_sum_of_the_bars_beside_it(report):
    card = block(report, "summary", Numbers).items[0]
    bars = block(report, "problems", CategoryBars).frame["value"].sum()
    assert int(card.value) == bars == cases_of_the_city()


def test_the_map_and_its_bars_hold_the_rates_that_the_page_shows(report):
    data = sample()
    page = compute("case_rate_per_10k", Context(data.tables, YEAR, load_places(), data.as_of))
    for kind in (AreaMap, AreaBars):
        values = block(report, "map", kind).measure["value"]
        np.testing.assert_array_equal(values, page["value"])


def test_the_trend_ends_with_the_period_and_adds_up_to_it(report):
    frame = block(report, "trend", Trend).frame
    assert frame.loc[frame["focus"], "cases"].sum() == cases_of_the_city()
    assert frame["label"].iloc[-1] == "TW IV 2024"


def test_a_period_can_be_compared_with_the_same_one_a_year_before():
    quarter = Filter(Period.parse("2024-07", "2024-09"))
    report = sample_report(filter=quarter, before=Period.parse("2023-07", "2023-09"))
    assert "dibanding Triwulan III 2023" in report.slide("summary").headline
    assert "dibanding Triwulan II 2024" in sample_report(filter=quarter).slide("summary").headline


def test_the_public_sees_no_count_from_1_to_4(public):
    for key, kind, column in (("problems", CategoryBars, "value"), ("trend", Trend, "cases")):
        shown = block(public, key, kind).frame[column].dropna()
        assert not shown.between(1, 4).any()
    rates = block(public, "map", AreaBars).measure
    assert not rates["n"].between(1, 4).any()
    assert rates["note"].str.contains("suppressed").any()


def test_hidden_counts_leave_no_shortfall_that_would_give_them_back(public):
    assert public.slide("underserved").headline == (
        "Kekurangan anggota disembunyikan: ada jumlah kasus yang kecil."
    )
    assert not any(isinstance(b, Table) for b in public.slide("underserved").blocks)


def test_hidden_counts_leave_no_limits_on_the_trend():
    months = sample_report(audience="public", unit="month")
    frame = block(months, "trend", Trend).frame
    assert frame["cases"].isna().any()
    assert frame[["centre", "lower", "upper"]].isna().all().all()
    assert (frame["signal"] == "").all()


def test_every_report_says_for_whom_it_is(report, public):
    assert "untuk kalangan sendiri" in report.footer
    assert "angka kecil disembunyikan" in public.footer


def test_the_sample_is_marked_and_population_is_called_an_estimate(report):
    assert report.sample
    assert "penduduk masih perkiraan" in report.slide("map").subtitle
    facts = report.slide("basis").blocks[1].items
    assert any("perkiraan" in fact for fact in facts)


def test_rows_on_the_basis_slide_are_used_set_aside_or_no_data(report):
    data = sample()
    rows = {name: data.rows(f"rows_{name}") for name in ("used", "set_aside", "not_data")}
    assert sum(rows.values()) == data.rows("rows_read")
    said = block(report, "basis", Points)
    said = report.slide("basis").blocks[1].items[1]
    assert said == (
        f"Baris dibaca {data.rows('rows_read')}: dipakai {rows['used']}, disisihkan "
        f"{rows['set_aside']}, bukan data {rows['not_data']}."
    )


def test_decisions_come_with_their_status_and_say_which_are_late():
    decisions = (
        Decision("A", "Dinas Sosial", "2025-06-30", "ongoing"),
        Decision("B", "Dinas Kesehatan", "2027-06-30", "planned"),
        Decision("C", "Dinas Sosial", "2025-06-30", "done"),
    )
    slide = sample_report(decisions=decisions).slide("decisions")
    assert slide.headline == "2 dari 3 keputusan belum selesai; 1 melewati batas waktu."
    frame = slide.blocks[0].frame
    assert frame["Status"].tolist() == ["berjalan, terlambat", "belum mulai", "selesai"]
    assert frame["Sampai"].iloc[0] == "30 Juni 2025"


def test_a_report_without_members_says_so_and_calls_nobody_missing():
    from dataclasses import replace

    from lk3.reports.material import Choice
    from lk3.reports.slides import build_report
    from lk3.tables import MEMBERS

    data = sample()
    empty = replace(data, tables=replace(data.tables, members=MEMBERS.empty()))
    report = build_report(empty, load_places(), Choice(YEAR, audience="internal", prepared_on=DAY))
    assert report.slide("coverage").headline.startswith("Belum ada daftar anggota")
    assert report.slide("professions").headline == "Belum ada daftar anggota."
    said = " ".join(report.slide("recommendations").blocks[0].items)
    assert "Lengkapi Babinsa" not in said


def test_each_issue_that_asks_for_people_has_a_recommendation(report):
    asked = [i for i in report.slide("issues").blocks[0].items if "Unsur wajib" in i]
    answered = [i for i in report.slide("recommendations").blocks[0].items if "Lengkapi" in i]
    assert bool(asked) == bool(answered)


def test_the_city_has_one_value_on_card_map_and_bars(report):
    card = next(i for i in block(report, "summary", Numbers).items if i.label == "Angka kasus")
    value = block(report, "map", AreaBars).measure.loc[CITY, "value"]
    assert card.value == f"{value:.1f}".replace(".", ",")
