"""Each command, and each mistake by its sentence and its exit code."""

import io
import json
import os
import re
import subprocess
import sys

import pytest

from lk3.cli import main
from lk3.places import load_places
from lk3.settings import ROOT, SAMPLE_DIR
from lk3.store import open_store
from tests.workbooks import GUNTUNG, LOK_TUAN, REGISTER, xlsx

PLACES = load_places()
PUBLISHED = ROOT / "data" / "reference" / "uptd_ppa_bontang_published.csv"
GOOD = [
    REGISTER,
    [1, "001", "05/01/2023", "Loktuan", "KDRT", "proses"],
    [2, "002", "06/02/2023", "Guntung", "KDRT", "selesai"],
]
FLAWED = [*GOOD, *([n, f"00{n}", "31/02/2023", "Guntung", "KDRT", "selesai"] for n in range(3, 8))]


@pytest.fixture
def folder(tmp_path):
    """A clerk's folder: one workbook without a flaw, one with five broken dates, one letter."""
    (tmp_path / "baik.xlsx").write_bytes(xlsx(GOOD))
    (tmp_path / "cacat.xlsx").write_bytes(xlsx(FLAWED))
    (tmp_path / "surat.pdf").write_bytes(b"%PDF-1.7")
    return tmp_path


@pytest.fixture
def run(capsys):
    """Run a command in this process: exit code, what it said, what went wrong."""

    def run(*words):
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def run_json(run):
    def run_json(*words):
        code, said, wrong = run(*words, "--json")
        assert wrong == ""
        return code, json.loads(said)

    return run_json


# --- check ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["baik.xlsx"], 0),
        (["cacat.xlsx"], 1),
        (["baik.xlsx", "cacat.xlsx"], 1),
        (["surat.pdf"], 2),
        (["baik.xlsx", "surat.pdf"], 2),
    ],
)
def test_check_tells_by_its_code_how_files_are(run, folder, names, code):
    assert run("check", *(folder / name for name in names))[0] == code


def test_check_saves_nothing_at_all(run, folder, monkeypatch):
    monkeypatch.setenv("LK3_STORE", str(folder / "store"))

    run("check", folder / "baik.xlsx")

    assert not (folder / "store").exists()


def test_check_accounts_for_the_rows_and_says_the_findings_by_rule(run, folder):
    _code, said, wrong = run("check", folder / "cacat.xlsx")

    assert wrong == ""
    assert "cacat.xlsx: kasus" in said
    assert "Baris dibaca 8: dipakai 2, disisihkan 5, bukan data 1." in said
    assert "Lembar Data (kasus): dipakai 2, disisihkan 5, bukan data 1" in said
    assert "Tanggal tidak ada di kalender: 5" in said
    assert said.count("“31/02/2023”") == 3
    assert "… dan 2 lagi" in said


def test_check_says_which_sheet_is_left_out(run, folder):
    (folder / "buku.xlsx").write_bytes(xlsx({"Data": GOOD, "Lama": GOOD}, hidden=["Lama"]))

    _code, said, _wrong = run("check", folder / "buku.xlsx")

    assert re.search(r"Lembar Lama tidak dibaca: \w+", said)


def test_check_of_a_text_file_names_no_sheet(run):
    _code, said, _wrong = run("check", PUBLISHED)

    assert "Baris dibaca 96: dipakai 83, disisihkan 0, bukan data 13." in said
    assert "Lembar" not in said


def test_folder_in_the_place_of_a_file_is_said_in_a_sentence(run, folder):
    code, said, wrong = run("check", folder)

    assert (code, said) == (2, "")
    assert wrong == f"Berkas {folder} tidak ada. Periksa nama dan foldernya.\n"


