"""Questions: asked where nothing in a file decides, answered once; nothing is guessed till then."""

from datetime import datetime

import pytest

from lk3 import language
from lk3.intake import Answer, Answers, check_file
from lk3.intake.findings import finding_sentence
from tests.workbooks import (
    GUNTUNG,
    KANAAN,
    KEY,
    LOK_TUAN,
    PLACES,
    account,
    by_kelurahan,
    csv_bytes,
    everything_said,
    rules,
    xlsx,
)

BONTANG_LESTARI = "64.74.02.1005"
HEAD = ["No. Reg", "Tgl Lapor", "Kelurahan", "Jenis Masalah", "Status"]
DAYS = ["05/01/2024", "15/02/2024", "16/02/2024", "20/03/2024"]
AREAS = ["Loktuan", "Kanaan", "Guntung", "Loktuan"]


NONE_YET = Answers()


def check(rows, answers=NONE_YET, name="buku.xlsx"):
    content = rows if isinstance(rows, bytes) else xlsx(rows)
    return check_file(content, name, places=PLACES, key=KEY, answers=answers)


def answered(checked, **choices):
    """Answers to all questions: the suggestion, or the choice named by field."""
    return Answers(
        tuple(q.answer(choices.get(q.field, choices.get(q.what, q.suggestion)))
              for q in checked.questions)
    )  # fmt: skip


def said(checked, rule):
    found = checked.tables.findings
    return [finding_sentence(row) for row in found[found["rule"] == rule].to_dict("records")]


def register(*rows):
    return [HEAD, *([f"{n:03d}", *row] for n, row in enumerate(rows, 1))]


ODD = register(
    ["15/02/2024", "berbas lestari", "KDRT", "Selesai"],
    ["16/02/2024", "Berbas  Lestari", "KDRT", "Prosess"],
    ["17/02/2024", "Bontang Barat", "KDRTT", "Proses"],
    ["18/02/2024", "Loktuan", "Napza, perceraiann", "Proses"],
)


def test_what_nobody_has_written_down_is_asked_with_the_likely_meaning():
    asked = {q.written: q for q in check(ODD).questions}
    assert set(asked) == {"berbas lestari", "Bontang Barat", "Prosess", "KDRTT", "perceraiann"}
    question = asked["berbas lestari"]
    assert (question.kind, question.field, question.rows) == ("value", "kelurahan", 2)
    assert (question.sheet, question.column) == ("Data", "Kelurahan")
    assert question.suggestion == BONTANG_LESTARI == question.choices[0][0]
    assert question.choices[0][1] == "Bontang Lestari"
    assert {key for key, _label in question.choices} == {
        *PLACES.codes, "outside", "unknown", "sisihkan",
    }  # fmt: skip
    assert question.preview == (("berbas lestari", "Bontang Lestari"),)
    assert question.sentence() == "Apa arti “berbas lestari” di kolom Kelurahan?"
    assert asked["Bontang Barat"].suggestion == ""  # it looks most like Bontang Baru
    assert asked["KDRTT"].suggestion == "kdrt"
    assert asked["perceraiann"].choices[0] == ("perceraian", "Perceraian")


def test_an_unanswered_question_changes_nothing():
    checked = check(ODD)
    assert account(checked) == (5, 1, 3, 1)
    assert by_kelurahan(checked) == {LOK_TUAN: 1}


def test_an_answer_settles_it_for_every_file_and_says_so():
    answers = answered(check(ODD), kelurahan=BONTANG_LESTARI)
    checked = check(ODD, answers)
    assert account(checked) == (5, 4, 0, 1)
    assert checked.questions == ()
    assert by_kelurahan(checked) == {BONTANG_LESTARI: 3, LOK_TUAN: 1}
    assert list(checked.tables.cases["status"]) == ["selesai", "proses", "proses", "proses"]
    assert list(checked.tables.cases["problems"]) == ["kdrt", "kdrt", "kdrt", "napza|perceraian"]
    assert set(checked.tables.findings["severity"]) == {"note"}
    assert said(checked, "answer_value")[0] == (
        "Lembar Data, baris 2, kolom Kelurahan: isi sel “berbas lestari” (dan 1 baris lain) dibaca "
        "“Bontang Lestari” sesuai jawaban yang disimpan. Jika keliru, hapus atau ganti jawaban itu."
    )
    other = register(["15/02/2024", "KEL. BERBAS_LESTARI", "KDRT", "Selesai"])
    assert by_kelurahan(check(other, answers, "lain.xlsx")) == {BONTANG_LESTARI: 1}


