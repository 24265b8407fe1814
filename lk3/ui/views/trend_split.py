"""Cases over time by problem, profession, kecamatan or kelurahan: small charts on one scale."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from lk3.figures import FixedFigure, small_multiples
from lk3.indicators.control_charts import CHARTS
from lk3.indicators.trend_summary import TrendSummary, trend_summaries
from lk3.indicators.trend_summary_words import UNITS
from lk3.indicators.trend_units import count_units
from lk3.language import N_, _, ngettext, number
from lk3.ui.data import trend_notes
from lk3.ui.keeping import kept_for_all
from lk3.ui.speech import fragment
from lk3.ui.view import View
from lk3.ui.views.trend import HISTORY, NEXT_UNIT, for_staff, summarise
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.headline import section
from lk3.ui.widgets.most import first_of, say_how_many
from lk3.ui.widgets.tables import table
from lk3.vocabulary import UNKNOWN, vocabulary

SPLITS = {
    "problem": N_("Masalah"),
    "profession": N_("Profesi"),
    "district": N_("Kecamatan"),
    "kelurahan_code": N_("Kelurahan"),
}
_SEARCH = {"district": N_("Cari kecamatan"), "kelurahan_code": N_("Cari kelurahan")}
_SPLIT, _PLACE = "rincian", "tren_rincian"
_SHOWN, _NAMED, _SEVERAL = 12, 5, 2
_LEAST_CHANCE = 0.1  # with one decimal, less would read as never


@fragment
def split_section(view: View, *, unit: str) -> None:
    """Small charts by problem, profession, kecamatan or kelurahan."""
    heading = st.container(gap="xxsmall")
    by = _choose_split(view)
    history = bool(st.session_state.get(HISTORY, True))
    named = _series(view, unit, by, history=history)
    keys = _shown(named, by)
    trends = _trends(view, unit, by, keys, history=history)
    labels = {key: named[key] for key in trends}
    shown = labels if by in _SEARCH else dict(list(labels.items())[:_SHOWN])
    with heading:
        section(
            _("Kasus menurut {by}").format(by=_(SPLITS[by]).lower()),
            _("Kasus per {unit}; semua pada satu skala, terbanyak lebih dahulu. {where}, {when}")
            .format(unit=_(UNITS[unit]), where=view.where, when=view.when),
        )  # fmt: skip
    for sentence in _messages(trends, labels):
        st.markdown(sentence)
    _offer_unit(trends)
    figure = _figure(view, unit, by, keys, tuple(shown.items()), history=history)
    chart(figure, key=_PLACE)
    if keys is not None:
        text = _("{n} dari {total} diagram ditampilkan.")
        say_how_many(text, shown=len(shown), total=len(named), place=f"{_PLACE}_{by}", step=_SHOWN)
    elif len(labels) > len(shown):
        text = _("Ditampilkan {n} terbanyak; selebihnya ada di tabel.")
        st.caption(text.format(n=number(len(shown))))
    _split_table(view, trends, labels, by=by)


def _shown(named: Mapping[str, str], by: str) -> tuple[str, ...] | None:
    """Of very many areas those to show; None: all."""
    if by not in _SEARCH:
        return None
    return first_of(named, place=f"{_PLACE}_{by}", label=_(_SEARCH[by]), step=_SHOWN)


@kept_for_all
def _series(view: View, unit: str, by: str, *, history: bool) -> Mapping[str, str]:
    """Names of what has cases, by key, the largest first."""
    counts = count_units(view.context, unit=unit, by=by, history=history)
    totals = counts.groupby(by, observed=True)["cases"].sum()
    keys = totals[totals > 0].sort_values(ascending=False, kind="stable").index
    names = _names(view, by)
    return {str(key): names.get(str(key), _("Tidak diketahui")) for key in keys}


@kept_for_all
def _trends(
    view: View, unit: str, by: str, keys: tuple[str, ...] | None, *, history: bool
) -> Mapping[str, TrendSummary]:
    """The trends of all, or of very many areas only of those that are shown."""
    if keys is not None:
        return {key: _trend(view, unit, by, key, history=history) for key in keys}
    _annotations, baselines = trend_notes()
    return trend_summaries(
        view.context, unit, by, history=history, baselines=baselines, release=for_staff
    )


@kept_for_all
def _trend(view: View, unit: str, by: str, key: str, *, history: bool) -> TrendSummary:
    """The trend of one of very many areas, the same as among those of all."""
    is_code = by == "kelurahan_code" or key == UNKNOWN
    seen = view if is_code else view.within(districts=(key,))
    return summarise(seen, unit=unit, code=key if is_code else "", history=history)


@kept_for_all
def _figure(
    view: View,
    unit: str,
    by: str,
    keys: tuple[str, ...] | None,
    shown: tuple[tuple[str, str], ...],
    *,
    history: bool,
) -> FixedFigure:
    trends = _trends(view, unit, by, keys, history=history)
    frames = {key: trend.frame for key, trend in trends.items()}
    return FixedFigure.of(small_multiples(frames, unit=unit, labels=dict(shown)))


def _choose_split(view: View) -> str:
    """By kecamatan only where there are several."""
    labels = {key: _(label) for key, label in SPLITS.items()}
    if len(view.places.districts) < _SEVERAL:
        del labels["district"]
    if st.session_state.get(_SPLIT) not in (None, *labels):
        del st.session_state[_SPLIT]
    chosen = st.segmented_control(
        _("Rincian menurut"),
        list(labels),
        format_func=lambda split: labels[split],
        default="problem",
        required=True,
        key=_SPLIT,
        label_visibility="collapsed",
    )
    return str(chosen)


def _messages(trends: Mapping[str, TrendSummary], labels: Mapping[str, str]) -> list[str]:
    """Which charts show a signal, how many would by chance, and which have no limits."""
    judged = {key: trend for key, trend in trends.items() if trend.method in CHARTS}
    said = []
    if judged:
        marked = [key for key, trend in judged.items() if trend.signals]
        text = ngettext(
            "Dari {n} diagram yang dapat dinilai, {marked} bertanda; tanpa perubahan apa pun "
            "rata-rata {chance} bertanda karena kebetulan.",
            "Dari {n} diagram yang dapat dinilai, {marked} bertanda; tanpa perubahan apa pun "
            "rata-rata {chance} bertanda karena kebetulan.",
            len(judged),
        )
        chance = max(sum(trend.chance for trend in judged.values()), _LEAST_CHANCE)
        said.append(
            text.format(n=number(len(judged)), marked=number(len(marked)), chance=number(chance, 1))
        )
        said += [
            f"- {labels[key]}: {'; '.join(s.text for s in judged[key].signals)}."
            for key in marked[:_NAMED]
        ]
    few = len(trends) - len(judged)
    if few:
        text = ngettext(
            "{n} diagram tanpa batas, karena kasus atau titiknya terlalu sedikit untuk membedakan "
            "sinyal dari kebetulan.",
            "{n} diagram tanpa batas, karena kasus atau titiknya terlalu sedikit untuk membedakan "
            "sinyal dari kebetulan.",
            few,
        )
        said.append(text.format(n=number(few)))
    return said


def _offer_unit(trends: Mapping[str, TrendSummary]) -> None:
    """A button to the unit that the largest series without limits needs."""
    offer = next((trend.offer for trend in trends.values() if trend.offer), "")
    label = _("Lihat per {unit}").format(unit=_(UNITS[offer])) if offer else ""
    if offer and st.button(label, key="rincian_satuan_lain", icon=":material/calendar_month:"):
        st.session_state[NEXT_UNIT] = offer
        st.rerun()


def _split_table(
    view: View, trends: Mapping[str, TrendSummary], labels: Mapping[str, str], *, by: str
) -> None:
    focus = [trend.frame[trend.frame["focus"]] for trend in trends.values()]
    frame = pd.DataFrame(
        {
            _(SPLITS[by]): [labels[key] for key in trends],
            _("Kasus"): [rows["cases"].sum() for rows in focus],
            _("Putusan"): [trend.sentence for trend in trends.values()],
        }
    )
    title = _("Kasus menurut {by}, {where}, {when}").format(
        by=_(SPLITS[by]).lower(), where=view.where, when=view.when
    )
    with st.expander(_("Angka di balik garis ini"), icon=":material/table:"):
        table(frame, view=view, title=title, key="tren_rincian", has_sentences=True)


def _names(view: View, by: str) -> Mapping[str, str]:
    if by == "district":
        return {district: district for district in view.places.districts}
    if by == "kelurahan_code":
        return {code: view.places.label(code) for code in view.places.codes}
    return vocabulary("problems" if by == "problem" else "professions").labels()
