"""Which months were reported? A month without a report is not a month without cases.

In: `tables.CASES` of the active sources, and the accounts of their files with the noughts that they
write. Out: the state of every kelurahan and month, and the gaps.

What counts as a report: a register that holds any case of a month reports for all kelurahan (for
its own one when it only ever holds that one); a recap reports for the kelurahan that it names, also
with a nought; a sheet named after a month, without a row, reports that there was none.
"""

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from lk3.frames import collected, lazy
from lk3.places import CITY, OUTSIDE, Places

MONTHS = {"month": 1, "quarter": 3, "year": 12}
# cases: with cases; zero: reported, none; empty: no report between others; before: before its first
# report; after: later than all reports; coarse: before or after, but within a figure of a year.
STATES = ("cases", "zero", "coarse", "empty", "before", "after")
CHANCE = 0.05  # a gap less likely than this is hardly a time without cases
_SHOWN_AFTER = 3  # months after the last report, at most
_FINE = ("day", "month")


def reported_months(
    cases: Any,
    accounting: tuple[dict[str, Any], ...],
    *,
    places: Places,
    as_of: Any = None,
) -> pd.DataFrame:
    """The state of every month: [kelurahan_code, month, cases, state].

    Kelurahan and "city", each month from the first report to the last and up to three more until
    `as_of`. cases: reported to the month or finer; the city's hold those of unknown kelurahan, not
    those from outside. Empty without any case. The city is "empty" where no source reports.
    """
    base = _base(cases)
    if base.empty:
        return pd.DataFrame({"kelurahan_code": [], "month": [], "cases": [], "state": []})
    fine, coarse = base[base["fine"]], _spread(base[~base["fine"]])
    noughts = _noughts(accounting)
    months = _axis(pd.concat([fine["index"], coarse["index"], noughts["index"]]), as_of)
    codes = [*places.codes, CITY]
    counts = _grid(_with_city(fine), codes, months, "cases")
    reported = _reported(fine, noughts, codes, months) | (counts > 0)
    roughly = _grid(_with_city(coarse), codes, months, "cases") > 0
    states = _states(counts, reported, roughly)
    frame = pd.DataFrame(
        {
            "kelurahan_code": np.repeat(codes, len(months)),
            "month": np.tile(months, len(codes)),
            "cases": counts.to_numpy().ravel().astype("int64"),
            "state": states.to_numpy().ravel(),
        }
    )
    return frame.assign(month=_first_days(frame["month"]))


def _base(cases: Any) -> pd.DataFrame:
    keys = ("source", "block", "kelurahan_code", "reported_on", "reported_precision")
    rows = lazy(cases).filter(nw.col("breakdown") == "", ~nw.col("reported_on").is_null())
    held = collected(rows.group_by(*keys).agg(nw.col("cases").sum()))
    return pd.DataFrame(
        {
            "source": held["source"].astype("str"),
            "recap": held["block"] != "",
            "kelurahan_code": held["kelurahan_code"].astype("str"),
            "index": _month_index(held["reported_on"]),
            "length": held["reported_precision"].astype("str").map(MONTHS).fillna(1).astype(int),
            "fine": held["reported_precision"].isin(_FINE),
            "cases": held["cases"],
        }
    )


def _month_index(days: pd.Series) -> pd.Series:
    return days.dt.year * 12 + days.dt.month - 1


