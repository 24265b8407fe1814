"""Names, numbers and addresses planted in every column and row: nothing that leaves shows one.

All of them are made up. Each stands alone, as two words, in capitals and in small letters, in rows
that are used, set aside or no data, and in the titles of no column.
"""

import io
import json
import logging

import pyarrow.parquet as parquet
import pytest

from lk3.cli import main
from lk3.dataset import import_file
from lk3.intake import Answers, check_file
from lk3.intake.findings import finding_sentence
from lk3.places import load_places
from lk3.store import open_store
from tests.workbooks import KEY, PLACES, everything_said, xlsx

HEADERS = [
    "No", "No. Reg", "Tgl Lapor", "Tgl Selesai", "Kelurahan", "Jenis Masalah", "Layanan", "Status",
    "Profesi", "L/P", "Umur", "Rujukan", "Ket.", "Nama Klien", "NIK", "Alamat", "Kolom Lain",
]  # fmt: skip
USUAL = [
    1, "001", "15/01/2024", "20/02/2024", "Loktuan", "KDRT", "Konseling", "Selesai", "Psikolog",
    "P", 34, None, "Selesai", "Klien Uji 1", None, None, None,
]  # fmt: skip
SECRETS = [
    "Zuhriyat", "QOMARUN", "wardhoni", "Zuhriyat Qomarun", "Wardhoni Loktuan", "Kel. Zuhriyat",
    "KDRT Qomarun", "6474019876543210", "0812-9876-5432", "Jalan Zuhriyat 17",
    "zuhriyat@contoh.id",
]  # fmt: skip
TRACES = ["zuhriyat", "qomarun", "wardhoni", "9876543210", "9876-5432", "98765432"]


def planted():
    """A row for each secret in each column, with a good row between so that each row stays data."""
    rows = [HEADERS, USUAL]
    for column in range(1, len(HEADERS)):
        for secret in SECRETS:
            row = [len(rows), f"{len(rows):03d}", *USUAL[2:]]
            row[column] = secret
            rows.append(row)
    return rows


BOOK = xlsx(planted())


def traces_in(text):
    return [trace for trace in TRACES if trace in text.casefold()]


@pytest.fixture(scope="module")
def checked():
    return check_file(BOOK, "buku.xlsx", places=PLACES, key=KEY)


def test_every_column_is_planted_and_the_file_is_used(checked):
    assert checked.rows_read == len(HEADERS[1:]) * len(SECRETS) + 2
    assert checked.rows_used > 0
    assert checked.rows_set_aside > 0


def test_findings_tables_and_questions_show_none(checked):
    assert traces_in(everything_said(checked)) == []
    rows = checked.tables.findings.to_dict("records")
    assert traces_in(" ".join(finding_sentence(row) for row in rows)) == []
    assert traces_in(repr(checked.questions)) == []
    assert traces_in(json.dumps([q.to_json() for q in checked.questions])) == []


def test_answering_every_question_brings_none_to_light(checked):
    answers = Answers(tuple(q.answer(q.keys[0]) for q in checked.questions))
    again = check_file(BOOK, "buku.xlsx", places=PLACES, key=KEY, answers=answers)
    assert traces_in(everything_said(again)) == []
    assert traces_in(str(answers.to_rows())) == []


def test_a_table_without_a_header_shows_none():
    checked = check_file(xlsx(planted()[1:]), "buku.xlsx", places=PLACES, key=KEY)
    assert checked.questions
    assert traces_in(everything_said(checked)) == []
    assert traces_in(repr(checked.questions)) == []


def test_the_store_the_log_and_the_command_line_show_none(tmp_path, monkeypatch, capsys, caplog):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("LK3_STORE", str(tmp_path / "store"))
    store = open_store()
    checked, version = import_file(store, load_places(), BOOK, "buku.xlsx")
    assert version is not None
    assert traces_in(texts_in(tmp_path / "store")) == []
    (tmp_path / "buku.xlsx").write_bytes(BOOK)
    main(["check", str(tmp_path / "buku.xlsx")])
    main(["check", str(tmp_path / "buku.xlsx"), "--json"])
    said = capsys.readouterr()
    assert "Baris dibaca" in said.out
    assert traces_in(said.out + said.err + caplog.text) == []


def texts_in(folder):
    """All that the files of a store hold, tables as text."""
    texts = []
    for path in folder.rglob("*"):
        if path.suffix == ".parquet":
            table = parquet.read_table(io.BytesIO(path.read_bytes()))
            texts.append(table.to_pandas().to_csv())
        if path.is_file():
            texts.append(path.read_bytes().decode("utf-8", errors="replace"))
    return "\n".join(texts)
