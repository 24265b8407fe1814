"""What the clerk gets to know: one finding per cell, row, sheet or file that breaks a rule.

The rules are data (`data/reference/rules.csv`): code, severity, and in two languages a label, what
was found and what to do. A finding holds the code and what the sentence needs; the sentence is made
when it is read, in the reader's language. Values are masked when the finding is made, so that
nothing personal is ever stored in one.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from lk3 import language
from lk3.intake.cleaning.cells import clean_each
from lk3.intake.masking import mask, mask_numbers
from lk3.intake.questions import field_label
from lk3.language import _
from lk3.settings import REFERENCE_DIR
from lk3.tables import FINDINGS
from lk3.vocabulary import read_csv, vocabulary

__all__ = [
    "finding",
    "finding_sentence",
    "findings_for",
    "findings_frame",
    "mask",
    "rule_label",
    "rule_severity",
    "rules",
]

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_MOST_RUNS_NAMED = 12
_NOT_AMOUNTS = frozenset({"row", "first_row", "year"})
_COLUMNS = [name for name in FINDINGS.names if name not in ("file", "source")]


@dataclass(frozen=True)
class Rule:
    """A rule and its texts: Indonesian, and English in the fields that end in `_en`."""

    rule: str
    severity: str
    label: str
    label_en: str
    message: str
    message_en: str
    action: str
    action_en: str


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule by its code."""
    return {row["rule"]: Rule(**row) for row in read_csv(REFERENCE_DIR / "rules.csv")}


def rule_severity(rule: str) -> str:
    """Error (refused), warning (set aside or unsure) or note. Raises KeyError: no such rule."""
    return rules()[rule].severity


def rule_label(rule: str) -> str:
    """The rule's name in the current language; the code itself when it is no longer a rule."""
    known = rules().get(rule)
    if known is None:
        return rule
    return known.label if language.current() == "id" else known.label_en


def finding(
    rule: str,
    *,
    sheet: str = "",
    row: int = 0,
    column: str = "",
    value: Any = None,
    suggestion: str = "",
    set_aside: bool = False,
    **details: Any,
) -> dict[str, Any]:
    """One finding, by `tables.FINDINGS` without file and source.

    `row`: as Excel shows it, 0 for the whole sheet; `value`: the raw cell (it is masked here), None
    where nothing may be quoted; `details`: what else the rule's sentence names. KeyError: no such
    rule.
    """
    return {
        "rule": rule,
        "severity": rule_severity(rule),
        "sheet": sheet,
        "row": int(row),
        "column": column,
        "value": mask(value),
        "suggestion": suggestion,
        "details": _details_json(details),
        "set_aside": int(set_aside),
    }


def _details_json(details: Mapping[str, Any]) -> str:
    kept = {k: mask_numbers(v) if isinstance(v, str) else v for k, v in details.items()}
    return json.dumps(kept, ensure_ascii=False, default=str) if kept else "{}"


def findings_for(
    broken: pd.Series,
    values: pd.Series,
    *,
    sheet: str,
    column: str,
    suggestions: pd.Series | None = None,
    set_aside: bool | pd.Series = False,
    quote: bool = True,
) -> pd.DataFrame:
    """A finding for each row of a column that breaks a rule.

    In, all by the row as Excel shows it: `broken` (rule or ""), raw cells, suggestions, and whether
    the row is set aside. `quote`: False for columns that may hold free text. Out: rows by
    `tables.FINDINGS` without file and source.
    """
    at = (broken.fillna("") != "").to_numpy()
    found, cells = broken[at], values[at]
    aside = set_aside[at] if isinstance(set_aside, pd.Series) else set_aside
    near = suggestions[at].fillna("") if suggestions is not None else ""
    frame = pd.DataFrame(
        {
            "rule": found.astype("object"),
            "severity": found.map({rule: rule_severity(rule) for rule in found.unique()}),
            "sheet": sheet,
            "row": found.index,
            "column": column,
            "value": clean_each(cells, _quoted, ("value",))["value"] if quote else "",
            "suggestion": near,
            "details": "{}",
            "set_aside": aside,
        },
        index=found.index,
    )
    return frame.assign(set_aside=frame["set_aside"].astype("int64"))[_COLUMNS]


