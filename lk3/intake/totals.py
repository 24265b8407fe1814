"""Printed totals against their parts. A total is never data, but where it does not agree with the
rows that it adds up somebody has made a mistake, and the clerk should know.
"""

import pandas as pd

from lk3.intake.bodies import DATA, TOTAL
from lk3.intake.cleaning.numbers import clean_counts
from lk3.intake.columns import ColumnMap
from lk3.intake.findings import finding
from lk3.intake.notes import row_numbers
from lk3.intake.told import Total


def compare_totals(
    body: pd.DataFrame, roles: pd.Series, columns: ColumnMap, *, sheet: str
) -> tuple[list[dict], list[Total]]:
    """Findings for total rows of a recap that equal neither the sum of the rows since the last
    total nor the sum of all rows above (a sub-total, a grand total); and all that were compared.
    """
    positions = {c.column: c.header for c in columns.matrix}
    for name in ("cases", "population"):
        if name in columns.fields:
            positions[columns.fields[name]] = columns.header(name)
    total_rows = roles.index[roles == TOTAL]
    if not len(total_rows) or not positions:
        return [], []
    found, compared = [], []
    for column, header in positions.items():
        numbers = clean_counts(body[column])["number"].fillna(0)
        parts = numbers.where(roles == DATA, 0).cumsum()
        before = 0
        for row in total_rows:
            printed, above = int(numbers[row]), int(parts[row])
            if printed and above:
                nearest = min(above, above - before, key=lambda sum_: abs(sum_ - printed))
                compared.append(Total(sheet, int(row), header, printed, nearest))
                if printed != nearest:
                    found.append(_differs(compared[-1]))
            before = above
    return found, compared


def _differs(total: Total, *, rest: int | None = None) -> dict:
    return finding(
        "total_differs",
        sheet=total.sheet,
        row=total.row,
        column=total.column,
        printed=total.printed,
        parts=total.parts,
        rest=rest,
    )


def compare_people(
    fields: pd.DataFrame, counts: pd.DataFrame, columns: ColumnMap, *, sheet: str
) -> tuple[list[dict], list[Total]]:
    """Men and women of each row of a table of population against the people that it prints, which
    are what counts: findings where they differ, and all that were compared.
    """
    sexes = [c.column for c in columns.matrix if [dim for dim, _ in c.dims] == ["sex"]]
    if len(sexes) < 2 or "population" not in fields:
        return [], []
    numbers = pd.DataFrame({column: clean_counts(counts[column])["number"] for column in sexes})
    parts = numbers.sum(axis=1, skipna=False)
    printed = clean_counts(fields["population"])["number"]
    both = fields.index[printed.notna() & parts.notna()]
    rows, header = row_numbers(fields), columns.header("population")
    compared = [
        Total(sheet, rows[at], header, int(printed[at]), int(parts[at]), "sex") for at in both
    ]
    return [_people_differ(one) for one in compared if one.printed != one.parts], compared


def _people_differ(total: Total) -> dict:
    return finding(
        "breakdown_differs",
        sheet=total.sheet,
        row=total.row,
        column=total.column,
        printed=total.printed,
        parts=total.parts,
        breakdown="sex",
        used=total.printed,
    )


def compare_row_totals(
    fields: pd.DataFrame,
    counts: pd.DataFrame,
    expanded: pd.DataFrame,
    columns: ColumnMap,
    *,
    sheet: str,
) -> tuple[pd.DataFrame, list[dict], list[Total]]:
    """The row's own `Jumlah` against the sum of its cells.

    Out: rows (at, number) of what the sum lacks, to be counted as unknown; findings; all totals
    that were compared.
    """
    nothing = pd.DataFrame({"at": [], "number": []}, dtype="int64")
    header, written = _row_totals(fields, counts, columns)
    if written is None:
        return nothing, [], []
    printed = clean_counts(written)["number"]
    base = expanded[(expanded["breakdown"] == "") & (expanded["body"] == "base")]
    sums = base.groupby("at")["number"].sum().reindex(fields.index).fillna(0)
    numbers, told = row_numbers(fields), printed.notna()
    differs = fields.index[told & (printed != sums)]
    compared = [
        Total(sheet, int(numbers[at]), header, int(printed[at]), int(sums[at]))
        for at in fields.index[told]
    ]
    found = [
        _differs(total, rest=max(total.printed - total.parts, 0) or None)
        for total in compared
        if total.printed != total.parts
    ]
    lacking = (printed - sums)[differs]
    lacking = lacking[lacking > 0]
    rest = pd.DataFrame({"at": lacking.index, "number": lacking.astype("int64").to_numpy()})
    return rest, found, compared


def _row_totals(
    fields: pd.DataFrame, counts: pd.DataFrame, columns: ColumnMap
) -> tuple[str, pd.Series | None]:
    """The column of a matrix that adds up each row, with its header; None without one."""
    if columns.matrix and "cases" in fields:
        return columns.header("cases"), fields["cases"]
    for column in columns.matrix:
        if not column.dims:
            return column.header, counts[column.column]
    return "", None
