"""The tables of the house: the one dictionary of columns, types and meanings.

Whatever passes between the layers as a DataFrame conforms to one of these schemas. Text columns are
pandas strings, never missing ("" is: not in the sheet; "unknown" is: written, but not known).
Dates are datetime64, NaT when absent.
"""

from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

_ARROW = {"text": pa.string(), "date": pa.date32(), "int": pa.int64()}
_PANDAS = {"text": "str", "date": "datetime64[s]", "int": "int64"}


@dataclass(frozen=True)
class Column:
    """A column: its name, its type ("text", "date" or "int") and what it means."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Schema:
    """The columns of one table."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def arrow(self) -> pa.Schema:
        return pa.schema([(column.name, _ARROW[column.type]) for column in self.columns])

    def empty(self) -> pd.DataFrame:
        """The table without rows."""
        return pd.DataFrame({c.name: pd.Series(dtype=_PANDAS[c.type]) for c in self.columns})

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The same rows with exactly these columns and types.

        A text or date column that the frame lacks is filled with "" or NaT, a missing number with
        1 for `cases` and 0 elsewhere. A column that the schema does not know raises ValueError:
        nothing personal slips through by being carried along.
        """
        unknown = set(frame.columns) - set(self.names)
        if unknown:
            raise ValueError(f"{self.name}: unknown columns {sorted(unknown)}")
        return pd.DataFrame(
            {column.name: self._typed(frame, column) for column in self.columns},
            index=frame.index,
        ).reset_index(drop=True)

    def _typed(self, frame: pd.DataFrame, column: Column) -> pd.Series:
        if column.name in frame:
            values = frame[column.name]
        else:
            filler = {"text": "", "date": pd.NaT, "int": int(column.name == "cases")}[column.type]
            values = pd.Series(filler, index=frame.index)
        if column.type == "text" and isinstance(values.dtype, pd.StringDtype):
            return values.fillna("").astype("str")
        if column.type == "text":
            return values.astype("object").where(values.notna(), "").astype("str")
        return values.astype(pd.api.types.pandas_dtype(_PANDAS[column.type]))


_ORIGIN = (
    Column("source", "text", "the workbook it came from, as it is named in the store"),
    Column("sheet", "text", "the sheet of the workbook"),
    Column("row", "int", "the row of the sheet, as Excel shows it"),
)

CASES = Schema(
    "cases",
    (
        Column("case_id", "text", "keyed digest of the register number; '' when there is none"),
        Column("reported_on", "date", "first day of the reported day, month, quarter or year"),
        Column("reported_precision", "text", "day, month, quarter or year"),
        Column("closed_on", "date", "first day of the period in which the case was closed"),
        Column("closed_precision", "text", "day, month, quarter or year; '' while not closed"),
        Column("kelurahan_code", "text", "code of a kelurahan, 'outside' or 'unknown'"),
        Column("problem", "text", "key of the main problem, or 'unknown'"),
        Column("problems", "text", "keys of all problems, the main one first, joined by '|'"),
        Column("profession", "text", "key of the member's profession who handled it"),
        Column("status", "text", "key of the latest status, or 'unknown'"),
        Column("service", "text", "key of the service"),
        Column("referred_to", "text", "'yes' when the sheet names a place it was referred to"),
        Column("sex", "text", "L, P or 'unknown'"),
        Column("age_band", "text", "key of the age band, or 'unknown'"),
        Column("cases", "int", "1, or the number of cases that a recap row stands for"),
        Column("block", "text", "recaps: which body of cases the row breaks down; registers: ''"),
        Column(
            "breakdown",
            "text",
            "'' for rows that count; else the one dimension by which this row breaks down cases "
            "that are counted already (problem, sex or age_band)",
        ),
        *_ORIGIN,
    ),
)

MEMBERS = Schema(
    "members",
    (
        Column("member_id", "text", "keyed digest of what tells two members apart in the sheet"),
        Column("kelurahan_code", "text", "code of a kelurahan, 'city' or 'unknown'"),
        Column("profession", "text", "key of the profession, or 'unknown'"),
        Column("started_on", "date", "first day of the period in which the term started"),
        Column("started_precision", "text", "day, month, quarter or year"),
        Column("ended_on", "date", "last day of the term, NaT while it runs"),
        Column("ended_precision", "text", "day, month, quarter or year"),
        *_ORIGIN,
    ),
)

POPULATION = Schema(
    "population",
    (
        Column("code", "text", "code of a kelurahan"),
        Column("year", "int", "calendar year"),
        Column("population", "int", "people"),
        Column("households", "int", "households; 0 when not given"),
        Column("status", "text", "official or estimate"),
        *_ORIGIN,
    ),
)

FINDINGS = Schema(
    "findings",
    (
        Column("rule", "text", "code of the rule in data/reference/rules.csv"),
        Column("severity", "text", "error (refused), warning (set aside or unsure), note"),
        Column("file", "text", "name of the file"),
        Column("sheet", "text", "sheet, '' for the whole file"),
        Column("row", "int", "row as Excel shows it, 0 for the whole sheet"),
        Column("column", "text", "header of the column, '' for the whole row"),
        Column("value", "text", "what stood there, masked when personal, 40 characters at most"),
        Column("suggestion", "text", "what it may have meant, '' when nothing is near"),
        Column("details", "text", "JSON object with what the rule's sentence still needs"),
        Column("set_aside", "int", "1 when this finding is why its row is not used, else 0"),
        Column("source", "text", "the workbook as it is named in the store"),
    ),
)

SCHEMAS = {schema.name: schema for schema in (CASES, MEMBERS, POPULATION, FINDINGS)}


@dataclass(frozen=True)
class Tables:
    """What is held at one version: the four tables, each by its schema."""

    cases: pd.DataFrame
    members: pd.DataFrame
    population: pd.DataFrame
    findings: pd.DataFrame

    @staticmethod
    def empty() -> "Tables":
        return Tables(*(schema.empty() for schema in SCHEMAS.values()))

    @staticmethod
    def concat(parts: "list[Tables]") -> "Tables":
        """The rows of several under one another."""
        if not parts:
            return Tables.empty()
        return Tables(
            *(
                pd.concat([getattr(part, name) for part in parts], ignore_index=True)
                for name in SCHEMAS
            )
        )
