"""The report as a readable Excel workbook: contents, one sheet per table, native charts.

In: a `Report`. Out: the bytes of an .xlsx. Numbers are numbers with a format, headers stay in view,
each sheet prints on one page across; text that a spreadsheet would run as a formula is harmless.
"""

from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

from lk3.figures.template import ACCENT, MUTED
from lk3.language import _
from lk3.reports.content import AreaBars, Block, CategoryBars, Points, Report, Slide, Table, Trend
from lk3.reports.frames import bars_of, table_behind
from lk3.reports.tables import neutralise, sheet_name
from lk3.texts import readable

PAPERS = {"A4": 9, "F4": 14}  # as Excel numbers them; F4 is its "Folio"
_CHART_WIDTH, _ROW_HEIGHT, _LEAST = 720, 26, 300
_LINE = 15  # points of height
_CHART_COLUMNS, _CHART_LETTERS, _PIXELS_PER_ROW = 12, 95, 20
_TITLE_LETTERS, _CONTENTS_LETTERS = 40, 100
_FIRST_ROW = 4  # title, subtitle, caveat and a blank row stand above the table


@dataclass(frozen=True, eq=False)
class _Sheet:
    """One sheet to write: the block's table under the slide's headline."""

    name: str
    slide: Slide
    block: Block
    table: Table


