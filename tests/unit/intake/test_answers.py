"""Answers: what may be answered, what holds where, and the small file that brings them."""

import pytest

from lk3.errors import UserError
from lk3.intake import Answer, Answers
from lk3.intake.questions import answer_label
from tests.workbooks import PLACES

BONTANG_LESTARI = "64.74.02.1005"
SPELLING = Answer("value", "kelurahan", "berbas lestari", BONTANG_LESTARI)
HEADER_LINE = "kind,where,what,meaning\n"


def read(tmp_path, *lines, head=HEADER_LINE, encoding="utf-8"):
    path = tmp_path / "jawaban.csv"
    path.write_text(head + "\n".join(lines), encoding=encoding)
    return Answers.from_file(path, places=PLACES)


def test_an_answer_about_a_spelling_holds_however_it_is_written():
    meant = Answers((SPELLING,)).values("kelurahan")
    assert meant == {"berbaslestari": BONTANG_LESTARI}
    assert Answer("value", "kelurahan", "Kel. BERBAS_Lestari ", "x").id == SPELLING.id


def test_answering_anew_replaces_the_answer_before():
    again = Answer("value", "kelurahan", "BERBAS LESTARI", "sisihkan")
    assert Answers((SPELLING, again)).to_rows() == [again.to_row()]
    assert list(Answers((again,)) | Answers((SPELLING,))) == [SPELLING]


def test_the_same_spelling_in_another_field_is_another_question():
    other = Answer("value", "problem", "berbas lestari", "kdrt")
    assert other.id != SPELLING.id
    assert len(Answers((SPELLING, other))) == 2


def test_answers_are_values_that_can_be_compared_and_kept_in_a_set():
    assert hash(Answers((SPELLING,))) == hash(Answers((SPELLING,)))
    assert {Answers(), Answers((SPELLING,)), Answers(())} == {Answers(), Answers((SPELLING,))}


def test_an_answer_about_a_layout_goes_before_one_about_every_layout():
    everywhere = Answer("column", "*", "status", "Ket.")
    here = Answer("column", "abc", "status", "Hasil")
    answers = Answers((here, everywhere))
    assert answers.columns("abc") == {"status": "Hasil"}
    assert answers.columns("def") == {"status": "Ket."}


def test_the_order_of_dates_is_open_until_somebody_answers():
    answers = Answers((Answer("date_order", "abc", "reported_on", "month_first"),))
    assert answers.month_first("abc", "reported_on") is True
    assert answers.month_first("abc", "closed_on") is None
    assert answers.month_first("def", "reported_on") is None


@pytest.mark.parametrize(
    "header",
    ["Nama Klien", "NIK", "Alamat", "No HP", "Tgl Lahir", "Pekerjaan", "Kronologi", "No. KK",
     "Nama lengkap klien yang melapor"],
)  # fmt: skip
@pytest.mark.parametrize("field", ["status", "kelurahan", "reported_on", "case_id"])
def test_a_personal_column_cannot_be_taken_for_a_field(header, field):
    with pytest.raises(UserError, match="data pribadi"):
        Answer("column", "*", field, header)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("pendapat", "x", "y", "z"), "Jenis jawaban “pendapat” tidak dikenal"),
        (("value", "nama", "x", "y"), "Isian “nama” tidak dikenal"),
        (("value", "problem", "", "kdrt"), "kosong atau terlalu panjang"),
        (("value", "problem", "x" * 81, "kdrt"), "kosong atau terlalu panjang"),
        (("value", "problem", "6474011203900001", "kdrt"), "tampak seperti data pribadi"),
        (("value", "problem", "pinjol", "entah"), "Arti “entah” tidak dikenal"),
        (("column", "*", "nama", "Ket."), "Isian “nama” tidak dikenal"),
        (("date_order", "*", "reported_on", "year_first"), "Arti “year_first” tidak dikenal"),
        (("header", "abc", "12", "kelurahan"), "bukan huruf kolom"),
        (("header", "*", "A", "kelurahan"), "Arti “*” tidak dikenal"),
        (("header", "abc", "A", "name"), "Isian “name” tidak dikenal"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused_in_a_sentence(row, words):
    with pytest.raises(UserError) as refused:
        Answer(*row)
    assert words in str(refused.value)


def test_a_file_may_use_names_instead_of_codes_and_hold_remarks(tmp_path):
    answers = read(
        tmp_path,
        "# catatan kita",
        "value,kelurahan,berbas lestari,Bontang Lestari",
        "",
        "value,kelurahan,Loktuan Raya,sisihkan",
        "value,kelurahan,Sangatta Utara,luar kota",
        "value,problem,pinjaman koperasi,Ekonomi",
        "date_order,*,reported_on,day_first",
    )
    assert answers.values("kelurahan") == {
        "berbaslestari": BONTANG_LESTARI, "loktuanraya": "sisihkan", "sangattautara": "outside",
    }  # fmt: skip
    assert len(answers) == 5


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_as_spreadsheets_write_it(tmp_path, encoding):
    answers = read(
        tmp_path,
        "berbas lestari;Bontang Lestari;value;kelurahan",
        head="what;meaning;kind;where\n",
        encoding=encoding,
    )
    assert list(answers) == [SPELLING]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("value,kelurahan,berbas lestari,Atlantis", "jawaban.csv:3 tidak dapat dipakai. Arti "),
        ("column,*,status,Nama Klien", "jawaban.csv:3 tidak dapat dipakai. Kolom “Nama Klien” "),
        ("value,nama,x,y", "jawaban.csv:3 tidak dapat dipakai. Isian “nama” "),
        ("value,kelurahan", "jawaban.csv:3 tidak dapat dipakai. Arti “” "),
    ],
)
def test_a_line_that_cannot_be_used_is_named_by_its_number(tmp_path, line, words):
    with pytest.raises(UserError) as refused:
        read(tmp_path, "value,kelurahan,a b,Guntung", line)
    assert words in str(refused.value)


def test_a_file_without_its_columns_or_not_there_at_all_is_refused(tmp_path):
    with pytest.raises(UserError, match="tidak memuat kolom meaning"):
        read(tmp_path, head="kind,where,what\n")
    with pytest.raises(UserError, match="tidak memuat kolom kind, where, what, meaning"):
        read(tmp_path, head="")
    with pytest.raises(UserError, match="tidak dapat dibaca"):
        Answers.from_file(tmp_path / "tidak ada.csv", places=PLACES)


def test_a_note_that_is_no_longer_allowed_no_longer_holds():
    class Note:
        def __init__(self, **body):
            self.body = body

    notes = [
        Note(**SPELLING.to_row()),
        Note(kind="value", where="problem", what="x", meaning="istilah yang dihapus"),
        Note(kind="value"),
    ]
    assert list(Answers.from_notes(notes)) == [SPELLING]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (SPELLING, "Kelurahan: “berbas lestari” dibaca Bontang Lestari"),
        (Answer("column", "*", "status", "Ket."), "Status: dari kolom Ket."),
        (Answer("column", "*", "status", "-"), "Status: dari kolom Tidak ada"),
        (
            Answer("date_order", "*", "reported_on", "day_first"),
            "Tanggal pengaduan: tanggal ditulis Hari, bulan, tahun",
        ),
        (Answer("header", "abc", "B", "kelurahan"), "Kolom B tanpa judul: Kelurahan"),
    ],
)
def test_an_answer_is_said_in_words(answer, words):
    assert answer_label(answer, PLACES) == words
