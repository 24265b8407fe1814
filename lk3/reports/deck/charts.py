"""Native charts: PowerPoint opens their numbers in its own editor.

In: a block of `content` and a box. Out: a graphic frame on the slide.
"""

from typing import Any

import numpy as np
import pandas as pd
from lxml import etree
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from lk3.figures.template import (
    ACCENT,
    FAINT,
    INK,
    MUTED,
    PAPER,
    VERDICT_COLOURS,
    VERDICT_SYMBOLS,
)
from lk3.figures.words import describe
from lk3.indicators.funnel import verdict_label
from lk3.indicators.measure import SUPPRESSED
from lk3.language import _, number
from lk3.places import CITY, Places
from lk3.reports.content import AreaBars, CategoryBars, Trend
from lk3.reports.deck.behind import ChartNumbers
from lk3.reports.deck.canvas import Box, colour, describe_shape, write_text
from lk3.reports.frames import bars_that_fit
from lk3.texts import readable

_VERDICTS_HEIGHT = Inches(0.3)
_SIGNAL = VERDICT_COLOURS["strongly_above"]


def area_bars(slide: Any, box: Box, block: AreaBars, places: Places) -> Any:
    """Kelurahan ranked, with intervals as error bars; the city as an outlined bar below them."""
    rows, more = bars_that_fit(block, places)
    if block.city:
        rows = pd.concat([rows, block.measure.loc[[CITY]]])
    names = [_area_name(str(code), row, block, places) for code, row in rows.iterrows()]
    above = Box(box.left, box.top, box.width, box.height - _VERDICTS_HEIGHT)
    chart = _bar_chart(slide, above, names, rows["value"], block.label, block.decimals)
    shape = slide.shapes[-1]
    colours = [
        PAPER if code == CITY else VERDICT_COLOURS[verdict]
        for code, verdict in zip(rows.index, rows["verdict"], strict=True)
    ]
    _paint(chart, colours)
    if block.city:
        outline = chart.plots[0].series[0].points[len(rows) - 1].format.line
        outline.color.rgb, outline.width = colour(INK), Pt(1.5)
    _error_bars(chart, rows)
    _write_verdicts(slide, box, rows, more=more)
    alt = describe(
        block.measure,
        places=places,
        label=block.label,
        unit=block.unit,
        decimals=block.decimals,
        kind=_("Diagram batang"),
    )
    describe_shape(shape, name=block.label, alt=alt)
    return shape


def category_bars(slide: Any, box: Box, block: CategoryBars) -> Any:
    """Counts by category, the largest on top."""
    values = block.frame["value"]
    hidden = _("disembunyikan")
    names = [
        f"{name} ({hidden})" if np.isnan(value) else name
        for name, value in zip(block.frame["category"], values, strict=True)
    ]
    chart = _bar_chart(slide, box, names, values, block.label, 0)
    _paint(chart, [ACCENT] * len(values))
    top = ", ".join(
        f"{name} {number(value)}"
        for name, value in zip(block.frame["category"], values, strict=True)
        if not np.isnan(value)
    )
    alt = _("Diagram batang {unit} menurut kategori: {top}.").format(unit=block.unit, top=top)
    return _finish(slide, block.label, alt)


def trend_line(slide: Any, box: Box, block: Trend) -> Any:
    """The series with its mean and limits; a signal is a large diamond."""
    data, frame = ChartNumbers(number_format="0"), block.frame
    data.categories = [readable(label) for label in frame["label"]]
    data.add_series(readable(block.label), _values(frame["cases"]))
    has_limits = bool(frame["upper"].notna().any())
    if has_limits:
        data.add_series(_("Rata-rata"), _values(frame["centre"]), "0.0")
        data.add_series(_("Batas atas"), _values(frame["upper"]), "0.0")
        data.add_series(_("Batas bawah"), _values(frame["lower"]), "0.0")
    shape = slide.shapes.add_chart(
        XL_CHART_TYPE.LINE_MARKERS, box.left, box.top, box.width, box.height, data
    )
    chart = shape.chart
    _axes(chart, size=12)
    chart.value_axis.has_major_gridlines = True
    chart.value_axis.major_gridlines.format.line.color.rgb = colour(FAINT)
    chart.value_axis.minimum_scale = 0
    chart.has_legend = has_limits
    if has_limits:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.legend.font.size = Pt(12)
    _line(chart.plots[0].series[0], ACCENT, width=2.25, marker=XL_MARKER_STYLE.CIRCLE)
    for place, series in enumerate(list(chart.plots[0].series)[1:]):
        _line(series, MUTED, width=1.25, marker=XL_MARKER_STYLE.NONE)
        if place:  # the mean is drawn through, the limits are dashed
            series.format.line.dash_style = MSO_LINE.DASH
    for signal in np.flatnonzero(frame["signal"] != ""):
        marker = chart.plots[0].series[0].points[int(signal)].marker
        marker.style, marker.size = XL_MARKER_STYLE.DIAMOND, 12
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = colour(_SIGNAL)
    said = ", ".join(
        f"{label} {number(value)}"
        for label, value in zip(frame["label"], frame["cases"], strict=True)
    )
    return _finish(slide, block.label, _("Diagram garis: {said}.").format(said=said))