def _quoted(cell: Any) -> tuple[str]:
    return (mask(cell),)


def findings_frame(
    found: Iterable[Mapping[str, Any] | pd.DataFrame], *, file: str, source: str = ""
) -> pd.DataFrame:
    """Findings of one file, single ones and tables of them, as `tables.FINDINGS`."""
    frames: list[pd.DataFrame] = []
    single: list[Mapping[str, Any]] = []
    for item in found:
        if isinstance(item, pd.DataFrame):
            frames += [pd.DataFrame(single), item]
            single = []
        else:
            single.append(item)
    frames = [frame for frame in [*frames, pd.DataFrame(single)] if not frame.empty]
    if not frames:
        return FINDINGS.empty()
    together = pd.concat(frames, ignore_index=True)
    return FINDINGS.conform(together.assign(file=file, source=source))


def finding_sentence(row: Mapping[str, Any]) -> str:
    """A finding in the current language: where, what was found, what was expected, what to do.

    In: a row of `tables.FINDINGS`. A part of a template in square brackets is said only when all
    that it names is there. A rule that is no longer known is said by its code and place.
    """
    known = rules().get(str(row["rule"]))
    facts = _facts(row)
    if known is None:
        return f"{facts['where']}: {row['rule']}."
    if language.current() == "id":
        template = f"{known.message} {known.action}"
    else:
        template = f"{known.message_en} {known.action_en}"
    return " ".join(_filled(template, facts).split())


def _facts(row: Mapping[str, Any]) -> dict[str, str]:
    """What a sentence may name, as text for eyes."""
    details = json.loads(row.get("details") or "{}")
    facts = {name: str(row.get(name) or "") for name in ("sheet", "row", "column", "value")}
    facts["suggestion"] = str(row.get("suggestion") or "")
    facts["file"] = str(row.get("file") or "")
    facts |= {name: _for_eyes(name, value) for name, value in details.items()}
    return facts | {"where": _where(facts)}


def _for_eyes(name: str, value: Any) -> str:
    if name in ("breakdown", "shown_by") and value in vocabulary("breakdowns").terms:
        return vocabulary("breakdowns").label(value).lower()
    if name == "field":
        return field_label(str(value)).lower()
    if isinstance(value, dict):  # rules with the number of their findings
        return ", ".join(f"{rule_label(rule).lower()} ({n})" for rule, n in value.items())
    if isinstance(value, list):  # runs of rows or of months, each its first and its last
        return _runs(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or name in _NOT_AMOUNTS:
        return "" if value is None else str(value)
    return language.number(value, 0 if float(value).is_integer() else 1)


def _runs(runs: list[list[Any]]) -> str:
    """[[5, 7], [9, 9]] -> "5–7, 9"; the first ones of many."""
    said = [
        "–".join(_run_end(end) for end in dict.fromkeys(run)) for run in runs[:_MOST_RUNS_NAMED]
    ]
    return ", ".join(said) + (", …" if len(runs) > _MOST_RUNS_NAMED else "")


def _run_end(end: Any) -> str:
    """A row, or a month that is written as 2024-03."""
    return str(end) if isinstance(end, int) else language.month(date.fromisoformat(f"{end}-01"))


def _where(facts: Mapping[str, str]) -> str:
    """Lembar Januari, baris 12, kolom Kelurahan; the file when it is about all of it."""
    parts = [
        _("lembar {sheet}").format(sheet=facts["sheet"]) if facts["sheet"] else "",
        _("baris {row}").format(row=facts["row"]) if facts["row"] not in ("", "0") else "",
        _("kolom {column}").format(column=facts["column"]) if facts["column"] else "",
    ]
    said = ", ".join(part for part in parts if part)
    said = said or _("berkas {file}").format(file=facts["file"]).strip()
    return said[:1].upper() + said[1:]


def _filled(template: str, facts: Mapping[str, str]) -> str:
    def optional(match: re.Match[str]) -> str:
        named = _PLACEHOLDER.findall(match[1])
        return match[1] if all(facts.get(name) for name in named) else ""

    wanted = _OPTIONAL.sub(optional, template)
    return _PLACEHOLDER.sub(lambda match: facts.get(match[1]) or "–", wanted)
