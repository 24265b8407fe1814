"""Cases that stand in several sources: one row each, with the latest status.

Known by their digest (register number within the year of reporting and the register's own scope).
Where sex, reporting date or age contradict one another under one number, they are two cases and a
finding. Rows that were merged stay used in the account of their file, as a continuing client's
later row does within one file.
"""

import json
from typing import Any, cast

import pandas as pd

from lk3.intake.cases import last_days
from lk3.intake.cleaning.periods import parse_period
from lk3.intake.findings import finding
from lk3.vocabulary import UNKNOWN, vocabulary

Found = tuple[str, dict[str, Any]]  # the source that a finding belongs to, and the finding
REPEATS = {
    "fate": "str",  # merged: counted once; apart: contradicts, counted as a case of its own
    "source": "str",
    "sheet": "str",
    "row": "int64",
    "kept_source": "str",  # where the case is told as it counts
    "kept_sheet": "str",
    "kept_row": "int64",
}
MERGED, APART = "merged", "apart"
_FINEST_FIRST = ("day", "month", "quarter", "year")
_BANDS_OF_ONE_PERSON = 1  # steps: an age worked out in another way may fall into the next band
_LATEST_KNOWN = (
    "kelurahan_code", "problem", "problems", "profession", "service", "referred_to", "sex",
    "age_band", "status",
)  # fmt: skip
_NEVER = pd.Timestamp(0)
_PLACE = ["source", "sheet", "row"]


