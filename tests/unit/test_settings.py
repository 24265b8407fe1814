import re

import pytest

from lk3 import settings
from lk3.errors import UserError
from lk3.settings import ROOT, SETTINGS, get, get_int

NAMES = [setting.name for setting in SETTINGS]
CODE = [
    ROOT / "dashboard.py",
    ROOT / "run.py",
    *sorted((ROOT / "lk3").rglob("*.py")),
    *sorted((ROOT / "pages").rglob("*.py")),
]


@pytest.fixture
def secrets(tmp_path, monkeypatch):
    """Write `.streamlit/secrets.toml` of a root of one's own."""
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    settings._secrets.cache_clear()

    def write(text, encoding="utf-8"):
        (tmp_path / ".streamlit").mkdir()
        (tmp_path / ".streamlit" / "secrets.toml").write_text(text, encoding=encoding)

    yield write
    settings._secrets.cache_clear()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_without_anything_the_default_holds(secrets):
    assert get("LK3_LANGUAGE") == "id"
    assert get_int("LK3_SUPPRESS_BELOW") == 5


def test_the_file_goes_before_the_default_and_the_environment_before_the_file(secrets, monkeypatch):
    secrets('LK3_LANGUAGE = "en"\nLK3_MAX_UPLOAD_MB = 7\n[auth]\nclient_id = "x"\n')
    assert get("LK3_LANGUAGE") == "en"
    assert get_int("LK3_MAX_UPLOAD_MB") == 7
    monkeypatch.setenv("LK3_LANGUAGE", "id")
    assert get("LK3_LANGUAGE") == "id"


def test_an_empty_variable_counts_as_unset(secrets, monkeypatch):
    monkeypatch.setenv("LK3_LANGUAGE", "")
    assert get("LK3_LANGUAGE") == "id"


def test_a_file_saved_by_notepad_with_a_byte_order_mark_is_read(secrets):
    secrets('LK3_LANGUAGE = "en"\n', encoding="utf-8-sig")
    assert get("LK3_LANGUAGE") == "en"


def test_a_setting_is_read_when_it_is_asked_for(monkeypatch):
    monkeypatch.setenv("LK3_SUPPRESS_BELOW", "8")
    assert get_int("LK3_SUPPRESS_BELOW") == 8
    monkeypatch.setenv("LK3_SUPPRESS_BELOW", "6")
    assert get_int("LK3_SUPPRESS_BELOW") == 6


def test_a_word_where_a_number_belongs_is_said_in_a_sentence(monkeypatch):
    monkeypatch.setenv("LK3_SUPPRESS_BELOW", "lima")
    sentence = (
        "Pengaturan LK3_SUPPRESS_BELOW berisi 'lima'; seharusnya bilangan bulat. Perbaiki nilainya."
    )
    with pytest.raises(UserError) as error:
        get_int("LK3_SUPPRESS_BELOW")
    assert str(error.value) == sentence


def test_a_name_that_is_no_setting_is_a_bug():
    with pytest.raises(KeyError):
        get("LK3_NOSUCH")


def test_every_setting_has_a_name_of_its_own_and_a_sentence_of_help():
    assert len(set(NAMES)) == len(NAMES)
    assert all(setting.name.startswith("LK3_") for setting in SETTINGS)
    assert all(setting.help.endswith(".") for setting in SETTINGS)


def test_every_setting_that_the_code_names_exists():
    used = {
        name
        for path in CODE
        if path.is_file()
        for name in re.findall(r"\bLK3_[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8"))
    }
    assert used - set(NAMES) == set()


def test_every_setting_stands_in_the_table_of_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\|\s*`?(LK3_[A-Z_]+)`?\s*\|", readme, flags=re.MULTILINE))
    assert documented == set(NAMES)
