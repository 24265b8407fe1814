"""Control charts show limits where they are, signals by their shape, and gaps as gaps."""

import numpy as np
import pandas as pd
import pytest

from lk3 import figures
from lk3.figures import template
from lk3.figures.control import SIGNAL_SYMBOLS
from lk3.indicators.annotations import Baseline
from lk3.indicators.signals import SIGNALS
from lk3.indicators.trend_summary import judge_trend

STEADY = [9.0, 11, 10, 8, 12, 10, 9, 11, 10, 8, 12, 10]


def trend(cases, *, unit="month", status=None, baselines=(), start="2024-01-01"):
    """The frame of a trend over units of equal exposure."""
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    starts = [pd.Timestamp(start) + pd.DateOffset(months=months * i) for i in range(len(cases))]
    counts = pd.DataFrame({"start": starts, "cases": cases, "exposure": 30.0})
    counts["status"] = pd.Series([""] * len(cases) if status is None else status, dtype="str")
    return judge_trend(counts, unit=unit, baselines=baselines).frame


def draw(frame, *, unit="month", **more):
    return figures.control_chart(frame, unit=unit, label="kasus", **more)


def traces(figure, name):
    return [trace for trace in figure.data if trace.name == name]


def counts_of(figure):
    return list(traces(figure, "kasus")[-1].y)


def alt(figure):
    return figure.layout.meta["alt"]


def test_a_unit_that_is_not_held_is_a_gap_and_not_zero():
    figure = draw(trend([0.0, *STEADY], status=["not_held", *[""] * 12]))
    assert counts_of(figure)[0] is None
    assert counts_of(figure)[1:] == STEADY
    assert not any(trace.connectgaps for trace in traces(figure, "kasus"))


def test_the_limits_are_steps_at_their_own_height():
    figure = draw(trend([9.0, *STEADY]))
    mean = np.mean([9.0, *STEADY])
    (upper,), (lower,), (centre,) = (traces(figure, key) for key in ("upper", "lower", "centre"))
    assert set(np.round(upper.y, 6)) == {round(mean + 3 * mean**0.5, 6)}
    assert set(np.round(lower.y, 6)) == {round(mean - 3 * mean**0.5, 6)}
    assert set(np.round(centre.y, 6)) == {round(mean, 6)}
    assert (upper.x[0], upper.x[-1]) == (-0.5, 12.5)


def test_a_new_baseline_begins_a_band_of_its_own():
    cases = [*STEADY, *(2 * n for n in STEADY)]
    day = pd.Timestamp("2025-01-01").date()
    figure = draw(trend(cases, baselines=[Baseline(day, "register baru")]))
    first, second = traces(figure, "upper")
    assert (first.x[-1], second.x[0]) == (11.5, 11.5)
    assert second.y[0] > first.y[0]


def test_each_rule_has_a_shape_of_its_own_and_is_named_in_the_legend():
    assert len({symbol for symbol, _colour in SIGNAL_SYMBOLS.values()}) == len(SIGNALS)
    figure = draw(trend([*STEADY, 40.0]))
    (marked,) = traces(figure, SIGNALS["outside"])
    assert (list(marked.x), list(marked.y)) == ([12], [40])
    assert marked.marker.symbol == "diamond"
    assert marked.showlegend


def test_a_unit_that_is_not_judged_is_hollow():
    figure = draw(trend([*STEADY, 1.0], status=[*[""] * 12, "not_whole"]))
    colours = traces(figure, "kasus")[-1].marker.color
    assert (colours[0], colours[-1]) == (template.ACCENT, template.PAPER)


def test_remarks_of_one_month_share_a_sign_over_it():
    day = pd.Timestamp("2024-03-17").date()
    figure = draw(trend(STEADY), marks=[(day, "1"), (day, "2")])
    (sign,) = [note for note in figure.layout.annotations if note.yref == "paper"]
    assert (sign.x, sign.text) == (2, "<b>1, 2</b>")
    assert figure.layout.shapes[0].x0 == 2


