"""Answers in the store: remembered, replaced and forgotten, and what an import makes of them."""

import json

import pytest

from lk3.cli import main
from lk3.dataset import answers_in, forget, import_file, load_dataset, remember
from lk3.intake import Answer
from lk3.places import load_places
from lk3.store import open_store
from tests.workbooks import REGISTER, xlsx

PLACES = load_places()
BONTANG_LESTARI = "64.74.02.1005"
SPELLING = Answer("value", "kelurahan", "berbas lestari", BONTANG_LESTARI)
BOOK = xlsx(
    [
        REGISTER,
        [1, "001", "15/01/2024", "Berbas Lestari", "KDRT", "Proses"],
        [2, "002", "16/01/2024", "Loktuan", "KDRT", "Proses"],
    ]
)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "register.xlsx").write_bytes(BOOK)
    (tmp_path / "jawaban.csv").write_text(
        "kind,where,what,meaning\nvalue,kelurahan,berbas lestari,Bontang Lestari\n",
        encoding="utf-8",
    )
    return tmp_path


def run(capsys, *words):
    code = main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_store_without_answers_has_none():
    assert len(answers_in(open_store())) == 0


def test_a_remembered_answer_is_kept_with_who_gave_it_and_replaced_by_the_next():
    store = open_store()
    first = remember(store, SPELLING, user="petugas")
    again = remember(store, Answer("value", "kelurahan", "BERBAS LESTARI", "unknown"), user="lain")
    assert first == again == SPELLING.id
    assert [(note.id, note.user) for note in store.notes.all("answers")] == [(first, "lain")]
    assert [answer.meaning for answer in answers_in(store)] == ["unknown"]


def test_a_forgotten_answer_is_asked_again():
    store = open_store()
    remember(store, SPELLING)
    forget(store, SPELLING.id)
    assert len(answers_in(store)) == 0
    checked, _version = import_file(store, PLACES, BOOK, "register.xlsx")
    assert [question.id for question in checked.questions] == [SPELLING.id]


def test_an_import_reads_by_what_is_remembered():
    store = open_store()
    remember(store, SPELLING)
    checked, version = import_file(store, PLACES, BOOK, "register.xlsx")
    assert (checked.rows_used, checked.questions) == (2, ())
    held = load_dataset(store, PLACES, version=version).tables
    assert BONTANG_LESTARI in set(held.cases["kelurahan_code"])
    assert list(held.findings["rule"]) == ["answer_value"]


def test_check_prints_each_question_with_the_line_that_answers_it(capsys, files):
    code, out, _err = run(capsys, "check", files / "register.xlsx")
    assert code == 1
    assert "Pertanyaan yang belum dijawab: 1" in out
    lines = [line.strip() for line in out.splitlines()]
    at = lines.index("kind,where,what,meaning")
    (files / "cetakan.csv").write_text("\n".join(lines[at : at + 3]), encoding="utf-8")
    again = run(capsys, "check", files / "register.xlsx", "--answers", files / "cetakan.csv")
    assert again[0] == 0
    assert "Dibaca sesuai jawaban: 1" in again[1]


def test_check_has_the_questions_in_its_object(capsys, files):
    _code, out, _err = run(capsys, "check", files / "register.xlsx", "--json")
    (question,) = json.loads(out)["files"][0]["questions"]
    assert question["id"] == SPELLING.id
    assert question["suggestion"] == BONTANG_LESTARI
    assert (question["where"], question["what"]) == ("kelurahan", "Berbas Lestari")
    assert question["choices"][0] == {"key": BONTANG_LESTARI, "label": "Bontang Lestari"}


def test_check_uses_answers_for_this_run_and_import_remembers_them(capsys, files):
    book, answers = files / "register.xlsx", files / "jawaban.csv"
    assert run(capsys, "check", book, "--answers", answers)[0] == 0
    assert len(answers_in(open_store())) == 0
    assert run(capsys, "check", book)[0] == 1
    run(capsys, "import", book, "--answers", answers)
    assert list(answers_in(open_store())) == [SPELLING]
    assert run(capsys, "check", book)[0] == 0


def test_a_file_of_answers_that_cannot_be_used_is_said_before_anything_is_saved(capsys, files):
    (files / "jawaban.csv").write_text("kind,where,what,meaning\ncolumn,*,status,NIK\n", "utf-8")
    words = ["import", files / "register.xlsx", "--answers", files / "jawaban.csv"]
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert err.startswith("Jawaban pada jawaban.csv:2 tidak dapat dipakai. Kolom “NIK” berisi")
    assert open_store().latest() is None