def test_check_gives_one_object_with_all_fields(run_json, folder):
    code, found = run_json("check", folder / "cacat.xlsx")

    assert code == 1
    (file,) = found["files"]
    assert {
        "file", "kind", "format", "sheets", "rows_read", "rows_used", "rows_set_aside",
        "rows_not_data", "cases", "period", "findings",
    } <= set(file)  # fmt: skip
    assert (file["file"], file["kind"], file["format"]) == ("cacat.xlsx", "cases", "xlsx")
    assert (file["rows_read"], file["rows_used"], file["cases"]) == (8, 2, 2)
    assert file["period"] == {"from": "2023-01-05", "to": "2023-02-06"}
    assert set(file["sheets"][0]) == {
        "name", "kind", "header_rows", "used", "set_aside", "not_data", "left_out_because",
    }  # fmt: skip
    assert set(file["findings"][0]) == {
        "rule", "severity", "sheet", "row", "column", "value", "message", "suggestion",
    }  # fmt: skip
    assert [finding["row"] for finding in file["findings"]] == [4, 5, 6, 7, 8]


def test_check_gives_a_refused_file_one_error(run_json, folder):
    code, found = run_json("check", folder / "surat.pdf")

    (file,) = found["files"]
    assert code == 2
    assert file["kind"] == "refused"
    assert [finding["severity"] for finding in file["findings"]] == ["error"]


# --- import --------------------------------------------------------------------------------------


def test_import_saves_a_version_under_the_name_of_the_file(run, folder):
    code, said, _wrong = run("import", folder / "cacat.xlsx")

    assert code == 0
    assert "Disimpan sebagai versi 1 dari sumber “cacat”." in said
    assert list(open_store().sources()["source"]) == ["cacat"]


def test_import_of_several_files_makes_a_version_of_each(run_json, folder):
    code, found = run_json("import", folder / "baik.xlsx", folder / "cacat.xlsx")

    assert code == 0
    assert [file["version"] for file in found["files"]] == [1, 2]
    assert list(open_store().sources()["source"]) == ["baik", "cacat"]


def test_import_under_a_name_replaces_what_had_it(run, folder):
    run("import", folder / "baik.xlsx", "--source", "Rekap Jum'at")
    run("import", folder / "cacat.xlsx", "--source", "Rekap Jum'at")

    assert list(open_store().sources()["file"]) == ["cacat.xlsx"]


def test_import_keeps_the_good_files_and_refuses_the_others(run, folder):
    code, said, _wrong = run("import", folder / "surat.pdf", folder / "baik.xlsx")

    assert code == 2
    assert "surat.pdf: ditolak" in said
    assert "Tidak disimpan." in said
    assert list(open_store().sources()["source"]) == ["baik"]


def test_import_gives_no_version_for_a_refused_file(run_json, folder):
    _code, found = run_json("import", folder / "surat.pdf")

    assert found["files"][0]["version"] is None


# --- versions and restore ------------------------------------------------------------------------


def test_versions_of_an_empty_store_are_none(run, run_json):
    code, said, _wrong = run("versions")

    assert code == 0
    assert said.startswith("Belum ada versi yang tersimpan")
    assert run_json("versions") == (0, {"versions": []})


def test_versions_are_listed_newest_first(run, run_json, folder):
    run("import", folder / "baik.xlsx", folder / "cacat.xlsx")
    run("restore", "1")

    _code, said, _wrong = run("versions")
    _code, found = run_json("versions")

    lines = said.splitlines()
    assert [line.split()[0] for line in lines] == ["Versi", "3", "2", "1"]
    assert "dipulihkan dari versi 1" in lines[1]
    assert [(v["number"], v["action"], v["source"]) for v in found["versions"]] == [
        (3, "restore", ""),
        (2, "import", "cacat"),
        (1, "import", "baik"),
    ]
    assert found["versions"][2]["accounting"]["rows_used"] == 2


def test_restore_makes_an_old_version_active(run, folder):
    run("import", folder / "baik.xlsx", folder / "cacat.xlsx")

    code, said, _wrong = run("restore", "1")

    assert (code, said) == (0, "Versi 1 dipulihkan dan kini menjadi versi 3.\n")
    assert list(open_store().sources()["source"]) == ["baik"]


