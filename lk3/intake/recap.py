"""Recaps: rows and cells that stand for n cases -> rows with a count.

A matrix (kelurahan x problem, the other way round, or with months in its columns) becomes one row
per cell. Columns that break the same cases down a second way (`L | P` beside the problems) become
alternative rows, which never add to the others. A long recap (a column that says by what a row
breaks the cases down) is turned the same way.
"""

from dataclasses import dataclass

import pandas as pd

from lk3.intake.cleaning.numbers import clean_counts
from lk3.intake.columns import ColumnMap, MatrixColumn
from lk3.intake.findings import finding
from lk3.intake.notes import row_numbers
from lk3.vocabulary import vocabulary

BASE, TOTAL, DISTRICT, OTHER = "base", "total", "kecamatan", "other"
ALTERNATIVES = ("problem", "sex", "age_band")
_FIELD = {"age_band": "age"}
_BASE_BEFORE = ("kelurahan", "year", "month", "problem", "sex", "age_band")


@dataclass(frozen=True)
class Expanded:
    """Rows with a count.

    `rows`: the fields of `Taken.fields`, and `number` (Int64), `breakdown` ("" or the dimension of
    an alternative row), `body` (base, total, kecamatan or other: what the row is in its body of
    cases), `at` (position of the sheet's row). `set_aside`: positions of rows without any count.
    """

    rows: pd.DataFrame
    set_aside: frozenset[int]
    findings: tuple[dict, ...]


def expand_register(fields: pd.DataFrame) -> Expanded:
    """A register: every row is one case."""
    return Expanded(_as_rows(fields, pd.Series(1, index=fields.index)), frozenset(), ())


def expand_counted(fields: pd.DataFrame, columns: ColumnMap, *, sheet: str) -> Expanded:
    """A recap with a column of counts. A row without a readable count is set aside."""
    counted = clean_counts(fields["cases"])
    rules = counted["rule"].where(counted["number"].isna(), "")
    rules = rules.mask(counted["number"].isna() & (rules == ""), "count_missing")
    missing = rules[rules != ""]
    numbers = row_numbers(fields)
    notes = tuple(
        finding(
            rule,
            sheet=sheet,
            row=numbers[at],
            column=columns.header("cases"),
            value=fields.at[at, "cases"],
            set_aside=True,
        )
        for at, rule in missing.items()
    )
    rows = _as_rows(fields, counted["number"])
    if "dimension" in fields:
        rows = _by_dimension(rows, fields)
    return Expanded(rows, frozenset(missing.index), notes)


def expand_matrix(
    fields: pd.DataFrame, counts: pd.DataFrame, columns: ColumnMap, *, sheet: str
) -> Expanded:
    """A matrix: one row per cell with a count. A row without any readable count is set aside."""
    families = _families(columns.matrix)
    base = next(iter(families), ())
    parts, notes = [], []
    readable = pd.Series(False, index=fields.index)
    for dims, matrix_columns in families.items():
        for column in matrix_columns:
            cleaned = clean_counts(counts[column.column])
            readable |= cleaned["number"].notna() & (dims == base)
            notes += _unreadable(cleaned, counts[column.column], fields, column, sheet)
            parts.append(_cells_of(fields, cleaned["number"], column, alternative=dims != base))
    empty = fields.index[~readable]
    numbers = row_numbers(fields)
    notes += [
        finding("count_missing", sheet=sheet, row=numbers[at], set_aside=True) for at in empty
    ]
    rows = pd.concat(parts, ignore_index=True)
    return Expanded(rows[rows["number"].notna()], frozenset(empty), tuple(notes))


def expand_population(
    fields: pd.DataFrame, counts: pd.DataFrame, columns: ColumnMap
) -> pd.DataFrame:
    """Population with a column per year -> one row per year: the fields with year, population and
    `at`. A table with one column of people stays as it is.
    """
    years = [c for c in columns.matrix if [dim for dim, _ in c.dims] == ["year"]]
    if not years:
        return fields.assign(at=fields.index)
    parts = [
        fields.assign(year=c.dims[0][1], population=counts[c.column], at=fields.index)
        for c in years
    ]
    return pd.concat(parts, ignore_index=True)


def _as_rows(fields: pd.DataFrame, number: pd.Series) -> pd.DataFrame:
    return fields.drop(columns=["cases", "dimension"], errors="ignore").assign(
        number=number.astype("Int64"), breakdown="", body=BASE, at=fields.index
    )


def _by_dimension(rows: pd.DataFrame, fields: pd.DataFrame) -> pd.DataFrame:
    """A long recap: the category goes into the field of its row's dimension."""
    known = vocabulary("breakdowns")
    dimension = fields["dimension"].map(lambda text: known.key_for(text) or OTHER)
    category = fields.get("problem", pd.Series(None, index=fields.index, dtype="object"))
    result = rows.drop(columns=["problem", "kelurahan"], errors="ignore")
    for name in ("kelurahan", *ALTERNATIVES):
        wanted = dimension.isin([name, "kecamatan"] if name == "kelurahan" else [name])
        result[_FIELD.get(name, name)] = category.where(wanted, None)
    body = dimension.where(dimension.isin([TOTAL, DISTRICT, OTHER]), BASE)
    body = body.mask(~dimension.isin([TOTAL, DISTRICT, "kelurahan", *ALTERNATIVES]), OTHER)
    breakdown = dimension.where(dimension.isin(ALTERNATIVES), "")
    return result.assign(body=body, breakdown=breakdown, dimension=dimension)


def _families(
    matrix: tuple[MatrixColumn, ...],
) -> dict[tuple[str, ...], list[MatrixColumn]]:
    """Columns by the dimensions that they break cases down by, the one that counts first. A column
    of totals counts only where nothing of its own group does.
    """
    families: dict[tuple[str, ...], list[MatrixColumn]] = {}
    for column in matrix:
        families.setdefault(tuple(dim for dim, _ in column.dims), []).append(column)
    families.pop((), None)
    for dims in list(families):
        if any(set(dims) < set(others) for others in families):
            del families[dims]  # `Jumlah` of a group whose parts are there
    order = sorted(families, key=_rank)
    return {dims: families[dims] for dims in order}


def _rank(dims: tuple[str, ...]) -> int:
    return min((_BASE_BEFORE.index(d) for d in dims if d in _BASE_BEFORE), default=99)


def _cells_of(
    fields: pd.DataFrame, number: pd.Series, column: MatrixColumn, *, alternative: bool
) -> pd.DataFrame:
    rows = _as_rows(fields, number)
    for dim, text in column.dims:
        rows[_FIELD.get(dim, dim)] = text
    known = [dim for dim, _ in column.dims if dim in ALTERNATIVES]
    if not alternative:
        return rows
    return rows.assign(breakdown=known[0]) if known else rows.assign(body=OTHER)


def _unreadable(
    cleaned: pd.DataFrame,
    written: pd.Series,
    fields: pd.DataFrame,
    column: MatrixColumn,
    sheet: str,
) -> list[dict]:
    """Findings for cells that say something which is no number. The row itself is used."""
    numbers = row_numbers(fields)
    wrong = cleaned.index[cleaned["number"].isna() & (cleaned["rule"] != "") & written.notna()]
    return [
        finding(
            str(cleaned.at[at, "rule"]),
            sheet=sheet,
            row=numbers[at],
            column=column.header,
            value=written[at],
        )
        for at in wrong
    ]