@pytest.mark.parametrize("day", ["2023-12-31", "2026-01-01"])
def test_a_remark_outside_the_chart_is_not_drawn(day):
    figure = draw(trend(STEADY), marks=[(pd.Timestamp(day).date(), "1")])
    assert not [note for note in figure.layout.annotations if note.yref == "paper"]


def test_the_description_holds_numbers_limits_and_signals():
    said = alt(draw(trend([*STEADY, 25.0])))
    assert "Jan 2024 sampai Jan 2025" in said
    assert "jumlah 145" in said
    assert "tertinggi 25 pada Jan 2025" in said
    assert "Tanda: Jan 2025." in said
    assert "Tanpa batas." in alt(draw(trend([4.0, 5.0])))


def test_markup_in_a_label_stays_text():
    figure = figures.small_multiples(
        {"x": trend(STEADY)}, unit="month", labels={"x": "<b>tebal</b> & <a href='x'>"}
    )
    assert "&lt;b&gt;" in figure.layout.annotations[0].text


def test_quarters_are_named_as_government_names_them():
    ticks = draw(trend(STEADY[:2], unit="quarter"), unit="quarter").layout.xaxis.ticktext
    assert ticks == ("TW I<br>2024", "TW II")


def test_the_year_is_written_only_where_it_begins():
    ticks = draw(trend(STEADY[:4], start="2024-11-01")).layout.xaxis.ticktext
    assert ticks == ("Nov<br>2024", "Des", "Jan<br>2025", "Feb")


def test_many_units_share_at_most_seven_ticks():
    assert len(draw(trend(STEADY * 6)).layout.xaxis.tickvals) <= 7


@pytest.mark.parametrize("cases", [[], [np.nan]])
def test_nothing_to_draw_says_so(cases):
    frame = trend(cases, status=["not_held"] * len(cases))
    assert "Tidak ada data" in alt(draw(frame))


def test_small_multiples_share_one_scale_and_hold_every_count():
    few = trend([1.0] * 12)
    figure = figures.small_multiples(
        {"a": few, "b": trend(STEADY)}, unit="month", labels={"b": "B", "a": "A"}
    )
    assert sum(traces(figure, "A")[0].y) == 12
    assert sum(traces(figure, "B")[0].y) == sum(STEADY)
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range
    assert len(traces(figure, "upper")) == 1
    assert any("tanpa batas" in note.text for note in figure.layout.annotations)


def test_a_small_line_does_not_fall_to_a_unit_that_is_not_over():
    frame = trend([*STEADY, 1.0], status=[*[""] * 12, "not_whole"])
    figure = figures.small_multiples({"a": frame}, unit="month", labels={"a": "A"})
    assert list(traces(figure, "A")[0].y)[:-1] == STEADY
    assert traces(figure, "A")[0].y[-1] is None


def pairs(*rows):
    columns = ["label", "cases", "before", "value", "note"]
    return pd.DataFrame(rows, columns=columns)


def test_a_change_beyond_chance_is_marked_by_a_sign_and_not_by_colour_alone():
    table = pairs(
        ("2023", 20.0, 60.0, -66.7, ""),
        ("2024", 42.0, 30.0, 40.0, "indistinguishable"),
        ("2025", 5.0, 0.0, np.nan, "no_comparison"),
    )
    figure = figures.year_pairs(table, unit="year")
    before, now, sign = figure.data
    assert (list(before.y), list(now.y)) == ([60, 30, 0], [20, 42, 5])
    assert (list(sign.x), sign.marker.symbol) == ([0], "diamond")
    assert "2023 20 / 60" in alt(figure)


def test_without_a_year_before_the_figure_says_so():
    assert "Belum ada bulan yang sama" in alt(figures.year_pairs(pairs(), unit="month"))
