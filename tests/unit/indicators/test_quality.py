"""Completeness, reported months and months out of the ordinary, against independent counting."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, stats

from lk3.indicators.quality import (
    compared_totals,
    completeness,
    completeness_by_field,
    silent_sources,
)
from lk3.indicators.quality_months import gaps, months_by_source, reported_months
from lk3.indicators.quality_outliers import (
    HIGH_CHANCE,
    SILENT_CHANCE,
    dispersion,
    flag_high,
    predictive,
    unusual_months,
)
from lk3.places import CITY
from tests.tables_for_tests import PLACES, A, B, C, case_table
from tests.workbooks import check, xlsx

# --- Completeness --------------------------------------------------------------------------------

MIXED = case_table(
    {"sex": "unknown", "source": "a", "case_id": "1"},
    {"sex": "P", "source": "a", "service": "", "reported_on": "2023-07-01"},
    {"sex": "L", "source": "b", "kelurahan_code": B, "service": "konseling"},
    {"sex": "unknown", "source": "r", "block": "r/1", "cases": 10, "status": "unknown"},
    {"sex": "P", "source": "r", "block": "r/1", "cases": 7, "breakdown": "sex"},
    {"sex": "unknown", "source": "r", "block": "r/1", "cases": 3, "breakdown": "sex"},
)


def test_share_known_counts_a_recaps_breakdown_in_the_place_of_its_cases():
    """By hand: 1 of 1 + 1 of 1 known of registers' 3, 7 of the recap's 10: 9 of 13."""
    row = completeness(MIXED, "sex").iloc[0]

    assert (row["cases"], row["known"]) == (13, 9)
    assert row["share"] == pytest.approx(9 / 13)


def test_recaps_do_not_count_against_fields_that_they_cannot_say():
    by_field = completeness_by_field(MIXED).set_index("field")

    assert by_field.loc["status", ["cases", "known"]].tolist() == [3, 3]
    assert by_field.loc["case_id", ["cases", "known"]].tolist() == [3, 1]
    assert by_field.loc["service", ["cases", "known"]].tolist() == [3, 1]


def test_date_of_closing_is_missed_only_where_a_case_is_closed():
    cases = case_table(
        {"status": "selesai", "closed_on": "2023-08-01"}, {"status": "selesai"}, {"status": "baru"}
    )

    row = completeness(cases, "closed_on").iloc[0]

    assert (row["cases"], row["known"]) == (2, 1)


def test_completeness_over_time_and_place_adds_up_to_the_whole():
    parts = completeness(MIXED, "problem", by=("kelurahan_code", "month"))

    assert parts["cases"].sum() == 13
    assert parts["month"].dt.month.tolist() == [6, 7, 6]


def test_nothing_held_has_no_share():
    by_field = completeness_by_field(case_table())

    assert by_field["cases"].sum() == 0
    assert by_field["share"].isna().all()


def test_source_that_never_says_a_field_is_named():
    assert silent_sources(MIXED, "service") == ["a"]
    assert silent_sources(MIXED, "sex") == []


# --- Totals --------------------------------------------------------------------------------------

RECAP = [
    ["REKAP KASUS BULAN MARET 2024"],
    ["Kelurahan", "KDRT", "Perceraian", "Jumlah"],
    ["Loktuan", 3, 1, 4],
    ["Guntung", 0, 0, 0],
    ["Kanaan", 2, 2, 5],
    ["JUMLAH", 5, 4, 9],
]


def test_every_printed_total_stands_beside_its_sum_those_that_differ_first():
    """By hand: 4 = 3 + 1, 0 = 0, 5 against 2 + 2; below them 5 = 3 + 2, 4 against 1 + 2."""
    account = check(xlsx(RECAP), "rekap.xlsx").accounting()

    totals = compared_totals((account,))

    found = totals[["row", "column", "printed", "parts", "difference"]].to_numpy().tolist()
    assert [5, "Jumlah", 5, 4, 1] in found
    assert [6, "Perceraian", 4, 3, 1] in found
    assert [6, "KDRT", 5, 5, 0] in found
    assert [3, "Jumlah", 4, 4, 0] in found
    differs = totals["difference"] != 0
    assert differs.tolist() == sorted(differs, reverse=True)


def test_account_without_totals_has_none():
    assert compared_totals(({"file": "lama.xlsx"},)).empty


# --- Months --------------------------------------------------------------------------------------


def states(cases, accounting=(), as_of=None, code=A):
    """The state of each month of a kelurahan, by month."""
    frame = reported_months(cases, accounting, places=PLACES, as_of=as_of)
    rows = frame[frame["kelurahan_code"] == code]
    found = zip(rows["month"], rows["state"], strict=True)
    return {day.strftime("%Y-%m"): state for day, state in found}


def days(*texts, **more):
    return [{"reported_on": text, "source": "a", **more} for text in texts]


def test_month_without_any_report_is_empty_and_one_of_other_kelurahan_is_zero():
    cases = case_table(
        *days("2024-01-05", "2024-02-05", "2024-04-05"),
        *days("2024-02-06", "2024-05-07", kelurahan_code=B),
    )

    expected = {
        "2024-01": "cases", "2024-02": "cases", "2024-03": "empty", "2024-04": "cases",
        "2024-05": "zero", "2024-06": "after",
    }  # fmt: skip
    assert states(cases, as_of=date(2024, 6, 3)) == expected
    assert states(cases, as_of=date(2024, 6, 3), code=C)["2024-02"] == "zero"
    assert states(cases, code=CITY)["2024-03"] == "empty"


def test_register_of_one_kelurahan_says_nothing_of_the_others():
    cases = case_table(
        *days("2024-01-05", "2024-02-05"),
        *days("2024-02-05", "2024-03-05", kelurahan_code=B, source="b"),
    )

    assert states(cases) == {"2024-01": "cases", "2024-02": "cases", "2024-03": "empty"}
    assert states(cases, code=B) == {"2024-01": "before", "2024-02": "cases", "2024-03": "cases"}
    assert set(states(cases, code=C).values()) == {"before"}


def test_nought_that_a_recap_writes_is_a_report_and_a_blank_is_not():
    checked = check(xlsx(RECAP), "rekap.xlsx")
    cases, account = checked.tables.cases, checked.accounting()
    guntung, belimbing = PLACES.code_for("Guntung"), PLACES.code_for("Belimbing")

    assert states(cases, (account,), code=guntung) == {"2024-03": "zero"}
    assert states(cases, (account,), code=belimbing) == {"2024-03": "before"}


def test_sheet_of_a_month_without_a_row_reports_that_there_was_none():
    header = ["No. Reg", "Tgl Masuk", "Kelurahan", "Jenis Masalah", "Status"]
    rows = [[f"00{n}", f"0{n}/0{n}/2024", "Loktuan", "KDRT", "proses"] for n in (1, 2, 3)]
    rows[2][2] = "Guntung"
    sheets = {"Januari": [header, rows[0]], "Februari": [header], "Maret": [header, rows[2]]}
    checked = check(xlsx(sheets), "register 2024.xlsx")

    found = states(checked.tables.cases, (checked.accounting(),), code=CITY)

    assert found == {"2024-01": "cases", "2024-02": "zero", "2024-03": "cases"}


def test_figure_of_a_year_is_no_report_of_its_months():
    cases = case_table(
        {"reported_on": "2023-01-01", "reported_precision": "year", "cases": 9, "source": "r",
         "block": "r/1"},
        *days("2023-10-05", "2023-12-05"),
    )  # fmt: skip

    found = list(states(cases).values())

    assert found == ["coarse"] * 9 + ["cases", "empty", "cases"]


def test_gap_is_said_once_for_the_city_with_its_chance():
    """12 cases in each of 3 months, then 2 months without any: exp(-24)."""
    rows = [d for month in (1, 2, 5) for d in days(f"2024-0{month}-05", f"2024-0{month}-06")]
    cases = case_table(*[row | {"cases": 6} for row in rows])

    (gap,) = gaps(reported_months(cases, (), places=PLACES)).to_dict("records")

    assert (gap["kelurahan_code"], gap["months"]) == (CITY, 2)
    assert gap["chance"] == pytest.approx(math.exp(-24))


def test_months_of_each_source_and_those_between_without_a_case():
    cases = case_table(*days("2024-01-05", "2024-04-05"), *days("2024-02-01", source="b"))

    found = months_by_source(cases).set_index("source")

    assert found.loc["a", ["reported", "missing"]].tolist() == [2, 2]
    assert found.loc["b", ["reported", "missing"]].tolist() == [1, 0]


def test_nothing_held_has_no_months():
    empty = reported_months(case_table(), (), places=PLACES)

    assert empty.empty
    assert gaps(empty).empty
    assert unusual_months(empty).empty
    assert months_by_source(case_table()).empty


# --- Out of the ordinary -------------------------------------------------------------------------


def test_next_month_follows_the_poisson_mixture_of_what_the_past_leaves_open():
    """Independent: Poisson mixed over the Jeffreys posterior gamma(x + 1/2, n), integrated."""
    past = np.array([[0, 1, 0, 2, 0, 0, 1, 0, 0, 0, 1, 0]], dtype=float)
    x, n, y = 5, 12, 4
    mixed, _error = integrate.quad(
        lambda rate: stats.poisson.sf(y - 1, rate) * stats.gamma.pdf(rate, x + 0.5, scale=1 / n),
        0,
        np.inf,
    )
    wide = np.r_[past[0], y][None, :]
    assert dispersion(past) == pytest.approx(max(1, past[0].var(ddof=1) / past[0].mean()))

    mean, size, _enough = predictive(np.zeros((1, 12)) + 5 / 12, months=1)

    assert stats.nbinom.sf(y - 1, size[0], size[0] / (size[0] + mean[0])) == pytest.approx(mixed)
    assert flag_high(wide)["chance"][0, 12] >= mixed, "what scatters more is allowed more"


@pytest.mark.parametrize("rate", [0.1, 0.5, 2.0])
def test_false_alarms_are_under_what_the_rule_promises(rate):
    """60 months of 2,000 places whose true rate never changes."""
    counts = np.random.default_rng(2023).poisson(rate, (2000, 60)).astype(float)

    high = flag_high(counts)

    judged = ~np.isnan(high["chance"])
    assert judged.sum() == 2000 * 48
    assert high["flagged"].sum() / judged.sum() <= HIGH_CHANCE
    assert high["flagged"].sum() > 0 or rate < 0.5, "the rule can fire"


def test_scattering_months_raise_no_more_false_alarms():
    """Negative binomial counts with twice the variance of Poisson's."""
    rng = np.random.default_rng(7)
    counts = rng.poisson(rng.gamma(1.0, 1.0, (2000, 48))).astype(float)

    high = flag_high(counts)

    judged = ~np.isnan(high["chance"])
    assert dispersion(counts) == pytest.approx(2, abs=0.1)
    assert high["flagged"].sum() / judged.sum() <= 2 * HIGH_CHANCE


