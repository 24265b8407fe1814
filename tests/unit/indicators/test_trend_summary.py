"""What a trend says: gaps are not noughts, stretches have their own limits, chance is not a signal.

Expected limits are worked by hand: a mean m of Poisson counts has limits m +- 3 sqrt(m).
"""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from lk3.counts import Filter, Period
from lk3.disclosure import release_units
from lk3.indicators.annotations import Baseline
from lk3.indicators.control_charts import C_CHART, FEW_CASES, FEW_POINTS, U_CHART
from lk3.indicators.trend_summary import (
    HIDDEN,
    NO_DATA,
    judge_trend,
    trend_summaries,
    trend_summary,
)
from tests.tables_for_tests import PLACES, A, B, case_table, context_of

STEADY = [9, 11, 10, 8, 12, 10, 9, 11, 10, 8, 12, 10]


def judged(cases, *, status=None, baselines=(), focus=None, unit="month"):
    """A trend of monthly counts from January 2023 over equal exposure."""
    counts = pd.DataFrame(
        {
            "start": pd.date_range("2023-01-01", periods=len(cases), freq="MS"),
            "cases": np.array(cases, dtype="float64"),
            "status": pd.Series(status or [""] * len(cases), dtype="str"),
            "exposure": 30.0,
        }
    )
    return judge_trend(counts, unit=unit, baselines=baselines, focus=focus)


def monthly_cases(*cases, start="2023-01-01", **more):
    """Rows of a register or recap: so many cases in each month from `start` on."""
    days = pd.date_range(start, periods=len(cases), freq="MS")
    return [
        {"reported_on": f"{day:%Y-%m-15}", "cases": n, **more}
        for day, n in zip(days, cases, strict=True)
        if n
    ]


def context(*rows, filter=None, as_of=date(2023, 12, 31)):
    return context_of(case_table(*rows), filter, as_of=as_of)


def test_noise_is_called_noise_with_mean_and_limits():
    trend = judged(STEADY)
    assert trend.sentence == (
        "Tidak ada sinyal: naik turunnya kasus masih dalam rentang kebetulan "
        "(rata-rata 10,0 per bulan, batas 0,5–19,5)."
    )
    assert trend.method == C_CHART
    assert trend.frame["upper"].iloc[0] == pytest.approx(10 + 3 * 10**0.5)
    assert (trend.frame["signal"] == "").all()


def test_a_month_outside_the_limits_is_a_signal_with_its_numbers():
    trend = judged([*STEADY, 27])
    assert trend.sentence == "Ada sinyal: Jan 2024 (27 kasus) di atas batas atas 21,4."
    assert trend.frame["signal"].iloc[-1].startswith("outside")
    assert "di luar batas" in trend.frame["note"].iloc[-1]


def test_a_run_is_told_in_words():
    trend = judged([9, 8, 9, 8, 9, 8, 9, 13, 12, 13, 12, 13, 12, 13])
    assert trend.signals[0].text == (
        "tujuh bulan berturut-turut di atas rata-rata (Agu 2023–Feb 2024)"
    )
    assert trend.signals[1].text.startswith("tujuh bulan berturut-turut di bawah rata-rata")


def test_under_thirteen_points_the_limits_are_called_trial_ones():
    assert "sementara karena baru 12 bulan (kurang dari 13)" in judged(STEADY).caveat
    assert "sementara" not in judged([*STEADY, 10]).caveat


def test_the_caveat_says_how_often_chance_alone_gives_a_sign():
    trend = judged(STEADY)
    assert "Andaikan tidak ada yang berubah, 12 bulan terakhir" in trend.caveat
    assert f"kira-kira {round(100 * trend.chance)} dari 100" in trend.caveat


def test_where_false_alarms_are_frequent_a_signal_is_only_possible():
    long = judged([*STEADY * 5, 25])
    assert long.chance > 0.2
    assert long.sentence.startswith("Mungkin ada sinyal: Jan 2028 (25 kasus)")


def test_signals_before_the_period_are_told_apart():
    trend = judged([*STEADY[:6], 30, *STEADY], focus=Period.year(2024))
    assert trend.signals == ()
    assert trend.earlier[0].text.startswith("Jul 2023 (30 kasus)")
    assert trend.sentence.startswith("Tidak ada sinyal")
    assert trend.frame["focus"].tolist() == [False] * 12 + [True] * 7