def _first_days(index: pd.Series) -> pd.Series:
    parts = {"year": index // 12, "month": index % 12 + 1, "day": 1}
    return pd.to_datetime(pd.DataFrame(parts)).astype("datetime64[s]")


def _spread(rows: pd.DataFrame) -> pd.DataFrame:
    """A quarter and a year in each of their months."""
    spread = rows.loc[rows.index.repeat(rows["length"])]
    return spread.assign(index=spread["index"] + spread.groupby(level=0).cumcount())


def _noughts(accounting: tuple[dict[str, Any], ...]) -> pd.DataFrame:
    """Written noughts of months: [index, kelurahan_code]."""
    rows = [
        (pd.Timestamp(first), MONTHS.get(precision, 1), code)
        for account in accounting
        for first, precision, code in account.get("noughts", ())
    ]
    frame = pd.DataFrame(rows, columns=["day", "length", "kelurahan_code"])
    if frame.empty:
        return frame.assign(index=pd.Series(dtype="int64"))
    return _spread(frame.assign(index=_month_index(frame["day"])))


def _axis(held: pd.Series, as_of: Any) -> list[int]:
    first, last = int(held.min()), int(held.max())
    if as_of is not None:
        last = max(last, min(last + _SHOWN_AFTER, as_of.year * 12 + as_of.month - 1))
    return list(range(first, last + 1))


def _with_city(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows and, under "city", those of its kelurahan and of unknown ones once more."""
    inside = rows[rows["kelurahan_code"] != OUTSIDE]
    return pd.concat([rows, inside.assign(kelurahan_code=CITY)])


def _grid(rows: pd.DataFrame, codes: list[str], months: list[int], value: str) -> pd.DataFrame:
    summed = rows.groupby(["kelurahan_code", "index"])[value].sum().unstack(fill_value=0)
    return summed.reindex(index=codes, columns=months, fill_value=0)


def _reported(
    fine: pd.DataFrame, noughts: pd.DataFrame, codes: list[str], months: list[int]
) -> pd.DataFrame:
    """Whether anybody reports for a kelurahan (or the city) in a month."""
    reported = pd.DataFrame(False, index=codes, columns=months)
    reported.loc[CITY, sorted(set(fine["index"]))] = True
    for _source, rows in fine[~fine["recap"]].groupby("source"):
        own = set(rows["kelurahan_code"]) & set(codes)
        scope = list(own) if len(own) == 1 else codes
        reported.loc[scope, sorted(set(rows["index"]))] = True
    for code, rows in noughts.groupby("kelurahan_code"):
        scope = codes if code == CITY else [str(code), CITY]
        here = [c for c in scope if c in codes]
        reported.loc[here, sorted(set(rows["index"]))] = True
    return reported


def _states(counts: pd.DataFrame, reported: pd.DataFrame, roughly: pd.DataFrame) -> pd.DataFrame:
    """Between the first report and the last a figure of a whole year is no report of its months."""
    told = reported.to_numpy()
    position = np.arange(told.shape[1])
    first = np.where(told.any(axis=1), told.argmax(axis=1), told.shape[1])
    last = position[told.any(axis=0)].max() if told.any() else -1
    before = position[None, :] < first[:, None]
    after = np.broadcast_to(position > last, told.shape)
    states = np.full(told.shape, "empty", dtype=object)
    states[after] = "after"
    states[before & ~after] = "before"
    states[roughly.to_numpy() & (before | after)] = "coarse"
    states[told] = "zero"
    states[counts.to_numpy() > 0] = "cases"
    return pd.DataFrame(states, index=counts.index, columns=counts.columns)


def gaps(reported: pd.DataFrame) -> pd.DataFrame:
    """Runs of months without a report, the city's first: [kelurahan_code, start, end, months,
    chance].

    In: as `reported_months` gives it. chance: that so many months hold no case although all was
    reported, exp(-m g) for g months at the place's mean m of its reported months; the city's gap is
    said once, not again for every kelurahan.
    """
    found = []
    city = set(reported.loc[_is_empty(reported, CITY), "month"])
    for code, rows in reported.groupby("kelurahan_code", sort=False):
        told = rows[rows["state"].isin(["cases", "zero"])]
        mean = float(told["cases"].mean()) if len(told) else np.nan
        empty = rows[rows["state"] == "empty"]
        if code != CITY:
            empty = empty[~empty["month"].isin(city)]
        runs = (_month_index(empty["month"]).diff() != 1).cumsum()
        for _run, months in empty["month"].groupby(runs):
            chance = float(np.exp(-mean * len(months)))
            found.append((code, months.iloc[0], months.iloc[-1], len(months), chance))
    frame = pd.DataFrame(found, columns=["kelurahan_code", "start", "end", "months", "chance"])
    order = frame.assign(other=frame["kelurahan_code"] != CITY)
    return order.sort_values(["other", "chance", "start"], ignore_index=True).drop(columns="other")


def _is_empty(reported: pd.DataFrame, code: str) -> pd.Series:
    return (reported["kelurahan_code"] == code) & (reported["state"] == "empty")


def months_by_source(cases: Any) -> pd.DataFrame:
    """What each source covers: [source, first, last, reported, missing], months; only what is
    reported to the month or finer. missing: months between its first and its last without a case.
    """
    base = _base(cases)
    fine = base[base["fine"]]
    held = fine.groupby("source")["index"].agg(["min", "max", "nunique"]).reset_index()
    return pd.DataFrame(
        {
            "source": held["source"],
            "first": _first_days(held["min"]),
            "last": _first_days(held["max"]),
            "reported": held["nunique"],
            "missing": held["max"] - held["min"] + 1 - held["nunique"],
        }
    )
