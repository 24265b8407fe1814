"""The commands of a province: by kabupaten/kota, kecamatan or kelurahan."""

import json

import pytest

from lk3.cli import main
from lk3.store import open_store
from tests.province_for_tests import province_areas, province_tables, write_province

_CASES = 2_000
_ACCOUNT = {"rows_read": _CASES, "rows_used": _CASES, "rows_set_aside": 0, "rows_not_data": 0}


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    (tmp_path / "geo").mkdir()
    monkeypatch.setenv("LK3_GEO_DIR", str(write_province(tmp_path / "geo", areas=110)))
    monkeypatch.setenv("LK3_STORE", str(tmp_path / "store"))
    tables = province_tables(province_areas(110), cases=_CASES)
    account = _ACCOUNT | {"file": "uji.xlsx", "kind": "cases", "findings": []}
    open_store().save("uji", tables, accounting=account, user="")

    def run(*words):
        code = main([*map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_indicators_are_by_kelurahan_unless_a_level_is_asked_for(run):
    found = {
        level: json.loads(run("indicators", "--json", *words)[1])
        for level, words in (("", ()), ("district", ("--level", "district")))
    }
    areas = province_areas(110)
    assert set(found[""]["kelurahan"]) == set(areas["code"])
    assert len(found["district"]["kelurahan"]) == areas["code"].str[:8].nunique()
    cases = [
        sum(area["cases"]["value"] for area in each["kelurahan"].values())
        for each in found.values()
    ]
    assert cases[0] == cases[1] > 0


def test_the_public_sees_one_level_only(run):
    code, said, wrong = run("indicators", "--audience", "public")
    assert code == 0, wrong
    assert "Dibanding provinsi" in said
    assert "Kota Maju" in said
    code, said, wrong = run("indicators", "--audience", "public", "--level", "kelurahan")
    assert (code, said) == (2, "")
    assert "hanya ditampilkan menurut kabupaten/kota" in wrong


def test_a_report_speaks_of_kabupaten_unless_a_level_is_asked_for(run, tmp_path):
    out = tmp_path / "a.html"
    assert run("report", out, "--slides", "map")[0] == 0
    assert "Kabupaten" in out.read_text(encoding="utf-8")
    assert "provinsi" in out.read_text(encoding="utf-8")
    code, _said, wrong = run("report", out, "--level", "wilayah")
    assert code == 2
    assert "'regency', 'district', 'kelurahan'" in wrong


def test_a_level_that_the_place_does_not_have_is_a_sentence(capsys):
    assert main(["indicators", "--level", "regency"]) == 2
    assert "tidak dapat dihitung menurut kabupaten/kota" in capsys.readouterr().err