@pytest.mark.parametrize(
    ("cases", "method", "sentence", "offer"),
    [
        (
            [2] * 12,
            FEW_CASES,
            "Rata-rata hanya 2,0 kasus per bulan: terlalu sedikit untuk membedakan sinyal dari "
            "kebetulan (diperlukan 5). Lihat per triwulan.",
            "quarter",
        ),
        (
            [1] * 12,
            FEW_CASES,
            "Rata-rata hanya 1,0 kasus per bulan: terlalu sedikit untuk membedakan sinyal dari "
            "kebetulan (diperlukan 5). Lihat per tahun.",
            "year",
        ),
        (
            [9, 9, 9],
            FEW_POINTS,
            "Baru 3 bulan yang utuh: belum cukup untuk menilai (diperlukan 5). "
            "Satuan waktu yang lain pun belum cukup.",
            "",
        ),
        ([0] * 12, NO_DATA, "Belum cukup data untuk melihat tren.", ""),
        ([], NO_DATA, "Belum cukup data untuk melihat tren.", ""),
    ],
)
def test_too_little_is_said_and_a_better_unit_offered(cases, method, sentence, offer):
    trend = judged(cases)
    assert (trend.method, trend.sentence, trend.offer) == (method, sentence, offer)
    assert not trend.has_limits
    assert trend.caveat == ""


def test_few_years_are_better_seen_by_quarter():
    assert judged([100, 110, 90], unit="year").offer == "quarter"


def test_a_new_baseline_starts_limits_of_its_own():
    """Twelve months around 10, then twelve around 40: without a baseline all are signals."""
    cases = [*STEADY, *(4 * n for n in STEADY)]
    trend = judged(cases, baselines=[Baseline(date(2024, 1, 1), "register baru")])
    assert trend.frame["centre"].iloc[[0, -1]].tolist() == pytest.approx([10, 40])
    assert trend.frame["segment"].tolist() == [0] * 12 + [1] * 12
    assert not trend.signals
    assert judged(cases).signals


def test_a_baseline_inside_a_month_begins_with_the_next():
    trend = judged(STEADY, baselines=[Baseline(date(2023, 6, 2), "pengurus baru")])
    assert trend.frame["segment"].tolist() == [0] * 6 + [1] * 6


def test_one_hidden_count_takes_limits_and_signals_away():
    trend = judged([*STEADY[:5], np.nan, *STEADY])
    assert trend.method == HIDDEN
    assert not trend.has_limits
    assert (trend.frame["signal"] == "").all()
    assert trend.sentence == "Sebagian angka disembunyikan, jadi batas kebetulan tidak digambar."


# --- From the tables -----------------------------------------------------------------------------


def test_days_of_the_month_are_the_exposure():
    trend = trend_summary(context(*monthly_cases(*STEADY)), "month")
    per_day = 120 / 365
    assert trend.method == U_CHART
    assert trend.frame["centre"].iloc[:2].tolist() == pytest.approx([31 * per_day, 28 * per_day])


def test_person_years_can_be_the_exposure():
    """Equal populations of 10,000 in every kelurahan and year: the same lines as with days."""
    held = context(*monthly_cases(*STEADY))
    by_days, by_people = (trend_summary(held, "month", per_person=p) for p in (False, True))
    pd.testing.assert_frame_equal(by_days.frame, by_people.frame)


def test_cases_from_outside_are_no_part_of_the_city():
    rows = [*monthly_cases(*STEADY), {"reported_on": "2023-03-01", "kelurahan_code": "outside"}]
    assert trend_summary(context(*rows), "month").frame["cases"].tolist() == STEADY


def test_a_month_without_any_report_is_a_gap_when_chance_cannot_explain_it():
    cases = [*STEADY[:5], 0, *STEADY[6:]]
    trend = trend_summary(context(*monthly_cases(*cases)), "month")
    assert np.isnan(trend.frame["cases"].iloc[5])
    assert trend.frame["status"].iloc[5] == "not_held"
    assert trend.frame["centre"].iloc[0] == pytest.approx(31 * 110 / (365 - 30))
    assert trend.notes == (
        "Jun 2023 belum ada laporan sama sekali, jadi tidak dinilai terhadap batas.",
    )


def test_a_quarter_with_such_a_month_is_not_judged():
    cases = [*STEADY[:5], 0, *STEADY[6:]]
    trend = trend_summary(context(*monthly_cases(*cases)), "quarter")
    assert trend.frame["status"].tolist() == ["", "partly_held", "", ""]


def test_a_month_without_a_case_of_one_kind_is_zero_while_others_were_reported():
    rows = [*monthly_cases(*STEADY), *monthly_cases(6, 0, 6, 6, 6, 6, problem="napza")]
    trend = trend_summary(context(*rows, filter=Filter(None, ("napza",))), "month")
    assert trend.frame["cases"].iloc[1] == 0
    assert trend.frame["status"].iloc[1] == ""


def test_reports_that_come_once_a_quarter_leave_no_gap_in_quarters():
    """Twenty cases in one month of each quarter: the other months are no missing reports."""
    cases = [20, 0, 0] * 2 + [0, 0, 20] * 2
    trend = trend_summary(context(*monthly_cases(*cases)), "quarter")
    assert trend.frame["cases"].tolist() == [20] * 4
    assert (trend.frame["status"] == "").all()


