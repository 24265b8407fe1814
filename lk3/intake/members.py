"""Sixth stage, members and population: fields as written -> clean values with findings."""

from datetime import date

import pandas as pd

from lk3.intake.cases import Cleaned, answered_values, last_days, read_dates
from lk3.intake.cleaning.areas import AREAS_NOT_USED, clean_areas
from lk3.intake.cleaning.categories import clean_category
from lk3.intake.cleaning.cells import ANSWERED
from lk3.intake.cleaning.dates import clean_dates
from lk3.intake.cleaning.numbers import clean_counts
from lk3.intake.columns import ColumnMap
from lk3.intake.context import Context
from lk3.intake.notes import Notes, is_blank_rule
from lk3.places import NOT_AN_AREA, Places
from lk3.vocabulary import UNKNOWN


def clean_members(
    rows: pd.DataFrame, columns: ColumnMap, context: Context, *, places: Places
) -> Cleaned:
    """Clean a list of members.

    Out: rows by `tables.MEMBERS` without member_id and origin, plus at and row. A member whose term
    has no readable start is used and counts as active: findings say so. Set aside is a row whose
    kelurahan is written but not recognised.
    """
    notes = Notes(context.sheet, rows["row"], columns.headers)
    none = pd.Series(None, index=rows.index, dtype="object")
    written = rows.get("kelurahan", none)
    if context.kelurahan is not None:
        written = written.where(written.notna(), context.kelurahan)
    areas = clean_areas(
        written,
        places=places,
        answered=context.answers.values("kelurahan"),
        districts=rows.get("kecamatan"),
    )
    unusable = areas["rule"].isin(AREAS_NOT_USED)
    notes.add(
        areas["rule"], "kelurahan", written, suggestion=areas["suggestion"], set_aside=unusable
    )
    profession = clean_category(
        rows.get("profession", none),
        vocabulary="professions",
        answered=context.answers.values("profession"),
    )
    notes.add_known("profession", rows.get("profession", none), profession)
    started = _starts(rows, columns, context, notes)
    ended = clean_dates(
        rows.get("ended_on", none),
        context_year=context.year,
        today=date.max,
        month_first=context.month_first("ended_on"),
    )
    notes.add_known("ended_on", rows.get("ended_on", none), ended)
    clean = pd.DataFrame(
        {
            "at": rows["at"],
            "row": rows["row"],
            "kelurahan_code": areas["code"].where(areas["code"].fillna("") != "", UNKNOWN),
            "profession": profession["key"].where(profession["key"].fillna("") != "", UNKNOWN),
            "started_on": started["date"],
            "started_precision": started["precision"].mask(started["date"].isna(), ""),
            "ended_on": last_days(ended),
            "ended_precision": ended["precision"].mask(ended["date"].isna(), ""),
        }
    )
    questions = notes.questions(places, answered_values(context), of_members=True)
    return Cleaned(clean, notes.all(), frozenset(rows.loc[unusable, "at"]), questions)


def _starts(rows: pd.DataFrame, columns: ColumnMap, context: Context, notes: Notes) -> pd.DataFrame:
    name = next((n for n in ("started_on", "period", "year") if n in rows), None)
    started = read_dates(rows, "started_on", context)
    if name is None:
        notes.add_for_sheet("member_start_column_missing")
        return started
    blank = rows[name].isna() | is_blank_rule(started["rule"])
    notes.add(started["rule"].mask(blank, "member_start_missing"), name, rows[name])
    return started


def clean_population(
    rows: pd.DataFrame, columns: ColumnMap, context: Context, *, places: Places
) -> Cleaned:
    """Clean a table of population. Out: rows by `tables.POPULATION` without origin, plus at and
    row. Set aside is a row without a recognised kelurahan, a readable number or a year.
    """
    notes = Notes(context.sheet, rows["row"], columns.headers)
    none = pd.Series(None, index=rows.index, dtype="object")
    written = rows.get("kelurahan", none)
    areas = clean_areas(
        written,
        places=places,
        answered=context.answers.values("kelurahan"),
        districts=rows.get("kecamatan"),
    )
    people = clean_counts(rows["population"])
    households = clean_counts(rows.get("households", none))["number"].fillna(0)
    years = _years(rows, context)
    no_area = areas["code"].fillna("").isin(["", *NOT_AN_AREA])
    no_number, no_year = people["number"].isna(), years.isna()
    rule = areas["rule"].mask(no_area & ~areas["rule"].str.startswith("area"), "area_unknown")
    rule = rule.where(no_area | (rule == ANSWERED), "")
    notes.add(rule, "kelurahan", written, suggestion=areas["suggestion"], set_aside=no_area)
    unread = people["rule"].mask(people["rule"].fillna("") == "", "count_missing")
    notes.add(
        unread.where(no_number, ""),
        "population",
        rows["population"],
        suggestion=people["suggestion"],
        set_aside=no_number,
    )
    undated = pd.Series("date_missing", index=rows.index).where(no_year, "")
    notes.add(undated, "year", rows.get("year", none), set_aside=no_year)
    aside = no_area | no_number | no_year
    clean = pd.DataFrame(
        {
            "at": rows["at"],
            "row": rows["row"],
            "code": areas["code"],
            "year": years.fillna(0).astype("int64"),
            "population": people["number"].fillna(0).astype("int64"),
            "households": households.astype("int64"),
            "status": "official",
        }
    )
    questions = notes.questions(places, answered_values(context))
    return Cleaned(clean, notes.all(), frozenset(rows.loc[aside, "at"]), questions)


def _years(rows: pd.DataFrame, context: Context) -> pd.Series:
    """The year of each row: of its own column, else of the sheet."""
    if not {"year", "period"} & set(rows):
        return pd.Series(context.year, index=rows.index, dtype="Int64")
    return read_dates(rows, "", context)["date"].dt.year.astype("Int64")