def merge_repeats(
    cases: pd.DataFrame, sources: pd.DataFrame, *, last: "pd.Series[Any] | None" = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per case, and the rows that were merged or kept apart (`REPEATS`).

    In: `tables.CASES` of all sources; sources with source, file, saved_at. Each field is what the
    latest source knows of it; the reporting date is the finest. The order of rows does not matter.
    last: the last report of each source, where `cases` are not all that it holds.
    """
    shared = _in_several_sources(cases)
    if not shared.any():
        return cases, pd.DataFrame({n: pd.Series(dtype=t) for n, t in REPEATS.items()})
    if last is None:
        last = cases.groupby("source", observed=True)["reported_on"].max()
    parts = _latest_first(cases[shared], sources.assign(reaches=_reaches(last, sources)))
    parts = parts.assign(case=pd.factorize(parts["case_id"])[0])
    parts = parts.assign(who=_who(parts))
    kept = parts[~parts.duplicated("who")]
    merged = _told_latest(parts, kept)
    # The first of a number keeps its id; one that contradicts gets an id of its own.
    apart = merged.duplicated("case")
    own = merged.loc[apart, "case_id"] + "~" + merged.loc[apart, "who"].abs().astype("str")
    merged.loc[apart, "case_id"] = own
    together = pd.concat([cases[~shared], merged[cases.columns]]).sort_index()
    return together.astype(cases.dtypes.to_dict()).reset_index(drop=True), _repeats(parts)


def _in_several_sources(cases: pd.DataFrame) -> pd.Series:
    """Whether a row's case stands in more than one source."""
    repeated = (cases["case_id"] != "") & cases.duplicated("case_id", keep=False)
    if not repeated.any():
        return repeated
    pairs = cases.loc[repeated, ["case_id", "source"]]
    several = pairs.groupby("case_id")["source"].transform("nunique") > 1
    return repeated & several.reindex(cases.index, fill_value=False)


def _latest_first(parts: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The rows with the rank of their source, the source that knows best first. `sources`: with
    `reaches`, the month up to which it reports.

    That is the one whose reports reach the later month (January's file may be handed in after
    February's), then the one that was saved last (a corrected copy), then the status that is
    further on.
    """
    keys = list(zip(sources["reaches"], sources["saved_at"], strict=True))
    order = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    ranks = dict(zip(sources["source"], (order[key] for key in keys), strict=True))
    steps = {key: rank for rank, key in enumerate(vocabulary("statuses").terms)}
    ranked = parts.assign(
        rank=parts["source"].map(ranks).astype("int64"),
        step=parts["status"].map(steps).fillna(-1).astype("int64"),
    )
    by = ["case_id", "rank", "step", *_PLACE]
    return ranked.sort_values(by, ascending=[True, False, False, True, True, True])


def _reaches(last: "pd.Series[Any]", sources: pd.DataFrame) -> list[pd.Timestamp]:
    """The month up to which each source reports: that of its last report, or the month that it is
    named after, for February's file may hold no new case.
    """
    months = last.dropna().dt.to_period("M").dt.to_timestamp()
    return [
        max(months.get(source, _NEVER), _named_month(file))
        for source, file in zip(sources["source"], sources["file"], strict=True)
    ]


def _named_month(file: str) -> pd.Timestamp:
    span = parse_period(file.rsplit(".", 1)[0])
    return pd.Timestamp(span.first) if span and span.precision == "month" else _NEVER


def _who(parts: pd.DataFrame) -> pd.Series:
    """A number per case: that of its id (`case`) where all its rows agree; where they contradict
    one another a negative one for all rows that say the same.
    """
    bands = {key: rank for rank, key in enumerate(vocabulary("age_bands").terms) if key != UNKNOWN}
    said = pd.DataFrame(
        {
            "case": parts["case"],
            "sex": parts["sex"].where(parts["sex"] != UNKNOWN),
            "band": parts["age_band"].map(bands),
            "first_day": parts["reported_on"],
            "last_day": last_days(
                parts[["reported_on", "reported_precision"]].set_axis(["date", "precision"], axis=1)
            ),
        }
    )
    groups = said.groupby("case")
    spread = groups["band"].transform("max") - groups["band"].transform("min")
    contradicts = (
        (groups["first_day"].transform("max") > groups["last_day"].transform("min"))
        | (groups["sex"].transform("nunique") > 1)
        | (spread > _BANDS_OF_ONE_PERSON)
    )
    apart = said[contradicts].groupby(list(said.columns), dropna=False, sort=True).ngroup()
    return parts["case"].where(~contradicts, -1 - apart.reindex(parts.index, fill_value=0))


def _told_latest(parts: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    """The kept rows with each field as the latest source knows it."""
    known = parts[list(_LATEST_KNOWN)].replace({UNKNOWN: None, "": None})
    latest = known.groupby(parts["who"]).first()
    finest = parts.assign(finest=parts["reported_precision"].map(_FINEST_FIRST.index))
    finest = finest.sort_values("finest", kind="stable").drop_duplicates("who").set_index("who")
    closing = parts[parts["closed_on"].notna()].drop_duplicates("who").set_index("who")
    rows = kept.set_index("who", drop=False)
    for name in _LATEST_KNOWN:
        values = latest[name].reindex(rows.index)
        rows[name] = values.where(values.notna(), rows[name])
    for name in ("reported_on", "reported_precision"):
        rows[name] = finest[name].reindex(rows.index)
    closed = closing["closed_on"].reindex(rows.index)
    rows["closed_on"] = closed.mask(_open_again(parts, closing, rows))
    precision = closing["closed_precision"].reindex(rows.index)
    rows["closed_precision"] = precision.where(rows["closed_on"].notna(), "")
    return rows.set_axis(kept.index)


def _open_again(parts: pd.DataFrame, closing: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """Cases that a later source than that of the closing date has open."""
    still = [k for k, term in vocabulary("statuses").terms.items() if term.extra["is_open"] == "1"]
    told = parts[parts["status"] != UNKNOWN].drop_duplicates("who").set_index("who")["rank"]
    later = told.reindex(rows.index) > closing["rank"].reindex(rows.index)
    return rows["status"].isin(still) & later


def _repeats(parts: pd.DataFrame) -> pd.DataFrame:
    """What happened to each row that is not the one that counts. In: rows, the latest first."""
    first = parts.drop_duplicates("who").set_index("who")[_PLACE]
    top = parts.drop_duplicates("case").set_index("case")[_PLACE]
    stays = ~parts.duplicated("who")
    merged, apart = parts[~stays], parts[stays & parts.duplicated("case")]
    frames = [
        _pairs(merged, first.loc[merged["who"]], MERGED),
        _pairs(apart, top.loc[apart["case"]], APART),
    ]
    found = pd.concat(frames).astype(REPEATS)
    return found.sort_values(["fate", *_PLACE], ignore_index=True)


def _pairs(rows: pd.DataFrame, kept: pd.DataFrame, fate: str) -> pd.DataFrame:
    values = {"fate": fate} | {name: rows[name].to_numpy() for name in _PLACE}
    values |= {f"kept_{name}": kept[name].to_numpy() for name in _PLACE}
    return pd.DataFrame(values, index=rows.index, columns=list(REPEATS))


def repeat_findings(repeats: pd.DataFrame, files: dict[str, str]) -> list[Found]:
    """One finding per fate, sheet and file that the rows of the sheet stand in as well; it names
    all rows of both.
    """
    rules = {MERGED: "case_in_other_file", APART: "case_conflict_other_file"}
    found: list[Found] = []
    for place, rows in repeats.groupby(["fate", "source", "sheet", "kept_source"], sort=True):
        fate, source, sheet, kept = map(str, cast("tuple[str, ...]", place))
        said = beside(
            rules[fate],
            files[kept],
            sheet=sheet,
            cases=len(rows),
            rows=spans(rows["row"]),
            other_rows=spans(rows["kept_row"]),
        )
        found.append((source, said))
    return found


def beside(rule: str, other: str, *, sheet: str = "", **details: Any) -> dict[str, Any]:
    """A finding about a file beside another one, which is named as it is called: years in a name
    are not the numbers that a finding has to hide.
    """
    made = finding(rule, sheet=sheet, **details)
    named = json.loads(made["details"]) | {"other": other}
    return made | {"details": json.dumps(named, ensure_ascii=False)}


def spans(rows: pd.Series) -> list[list[int]]:
    """Row numbers as runs: 5, 6, 7, 9 -> [[5, 7], [9, 9]]."""
    numbers = pd.Series(sorted(set(rows.tolist())), dtype="int64")
    runs = numbers.groupby((numbers.diff() != 1).cumsum())
    return [[int(run.iloc[0]), int(run.iloc[-1])] for _n, run in runs]
