"""A trend in words: whether there is a signal, which, and what must be borne in mind.

In: the frame of a `TrendSummary` (or the rows of one stretch of it) and the events found. Out: text
in the current language. What chance alone could give is never called a signal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lk3.indicators.control_charts import CHARTS, FEW_POINTS, LEAST_MEAN, LEAST_POINTS, TRIAL_UNDER
from lk3.indicators.signals import (
    MONOTONE,
    ONE_SIDE,
    OUTSIDE_LIMITS,
    TWO_OF_THREE,
    Event,
    false_alarm_share,
)
from lk3.indicators.trend_units import STATUSES
from lk3.language import N_, _, ngettext, number

UNITS = {"month": N_("bulan"), "quarter": N_("triwulan"), "year": N_("tahun")}
_SPELT = {
    2: N_("dua"), 3: N_("tiga"), 4: N_("empat"), 5: N_("lima"), 6: N_("enam"), 7: N_("tujuh"),
    8: N_("delapan"), 9: N_("sembilan"), 10: N_("sepuluh"), 11: N_("sebelas"), 12: N_("dua belas"),
}  # fmt: skip
_SIDED = {
    (OUTSIDE_LIMITS, True): N_("{when} ({n} kasus) di atas batas atas {limit}"),
    (OUTSIDE_LIMITS, False): N_("{when} ({n} kasus) di bawah batas bawah {limit}"),
    (ONE_SIDE, True): N_("{units} berturut-turut di atas rata-rata ({when})"),
    (ONE_SIDE, False): N_("{units} berturut-turut di bawah rata-rata ({when})"),
    (TWO_OF_THREE, True): N_("dua dari {units} mendekati batas atas ({when})"),
    (TWO_OF_THREE, False): N_("dua dari {units} mendekati batas bawah ({when})"),
    (MONOTONE, True): N_("{units} berturut-turut naik ({when})"),
    (MONOTONE, False): N_("{units} berturut-turut turun ({when})"),
}
_IN_HEADLINE = 2
_DOUBTFUL = 0.2  # beyond this share of false alarms a signal is called possible, not certain
_ROUND = 60


@dataclass(frozen=True)
class Signal:
    """A signal in words. rule: key of `signals.SIGNALS`."""

    rule: str
    text: str


def headline(
    rows: pd.DataFrame, unit: str, method: str, inside: Sequence[Signal], offer: str
) -> str:
    """Whether there is a signal in the period looked at, only noise, or too little to tell. rows:
    the last stretch; inside: the signals of the period, in words.
    """
    if inside:
        more = len(inside) - _IN_HEADLINE
        said = "; ".join(signal.text for signal in inside[:_IN_HEADLINE])
        rest = ngettext("dan {n} tanda lain", "dan {n} tanda lain", more).format(n=number(more))
        doubtful = chance_share(rows, method) > _DOUBTFUL
        text = _("Mungkin ada sinyal: {signals}.") if doubtful else _("Ada sinyal: {signals}.")
        return text.format(signals=f"{said}; {rest}" if more > 0 else said)
    if method not in CHARTS:
        return _reason(rows, unit, method, offer)
    return _(
        "Tidak ada sinyal: naik turunnya kasus masih dalam rentang kebetulan ({usual})."
    ).format(usual=usual_words(rows, unit))


def usual_words(rows: pd.DataFrame, unit: str) -> str:
    """Mean and limits of a stretch in words."""
    mean, low, high = (number(value, 1) for value in usual_lines(rows))
    return _("rata-rata {mean} per {unit}, batas {low}–{high}").format(
        mean=mean, unit=_(UNITS[unit]), low=low, high=high
    )


def usual_lines(rows: pd.DataFrame) -> tuple[float, float, float]:
    """Centre, lower and upper limit of a stretch; on average where they differ with the days."""
    mean, low, high = rows[["centre", "lower", "upper"]].mean()
    return float(mean), float(low), float(high)


def _reason(rows: pd.DataFrame, unit: str, method: str, offer: str) -> str:
    """Why a stretch has no limits, and what to look at instead."""
    judged = _judged(rows)
    if method == FEW_POINTS:
        said = _("Baru {units} yang utuh: belum cukup untuk menilai (diperlukan {least}).")
        text = said.format(units=counted(len(judged), unit), least=number(LEAST_POINTS))
    else:
        said = _(
            "Rata-rata hanya {mean} kasus per {unit}: terlalu sedikit untuk membedakan sinyal "
            "dari kebetulan (diperlukan {least})."
        )
        text = said.format(
            mean=number(judged.mean(), 1), unit=_(UNITS[unit]), least=number(LEAST_MEAN)
        )
    if offer:
        advice = _("Lihat per {unit}.").format(unit=_(UNITS[offer]))
    else:
        advice = _("Satuan waktu yang lain pun belum cukup.")
    return f"{text} {advice}"


def nothing_words() -> str:
    """There is nothing that could be judged."""
    return _("Belum cukup data untuk melihat tren.")


def hidden_words() -> str:
    """Limits would help to work out what is hidden."""
    return _("Sebagian angka disembunyikan, jadi batas kebetulan tidak digambar.")


def event_words(
    frame: pd.DataFrame, events: Sequence[Event], unit: str
) -> tuple[tuple[Signal, ...], tuple[Signal, ...]]:
    """The signals in words, the latest first: those that end in the period looked at, and those
    before it. Two of three is not said where a point outside the limits says it already.
    """
    inside: list[Signal] = []
    before: list[Signal] = []
    outside = {event.last for event in events if event.rule == OUTSIDE_LIMITS}
    for event in sorted(events, key=lambda each: each.last, reverse=True):
        said_already = bool(outside & set(range(event.first, event.last + 1)))
        if event.rule != TWO_OF_THREE or not said_already:
            found = inside if frame["focus"].iloc[event.last] else before
            found.append(Signal(event.rule, _event(frame, event, unit)))
    return tuple(inside), tuple(before)


def _event(frame: pd.DataFrame, event: Event, unit: str) -> str:
    first, last = frame.iloc[event.first], frame.iloc[event.last]
    points = event.last - event.first + 1
    when = last["label"] if points == 1 else f"{first['label']}–{last['label']}"
    return _(_SIDED[event.rule, event.is_up]).format(
        when=when,
        n=number(last["cases"]),
        units=counted(points, unit, spelt=True),
        limit=number(last["upper"] if event.is_up else last["lower"], 1),
    )


def status_notes(frame: pd.DataFrame, unit: str) -> tuple[str, ...]:
    """Which units are not judged or not held, a sentence for each reason."""
    said = []
    for status, rows in frame[frame["status"] != ""].groupby("status", sort=False):
        text = _("{units} {why}, jadi tidak dinilai terhadap batas.")
        said.append(text.format(units=_names(rows["label"]), why=_(STATUSES[str(status)])))
    return tuple(said)


def caveat(rows: pd.DataFrame, unit: str, methods: Sequence[str]) -> str:
    """The charts of all stretches, and of the last one whether its limits are trial ones, and how
    often chance alone gives a sign in the part of it that is looked at; "" without limits.
    """
    method, charts = methods[-1], [key for key in CHARTS if key in methods]
    if method not in CHARTS:
        return ""
    judged = _judged(rows)
    names = "; ".join(_(CHARTS[key]) for key in charts)
    said = [_("Batas 3 sigma menurut {chart}.").format(chart=names)]
    if len(judged) < TRIAL_UNDER:
        trial = _("Batas ini sementara karena baru {units} (kurang dari {least}).")
        said.append(trial.format(units=counted(len(judged), unit), least=number(TRIAL_UNDER)))
    looked_at = int(rows.loc[judged.index, "focus"].sum())
    if looked_at:
        share = max(round(100 * chance_share(rows, method)), 1)
        chance = _(
            "Andaikan tidak ada yang berubah, {units} terakhir tetap memberi tanda karena "
            "kebetulan pada kira-kira {n} dari 100 deret seperti ini."
        )
        said.append(chance.format(units=counted(looked_at, unit), n=number(share)))
    return " ".join(said)


def chance_share(rows: pd.DataFrame, method: str) -> float:
    """How likely a stretch without any change shows a signal in the part that is looked at."""
    judged = _judged(rows)
    looked_at = int(rows.loc[judged.index, "focus"].sum())
    if method not in CHARTS or not looked_at:
        return 0.0
    mean = min(round(float(judged.mean())), _ROUND)
    return false_alarm_share(len(judged), method, float(mean), last=looked_at)


def counted(n: int, unit: str, *, spelt: bool = False) -> str:
    """A number of units: "7 bulan", or spelt "tujuh bulan" up to twelve."""
    said = _(_SPELT[n]) if spelt and n in _SPELT else number(n)
    texts = {
        "month": ngettext("{n} bulan", "{n} bulan", n),
        "quarter": ngettext("{n} triwulan", "{n} triwulan", n),
        "year": ngettext("{n} tahun", "{n} tahun", n),
    }
    return texts[unit].format(n=said)


def _judged(rows: pd.DataFrame) -> pd.Series:
    return rows.loc[rows["status"] == "", "cases"]


def _names(labels: pd.Series) -> str:
    shown = list(labels) if len(labels) <= 4 else [*labels.head(2), "…", *labels.tail(1)]
    return ", ".join(shown)