def monthly(counts, code=A):
    """Reported months of a kelurahan with these counts."""
    months = pd.date_range("2020-01-01", periods=len(counts), freq="MS")
    told = ["cases" if n else "zero" for n in counts]
    return pd.DataFrame({"kelurahan_code": code, "month": months, "cases": counts, "state": told})


def test_surge_is_flagged_once_and_does_not_hide_the_next():
    counts = [0, 1] * 12 + [8] + [0, 1] * 3 + [8]

    found = unusual_months(monthly(counts))

    assert found["cases"].tolist() == [8, 8]
    assert set(found["kind"]) == {"high"}
    assert (found["limit"] < 8).all()
    assert (found["chance"] < HIGH_CHANCE).all()


def test_ordinary_months_are_not_flagged():
    assert unusual_months(monthly([0, 1, 0, 2] * 10)).empty


def test_months_that_nobody_reported_are_no_silence():
    """24 months of 2 cases, then 10 months: reported without a case, or not reported."""
    silent = monthly([2] * 24 + [0] * 10)
    unreported = silent.assign(state=["cases"] * 24 + ["empty"] * 10)

    (row,) = unusual_months(silent).to_dict("records")
    assert (row["kind"], row["months"]) == ("silent", 10)
    assert row["chance"] < SILENT_CHANCE
    assert unusual_months(unreported).empty


def test_false_alarms_of_silence_are_under_what_the_rule_promises():
    """48 months of 1,500 places; more flags than promised must be within chance (1 in 100)."""
    counts = np.random.default_rng(11).poisson(0.3, (1500, 48))
    months = pd.date_range("2020-01-01", periods=48, freq="MS")
    frame = pd.DataFrame(counts, columns=months).melt(
        ignore_index=False, var_name="month", value_name="cases"
    )
    frame = frame.assign(kelurahan_code=frame.index.astype("str"), state="cases")

    silent = int((unusual_months(frame.reset_index(drop=True))["kind"] == "silent").sum())

    assert stats.binomtest(silent, 1500, SILENT_CHANCE, alternative="greater").pvalue > 0.01
    assert silent > 0, "the rule can fire"


def test_short_past_judges_nothing():
    assert unusual_months(monthly([0] * 11 + [9])).empty
