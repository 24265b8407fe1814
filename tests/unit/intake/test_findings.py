"""Findings: each rule has its sentence in both languages, and no sentence says what is personal."""

import ast
import json
import re
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

import lk3.intake
from lk3 import language
from lk3.intake.findings import (
    finding,
    finding_sentence,
    findings_for,
    findings_frame,
    rule_label,
    rule_severity,
    rules,
)
from lk3.tables import FINDINGS

INTAKE = Path(lk3.intake.__file__).parent
PLACEHOLDER = re.compile(r"\{(\w+)\}")
OF_EVERY_FINDING = {"where", "sheet", "row", "column", "value", "suggestion", "file"}
MADE_BY_CLEANING = re.compile(r"(date|area|category|number|sex|age)_[a-z_]+")
NO_RULES = {"age_band", "age_bands", "date_label", "date_order", "number_written"}
TAKES_A_RULE = {"finding": 0, "Refused": 0, "add_for_sheet": 0, "_leave_out": 1}


@lru_cache(maxsize=1)
def nodes():
    """Everything that the code of the intake consists of."""
    texts = [path.read_text(encoding="utf-8") for path in INTAKE.rglob("*.py")]
    return [node for text in texts for node in ast.walk(ast.parse(text))]


def calls_with_rules():
    """Every call of the intake that names a rule: the rule and the names of its details."""
    for node in nodes():
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        at = TAKES_A_RULE.get(name, len(node.args))
        if at < len(node.args) and isinstance(node.args[at], ast.Constant):
            keywords = {k.arg for k in node.keywords if k.arg} - {"set_aside"}
            yield node.args[at].value, keywords


def rules_in_strings():
    """Codes in plain strings: whatever looks like a rule of the cleaning."""
    texts = {node.value for node in nodes() if isinstance(node, ast.Constant)}
    return {t for t in texts if isinstance(t, str) and MADE_BY_CLEANING.fullmatch(t)} - NO_RULES


def details_of(rule):
    """Examples of what the calls of a rule pass as details."""
    return {name for code, names in calls_with_rules() if code == rule for name in names}


def test_every_rule_of_the_code_is_written_down():
    used = {rule for rule, _ in calls_with_rules()} | rules_in_strings()
    assert len(used) > 40, "the search finds the rules"
    assert used - set(rules()) == set(), "write it into rules.csv (or here, if it is no rule)"


@pytest.mark.parametrize("rule", sorted(rules()))
def test_every_rule_is_said_in_both_languages(rule):
    known = rules()[rule]
    assert known.severity in ("error", "warning", "note")
    for text in (known.label, known.label_en, known.message, known.message_en):
        assert text.strip()
    assert known.action.strip().endswith(".")
    assert known.action_en.strip().endswith(".")
    assert set(PLACEHOLDER.findall(known.message)) == set(PLACEHOLDER.findall(known.message_en))
    assert set(PLACEHOLDER.findall(known.action)) == set(PLACEHOLDER.findall(known.action_en))


@pytest.mark.parametrize("rule", sorted(rules()))
def test_every_sentence_says_where_and_can_be_filled(rule):
    known = rules()[rule]
    needed = set(PLACEHOLDER.findall(known.message + known.action))
    assert "where" in needed
    missing = needed - OF_EVERY_FINDING - details_of(rule)
    used = {code for code, _ in calls_with_rules()}
    assert missing == set() or rule not in used, "some call passes each detail that is named"
    details = dict.fromkeys(needed - OF_EVERY_FINDING, 3)
    row = finding(
        rule, sheet="Januari", row=12, column="Tgl", value="x1", suggestion="y1", **details
    )
    for spoken in language.LANGUAGES:
        with language.speaking(spoken):
            sentence = finding_sentence(row)
        assert not set("{}[]–") & set(sentence)
        assert "Januari" in sentence
        assert "12" in sentence
        assert "  " not in sentence
        assert sentence.endswith(".")


@pytest.mark.parametrize("rule", sorted(rules()))
def test_a_sentence_without_its_optional_parts_still_reads_well(rule):
    optional = re.compile(r"\[[^\]]*\]")
    known = rules()[rule]
    needed = set(PLACEHOLDER.findall(optional.sub("", known.message + known.action)))
    row = finding(rule, **dict.fromkeys(needed - OF_EVERY_FINDING, 3)) | {"file": "a.xlsx"}
    sentence = finding_sentence(row)
    assert not re.search(r"[{}\[\]–]|\s[.,;:](?!\w)|,,|\.\.|\(\)|“”|[;,:]\.", sentence)
    assert sentence.startswith("Berkas a.xlsx")


def test_a_sentence_says_where_what_and_what_to_do():
    row = finding(
        "area_unknown",
        sheet="Januari",
        row=12,
        column="Kelurahan",
        value="berbas lestari",
        suggestion="Berbas Pantai",
        set_aside=True,
    )
    assert finding_sentence(row) == (
        "Lembar Januari, baris 12, kolom Kelurahan: kelurahan “berbas lestari” tidak ada dalam "
        "daftar kelurahan. Mungkin maksudnya Berbas Pantai. Tulis nama resmi kelurahan, atau "
        "“Luar Kota” untuk klien dari luar kota."
    )