@pytest.mark.parametrize(
    ("choice", "used", "area"),
    [
        ("outside", 3, {"outside": 2, LOK_TUAN: 1}),
        ("unknown", 3, {"unknown": 2, LOK_TUAN: 1}),
        ("sisihkan", 1, {LOK_TUAN: 1}),
    ],
)
def test_a_kelurahan_may_be_outside_unknown_or_stay_set_aside(choice, used, area):
    answers = Answers((Answer("value", "kelurahan", "berbas lestari", choice),))
    checked = check(ODD, answers)
    assert (checked.rows_used, by_kelurahan(checked)) == (used, area)
    assert "berbas lestari" not in {question.written for question in checked.questions}
    if choice == "sisihkan":
        assert rules(checked).count("area_unknown") == 2


def test_a_category_that_is_answered_as_unknown_is_no_longer_asked():
    answers = Answers((Answer("value", "problem", "KDRTT", "unknown"),))
    checked = check(ODD, answers)
    assert "KDRTT" not in {question.written for question in checked.questions}
    assert said(checked, "answer_value")
    assert "category_unknown" in rules(checked)  # of the status


def test_an_answer_never_overrules_a_spelling_that_is_known():
    answers = Answers((Answer("value", "kelurahan", "Loktuan", GUNTUNG),))
    assert by_kelurahan(check(ODD, answers)) == {LOK_TUAN: 1}


def test_an_answer_of_another_city_does_not_hold_here():
    answers = Answers((Answer("value", "kelurahan", "berbas lestari", "99.99.99.9999"),))
    checked = check(ODD, answers)
    assert account(checked) == account(check(ODD))


def test_members_may_serve_the_whole_city():
    rows = [["Nama", "Profesi", "Kelurahan", "TMT"], ["A1", "Babinsa", "Loktuan Raya", "2023"]]
    question = check(rows).questions[0]
    assert "city" in question.keys
    assert "outside" not in question.keys
    checked = check(rows, Answers((question.answer("city"),)))
    assert list(checked.tables.members["kelurahan_code"]) == ["city"]


def test_a_population_row_is_used_by_the_answer_for_its_kelurahan():
    rows = [["PENDUDUK 2023"], ["Kelurahan", "Jumlah Penduduk"], ["berbas lestari", 7000]]
    answers = Answers((Answer("value", "kelurahan", "berbas lestari", BONTANG_LESTARI),))
    assert list(check(rows, answers).tables.population["code"]) == [BONTANG_LESTARI]


def test_the_same_spelling_on_several_sheets_is_one_question():
    sheets = {name: register([day, "berbas lestari", "KDRT", "Selesai"], [day, *ODD[4][2:]])
              for name, day in {"Jan": "15/01/2024", "Feb": "15/02/2024"}.items()}  # fmt: skip
    asked = [q for q in check(sheets).questions if q.field == "kelurahan"]
    assert [(q.sheet, q.rows) for q in asked] == [("Jan, Feb", 2)]


def test_the_id_of_a_question_is_that_of_its_answer_and_stays_the_same():
    first, again = check(ODD).questions, check(ODD, name="lain.xlsx").questions
    assert [q.id for q in first] == [q.id for q in again]
    assert [q.id for q in first] == [q.answer(q.keys[0]).id for q in first]
    assert len({*first, *again}) == len(first)


def test_a_choice_that_was_not_offered_is_a_mistake_of_the_code():
    with pytest.raises(ValueError, match="not one of"):
        check(ODD).questions[0].answer("Atlantis")


def test_what_may_be_a_name_is_neither_shown_nor_asked_about():
    checked = check(register(
        ["15/02/2024", "Budi", "Siti", "Slamet"],
        ["16/02/2024", "Budi Contoh", "Siti Contohwati", "klien Slamet menolak"],
        ["17/02/2024", "Loktuan", "KDRT", "Selesai"],
    ))  # fmt: skip
    assert checked.questions == ()
    text = everything_said(checked).casefold()
    assert [name for name in ("budi", "siti", "slamet", "contoh") if name in text] == []


# Order of dates


def dates(*written, sheet="Data"):
    return {sheet: register(*([day, "Loktuan", "KDRT", "Selesai"] for day in written))}


