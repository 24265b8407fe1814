from datetime import date

import pandas as pd
import pytest

from lk3 import language
from lk3.counts import Filter, Period
from lk3.indicators import compute_all
from lk3.indicators.headlines import (
    headline_data_quality,
    headline_map,
    headline_overview,
    headline_professions,
    headline_profile,
)
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
NAME_A, NAME_B = PLACES.label(A), PLACES.label(B)


def measures(*rows, filter=IN_2023, **more):
    return compute_all(context_of(case_table(*rows), filter, **more))


def overview(now, before, filter=IN_2023, **more):
    rows = [{"cases": now}] * (now > 0) + [{"reported_on": "2022-02-02", "cases": before}] * (
        before > 0
    )
    rows.append({"reported_on": "2021-02-02"})
    return headline_overview(measures(*rows, filter=filter, **more), PLACES, filter)


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        (
            42,
            30,
            "42 kasus dilaporkan pada 2023, naik 12 dibanding 2022; "
            "perubahan ini belum dapat dibedakan dari kebetulan.",
        ),
        (
            20,
            60,
            "20 kasus dilaporkan pada 2023, turun 40 dibanding 2022; "
            "perubahan ini lebih besar daripada yang biasa terjadi karena kebetulan.",
        ),
        (7, 7, "7 kasus dilaporkan pada 2023, sama dengan 2022."),
        (7, 0, "7 kasus dilaporkan pada 2023, sedangkan 2022 tanpa kasus."),
        (0, 7, "Tidak ada kasus yang dilaporkan pada 2023."),
    ],
)
def test_the_overview_says_what_changed_and_whether_chance_explains_it(now, before, sentence):
    assert overview(now, before) == sentence


def test_without_a_period_nothing_is_compared():
    assert overview(7, 3, Filter()) == "11 kasus dilaporkan."


def test_nothing_is_compared_with_a_time_of_which_no_data_are_held():
    alone = measures({"cases": 7})
    assert headline_overview(alone, PLACES, IN_2023) == "7 kasus dilaporkan pada 2023."
    partly = measures({"cases": 7}, {"reported_on": "2022-11-01", "cases": 2})
    assert headline_overview(partly, PLACES, IN_2023) == (
        "7 kasus dilaporkan pada 2023, naik 5 dibanding 2022; "
        "data periode sebelumnya mungkin belum lengkap."
    )


def test_a_period_that_runs_on_names_the_part_that_is_compared():
    said = overview(42, 30, as_of=date(2023, 6, 30))
    assert "naik 12 dibanding bagian yang sama dari 2022; perubahan ini belum dapat" in said


def test_the_public_reads_that_a_small_number_is_hidden():
    public = public_measures(context_of(case_table({"cases": 3}), IN_2023))
    assert headline_overview(public, PLACES, IN_2023) == "Jumlah kasus disembunyikan karena kecil."
    assert headline_profile(public, PLACES, A).startswith(
        f"{NAME_A}: jumlah kasus disembunyikan karena kecil; "
    )


def test_the_map_names_those_beyond_the_limits_and_what_chance_gives():
    others = [{"kelurahan_code": c, "cases": 13} for c in PLACES.codes[2:]]
    said = headline_map(measures({"cases": 24}, {"kelurahan_code": B, "cases": 3}, *others), PLACES)
    # 24 has the 95 % bounds 15.4 and 35.7, 3 has 0.6 and 8.8 (99.8 %: 12.1); expected 13.1.
    assert said == (
        f"Di atas kota: {NAME_A}; Jauh di bawah kota: {NAME_B}. Dari 15 kelurahan yang dapat "
        "dinilai, rata-rata 0,8 melewati batas 95% karena kebetulan saja."
    )


def test_the_map_ranks_nobody_when_nobody_can_be_told_apart():
    equal = [{"kelurahan_code": c, "cases": 9} for c in PLACES.codes]
    assert headline_map(measures(*equal), PLACES) == (
        "Tidak ada kelurahan yang dapat dibedakan dari kota."
    )


def test_the_map_says_when_there_are_too_few_cases():
    assert headline_map(measures({"cases": 40}), PLACES) == (
        "Kasus yang kelurahannya diketahui terlalu sedikit untuk membandingkan kelurahan."
    )


def test_the_map_without_population_has_no_rates():
    nothing = context_of(case_table({})).tables.population.iloc[:0]
    assert headline_map(measures({}, population=nothing), PLACES) == (
        "Angka kasus belum dapat dihitung: jumlah penduduk atau kasus belum ada."
    )


def test_the_map_of_hidden_numbers_says_so():
    public = public_measures(context_of(case_table({"cases": 3}), IN_2023))
    everywhere = {"case_rate_per_10k": public["case_rate_per_10k"].assign(note="suppressed")}
    assert "disembunyikan" in headline_map(everywhere, PLACES)


def test_a_profile_says_cases_rate_interval_verdict_and_members():
    team = member_table({"member_id": "1"}, {"member_id": "2"})
    others = [{"kelurahan_code": c, "cases": 6} for c in PLACES.codes[1:]]
    said = headline_profile(measures({"cases": 5}, *others, members=team), PLACES, A)
    assert said == (
        f"{NAME_A}: 5 kasus, 5,0 per 10.000 penduduk per tahun (selang 95%: 1,6–11,7); "
        "tidak dapat dibedakan dari kota (kota: 5,9); 2 anggota aktif."
    )


def test_a_profile_without_a_rate_says_so():
    said = headline_profile(measures({"kelurahan_code": "unknown"}), PLACES, "unknown")
    assert said == ("Tidak diketahui: 1 kasus; angka kasus tidak dapat dihitung; 0 anggota aktif.")


def gaps(*rows):
    return pd.DataFrame(rows, columns=["profession", "kelurahan", "total", "city_wide"])


def test_the_professions_missing_most_come_first():
    said = headline_professions(
        gaps(("pkh", 14, 15, 0), ("psikolog", 2, 15, 1), ("medis", 15, 15, 0))
    )
    assert said == (
        "Unsur wajib yang belum ada: Tenaga profesi psikolog (13 dari 15 kelurahan) dan "
        "Pendamping PKH (1 dari 15 kelurahan)."
    )


def test_nothing_missing_is_said_too():
    assert headline_professions(gaps(("pkh", 15, 15, 0))) == (
        "Semua unsur wajib ada di setiap kelurahan."
    )
    assert headline_professions(gaps()) == "Tidak ada unsur wajib atau kelurahan untuk diperiksa."


def test_data_quality_accounts_for_every_row():
    said = headline_data_quality(
        rows_read=1200, rows_used=1150, rows_set_aside=30, rows_not_data=20
    )
    assert said == (
        "Dari 1.200 baris, 1.150 dipakai dan 20 bukan data (judul, total, kosong). "
        "30 baris disisihkan dan menunggu perbaikan."
    )
    clean = headline_data_quality(rows_read=10, rows_used=10, rows_set_aside=0, rows_not_data=0)
    assert clean.endswith("Tidak ada baris yang disisihkan.")
    empty = headline_data_quality(rows_read=0, rows_used=0, rows_set_aside=0, rows_not_data=0)
    assert empty == "Belum ada baris yang dibaca."


def test_names_are_joined_as_the_language_does_and_long_lists_are_cut():
    rows = [
        {"kelurahan_code": c, "cases": 60 if c in PLACES.codes[:7] else 5} for c in PLACES.codes
    ]
    found = measures(*rows)
    assert "dan 2 lainnya" in headline_map(found, PLACES)
    with language.speaking("en"):
        assert language.current() == "en"