def test_what_is_not_known_is_left_out_of_the_sentence():
    row = finding("area_unknown", row=12, column="Kelurahan")
    assert finding_sentence(row) == (
        "Baris 12, kolom Kelurahan: kelurahan tidak ada dalam daftar kelurahan. Tulis nama resmi "
        "kelurahan, atau “Luar Kota” untuk klien dari luar kota."
    )


def test_numbers_and_breakdowns_are_said_for_eyes():
    row = finding(
        "total_differs", sheet="2021", row=2, printed=1066, parts=1091, breakdown="problem"
    )
    assert "adalah 1.066, sedangkan rinciannya menurut jenis masalah berjumlah 1.091" in (
        finding_sentence(row)
    )
    with language.speaking("en"):
        assert "is 1,066, while its parts by problem add up to 1,091" in finding_sentence(row)


def test_braces_of_a_sheet_are_no_placeholders():
    row = finding("date_broken", sheet="{value}", row=3, column="[Tgl]", value="{tahun}")
    assert "Lembar {value}, baris 3, kolom [Tgl]: isi sel “{tahun}”" in finding_sentence(row)


def test_a_file_is_named_when_it_is_about_all_of_it():
    row = finding("file_too_large", size_mb=61.5, limit_mb=50) | {"file": "besar.xlsx"}
    assert finding_sentence(row) == (
        "Berkas besar.xlsx berukuran 61,5 MB, sedangkan batasnya 50 MB. Hapus gambar dan lembar "
        "yang tidak perlu, atau bagi menjadi beberapa berkas."
    )


def test_a_rule_of_an_older_version_is_said_by_its_code():
    row = {"rule": "no_longer", "sheet": "A", "row": 3, "details": "{}"}
    assert finding_sentence(row) == "Lembar A, baris 3: no_longer."
    assert rule_label("no_longer") == "no_longer"


def test_a_finding_of_no_rule_is_a_mistake_of_the_code():
    with pytest.raises(KeyError, match="no_such_rule"):
        finding("no_such_rule")
    with pytest.raises(KeyError, match="no_such_rule"):
        rule_severity("no_such_rule")


def test_labels_follow_the_language():
    assert rule_label("area_missing") == "Kelurahan kosong"
    with language.speaking("en"):
        assert rule_label("area_missing") == "Kelurahan is blank"


def test_a_finding_keeps_no_personal_value_and_none_in_its_details():
    row = finding("no_kelurahan_column", value="6474011203900001", headers="NIK, 081234567890")
    assert row["value"] == "***"
    assert json.loads(row["details"]) == {"headers": "NIK, ***"}


def test_a_column_gives_a_finding_for_each_row_that_breaks_a_rule():
    broken = pd.Series(["", "area_unknown", "area_missing"], index=[5, 6, 9])
    cells = pd.Series(["Guntung", "berbas lestari", None], index=[5, 6, 9], dtype="object")
    near = pd.Series(["", "Bontang Lestari", None], index=[5, 6, 9])
    aside = pd.Series([False, True, False], index=[5, 6, 9])
    table = findings_for(
        broken, cells, sheet="Mei", column="Kel", suggestions=near, set_aside=aside
    )
    expected = [
        finding("area_unknown", sheet="Mei", row=6, column="Kel", value="berbas lestari",
                suggestion="Bontang Lestari", set_aside=True),
        finding("area_missing", sheet="Mei", row=9, column="Kel"),
    ]  # fmt: skip
    assert table.to_dict("records") == expected


def test_free_text_is_never_quoted():
    broken = pd.Series(["category_unknown"], index=[5])
    cells = pd.Series(["sudah pulang"], index=[5])
    table = findings_for(broken, cells, sheet="", column="Ket.", quote=False)
    assert list(table["value"]) == [""]


def test_single_findings_and_tables_become_one_table_in_their_order():
    broken = pd.Series(["date_broken"], index=[7])
    table = findings_for(broken, pd.Series(["x"], index=[7]), sheet="A", column="Tgl")
    whole = findings_frame(
        [finding("sheet_hidden", sheet="B"), table, finding("row_duplicate", row=8, first_row=7)],
        file="a.xlsx",
        source="a",
    )
    assert list(whole.columns) == FINDINGS.names
    assert list(whole["rule"]) == ["sheet_hidden", "date_broken", "row_duplicate"]
    assert set(whole["file"]) == {"a.xlsx"}
    assert set(whole["source"]) == {"a"}


def test_no_findings_are_an_empty_table():
    none = findings_for(pd.Series([""]), pd.Series(["x"]), sheet="", column="")
    assert none.empty
    pd.testing.assert_frame_equal(findings_frame([none], file="a.xlsx"), FINDINGS.empty())
    pd.testing.assert_frame_equal(findings_frame([], file="a.xlsx"), FINDINGS.empty())