def test_an_order_of_dates_that_the_column_does_not_decide_is_asked():
    checked = check(dates("03/04/2023", "05/06/2023", "7/7/2023"))
    (question,) = checked.questions
    assert (question.kind, question.column, question.rows) == ("date_order", "Tgl Lapor", 2)
    assert question.choices == (
        ("day_first", "Hari, bulan, tahun"), ("month_first", "Bulan, hari, tahun"),
    )  # fmt: skip
    assert question.suggestion == "day_first"
    assert question.preview[0] == ("03/04/2023", "3 April 2023")
    assert [day.month for day in checked.tables.cases["reported_on"]] == [4, 6, 7]


@pytest.mark.parametrize(
    ("choice", "months", "rule"),
    [("day_first", [4, 6], "answer_day_first"), ("month_first", [3, 5], "answer_month_first")],
)
def test_the_order_of_dates_is_as_answered_and_said(choice, months, rule):
    rows = dates("03/04/2023", "05/06/2023")
    checked = check(rows, answered(check(rows), reported_on=choice))
    assert [day.month for day in checked.tables.cases["reported_on"]] == months
    assert (rules(checked), checked.questions) == ([rule], ())


@pytest.mark.parametrize(
    "written",
    [
        ("03/04/2023", "13/04/2023"),  # a 13 can only be a day
        ("03/04/2023", "04/13/2023"),
        ("04/04/2023", "5/5/2023"),  # the same either way
        ("2023-04-03", "3 April 2023"),
        (datetime(2023, 4, 3), datetime(2023, 5, 6)),
    ],
)
def test_an_order_of_dates_that_is_clear_is_not_asked(written):
    assert check(dates(*written)).questions == ()


def test_the_month_in_the_name_of_the_sheet_decides_the_order():
    assert check(dates("03/04/2023", "05/04/2023", sheet="April 2023")).questions == ()
    assert len(check(dates("03/04/2023", "04/03/2023", sheet="2023")).questions) == 1


def test_what_the_column_proves_wins_over_an_answer():
    answers = answered(check(dates("03/04/2023")), reported_on="month_first")
    checked = check(dates("03/04/2023", "13/04/2023"), answers)
    assert [day.month for day in checked.tables.cases["reported_on"]] == [4, 4]


def test_an_order_of_dates_holds_for_its_layout_only():
    answers = answered(check(dates("03/04/2023")), reported_on="month_first")
    rows = dates("03/04/2023")["Data"]
    other = [[*row, extra] for row, extra in zip(rows, ["Petugas", "A1"], strict=True)]
    assert [q.kind for q in check(other, answers).questions] == ["date_order"]
    moved = [row[::-1] for row in rows]
    assert check(moved, answers).questions == ()  # the same headers in another order


# Columns


def with_header(header, values, *more):
    """A register of these columns; `more`: further headers with their values."""
    columns = [values, *(column for _, column in more)]
    body = [[f"{n:03d}", *cells] for n, cells in enumerate(zip(*columns, strict=True), 1)]
    return [["No. Reg", header, *(name for name, _ in more)], *body]


def test_a_needed_column_under_an_unknown_header_is_asked_and_then_read():
    rows = with_header("Asal Pemohon", AREAS, ("Tgl Lapor", DAYS), ("Masalah", ["KDRT"] * 4))
    refused = check(rows)
    assert (refused.kind, rules(refused)) == ("refused", ["no_kelurahan_column"])
    (question,) = refused.questions
    assert (question.kind, question.field, question.written) == (
        "column", "kelurahan", "Asal Pemohon",
    )  # fmt: skip
    assert question.sentence() == "Kolom mana yang berisi kelurahan?"
    assert question.choices == (("Asal Pemohon", "Asal Pemohon"), ("-", "Tidak ada"))
    assert question.preview[1] == ("Kanaan", "Kanaan")
    checked = check(rows, answered(refused))
    assert by_kelurahan(checked) == {LOK_TUAN: 2, KANAAN: 1, GUNTUNG: 1}
    assert said(checked, "answer_column") == [
        "Lembar Data, kolom Asal Pemohon: kolom ini dibaca sebagai kelurahan sesuai jawaban yang "
        "disimpan. Jika keliru, hapus atau ganti jawaban itu."
    ]
    assert check(rows, Answers((question.answer("-"),))).questions == ()


def test_a_needed_date_column_may_be_the_day_of_the_incident_if_somebody_says_so():
    rows = with_header(
        "Tgl Kejadian", DAYS, ("Kelurahan", AREAS), ("Masalah", ["KDRT"] * 4)
    )  # fmt: skip
    refused = check(rows)
    (question,) = refused.questions
    assert (refused.kind, question.field, question.preview) == ("refused", "reported_on", ())
    assert check(rows, answered(refused)).rows_used == 4