def test_a_quarter_without_any_is_a_gap_then_too():
    cases = [20, 0, 0] * 4 + [0, 0, 0] + [0, 0, 20] * 3
    held = context(*monthly_cases(*cases), as_of=date(2024, 12, 31))
    status = trend_summary(held, "quarter").frame["status"]
    assert status.tolist() == [""] * 4 + ["not_held"] + [""] * 3


def test_months_after_the_last_report_are_no_noughts():
    held = context(*monthly_cases(*STEADY[:6]), filter=Filter(Period.year(2023)))
    status = trend_summary(held, "month").frame["status"]
    assert status.tolist() == [""] * 6 + ["not_held"] * 6


def test_few_reports_leave_noughts_that_chance_explains():
    trend = trend_summary(context(*monthly_cases(1, 0, 2, 0, 1, 1)), "month")
    assert trend.frame["cases"].iloc[:6].tolist() == [1, 0, 2, 0, 1, 1]


def test_a_month_of_a_quarter_that_is_known_only_as_a_whole_is_not_judged():
    recap = {"reported_on": "2023-04-01", "reported_precision": "quarter", "cases": 20}
    trend = trend_summary(context(*monthly_cases(*STEADY), recap), "month")
    assert trend.frame["status"].iloc[3:6].tolist() == ["coarse"] * 3
    assert (trend.frame["status"].iloc[6:] == "").all()
    assert (
        trend_summary(context(*monthly_cases(*STEADY), recap), "quarter").frame["status"] == ""
    ).all()


def test_a_month_that_is_not_over_is_not_judged():
    held = context(*monthly_cases(*STEADY, 1), as_of=date(2024, 1, 20))
    trend = trend_summary(held, "month")
    assert trend.frame["status"].iloc[-1] == "not_whole"
    assert trend.frame["cases"].iloc[-1] == 1
    assert not trend.signals


def test_the_history_before_the_period_gives_the_limits():
    rows = monthly_cases(*STEADY, *STEADY)
    held = context(*rows, filter=Filter(Period.year(2024)), as_of=date(2024, 12, 31))
    assert len(trend_summary(held, "month").frame) == 24
    alone = trend_summary(held, "month", history=False)
    assert len(alone.frame) == 12
    assert alone.frame["focus"].all()


def test_one_kelurahan_has_its_own_counts():
    rows = [*monthly_cases(*STEADY), *monthly_cases(*[7] * 12, kelurahan_code=B)]
    assert trend_summary(context(*rows), "month", code=B).frame["cases"].tolist() == [7] * 12


def test_a_kelurahan_that_a_recap_does_not_name_is_not_judged_in_that_month():
    usual = {"reported_precision": "month", "block": "r1"}
    recap = [
        {"reported_on": "2023-06-01", "kelurahan_code": A, "cases": 5, **usual},
        {"reported_on": "2023-06-01", "kelurahan_code": "unknown", "cases": 9, **usual},
    ]
    rows = [*monthly_cases(*STEADY), *monthly_cases(*[7] * 12, kelurahan_code=B), *recap]
    assert trend_summary(context(*rows), "month", code=B).frame["status"].iloc[5] == "coarse"
    assert trend_summary(context(*rows), "month", code=A).frame["status"].iloc[5] == ""


def test_the_public_sees_no_limits_when_a_count_is_hidden():
    held = context(*monthly_cases(3, *STEADY[1:]))
    trend = trend_summary(
        held,
        "month",
        release=lambda c: release_units(c, held, unit="month", audience="public"),
    )
    assert trend.method == HIDDEN
    assert trend.frame["cases"].isna().any()


def test_each_part_has_limits_of_its_own_only_where_its_counts_allow():
    rows = [*monthly_cases(*STEADY), *monthly_cases(*[1] * 12, problem="napza")]
    trends = trend_summaries(context(*rows), "month", "problem")
    assert list(trends) == ["kdrt", "napza"]
    assert trends["kdrt"].has_limits
    assert trends["napza"].method == FEW_CASES


def test_kecamatan_add_their_kelurahan_up():
    rows = [*monthly_cases(*STEADY), *monthly_cases(*STEADY, kelurahan_code=PLACES.codes[-1])]
    trends = trend_summaries(context(*rows), "month", "district")
    total = sum(trend.frame["cases"].sum() for trend in trends.values())
    assert total == 2 * sum(STEADY)
    assert set(trends) <= set(PLACES.districts)


def test_without_any_case_there_is_a_sentence_and_no_row():
    trend = trend_summary(context(), "month")
    assert (trend.method, len(trend.frame)) == (NO_DATA, 0)
    assert trend_summaries(context(), "month", "problem") == {}
