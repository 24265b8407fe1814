"""What holds for whatever stands in the cells."""

import re
from datetime import date, datetime, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lk3.intake.cleaning.areas import clean_areas
from lk3.intake.cleaning.categories import clean_categories_multi, clean_category
from lk3.intake.cleaning.dates import clean_dates
from lk3.intake.cleaning.numbers import clean_counts
from lk3.intake.cleaning.people import clean_age_bands, clean_sex
from lk3.intake.findings import mask, rules
from lk3.places import load_places
from lk3.vocabulary import vocabulary

quick = settings(max_examples=20)
TODAY = date(2026, 11, 24)
PLACES = load_places()
MONTHS = vocabulary("months").terms
DAYS = st.dates(date(2000, 1, 1), TODAY)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 60_000),
    st.floats(-10, 60_000) | st.just(float("nan")) | st.just(float("inf")),
    st.text(max_size=12),
    st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from(
        ["26 Juli", "KDRT, Cerai", "Lok Tuan", "1.234", "TW II 2024", "L", "34 th", "-", " -   "]
    ),
)
CLEANERS = {
    "dates": lambda cells: clean_dates(cells, today=TODAY),
    "areas": lambda cells: clean_areas(cells, places=PLACES),
    "category": lambda cells: clean_category(cells, vocabulary="professions"),
    "categories": lambda cells: clean_categories_multi(cells, vocabulary="problems"),
    "counts": clean_counts,
    "sex": clean_sex,
    "ages": lambda cells: clean_age_bands(
        cells, at=pd.Series(pd.Timestamp(TODAY), cells.index, dtype="datetime64[s]")
    ),
}
# One cell may decide how its column is read: the order of day and month, the mark of thousands,
# bands among ages. Elsewhere a row is read alone as it is read among others.
READ_ALONE = ("areas", "category", "categories", "sex")


def column(cells):
    return pd.Series(list(cells), dtype="object", index=range(5, 5 + len(cells)))


def written_ways(day):
    month = MONTHS[str(day.month)]
    return [
        f"{day.day} {month.label} {day.year}",
        f"{day.day} {month.label.upper()} {day:%y}",
        f"{day.day}-{month.spellings[1]}-{day.year}",
        f"{day.day} {month.label_en} {day.year}",
        f"{month.label_en} {day.day}, {day.year}",
        f"{day:%Y-%m-%d}",
        f"{day:%Y-%m-%d} 09:25:00",
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day:%y}",
        f"{day:%d.%m.%Y}",
        f"Senin, {day:%d-%m-%Y} 9:25",
        (day - date(1899, 12, 30)).days,
        str((day - date(1899, 12, 30)).days),
        (day - date(1899, 12, 30)).days + 0.4167,
        datetime(day.year, day.month, day.day, 9, 25),
        day,
    ]


@quick
@given(DAYS)
def test_a_day_comes_back_the_same_however_it_is_written(day):
    ways = written_ways(day)
    # A day above 12 in one cell proves that the column is day-first, as the clerk meant it.
    cleaned = clean_dates(column([*ways, "26/07/2023"]), today=TODAY)[:-1]
    assert cleaned["date"].dt.date.tolist() == [day] * len(ways)
    assert set(cleaned["precision"]) == {"day"}
    assert set(cleaned["rule"]) == {""}


@quick
@given(st.lists(DAYS.filter(lambda day: day.day > 12), min_size=1, max_size=8))
def test_a_column_with_months_first_is_read_so(days):
    cleaned = clean_dates(column([f"{day:%m/%d/%Y}" for day in days]), today=TODAY)
    assert cleaned["date"].dt.date.tolist() == days
    assert list(cleaned["rule"]) == ["date_month_first"] + [""] * (len(days) - 1)


@quick
@given(st.integers(1, 31), st.integers(1, 12))
def test_no_year_is_ever_made_up(day, month):
    name = MONTHS[str(month)].label
    cleaned = clean_dates(column([f"{day} {name}", name]), today=TODAY)
    assert cleaned["date"].isna().all()
    assert set(cleaned["rule"]) == {"date_no_year"}