def test_two_headers_for_one_field_are_asked_about_only_where_they_differ():
    def rows(other):
        return with_header(
            "Tanggal Pengaduan", DAYS, ("Tgl Masuk", other), ("Kelurahan", AREAS),
            ("Masalah", ["KDRT"] * 4),
        )  # fmt: skip

    assert check(rows(DAYS)).questions == ()
    checked = check(rows(DAYS[::-1]))
    (question,) = checked.questions
    assert question.keys == ("Tgl Masuk", "Tanggal Pengaduan")
    assert question.suggestion == "Tgl Masuk"
    usual = list(checked.tables.cases["reported_on"])
    other = check(rows(DAYS[::-1]), Answers((question.answer("Tanggal Pengaduan"),)))
    assert list(other.tables.cases["reported_on"]) == usual[::-1]
    assert other.questions == ()


def test_a_column_of_which_half_are_terms_may_be_a_field_or_a_note():
    rows = with_header(
        "Ket.", ["Selesai", "Proses", "menunggu kabar", "sudah pindah rumah"],
        ("Tgl Lapor", DAYS), ("Kelurahan", AREAS), ("Masalah", ["KDRT"] * 4),
    )  # fmt: skip
    (question,) = check(rows).questions
    assert (question.field, question.suggestion) == ("status", "Ket.")
    none = check(rows, Answers((question.answer("-"),)))
    assert set(none.tables.cases["status"]) == {"unknown"}
    assert none.questions == ()


def test_an_unknown_column_that_looks_like_a_missing_field_is_asked():
    rows = with_header(
        "Progres", ["Selesai", "Proses", "Proses", "Selesai"],
        ("Tgl Lapor", DAYS), ("Kelurahan", AREAS), ("Masalah", ["KDRT"] * 4),
    )  # fmt: skip
    checked = check(rows)
    (question,) = checked.questions
    assert (question.field, question.written) == ("status", "Progres")
    assert set(checked.tables.cases["status"]) == {"unknown"}
    answers = answered(checked)
    assert set(check(rows, answers).tables.cases["status"]) == {"selesai", "proses"}


def test_a_column_that_is_a_field_already_leaves_nothing_to_ask():
    rows = with_header(
        "Progres", ["Selesai"] * 4, ("Status", ["Selesai"] * 4),
        ("Tgl Lapor", DAYS), ("Kelurahan", AREAS), ("Masalah", ["KDRT"] * 4),
    )  # fmt: skip
    assert check(rows).questions == ()


def test_a_personal_column_is_never_offered_and_never_taken():
    rows = with_header(
        "Alamat Rumah", AREAS, ("Tgl Lapor", DAYS), ("Masalah", ["KDRT"] * 4),
        ("Status", ["Selesai"] * 4),
    )  # fmt: skip
    assert check(rows).questions == ()


def test_of_two_columns_with_one_header_each_has_its_letter():
    rows = with_header(
        "Isian", AREAS, ("Isian", AREAS[::-1]), ("Tgl Lapor", DAYS), ("Masalah", ["KDRT"] * 4)
    )
    (question,) = check(rows).questions
    assert question.keys == ("Isian [B]", "Isian [C]")
    checked = check(rows, Answers((question.answer("Isian [C]"),)))
    assert list(checked.tables.cases["kelurahan_code"])[:2] == [LOK_TUAN, GUNTUNG]


# Tables without a header


NAMES = ["Klien Uji 1", "Klien Uji 2", "Klien Uji 3", "Klien Uji 4"]
PLAIN = csv_bytes(
    [
        [n, name, "6474010101010101", day, area, "KDRT", "Selesai"]
        for n, (name, day, area) in enumerate(zip(NAMES, DAYS, AREAS, strict=True), 1)
    ],
    delimiter=";",
)


