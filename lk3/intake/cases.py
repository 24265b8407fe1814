"""Sixth stage, cases: fields as written -> clean values, row by row, with findings.

Set aside are rows whose reporting date or kelurahan cannot be used; everything else that nobody
recognises becomes "unknown" with a finding. A blank kelurahan is used as unknown.
"""

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pandas.tseries.offsets import MonthEnd, QuarterEnd, YearEnd

from lk3.intake.answers import VALUE_FIELDS
from lk3.intake.cleaning.areas import AREAS_NOT_USED, clean_areas
from lk3.intake.cleaning.categories import clean_categories_multi, clean_category
from lk3.intake.cleaning.cells import clean_each
from lk3.intake.cleaning.dates import clean_dates
from lk3.intake.cleaning.people import clean_age_bands, clean_sex
from lk3.intake.columns import ColumnMap
from lk3.intake.context import Context
from lk3.intake.notes import Notes, is_blank_rule
from lk3.intake.questions import Question
from lk3.places import CITY, Places
from lk3.vocabulary import UNKNOWN

_NO_REFERRAL = re.compile(r"\s*([-–.]*|tidak(\s+ada)?|nihil|n/?a)\s*", re.IGNORECASE)
_PERIOD_ENDS = (("month", MonthEnd(0)), ("quarter", QuarterEnd(0)), ("year", YearEnd(0)))


@dataclass(frozen=True)
class Cleaned:
    """Clean rows with the helpers of the next stage (`at`, `row`, `body`, ...), the findings, the
    positions (`at`) of the sheet's rows that are set aside, and what the values leave to ask.
    """

    rows: pd.DataFrame
    findings: tuple[dict, ...]
    set_aside: frozenset[int]
    questions: tuple[Question, ...] = ()


def clean_cases(
    rows: pd.DataFrame,
    columns: ColumnMap,
    context: Context,
    *,
    births: pd.Series,
    places: Places,
) -> Cleaned:
    """Clean the rows of a register or an expanded recap.

    In: fields as written, and `at`, `row`, `number`, `breakdown`, `body`. Out: rows by
    `tables.CASES` without case_id, block and origin, plus at, row and body.
    """
    notes = Notes(context.sheet, rows["row"], columns.headers)
    reported, by_date = _reporting_dates(rows, context, notes)
    areas, by_area = _areas(rows, context, notes, places)
    clean = pd.DataFrame(
        {
            "at": rows["at"],
            "row": rows["row"],
            "body": rows["body"],
            "breakdown": rows["breakdown"],
            "cases": rows["number"],
            "reported_on": reported["date"],
            "reported_precision": reported["precision"],
            "kelurahan_code": areas,
        },
        index=rows.index,
    )
    clean = clean.assign(
        **_closing_dates(rows, reported, context, notes),
        **_categories(rows, context, notes),
        **_people(rows, births, reported, notes),
    )
    questions = notes.questions(places, answered_values(context))
    return Cleaned(clean, notes.all(), frozenset(rows.loc[by_date | by_area, "at"]), questions)


def answered_values(context: Context) -> dict[str, dict[str, str]]:
    """What spellings mean by what somebody has answered, by field."""
    return {name: context.answers.values(name) for name in VALUE_FIELDS}