# --- indicators ----------------------------------------------------------------------------------


def test_indicators_are_those_of_the_data(run_json, folder):
    run_json("import", folder / "baik.xlsx")

    code, found = run_json("indicators", "--from", "2023-01", "--to", "2023-12")

    assert code == 0
    assert found["period"] == {"from": "2023-01-01", "to": "2023-12-31"}
    assert (found["audience"], found["sample"], found["version"]) == ("internal", False, 1)
    assert list(found["kelurahan"]) == PLACES.codes
    by_code = {code: area["cases"]["value"] for code, area in found["kelurahan"].items()}
    assert {code: n for code, n in by_code.items() if n} == {LOK_TUAN: 1, GUNTUNG: 1}
    assert found["city"]["cases"]["value"] == 2
    assert found["outside"]["cases"]["value"] == found["unknown"]["cases"]["value"] == 0
    assert found["kelurahan"][LOK_TUAN]["name"] == PLACES.label(LOK_TUAN)
    assert set(found["kelurahan"][LOK_TUAN]["case_rate_per_10k"]) >= {
        "value", "lower", "upper", "confidence", "n", "method",
    }  # fmt: skip


# As the agency published them: https://dp3akb.bontangkota.go.id/post/kasus-anak-2021 and so on.
@pytest.mark.parametrize(
    ("year", "by_name", "unknown", "outside"),
    [
        (
            2021,
            {
                "Lok Tuan": 12, "Api-api": 5, "Berbas Tengah": 9, "Tanjung Laut": 9,
                "Belimbing": 12, "Kanaan": 7, "Gunung Telihan": 6,
            },
            66 - 62,
            2,
        ),
        (
            2024,
            {
                "Bontang Baru": 8, "Lok Tuan": 8, "Berbas Tengah": 15, "Tanjung Laut": 9,
                "Bontang Lestari": 8, "Tanjung Laut Indah": 8, "Gunung Telihan": 10,
            },
            101 - 66 - 9,
            9,
        ),
    ],
)  # fmt: skip
def test_published_numbers_come_back_by_kelurahan_and_year(
    run_json, year, by_name, unknown, outside
):
    run_json("import", PUBLISHED)

    _code, found = run_json("indicators", "--from", f"{year}-01", "--to", f"{year}-12")

    counts = {area["name"]: area["cases"]["value"] for area in found["kelurahan"].values()}
    assert {name: n for name, n in counts.items() if n} == by_name
    assert found["unknown"]["cases"]["value"] == unknown
    assert found["outside"]["cases"]["value"] == outside
    assert found["city"]["cases"]["value"] == sum(by_name.values()) + unknown


def test_indicators_take_only_the_cases_of_the_period(run_json, folder):
    run_json("import", folder / "baik.xlsx")

    _code, found = run_json("indicators", "--from", "2023-02", "--to", "2023-02")

    assert found["period"] == {"from": "2023-02-01", "to": "2023-02-28"}
    assert found["city"]["cases"]["value"] == 1


def test_indicators_without_a_period_are_of_all_that_is_held(run_json, folder):
    run_json("import", folder / "baik.xlsx")

    _code, found = run_json("indicators")

    assert found["period"] == {"from": "2023-01-01", "to": "2023-02-06"}
    assert found["city"]["cases"]["value"] == 2


def test_one_end_of_the_period_is_enough(run_json, folder):
    run_json("import", folder / "baik.xlsx")

    _code, found = run_json("indicators", "--from", "2023-02")

    assert found["period"] == {"from": "2023-02-01", "to": "2023-02-06"}