def write_workbook(report: Report, *, paper: str = "A4") -> bytes:
    """The workbook. Raises KeyError for a paper that is not in `PAPERS`."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options | {"nan_inf_to_errors": False}) as book:
        book.set_properties({"title": readable(report.title), "subject": readable(report.footer)})
        styles = _styles(book)
        sheets = _sheets(report)
        contents = _begin(book, _("Daftar isi"), report, paper=PAPERS[paper])
        _write_contents(contents, report, sheets, styles)
        for sheet in sheets:
            page = _begin(book, sheet.name, report, paper=PAPERS[paper])
            _write_sheet(book, page, sheet, styles)
    return target.getvalue()


def _sheets(report: Report) -> list[_Sheet]:
    taken: set[str] = {_("Daftar isi").lower()}
    sheets = []
    for slide in report.slides:
        for block in slide.blocks:
            table = table_behind(block, report.places)
            if table is not None:
                sheets.append(_Sheet(_sheet_name(slide, block, taken), slide, block, table))
    return sheets


def _sheet_name(slide: Slide, block: Block, taken: set[str]) -> str:
    """A name that Excel allows and that no other sheet has."""
    from lk3.reports.slides import SLIDES

    return sheet_name(SLIDES[slide.key].label if slide.key in SLIDES else slide.key, taken)


def _begin(book: Any, name: str, report: Report, *, paper: int) -> Any:
    page = book.add_worksheet(name)
    page.set_paper(paper)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    mark = _("DATA CONTOH") if report.sample else ""
    page.set_header(f"&L{_quoted(report.institute)}&R{_quoted(mark)}")
    page.set_footer(f"&L&8{_quoted(report.footer)}&R&P/&N")
    page.hide_gridlines(2)
    return page


def _quoted(text: str) -> str:
    """Text for a header or footer, in which & is a command."""
    return readable(text).replace("&", "&&")


def _write_contents(page: Any, report: Report, sheets: list[_Sheet], styles: Any) -> None:
    page.set_column(0, 0, _TITLE_LETTERS)
    page.set_column(1, 1, _CONTENTS_LETTERS)
    across = _Extent(1, _TITLE_LETTERS + _CONTENTS_LETTERS)
    across.write(page, 0, report.title, styles["title"], bold=True)
    across.write(page, 1, report.footer, styles["note"])
    if report.sample:
        page.write_string(2, 0, _("DATA CONTOH"), styles["mark"])
    row = 4
    for sheet in sheets:
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", styles["link"], sheet.name)
        _write_wrapped(page, row, sheet.slide.headline, styles)
        row += 1
    for slide in report.slides:
        for block in slide.blocks:
            if isinstance(block, Points) and block.items:
                row += 1
                page.write_string(row, 0, neutralise(block.title or slide.headline), styles["bold"])
                for text in block.items:
                    _write_wrapped(page, row, text, styles)
                    row += 1


def _write_wrapped(page: Any, row: int, text: str, styles: Any) -> None:
    page.set_row(row, _LINE * _lines(text, _CONTENTS_LETTERS))
    page.write_string(row, 1, neutralise(text), styles["wrap"])


def _write_sheet(book: Any, page: Any, sheet: _Sheet, styles: Any) -> None:
    widths = _column_widths(sheet.table)
    chart = _chart(book, sheet)
    extent = _Extent(len(widths) - 1, sum(widths))
    if chart is not None:
        extent = _Extent(len(widths) + _CHART_COLUMNS, sum(widths) + _CHART_LETTERS)
    for row, (text, style) in enumerate(
        [
            (sheet.slide.headline, "title"),
            (sheet.slide.subtitle, "note"),
            (sheet.slide.caveat, "note"),
        ]
    ):
        extent.write(page, row, text, styles[style], bold=style == "title")
    last = _write_table(page, sheet.table, widths, styles)
    page.freeze_panes(_FIRST_ROW + 1, 1)
    page.repeat_rows(_FIRST_ROW)
    if chart is not None:
        height = _height(sheet)
        chart.set_size({"width": _CHART_WIDTH, "height": height})
        page.insert_chart(_FIRST_ROW, len(widths) + 1, chart)
        last = max(last, _FIRST_ROW + ceil(height / _PIXELS_PER_ROW))
    for offset, note in enumerate(sheet.slide.notes, start=2):
        extent.write(page, last + offset, note, styles["note"])


@dataclass(frozen=True)
class _Extent:
    """How far a sheet reaches: its last column, and how many letters fit across."""

    column: int
    letters: float

    def write(self, page: Any, row: int, text: str, style: Any, *, bold: bool = False) -> None:
        """A text across the sheet, broken into lines, so that it does not widen the print."""
        lines = _lines(text, self.letters / (1.35 if bold else 1.0))
        page.set_row(row, lines * (20 if bold else _LINE))
        if self.column:
            page.merge_range(row, 0, row, self.column, "", style)
        page.write_string(row, 0, neutralise(text), style)


def _lines(text: str, letters: float) -> int:
    """How many lines a text takes where so many letters fit across."""
    return sum(ceil(len(line) / letters) or 1 for line in text.split("\n"))


def _column_widths(table: Table) -> list[float]:
    """Letters for each column: its longest text, within reason."""
    widths = []
    for name in table.frame.columns:
        texts = [str(v) for v in table.frame[name] if isinstance(v, str)]
        longest = max((len(text) for text in texts), default=0)
        widths.append(float(min(max(longest + 2, 13), 46)))
    return widths


def _write_table(page: Any, table: Table, widths: list[float], styles: Any) -> int:
    """The table from the fixed first row; returns the row of its last line."""
    header = max(
        (ceil(len(str(n)) / w) for n, w in zip(table.frame.columns, widths, strict=True)), default=1
    )
    page.set_row(_FIRST_ROW, 16 * header)
    for column, name in enumerate(table.frame.columns):
        page.write_string(_FIRST_ROW, column, neutralise(str(name)), styles["header"])
        values = table.frame[name].tolist()
        style = styles[f"decimals_{min(table.decimals.get(str(name), 0), 2)}"]
        style = style if pd.api.types.is_numeric_dtype(table.frame[name]) else styles["wrap"]
        for row, value in enumerate(values, start=_FIRST_ROW + 1):
            _write_cell(page, row, column, value, style)
        page.set_column(column, column, widths[column])
    for row, cells in enumerate(table.frame.itertuples(index=False), start=_FIRST_ROW + 1):
        texts = zip(map(str, cells), widths, strict=True)
        if (lines := max(_lines(text, width) for text, width in texts)) > 1:
            page.set_row(row, _LINE * lines)
    return _FIRST_ROW + len(table.frame)


def _write_cell(page: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None or value != value:
        page.write_blank(row, column, None)
    elif isinstance(value, int | float | np.number):
        page.write_number(row, column, value, style)
    else:
        page.write_string(row, column, neutralise(str(value)), style)


def _chart(book: Any, sheet: _Sheet) -> Any:
    """The native chart of a block, whose numbers are the cells of the sheet; None for a table."""
    block = sheet.block
    if isinstance(block, Trend):
        return _line_chart(book, sheet)
    if not isinstance(block, AreaBars | CategoryBars):
        return None
    chart = book.add_chart({"type": "bar"})
    series = _series(sheet, column=1) | {"fill": {"color": ACCENT}, "gap": 40}
    series |= {"data_labels": {"value": True}}
    if isinstance(block, AreaBars) and sheet.table.decimals.keys() >= {_("Batas atas 95%")}:
        drawn = sheet.table.frame.head(_rows_drawn(sheet))
        series |= {"y_error_bars": _error_bars(drawn, block.label)}
    chart.add_series(series)
    chart.set_y_axis({"reverse": True, "label_position": "low"})
    chart.set_x_axis({"name": block.unit, "major_gridlines": {"visible": False}})
    return _dressed(chart, sheet)


def _line_chart(book: Any, sheet: _Sheet) -> Any:
    chart = book.add_chart({"type": "line"})
    chart.add_series(_series(sheet, column=1) | {"line": {"color": ACCENT}, "marker": {
        "type": "circle", "fill": {"color": ACCENT}, "border": {"color": ACCENT}}})  # fmt: skip
    for column in range(2, min(5, len(sheet.table.frame.columns))):
        line = {"color": MUTED, "width": 1.25} | ({"dash_type": "dash"} if column > 2 else {})
        chart.add_series(_series(sheet, column=column) | {"line": line})
    chart.set_y_axis({"min": 0, "name": sheet.table.title})
    chart.set_legend({"position": "bottom"})
    return _dressed(chart, sheet, has_legend=True)


def _series(sheet: _Sheet, *, column: int) -> dict[str, Any]:
    last = _FIRST_ROW + _rows_drawn(sheet)
    return {
        "name": [sheet.name, _FIRST_ROW, column],
        "categories": [sheet.name, _FIRST_ROW + 1, 0, last, 0],
        "values": [sheet.name, _FIRST_ROW + 1, column, last, column],
    }


def _rows_drawn(sheet: _Sheet) -> int:
    """How many rows of the table the chart shows: of very many areas the first ones."""
    rows = len(sheet.table.frame)
    return bars_of(rows) if isinstance(sheet.block, AreaBars) else rows


def _error_bars(frame: pd.DataFrame, label: str) -> dict[str, Any]:
    plus = (frame[_("Batas atas 95%")] - frame[label]).fillna(0).tolist()
    minus = (frame[label] - frame[_("Batas bawah 95%")]).fillna(0).tolist()
    return {"type": "custom", "plus_values": plus, "minus_values": minus}


def _dressed(chart: Any, sheet: _Sheet, *, has_legend: bool = False) -> Any:
    chart.set_title({"name": neutralise(sheet.slide.headline[:200]), "name_font": {"size": 12}})
    if not has_legend:
        chart.set_legend({"none": True})
    return chart


def _height(sheet: _Sheet) -> int:
    return max(_LEAST, 110 + _ROW_HEIGHT * _rows_drawn(sheet))


def _styles(book: Any) -> dict[str, Any]:
    grey = {"font_color": MUTED}
    return {
        "title": book.add_format(
            {"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"}
        ),
        "note": book.add_format(grey | {"text_wrap": True, "valign": "top"}),
        "bold": book.add_format({"bold": True, "valign": "top"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "mark": book.add_format({"bold": True, "font_color": "#8a4b08"}),
        "link": book.add_format({"font_color": ACCENT, "underline": 1, "valign": "top"}),
        "header": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "decimals_0": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "decimals_1": book.add_format({"num_format": "#,##0.0", "valign": "top"}),
        "decimals_2": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
    }