def _bar_chart(
    slide: Any, box: Box, names: list[str], values: pd.Series, label: str, decimals: int
) -> Any:
    shown = "0" if decimals == 0 else "0." + "0" * decimals
    data = ChartNumbers(number_format=shown)
    data.categories = [readable(name) for name in names]
    data.add_series(readable(label), _values(values))
    chart = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, box.left, box.top, box.width, box.height, data
    ).chart
    chart.has_legend = False
    _axes(chart, size=12 if len(names) <= 12 else 10.5)
    chart.category_axis.reverse_order = True
    every = etree.Element(qn("c:tickLblSkip"))  # every name, also where two of them are long
    every.set("val", "1")
    chart.category_axis._element.find(qn("c:noMultiLvlLbl")).addprevious(every)
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.visible = False
    if not (values < 0).any():
        chart.value_axis.minimum_scale = 0
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 35, True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = shown, False
    plot.data_labels.font.size = Pt(12 if len(names) <= 12 else 10.5)
    plot.data_labels.font.color.rgb = colour(INK)
    return chart


def _axes(chart: Any, *, size: float) -> None:
    chart.has_title = False
    chart.font.size = Pt(size)
    chart.font.color.rgb = colour(INK)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.format.line.color.rgb = colour(FAINT)
    chart.category_axis.has_major_gridlines = False


def _paint(chart: Any, colours: list[str]) -> None:
    """One colour for the series, and its own for each point that differs."""
    series, common = chart.plots[0].series[0], max(set(colours), key=colours.count)
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour(common)
    for place, each in enumerate(colours):
        if each != common:
            point = series.points[place]
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = colour(each)


def _line(series: Any, ink: str, *, width: float, marker: Any) -> None:
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = colour(ink), Pt(width)
    series.marker.style = marker
    if marker != XL_MARKER_STYLE.NONE:
        series.marker.size = 6
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour(ink)
        series.marker.format.line.color.rgb = colour(ink)


def _error_bars(chart: Any, rows: pd.DataFrame) -> None:
    """Intervals as the chart's own error bars, with a length of their own to each side."""
    if rows["lower"].isna().all():
        return
    chart.value_axis.maximum_scale = 1.02 * float(rows[["value", "upper"]].max(axis=1).max())
    labels = chart.plots[0].data_labels
    labels.position = XL_LABEL_POSITION.INSIDE_BASE
    ground = etree.Element(qn("c:spPr"))  # so that no whisker crosses a number
    paper = etree.SubElement(etree.SubElement(ground, qn("a:solidFill")), qn("a:srgbClr"))
    paper.set("val", PAPER.lstrip("#").upper())
    labels._element.find(qn("c:numFmt")).addnext(ground)
    series = chart.plots[0].series[0]._element
    plus = (rows["upper"] - rows["value"]).fillna(0)
    minus = (rows["value"] - rows["lower"]).fillna(0)
    bars = etree.SubElement(series, qn("c:errBars"))
    for tag, value in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
        etree.SubElement(bars, qn(f"c:{tag}")).set("val", value)
    for tag, lengths in (("plus", plus), ("minus", minus)):
        literal = etree.SubElement(etree.SubElement(bars, qn(f"c:{tag}")), qn("c:numLit"))
        etree.SubElement(literal, qn("c:ptCount")).set("val", str(len(lengths)))
        for place, length in enumerate(lengths):
            point = etree.SubElement(literal, qn("c:pt"))
            point.set("idx", str(place))
            etree.SubElement(point, qn("c:v")).text = repr(float(length))
    line = etree.SubElement(etree.SubElement(bars, qn("c:spPr")), qn("a:ln"))
    line.set("w", "12700")
    fill = etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"))
    fill.set("val", MUTED.lstrip("#").upper())
    series.find(qn("c:cat")).addprevious(bars)  # the place that the format gives it


def _write_verdicts(slide: Any, box: Box, rows: pd.DataFrame, *, more: str) -> None:
    """What the signs beside the names mean, of those that occur; and of how many bars these are."""
    signs = [
        f"{VERDICT_SYMBOLS[key]} {verdict_label(key)}"
        for key in VERDICT_SYMBOLS
        if key and (rows["verdict"] == key).any()
    ]
    words = " · ".join(filter(None, [more, *signs]))
    place = Box(box.left, box.bottom - _VERDICTS_HEIGHT, box.width, _VERDICTS_HEIGHT)
    write_text(slide, place, words, size=10, ink=MUTED, name=_("Arti tanda"))


def _area_name(code: str, row: pd.Series, block: AreaBars, places: Places) -> str:
    name = block.city if code == CITY else places.label(code)
    if SUPPRESSED in row["note"]:
        hidden = _("disembunyikan")
        return f"{name} ({hidden})"
    return f"{name} {VERDICT_SYMBOLS[row['verdict']]}".strip()


def _values(values: pd.Series) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


def _finish(slide: Any, name: str, alt: str) -> Any:
    shape = slide.shapes[-1]
    describe_shape(shape, name=name, alt=alt)
    return shape
