"""Columns of dates whose order nothing decides -> a question, or a note that it is answered."""

from datetime import date

import pandas as pd

from lk3.intake.answers import DATE_FIELDS, DATE_ORDER, DAY_FIRST, MONTH_FIRST, answer_id
from lk3.intake.cleaning.date_texts import read_date
from lk3.intake.cleaning.dates import undecided_dates
from lk3.intake.cleaning.periods import Span
from lk3.intake.columns import ColumnMap
from lk3.intake.context import Context
from lk3.intake.findings import finding
from lk3.intake.questions import Question
from lk3.language import long_date

_EXAMPLES = 3


def ask_dates(
    fields: pd.DataFrame, columns: ColumnMap, context: Context
) -> tuple[list[Question], list[dict]]:
    """Questions about the order of dates in the fields as written, and for each order that
    somebody has answered a finding that says so.
    """
    questions: list[Question] = []
    notes: list[dict] = []
    for name in DATE_FIELDS:
        if name not in fields:
            continue
        dates = undecided_dates(fields[name])
        if not dates or (name == "reported_on" and _fits_only_day_first(dates, context.period)):
            continue
        header = columns.header(name)
        answered = context.month_first(name)
        if answered is None:
            rows = int(fields[name].isin(dates).sum())
            questions.append(_order_question(name, dates, header, context, rows=rows))
        else:
            rule = "answer_month_first" if answered else "answer_day_first"
            notes.append(finding(rule, sheet=context.sheet, column=header))
    return questions, notes


def _fits_only_day_first(dates: list[str], period: Span | None) -> bool:
    """Whether the period that the sheet names holds all dates read day first, and not all of them
    read month first.
    """
    if period is None:
        return False
    return all(period.first <= _day(text) <= period.last for text in dates) and not all(
        period.first <= _day(text, month_first=True) <= period.last for text in dates
    )


def _day(text: str, *, month_first: bool = False) -> date:
    reading = read_date(text)
    day, month = reading.day or 1, reading.month or 1
    return date(reading.year or 1, *((day, month) if month_first else (month, day)))


def _order_question(
    name: str, dates: list[str], header: str, context: Context, *, rows: int
) -> Question:
    """Day first is suggested: it is how dates are written here."""
    shown = dates[:_EXAMPLES]
    return Question(
        id=answer_id(DATE_ORDER, context.signature, name),
        kind=DATE_ORDER,
        sheet=context.sheet,
        column=header,
        written=shown[0],
        suggestion=DAY_FIRST,
        rows=rows,
        where=context.signature,
        what=name,
        keys=(DAY_FIRST, MONTH_FIRST),
        preview=tuple((text, long_date(_day(text))) for text in shown),
    )
