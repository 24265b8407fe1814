import pytest

from lk3 import language
from lk3.settings import REFERENCE_DIR
from lk3.vocabulary import read_csv, squash, vocabulary

NAMES = ("problems", "professions", "statuses", "services", "sexes", "months", "age_bands")


@pytest.mark.parametrize("name", NAMES)
def test_no_spelling_belongs_to_two_terms(name):
    owners: dict[str, set[str]] = {}
    for row in read_csv(REFERENCE_DIR / f"{name}.csv"):
        for text in (row["key"], row["label"], row["label_en"], *row["spellings"].split("|")):
            owners.setdefault(squash(text), set()).add(row["key"])
    owners.pop("", None)
    assert {spelling: keys for spelling, keys in owners.items() if len(keys) > 1} == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_term_and_group_has_an_english_name(name):
    for row in read_csv(REFERENCE_DIR / f"{name}.csv"):
        assert row["label"].strip()
        assert row["label_en"].strip()
        assert row.get("group_en", "-").strip()


@pytest.mark.parametrize("name", NAMES)
def test_keys_of_a_vocabulary_are_unique_and_plain(name):
    keys = [row["key"] for row in read_csv(REFERENCE_DIR / f"{name}.csv")]
    assert len(keys) == len(set(keys))
    assert all(key.isascii() and "|" not in key and "," not in key for key in keys)


@pytest.mark.parametrize("name", NAMES)
def test_every_written_spelling_is_found_in_capitals_and_with_stray_blanks(name):
    words = vocabulary(name)
    for key, term in words.terms.items():
        for spelling in (term.label, term.label_en, *term.spellings):
            if squash(spelling):  # "-" and "?" say nothing
                assert words.key_for(f"  {spelling.upper()}\n") == key


def test_squash_keeps_letters_and_digits_only():
    assert squash("Kel. Api-api ") == "kelapiapi"
    assert squash("TIDAK \nSEKOLAH") == "tidaksekolah"
    assert squash("Tg.\u00a0Laut_Indah") == "tglautindah"
    assert squash("Café № 1") == "cafeno1"
    assert squash(6474011003) == "6474011003"
    assert squash(" - ") == ""


def test_police_and_army_are_never_taken_for_each_other():
    professions = vocabulary("professions")
    assert professions.key_for("Babinkamtibmas") == "bhabinkamtibmas"
    assert professions.key_for("BABINSA") == "babinsa"
    assert professions.key_for("Babinkam") is None


def test_p_is_never_pria():
    sexes = vocabulary("sexes")
    assert sexes.key_for("P") == "P"
    assert sexes.key_for("Pria") == "L"
    assert sexes.key_for("Lk") == "L"


def test_what_nobody_has_written_down_is_not_guessed():
    assert vocabulary("problems").key_for("KDRTT") is None
    assert vocabulary("problems").key_for("") is None
    assert vocabulary("problems").key_for(None) is None


def test_all_types_published_by_the_city_are_found_but_the_one_that_says_nothing():
    rows = read_csv(REFERENCE_DIR / "uptd_ppa_bontang_published.csv")
    published = {row["kategori"] for row in rows if row["dimensi"] == "jenis"}
    unknown = {text for text in published if vocabulary("problems").key_for(text) is None}
    assert len(published) > 20
    assert unknown == {"Pelanggaran hak anak"}


def test_months_are_found_by_name_number_and_roman_numeral():
    months = vocabulary("months")
    assert [months.key_for(text) for text in ("Agst", "Nop", "Pebruari", "Oct", "XII", "1")] == [
        "8",
        "11",
        "2",
        "10",
        "12",
        "1",
    ]


def test_ages_are_divided_without_gap_or_overlap():
    terms = list(vocabulary("age_bands").terms.values())
    assert terms[0].extra["from_age"] == "0"
    assert terms[-1].extra["to_age"] == ""
    for lower, upper in zip(terms, terms[1:], strict=False):
        assert int(upper.extra["from_age"]) == int(lower.extra["to_age"]) + 1


def test_five_professions_are_required_and_two_counsel():
    terms = vocabulary("professions").terms.values()
    assert {term.key for term in terms if term.extra["required"] == "1"} == {
        "bhabinkamtibmas",
        "babinsa",
        "medis",
        "psikolog",
        "pkh",
    }
    assert {term.key for term in terms if term.extra["counsellor"] == "1"} == {"peksos", "psikolog"}


def test_labels_follow_the_language():
    services = vocabulary("services")
    assert services.label("konseling") == "Konseling"
    assert list(services.labels())[:2] == ["konsultasi", "konseling"]
    with language.speaking("en"):
        assert services.label("konseling") == "Counselling"
        assert services.labels()["rujukan"] == "Referral"


def test_a_key_that_is_no_term_is_said_to_be_unknown():
    assert vocabulary("problems").label("unknown") == "Tidak diketahui"


def test_a_header_belongs_to_one_field_of_a_table():
    owners: dict[tuple[str, str], set[str]] = {}
    for row in read_csv(REFERENCE_DIR / "headers.csv"):
        tables = ("cases", "members", "population") if row["table"] == "any" else (row["table"],)
        for table in tables:
            for header in row["headers"].split("|"):
                owners.setdefault((table, squash(header)), set()).add(row["field"])
    assert {header: fields for header, fields in owners.items() if len(fields) > 1} == {}