def test_small_numbers_are_hidden_from_the_public(run_json, folder):
    run_json("import", folder / "baik.xlsx")

    _code, found = run_json("indicators", "--audience", "public")

    hidden = found["kelurahan"][LOK_TUAN]
    assert hidden["cases"]["value"] is hidden["cases"]["n"] is None
    assert hidden["cases"]["note"] == hidden["case_rate_per_10k"]["note"] == "suppressed"


def test_indicators_of_the_sample_say_so(run, run_json):
    _code, said, _wrong = run("indicators")
    _code, found = run_json("indicators")

    assert said.startswith("DATA CONTOH\n")
    assert found["sample"] is True
    assert found["version"] is None


def test_indicators_in_words_agree_with_the_object(run, run_json, folder):
    run_json("import", folder / "baik.xlsx")

    _code, said, _wrong = run("indicators", "--from", "2023", "--to", "2023")

    assert f"{PLACES.title}, 2023" in said
    assert re.search(r"^Kasus +2 +kasus$", said, re.MULTILINE)
    assert re.search(rf"^{PLACES.label(GUNTUNG)} +1 ", said, re.MULTILINE)
    assert "DATA CONTOH" not in said


def test_hidden_numbers_are_said_to_be_hidden_in_words(run, folder):
    run("import", folder / "baik.xlsx")

    _code, said, _wrong = run("indicators", "--audience", "public")

    assert re.search(rf"^{PLACES.label(GUNTUNG)} +disembunyikan ", said, re.MULTILINE)


# --- sample --------------------------------------------------------------------------------------


def test_sample_writes_workbooks_that_check_can_read(run, tmp_path):
    code, said, _wrong = run("sample", tmp_path / "contoh", "--cases", "30", "--seed", "7")

    made = said.split()
    assert code == 0
    assert made
    assert run("check", *made)[0] in (0, 1)


def test_sample_without_options_is_the_committed_one(run, tmp_path):
    run("sample", tmp_path)

    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in SAMPLE_DIR.glob("*.xlsx")}


# --- Mistakes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Perintah belum lengkap: PERINTAH. Lihat python -m lk3 --help."),
        ("check", "Perintah belum lengkap: BERKAS. Lihat python -m lk3 check --help."),
        ("restore", "Pilih VERSI, atau --from dengan berkas cadangan; salah satu saja."),
        ("restore 1 --from x.zip", "Pilih VERSI, atau --from dengan berkas cadangan"),
        ("purge", "Semua versi disimpan selamanya. Isi --older-than HARI"),
        ("restore tiga", "VERSI: 'tiga' bukan bilangan bulat."),
        ("versions --semua", "Bagian perintah ini tidak dikenal: --semua."),
        ("hapus", "PERINTAH: 'hapus' bukan pilihan; yang ada: "),
        ("indicators --audience semua", "--audience: 'semua' bukan pilihan; yang ada: "),
        ("indicators --from", "--from harus diikuti sebuah nilai."),
        ("versions --lang", "--lang harus diikuti sebuah nilai."),
        ("versions --lang fr", "--lang: 'fr' bukan pilihan; yang ada: "),
        ("restore 9", "Versi 9 tidak ada; yang tersimpan: –. Pilih salah satunya."),
        ("check tidak-ada.xlsx", "Berkas tidak-ada.xlsx tidak ada. Periksa nama dan foldernya."),
        ("import tidak-ada.xlsx", "Berkas tidak-ada.xlsx tidak ada."),
        ("indicators --from 2023-13", "'2023-13' bukan tahun, bulan, atau tanggal."),
        ("indicators --from 2024 --to 2023", "Periode berakhir (2023) sebelum dimulai (2024)."),
        ("sample x --cases banyak", "--cases: 'banyak' bukan bilangan bulat."),
        ("sample x --cases 0", "Jumlah kasus contoh yang diminta adalah 0;"),
    ],
)
def test_mistake_is_one_sentence_and_code_2(run, tmp_path, monkeypatch, words, sentence):
    monkeypatch.chdir(tmp_path)

    code, said, wrong = run(*words.split())

    assert code == 2
    assert said == ""
    assert wrong.startswith(sentence)
    assert wrong.count("\n") == 1