def test_a_table_without_a_header_is_asked_about_by_types_and_counts_alone():
    refused = check(PLAIN, name="data.csv")
    assert (refused.kind, rules(refused)) == ("refused", ["no_table"])
    assert [(q.column, q.written, q.suggestion) for q in refused.questions] == [
        ("A", "angka, 4 isi berbeda", "row_number"),
        ("B", "teks, 4 isi berbeda", "-"),
        ("C", "angka, 1 isi berbeda", "-"),
        ("D", "tanggal, 4 isi berbeda", "reported_on"),
        ("E", "teks, 3 isi berbeda", "kelurahan"),
        ("F", "teks, 1 isi berbeda", "problem"),
        ("G", "teks, 1 isi berbeda", "status"),
    ]
    text = str([question.to_json() for question in refused.questions])
    assert [part for part in ("Klien", "6474010101", "2024", "Loktuan") if part in text] == []
    assert refused.questions[1].sentence() == "Apa isi kolom B (teks, 4 isi berbeda)?"
    assert ("-", "Tidak dipakai") in refused.questions[1].choices
    assert refused.questions[2].keys == ("-", "case_id")  # as long as numbers of persons are


def test_a_table_without_a_header_is_read_once_its_columns_are_answered():
    answers = answered(check(PLAIN, name="data.csv"))
    checked = check(PLAIN, answers, name="data.csv")
    assert account(checked) == (4, 4, 0, 0)
    assert by_kelurahan(checked) == {LOK_TUAN: 2, KANAAN: 1, GUNTUNG: 1}
    assert set(checked.tables.cases["status"]) == {"selesai"}
    assert checked.questions == ()
    assert rules(checked) == ["answer_column"] * 5 + ["columns_not_read"]
    text = everything_said(checked)
    assert [part for part in (*NAMES, "6474010101") if part in text] == []


def test_a_table_without_a_header_needs_its_date_like_any_other():
    told = [a for a in answered(check(PLAIN, name="data.csv")) if a.meaning != "reported_on"]
    refused = check(PLAIN, Answers(tuple(told)), name="data.csv")
    assert rules(refused) == ["no_date_column"]
    assert [question.column for question in refused.questions] == ["D"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Halo", "apa", "kabar"]] * 4,
        [["Loktuan", "Loktuan", "Loktuan"]] * 4,
        [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
        [["Loktuan", "05/01/2024"]] * 4,
    ],
)
def test_what_does_not_look_like_a_table_of_cases_is_not_asked_about(rows):
    refused = check(rows)
    assert (refused.kind, refused.questions) == ("refused", ())


def test_a_header_that_nobody_knows_is_asked_about_by_name():
    rows = [
        ["Nmr", "Village", "Occurred", "What"],
        *([n, area, day, "KDRT"] for n, (area, day) in enumerate(zip(AREAS, DAYS, strict=True))),
    ]
    refused = check(rows)
    assert [(q.kind, q.field, q.written) for q in refused.questions] == [
        ("column", "kelurahan", "Village"),
        ("column", "reported_on", "Occurred"),
        ("column", "problem", "What"),
    ]
    checked = check(rows, answered(refused))
    assert account(checked) == (5, 4, 0, 1)


def test_questions_are_said_in_the_language_of_the_reader():
    question = check(dates("03/04/2023")).questions[0]
    with language.speaking("en"):
        assert question.choices[0][0] == "day_first"
    assert question.to_json()["choices"][0] == {"key": "day_first", "label": "Hari, bulan, tahun"}


def test_no_field_is_suggested_for_two_columns_of_a_table_without_a_header():
    rows = [[n, 700 + n, day, day, area, "KDRT"]
            for n, (day, area) in enumerate(zip(DAYS, AREAS, strict=True), 1)]  # fmt: skip
    asked = check(csv_bytes(rows, delimiter=";"), name="data.csv").questions
    assert [question.suggestion for question in asked] == [
        "row_number", "case_id", "reported_on", "", "kelurahan", "problem",
    ]  # fmt: skip


def test_a_long_sheet_asks_the_same_as_a_short_one(monkeypatch):
    rows = with_header(
        "Asal Pemohon", ["Loktuan", "Kanaan", "berbas lestari", "Loktuan"],
        ("Tgl Lapor", ["03/04/2023", "05/06/2023", "07/08/2023", "09/10/2023"]),
        ("Masalah", ["KDRT", "KDRTT", "KDRT", "KDRT"]), ("Ket.", ["Selesai", "Proses", "x y", "z"]),
    )  # fmt: skip
    first = check(rows)
    answers = answered(first)
    short = [check(rows, answers), check(rows[1:])]
    monkeypatch.setattr("lk3.intake.xlsx.LONG", 0)
    assert check(rows).questions == first.questions
    assert [again.questions for again in (check(rows, answers), check(rows[1:]))] == [
        one.questions for one in short
    ]
    assert len(short[0].questions) == 3