def _blank(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(None, index=rows.index, dtype="object")


def _field(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[name] if name in rows else _blank(rows)


def read_dates(rows: pd.DataFrame, name: str, context: Context) -> pd.DataFrame:
    """Dates of a field, or of year, month and period columns beside it."""
    context_year = context.year
    years, months = rows.get("year"), rows.get("month")
    values = _field(rows, name)
    if name not in rows and "period" in rows:
        values = rows["period"]
    elif name not in rows and months is None and years is not None:
        values, years = years, None
    elif name not in rows and years is None and context_year is not None:
        years = pd.Series(context_year, index=rows.index, dtype="object")
    return clean_dates(
        values,
        years=years,
        months=months,
        context_year=context_year,
        month_first=context.month_first(name),
    )


def _reporting_dates(
    rows: pd.DataFrame, context: Context, notes: Notes
) -> tuple[pd.DataFrame, pd.Series]:
    name = next((n for n in ("reported_on", "period", "month", "year") if n in rows), None)
    if name is None:
        if context.period is None:  # `drafts` lets no sheet through without either
            raise ValueError("a recap with neither dates nor a period")
        first, precision = pd.Timestamp(context.period.first), context.period.precision
        dates = pd.DataFrame({"date": first, "precision": precision}, index=rows.index)
        dates["date"] = dates["date"].astype("datetime64[s]")
        return dates, pd.Series(False, index=rows.index)
    dates = read_dates(rows, "reported_on", context)
    broken = dates["date"].isna()
    rules = dates["rule"].mask(broken & (dates["rule"] == ""), "date_missing")
    notes.add(rules, name, rows[name], set_aside=broken)
    return dates, broken


def _areas(
    rows: pd.DataFrame, context: Context, notes: Notes, places: Places
) -> tuple[pd.Series, pd.Series]:
    written = _field(rows, "kelurahan")
    if context.kelurahan is not None:
        written = written.astype("object").where(written.notna(), context.kelurahan)
    areas = clean_areas(
        written,
        places=places,
        answered=context.answers.values("kelurahan"),
        districts=rows.get("kecamatan"),
    )
    without = (written.isna() & (rows["breakdown"] != "")) | (rows["body"] != "base")
    whole_city = areas["code"] == CITY
    rules = areas["rule"].mask(whole_city, "area_is_city").mask(without, "")
    unusable = rules.isin(AREAS_NOT_USED)
    notes.add(rules, "kelurahan", written, suggestion=areas["suggestion"], set_aside=unusable)
    unknown = whole_city | areas["code"].isin(["", None])
    return areas["code"].mask(unknown | areas["code"].isna(), UNKNOWN), unusable


def _closing_dates(
    rows: pd.DataFrame, reported: pd.DataFrame, context: Context, notes: Notes
) -> dict[str, pd.Series]:
    if "closed_on" not in rows:
        nothing = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[s]")
        return {"closed_on": nothing, "closed_precision": pd.Series("", index=rows.index)}
    closed = clean_dates(
        rows["closed_on"],
        context_year=context.year,
        month_first=context.month_first("closed_on"),
    )
    notes.add_known("closed_on", rows["closed_on"], closed)
    before = last_days(closed) < reported["date"]
    notes.add(
        pd.Series("closed_before_reported", index=rows.index).where(before, ""),
        "closed_on",
        rows["closed_on"],
    )
    return {
        "closed_on": closed["date"].mask(before),
        "closed_precision": closed["precision"].mask(closed["date"].isna() | before, ""),
    }


def last_days(dates: pd.DataFrame) -> pd.Series:
    """The last day of each period: `date` is its first day, `precision` its length."""
    ends = dates["date"].copy()
    for precision, end in (
        ("month", MonthEnd(0)),
        ("quarter", QuarterEnd(0)),
        ("year", YearEnd(0)),
    ):
        here = dates["precision"] == precision
        if here.any():
            ends[here] = (ends[here] + end).astype(ends.dtype)
    return ends


def _categories(rows: pd.DataFrame, context: Context, notes: Notes) -> dict[str, pd.Series]:
    problems = clean_categories_multi(
        _field(rows, "problem"), vocabulary="problems", answered=context.answers.values("problem")
    )
    notes.add_known("problem", _field(rows, "problem"), problems)
    result = {"problem": _or_unknown(problems["key"]), "problems": problems["keys"].fillna("")}
    for name, words, absent in (
        ("profession", "professions", UNKNOWN),
        ("status", "statuses", UNKNOWN),
        ("service", "services", ""),
    ):
        written = _field(rows, name)
        answered = context.answers.values(name)
        cleaned = clean_category(written, vocabulary=words, answered=answered)
        notes.add_known(name, written, cleaned)
        key = _or_unknown(cleaned["key"])
        result[name] = key.mask(written.isna() | is_blank_rule(cleaned["rule"]), absent)
    result["referred_to"] = clean_each(_field(rows, "referred_to"), _referred, ("key",))["key"]
    return result


def _referred(cell: Any) -> tuple[str]:
    written = "" if cell is None else str(cell)
    return ("" if _NO_REFERRAL.fullmatch(written) else "yes",)


def _people(
    rows: pd.DataFrame, births: pd.Series, reported: pd.DataFrame, notes: Notes
) -> dict[str, pd.Series]:
    sex = clean_sex(_field(rows, "sex"))
    notes.add_known("sex", _field(rows, "sex"), sex)
    born = pd.Series(births.loc[rows["at"]].to_numpy(), index=rows.index)
    ages = clean_age_bands(_field(rows, "age"), births=born, at=reported["date"])
    notes.add_known("age", _field(rows, "age"), ages)
    return {"sex": _or_unknown(sex["key"]), "age_band": _or_unknown(ages["key"])}


def _or_unknown(keys: pd.Series) -> pd.Series:
    return keys.mask(keys.isna() | keys.isin(["", "tidak_diketahui"]), UNKNOWN)