def test_missing_file_is_found_before_anything_is_saved(run, folder):
    code, _said, wrong = run("import", folder / "baik.xlsx", folder / "tiada.xlsx")

    assert code == 2
    assert "tiada.xlsx tidak ada" in wrong
    assert open_store().latest() is None


def test_name_of_a_source_is_for_one_file(run, folder):
    files = (folder / "baik.xlsx", folder / "cacat.xlsx")

    code, _said, wrong = run("import", *files, "--source", "satu")

    assert code == 2
    assert wrong == "--source hanya untuk satu berkas. Simpan berkas satu per satu.\n"


def test_files_that_would_replace_one_another_are_not_imported_together(run, folder):
    (folder / "lain").mkdir()
    (folder / "lain" / "baik.xlsx").write_bytes(xlsx(FLAWED))

    code, _said, wrong = run("import", folder / "baik.xlsx", folder / "lain" / "baik.xlsx")

    assert code == 2
    assert wrong.startswith("Beberapa berkas bernama baik, sehingga yang satu akan menggantikan")
    assert open_store().latest() is None


def test_file_that_another_program_holds_is_said_in_a_sentence(run, folder, monkeypatch):
    def locked(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_bytes", locked)

    code, _said, wrong = run("check", folder / "baik.xlsx")

    assert code == 2
    assert "baik.xlsx tidak dapat dibaca (Permission denied). Tutup berkas itu" in wrong


def test_folder_that_cannot_be_written_is_said_in_a_sentence(run, folder):
    code, _said, wrong = run("sample", folder / "baik.xlsx")

    assert code == 2
    assert "tidak dapat ditulisi" in wrong


# --- Language and consoles -----------------------------------------------------------------------


@pytest.mark.parametrize("words", [["--lang", "en", "versions"], ["versions", "--lang", "en"]])
def test_language_may_be_said_anywhere(run, words):
    assert run(*words)[1].startswith("No version")


def test_language_of_the_setting_is_spoken(run, monkeypatch):
    monkeypatch.setenv("LK3_LANGUAGE", "en")

    assert run("versions")[1].startswith("No version")


@pytest.mark.parametrize("command", ["check", "import", "versions", "restore", "indicators"])
def test_help_is_in_indonesian(command, capsys):
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])

    said = capsys.readouterr().out
    assert end.value.code == 0
    assert said.startswith(f"Pemakaian: python -m lk3 {command}")
    assert "tampilkan bantuan ini" in said
    assert not re.search(r"\b(usage|positional|options|show this)\b", said)


def test_console_without_the_letter_shows_a_mark_instead_of_failing(monkeypatch, run, folder):
    run("import", folder / "baik.xlsx", "--source", "kasus 😀")
    console = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", console)

    assert main(["versions"]) == 0
    assert main(["versions", "--json"]) == 0

    console.flush()
    said = console.buffer.getvalue().decode("cp1252")
    assert "kasus ?" in said
    assert json.loads(said[said.index("{") :])["versions"][0]["source"] == "kasus 😀"


def start(*words, encoding="utf-8"):
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "lk3", *map(str, words)],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": encoding},
        capture_output=True,
        encoding=encoding,
        check=False,
    )


def test_package_runs_as_a_program(folder):
    done = start("import", folder / "cacat.xlsx", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["files"][0]["rows_set_aside"] == 5


def test_program_ends_with_code_1_for_rows_set_aside_on_an_old_console(folder):
    done = start("check", folder / "cacat.xlsx", encoding="cp437")

    assert (done.returncode, done.stderr) == (1, "")
    assert "Baris dibaca 8" in done.stdout


def test_program_tells_a_mistake_without_a_traceback():
    done = start("restore", "9")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Versi 9 tidak ada")
    assert "Traceback" not in done.stderr
