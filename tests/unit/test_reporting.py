"""The command `report`: each choice reaches the file, each mistake is one sentence."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from lk3.cli import main
from lk3.cli.reporting import COMPARISONS
from lk3.decisions import Decision, keep_decision
from lk3.reports import FORMATS
from lk3.reports.slides import SLIDES
from lk3.store import open_store

# The sample's data are as of 27 October 2026: what was whole by then, by hand.
LAST = {"month": "Sep 2026", "quarter": "Triwulan III 2026", "year": "2025"}


@pytest.fixture
def run(capsys):
    def run(*words):
        code = main(["report", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def text_of(path):
    """All text of a deck."""
    with ZipFile(BytesIO(path.read_bytes())) as deck:
        slides = [name for name in deck.namelist() if re.match(r"ppt/slides/slide\d+\.xml", name)]
        return " ".join(
            re.sub(r"<[^>]+>", " ", deck.read(name).decode()) for name in sorted(slides)
        )


def count_of_slides(path):
    with ZipFile(BytesIO(path.read_bytes())) as deck:
        return sum(bool(re.match(r"ppt/slides/slide\d+\.xml", n)) for n in deck.namelist())


def test_a_report_is_written_and_said(run, tmp_path):
    out = tmp_path / "rapat.pptx"

    code, said, wrong = run(out, "--slides", "title,summary")

    assert (code, wrong) == (0, "")
    assert said == f"{out} ditulis.\n"
    assert count_of_slides(out) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["rapat.pptx"]


@pytest.mark.parametrize("unit", LAST)
def test_the_last_unit_is_the_last_that_the_data_cover_wholly(run, tmp_path, unit):
    out = tmp_path / "a.html"

    run(out, "--last", unit, "--slides", "problems")

    assert f"· {LAST[unit]} ·" in out.read_text(encoding="utf-8")


def test_the_comparison_is_the_period_before_or_the_same_months_a_year_before(run, tmp_path):
    said = []
    for compare in COMPARISONS:
        out = tmp_path / f"{compare}.pptx"
        run(out, "--from", "2025-07", "--to", "2025-09", "--compare", compare, "--slides",
            "summary")  # fmt: skip
        said.append(text_of(out))

    named = [[each in text for each in ("Triwulan II 2025", "Triwulan III 2024")] for text in said]
    assert named == [[True, False], [False, True]]


def test_decisions_that_are_kept_stand_in_the_deck(run, tmp_path):
    decision = Decision("Tambah psikolog", "Dinas Sosial", date(2027, 1, 31).isoformat())
    keep_decision(open_store().notes, decision)
    out = tmp_path / "a.pptx"

    run(out, "--slides", "decisions")

    for word in ("Tambah psikolog", "Dinas Sosial", "31 Januari 2027", "belum mulai"):
        assert word in text_of(out)


@pytest.mark.parametrize("name", ["laporan.docx", "laporan"])
def test_an_unknown_extension_is_told_which_there_are(run, tmp_path, name):
    code, said, wrong = run(tmp_path / name)

    suffix = name.partition(".")[2]
    assert (code, said) == (2, "")
    assert wrong == (
        f"Akhiran {'.' + suffix if suffix else '–'} tidak dikenal. Pilih salah satu: "
        f"{', '.join('.' + each for each in FORMATS)}.\n"
    )


def test_an_unknown_slide_is_told_which_there_are(run, tmp_path):
    code, _said, wrong = run(tmp_path / "a.pptx", "--slides", "title, peta,x")

    assert code == 2
    assert wrong == f"Bagian peta, x tidak ada; yang ada: {', '.join(SLIDES)}.\n"


def test_the_last_unit_and_a_period_exclude_each_other(run, tmp_path):
    code, _said, wrong = run(tmp_path / "a.pptx", "--last", "month", "--from", "2025-01")

    assert (code, wrong) == (2, "Pilih --last, atau --from dan --to; tidak keduanya.\n")


def test_a_template_is_for_decks_only(run, tmp_path):
    code, _said, wrong = run(tmp_path / "a.xlsx", "--template", "kantor.pptx")

    assert code == 2
    assert wrong == "--template hanya untuk .pptx. Ganti akhiran berkas, atau hapus pilihan.\n"


def test_a_template_that_is_not_there_is_named(run, tmp_path):
    missing = tmp_path / "kantor.pptx"

    code, _said, wrong = run(tmp_path / "a.pptx", "--slides", "title", "--template", missing)

    assert code == 2
    assert wrong.startswith(f"Templat {missing} tidak dapat dibaca (")
    assert wrong.endswith("). Periksa nama dan foldernya.\n")


def test_a_template_that_is_no_deck_leaves_the_old_file_whole(run, tmp_path):
    template, out = tmp_path / "kantor.pptx", tmp_path / "a.pptx"
    template.write_bytes(b"%PDF-1.7")
    out.write_bytes(b"yang lama")

    code, said, wrong = run(out, "--slides", "title", "--template", template)

    assert (code, said) == (2, "")
    assert wrong.startswith("Templat itu bukan berkas PowerPoint (.pptx).")
    assert out.read_bytes() == b"yang lama"


def test_a_write_that_breaks_leaves_the_old_file_and_no_other(run, tmp_path, monkeypatch):
    out = tmp_path / "a.html"
    out.write_bytes(b"yang lama")

    def full(self, _target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    code, said, wrong = run(out, "--slides", "problems")

    assert (code, said) == (2, "")
    assert wrong == (
        f"Berkas {out} tidak dapat ditulisi (No space left on device). Tutup berkas itu, atau "
        "pilih tempat lain.\n"
    )
    assert out.read_bytes() == b"yang lama"
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


def test_an_existing_file_is_replaced(run, tmp_path):
    out = tmp_path / "a.html"
    out.write_bytes(b"yang lama")

    run(out, "--slides", "problems")

    assert out.read_bytes().startswith(b"<!DOCTYPE html>")


def test_a_folder_that_is_not_there_is_a_sentence(run, tmp_path):
    code, _said, wrong = run(tmp_path / "tidak" / "ada.html", "--slides", "problems")

    assert code == 2
    assert wrong.startswith(f"Berkas {tmp_path / 'tidak' / 'ada.html'} tidak dapat ditulisi (")