@quick
@given(st.lists(CELLS, max_size=12))
def test_every_row_comes_back_once_with_a_known_rule(cells):
    written = column(cells)
    for clean in CLEANERS.values():
        cleaned = clean(written)
        assert list(cleaned.index) == list(written.index)
        assert set(cleaned["rule"]) <= set(rules()) | {""}


@quick
@given(st.lists(CELLS, max_size=12))
def test_what_has_no_value_has_a_rule(cells):
    written = column(cells)
    dates, counts = CLEANERS["dates"](written), clean_counts(written)
    assert (dates["date"].isna() <= (dates["rule"] != "")).all()
    assert (counts["number"].isna() == (counts["rule"] != "")).all()
    for name, unknown in (("areas", "code"), ("category", "key"), ("sex", "key"), ("ages", "key")):
        cleaned = CLEANERS[name](written)
        assert ((cleaned[unknown] == "unknown") <= (cleaned["rule"] != "")).all()


@quick
@given(st.lists(CELLS, min_size=1, max_size=8))
def test_distinct_cells_are_cleaned_as_row_by_row(cells):
    written = column(cells * 2)
    for name in READ_ALONE:
        together = CLEANERS[name](written)
        alone = pd.concat([CLEANERS[name](written.iloc[[n]]) for n in range(len(written))])
        pd.testing.assert_frame_equal(together, alone)


@quick
@given(st.lists(CELLS, max_size=10))
def test_cleaning_clean_values_changes_nothing(cells):
    written = column(cells)
    areas = CLEANERS["areas"](written)["code"]
    known = areas[areas.isin(PLACES.codes)]
    assert CLEANERS["areas"](known)["code"].tolist() == known.tolist()
    dates = CLEANERS["dates"](written)
    days = dates.loc[dates["precision"] == "day", "date"]
    assert CLEANERS["dates"](days.astype("object"))["date"].tolist() == days.tolist()
    numbers = clean_counts(written)["number"].dropna()
    assert clean_counts(numbers.astype("object"))["number"].tolist() == numbers.tolist()
    sexes = clean_sex(written)["key"]
    known = sexes[sexes != "unknown"].astype("object")
    assert clean_sex(known)["key"].tolist() == known.tolist()


@quick
@given(st.integers(0, 120))
def test_an_age_lies_inside_its_band(age):
    band = clean_age_bands(column([age, f"{age} th", str(age)]))["key"]
    terms = vocabulary("age_bands").terms[band.iloc[0]].extra
    assert band.nunique() == 1
    assert float(terms["from_age"]) <= age <= float(terms["to_age"] or 120)


@quick
@given(DAYS, st.integers(0, 119), st.integers(0, 364))
def test_a_birth_and_the_age_on_that_day_agree(reported, years, days):
    born = date(reported.year - years, reported.month, min(reported.day, 28)) - timedelta(days=days)
    had = (reported.month, reported.day) >= (born.month, born.day)
    age = reported.year - born.year - (not had)
    at = pd.Series([pd.Timestamp(reported)] * 2, index=[5, 6]).astype("datetime64[s]")
    cleaned = clean_age_bands(column([datetime(born.year, born.month, born.day), age]), at=at)
    if age <= 120:
        assert cleaned["key"].nunique() == 1
    else:
        assert set(cleaned["rule"]) == {"age_implausible"}


@quick
@given(
    st.text(max_size=20),
    st.from_regex(r"[0-9]{16}", fullmatch=True),
    st.text(max_size=20),
    st.sampled_from(["", " ", "-", ".", "_", "  ", ","]),
)
def test_no_number_of_an_identity_card_is_ever_shown(before, number, after, separator):
    groups = separator.join(re.findall("....", number))
    shown = re.sub(r"\D", "", mask(before + groups + after))
    assert number not in shown


@quick
@given(st.one_of(CELLS, st.text()))
def test_what_is_shown_is_short_and_masking_it_again_changes_nothing(cell):
    shown = mask(cell)
    assert len(shown) <= 40
    assert mask(shown) == shown
