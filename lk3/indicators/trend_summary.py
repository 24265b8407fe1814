"""What a trend says: counts over time, the limits of chance, the signals, and a sentence.

In: a `Context`, a unit of time, and the days on which limits start anew. Out: `TrendSummary`. The
page Tren and the reports take it from here, so that they cannot disagree. Limits are computed for
each stretch between two such days on its own, from the units that are held whole.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from lk3.counts import Period
from lk3.counts.period import unit_end
from lk3.indicators import trend_summary_words as words
from lk3.indicators.annotations import Baseline
from lk3.indicators.context import Context
from lk3.indicators.control_charts import (
    CHARTS,
    FEW_CASES,
    LEAST_MEAN,
    limits_of,
    suitable_chart,
)
from lk3.indicators.intervals import Floats
from lk3.indicators.signals import SIGNALS, Event, find_events, find_signals
from lk3.indicators.trend_units import (
    GAPS,
    HIDDEN,
    MONTHS,
    STATUSES,
    count_units,
    unit_label,
    unit_status,
)
from lk3.language import _

Release = Callable[[pd.DataFrame], pd.DataFrame]
NO_DATA = "no_data"


@dataclass(frozen=True, eq=False)
class TrendSummary:
    """A trend and what may be said of it, in the current language.

    frame: one row per unit in order, [start (datetime64), label, cases (float, NaN: gap or hidden),
    centre, lower, upper (float, NaN without limits), signal (keys of `signals.SIGNALS` joined by
    "|", "" for none), note (in words, "" for none), status (key of `trend_units.STATUSES`), segment
    (int, one more with every new baseline), focus (bool, inside the filter's period)].
    sentence: the headline. unit: "month", "quarter" or "year". method: the chart of the last
    stretch ("xmr", "c_chart", "u_chart"), or why it has none ("few_points", "few_cases",
    "no_data", "hidden"). caveat: method, trial limits and how often chance alone gives a sign.
    signals, earlier: the signals [rule, text] inside and before the filter's period, the latest
    first. notes: what is not judged or not held. offer: the unit that suits better, "" for none.
    chance: how likely a series without any change shows a signal in the filter's period.
    """

    frame: pd.DataFrame
    sentence: str
    unit: str
    method: str
    caveat: str
    signals: tuple[words.Signal, ...] = ()
    earlier: tuple[words.Signal, ...] = ()
    notes: tuple[str, ...] = ()
    offer: str = ""
    chance: float = 0.0

    @property
    def has_limits(self) -> bool:
        """Whether at least one stretch has limits."""
        return bool(self.frame["upper"].notna().any())


@dataclass(frozen=True, eq=False)
class _Stretch:
    """The units between two baselines, their chart, and the signals at positions of the frame."""

    rows: pd.DataFrame
    method: str
    events: tuple[Event, ...] = ()


def trend_summary(
    context: Context,
    unit: str,
    *,
    code: str = "",
    history: bool = True,
    baselines: Sequence[Baseline] = (),
    release: Release | None = None,
    per_person: bool = False,
) -> TrendSummary:
    """The trend of the city, or of one kelurahan (`code`).

    unit: "month", "quarter" or "year". history: judge by everything that is held up to the end of
    the filter's period, not by that period alone. release: takes [start, cases] and gives it back
    for an audience, hidden counts as NaN (`disclosure.release_table`); with one count hidden there
    are no limits and no signals, which would help to work it out. per_person: exposure in
    person-years where the population is known, else in days.
    """
    counts = count_units(context, unit=unit, code=code, history=history)
    status = unit_status(context, counts["start"], unit=unit, code=code, history=history)
    exposure = _exposure(context, counts["start"], unit, code=code, per_person=per_person)
    return judge_trend(
        _released(counts, release).assign(status=status, exposure=exposure),
        unit=unit,
        baselines=baselines,
        focus=context.observed,
    )


def trend_summaries(
    context: Context,
    unit: str,
    by: str,
    *,
    history: bool = True,
    baselines: Sequence[Baseline] = (),
    release: Release | None = None,
) -> Mapping[str, TrendSummary]:
    """The trends by problem, profession, district or kelurahan_code, the largest first; each with
    limits of its own where its counts allow. release: takes [start, by, cases].
    """
    counts = count_units(context, unit=unit, by=by, history=history)
    released = _released(counts, release)
    totals = counts.groupby(by, observed=True)["cases"].sum().sort_values(ascending=False)
    found = {}
    for key in totals.index[totals > 0]:
        part = released[released[by] == key].drop(columns=by).reset_index(drop=True)
        code = str(key) if by == "kelurahan_code" and key in context.places.codes else ""
        status = unit_status(context, part["start"], unit=unit, code=code, history=history)
        part = part.assign(status=status, exposure=_exposure(context, part["start"], unit))
        found[str(key)] = judge_trend(part, unit=unit, baselines=baselines, focus=context.observed)
    return found


def judge_trend(
    counts: pd.DataFrame,
    *,
    unit: str,
    baselines: Sequence[Baseline] = (),
    focus: Period | None = None,
) -> TrendSummary:
    """The trend of counts [start, cases (NaN: hidden), status, exposure], one row per unit."""
    frame = _framed(counts, unit=unit, baselines=baselines, focus=focus)
    if (frame["status"] == HIDDEN).any():
        return TrendSummary(frame, words.hidden_words(), unit, HIDDEN, "")
    exposure = counts["exposure"].to_numpy(dtype="float64")
    parts = [_stretch(rows, exposure[rows.index]) for _n, rows in frame.groupby("segment")]
    frame = pd.concat([part.rows for part in parts]) if parts else frame
    notes = words.status_notes(frame, unit)
    if not frame.loc[frame["status"] == "", "cases"].sum() > 0:
        return TrendSummary(frame, words.nothing_words(), unit, NO_DATA, "", notes=notes)
    last = parts[-1]
    inside, before = words.event_words(frame, [e for part in parts for e in part.events], unit)
    offer = "" if last.method in CHARTS else _offer(last.rows, unit, last.method)
    return TrendSummary(
        frame,
        words.headline(last.rows, unit, last.method, inside, offer),
        unit,
        last.method,
        words.caveat(last.rows, unit, [part.method for part in parts]),
        inside,
        before,
        notes,
        offer,
        words.chance_share(last.rows, last.method),
    )


def _framed(
    counts: pd.DataFrame, *, unit: str, baselines: Sequence[Baseline], focus: Period | None
) -> pd.DataFrame:
    cases = counts["cases"].astype("float64")
    status = counts["status"].mask(cases.isna(), HIDDEN).astype("str")
    days = [moment.date() for moment in counts["start"]]
    begun = sorted({baseline.day for baseline in baselines})
    return pd.DataFrame(
        {
            "start": counts["start"],
            "label": pd.Series([unit_label(day, unit) for day in days], dtype="str"),
            "cases": cases.mask(status.isin(GAPS)),
            **dict.fromkeys(("centre", "lower", "upper"), np.nan),
            "signal": pd.Series("", index=counts.index, dtype="str"),
            "note": pd.Series([_(STATUSES[key]) for key in status], dtype="str"),
            "status": status,
            "segment": np.array([sum(first <= day for first in begun) for day in days], "int64"),
            "focus": np.array([_touches(day, unit, focus) for day in days], "bool"),
        }
    )


def _touches(day: date, unit: str, focus: Period | None) -> bool:
    return focus is None or (day <= focus.end and unit_end(day, unit) >= focus.start)


def _stretch(rows: pd.DataFrame, exposure: Floats) -> _Stretch:
    """The rows of a stretch with limits and signals, as far as its counts allow."""
    judged = rows["cases"].where(rows["status"] == "").to_numpy()
    method = suitable_chart(judged, exposure)
    if method not in CHARTS:
        return _Stretch(rows, method)
    limits = limits_of(method, judged, exposure)
    z = limits.standardised(judged)
    found = find_signals(z)
    keys = ["|".join(k for k, at in found.items() if at[i]) for i in range(len(rows))]
    said = [_listed(key) or note for key, note in zip(keys, rows["note"], strict=True)]
    first = int(rows.index[0])
    events = tuple(
        replace(event, first=event.first + first, last=event.last + first)
        for event in find_events(z)
    )
    lines = {"centre": limits.centre, "lower": limits.lower, "upper": limits.upper}
    words_of = {"signal": keys, "note": said}
    columns = {k: pd.Series(v, index=rows.index, dtype="str") for k, v in words_of.items()}
    return _Stretch(rows.assign(**lines, **columns), method, events)


def _listed(keys: str) -> str:
    return "; ".join(_(SIGNALS[key]) for key in keys.split("|") if key)


def _offer(rows: pd.DataFrame, unit: str, method: str) -> str:
    """The unit that would do: for few cases the next longer one with 5 cases on average, for few
    points the next shorter one; "" where none would.
    """
    judged = rows.loc[rows["status"] == "", "cases"]
    mean = float(judged.mean()) if len(judged) else 0.0
    units = [u for u in MONTHS if (MONTHS[u] > MONTHS[unit]) == (method == FEW_CASES) and u != unit]
    enough = [u for u in units if mean * MONTHS[u] / MONTHS[unit] >= LEAST_MEAN]
    return enough[0 if method == FEW_CASES else -1] if enough else ""


def _released(counts: pd.DataFrame, release: Release | None) -> pd.DataFrame:
    return counts if release is None else release(counts)[list(counts.columns)]


def _exposure(
    context: Context, starts: pd.Series, unit: str, *, code: str = "", per_person: bool = False
) -> Floats:
    """Days of each unit, or person-years where the population of every unit is known."""
    days = np.array([(unit_end(s.date(), unit) - s.date()).days + 1.0 for s in starts])
    if not per_person:
        return days
    codes = [code] if code else context.places.codes_in(context.filter.districts)
    people = {
        year: context.population_of(year).loc[list(codes), "population"].sum(skipna=False)
        for year in {start.year for start in starts}
    }
    years = days / 365.25 * np.array([people[start.year] for start in starts], dtype="float64")
    return days if np.isnan(years).any() else years
